//! From when and until when something is done to a cited act.

use super::numbers;
use super::rest::Rest;
use time::Date;

/// No sentence says it further on.
const FARTHEST: usize = 1500;

/// What the words after a citation say: `… hết hiệu lực kể từ ngày 01/01/2026`, `… ngưng hiệu lực đến hết ngày 31/12/2026`.
/// The second is the first day on which it no longer is.
pub(super) fn effect(tail: Rest<'_>) -> (Option<Date>, Option<Date>) {
    told(tail).unwrap_or_default()
}

fn told(tail: Rest<'_>) -> Option<(Option<Date>, Option<Date>)> {
    let near = tail.printed.char_indices().nth(FARTHEST).and_then(|(end, _)| tail.until(end)).unwrap_or(tail);
    let stop = near.small.find(['.', ';']).unwrap_or(near.small.len());
    let sentence = near.until(stop)?;
    // A date with points is one sentence.
    let sentence = if sentence.small.ends_with(|c: char| c.is_ascii_digit()) { near } else { sentence };
    let verb = ["hiệu lực", "bãi bỏ", "thi hành"].iter().filter_map(|words| sentence.small.find(words)).min()?;
    let rest = sentence.skip(verb)?;
    let after = |words: &[&str]| {
        words.iter().find_map(|words| {
            let at = rest.small.find(words)? + words.len();
            numbers::day(rest.skip(at)?).map(|(day, _)| day)
        })
    };
    Some((after(&["kể từ ", "từ "]), after(&["đến hết ", "cho đến ", "đến "]).and_then(Date::next_day)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> (Option<Date>, Option<Date>) {
        effect(Rest { printed: text, small: text })
    }

    #[test]
    fn the_day_of_the_effect_may_be_said() {
        use time::macros::date;
        let (from, until) = said(" của chính phủ hết hiệu lực kể từ ngày 01 tháng 01 năm 2026.");
        assert_eq!((from, until), (Some(date!(2026 - 01 - 01)), None));
        assert_eq!(said(" ngưng hiệu lực thi hành đến hết ngày 31/12/2026").1, Some(date!(2027 - 01 - 01)));
        assert_eq!(said(" hết hiệu lực kể từ ngày nghị định này có hiệu lực"), (None, None));
    }
}
