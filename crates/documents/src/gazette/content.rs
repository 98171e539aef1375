//! What an issue says, checked.

use super::{GazetteInput, GazetteItemInput};
use crate::Error;
use crate::content::{Faults, IssuerRef, printed_number};
use kernel::{Id, text};
use std::collections::BTreeSet;
use store::Refusal;

/// Items of an issue at most.
const MOST: usize = 500;

/// The content of an issue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct GazetteContent {
    pub number: String,
    pub issued_on: String,
    pub title: Option<String>,
    pub issuer_id: Option<Id>,
    pub items: Vec<Item>,
}

/// An item of an issue as it is kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Item {
    pub document_id: Option<Id>,
    /// Whether the document was found by number and day, not told.
    pub found: bool,
    pub number: Option<String>,
    pub title: Option<String>,
    pub issued_on: Option<String>,
    pub pages: Option<String>,
}

impl GazetteContent {
    /// Checks what an editor sent. The issuing authority is told apart, for it may have to be made.
    pub fn parse(input: GazetteInput) -> Result<(Self, IssuerRef), Error> {
        let mut faults = Faults(Vec::new());
        faults.at_most("/number", Some(&input.number), 100);
        faults.at_most("/title", input.title.as_ref(), 500);
        let issuer = faults.issuer(input.issuer_id, input.issuer);
        let content = Self {
            number: faults.line("/number", Some(input.number)).unwrap_or_default(),
            issued_on: faults.date("/issued_on", Some(input.issued_on)).unwrap_or_default(),
            title: faults.line("/title", input.title),
            issuer_id: None,
            items: items(&mut faults, input.items.unwrap_or_default()),
        };
        if faults.0.is_empty() { Ok((content, issuer)) } else { Err(Error::Refused(Refusal::Invalid(faults.0))) }
    }

    /// What an editor would send to get this content, with the items as they are read.
    pub fn as_input(&self, items: Vec<GazetteItemInput>) -> GazetteInput {
        GazetteInput {
            number: self.number.clone(),
            issued_on: self.issued_on.clone(),
            title: self.title.clone(),
            issuer_id: self.issuer_id.map(|id| id.to_string()),
            issuer: None,
            items: Some(items),
        }
    }
}

impl Item {
    /// What names the same act twice in one issue.
    fn named(&self) -> Option<(String, Option<String>, Option<String>)> {
        Some((text::lower(self.number.as_deref()?), self.issued_on.clone(), self.title.as_deref().map(text::name_key)))
    }
}

fn items(faults: &mut Faults, given: Vec<GazetteItemInput>) -> Vec<Item> {
    if given.len() > MOST {
        faults.add("/items", "too_many", "nhiều nhất 500", "at most 500");
        return Vec::new();
    }
    let (mut documents, mut names) = (BTreeSet::new(), BTreeSet::new());
    let mut checked = Vec::with_capacity(given.len());
    for (at, item) in given.into_iter().enumerate() {
        let at = |field: &str| format!("/items/{at}{field}");
        for (field, value, most) in [("/number", &item.number, 100), ("/title", &item.title, 2000), ("/pages", &item.pages, 50)] {
            faults.at_most(&at(field), value.as_ref(), most);
        }
        let is_empty = item.document_id.is_none() && item.number.is_none() && item.title.is_none();
        let item = Item {
            document_id: faults.id(&at("/document_id"), item.document_id),
            found: false,
            number: faults.line(&at("/number"), item.number).map(|number| printed_number(&number)),
            title: faults.line(&at("/title"), item.title),
            issued_on: faults.date(&at("/issued_on"), item.issued_on),
            pages: faults.line(&at("/pages"), item.pages),
        };
        if is_empty {
            faults.add(&at(""), "required", "cần document_id, number hoặc title", "document_id, number or title is needed");
        }
        let twice = "đã có trong số Công báo này";
        if item.document_id.is_some_and(|id| !documents.insert(id)) {
            faults.add(&at("/document_id"), "told_twice", twice, "stands in this issue already");
        } else if item.document_id.is_none() && item.named().is_some_and(|name| !names.insert(name)) {
            faults.add(&at("/number"), "told_twice", twice, "stands in this issue already");
        }
        checked.push(item);
    }
    checked
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;
    use kernel::Fault;

    fn issue(items: Vec<GazetteItemInput>) -> GazetteInput {
        GazetteInput { number: "35+36".into(), issued_on: "2026-03-04".into(), items: Some(items), ..GazetteInput::default() }
    }

    fn named(number: &str, title: Option<&str>) -> GazetteItemInput {
        let issued_on = Some("2026-02-03".into());
        GazetteItemInput { number: Some(number.into()), title: title.map(Into::into), issued_on, ..Default::default() }
    }

    #[test]
    fn two_communes_may_use_one_number_in_one_issue_but_nothing_stands_in_it_twice() {
        let two = vec![named("05/2026/NQ-HĐND", Some("Ngân sách xã Bến")), named("05/2026/NQ-HĐND", Some("Ngân sách xã Đò"))];
        assert_eq!(GazetteContent::parse(issue(two)).unwrap().0.items.len(), 2);
        let again = vec![named("05/2026/NQ-HĐND", Some("Ngân sách")), named("05/2026/nq-hđnd", Some("NGÂN  SÁCH"))];
        let faults = GazetteContent::parse(issue(again)).unwrap_err().fields();
        assert_eq!((faults.len(), faults[0].pointer.as_str(), faults[0].code), (1, "/items/1/number", "told_twice"));
    }

    #[test]
    fn an_item_says_what_it_is() {
        let bare = GazetteItemInput { pages: Some("3-12".into()), ..GazetteItemInput::default() };
        let bad = GazetteItemInput { document_id: Some("x".into()), issued_on: Some("2026-02-30".into()), ..Default::default() };
        let faults = GazetteContent::parse(issue(vec![bare, bad])).unwrap_err().fields();
        let faults: Vec<_> = faults.iter().map(|fault| (fault.pointer.as_str(), fault.code)).collect();
        let wanted = [("/items/0", "required"), ("/items/1/document_id", "invalid_id"), ("/items/1/issued_on", "invalid_date")];
        assert_eq!(faults, wanted);
        let many = issue(vec![GazetteItemInput::default(); 501]);
        assert_eq!(GazetteContent::parse(many).unwrap_err().fields().first().map(|fault| fault.code), Some("too_many"));
    }
}
