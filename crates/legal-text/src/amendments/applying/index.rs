//! The provisions of the amended act by their short ids, with what stands around them.

use super::number::Number;
use crate::amendments::instruction::{Place, Scope};
use crate::amendments::reason::Reason;
use crate::node::{Kind, Node};
use crate::structure::id_number;
use std::collections::HashMap;

/// How many provisions may have been put after one.
const AFTER: usize = 40;

/// A provision.
#[derive(Debug)]
pub(super) struct Entry<'n> {
    pub node: &'n Node,
    /// Its short id, without what groups articles: `art_5__para_2`.
    pub id: String,
    /// Which of the attachments it is of; none where it is of the act itself.
    pub attachment: Option<usize>,
    /// The provision that it is a part of.
    pub parent: Option<usize>,
    /// The chapters and sections around an article, by their short ids.
    pub groups: Vec<String>,
    /// The provision of its kind before it, under the same parent; of articles, in the act.
    pub before: Option<usize>,
    /// The provision of its kind after it.
    pub after: Option<usize>,
}

/// The provisions of an act and of what was issued with it.
#[derive(Debug, Default)]
pub(super) struct Index<'n> {
    text: &'n str,
    pub entries: Vec<Entry<'n>>,
    by_id: HashMap<String, Vec<usize>>,
}

impl<'n> Index<'n> {
    /// The provisions of `nodes`, which are those of `text`.
    pub fn of(text: &'n str, nodes: &'n [Node]) -> Self {
        let mut index = Self { text, ..Self::default() };
        let mut attachments = 0;
        // Articles are counted through the act, and anew in each attachment.
        let mut article = None;
        for node in nodes {
            let attachment = matches!(node.kind, Kind::Attachment | Kind::Appendix).then(|| {
                attachments += 1;
                attachments
            });
            let before = article.filter(|_| attachment.is_none());
            let mut walk = Walk { index: &mut index, attachment, groups: Vec::new(), article: before };
            walk.node(node, None);
            if walk.attachment.is_none() {
                article = walk.article;
            }
        }
        index
    }

    /// The one provision that a place means by an id.
    pub fn find(&self, place: &Place, id: &str) -> Result<usize, Reason> {
        let found = self.by_id.get(id).map(Vec::as_slice).unwrap_or_default();
        let of = |attached: bool| {
            let entries = found.iter().copied();
            entries.filter(move |at| self.entries.get(*at).is_some_and(|entry| entry.attachment.is_some() == attached))
        };
        let candidates: Vec<usize> = match place.scope {
            Scope::Act => of(false).collect(),
            Scope::Attachment => of(true).collect(),
            Scope::Unsaid => found.to_vec(),
        };
        let provision = id.to_owned();
        match candidates.as_slice() {
            [] => Err(Reason::TargetNotFound { provision }),
            [one] if self.is_certain(*one) => Ok(*one),
            _ => Err(Reason::TargetAmbiguous { provision }),
        }
    }

    /// Every provision that answers to an id, in the act itself or one of its attachments.
    pub fn named(&self, id: &str, attachment: Option<usize>) -> impl Iterator<Item = &Entry<'n>> {
        let found = self.by_id.get(id).map(Vec::as_slice).unwrap_or_default();
        found.iter().filter_map(|at| self.entries.get(*at)).filter(move |entry| entry.attachment == attachment)
    }

    /// Whether a provision that would be added is there.
    pub fn has(&self, place: &Place, id: &str) -> bool {
        !matches!(self.find(place, id), Err(Reason::TargetNotFound { .. }))
    }

    pub fn entry(&self, at: usize) -> Option<&Entry<'n>> {
        self.entries.get(at)
    }

    /// Whether the numbers before and after a provision are those that have to be there, so that its text is surely its own.
    pub fn is_certain(&self, at: usize) -> bool {
        let mut at = at;
        loop {
            let Some(entry) = self.entries.get(at) else { return false };
            let number = |at: usize| self.entries.get(at).map(|entry| Number::of(entry.node));
            let own = Number::of(entry.node);
            let begins = match entry.before.and_then(number) {
                Some(before) => own.may_follow(before),
                None => own.may_begin() || !is_numbered(entry.node.kind),
            };
            if !begins {
                return false;
            }
            match entry.after.and_then(number) {
                Some(after) => return after.may_follow(own),
                // The last one ends where its parent ends.
                None => match entry.parent {
                    Some(parent) => at = parent,
                    None => return true,
                },
            }
        }
    }

    /// All that a provision takes up, paragraphs among it that the tree could not place; `None` where these may be of what
    /// it is a part of.
    pub fn extent(&self, at: usize) -> Option<(usize, usize)> {
        let entry = self.entry(at)?;
        let node = entry.node;
        let Some(parent) = entry.parent.and_then(|parent| self.entry(parent)) else { return Some(node.span) };
        if node.kind == Kind::Clause {
            let is_last = entry.after.is_none();
            let closing = node.children.last().filter(|last| last.kind == Kind::Text && is_last);
            return closing.is_none_or(|last| !self.speaks_of(last, "điều này")).then_some(node.span);
        }
        let next = parent.node.children.partition_point(|child| child.span.0 < node.span.1);
        let rest = parent.node.children.get(next..).unwrap_or_default();
        let loose = rest.iter().take_while(|child| !child.kind.is_provision()).count();
        let (Some(first), Some(last)) = (rest.first(), loose.checked_sub(1).and_then(|last| rest.get(last))) else {
            return Some(node.span);
        };
        if rest.get(loose).is_some() {
            // Between two points it is of the first.
            return Some((node.span.0, last.span.1));
        }
        let of_parent = self.speaks_of(first, "khoản này") || self.speaks_of(first, "điều này");
        of_parent.then_some(node.span)
    }

    fn speaks_of(&self, node: &Node, words: &str) -> bool {
        crate::lower(&kernel::text::one_line(node.text(self.text))).contains(words)
    }

    /// The ids after which a provision may stand by its number, the nearest first.
    pub fn before(&self, parent: Option<&str>, (kind, num): (Kind, &str)) -> Vec<String> {
        let id = |number: String| {
            let number = format!("{}_{}", kind.token(), id_number(&number));
            parent.map_or(number.clone(), |parent| format!("{parent}__{number}"))
        };
        Number::read(num, kind).predecessors().into_iter().map(id).collect()
    }

    /// The provision after which a new one stands by its number; `parent` is the id of what it becomes a part of.
    pub fn predecessor(&self, place: &Place, parent: Option<&str>, (kind, num): (Kind, &str)) -> Option<usize> {
        let own = Number::read(num, kind);
        let mut found = self.before(parent, (kind, num)).into_iter().find_map(|id| self.find(place, &id).ok())?;
        // Of those that were put after it the last.
        for _ in 0..AFTER {
            let after = self.entry(found)?.after;
            match after.and_then(|after| Some((after, Number::of(self.entry(after)?.node)))) {
                Some((after, number)) if number.is_before(own) => found = after,
                Some((_, number)) if !own.is_before(number) => return None,
                _ => return Some(found),
            }
        }
        None
    }
}

fn is_numbered(kind: Kind) -> bool {
    matches!(kind, Kind::Article | Kind::Clause | Kind::Point)
}

struct Walk<'i, 'n> {
    index: &'i mut Index<'n>,
    attachment: Option<usize>,
    /// The ids of what groups articles here.
    groups: Vec<String>,
    /// The article before, of the act or attachment.
    article: Option<usize>,
}

impl<'n> Walk<'_, 'n> {
    fn node(&mut self, node: &'n Node, parent: Option<usize>) {
        let depth = self.groups.len();
        let entry = match node.kind {
            Kind::Attachment | Kind::Appendix => {
                if node.kind == Kind::Appendix {
                    let number = node.num.as_deref().map(|num| num.trim_start_matches('0').to_owned());
                    self.push(node, number.map_or("att".to_owned(), |number| format!("att_{number}")), None);
                }
                for child in &node.children {
                    self.node(child, None);
                }
                return;
            }
            Kind::Part => {
                // Parts are passed over: chapters are named without them.
                for child in &node.children {
                    self.node(child, parent);
                }
                return;
            }
            Kind::Chapter | Kind::Section if parent.is_none() => self.group(node),
            Kind::Article if parent.is_none() => self.article(node),
            Kind::Clause | Kind::Point | Kind::Subpoint => match parent {
                Some(parent) => self.part(node, parent),
                None => return,
            },
            _ => return,
        };
        let Some(entry) = entry else { return };
        let below = (!node.kind.groups_articles()).then_some(entry);
        for child in &node.children {
            self.node(child, below);
        }
        self.groups.truncate(depth);
    }

    fn group(&mut self, node: &'n Node) -> Option<usize> {
        let own = format!("{}_{}", node.kind.token(), id_number(node.num.as_deref()?));
        let within = match (node.kind, self.groups.last()) {
            (Kind::Section, Some(chapter)) => format!("{chapter}__{own}"),
            _ => own.clone(),
        };
        let at = self.push(node, within.clone(), None);
        if within != own {
            self.index.by_id.entry(own.clone()).or_default().push(at);
            self.groups.push(own);
        }
        self.groups.push(within);
        Some(at)
    }

    fn article(&mut self, node: &'n Node) -> Option<usize> {
        let id = format!("art_{}", id_number(node.num.as_deref()?));
        let at = self.push(node, id, None);
        if let Some(before) = self.article {
            self.link(before, at);
        }
        self.article = Some(at);
        Some(at)
    }

    fn part(&mut self, node: &'n Node, parent: usize) -> Option<usize> {
        let num = node.num.as_deref()?;
        let number = id_number(num);
        let outer = self.index.entries.get(parent)?;
        let id = format!("{}__{}_{number}", outer.id, node.kind.token());
        // `a1)` was put after point a, or is below it: it answers to both ids.
        let point = (node.kind == Kind::Subpoint && !num.contains('.'))
            .then(|| Some(format!("{}__point_{number}", outer.id.rsplit_once("__")?.0)))
            .flatten();
        let before = self.index.entries.iter().enumerate().skip(parent).rev();
        let before = before.clone().find(|(_, entry)| entry.parent == Some(parent) && entry.node.kind == node.kind);
        let before = before.map(|(at, _)| at);
        let at = self.push(node, id, Some(parent));
        if let Some(before) = before {
            self.link(before, at);
        }
        if let Some(point) = point {
            self.index.by_id.entry(point).or_default().push(at);
        }
        Some(at)
    }

    fn push(&mut self, node: &'n Node, id: String, parent: Option<usize>) -> usize {
        let at = self.index.entries.len();
        self.index.by_id.entry(id.clone()).or_default().push(at);
        let (attachment, groups) = (self.attachment, self.groups.clone());
        self.index.entries.push(Entry { node, id, attachment, parent, groups, before: None, after: None });
        at
    }

    fn link(&mut self, before: usize, at: usize) {
        if let Some(entry) = self.index.entries.get_mut(before) {
            entry.after = Some(at);
        }
        if let Some(entry) = self.index.entries.get_mut(at) {
            entry.before = Some(before);
        }
    }
}
