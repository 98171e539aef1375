//! Rules on single texts, and how faults of two sources become one list.

use crate::limits;
use crate::told::fault;
use kernel::{FieldFault, Id, Instant, parse_date};
use std::collections::HashSet;
use url::Url;

/// What is wrong with a text.
#[derive(Debug)]
pub(crate) struct Wrong {
    code: &'static str,
    vi: &'static str,
    en: &'static str,
}

impl Wrong {
    /// The fault at `pointer`.
    pub(crate) fn at(self, pointer: impl Into<String>) -> FieldFault {
        fault(pointer, self.code, self.vi, self.en)
    }
}

/// A rule on a text.
pub(crate) type TextRule = fn(&str) -> Result<(), Wrong>;

fn holds(true_of: bool, code: &'static str, vi: &'static str, en: &'static str) -> Result<(), Wrong> {
    if true_of { Ok(()) } else { Err(Wrong { code, vi, en }) }
}

/// A real day, `YYYY-MM-DD`.
pub(crate) fn date(text: &str) -> Result<(), Wrong> {
    let (vi, en) = ("không phải là một ngày dạng YYYY-MM-DD", "not a day of the form YYYY-MM-DD");
    holds(parse_date(text).is_some(), "invalid_date", vi, en)
}

/// A moment of RFC 3339 with its offset.
pub(crate) fn moment(text: &str) -> Result<(), Wrong> {
    let vi = "không phải là thời điểm dạng YYYY-MM-DDThh:mm:ss+07:00";
    let en = "not a moment of the form YYYY-MM-DDThh:mm:ss+07:00";
    holds(Instant::parse(text).is_some(), "invalid_date_time", vi, en)
}

/// An id.
pub(crate) fn id(text: &str) -> Result<(), Wrong> {
    holds(Id::parse(text).is_some(), "invalid_id", "không phải là một id (UUID)", "not an id (UUID)")
}

/// A telephone number: digits, spaces and `+ ( ) . -`, 3 to 20 characters, at least 3 digits.
pub(crate) fn phone(text: &str) -> Result<(), Wrong> {
    let known = text.chars().all(|c| c.is_ascii_digit() || " +().-".contains(c));
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let vi = "không phải là số điện thoại: chữ số, dấu cách và + ( ) . -, từ 3 đến 20 ký tự";
    let en = "not a telephone number: digits, spaces and + ( ) . -, 3 to 20 characters";
    holds(known && digits >= 3 && text.len() <= 20, "invalid_phone", vi, en)
}

/// An address of the web over https, returned in ASCII.
pub(crate) fn https(text: &str) -> Result<String, Wrong> {
    let secure = |address: &String| address.get(..8).is_some_and(|head| head.eq_ignore_ascii_case("https://"));
    let wrong = Wrong { code: "invalid_url", vi: "không phải là địa chỉ https://…", en: "not an address https://…" };
    address(text).ok().filter(secure).ok_or(wrong)
}

/// An address of the web, returned in ASCII: one typed with Vietnamese letters is percent-encoded.
pub(crate) fn address(text: &str) -> Result<String, Wrong> {
    let wrong =
        || Wrong { code: "invalid_url", vi: "không phải là địa chỉ http(s)://…", en: "not an address http(s)://…" };
    let scheme = |name: &str| text.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name));
    let clean = !text.chars().any(|c| c.is_whitespace() || c.is_control() || "\"<>\\^`{|}".contains(c));
    let parsed = Url::parse(text).ok().filter(|_| clean && (scheme("http://") || scheme("https://"))).ok_or_else(wrong)?;
    let plain = parsed.has_host() && parsed.username().is_empty() && parsed.password().is_none();
    let address = if text.is_ascii() { text.to_owned() } else { parsed.to_string() };
    let fits = plain && whole_escapes(&address) && address.len() <= limits::URL;
    if fits { Ok(address) } else { Err(wrong()) }
}

/// Whether every `%` is followed by two hexadecimal digits.
fn whole_escapes(address: &str) -> bool {
    let hex = |pair: Option<&str>| pair.is_some_and(|pair| pair.bytes().all(|b| b.is_ascii_hexdigit()));
    address.split('%').skip(1).all(|after| hex(after.get(..2)))
}

/// The faults of the validator and those of the rules; where both tell of one field the rule knows
/// better, and of a value of the wrong type nothing else is told.
pub(crate) fn merged(told: Vec<FieldFault>, own: Vec<FieldFault>) -> Vec<FieldFault> {
    let ruled: HashSet<String> = own.iter().map(|fault| fault.pointer.clone()).collect();
    let mistyped = |fault: &&FieldFault| fault.code == "wrong_type";
    let mistaken: HashSet<String> = told.iter().filter(mistyped).map(|fault| fault.pointer.clone()).collect();
    let stands = |fault: &FieldFault| !ruled.contains(&fault.pointer) && (mistyped(&fault) || !mistaken.contains(&fault.pointer));
    let mut merged: Vec<FieldFault> = told.into_iter().filter(stands).chain(own).collect();
    merged.dedup();
    merged
}
