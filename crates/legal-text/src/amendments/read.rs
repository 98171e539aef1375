//! Reads one statement: what it does, and to which provisions.
//!
//! The rules are strict: a statement that has a word more than they know is not understood.

use super::context::Context;
use super::acts::Act;
use super::cursor::{Cursor, Named, complete};
use super::instruction::{Operation, Part, Place, Position, Scope, Side, Unread};
use super::verb::Verb;
use crate::citations::provisions::{Context as Here, Provision};

/// One operation, with the act where the statement names it.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub operation: Operation,
    pub act: Option<Act>,
}

/// Reads the statement at the cursor.
pub(super) fn read(cursor: &mut Cursor<'_>, above: &Context) -> Result<Vec<Draft>, Unread> {
    let mut reader = Reader { cursor, above, named: Vec::new(), done: Vec::new() };
    reader.statement()?;
    reader.finish()
}

/// What is done to the place at an index of the places named, before these are complete.
#[derive(Debug, Clone)]
enum Done {
    Replace(usize),
    Insert(usize, Beside),
    Repeal(usize),
    Phrase { at: At, change: Change },
}

#[derive(Debug, Clone, Copy)]
enum Beside {
    Nothing,
    After(usize, Option<usize>),
    Before(usize, Option<usize>),
}

/// Where a phrase is changed.
#[derive(Debug, Clone)]
enum At {
    Place(usize),
    Everywhere(Option<Act>, Scope),
    /// Where the statement above says.
    Above,
}

#[derive(Debug, Clone)]
enum Change {
    Substitute(String, String),
    Remove(String),
    Add(String, String, Side),
}

struct Reader<'r, 's> {
    cursor: &'r mut Cursor<'s>,
    above: &'r Context,
    named: Vec<Named>,
    done: Vec<Done>,
}

/// Words before a phrase in quotation marks.
const PHRASES: [&str; 12] = [
    "các từ, cụm từ",
    "từ, cụm từ",
    "từ và cụm từ",
    "các cụm từ",
    "cụm từ",
    "các từ",
    "từ ngữ",
    "từ",
    "nội dung",
    "đoạn văn",
    "đoạn",
    "dòng chữ",
];

impl Reader<'_, '_> {
    fn statement(&mut self) -> Result<(), Unread> {
        let mut verb = match self.cursor.verb() {
            Some(verb) => verb,
            None => return self.passive(),
        };
        loop {
            self.act_on(verb)?;
            let from = self.cursor.at;
            if !self.cursor.separator() {
                break;
            }
            match self.cursor.verb() {
                Some(next) => verb = next,
                None if self.is_phrase_next() => {}
                None => {
                    self.cursor.at = from;
                    break;
                }
            }
        }
        if self.cursor.ends() { Ok(()) } else { Err(Unread::Words) }
    }

    fn act_on(&mut self, verb: Verb) -> Result<(), Unread> {
        self.cursor.eat(":");
        if self.is_phrase_next() { self.phrases(verb) } else { self.provisions(verb) }
    }

    /// Statements without a verb at their beginning: `Khoản 2 Điều 5 được sửa đổi, bổ sung như sau`, or members of a list.
    fn passive(&mut self) -> Result<(), Unread> {
        if self.is_phrase_next() {
            let verb = match self.above.verb {
                Some(Verb::End) if !self.above.ends => Verb::Several,
                verb => verb.unwrap_or(Verb::Several),
            };
            self.phrases(verb)?;
            return if self.cursor.ends() { Ok(()) } else { Err(Unread::Words) };
        }
        let places = self.cursor.places()?;
        if places.is_empty() {
            return Err(Unread::Words);
        }
        let amended = ["được sửa đổi, bổ sung", "được sửa đổi và bổ sung", "được sửa đổi"];
        let ended = ["được bãi bỏ", "bị bãi bỏ", "được hủy bỏ", "được huỷ bỏ"];
        let verb = if self.cursor.rest().trim_start().starts_with("được sửa đổi") && self.cursor.eat_any(&amended) {
            Verb::Amend
        } else if self.cursor.eat_any(&ended) || self.above.ends {
            Verb::End
        } else {
            return Err(Unread::Words);
        };
        for place in places {
            self.place(verb, place);
        }
        if self.cursor.ends() { Ok(()) } else { Err(Unread::Words) }
    }

    fn place(&mut self, verb: Verb, place: Named) {
        let at = self.named.len();
        self.named.push(place);
        self.done.push(match verb {
            Verb::End => Done::Repeal(at),
            Verb::Add => Done::Insert(at, Beside::Nothing),
            Verb::Amend | Verb::Replace | Verb::Several => Done::Replace(at),
        });
    }

    /// `khoản 3a vào sau khoản 3 Điều 5`
    fn provisions(&mut self, verb: Verb) -> Result<(), Unread> {
        if verb == Verb::End {
            self.cursor.eat_any(&["các quy định tại", "quy định tại", "các nội dung tại", "nội dung tại"]);
        }
        self.refuse()?;
        if verb == Verb::Several {
            return Err(Unread::Words);
        }
        let places = self.cursor.places()?;
        if places.is_empty() {
            return Err(Unread::Words);
        }
        let first = self.named.len();
        let count = places.len();
        self.named.extend(places);
        let added = matches!(verb, Verb::Add | Verb::Amend);
        // `vào Chương VIII và vào trước Điều 99`
        let among = if added { self.among()? } else { None };
        let side = if added { self.side() } else { None };
        let mut beside = Beside::Nothing;
        if let Some(side) = side {
            let anchor = self.one_place()?;
            let group = self.group()?.or(among);
            beside = match side {
                Side::After => Beside::After(anchor, group),
                Side::Before => Beside::Before(anchor, group),
            };
        } else if verb == Verb::Add {
            self.container()?;
        } else if self.cursor.eat("trong") {
            self.part_of_act();
        }
        if let Some(act) = self.cursor.act() {
            for named in self.named.iter_mut().skip(first).filter(|named| named.act.is_none()) {
                named.act = Some(act.clone());
            }
        }
        for at in first..first + count {
            self.done.push(match (verb, side) {
                (Verb::End, _) => Done::Repeal(at),
                (Verb::Add, _) | (Verb::Amend, Some(_)) => Done::Insert(at, beside),
                (Verb::Amend | Verb::Replace | Verb::Several, _) => Done::Replace(at),
            });
        }
        Ok(())
    }

    /// What is done to an appendix, a whole act or numbers is known by its first words.
    fn refuse(&mut self) -> Result<(), Unread> {
        let rest = self.cursor.rest().trim_start();
        let rest = rest.strip_prefix("các ").or_else(|| rest.strip_prefix("một số ")).unwrap_or(rest);
        let starts = |words: &[&str]| words.iter().any(|word| rest.starts_with(word));
        if starts(&["phụ lục", "mẫu", "biểu", "bảng", "danh mục", "số thứ tự", "nội dung tại phụ lục", "mục lục"]) {
            return Err(Unread::Appendix);
        }
        if starts(&["số thứ tự các", "thứ tự"]) {
            return Err(Unread::Renumbering);
        }
        if starts(&["toàn bộ", "nghị định", "thông tư", "quyết định", "nghị quyết", "luật", "quy chế", "quy định"]) {
            return Err(Unread::WholeAct);
        }
        Ok(())
    }

    /// `vào sau`, `vào trước`.
    fn side(&mut self) -> Option<Side> {
        if self.cursor.rest().trim_start().starts_with("như sau") || self.cursor.rest().trim_start().starts_with("sau đây") {
            return None;
        }
        if self.cursor.eat_any(&["vào ngay sau", "vào liền sau", "vào phía sau", "vào sau", "ngay sau", "liền sau", "tiếp sau", "sau"]) {
            return Some(Side::After);
        }
        if self.cursor.eat_any(&["vào ngay trước", "vào liền trước", "vào trước", "ngay trước", "trước"]) {
            return Some(Side::Before);
        }
        None
    }

    fn one_place(&mut self) -> Result<usize, Unread> {
        let mut places = self.cursor.places()?;
        match (places.pop(), places.is_empty()) {
            (Some(place), true) if place.part == Part::Whole => {
                self.named.push(place);
                Ok(self.named.len() - 1)
            }
            _ => Err(Unread::PlaceNotSaid),
        }
    }

    /// `trong Mục 4 Chương IV`
    fn group(&mut self) -> Result<Option<usize>, Unread> {
        let from = self.cursor.at;
        if !self.cursor.eat_any(&["trong", "thuộc", "của", "tại", "vào"]) {
            return Ok(None);
        }
        let Some(place) = self.cursor.places()?.pop() else {
            self.cursor.at = from;
            return Ok(None);
        };
        if place.provision.article.is_some() || place.provision.clause.is_some() || place.provision.point.is_some() {
            self.cursor.at = from;
            return Ok(None);
        }
        // Parts are not among the levels of ids: chapters that stand in several are told to be ambiguous.
        if self.cursor.eat_any(&["của", "thuộc"]) || self.cursor.rest().trim_start().starts_with("phần") {
            self.part_of_act();
        }
        self.named.push(place);
        Ok(Some(self.named.len() - 1))
    }

    /// A chapter or section named before what the new provision comes to stand beside.
    fn among(&mut self) -> Result<Option<usize>, Unread> {
        let (from, count) = (self.cursor.at, self.named.len());
        let group = self.group()?;
        if group.is_some() {
            self.cursor.separator();
            let after = self.cursor.at;
            if self.side().is_some() {
                self.cursor.at = after;
                return Ok(group);
            }
        }
        self.cursor.at = from;
        self.named.truncate(count);
        Ok(None)
    }

    /// `Phần thứ hai`
    fn part_of_act(&mut self) {
        if !self.cursor.eat("phần") {
            return;
        }
        self.cursor.eat("thứ");
        self.cursor.blanks();
        let word = self.cursor.rest().find(|c: char| !c.is_alphanumeric()).unwrap_or(self.cursor.rest().len());
        self.cursor.at += word;
    }

    /// `vào Điều 44`, `vào cuối Điều 44`: what the new provision becomes a part of.
    fn container(&mut self) -> Result<(), Unread> {
        let from = self.cursor.at;
        if !self.cursor.eat_any(&["vào cuối", "vào"]) {
            return Ok(());
        }
        let places = self.cursor.places()?;
        match places.as_slice() {
            [place] if place.part == Part::Whole => self.named.push(place.clone()),
            [] => self.cursor.at = from,
            _ => return Err(Unread::PlaceNotSaid),
        }
        Ok(())
    }

    fn is_phrase_next(&mut self) -> bool {
        let from = self.cursor.at;
        self.cursor.eat_any(&PHRASES);
        let is = !matches!(self.cursor.phrase(), Ok(None));
        self.cursor.at = from;
        is
    }

    /// Phrases in quotation marks, as a list.
    fn phrase_list(&mut self) -> Result<Vec<String>, Unread> {
        let mut found = Vec::new();
        loop {
            let from = self.cursor.at;
            self.cursor.eat_any(&PHRASES);
            match self.cursor.phrase()? {
                Some(phrase) => found.push(phrase),
                None => {
                    self.cursor.at = from;
                    break;
                }
            }
            let from = self.cursor.at;
            if !(self.cursor.separator() && self.is_phrase_next()) {
                self.cursor.at = from;
                break;
            }
        }
        Ok(found)
    }

    /// `cụm từ “A” bằng cụm từ “B” tại …`
    fn phrases(&mut self, verb: Verb) -> Result<(), Unread> {
        let mut changes = Vec::new();
        let mut at = Vec::new();
        loop {
            let firsts = self.phrase_list()?;
            at.extend(self.where_to()?);
            let passive = ["được thay thế bằng", "được thay bằng", "được thay thành", "được sửa đổi thành", "được sửa thành"];
            if self.cursor.eat_any(&["bằng", "thành", "bởi"]) || self.cursor.eat_any(&passive) {
                if !matches!(verb, Verb::Replace | Verb::Amend | Verb::Several) {
                    return Err(Unread::Words);
                }
                let by = match self.phrase_list()?.as_slice() {
                    [by] => by.clone(),
                    _ => return Err(Unread::PhraseNotQuoted),
                };
                changes.extend(firsts.into_iter().map(|phrase| Change::Substitute(phrase, by.clone())));
            } else if let Some(side) = (verb == Verb::Add).then(|| self.side()).flatten() {
                let (phrase, beside) = match (firsts.as_slice(), self.phrase_list()?.as_slice()) {
                    ([phrase], [beside]) => (phrase.clone(), beside.clone()),
                    _ => return Err(Unread::PhraseNotQuoted),
                };
                changes.push(Change::Add(phrase, beside, side));
            } else if verb == Verb::End || self.cursor.eat_any(&["được bãi bỏ", "được bỏ", "bị bãi bỏ"]) {
                changes.extend(firsts.into_iter().map(Change::Remove));
            } else {
                return Err(Unread::Words);
            }
            let more = self.where_to()?;
            if !at.is_empty() && !more.is_empty() {
                return Err(Unread::PlaceNotSaid);
            }
            at.extend(more);
            let from = self.cursor.at;
            if at.is_empty() && self.cursor.separator() && self.is_phrase_next() {
                continue;
            }
            self.cursor.at = from;
            break;
        }
        if at.is_empty() {
            at.push(At::Above);
        }
        for at in at {
            self.done.extend(changes.iter().map(|change| Done::Phrase { at: at.clone(), change: change.clone() }));
        }
        Ok(())
    }

    /// `tại khoản 2 Điều 5 và Điều 7`, `trong toàn bộ Quy chế`; nothing where no place is named.
    fn where_to(&mut self) -> Result<Vec<At>, Unread> {
        let from = self.cursor.at;
        if !self.cursor.eat_any(&["quy định tại", "nêu tại", "tại", "trong", "ở", "của"]) {
            let everywhere = self.cursor.rest().trim_start().starts_with("toàn bộ");
            if !everywhere {
                return Ok(Vec::new());
            }
        }
        if self.cursor.eat_any(&["toàn bộ", "toàn văn", "cả"]) {
            self.cursor.eat_any(&["nội dung của", "nội dung", "văn bản của", "văn bản", "các điều, khoản của", "các điều của"]);
            let act = self.cursor.act();
            let scope = match &act {
                Some(act) if act.attached => Scope::Attachment,
                Some(_) => Scope::Act,
                None => {
                    self.cursor.eat_any(&["quy chế", "quy định", "nghị định", "thông tư", "quyết định", "nghị quyết", "luật"]);
                    self.cursor.eat("này");
                    Scope::Unsaid
                }
            };
            return Ok(vec![At::Everywhere(act, scope)]);
        }
        let places = self.cursor.places()?;
        if places.is_empty() {
            self.cursor.at = from;
            return Ok(Vec::new());
        }
        let first = self.named.len();
        self.named.extend(places);
        Ok((first..self.named.len()).map(At::Place).collect())
    }

    /// Completes the places and gives the operations.
    fn finish(self) -> Result<Vec<Draft>, Unread> {
        let mut provisions: Vec<Provision> = self.named.iter().map(|named| named.provision.clone()).collect();
        complete(&mut provisions);
        // `tên điều và khoản 1 Điều 206`
        for at in (0..provisions.len().saturating_sub(1)).rev() {
            let next = provisions.get(at + 1).and_then(|next| next.article.clone());
            if let Some(one) = provisions.get_mut(at).filter(|one| **one == Provision::default()) {
                one.article = next;
            }
        }
        let mut acts: Vec<Option<Act>> = self.named.iter().map(|named| named.act.clone()).collect();
        for at in (0..acts.len().saturating_sub(1)).rev() {
            if acts.get(at).is_some_and(Option::is_none) {
                let next = acts.get(at + 1).cloned().flatten();
                if let Some(act) = acts.get_mut(at) {
                    *act = next;
                }
            }
        }
        let places = Places { named: &self.named, provisions, acts, above: self.above };
        let mut drafts = Vec::new();
        for done in self.done {
            places.drafts(done, &mut drafts)?;
        }
        if drafts.is_empty() { Err(Unread::Words) } else { Ok(drafts) }
    }
}

/// The places that a statement names, completed.
struct Places<'p> {
    named: &'p [Named],
    provisions: Vec<Provision>,
    acts: Vec<Option<Act>>,
    above: &'p Context,
}

impl Places<'_> {
    fn drafts(&self, done: Done, drafts: &mut Vec<Draft>) -> Result<(), Unread> {
        match done {
            Done::Replace(at) => {
                let place = self.place(at)?;
                self.is_worded(at, place.part == Part::Heading)?;
                drafts.push(Draft { operation: Operation::Replace { at: place }, act: self.act(at) });
            }
            Done::Repeal(at) => {
                let place = self.place(at)?;
                self.is_worded(at, false)?;
                if place.part != Part::Whole {
                    return Err(Unread::Words);
                }
                drafts.push(Draft { operation: Operation::Repeal { at: place }, act: self.act(at) });
            }
            Done::Insert(at, beside) => {
                let place = self.place(at)?;
                self.is_worded(at, true)?;
                if place.part != Part::Whole {
                    return Err(Unread::Words);
                }
                let position = self.position(beside)?;
                drafts.push(Draft { operation: Operation::Insert { at: place, position }, act: self.act(at) });
            }
            Done::Phrase { at: At::Above, change } if self.above.places.is_empty() => {
                if !self.above.everywhere {
                    return Err(Unread::PlaceNotSaid);
                }
                let at = Place { provision: None, part: Part::Whole, scope: self.scope(None) };
                drafts.push(Draft { operation: change.at(at), act: None });
            }
            Done::Phrase { at: At::Above, change } => {
                for place in &self.above.places {
                    let provision = Some(eid(place)?);
                    let at = Place { provision, part: Part::Whole, scope: self.scope(None) };
                    drafts.push(Draft { operation: change.clone().at(at), act: None });
                }
            }
            Done::Phrase { at: At::Everywhere(act, scope), change } => {
                let scope = if scope == Scope::Unsaid { self.scope(act.as_ref()) } else { scope };
                drafts.push(Draft { operation: change.at(Place { provision: None, part: Part::Whole, scope }), act });
            }
            Done::Phrase { at: At::Place(at), change } => {
                drafts.push(Draft { operation: change.at(self.place(at)?), act: self.act(at) });
            }
        }
        Ok(())
    }

    /// Fails for what is not replaced or ended as one: appendices, and chapters where `groups` does not allow them.
    fn is_worded(&self, at: usize, groups: bool) -> Result<(), Unread> {
        let Some(provision) = self.provisions.get(at) else { return Ok(()) };
        if provision.appendix.is_some() {
            return Err(Unread::Appendix);
        }
        let grouped = provision.chapter.is_some() || provision.section.is_some();
        let inner = provision.article.is_some() || provision.clause.is_some() || provision.point.is_some();
        if grouped && !inner && !groups { Err(Unread::Group) } else { Ok(()) }
    }

    fn act(&self, at: usize) -> Option<Act> {
        self.acts.get(at).cloned().flatten()
    }

    fn provision(&self, at: usize) -> Result<String, Unread> {
        let mut provision = self.provisions.get(at).cloned().ok_or(Unread::PlaceNotSaid)?;
        self.above.complete(&mut provision)?;
        eid(&provision)
    }

    fn place(&self, at: usize) -> Result<Place, Unread> {
        let named = self.named.get(at).ok_or(Unread::PlaceNotSaid)?;
        let scope = if named.scope == Scope::Unsaid { self.scope(self.act(at).as_ref()) } else { named.scope };
        Ok(Place { provision: Some(self.provision(at)?), part: named.part, scope })
    }

    /// Whether provisions of the act or of what was issued with it are meant.
    fn scope(&self, act: Option<&Act>) -> Scope {
        match act.or(self.above.act.as_ref()) {
            Some(act) if act.attached => Scope::Attachment,
            _ => Scope::Unsaid,
        }
    }

    fn position(&self, beside: Beside) -> Result<Position, Unread> {
        let group = |group: Option<usize>| group.and_then(|at| self.provisions.get(at)).map(eid).transpose();
        Ok(match beside {
            Beside::Nothing => Position::InOrder,
            Beside::After(at, among) => Position::After { provision: self.provision(at)?, group: group(among)? },
            Beside::Before(at, among) => Position::Before { provision: self.provision(at)?, group: group(among)? },
        })
    }
}

impl Change {
    fn at(self, at: Place) -> Operation {
        match self {
            Self::Substitute(phrase, by) => Operation::Substitute { at, phrase, by },
            Self::Remove(phrase) => Operation::Remove { at, phrase },
            Self::Add(phrase, beside, side) => Operation::Add { at, phrase, beside, side },
        }
    }
}

fn eid(provision: &Provision) -> Result<String, Unread> {
    provision.eid(&Here::default()).ok_or(Unread::PlaceNotSaid)
}
