//! What pages say by themselves, and how they write days, moments and numbers.

use kernel::{Instant, Lang, parse_date};
use serde_json::Value;
use time::{Date, OffsetDateTime, UtcOffset, macros::offset};

/// Viet Nam has one zone without daylight saving.
const HO_CHI_MINH: UtcOffset = offset!(+7);

/// The language of labels and phrases on a page in `locale`: Vietnamese, or English for every other.
pub(super) fn lang(locale: &str) -> Lang {
    if locale == "vi" || locale.starts_with("vi-") { Lang::Vi } else { Lang::En }
}

/// A phrase.
pub(super) fn say(lang: Lang, vi: &'static str, en: &'static str) -> &'static str {
    match lang {
        Lang::Vi => vi,
        Lang::En => en,
    }
}

/// The text in `{"vi": …, "en": …}` for a language; any other where it has none in it.
pub(super) fn in_language<'a>(texts: &'a Value, locale: &str) -> Option<&'a str> {
    let texts = texts.as_object()?;
    let known = |name: &str| texts.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
    known(locale)
        .or_else(|| known(if lang(locale) == Lang::Vi { "vi" } else { "en" }))
        .or_else(|| known("vi"))
        .or_else(|| known("en"))
}

/// `2026-11-22` → `22/11/2026`, `22 November 2026`; what is no day stays as it is.
pub(super) fn day(lang: Lang, text: &str) -> String {
    parse_date(text).map_or_else(|| text.to_owned(), |date| date_of(lang, date))
}

fn date_of(lang: Lang, date: Date) -> String {
    match lang {
        Lang::Vi => format!("{:02}/{:02}/{:04}", date.day(), u8::from(date.month()), date.year()),
        Lang::En => format!("{} {} {:04}", date.day(), date.month(), date.year()),
    }
}

/// A moment in Asia/Ho_Chi_Minh: `22/11/2026 10:00`, `22 November 2026, 10:00`; what is no moment stays as it is.
pub(super) fn moment(lang: Lang, text: &str) -> String {
    let local = |at: Instant| Some(utc(at)?.to_offset(HO_CHI_MINH));
    let Some(at) = Instant::parse(text).and_then(local) else { return text.to_owned() };
    let comma = say(lang, "", ",");
    format!("{}{comma} {:02}:{:02}", date_of(lang, at.date()), at.hour(), at.minute())
}

/// A day or a moment.
pub(super) fn day_or_moment(lang: Lang, text: &str) -> String {
    if text.contains('T') { moment(lang, text) } else { day(lang, text) }
}

pub(super) fn utc(at: Instant) -> Option<OffsetDateTime> {
    OffsetDateTime::from_unix_timestamp_nanos(i128::from(at.0) * 1000).ok()
}

/// A number: groups of three from five digits on (years stay whole), a comma before decimals in Vietnamese.
pub(super) fn number(lang: Lang, number: &serde_json::Number) -> String {
    let text = number.to_string();
    if text.contains(['e', 'E']) {
        return text;
    }
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("−", rest));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let fraction = fraction.trim_end_matches('0');
    let (group, point) = (say(lang, ".", ","), say(lang, ",", "."));
    let mut grouped = String::with_capacity(whole.len() + 8);
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && whole.len() > 4 && (whole.len() - at) % 3 == 0 {
            grouped.push_str(group);
        }
        grouped.push(digit);
    }
    if fraction.is_empty() { format!("{sign}{grouped}") } else { format!("{sign}{grouped}{point}{fraction}") }
}

/// Bytes as readers know them.
pub(super) fn size(lang: Lang, bytes: i64) -> String {
    let tenths = |unit: i64| {
        let tenths = bytes.saturating_mul(10) / unit;
        format!("{}{}{}", tenths / 10, say(lang, ",", "."), tenths % 10)
    };
    match bytes {
        0..1024 => format!("{bytes} B"),
        1024..1_048_576 => format!("{} KB", bytes / 1024),
        _ => format!("{} MB", tenths(1_048_576)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn days_moments_and_numbers_are_written_as_readers_know_them() {
        assert_eq!(day(Lang::Vi, "2026-11-02"), "02/11/2026");
        assert_eq!(day(Lang::En, "2026-11-02"), "2 November 2026");
        assert_eq!(moment(Lang::Vi, "2026-11-22T03:00:00Z"), "22/11/2026 10:00");
        assert_eq!(moment(Lang::En, "2026-11-21T18:30:00Z"), "22 November 2026, 01:30");
        let written = |lang, value: Value| value.as_number().map(|n| number(lang, n));
        assert_eq!(written(Lang::Vi, json!(1_234_567.5)).as_deref(), Some("1.234.567,5"));
        assert_eq!(written(Lang::En, json!(-12345)).as_deref(), Some("−12,345"));
        assert_eq!(written(Lang::Vi, json!(2026)).as_deref(), Some("2026"));
        assert_eq!(written(Lang::Vi, json!(21.0)).as_deref(), Some("21"));
        assert_eq!((size(Lang::Vi, 1_600_000).as_str(), size(Lang::En, 900).as_str()), ("1,5 MB", "900 B"));
    }
}
