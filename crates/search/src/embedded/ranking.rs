//! What matches a query, and how well.

use super::layout::Fields;
use crate::number;
use crate::words::{folded, toned, words};
use tantivy::query::{BooleanQuery, BoostQuery, ConstScoreQuery, Occur, PhraseQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, Term};

/// More words of a query are ignored.
const MOST_WORDS: usize = 32;
/// The most that BM25 gives for one word, in units of its rarity.
const BM25_CEILING: f32 = 2.2;
/// A word that every document has is still worth something as a part of a phrase.
const LEAST_RARITY: f32 = 0.2;

const TITLE: f32 = 2.5;
const NUMBER_WORD: f32 = 1.5;
const TITLE_TONED: f32 = 1.0;
const BODY_TONED: f32 = 0.4;
/// Words that stand together weigh more than the same words scattered, in the title and in the body.
const TITLE_PAIR: f32 = 5.0;
const BODY_PAIR: f32 = 2.5;
const TITLE_PHRASE: f32 = 2.0;
const BODY_PHRASE: f32 = 1.0;
/// One's own number outweighs everything above together, however often others cite it.
const NUMBER: f32 = 40.0;

/// The words of a query.
pub(super) struct Asked {
    /// Without tones, in order.
    pub(super) folded: Vec<String>,
    /// With tones, in order.
    pub(super) toned: Vec<String>,
}

impl Asked {
    pub(super) fn read(text: &str) -> Self {
        let text = kernel::text::nfc(text);
        let forms = words(&text).map(|word| (folded(word.text), toned(word.text)));
        let (folded, toned) = forms.filter(|(folded, _)| !folded.is_empty()).take(MOST_WORDS).unzip();
        Self { folded, toned }
    }
}

type Clause = (Occur, Box<dyn Query>);

/// Builds the query; `None` when nothing can match.
pub(super) fn build(
    searcher: &Searcher,
    fields: &Fields,
    asked: &Asked,
    types: &[String],
) -> tantivy::Result<Option<BooleanQuery>> {
    let rarities = match rarities(searcher, fields, &asked.folded)? {
        Some(rarities) if !rarities.is_empty() => rarities,
        _ => return Ok(None),
    };
    let mut clauses = required(fields, &asked.folded);
    if !types.is_empty() {
        let types = types.iter().map(|name| term(fields.resource_type, name)).collect();
        clauses.push((Occur::Must, weighing(Box::new(BooleanQuery::union(types)), 0.0)));
    }
    clauses.extend(with_tones(fields, asked));
    clauses.extend(phrases(fields, &asked.folded, &rarities));
    let whole: f32 = rarities.iter().sum();
    for guess in number::guesses(&asked.folded) {
        #[allow(clippy::cast_precision_loss, reason = "at most eight words")]
        let weight = NUMBER * BM25_CEILING * whole * guess.words as f32;
        clauses.push((Occur::Should, weighing(term(fields.number_forms, &guess.form), weight)));
    }
    Ok(Some(BooleanQuery::new(clauses)))
}

/// How rare each word is; `None` when one does not occur at all.
fn rarities(searcher: &Searcher, fields: &Fields, asked: &[String]) -> tantivy::Result<Option<Vec<f32>>> {
    let mut rarities = Vec::with_capacity(asked.len());
    let documents = searcher.num_docs();
    for word in asked {
        let mut fewest = None;
        for field in [fields.title, fields.body, fields.number_words] {
            let having = searcher.doc_freq(&Term::from_field_text(field, word))?;
            if having > 0 {
                fewest = Some(fewest.map_or(having, |fewest: u64| fewest.min(having)));
            }
        }
        let Some(having) = fewest else { return Ok(None) };
        rarities.push(rarity(documents, having));
    }
    Ok(Some(rarities))
}

/// The inverse document frequency of BM25.
#[allow(clippy::cast_precision_loss, reason = "a weight")]
fn rarity(documents: u64, having: u64) -> f32 {
    let (documents, having) = (documents as f32, having as f32);
    (1.0 + ((documents - having).max(0.0) + 0.5) / (having + 0.5)).ln().max(LEAST_RARITY)
}

/// Every word, wherever it stands.
fn required(fields: &Fields, asked: &[String]) -> Vec<Clause> {
    let mut seen: Vec<&String> = Vec::new();
    let mut clauses: Vec<Clause> = Vec::new();
    for word in asked {
        if seen.contains(&word) {
            continue;
        }
        seen.push(word);
        let places = vec![
            boosted(term(fields.title, word), TITLE),
            term(fields.body, word),
            boosted(term(fields.number_words, word), NUMBER_WORD),
        ];
        clauses.push((Occur::Must, Box::new(BooleanQuery::union(places))));
    }
    clauses
}

/// Words typed with tones move texts up that have them.
fn with_tones(fields: &Fields, asked: &Asked) -> Vec<Clause> {
    let mut clauses: Vec<Clause> = Vec::new();
    for (folded, toned) in asked.folded.iter().zip(&asked.toned) {
        if folded != toned {
            clauses.push((Occur::Should, boosted(term(fields.title_toned, toned), TITLE_TONED)));
            clauses.push((Occur::Should, boosted(term(fields.body_toned, toned), BODY_TONED)));
        }
    }
    clauses
}

/// Neighbours in the query that are neighbours in the text. Their weight is fixed, since the BM25
/// of a phrase in a long text would be less than that of scattered words.
fn phrases(fields: &Fields, asked: &[String], rarities: &[f32]) -> Vec<Clause> {
    let mut clauses: Vec<Clause> = Vec::new();
    let mut add = |words: &[String], rarity: f32, (title, body): (f32, f32)| {
        for (field, weight) in [(fields.title, title), (fields.body, body)] {
            let terms = words.iter().map(|word| Term::from_field_text(field, word)).collect();
            let phrase = Box::new(PhraseQuery::new(terms));
            clauses.push((Occur::Should, weighing(phrase, weight * BM25_CEILING * rarity)));
        }
    };
    for (pair, rarity) in asked.windows(2).zip(rarities.windows(2)) {
        add(pair, rarity.iter().sum(), (TITLE_PAIR, BODY_PAIR));
    }
    if asked.len() > 1 {
        add(asked, rarities.iter().sum(), (TITLE_PHRASE, BODY_PHRASE));
    }
    clauses
}

fn term(field: Field, text: &str) -> Box<dyn Query> {
    Box::new(TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::WithFreqs))
}

fn boosted(query: Box<dyn Query>, by: f32) -> Box<dyn Query> {
    Box::new(BoostQuery::new(query, by))
}

fn weighing(query: Box<dyn Query>, weight: f32) -> Box<dyn Query> {
    Box::new(ConstScoreQuery::new(query, weight))
}
