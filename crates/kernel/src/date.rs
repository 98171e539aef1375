//! Plain calendar dates, `YYYY-MM-DD`.

use time::Date;
use time::macros::format_description;

/// Reads `YYYY-MM-DD`; years 0001 to 9999.
pub fn parse_date(text: &str) -> Option<Date> {
    if text.len() != 10 || !text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let date = Date::parse(text, format_description!("[year]-[month]-[day]")).ok()?;
    (date.year() >= 1).then_some(date)
}

/// Prints `YYYY-MM-DD`.
pub fn print_date(date: Date) -> String {
    format!("{:04}-{:02}-{:02}", date.year(), u8::from(date.month()), date.day())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_real_days_in_the_one_form_are_dates() {
        assert!(parse_date("2024-02-29").is_some());
        for bad in ["2023-02-29", "2024-13-45", "2024-1-1", "0000-01-01", "+024-01-01", "2024-01-01T", ""] {
            assert!(parse_date(bad).is_none(), "{bad}");
        }
        assert_eq!(parse_date("0044-03-15").map(print_date).as_deref(), Some("0044-03-15"));
    }
}
