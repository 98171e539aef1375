//! The header fields of an act, found in its plain text.

mod attachment;
mod authority;
mod block;
mod capacity;
pub(crate) mod dates;
pub(crate) mod effect;
mod evidence;
mod full_title;
mod heading;
mod issuer;
mod joint;
mod letterhead;
mod number;
mod office;
mod person;
mod printed_number;
mod recipients;
mod record;
mod signature;
mod speaker;
mod subject;
mod title;
mod zones;

use serde::Serialize;
use time::Date;

pub use number::DocumentNumber;

use crate::bases::{LegalBase, is_basis, legal_bases};
use crate::doc_type::DocType;
use crate::lines::ended;
use crate::structure::Front;
use attachment::AttachedTo;
use dates::PlaceAndDay;
use effect::Effect;
use full_title::FullTitle;
use record::Record;
use signature::Signature;
use speaker::Voice;
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
    header_and_front(&ended(text)).0
}

/// Finds the header fields, and where the header and what follows it begin.
pub(crate) fn header_and_front(text: &str) -> (Header, Front) {
    let zones = Zones::of(text);
    let (first, body) = zones.front();
    let start_of = |line: usize| zones.source.start(line).min(text.len());
    let front = Front { header: start_of(first), body: body.map_or(text.len(), |body| start_of(body.max(first))) };
    (fields(&zones), front)
}

/// What the parts of a text state, read once.
struct Stated {
    /// The number the header prints, a blank for its ordinal among it.
    printed: Option<DocumentNumber>,
    place_and_day: Option<PlaceAndDay>,
    /// What the first attachment says, where it speaks of this act.
    attached: Option<AttachedTo>,
    /// What a title tells that states the whole header.
    titled: Option<FullTitle>,
    record: Record,
    signature: Signature,
    effect: Effect,
    /// The day of signing or of passing.
    signed_on: Option<Date>,
    kind: Option<&'static DocType>,
}

fn fields(zones: &Zones<'_>) -> Header {
    let stated = Stated::in_text(zones);
    let mut header = Header::default();
    let number = take_number(zones, &stated, &mut header);
    header.doc_type = stated.kind.map(|kind| kind.slug.to_owned());
    take_place_and_days(&stated, &mut header);
    header.title = zones.title();
    header.issuer = issuer(zones, &stated, number.as_ref(), &header);
    header.signer_name = stated.signature.name.or(stated.record.signer);
    header.signer_title = stated.signature.title;
    header.signer_capacity = stated.signature.capacity;
    let bases: Vec<String> = zones.preamble.iter().filter(|line| is_basis(line)).cloned().collect();
    header.legal_bases = legal_bases(&bases);
    warn_of_gaps(&mut header, stated.kind);
    header
}

impl Stated {
    fn in_text(zones: &Zones<'_>) -> Stated {
        let record = Record::of(&zones.source);
        let printed = zones.number();
        let attached = zones.attached_to();
        let titled = zones.abstract_lines().and_then(|lines| FullTitle::read(&lines));
        let printed = printed.or_else(|| titled.as_ref().map(|title| title.number.clone()));
        let own = attached.clone().filter(|act| speaks_of_this(act, zones.kind(), printed.as_ref()));
        let of_attachment = own.as_ref().and_then(|act| act.number.as_ref());
        let kind = kind(zones, printed.as_ref().or(of_attachment).or(record.number.as_ref()), attached.as_ref(), &record);
        let attached = own;
        let place_and_day = zones.place_and_day();
        let signature = signature::signature(&zones.source, zones.act());
        let signed_on = place_and_day.as_ref().and_then(|printed| printed.day).or(titled.as_ref().map(|title| title.day));
        let signed_on = signed_on.or(attached.as_ref().and_then(|act| act.day));
        let signed_on = signed_on.or_else(|| zones.adopted_on());
        // A consolidated text repeats the clause of what it consolidates.
        let takes_effect = kind.filter(|kind| kind.slug != "van-ban-hop-nhat");
        let effect =
            takes_effect.map(|kind| effect::effect(&zones.source, zones.provisions(), kind.name, signed_on.or(record.issued_on)));
        let effect = effect.unwrap_or_default();
        let signed_on = signed_on.or(effect.signed_on).or(record.issued_on);
        Stated { printed, place_and_day, attached, titled, record, signature, effect, signed_on, kind }
    }
}

fn take_number(zones: &Zones<'_>, stated: &Stated, header: &mut Header) -> Option<DocumentNumber> {
    let full = stated.printed.clone().filter(DocumentNumber::is_full);
    let blank = stated.printed.is_some() && full.is_none();
    let attached = || stated.attached.as_ref()?.number.clone();
    let own = || stated.effect.own_number.clone().filter(|_| zones.heading.is_some());
    let number = full.or_else(|| {
        let number = attached();
        if number.is_some() {
            header.warn("number_from_attachment", "the number stands in the heading of an attachment only".to_owned());
        }
        number.or_else(own).or_else(|| stated.record.number.clone()).filter(DocumentNumber::is_full)
    });
    if number.is_none() {
        let (code, detail) = match &stated.printed {
            Some(printed) if blank => ("number_blank", format!("the number is left blank: {printed}")),
            _ => ("number_not_found", "the text states no number of its own".to_owned()),
        };
        header.warn(code, detail);
    }
    if let (Some(number), Some(recorded)) = (&number, &stated.record.number)
        && number.as_str() != recorded.as_str()
        && recorded.is_full()
    {
        header.warn("number_differs", format!("{number} in the act, {recorded} in the record after it"));
    }
    header.number = number.as_ref().map(ToString::to_string);
    number.or_else(|| stated.printed.clone())
}

/// What the first attachment says counts where it speaks of this act: same kind as the heading, same symbol, year and
/// ordinal as far as the header prints them. An act that amends others may carry forms of theirs.
fn speaks_of_this(attached: &AttachedTo, kind: Option<&DocType>, printed: Option<&DocumentNumber>) -> bool {
    let Some(number) = attached.number.as_ref().filter(|number| number.is_full()) else { return false };
    let same_kind = kind.is_none_or(|kind| attached.kind.is_none_or(|stated| stated.slug == kind.slug));
    let agrees = printed.is_none_or(|printed| {
        printed.symbol() == number.symbol()
            && (printed.year().is_none() || printed.year() == number.year())
            && (printed.ordinal().is_empty() || printed.ordinal() == number.ordinal())
    });
    same_kind && agrees
}

/// A heading names the kind; a consolidated text carries the heading of what it consolidates; a
/// letter has no heading, and its symbol may look like another kind's (`5282/CT-CS`).
fn kind(
    zones: &Zones<'_>,
    number: Option<&DocumentNumber>,
    attached: Option<&AttachedTo>,
    record: &Record,
) -> Option<&'static DocType> {
    let by_symbol = number.and_then(|number| DocType::by_symbol(number.symbol()));
    if let Some(consolidated) = by_symbol.filter(|kind| kind.slug == "van-ban-hop-nhat") {
        return Some(consolidated);
    }
    zones
        .kind()
        .or_else(|| zones.is_letter().then(|| DocType::by_slug("cong-van")).flatten())
        .or(by_symbol)
        .or_else(|| zones.kind_by_formula())
        .or_else(|| attached.and_then(|act| act.kind))
        .or(record.kind)
}

fn take_place_and_days(stated: &Stated, header: &mut Header) {
    let printed = stated.place_and_day.as_ref();
    header.place = printed.and_then(|printed| printed.place.clone());
    header.issued_on = stated.signed_on;
    if header.issued_on.is_none() {
        let stamped = printed.is_some_and(|printed| printed.day.is_none());
        let detail = if stamped { "the date is left blank" } else { "the text states no date of issue" };
        header.warn("issued_date_not_found", detail.to_owned());
    }
    header.effective_on = stated.effect.from.or(stated.record.effective_on);
    header.expires_on = stated.effect.until.or(stated.record.expires_on);
    if let Some(clause) = stated.effect.unreadable.as_ref().filter(|_| header.effective_on.is_none()) {
        header.warn("effective_date_unreadable", format!("no day can be computed from “{clause}”"));
    }
}

fn issuer(zones: &Zones<'_>, stated: &Stated, number: Option<&DocumentNumber>, header: &Header) -> Option<String> {
    let statements = issuer::Statements {
        bodies: &zones.bodies,
        letterhead: zones.letterhead.as_deref(),
        authority: zones.authority(),
        preamble: &zones.preamble,
        titled: stated.titled.as_ref().and_then(|title| title.issuer.clone()),
        attached_of: stated.attached.as_ref().and_then(|act| act.issuer.clone()),
        place: header.place.as_deref(),
        title: header.title.as_deref(),
        symbol: number.map(DocumentNumber::symbol),
        kind: header.doc_type.as_deref(),
        on_behalf: stated.signature.on_behalf.clone(),
    };
    let signers = [stated.signature.title.as_deref(), stated.signature.chief.as_deref()];
    let minister = signers.into_iter().flatten().any(|office| matches!(office, "Bộ trưởng" | "Thứ trưởng"));
    let voice = voice(header.doc_type.as_deref(), minister);
    statements.issuer(|| speaker::speaker(&zones.source, zones.act(), voice?))
}

/// How a document of a kind speaks; a text whose kind is not known says nothing about its issuer either.
fn voice(kind: Option<&str>, minister: bool) -> Option<Voice> {
    match kind? {
        "thong-tu" => Some(Voice::Minister),
        "thong-bao" => Some(Voice::Notice),
        "cong-van" | "cong-dien" if minister => Some(Voice::Minister),
        "cong-van" | "cong-dien" => Some(Voice::Letter),
        _ => Some(Voice::Act),
    }
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
    DocType::at_start(numbered.trim_start_matches(['.', ' '])).is_some()
}
