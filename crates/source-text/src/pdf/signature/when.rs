//! Times as PDF, certificates and timestamps write them, as RFC 3339.

use time::{Date, Month, Time};

/// `D:20310605071500+07'00'`; what is left out is the beginning of it. Without a zone none is told.
pub(super) fn of_pdf(text: &str) -> Option<String> {
    let text = text.trim();
    moment(text.strip_prefix("D:").unwrap_or(text))
}

/// `20310605001500Z`, with or without a fraction.
pub(super) fn generalized(text: &str) -> Option<String> {
    moment(text)
}

/// `310605001500Z`; years from 50 on are of the last century.
pub(super) fn utc(text: &str) -> Option<String> {
    let year: u8 = text.get(..2)?.parse().ok()?;
    moment(&format!("{}{text}", if year >= 50 { "19" } else { "20" }))
}

fn moment(text: &str) -> Option<String> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).take(14).count();
    let part = |from: usize, to: usize, missing: u8| match digits {
        digits if digits >= to => text.get(from..to)?.parse::<u8>().ok(),
        digits if digits <= from => Some(missing),
        _ => None,
    };
    let year: i32 = text.get(..4).filter(|_| digits >= 4)?.parse().ok()?;
    let date = Date::from_calendar_date(year, Month::try_from(part(4, 6, 1)?).ok()?, part(6, 8, 1)?).ok()?;
    let time = Time::from_hms(part(8, 10, 0)?, part(10, 12, 0)?, part(12, 14, 0)?).ok()?;
    let rest = text.get(digits..)?;
    let rest = match rest.strip_prefix(['.', ',']) {
        Some(fraction) => fraction.trim_start_matches(|c: char| c.is_ascii_digit()),
        None => rest,
    };
    let (month, day) = (u8::from(date.month()), date.day());
    let (hour, minute, second) = time.as_hms();
    let zone = zone(rest)?;
    Some(format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{zone}"))
}

/// `Z`, `+07'00'`, `+0700`, `+07`, or nothing.
fn zone(text: &str) -> Option<String> {
    let sign = match text.chars().next() {
        None => return Some(String::new()),
        Some('Z') => return Some("Z".to_owned()),
        Some(sign @ ('+' | '-')) => sign,
        Some(_) => return None,
    };
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let hours: u8 = digits.get(..2)?.parse().ok()?;
    let minutes: u8 = digits.get(2..4).map_or(Some(0), |minutes| minutes.parse().ok())?;
    (hours < 24 && minutes < 60).then(|| format!("{sign}{hours:02}:{minutes:02}"))
}
