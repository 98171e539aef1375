//! Titles and numbers that go on as the reader began to type.

use super::Inner;
use super::layout::Fields;
use super::matching::{Columns, Conditions, candidates};
use crate::asked::Asked;
use crate::highlight::Highlighter;
use crate::words::Form;
use crate::{Error, Query, Suggestion};
use std::collections::HashSet;
use tantivy::query::{BooleanQuery, Occur, Query as Asking, TermQuery, TermSetQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, Searcher, TantivyDocument, Term};

/// So many words are looked at that go on as the last one begins, the most frequent first.
const MOST_ENDINGS: usize = 64;
/// So many titles are read to choose the best of.
const READ: usize = 200;

impl Inner {
    pub(super) fn suggest(&self, query: &Query) -> Result<Vec<Suggestion>, Error> {
        let searcher = self.reader.searcher();
        let asked = Asked::read(query.text.as_deref().unwrap_or_default());
        let Some((last, before)) = asked.words.split_last() else { return Ok(Vec::new()) };
        let mut conditions = Conditions::of(&searcher, &self.fields, query, (&[], &asked.unwanted))?;
        conditions.heads_only = true;
        let number: Vec<&str> = asked.words.iter().map(|word| word.folded.as_str()).collect();
        let endings = endings(&searcher, self.fields.title, &last.folded)?;
        let numbers = endings_of_numbers(&searcher, &self.fields, &number.join("/"))?;
        let mut titles: Vec<(Occur, Box<dyn Asking>)> =
            before.iter().map(|word| (Occur::Must, term(self.fields.title, &word.folded))).collect();
        titles.push((Occur::Must, Box::new(TermSetQuery::new(endings))));
        let mut either: Vec<Box<dyn Asking>> = vec![Box::new(BooleanQuery::new(titles))];
        if !numbers.is_empty() {
            either.push(Box::new(TermSetQuery::new(numbers)));
        }
        let found = self.titles(&searcher, (Box::new(BooleanQuery::union(either)), &conditions))?;
        Ok(best(found, (before, last), query.limit))
    }

    /// The titles that match, the newest first.
    fn titles(&self, searcher: &Searcher, (query, conditions): (Box<dyn Asking>, &Conditions)) -> Result<Vec<Suggestion>, Error> {
        let query = conditions.and(&self.fields, query);
        let mut places: Vec<(u64, DocAddress)> = Vec::new();
        for (segment, number) in searcher.segment_readers().iter().zip(0..) {
            let columns = Columns::of(segment)?;
            let found = candidates(searcher, segment, (&query, conditions, &columns))?;
            places.extend(found.into_iter().map(|record| (columns.date(record), DocAddress::new(number, record))));
        }
        places.sort_unstable_by(|a, b| b.cmp(a));
        let mut titles = Vec::new();
        for (_, at) in places.into_iter().take(READ) {
            let document: TantivyDocument = searcher.doc(at)?;
            let shown = self.fields.shown(&document)?;
            titles.push(Suggestion {
                id: shown.id,
                resource_type: shown.resource_type,
                title: shown.title,
                number: Some(shown.number).filter(|number| !number.is_empty()),
                highlight: String::new(),
            });
        }
        Ok(titles)
    }
}

/// The best titles, each once: those in which the words stand as they were typed, and early.
pub(crate) fn best(found: Vec<Suggestion>, (before, last): (&[Form], &Form), limit: usize) -> Vec<Suggestion> {
    let marks = Highlighter::beginning(before.to_vec(), last.clone());
    let mut rated: Vec<(usize, Suggestion)> = found.into_iter().map(|one| (distance(&marks, &one), one)).collect();
    rated.sort_by_key(|(rate, _)| *rate);
    let mut seen = HashSet::new();
    let each = rated.into_iter().map(|(_, one)| one).filter(|one| seen.insert((one.title.clone(), one.number.clone())));
    let marked = each.map(|mut one| {
        one.highlight = marks.marks(&one.title).all();
        one
    });
    marked.take(limit).collect()
}

/// The number counts as a title does.
fn distance(marks: &Highlighter, one: &Suggestion) -> usize {
    let number = one.number.as_deref().map_or(usize::MAX, |number| marks.distance(number));
    number.min(marks.distance(&one.title))
}

fn term(field: Field, text: &str) -> Box<dyn Asking> {
    Box::new(TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::Basic))
}

/// The terms that begin so, the most frequent first.
fn endings(searcher: &Searcher, field: Field, beginning: &str) -> Result<Vec<Term>, Error> {
    let mut all: std::collections::BTreeMap<String, u64> = std::collections::BTreeMap::new();
    for segment in searcher.segment_readers() {
        let index = segment.inverted_index(field)?;
        // The first character beyond all of UTF-8 ends what begins so.
        let mut beyond = beginning.as_bytes().to_vec();
        beyond.push(0xFF);
        let stream = index.terms().range().ge(beginning.as_bytes()).lt(&beyond).into_stream();
        let mut stream = stream.map_err(tantivy::TantivyError::from)?;
        while let Some((term, info)) = stream.next() {
            if let Ok(term) = std::str::from_utf8(term) {
                *all.entry(term.to_owned()).or_default() += u64::from(info.doc_freq);
            }
        }
    }
    let mut all: Vec<(String, u64)> = all.into_iter().collect();
    // What was typed is itself a word first of all.
    all.sort_by(|(a, many), (b, more)| (b == beginning).cmp(&(a == beginning)).then(more.cmp(many)).then_with(|| a.cmp(b)));
    all.truncate(MOST_ENDINGS);
    Ok(all.into_iter().map(|(term, _)| Term::from_field_text(field, &term)).collect())
}

/// The numbers that begin so; none where what was typed does not begin with a digit.
fn endings_of_numbers(searcher: &Searcher, fields: &Fields, beginning: &str) -> Result<Vec<Term>, Error> {
    if !beginning.starts_with(|c: char| c.is_ascii_digit()) {
        return Ok(Vec::new());
    }
    endings(searcher, fields.number_forms, beginning)
}
