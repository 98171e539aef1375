//! `Range`: which bytes of a file are asked for.

use std::ops::Range;

/// What of a file is sent.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// All of it.
    Whole,
    /// These bytes.
    Bytes(Range<u64>),
    /// None: what is asked for lies beyond its end.
    Beyond,
}

/// Reads a `Range` over a file of `size` bytes. What is not understood, and several ranges at once, mean the whole
/// (RFC 9110, 14.2).
pub(super) fn part(asked: &str, size: u64) -> Part {
    let Some((unit, range)) = asked.split_once('=') else { return Part::Whole };
    let Some((first, last)) = range.trim().split_once('-') else { return Part::Whole };
    if !unit.trim().eq_ignore_ascii_case("bytes") {
        return Part::Whole;
    }
    match (number(first), number(last)) {
        (Some(Some(first)), Some(last)) => {
            let last = last.unwrap_or(u64::MAX);
            match first {
                _ if last < first => Part::Whole,
                _ if first >= size => Part::Beyond,
                _ => Part::Bytes(first..last.saturating_add(1).min(size)),
            }
        }
        (Some(None), Some(Some(0))) => Part::Beyond,
        (Some(None), Some(Some(_))) if size == 0 => Part::Beyond,
        (Some(None), Some(Some(length))) => Part::Bytes(size.saturating_sub(length)..size),
        _ => Part::Whole,
    }
}

/// Digits, or nothing at all; one too large to be held is as far as any file goes.
fn number(text: &str) -> Option<Option<u64>> {
    let text = text.trim();
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| (!text.is_empty()).then(|| text.parse().unwrap_or(u64::MAX)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_range_is_given_and_everything_else_is_the_whole() {
        let bytes = |from, to| Part::Bytes(from..to);
        let cases = [
            ("bytes=0-0", bytes(0, 1)),
            ("bytes=0-", bytes(0, 10)),
            ("bytes=3-5", bytes(3, 6)),
            ("BYTES = 3-5", bytes(3, 6)),
            ("bytes=9-99999999999999999999999999", bytes(9, 10)),
            ("bytes=-3", bytes(7, 10)),
            ("bytes=-30", bytes(0, 10)),
            ("bytes=10-", Part::Beyond),
            ("bytes=99999999999999999999999999-", Part::Beyond),
            ("bytes=-0", Part::Beyond),
            ("bytes=5-3", Part::Whole),
            ("bytes=0-1,3-4", Part::Whole),
            ("bytes=-", Part::Whole),
            ("bytes=a-b", Part::Whole),
            ("bytes=+1-2", Part::Whole),
            ("lines=0-1", Part::Whole),
            ("", Part::Whole),
        ];
        for (asked, expected) in cases {
            assert_eq!(part(asked, 10), expected, "{asked}");
        }
    }
}
