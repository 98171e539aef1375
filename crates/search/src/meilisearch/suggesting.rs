//! Titles and numbers that go on as somebody began to type.

use super::asking::Ask;
use super::filters::{self, HEADS};
use super::layout::{ID, NUMBER, Shown, TITLE};
use super::letters::{exactly, spelled, together};
use super::terms::MOST_TERMS;
use super::{Meilisearch, understanding::Sought};
use crate::asked::Asked;
use crate::highlight::Highlighter;
use crate::words::{Form, forms};
use crate::{Error, Query, Settings, Suggestion, number};
use kernel::Id;
use std::collections::HashSet;

/// So many titles are read to choose the best of.
const READ: usize = 200;

impl Meilisearch {
    pub(super) async fn begin_so(&self, query: &Query) -> Result<Vec<Suggestion>, Error> {
        let asked = Asked::read(query.text.as_deref().unwrap_or_default());
        let Some((last, before)) = asked.words.split_last() else { return Ok(Vec::new()) };
        let mut sought = Sought { filter: filters::all(query), ..Sought::default() };
        self.leave_out(&mut sought, &asked.unwanted).await?;
        let mut ask: Ask = self.asking(begun(before, last), filters::and(&sought.filter, HEADS));
        ask.attributes_to_search_on = Some(vec![TITLE, NUMBER]);
        ask.attributes_to_retrieve = vec![ID, "type", "title", "number"];
        ask.limit = Some(READ);
        let answers = self.each::<Shown>(&[ask]).await?;
        let found = answers.into_iter().flat_map(|answer| answer.hits);
        // Meilisearch forgives typing errors in beginnings; nobody has made them yet.
        let found = found.filter(|shown| goes_on(shown, (before, last), &self.settings)).filter_map(suggestion);
        Ok(best(found.collect(), (before, last), query.limit))
    }
}

/// The words, of which the last may go on: no quotation marks are around it, and no space behind.
fn begun(before: &[Form], last: &Form) -> String {
    let mut text: String =
        if before.len() >= MOST_TERMS { together(before) } else { before.iter().map(|word| exactly(&word.folded)).collect() };
    text.push_str(&spelled(&last.folded));
    text
}

/// Whether title and number have all words, the last as the beginning of one.
fn goes_on(shown: &Shown, (before, last): (&[Form], &Form), settings: &Settings) -> bool {
    let mut words: Vec<String> = forms(&shown.title).into_iter().map(|form| form.folded).collect();
    words.extend(number::searched(&shown.number, settings));
    before.iter().all(|word| words.contains(&word.folded)) && words.iter().any(|word| word.starts_with(&last.folded))
}

/// The best titles, each once: those in which the words stand as they were typed, and early.
fn best(found: Vec<Suggestion>, (before, last): (&[Form], &Form), limit: usize) -> Vec<Suggestion> {
    let marks = Highlighter::beginning(before.to_vec(), last.clone());
    // The number counts as a title does.
    let distance = |one: &Suggestion| {
        let number = one.number.as_deref().map_or(usize::MAX, |number| marks.distance(number));
        number.min(marks.distance(&one.title))
    };
    let mut rated: Vec<(usize, Suggestion)> = found.into_iter().map(|one| (distance(&one), one)).collect();
    rated.sort_by_key(|(rate, _)| *rate);
    let mut seen = HashSet::new();
    let each = rated.into_iter().map(|(_, one)| one).filter(|one| seen.insert((one.title.clone(), one.number.clone())));
    let marked = each.map(|mut one| {
        one.highlight = marks.marks(&one.title).all();
        one
    });
    marked.take(limit).collect()
}

fn suggestion(shown: Shown) -> Option<Suggestion> {
    let Shown { id, resource_type, title, number, .. } = shown;
    let number = Some(number).filter(|number| !number.is_empty());
    Some(Suggestion { id: Id::parse(&id)?, resource_type, title, number, highlight: String::new() })
}
