//! The record a database appends to the texts it publishes: `- Số hiệu: …`, `- Người ký: …`.
//!
//! It is not part of the act, so it only confirms the act or fills its gaps.

use time::Date;

use super::dates::day_at_start;
use super::number::DocumentNumber;
use super::person::person;
use crate::doc_type::DocType;
use crate::layout::Source;

#[derive(Debug, Default)]
pub(crate) struct Record {
    pub number: Option<DocumentNumber>,
    pub kind: Option<&'static DocType>,
    pub issued_on: Option<Date>,
    pub effective_on: Option<Date>,
    pub expires_on: Option<Date>,
    pub signer: Option<String>,
}

/// How many lines at either end of a text may hold the record.
const REACH: usize = 60;
/// How long a label may be, in bytes.
const LONGEST_LABEL: usize = 48;

impl Record {
    /// Reads the lines of the form `- Label: value`; where a label is repeated the first counts.
    pub fn of(source: &Source<'_>) -> Record {
        let mut record = Record::default();
        let last = source.lines().saturating_sub(REACH);
        for line in (0..REACH.min(last)).chain(last..source.lines()) {
            let line = source.line(line).trim_start_matches(['-', '+', '•', ' ', '*', '|', '\t']);
            if !line.starts_with(['S', 's', 'L', 'l', 'N', 'n']) {
                continue;
            }
            let Some((label, value)) = line.split_once(':').filter(|(label, _)| label.len() <= LONGEST_LABEL) else { continue };
            record.take(&label.trim_matches(['*', ' ']).to_lowercase(), value.trim_matches(['*', ' ', '|', '\n', '\r', '\t']));
        }
        record
    }

    fn take(&mut self, label: &str, value: &str) {
        match label {
            "số hiệu" | "số ký hiệu" | "số/ký hiệu" if self.number.is_none() => {
                self.number = DocumentNumber::parse(value);
            }
            "loại văn bản" if self.kind.is_none() => self.kind = DocType::by_heading(value),
            "ngày ban hành" if self.issued_on.is_none() => self.issued_on = day_at_start(value),
            "ngày hiệu lực" | "ngày có hiệu lực" if self.effective_on.is_none() => {
                self.effective_on = day_at_start(value);
            }
            "ngày hết hiệu lực" if self.expires_on.is_none() => self.expires_on = day_at_start(value),
            "người ký" if self.signer.is_none() => self.signer = person(value),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn a_record_is_read_at_the_end_of_a_text() {
        let text = format!("{}\n- **Số hiệu:** 5/2031/QĐ-UBND\n- Người ký: Trần Văn Lam\n- Ngày hiệu lực: 15/06/2031", "Điều 1.\n".repeat(300));
        let record = Record::of(&Source::of(&text));
        assert_eq!(record.number.unwrap().as_str(), "5/2031/QĐ-UBND");
        assert_eq!(record.signer.as_deref(), Some("Trần Văn Lam"));
        assert_eq!(record.effective_on.unwrap().to_string(), "2031-06-15");
    }
}
