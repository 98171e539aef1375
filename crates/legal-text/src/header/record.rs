//! The record a database keeps of a text and prints before or after it: `- Số hiệu: …`, `| Người ký | … |`.
//!
//! It is not part of the act, so it only confirms the act or fills its gaps.

use time::Date;

use super::dates::day_at_start;
use super::number::DocumentNumber;
use super::person::person;
use crate::doc_type::DocType;
use crate::layout::{Piece, Source};

#[derive(Debug, Default)]
pub(crate) struct Record {
    pub number: Option<DocumentNumber>,
    pub kind: Option<&'static DocType>,
    pub issued_on: Option<Date>,
    pub effective_on: Option<Date>,
    pub expires_on: Option<Date>,
    pub signer: Option<String>,
}

/// What an entry of a record tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Entry {
    Number,
    Kind,
    IssuedOn,
    EffectiveOn,
    ExpiresOn,
    Signer,
    /// Something no field is read from.
    Other,
}

/// The labels of entries, longer ones before those they begin with.
const LABELS: [(&str, Entry); 20] = [
    ("số ký hiệu", Entry::Number),
    ("số/ký hiệu", Entry::Number),
    ("số hiệu", Entry::Number),
    ("loại văn bản", Entry::Kind),
    ("ngày ban hành", Entry::IssuedOn),
    ("ngày có hiệu lực", Entry::EffectiveOn),
    ("ngày hiệu lực", Entry::EffectiveOn),
    ("ngày hết hiệu lực", Entry::ExpiresOn),
    ("người ký", Entry::Signer),
    ("nơi ban hành", Entry::Other),
    ("cơ quan ban hành", Entry::Other),
    ("ngày đăng công báo", Entry::Other),
    ("ngày công báo", Entry::Other),
    ("số công báo", Entry::Other),
    ("tình trạng hiệu lực", Entry::Other),
    ("tình trạng", Entry::Other),
    ("lĩnh vực", Entry::Other),
    ("trích yếu", Entry::Other),
    ("ngôn ngữ", Entry::Other),
    ("chức danh", Entry::Other),
];

/// How many lines at either end of a text may hold the record.
const REACH: usize = 60;
/// How long a label and a value may be, in bytes.
const LONGEST_LABEL: usize = 40;
const LONGEST_VALUE: usize = 300;

impl Record {
    /// Reads the entries at both ends of a text; where a label is repeated the first counts.
    pub fn of(source: &Source<'_>) -> Record {
        let mut record = Record::default();
        let last = source.lines().saturating_sub(REACH);
        for line in (0..REACH.min(last)).chain(last..source.lines()) {
            let text = bare(source.line(line));
            let Some((entry, rest)) = entry_at(text) else { continue };
            let below =
                || (line + 1..line + 4).map(|line| bare(source.line(line))).find(|text| !text.is_empty()).unwrap_or_default();
            record.read(entry, if rest.is_empty() { below() } else { rest });
        }
        record
    }

    /// Reads a value, and the entries that follow it on its line.
    fn read(&mut self, entry: Entry, value: &str) {
        let value = super::dates::first_chars(value, LONGEST_VALUE);
        let next = value.char_indices().filter(|(at, c)| c.is_uppercase() && *at > 0).find_map(|(at, _)| {
            let (entry, rest) = entry_at(value.get(at..)?)?;
            Some((at, entry, rest))
        });
        let own = next.and_then(|(at, ..)| value.get(..at)).unwrap_or(value);
        self.take(entry, bare(own));
        if let Some((_, entry, rest)) = next {
            self.read(entry, rest);
        }
    }

    fn take(&mut self, entry: Entry, value: &str) {
        match entry {
            Entry::Number if self.number.is_none() => self.number = DocumentNumber::parse(value),
            Entry::Kind if self.kind.is_none() => self.kind = DocType::by_heading(value),
            Entry::IssuedOn if self.issued_on.is_none() => self.issued_on = day_at_start(value),
            Entry::EffectiveOn if self.effective_on.is_none() => self.effective_on = day_at_start(value),
            Entry::ExpiresOn if self.expires_on.is_none() => self.expires_on = day_at_start(value),
            Entry::Signer if self.signer.is_none() => self.signer = person(value),
            _ => {}
        }
    }
}

/// The entry whose label a text begins with, and what follows the label. A label stands alone or before a colon or a bar.
fn entry_at(text: &str) -> Option<(Entry, &str)> {
    let near = text.as_bytes().get(..LONGEST_LABEL.min(text.len()))?;
    let closed = near.len() == text.len() || memchr::memchr2(b':', b'|', near).is_some();
    if !closed || !text.starts_with(['S', 's', 'L', 'l', 'N', 'n', 'C', 'c', 'T', 't']) {
        return None;
    }
    let mut end = text.len().min(LONGEST_LABEL);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let start = text.get(..end)?.to_lowercase();
    let (label, entry) = LABELS.iter().find(|(label, _)| start.starts_with(label))?;
    let rest = text.get(label.len()..)?;
    let marked = rest.trim_start_matches(['*', ' ']);
    (marked.is_empty() || marked.starts_with([':', '|'])).then(|| (*entry, bare(marked)))
}

/// A text without marks of lists, cells and emphasis around it.
fn bare(text: &str) -> &str {
    text.trim_matches(['-', '+', '•', ' ', '*', '|', ':', '\t', '\n', '\r', '\u{a0}'])
}

/// Takes the entries of a record that stands before a text out of its pieces.
pub(super) fn drop_record(pieces: &mut Vec<Piece>) {
    let labels = pieces.iter().filter(|piece| entry_at(&piece.text).is_some_and(|(entry, _)| entry != Entry::Number)).count();
    if labels < 2 {
        return;
    }
    let mut value_follows = false;
    pieces.retain(|piece| {
        let entry = entry_at(&piece.text);
        let keep = entry.is_none() && !value_follows;
        value_follows = entry.is_some_and(|(_, rest)| rest.is_empty());
        keep
    });
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    fn read(text: &str) -> [String; 3] {
        let record = Record::of(&Source::of(text));
        [
            record.number.map(|number| number.to_string()).unwrap_or_default(),
            record.signer.unwrap_or_default(),
            record.effective_on.map(|day| day.to_string()).unwrap_or_default(),
        ]
    }

    const RECORD: [&str; 3] = ["5/2031/QĐ-UBND", "Trần Văn Lam", "2031-06-15"];

    #[test]
    fn a_record_is_printed_in_many_ways() {
        let list = "- **Số hiệu:** 5/2031/QĐ-UBND\n- Người ký: Trần Văn Lam\n- Ngày hiệu lực: 15/06/2031";
        assert_eq!(read(&format!("{}\n{list}", "Điều 1.\n".repeat(300))), RECORD);
        assert_eq!(read("| Số hiệu | 5/2031/QĐ-UBND |\n| Người ký | Trần Văn Lam |\n| Ngày có hiệu lực | 15/06/2031 |"), RECORD);
        assert_eq!(
            read("Số hiệu: 5/2031/QĐ-UBND Người ký: Trần Văn Lam\nNgày hiệu lực: 15/06/2031 Tình trạng: Còn hiệu lực"),
            RECORD
        );
        let cells = "**Số hiệu:**\n|\n5/2031/QĐ-UBND\n|\n**Người ký:**\n|\nTrần Văn Lam\n|\n**Ngày hiệu lực:**\n|\n15/06/2031";
        assert_eq!(read(cells), RECORD);
    }

    #[test]
    fn a_sentence_is_no_entry() {
        assert_eq!(read("Số hiệu đường bộ 5/2031/QĐ-UBND\nNgười ký hợp đồng Trần Văn Lam"), ["", "", ""]);
    }
}
