//! The fields of the index.

use super::tokens;
use crate::{Error, SearchDocument, number};
use kernel::Id;
use kernel::text::nfc;
use tantivy::schema::{FAST, Field, IndexRecordOption, OwnedValue, STORED, STRING, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{PreTokenizedString, Token};
use tantivy::{TantivyDocument, TantivyError, Term};

/// What an index folder was made by; an index made by anything else is built anew. Changed with
/// the fields and with how words are folded.
pub(super) const VERSION: &str = "congkhai search 1\n";

/// Names of the fields by which equal hits are ordered, the higher first: the date, and the
/// complement of the id in two halves, so that the lower id is first.
pub(super) const DATE: &str = "date";
pub(super) const ID_HIGH: &str = "id_high_complement";
pub(super) const ID_LOW: &str = "id_low_complement";

#[derive(Debug, Clone, Copy)]
pub(super) struct Fields {
    pub(super) id: Field,
    pub(super) resource_type: Field,
    pub(super) title: Field,
    pub(super) title_toned: Field,
    pub(super) body: Field,
    pub(super) body_toned: Field,
    /// The number as it is printed, only kept.
    pub(super) number: Field,
    /// The words of the number, and what its symbols stand for.
    pub(super) number_words: Field,
    /// The number as one term, and each of its beginnings.
    pub(super) number_forms: Field,
    date: Field,
    id_high: Field,
    id_low: Field,
}

pub(super) fn schema() -> (Schema, Fields) {
    let folded = text(tokens::FOLDED, IndexRecordOption::WithFreqsAndPositions);
    let toned = text(tokens::TONED, IndexRecordOption::WithFreqs);
    let mut schema = Schema::builder();
    let fields = Fields {
        id: schema.add_text_field("id", STRING | STORED),
        resource_type: schema.add_text_field("type", STRING | STORED),
        title: schema.add_text_field("title", folded.clone() | STORED),
        title_toned: schema.add_text_field("title_toned", toned.clone()),
        body: schema.add_text_field("body", folded | STORED),
        body_toned: schema.add_text_field("body_toned", toned),
        number: schema.add_text_field("number", STORED),
        number_words: schema.add_text_field("number_words", text(tokens::FOLDED, IndexRecordOption::Basic)),
        number_forms: schema.add_text_field("number_forms", STRING),
        date: schema.add_u64_field(DATE, FAST),
        id_high: schema.add_u64_field(ID_HIGH, FAST),
        id_low: schema.add_u64_field(ID_LOW, FAST),
    };
    (schema.build(), fields)
}

fn text(tokenizer: &str, record: IndexRecordOption) -> TextOptions {
    TextOptions::default().set_indexing_options(TextFieldIndexing::default().set_tokenizer(tokenizer).set_index_option(record))
}

impl Fields {
    /// The term that names a resource.
    pub(super) fn id_term(&self, id: Id) -> Term {
        Term::from_field_text(self.id, &id.to_string())
    }

    /// A resource as it is indexed, its texts in NFC.
    pub(super) fn document(&self, document: SearchDocument) -> TantivyDocument {
        let title = nfc(document.title);
        let body = nfc(document.body);
        let (high, low) = document.id.0.as_u64_pair();
        let mut made = TantivyDocument::default();
        made.add_text(self.id, document.id.to_string());
        made.add_text(self.resource_type, document.resource_type);
        made.add_text(self.title_toned, &title);
        made.add_text(self.title, title);
        made.add_text(self.body_toned, &body);
        made.add_text(self.body, body);
        if let Some(number) = document.number {
            for form in number::forms(&number) {
                made.add_text(self.number_forms, form);
            }
            made.add_pre_tokenized_text(self.number_words, pre_tokenized(number::searched(&number)));
            made.add_text(self.number, nfc(number));
        }
        made.add_u64(self.date, document.date.as_deref().map_or(0, moment));
        made.add_u64(self.id_high, !high);
        made.add_u64(self.id_low, !low);
        made
    }

    /// The kept text of a field; empty where there is none.
    pub(super) fn kept(&self, document: &TantivyDocument, field: Field) -> String {
        match document.get_first(field).map(OwnedValue::from) {
            Some(OwnedValue::Str(text)) => text,
            _ => String::new(),
        }
    }

    /// The resource that a kept document names.
    pub(super) fn kept_id(&self, document: &TantivyDocument) -> Result<Id, Error> {
        let id = Id::parse(&self.kept(document, self.id));
        id.ok_or_else(|| TantivyError::InternalError("a document without an id".to_owned()).into())
    }
}

fn pre_tokenized(words: Vec<String>) -> PreTokenizedString {
    let tokens =
        words.iter().enumerate().map(|(position, word)| Token { position, text: word.clone(), ..Token::default() }).collect();
    PreTokenizedString { text: String::new(), tokens }
}

/// `2020-12-02` → 20201202000000: moments and days in one order.
fn moment(date: &str) -> u64 {
    let digits = date.bytes().filter(u8::is_ascii_digit).chain(std::iter::repeat(b'0')).take(14);
    digits.fold(0, |moment, digit| moment * 10 + u64::from(digit - b'0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_moments_are_in_one_order() {
        assert_eq!(moment("2020-12-02"), 20_201_202_000_000);
        assert!(moment("2020-12-02T08:00:00Z") > moment("2020-12-02"));
        assert!(moment("2020-12-03") > moment("2020-12-02T23:59:59.999Z"));
        assert_eq!(moment(""), 0);
    }
}
