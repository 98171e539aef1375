//! The fields of the index, and what a record is in it.

use super::tokens::{self, ZONE};
use crate::records::Record;
use crate::{Error, Settings, Times, number};
use kernel::Id;
use kernel::text::nfc;
use tantivy::schema::{
    FAST, Field, IndexRecordOption, OwnedValue, STORED, STRING, Schema, SchemaBuilder, TextFieldIndexing, TextOptions,
};
use tantivy::{TantivyDocument, Term};
use time::Date;

/// What an index folder was made by, before its settings; an index made by anything else is built
/// anew. Changed with the fields and with how words are folded.
pub(super) const VERSION: &str = "congkhai search 3\n";

/// The fast fields: date, first day and first day beyond, whether it is in force, and whether it is a head: 1 with its passage, 2 for passages with records of their own.
pub(super) const DATE: &str = "date";
pub(super) const FROM: &str = "from";
pub(super) const UNTIL: &str = "until";
pub(super) const IN_FORCE: &str = "in_force";
pub(super) const HEAD: &str = "head";
/// The id in two halves.
pub(super) const ID_HIGH: &str = "id_high";
pub(super) const ID_LOW: &str = "id_low";
/// Facets lie below this name.
const FACETS: &str = "facets";

/// A day that never comes.
const NEVER: u64 = 99_999_999;

#[derive(Debug, Clone, Copy)]
pub(super) struct Fields {
    pub(super) id: Field,
    /// Number, title, heading and body in zones of positions, folded; and what other passages say.
    pub(super) text: Field,
    /// Which words of the same stand there with these tones.
    pub(super) toned: Field,
    /// The words of number and title.
    pub(super) title: Field,
    /// The number as one term, and each of its beginnings.
    pub(super) number_forms: Field,
    /// What is filtered and counted by.
    pub(super) facets: Field,
    kept: Kept,
    fast: Fast,
}

/// Fields that are only kept.
#[derive(Debug, Clone, Copy)]
struct Kept {
    resource_type: Field,
    title: Field,
    number: Field,
    heading: Field,
    body: Field,
    eid: Field,
}

#[derive(Debug, Clone, Copy)]
struct Fast {
    date: Field,
    from: Field,
    until: Field,
    in_force: Field,
    head: Field,
    id_high: Field,
    id_low: Field,
}

pub(super) fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let fields = Fields {
        id: schema.add_text_field("id", STRING | STORED),
        text: schema.add_text_field("text", text(tokens::FOLDED, IndexRecordOption::WithFreqsAndPositions)),
        toned: schema.add_text_field("toned", text(tokens::TONED, IndexRecordOption::Basic)),
        title: schema.add_text_field("title_words", text(tokens::FOLDED, IndexRecordOption::Basic)),
        number_forms: schema.add_text_field("number_forms", STRING),
        facets: schema.add_json_field(FACETS, STRING | FAST),
        kept: Kept::add(&mut schema),
        fast: Fast::add(&mut schema),
    };
    (schema.build(), fields)
}

impl Kept {
    fn add(schema: &mut SchemaBuilder) -> Self {
        let mut kept = |name: &str| schema.add_text_field(name, STORED);
        Self {
            resource_type: kept("type"),
            title: kept("title"),
            number: kept("number"),
            heading: kept("heading"),
            body: kept("body"),
            eid: kept("eid"),
        }
    }
}

impl Fast {
    fn add(schema: &mut SchemaBuilder) -> Self {
        let mut fast = |name: &str| schema.add_u64_field(name, FAST);
        Self {
            date: fast(DATE),
            from: fast(FROM),
            until: fast(UNTIL),
            in_force: fast(IN_FORCE),
            head: fast(HEAD),
            id_high: fast(ID_HIGH),
            id_low: fast(ID_LOW),
        }
    }
}

fn text(tokenizer: &str, record: IndexRecordOption) -> TextOptions {
    let is_measured = record.has_freq();
    let indexing = TextFieldIndexing::default().set_tokenizer(tokenizer).set_index_option(record).set_fieldnorms(is_measured);
    TextOptions::default().set_indexing_options(indexing)
}

/// What is kept of a record.
pub(super) struct Shown {
    pub(super) id: Id,
    pub(super) resource_type: String,
    pub(super) title: String,
    pub(super) number: String,
    pub(super) heading: String,
    pub(super) body: String,
    pub(super) eid: String,
}

impl Fields {
    /// The term that names a resource.
    pub(super) fn id_term(&self, id: Id) -> Term {
        Term::from_field_text(self.id, &id.to_string())
    }

    /// The term of a value of a facet.
    pub(super) fn facet_term(&self, name: &str, value: &str) -> Term {
        let mut term = Term::from_field_json_path(self.facets, &path(name), false);
        term.append_type_and_str(&nfc(value));
        term
    }

    /// A record as it is indexed, its texts in NFC.
    pub(super) fn record(&self, record: &Record<'_>, settings: &Settings) -> TantivyDocument {
        let document = record.document;
        let number = document.number.as_deref().unwrap_or_default();
        let title = nfc(document.title.as_str());
        let heading = nfc(record.heading().unwrap_or_default());
        let body = nfc(record.body());
        let number_words = number::searched(number, settings).join(" ");
        let mut made = TantivyDocument::default();
        made.add_text(self.id, document.id.to_string());
        let zones = [record.rest.as_str(), &number_words, &title, &heading, &body];
        made.add_text(self.text, tokens::zoned(&zones));
        made.add_text(self.toned, tokens::unmarked(&format!("{title}\n{heading}\n{body}")));
        made.add_text(self.title, tokens::unmarked(&format!("{number_words} {title}")));
        for form in number::forms(number) {
            made.add_text(self.number_forms, form);
        }
        let facets = record.facets().into_iter().map(|(name, values)| {
            let values = values.into_iter().map(OwnedValue::Str).collect();
            (name, OwnedValue::Array(values))
        });
        made.add_field_value(self.facets, &OwnedValue::Object(facets.collect()));
        self.keep(&mut made, record, [&title, number, &heading, &body]);
        self.measure(&mut made, record);
        made
    }

    fn keep(&self, made: &mut TantivyDocument, record: &Record<'_>, [title, number, heading, body]: [&str; 4]) {
        made.add_text(self.kept.resource_type, &record.document.resource_type);
        let eid = record.passage.and_then(|passage| passage.eid.as_deref()).unwrap_or_default();
        let texts = [
            (self.kept.title, title),
            (self.kept.number, number),
            (self.kept.heading, heading),
            (self.kept.body, body),
            (self.kept.eid, eid),
        ];
        for (field, text) in texts.into_iter().filter(|(_, text)| !text.is_empty()) {
            made.add_text(field, text);
        }
    }

    fn measure(&self, made: &mut TantivyDocument, record: &Record<'_>) {
        let Times { from, until, in_force, .. } = record.times;
        let (high, low) = record.document.id.0.as_u64_pair();
        let numbers = [
            (self.fast.date, record.document.date.as_deref().map_or(0, moment)),
            (self.fast.from, from.map_or(0, day)),
            (self.fast.until, until.map_or(NEVER, day)),
            (self.fast.in_force, u64::from(*in_force)),
            (self.fast.head, u64::from(record.is_head) + u64::from(record.is_cover())),
            (self.fast.id_high, high),
            (self.fast.id_low, low),
        ];
        for (field, number) in numbers {
            made.add_u64(field, number);
        }
    }

    /// Reads what is kept of a record.
    pub(super) fn shown(&self, document: &TantivyDocument) -> Result<Shown, Error> {
        let kept = |field| match document.get_first(field).map(OwnedValue::from) {
            Some(OwnedValue::Str(text)) => text,
            _ => String::new(),
        };
        let id = Id::parse(&kept(self.id)).ok_or_else(|| Error::Damaged("a record without an id".to_owned()))?;
        let of = &self.kept;
        Ok(Shown {
            id,
            resource_type: kept(of.resource_type),
            title: kept(of.title),
            number: kept(of.number),
            heading: kept(of.heading),
            body: kept(of.body),
            eid: kept(of.eid),
        })
    }
}

/// The column of a facet.
pub(super) fn facet_column(name: &str) -> String {
    format!("{FACETS}.{}", path(name))
}

/// The name of a facet as a path of one step, whatever is in it.
fn path(name: &str) -> String {
    name.replace('\\', "\\\\").replace('.', "\\.")
}

/// 2 December 2020 → 20201202.
pub(super) fn day(date: Date) -> u64 {
    u64::try_from(date.year()).unwrap_or(0) * 10_000 + u64::from(u8::from(date.month())) * 100 + u64::from(date.day())
}

/// `2020-12-02` → 20201202000000: moments and days in one order.
fn moment(date: &str) -> u64 {
    let digits = date.bytes().filter(u8::is_ascii_digit).chain(std::iter::repeat(b'0')).take(14);
    digits.fold(0, |moment, digit| moment * 10 + u64::from(digit - b'0'))
}

/// In which zone of a text a position lies.
pub(super) fn zone(position: u32) -> usize {
    ZONE.iter().rposition(|from| position >= *from).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn days_and_moments_are_in_one_order() {
        assert_eq!(moment("2020-12-02"), 20_201_202_000_000);
        assert!(moment("2020-12-02T08:00:00Z") > moment("2020-12-02"));
        assert!(moment("2020-12-03") > moment("2020-12-02T23:59:59.999Z"));
        assert_eq!(moment(""), 0);
        assert_eq!(day(kernel::parse_date("2020-12-02").unwrap()) * 1_000_000, moment("2020-12-02"));
    }
}
