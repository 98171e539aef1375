//! The record a database appends to the texts it publishes: `- Số hiệu: …`, `- Người ký: …`.
//!
//! It is not part of the act, so it only confirms the act or fills its gaps.

use kernel::text::lower;
use time::Date;

use super::dates::day_at_start;
use super::number::DocumentNumber;
use super::signature::person;
use super::zones::Zones;
use crate::doc_type::DocType;

#[derive(Debug, Default)]
pub(crate) struct Record {
    pub number: Option<DocumentNumber>,
    pub kind: Option<&'static DocType>,
    pub issued_on: Option<Date>,
    pub effective_on: Option<Date>,
    pub expires_on: Option<Date>,
    pub signer: Option<String>,
}

impl Record {
    /// Reads the lines of the form `- Label: value`; where a label is repeated the first counts.
    pub fn of(zones: &Zones) -> Record {
        let mut record = Record::default();
        for piece in &zones.pieces {
            let Some((label, value)) = piece.text.split_once(':') else { continue };
            let label = label.trim_start_matches(['-', '+', '•', ' ']);
            if label.chars().count() > 24 {
                continue;
            }
            record.take(&lower(label.trim()), value.trim());
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
