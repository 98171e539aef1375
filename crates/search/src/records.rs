//! How a resource is laid out in an index: a record for each passage, and one that stands for the whole.
//!
//! Words of a query may stand in different articles of one document. So a *head* knows every word of
//! the resource: whatever matches, its head matches too, and counting heads counts resources. Where a
//! resource has one passage or none, that passage is in the head.

use crate::words::{folded, words};
use crate::{Facets, Passage, SearchDocument, Times};
use kernel::text::nfc;
use std::collections::HashSet;
use std::ops::Range;

/// A passage longer than this is cut at a line: it is indexed, ranked and shown in parts.
const LONGEST_PASSAGE: usize = 12_000;

/// One record.
pub(crate) struct Record<'a> {
    /// The resource.
    pub(crate) document: &'a SearchDocument,
    /// When it is so.
    pub(crate) times: &'a Times,
    /// Whether it stands for the whole resource in these times.
    pub(crate) is_head: bool,
    /// The passage, where it has one.
    pub(crate) passage: Option<&'a Passage>,
    /// Which part of the text of the passage it has.
    part: Range<usize>,
    /// Words that stand in other records of the resource; empty but for a head.
    pub(crate) rest: String,
}

impl<'a> Record<'a> {
    /// All records of a resource.
    pub(crate) fn all(document: &'a SearchDocument) -> Vec<Self> {
        document.times.iter().flat_map(|times| Self::of(document, times)).collect()
    }

    fn of(document: &'a SearchDocument, times: &'a Times) -> Vec<Self> {
        let of =
            |passage: Option<&'a Passage>, part| Self { document, times, is_head: false, passage, part, rest: String::new() };
        let mut records: Vec<Self> =
            times.passages.iter().flat_map(|passage| parts(&passage.text).map(move |part| of(Some(passage), part))).collect();
        match records.as_mut_slice() {
            [only] => only.is_head = true,
            _ => {
                let rest = distinct_words(&records);
                records.insert(0, Self { is_head: true, rest, ..of(None, 0..0) });
            }
        }
        records
    }

    /// The heading of its passage.
    pub(crate) fn heading(&self) -> Option<&'a str> {
        self.passage?.heading.as_deref()
    }

    /// Whether it stands for passages that have records of their own, of which it knows the words only.
    pub(crate) fn is_cover(&self) -> bool {
        self.is_head && !self.rest.is_empty()
    }

    /// Its text.
    pub(crate) fn body(&self) -> &'a str {
        self.passage.and_then(|passage| passage.text.get(self.part.clone())).unwrap_or_default()
    }

    /// What it is filtered and counted by, its type among it: each value once, in NFC.
    pub(crate) fn facets(&self) -> Facets {
        let mut facets = Facets::new();
        for (name, values) in self.document.facets.iter().chain(&self.times.facets) {
            facets.entry(name.clone()).or_default().extend(values.iter().map(nfc));
        }
        for values in facets.values_mut() {
            values.sort_unstable();
            values.dedup();
        }
        facets.insert("type".to_owned(), vec![nfc(&self.document.resource_type)]);
        facets
    }
}

/// The parts of a text that are short enough, cut behind lines or, in a line without end, between words.
fn parts(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    let mut is_first = true;
    std::iter::from_fn(move || {
        if at >= text.len() && !is_first {
            return None;
        }
        is_first = false;
        let rest = text.get(at..).unwrap_or_default();
        let mut end = text.len();
        if rest.len() > LONGEST_PASSAGE {
            let most = (0..=LONGEST_PASSAGE).rev().find(|cut| rest.is_char_boundary(*cut)).unwrap_or(rest.len());
            let head = rest.get(..most).unwrap_or(rest);
            let cut = head.rmatch_indices('\n').next().or_else(|| head.rmatch_indices(char::is_whitespace).next());
            end = at + cut.map_or(most, |(cut, space)| cut + space.len());
        }
        let part = at..end;
        at = end;
        Some(part)
    })
}

/// Every word of these records once, folded, with a space behind each.
fn distinct_words(records: &[Record<'_>]) -> String {
    let mut seen: HashSet<String> = HashSet::new();
    let mut all = String::new();
    for record in records {
        for text in [record.heading().unwrap_or_default(), record.body()] {
            for word in words(&nfc(text)) {
                let word = folded(word.text);
                if !word.is_empty() && !seen.contains(&word) {
                    all.push_str(&word);
                    all.push(' ');
                    seen.insert(word);
                }
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;
    use kernel::Id;

    fn document(texts: &[&str]) -> SearchDocument {
        let passage = |text: &&str| Passage { eid: None, heading: Some("Điều 1".into()), text: (*text).to_owned() };
        SearchDocument {
            id: Id::parse("00000000-0000-7000-8000-000000000001").unwrap(),
            resource_type: "document".into(),
            number: None,
            title: "Luật".into(),
            date: None,
            facets: Facets::new(),
            times: vec![Times {
                from: None,
                until: None,
                in_force: true,
                facets: Facets::from([("status".into(), vec!["in-force".into()])]),
                passages: texts.iter().map(passage).collect(),
            }],
        }
    }

    #[test]
    fn one_passage_is_its_own_head_and_more_have_one_that_knows_their_words() {
        for texts in [&[][..], &["một"][..]] {
            let document = document(texts);
            let records = Record::all(&document);
            assert_eq!((records.len(), records[0].is_head), (1, true));
        }
        let document = document(&["Quyền của dân", "Quyền khác"]);
        let records = Record::all(&document);
        assert_eq!(records.iter().filter(|record| record.is_head).count(), 1);
        assert_eq!(records[0].rest, "dieu 1 quyen cua dan khac ");
        assert_eq!((records[2].heading(), records[2].body()), (Some("Điều 1"), "Quyền khác"));
        assert_eq!(records[1].facets()["status"], ["in-force"]);
        assert_eq!(records[1].facets()["type"], ["document"]);
    }

    #[test]
    fn a_long_passage_is_cut_without_losing_anything() {
        for text in ["một hai\n".repeat(20_000), "ạ".repeat(100_000), "dài ".repeat(50_000), "rộng\u{3000}".repeat(20_000)]
        {
            let parts: Vec<&str> = parts(&text).map(|part| text.get(part).unwrap()).collect();
            assert!(parts.len() > 1 && parts.iter().all(|part| part.len() <= LONGEST_PASSAGE));
            assert_eq!(parts.concat(), text);
        }
    }
}
