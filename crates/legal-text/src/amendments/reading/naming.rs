//! What a statement names: provisions, parts of them, and the acts they are of.

use super::acts::{ACTS, ATTACHED, Act, is_attached};
use super::cursor::Cursor;
use crate::amendments::instruction::{Part, Scope, Unread};
use crate::citations::Target;
use crate::citations::provisions::{Level, Provision, provisions};
use crate::citations::rest::Rest;

/// A place as a statement names it.
#[derive(Debug, Clone)]
pub(super) struct Named<'w> {
    pub part: Part,
    pub provision: Provision<'w>,
    pub act: Option<Act>,
    pub scope: Scope,
}

impl<'w> Cursor<'w> {
    /// An act named at the cursor, past `của` and the name of a regulation that was issued with it.
    pub fn act(&mut self) -> Option<Act> {
        let from = self.at;
        self.eat_any(&["của", "tại", "thuộc", "trong"]);
        self.blanks();
        let found = self.act_here();
        if found.is_none() {
            self.at = from;
        }
        self.named_act |= found.is_some();
        found
    }

    /// The act that is cited at a byte of the words.
    pub fn act_at(&self, at: usize) -> Option<Act> {
        let (citation, _) = self.acts.cited(self.words, at)?;
        Some(Act { target: citation.target.clone(), attached: false })
    }

    fn act_here(&mut self) -> Option<Act> {
        if let Some((law, end)) = self.acts.law(self.words, self.at) {
            self.at = end;
            return Some(Act { target: law.target, attached: false });
        }
        if let Some((citation, end)) = self.acts.cited(self.words, self.at) {
            self.at = end;
            return Some(Act { target: citation.target.clone(), attached: is_attached(&citation.text) });
        }
        let issued = ATTACHED.iter().any(|name| self.rest().starts_with(name))
            || self.rest().starts_with("ban hành kèm theo")
            || self.rest().starts_with("kèm theo");
        if !issued {
            return None;
        }
        let stop = self.rest().find([';', ':', '“', '”', '"']).unwrap_or(self.rest().len());
        let with = ["ban hành kèm theo ", "kèm theo "].iter().find_map(|words| {
            let found = self.rest().get(..stop)?.find(words)?;
            Some(found + words.len())
        })?;
        let (citation, end) = self.acts.cited(self.words, self.at + with)?;
        self.at = end;
        Some(Act { target: citation.target.clone(), attached: true })
    }

    /// `Nghị quyết`, `Quy chế` without a number: whether the act or what was issued with it is meant.
    fn scope(&mut self) -> Scope {
        let from = self.at;
        self.eat_any(&["của", "tại"]);
        let scope = if self.eat_any(&ACTS) {
            Scope::Act
        } else if self.eat_any(&ATTACHED) {
            Scope::Attachment
        } else {
            self.at = from;
            return Scope::Unsaid;
        };
        // A name or number follows that is not known as a citation.
        self.blanks();
        let rest = self.rest();
        let bare =
            rest.is_empty() || rest.starts_with([',', ';', '.', ':']) || rest.starts_with("và ") || rest.starts_with("như sau");
        if !bare {
            self.at = from;
            return Scope::Unsaid;
        }
        scope
    }

    /// A part of a provision, named before it.
    fn part(&mut self) -> Part {
        if self.eat_any(&["tên gọi của", "tên gọi", "tên của", "tên", "tiêu đề của", "tiêu đề"]) {
            // `tên điều Điều 220`
            if self.rest().trim_start().starts_with("điều điều ") {
                self.eat("điều");
            }
            return Part::Heading;
        }
        let opening =
            ["đoạn mở đầu", "phần mở đầu", "câu mở đầu", "đoạn dẫn", "câu dẫn", "phần dẫn", "lời dẫn", "đoạn đầu", "khổ đầu"];
        if self.eat_any(&opening) {
            self.eat_any(&["của", "tại"]);
            return Part::Intro;
        }
        self.eat_any(&["nội dung của", "nội dung"]);
        Part::Whole
    }

    /// The places named at the cursor: a list of provisions, some with the part that is meant.
    pub fn places(&mut self) -> Result<Vec<Named<'w>>, Unread> {
        let mut found: Vec<Named<'w>> = Vec::new();
        while self.place(&mut found)? {
            let from = self.at;
            if !(self.separator() && self.is_place_next()) {
                self.at = from;
                break;
            }
        }
        Ok(found)
    }

    pub fn is_place_next(&mut self) -> bool {
        let from = self.at;
        self.blanks();
        let part = self.part();
        self.eat("các");
        self.blanks();
        let names = provisions(self.left()).is_some() || part == Part::Heading && self.eat("điều");
        self.at = from;
        names
    }

    /// Reads one list of provisions; tells whether there was one.
    fn place(&mut self, found: &mut Vec<Named<'w>>) -> Result<bool, Unread> {
        let from = self.at;
        let part = self.part();
        self.eat("các");
        self.blanks();
        let Some((list, length)) = provisions(self.left()) else {
            if part == Part::Heading && self.eat("điều") {
                found.push(Named { part, provision: Provision::default(), act: None, scope: Scope::Unsaid });
                return Ok(true);
            }
            self.at = from;
            return Ok(false);
        };
        // `tên Điều 3; điểm c khoản 1`: clauses have no name; with a further article it is not said whose name is meant.
        let nameless = |one: &Provision<'_>| one.names(&[Level::Clause, Level::Point]);
        if part != Part::Whole && !(list.len() == 1 || part == Part::Heading && list.iter().skip(1).all(nameless)) {
            return Err(Unread::PlaceNotSaid);
        }
        let (act, scope) = self.act_of(length);
        let first = found.len();
        found.extend(list.into_iter().map(|provision| Named { part: Part::Whole, provision, act: act.clone(), scope }));
        if let Some(named) = found.get_mut(first) {
            named.part = part;
        }
        Ok(true)
    }

    /// The act of the provisions that take `length` bytes at the cursor; the cursor comes to stand behind it.
    fn act_of(&mut self, length: usize) -> (Option<Act>, Scope) {
        self.named_act = false;
        let cited = self.acts.cited(self.words, self.at).filter(|(_, end)| *end >= self.at + length);
        if let Some((citation, end)) = cited
            && citation.target != (Target::Unresolved { reason: "title_unknown" })
        {
            self.at = end;
            self.named_act = true;
            return (Some(Act { target: citation.target.clone(), attached: is_attached(&citation.text) }), Scope::Unsaid);
        }
        self.at += length;
        let act = self.act();
        let scope = if act.is_some() { Scope::Unsaid } else { self.scope() };
        (act, scope)
    }

    /// Every list of provisions in the words, wherever it stands.
    pub fn every_place(&self) -> Vec<Provision<'w>> {
        places_in(&self.words.lower)
    }

    /// The first act that the words name, and whether its provisions are of what was issued with it. Where they name an act
    /// that cannot be told, it is [`Target::Unresolved`]: what stands above must not be heard in its place.
    pub fn any_act(&self) -> Option<Act> {
        let lower = &self.words.lower;
        if let Some((law, end)) = self.acts.named(self.words).into_iter().next() {
            let named = lower.get(..end).unwrap_or(lower);
            return Some(Act { target: law.target, attached: is_attached(named) });
        }
        let names =
            ACTS.iter().any(|kind| lower.contains(&format!("của {kind} ")) && !lower.contains(&format!("của {kind} này")));
        names.then(|| Act { target: Target::Unresolved { reason: "title_unknown" }, attached: is_attached(lower) })
    }
}

/// Every list of provisions in lower-case words.
pub(super) fn places_in(lower: &str) -> Vec<Provision<'_>> {
    let mut found: Vec<Provision<'_>> = Vec::new();
    let mut word = true;
    let mut at = 0;
    while let Some(c) = lower.get(at..).and_then(|rest| rest.chars().next()) {
        let opens = word && matches!(c, 'đ' | 'k' | 'c' | 'm' | 't' | 'p');
        if opens && let Some((list, length)) = lower.get(at..).and_then(|rest| provisions(Rest { printed: rest, small: rest })) {
            found.extend(list);
            at += length;
            word = false;
            continue;
        }
        word = !c.is_alphanumeric();
        at += c.len_utf8();
    }
    complete(&mut found);
    found
}

/// Gives each place of a list what it leaves to the one after it: `khoản 1, khoản 2 Điều 5`.
pub(super) fn complete(found: &mut [Provision<'_>]) {
    for at in (0..found.len().saturating_sub(1)).rev() {
        let (head, tail) = found.split_at_mut(at + 1);
        if let (Some(one), Some(next)) = (head.last_mut(), tail.first()) {
            one.complete(next);
        }
    }
}
