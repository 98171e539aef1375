//! Addresses by the naming convention of Akoma Ntoso: work, expression, manifestation.

use super::given::{Akn, Wording};
use crate::header::Header;
use kernel::text::slugify;
use time::Date;

/// The day of what has none: the schema wants one, and this is the one that readers take for none.
pub(super) const NO_DAY: &str = "0001-01-01";

/// The addresses of an act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Address {
    /// `/akn/vn/act/quyet-dinh/song-lam.ubnd/2031-06-05/12-2031-qd-ubnd`
    pub work: String,
    /// `…/vie@2031-06-05`
    pub expression: String,
    /// The day of the act.
    pub issued: String,
    /// The day of this wording.
    pub worded: String,
}

impl Address {
    pub fn of(header: &Header, given: &Akn<'_>) -> Self {
        let kind = header.doc_type.as_deref().and_then(segment).unwrap_or_else(|| "van-ban".to_owned());
        let issuer =
            given.issuer.and_then(segment).or_else(|| header.issuer.as_deref().map(slugify).as_deref().and_then(segment));
        let day = header.issued_on.map(|day| day.to_string());
        let number = header.number.as_deref().map(slugify).filter(|number| !number.is_empty());
        let mut work = format!("/akn/vn/act/{kind}");
        if let Some(issuer) = issuer {
            work.push('/');
            work.push_str(&issuer);
        }
        let dated = day.clone().or_else(|| header.number.as_deref().and_then(year_of)).unwrap_or_else(|| "0001".to_owned());
        work.push_str(&format!("/{dated}/{}", number.as_deref().unwrap_or("nn")));
        let worded = match given.wording {
            Wording::AsIssued => day.clone(),
            Wording::AsAmended { from } => Some(from).map(|day: Date| day.to_string()),
        };
        let expression = format!("{work}/vie@{}", worded.as_deref().unwrap_or_default());
        let or_none = |day: Option<String>| day.unwrap_or_else(|| NO_DAY.to_owned());
        Self { work, expression, issued: or_none(day), worded: or_none(worded) }
    }
}

/// A part of an address; it does not begin with a figure, which would make it a date.
fn segment(text: &str) -> Option<String> {
    let part: String = text.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.')).collect();
    part.starts_with(|c: char| c.is_ascii_alphabetic()).then_some(part)
}

/// The year in a number: `12/2031/QĐ-UBND`.
fn year_of(number: &str) -> Option<String> {
    number.split('/').nth(1).filter(|year| year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit())).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use time::macros::date;

    #[test]
    fn an_act_has_an_address_that_can_be_built() {
        let header = Header {
            number: Some("12/2031/QĐ-UBND".into()),
            doc_type: Some("quyet-dinh".into()),
            issuer: Some("Ủy ban nhân dân tỉnh Sông Lam".into()),
            issued_on: Some(date!(2031 - 06 - 05)),
            ..Header::default()
        };
        let address = Address::of(&header, &Akn { issuer: Some("song-lam.ubnd"), ..Akn::default() });
        assert_eq!(address.work, "/akn/vn/act/quyet-dinh/song-lam.ubnd/2031-06-05/12-2031-qd-ubnd");
        assert_eq!(address.expression, format!("{}/vie@2031-06-05", address.work));
        let later = Akn { wording: Wording::AsAmended { from: date!(2032 - 01 - 01) }, ..Akn::default() };
        let address = Address::of(&header, &later);
        assert_eq!(address.work, "/akn/vn/act/quyet-dinh/uy-ban-nhan-dan-tinh-song-lam/2031-06-05/12-2031-qd-ubnd");
        assert!(address.expression.ends_with("/vie@2032-01-01"));
    }

    #[test]
    fn what_is_not_known_has_its_words() {
        assert_eq!(Address::of(&Header::default(), &Akn::default()).work, "/akn/vn/act/van-ban/0001/nn");
        let numbered = Header { number: Some("12/2031/QĐ-UBND".into()), ..Header::default() };
        assert_eq!(Address::of(&numbered, &Akn::default()).work, "/akn/vn/act/van-ban/2031/12-2031-qd-ubnd");
    }
}
