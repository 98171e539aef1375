//! The header fields of an act, found in its plain text.

mod attachment;
pub(crate) mod dates;
mod heading;
mod issuer;
mod number;
mod record;
mod signature;
mod title;
mod zones;

use kernel::text::lower;
use serde::Serialize;
use time::Date;

pub use number::DocumentNumber;

use crate::bases::{LegalBase, is_basis, legal_bases};
use crate::doc_type::DocType;
use crate::structure::Front;
use attachment::AttachedTo;
use dates::PlaceAndDay;
use record::Record;
use zones::Zones;

/// The header of a document (Nghị định 30/2020/NĐ-CP Điều 8): what it is, whose, since when.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Header {
    /// The full number and symbol, normalised: `43/2020/QĐ-UBND`.
    pub number: Option<String>,
    /// The slug of the kind of document: `quyet-dinh`.
    pub doc_type: Option<String>,
    /// The issuing authority in normal case: `Ủy ban nhân dân tỉnh Lai Châu`.
    pub issuer: Option<String>,
    /// The place before the date: `Lai Châu`.
    pub place: Option<String>,
    /// The day of signing or of passing.
    #[serde(serialize_with = "iso_day::serialize")]
    pub issued_on: Option<Date>,
    /// The day the act as a whole takes effect, by its own closing articles.
    #[serde(serialize_with = "iso_day::serialize")]
    pub effective_on: Option<Date>,
    /// The last day, or the day of expiry, where the act itself sets one.
    #[serde(serialize_with = "iso_day::serialize")]
    pub expires_on: Option<Date>,
    /// The abstract (trích yếu) in one line, in sentence case.
    pub title: Option<String>,
    /// The signer's name.
    pub signer_name: Option<String>,
    /// The signer's own office: `Phó Chủ tịch`.
    pub signer_title: Option<String>,
    /// The capacity nearest to the signer's own office: `TM.`, `KT.`, `TL.`, `TUQ.` or `Q.`.
    pub signer_capacity: Option<String>,
    /// The acts the preamble rests on, in order.
    pub legal_bases: Vec<LegalBase>,
    /// What was not found, or found in doubt; [`crate::LegalText`] prints it among its own.
    #[serde(skip)]
    pub warnings: Vec<Warning>,
}

/// A field that was not found, or that the text states in more than one way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Warning {
    /// A stable word for programs: `number_not_found`, `signer_not_found`, …
    pub code: &'static str,
    /// A sentence for people.
    pub detail: String,
}

/// Writes days as `2020-12-02`.
pub(crate) mod iso_day {
    use serde::Serializer;
    use time::Date;

    #[expect(clippy::ref_option, reason = "serde fixes the signature")]
    pub fn serialize<S: Serializer>(day: &Option<Date>, serializer: S) -> Result<S::Ok, S::Error> {
        match day {
            Some(day) => serializer.collect_str(day),
            None => serializer.serialize_none(),
        }
    }
}

/// Finds the header fields of the act in `text`.
///
/// `text` is NFC plain text. The function is pure, never panics and takes time in proportion to
/// the length of the text.
pub fn header(text: &str) -> Header {
    header_and_front(text).0
}

/// Finds the header fields, and where the header and what follows it begin.
pub(crate) fn header_and_front(text: &str) -> (Header, Front) {
    let zones = Zones::of(text);
    let front = front(text, &zones);
    (fields(&zones), front)
}

fn front(text: &str, zones: &Zones) -> Front {
    let (first, body) = zones.front();
    let mut starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1));
    let mut start_of = |line: usize| starts.nth(line).unwrap_or(text.len());
    let header = start_of(first);
    let body = body.map_or(text.len(), |body| if body > first { start_of(body - first - 1) } else { header });
    Front { header, body }
}

fn fields(zones: &Zones) -> Header {
    let record = Record::of(zones);
    let mut header = Header::default();
    let number = read_number(zones, &record, &mut header);
    let kind = read_kind(zones, number.as_ref(), &record);
    header.doc_type = kind.map(|kind| kind.slug.to_owned());
    read_place_and_days(zones, &record, kind, &mut header);
    header.title = zones.title();
    header.issuer = read_issuer(zones, number.as_ref(), &header);
    read_signature(zones, &record, &mut header);
    let stated: Vec<String> = zones.preamble.iter().filter(|line| is_basis(line)).cloned().collect();
    header.legal_bases = legal_bases(&stated);
    warn_of_gaps(&mut header, kind);
    header
}

fn read_number(zones: &Zones, record: &Record, header: &mut Header) -> Option<DocumentNumber> {
    let printed = zones.number();
    let full = printed.clone().filter(DocumentNumber::is_full);
    let blank = printed.is_some() && full.is_none();
    let stated_by_attachment = full.is_none().then(|| own_attachment(zones, printed.as_ref())).flatten();
    if stated_by_attachment.is_some() {
        header.warn("number_from_attachment", "the number stands in the heading of an attachment only".to_owned());
    }
    let number = full
        .or_else(|| stated_by_attachment.and_then(|act| act.number))
        .or_else(|| record.number.clone().filter(DocumentNumber::is_full));
    if number.is_none() {
        let (code, detail) = match &printed {
            Some(printed) if blank => ("number_blank", format!("the number is left blank: {printed}")),
            _ => ("number_not_found", "the text states no number of its own".to_owned()),
        };
        header.warn(code, detail);
    }
    if let (Some(number), Some(recorded)) = (&number, &record.number)
        && number.as_str() != recorded.as_str()
        && recorded.is_full()
    {
        header.warn("number_differs", format!("{number} in the act, {recorded} in the record after it"));
    }
    header.number = number.as_ref().map(ToString::to_string);
    number.or(printed)
}

/// What the first attachment says, where it speaks of this act: same kind as the heading, same
/// symbol, year and ordinal as far as the header prints them. An act that amends others may carry
/// forms of theirs.
fn own_attachment(zones: &Zones, printed: Option<&DocumentNumber>) -> Option<AttachedTo> {
    let attached = zones.attached_to()?;
    let number = attached.number.as_ref().filter(|number| number.is_full())?;
    let same_kind = zones.kind.is_none_or(|kind| attached.kind.is_none_or(|stated| stated.slug == kind.slug));
    let agrees = printed.is_none_or(|printed| {
        printed.symbol() == number.symbol()
            && (printed.year().is_none() || printed.year() == number.year())
            && (printed.ordinal().is_empty() || printed.ordinal() == number.ordinal())
    });
    (same_kind && agrees).then_some(attached)
}

/// A heading names the kind; a consolidated text carries the heading of what it consolidates; a
/// letter has no heading, and its symbol may look like another kind's (`5282/CT-CS`).
fn read_kind(zones: &Zones, number: Option<&DocumentNumber>, record: &Record) -> Option<&'static DocType> {
    let by_symbol = number.and_then(|number| DocType::by_symbol(number.symbol()));
    if let Some(consolidated) = by_symbol.filter(|kind| kind.slug == "van-ban-hop-nhat") {
        return Some(consolidated);
    }
    zones
        .kind
        .or_else(|| zones.is_letter().then(|| DocType::by_slug("cong-van")).flatten())
        .or(by_symbol)
        .or_else(|| zones.kind_by_formula())
        .or_else(|| zones.attached_to().and_then(|act| act.kind))
        .or(record.kind)
}

fn read_place_and_days(zones: &Zones, record: &Record, kind: Option<&'static DocType>, header: &mut Header) {
    let printed = zones.place_and_day();
    header.place = printed.as_ref().map(|printed| printed.place.clone());
    let stamped = printed.as_ref().is_some_and(|printed| printed.day.is_none());
    let adopted = zones.adopted_on();
    header.issued_on = printed
        .and_then(|PlaceAndDay { day, .. }| day)
        .or_else(|| own_attachment(zones, zones.number().as_ref()).and_then(|act| act.day))
        .or(adopted)
        .or(record.issued_on);
    if header.issued_on.is_none() {
        let detail = if stamped { "the date is left blank" } else { "the text states no date of issue" };
        header.warn("issued_date_not_found", detail.to_owned());
    }
    let Some(kind) = kind.filter(|kind| kind.slug != "van-ban-hop-nhat") else { return };
    let effect = dates::effect(&zones.provisions(), kind.name, header.issued_on);
    header.effective_on = effect.from.or(record.effective_on);
    header.expires_on = effect.until.or(record.expires_on);
    if let Some(stated) = effect.unreadable.filter(|_| header.effective_on.is_none()) {
        header.warn("effective_date_unreadable", format!("no day can be computed from “{stated}”"));
    }
}

fn read_issuer(zones: &Zones, number: Option<&DocumentNumber>, header: &Header) -> Option<String> {
    let statements = issuer::Statements {
        letterhead: zones.letterhead(),
        authority: zones.authority(),
        preamble: &zones.preamble,
        attached_of: own_attachment(zones, number).and_then(|act| act.issuer),
        place: header.place.as_deref(),
        symbol: number.map(DocumentNumber::symbol),
        kind: header.doc_type.as_deref(),
    };
    statements.issuer()
}

fn read_signature(zones: &Zones, record: &Record, header: &mut Header) {
    let signed = signature::signature(zones.act());
    header.signer_name = signed.name.or_else(|| record.signer.clone());
    header.signer_title = signed.title;
    header.signer_capacity = signed.capacity;
}

fn warn_of_gaps(header: &mut Header, kind: Option<&'static DocType>) {
    let gaps = [
        (kind.is_none(), "doc_type_not_found", "the kind of document is not stated"),
        (header.issuer.is_none(), "issuer_not_found", "no issuing authority is named"),
        (header.title.is_none(), "title_not_found", "no abstract stands in the header"),
        (header.signer_name.is_none(), "signer_not_found", "no name stands in a signature block"),
    ];
    for (missing, code, detail) in gaps {
        if missing {
            header.warn(code, detail.to_owned());
        }
    }
    let should_say = kind.is_some_and(DocType::states_its_effect);
    let said = header.warnings.iter().any(|warning| warning.code == "effective_date_unreadable");
    if should_say && header.effective_on.is_none() && !said {
        header.warn("effective_date_not_found", "the act does not say when it takes effect".to_owned());
    }
}

impl Header {
    fn warn(&mut self, code: &'static str, detail: String) {
        self.warnings.push(Warning { code, detail });
    }
}

/// Tells whether a line of a list refers to another act: `- 1Luật khiếu nại 2011`.
pub(crate) fn is_reference(line: &str) -> bool {
    let Some(rest) = line.strip_prefix('-').map(str::trim_start) else { return false };
    let numbered = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    if numbered.len() == rest.len() {
        return false;
    }
    let rest = lower(numbered.trim_start_matches(['.', ' ']));
    DocType::at_start(&rest).is_some()
}
