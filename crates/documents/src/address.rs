//! The address of a document that can be built without searching (`/eli/vn/{issuer}/{type}/{year}/{number}`).

use kernel::text;
use legal_text::DocumentNumber;

/// The parts of an address that follow from the document itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Address {
    /// The folded symbol of the number: `QĐ-UBND` → `qd-ubnd`.
    pub kind: Option<String>,
    /// The year of the number, else that of the day of issue.
    pub year: Option<String>,
    /// The ordinal as printed, folded: `01814`.
    pub number: Option<String>,
    /// The ordinal without leading zeros.
    pub ordinal: Option<String>,
}

impl Address {
    /// The address of a document of this number and day; none without a full number, or without any year.
    pub fn of(number: Option<&str>, issued_on: Option<&str>) -> Self {
        Self::full(number, issued_on).unwrap_or_default()
    }

    fn full(number: Option<&str>, issued_on: Option<&str>) -> Option<Self> {
        let number = DocumentNumber::parse(number?).filter(DocumentNumber::is_full)?;
        let kind = Some(text::slugify(number.symbol())).filter(|kind| !kind.is_empty())?;
        let year = number.year().map(|year| year.to_string()).or_else(|| issued_on?.get(..4).map(str::to_owned))?;
        let printed = text::slugify(number.ordinal());
        let ordinal = printed.trim_start_matches('0');
        let ordinal = if ordinal.is_empty() { "0" } else { ordinal }.to_owned();
        Some(Self { kind: Some(kind), year: Some(year), number: Some(printed), ordinal: Some(ordinal) })
    }
}

/// The path of a document under `/eli`, from the code of its issuer and the stored parts.
pub fn eli_path(issuer_code: &str, kind: &str, year: &str, number: &str) -> String {
    format!("/eli/vn/{issuer_code}/{kind}/{year}/{number}")
}

/// The path of a document under `/eli`; none without a full number, or without any year.
pub(crate) fn eli_of(issuer_code: &str, number: Option<&str>, issued_on: Option<&str>) -> Option<String> {
    let address = Address::of(number, issued_on);
    Some(eli_path(issuer_code, &address.kind?, &address.year?, &address.number?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(number: &str, issued_on: Option<&str>) -> Option<(String, String, String, String)> {
        let address = Address::of(Some(number), issued_on);
        Some((address.kind?, address.year?, address.number?, address.ordinal?))
    }

    #[test]
    fn an_address_follows_from_the_number() {
        let of = |number, day| parts(number, day).map(|(kind, year, number, _)| format!("{kind}/{year}/{number}"));
        assert_eq!(of("40/2024/QĐ-UBND", None).as_deref(), Some("qd-ubnd/2024/40"));
        assert_eq!(of("51/2024/QH15", None).as_deref(), Some("qh15/2024/51"));
        assert_eq!(of("352/QĐ-UBND", Some("2024-02-26")).as_deref(), Some("qd-ubnd/2024/352"));
        assert_eq!(of("18-NQ/TW", Some("2017-10-25")).as_deref(), Some("nq-tw/2017/18"));
        assert_eq!(of("352/QĐ-UBND", None), None);
        assert_eq!(parts("01814/QĐ-UBND", Some("2025-11-26")).map(|parts| parts.3).as_deref(), Some("1814"));
    }
}
