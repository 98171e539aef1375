//! What a record is in Meilisearch.

use super::letters::{spelled, typed};
use super::telex::telex;
use super::values;
use crate::records::Record;
use crate::words::{folded, words};
use crate::{Facets, Settings, number};
use kernel::text::nfc;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use time::Date;

/// The key of every document.
pub(super) const KEY: &str = "key";
/// The resource.
pub(super) const ID: &str = "id";
/// Facets lie below this name.
pub(super) const FACETS: &str = "facets";
/// Where the words without tones are, the weightiest first.
pub(super) const TITLE: &str = "title_words";
pub(super) const HEADING: &str = "heading_words";
pub(super) const NUMBER: &str = "number_words";
pub(super) const BODY: &str = "body_words";
/// Words of other passages.
pub(super) const REST: &str = "rest_words";
/// Where the same words are with their tones: those of title and heading, and those of the body.
pub(super) const TITLE_TONED: &str = "title_toned";
pub(super) const BODY_TONED: &str = "body_toned";
/// What is read of a record that is shown.
pub(super) const SHOWN: [&str; 7] = ["id", "type", "title", "number", "heading", "body", "eid"];

/// A day that never comes.
const NEVER: i64 = 99_999_999;

/// A record as it is indexed.
///
/// What is searched is cut into words here and not by Meilisearch: so words are the same as in the
/// embedded index, and no mark between them keeps a phrase from being one.
#[derive(Debug, Serialize)]
pub(super) struct Document {
    key: String,
    id: String,
    /// Which record of the resource it is.
    n: usize,
    /// 1 where it stands for the whole resource.
    head: u8,
    /// 1 where more is found of the resource in records of their own.
    more: u8,
    #[serde(rename = "type")]
    resource_type: String,
    title: String,
    number: String,
    heading: String,
    body: String,
    eid: String,
    title_words: String,
    heading_words: String,
    number_words: String,
    body_words: String,
    rest_words: String,
    title_toned: String,
    body_toned: String,
    number_forms: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<i64>,
    from: i64,
    until: i64,
    in_force: u8,
    facets: Facets,
}

/// What is kept of a record.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Shown {
    pub(super) id: String,
    #[serde(rename = "type")]
    pub(super) resource_type: String,
    pub(super) title: String,
    pub(super) number: String,
    #[serde(default)]
    pub(super) heading: String,
    #[serde(default)]
    pub(super) body: String,
    #[serde(default)]
    pub(super) eid: String,
    /// As in [`Document`].
    #[serde(default)]
    pub(super) more: u8,
}

impl Document {
    /// The `n`th record of a resource, its texts in NFC.
    pub(super) fn of(record: &Record<'_>, n: usize, settings: &Settings) -> Self {
        let document = record.document;
        let number = document.number.as_deref().unwrap_or_default();
        let title = nfc(document.title.as_str());
        let heading = nfc(record.heading().unwrap_or_default());
        let body = nfc(record.body());
        let facets =
            record.facets().into_iter().map(|(name, values)| (name, values.iter().map(|value| values::kept(value)).collect()));
        Self {
            key: format!("{}-{n}", document.id),
            id: document.id.to_string(),
            n,
            head: u8::from(record.is_head),
            more: u8::from(record.is_head && record.passage.is_none() && !record.rest.is_empty()),
            resource_type: document.resource_type.clone(),
            number: nfc(number),
            eid: record.passage.and_then(|passage| passage.eid.clone()).unwrap_or_default(),
            title_words: in_order(&title),
            heading_words: in_order(&heading),
            number_words: number::searched(number, settings).iter().map(|word| spelled(word)).collect::<Vec<_>>().join(" "),
            body_words: in_order(&body),
            rest_words: record.rest.split_whitespace().map(spelled).collect::<Vec<_>>().join(APART),
            title_toned: with_tones(&[&title, &heading]),
            body_toned: with_tones(&[&body]),
            number_forms: number::forms(number),
            date: document.date.as_deref().map(moment).filter(|moment| *moment > 0),
            from: record.times.from.map_or(0, day),
            until: record.times.until.map_or(NEVER, day),
            in_force: u8::from(record.times.in_force),
            facets: facets.collect(),
            title,
            heading,
            body,
        }
    }
}

/// Words with this between them are not near one another: they make no phrase, and nothing is
/// kept of their neighbours, which would take half of the time and room of the index.
const APART: &str = ". ";

/// The words of a text without tones, in order.
fn in_order(text: &str) -> String {
    let mut all = String::with_capacity(text.len());
    for word in words(text) {
        let word = folded(word.text);
        if !word.is_empty() {
            if !all.is_empty() {
                all.push(' ');
            }
            all.push_str(&spelled(&word));
        }
    }
    all
}

/// The words of texts that have a mark, each once. That they stand together is known without their tones.
fn with_tones(texts: &[&str]) -> String {
    let mut written: HashSet<&str> = HashSet::new();
    let mut known: HashSet<String> = HashSet::new();
    let mut all = String::new();
    for text in texts {
        for word in words(text).map(|word| word.text).filter(|word| !word.is_ascii()) {
            if !written.insert(word) {
                continue;
            }
            let typing = telex(word);
            if typing != folded(word) && !known.contains(&typing) {
                all.push_str(&typed(&typing));
                all.push_str(APART);
                known.insert(typing);
            }
        }
    }
    all
}

/// 2 December 2020 → 20201202.
pub(super) fn day(date: Date) -> i64 {
    i64::from(date.year()) * 10_000 + i64::from(u8::from(date.month())) * 100 + i64::from(date.day())
}

/// `2020-12-02` → 20201202000000: moments and days in one order.
fn moment(date: &str) -> i64 {
    let digits = date.bytes().filter(u8::is_ascii_digit).chain(std::iter::repeat(b'0')).take(14);
    digits.fold(0, |moment, digit| moment * 10 + i64::from(digit - b'0'))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn days_and_moments_are_in_one_order() {
        assert_eq!(day(kernel::parse_date("2020-12-02").unwrap()) * 1_000_000, moment("2020-12-02"));
        assert!(moment("2020-12-02T08:00:00Z") > moment("2020-12-02"));
    }

    #[test]
    fn marks_between_words_are_gone() {
        assert_eq!(in_order("Điều 9. «Cổng»; 043/2020/QĐ-UBND\n"), "dieu 9 cong 43 2020 qd ubnd");
        assert_eq!(in_order(" — "), "");
        assert_eq!(with_tones(&["Cổng tin", "điều cổng"]), "coongrzz. ddieeufzz. ");
    }
}
