//! What a word was perhaps meant to be that does not occur.

use super::layout::Fields;
use crate::Error;
use std::collections::BTreeMap;
use tantivy::query::FuzzyTermQuery;
use tantivy::schema::Field;
use tantivy::{Searcher, Term};

/// A word of so many letters may have one typing error, and of so many two.
const ONE_ERROR: usize = 4;
const TWO_ERRORS: usize = 8;
/// How many words a wrong one may stand for.
const MOST: usize = 6;

/// The words that occur and are written almost so, with how many records have them: those with the least errors,
/// the most frequent first. None for short words and for those with digits: nobody wants another number.
pub(super) fn meant(searcher: &Searcher, fields: &Fields, word: &str) -> Result<Vec<(String, u64)>, Error> {
    let letters = word.chars().count();
    if letters < ONE_ERROR || word.bytes().any(|byte| byte.is_ascii_digit()) {
        return Ok(Vec::new());
    }
    let most = if letters < TWO_ERRORS { 1 } else { 2 };
    for errors in 1..=most {
        let mut found = near(searcher, fields.text, word, errors)?;
        if !found.is_empty() {
            found.sort_by(|(a, many), (b, more)| more.cmp(many).then_with(|| a.cmp(b)));
            found.truncate(MOST);
            return Ok(found);
        }
    }
    Ok(Vec::new())
}

/// The words, folded, that occur with tones and differ from this one in one letter, the most frequent first.
pub(super) fn meant_with_tones(searcher: &Searcher, fields: &Fields, toned: &str) -> Result<Vec<String>, Error> {
    if toned.chars().count() < ONE_ERROR {
        return Ok(Vec::new());
    }
    let mut found = near(searcher, fields.toned, toned, 1)?;
    found.sort_by(|(a, many), (b, more)| more.cmp(many).then_with(|| a.cmp(b)));
    let mut meant: Vec<String> = Vec::new();
    for (word, _) in found.into_iter().take(MOST) {
        let folded = crate::words::folded(&word);
        if !meant.contains(&folded) {
            meant.push(folded);
        }
    }
    Ok(meant)
}

fn near(searcher: &Searcher, field: Field, word: &str, errors: u8) -> Result<Vec<(String, u64)>, Error> {
    let query = FuzzyTermQuery::new(Term::from_field_text(field, word), errors, true);
    let mut found: BTreeMap<String, u64> = BTreeMap::new();
    for segment in searcher.segment_readers() {
        let index = segment.inverted_index(field)?;
        let mut terms = index.terms().search(query.automaton()?).into_stream()?;
        while let Some((term, info)) = terms.next() {
            if let Ok(term) = std::str::from_utf8(term) {
                *found.entry(term.to_owned()).or_default() += u64::from(info.doc_freq);
            }
        }
    }
    Ok(found.into_iter().filter(|(term, _)| !term.bytes().any(|byte| byte.is_ascii_digit())).collect())
}
