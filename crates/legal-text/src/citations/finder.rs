//! The walk over a document that finds its citations: where each sentence stands says what `này` means in it.

use super::act::Act;
use super::citation::Citation;
use super::effect::effect;
use super::plain::Plain;
use super::provisions::Context;
use super::relation::Relation;
use super::scan::{Found, scan};
use super::signs::Signs;
use super::statement::{Cited, Governs, Previous, Wording, governs};
use super::target::{Target, target};
use super::within::{Joined, Within, is_partial, join};
use crate::doc_type::DocType;
use crate::header::Header;
use crate::node::{Kind, Node};
use std::rc::Rc;
use std::sync::Arc;

pub(super) struct Finder<'t> {
    text: &'t str,
    pub header: &'t Header,
    pub found: Vec<Citation>,
    /// The act that the article amends in which the finder is.
    amended: Option<Arc<Target>>,
    /// The act that this act amends as a whole, by its title.
    whole: Option<Arc<Target>>,
}

/// What holds of a node by where it stands.
#[derive(Debug, Clone, Default)]
pub(super) struct Scope<'n> {
    pub context: Context<'n>,
    zone: Zone,
    /// What an introduction does to what is listed below it.
    governs: Option<Governs>,
    /// What is said above to be changed, and of which act.
    within: Option<Rc<(Target, Within)>>,
    pub quoted: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Zone {
    Header,
    Preamble,
    #[default]
    Provisions,
}

impl<'t> Finder<'t> {
    pub fn new(text: &'t str, header: &'t Header) -> Self {
        Self { text, header, found: Vec::new(), amended: None, whole: None }
    }

    /// Finds what a node at the top cites.
    pub fn visit(&mut self, node: &Node) {
        self.node(node, &Scope::default());
    }

    fn node<'n>(&mut self, node: &'n Node, outer: &Scope<'n>) {
        let mut scope = outer.clone();
        match node.kind {
            Kind::Recipients | Kind::Signature => return,
            Kind::Header => scope.zone = Zone::Header,
            Kind::Preamble => scope.zone = Zone::Preamble,
            Kind::Attachment | Kind::Appendix => {
                scope.governs = None;
                scope.within = None;
                self.amended = None;
            }
            Kind::Chapter => scope.context.chapter = node.eid.rsplit("__").next(),
            Kind::Section => scope.context.section = node.eid.rsplit("__").next(),
            _ => {}
        }
        self.enter(node, &mut scope);
        if node.is_leaf() {
            self.leaf(node, &mut scope);
            return;
        }
        if node.kind == Kind::Header {
            self.header(node, &mut scope);
            return;
        }
        for child in &node.children {
            if child.is_leaf() {
                let mut inner = scope.clone();
                self.enter(child, &mut inner);
                self.leaf(child, &mut inner);
                if matches!(child.kind, Kind::Heading | Kind::Intro) {
                    scope.governs = inner.governs;
                    scope.within = inner.within;
                }
            } else {
                self.node(child, &scope);
            }
        }
    }

    /// The abstract below the name of the kind is one text, on however many lines it is printed.
    fn header(&mut self, header: &Node, scope: &mut Scope<'_>) {
        let named = header.children.iter().position(|line| DocType::by_heading(line.text(self.text)).is_some());
        let (letterhead, title) = header.children.split_at(named.map_or(header.children.len(), |at| at + 1));
        for line in letterhead {
            self.leaf(line, scope);
        }
        let ([first, ..], [.., last]) = (title, title) else { return };
        let before = self.found.len();
        self.leaf(&Node { span: (first.span.0, last.span.1), ..first.clone() }, scope);
        for one in self.found.iter_mut().skip(before) {
            if let Some(line) = title.iter().rev().find(|line| line.span.0 <= one.span.0) {
                one.eid.clone_from(&line.eid);
            }
        }
    }

    /// What is a provision itself is the place that `này` means in it.
    fn enter<'n>(&mut self, node: &'n Node, scope: &mut Scope<'n>) {
        let own = || node.num.as_deref().map(|num| crate::structure::id_number(num).into());
        match node.kind {
            Kind::Article => {
                scope.context.article = own();
                scope.context.clause = None;
                scope.within = None;
                self.amended = None;
            }
            Kind::Clause => scope.context.clause = own(),
            Kind::Point => scope.context.point = own(),
            Kind::Quoted => {
                scope.quoted = true;
                // `Điều này` is the article that is worded anew.
                let within = scope.within.as_ref().map(|within| &within.1);
                scope.context.article = within.map(Within::article);
                scope.context.clause = within.and_then(Within::clause);
                scope.context.point = None;
            }
            Kind::Appendix | Kind::Attachment => {
                scope.context = Context { attachment: Some(&node.eid), ..Context::default() };
            }
            _ => {}
        }
    }

    fn leaf(&mut self, leaf: &Node, scope: &mut Scope<'_>) {
        let plain = Plain::of(self.text, leaf.span);
        let found = scan(plain.rest(), self.header.issued_on);
        let introduces = matches!(leaf.kind, Kind::Heading | Kind::Intro);
        let small = plain.rest().small;
        if !found.is_empty() {
            let signs = Signs::of(small);
            let before = self.found.len();
            self.cited(Leaf { leaf, plain: &plain, wording: Wording { small, signs: &signs } }, found, scope);
            if introduces {
                scope.within = self.said_within(before).or(scope.within.take());
            }
        }
        if introduces {
            scope.governs = governs(small).or(scope.governs.filter(|_| leaf.kind == Kind::Heading));
        }
    }

    /// What the citations from one on say is changed.
    fn said_within(&self, from: usize) -> Option<Rc<(Target, Within)>> {
        let amended = self.amended()?;
        let of_act = || self.found.get(from..).into_iter().flatten().filter(|one| same_act(&one.target, amended));
        let lie = |changed: bool| {
            let told = of_act().filter(move |one| !changed || one.relation != Relation::RefersTo);
            Within::of(told.flat_map(|one| one.provisions.iter().map(String::as_str)))
        };
        // `Bổ sung Điều 5a vào sau Điều 5`: what is changed counts before what is named beside it.
        Some(Rc::new((amended.clone(), lie(true).or_else(|| lie(false))?)))
    }

    fn cited(&mut self, at: Leaf<'_>, mut found: Vec<Found<'_>>, scope: &Scope<'_>) {
        let Leaf { leaf, plain, wording } = at;
        let rests = scope.zone == Zone::Preamble && wording.rests();
        let first_word = plain.text.find(crate::letters::is_word).unwrap_or(plain.text.len());
        let mut previous: Previous = None;
        let mut ended: Previous = None;
        let joined = join(&plain.text, &mut found);
        let mut within = scope.within.clone();
        for (one, Joined { act_of, is_anchor }) in found.iter().zip(joined) {
            let after = plain.text.get(one.end..).unwrap_or_default();
            let is_own = scope.zone == Zone::Header && self.is_own_number(plain, one);
            if is_own || one.start <= first_word && (is_label(leaf, after, one) || is_own_label(one, scope)) {
                continue;
            }
            let relation = match scope.zone {
                _ if scope.quoted => Relation::RefersTo,
                // What stands in other cells is said of something else.
                _ if leaf.kind == Kind::Table => {
                    let governs = scope.governs.filter(|governs| previous.is_none() && governs.within > 0);
                    governs.map_or(Relation::RefersTo, |governs| governs.relation)
                }
                Zone::Preamble if rests => wording.in_preamble(one, previous),
                Zone::Preamble => Relation::RefersTo,
                Zone::Header => wording.in_title(one, previous),
                // A letter tells what it rests on where it comes to it.
                Zone::Provisions if scope.context.article.is_none() && wording.rests() => wording.in_preamble(one, previous),
                Zone::Provisions => wording
                    .in_provision(one, previous, ended, scope.governs)
                    // What guides another act says so in its title or its first article.
                    .filter(|relation| *relation != Relation::Guides || scope.context.article.as_deref() == Some("1"))
                    .unwrap_or(Relation::RefersTo),
            };
            let naming = act_of.and_then(|at| found.get(at)).unwrap_or(one);
            let target = target((naming, plain.text.get(naming.end..).unwrap_or_default()), self, scope);
            // An act does nothing to itself: its attachments say what they were issued with. What follows is its own.
            let is_own = matches!(target, Target::This { .. });
            previous = (!is_own).then_some(Cited { start: one.start, end: one.end, relation });
            ended = previous.filter(|one| matches!(one.relation, Relation::Replaces | Relation::Repeals)).or(ended);
            let done = !is_own && super::rank::can(self.header, relation, &target);
            // `vào sau khoản 3`: nothing is done to what says only where something comes to stand.
            let relation = if done && !(is_anchor && relation == Relation::Supplements) { relation } else { Relation::RefersTo };
            self.note_amended(relation, &target, scope);
            let lies = within.as_deref().filter(|(act, _)| same_act(act, &target)).map(|(_, within)| within);
            let citation = citation(&at, one, (scope, lies), relation, target);
            if let Some(told) = Within::of(citation.provisions.iter().map(String::as_str)) {
                within = Some(Rc::new((citation.target.clone(), told)));
            }
            self.found.push(citation);
        }
    }

    /// The act that is amended is meant by provisions without the name of an act.
    fn note_amended(&mut self, relation: Relation, target: &Target, scope: &Scope<'_>) {
        let changes = matches!(
            relation,
            Relation::Amends | Relation::Supplements | Relation::Repeals | Relation::Replaces | Relation::Corrects
        );
        if !changes || scope.quoted || !matches!(target, Target::Act { .. }) {
            return;
        }
        let target = Some(Arc::new(target.clone()));
        if scope.zone == Zone::Header { self.whole = target } else { self.amended = target }
    }

    /// The act that provisions without the name of an act are of.
    pub fn amended(&self) -> Option<&Target> {
        self.amended.as_deref().or(self.whole.as_deref())
    }

    /// The number in the letterhead is the act's own, also in an abstract that tells its day: `LUẬT SỐ 5/2030/QH20 NGÀY …`.
    fn is_own_number(&self, plain: &Plain, one: &Found<'_>) -> bool {
        let Act::Numbered { number, issued_on, .. } = &one.act else { return false };
        if self.header.number.as_deref() != Some(number.as_str()) {
            return false;
        }
        if issued_on.is_some() && *issued_on == self.header.issued_on && one.provisions.is_empty() {
            return true;
        }
        let before = plain.rest().small.get(..one.start).unwrap_or_default().trim_end();
        let labelled = before.is_empty() || before.ends_with(['|', ':']) || before.ends_with("số");
        labelled || one.provisions.is_empty() && plain.text.len() < 80
    }
}

/// A leaf that is read.
#[derive(Clone, Copy)]
struct Leaf<'l> {
    leaf: &'l Node,
    plain: &'l Plain,
    wording: Wording<'l>,
}

/// Whether it is what a provision itself begins with: `Điều 1. Phạm vi`.
fn is_label(leaf: &Node, after: &str, one: &Found<'_>) -> bool {
    matches!(leaf.kind, Kind::Heading | Kind::Article)
        && matches!(one.act, Act::Unnamed)
        && (after.trim_start().is_empty() || after.starts_with(['.', ':', '-']) || after.starts_with(" -"))
}

/// Whether it is the number of the article that it stands in, without a mark: `Điều 1 Luật này thay thế …`.
fn is_own_label(one: &Found<'_>, scope: &Scope<'_>) -> bool {
    let [only] = one.provisions.as_slice() else { return false };
    let Some(article) = scope.context.article.as_deref() else { return false };
    matches!(one.act, Act::Unnamed | Act::Here(_))
        && only.eid(&scope.context).is_some_and(|eid| eid.strip_prefix("art_") == Some(article))
}

/// Whether two targets are one act.
fn same_act(one: &Target, other: &Target) -> bool {
    match (one, other) {
        (Target::Act { number: Some(one), .. }, Target::Act { number: Some(other), .. }) => one == other,
        _ => one == other,
    }
}

fn citation(
    at: &Leaf<'_>,
    one: &Found<'_>,
    (scope, within): (&Scope<'_>, Option<&Within>),
    relation: Relation,
    target: Target,
) -> Citation {
    let Leaf { leaf, plain, wording } = at;
    let (number, title, issued_on) = match &one.act {
        Act::Numbered { number, issued_on, title, .. } => (Some(number.clone()), title.clone(), *issued_on),
        Act::Titled { title, issued_on, .. } => (None, Some(title.clone()), *issued_on),
        Act::Here(_) | Act::Unnamed => (None, None, None),
    };
    // A clause of another act is nothing without its article.
    let complete = |id: String| match (&target, within) {
        (Target::Act { .. }, within) if is_partial(&id) => within?.complete(&id),
        _ => Some(id),
    };
    let named = one.provisions.iter().filter_map(|provision| provision.eid(&scope.context));
    let mut provisions: Vec<String> = named.filter_map(complete).collect();
    provisions.dedup();
    let acts = matches!(relation, Relation::Repeals | Relation::Replaces | Relation::Suspends);
    let (from, until) = plain.rest().skip(one.end).filter(|_| acts).map(effect).unwrap_or_default();
    let whole = one.provisions.is_empty() && !wording.says_part(one);
    Citation {
        span: (plain.source(one.start), plain.source_end(one.end)),
        text: plain.text.get(one.start..one.end).unwrap_or_default().to_owned(),
        number,
        title,
        issued_on,
        provisions,
        relation,
        whole,
        from,
        until: until.filter(|_| relation == Relation::Suspends),
        target,
        eid: leaf.eid.clone(),
    }
}
