//! Statements on provisions: which of them, and where a new one comes to stand.

use super::read::{Beside, Done, Reader};
use super::verb::Verb;
use crate::amendments::instruction::{Part, Side, Unread};
use crate::citations::provisions::Level;

impl Reader<'_, '_> {
    /// `khoản 3a vào sau khoản 3 Điều 5`
    pub(super) fn provisions(&mut self, verb: Verb) -> Result<(), Unread> {
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

    /// What is done to numbers or to a whole act is known by its first words.
    fn refuse(&mut self) -> Result<(), Unread> {
        let rest = self.cursor.rest().trim_start();
        if rest.starts_with("số thứ tự các") || rest.starts_with("thứ tự") || rest.starts_with("số thứ tự và") {
            return Err(Unread::Renumbering);
        }
        if self.cursor.is_place_next() {
            return Ok(());
        }
        let from = self.cursor.at;
        self.cursor.eat_any(&["toàn bộ nội dung", "toàn bộ các", "toàn bộ", "các", "một số"]);
        let act = self.cursor.act();
        self.cursor.at = from;
        if act.is_some() { Err(Unread::WholeAct) } else { Ok(()) }
    }

    /// Whether it is about an appendix, a form or a list.
    pub(super) fn is_appendix_next(&self) -> bool {
        let rest = self.cursor.rest().trim_start();
        let rest = rest.strip_prefix("các ").or_else(|| rest.strip_prefix("một số ")).unwrap_or(rest);
        let names = ["phụ lục", "mẫu", "biểu", "bảng", "danh mục", "số thứ tự", "nội dung tại phụ lục", "mục lục"];
        names.iter().any(|name| rest.starts_with(name))
    }

    /// `vào sau`, `vào trước`.
    pub(super) fn side(&mut self) -> Option<Side> {
        if self.cursor.rest().trim_start().starts_with("như sau") || self.cursor.rest().trim_start().starts_with("sau đây") {
            return None;
        }
        if self.cursor.eat_any(&[
            "vào ngay sau",
            "vào liền sau",
            "vào phía sau",
            "vào sau",
            "ngay sau",
            "liền sau",
            "tiếp sau",
            "sau",
        ]) {
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
        if place.provision.names(&[Level::Article, Level::Clause, Level::Point]) {
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
}
