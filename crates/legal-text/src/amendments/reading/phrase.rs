//! Statements on phrases in quotation marks: which change, and where.

use super::read::{At, Change, Done, Reader};
use super::verb::Verb;
use crate::amendments::instruction::{Scope, Unread};

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
    /// Whether a phrase in quotation marks comes next.
    pub(super) fn is_phrase_next(&mut self) -> bool {
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
    pub(super) fn phrases(&mut self, verb: Verb) -> Result<(), Unread> {
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
}
