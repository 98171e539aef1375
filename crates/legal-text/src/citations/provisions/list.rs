//! Lists and ranges of provisions: what parts their members, and what lies between two.

use super::provision::{Named, Provision};
use crate::citations::rest::Rest;
use crate::structure::number;

/// No range is longer.
const LONGEST_RANGE: u32 = 100;
/// The letters of points, each as text.
const LETTERS: [&str; 23] =
    ["a", "b", "c", "d", "đ", "e", "g", "h", "i", "k", "l", "m", "n", "o", "p", "q", "r", "s", "t", "u", "v", "x", "y"];

/// What parts the members of a list, and whether it makes a range of them.
pub(super) fn separator(rest: Rest<'_>) -> Option<(usize, bool)> {
    let mut at = rest.blanks();
    let after = rest.skip(at)?;
    let mark = after.printed.chars().next()?;
    if matches!(mark, ',' | ';') {
        at += 1;
        at += rest.skip(at)?.blanks();
        let after = rest.skip(at)?;
        at += after.word_and_blanks("và").or_else(|| after.word_and_blanks("hoặc")).unwrap_or_default();
        return Some((at, false));
    }
    if matches!(mark, '-' | '–') {
        at += mark.len_utf8();
        return Some((at + rest.skip(at)?.blanks(), true));
    }
    if let Some(length) = after.word_and_blanks("và").or_else(|| after.word_and_blanks("hoặc")) {
        return Some((at + length, false));
    }
    at += after.word_and_blanks("đến")?;
    at += rest.skip(at)?.word_and_blanks("hết").unwrap_or_default();
    Some((at, true))
}

/// The numbers between two of a range, both left out.
pub(super) fn between<'s>(first: Named<'s>, last: Named<'s>) -> Option<Vec<Named<'s>>> {
    let (Named::Number(first), Named::Number(last)) = (first, last) else { return None };
    if let (Ok(from), Ok(to)) = (first.parse::<u32>(), last.parse::<u32>()) {
        let fits = from < to && to - from < LONGEST_RANGE;
        return fits.then(|| (from + 1..to).map(Named::Between).collect());
    }
    let letter = |text: &str| text.chars().next().filter(|c| text.len() == c.len_utf8());
    let (from, to) = (number::order(letter(first)?)?, number::order(letter(last)?)?);
    let place = |letter: &str| letter.chars().next().and_then(number::order);
    let lies_between = |letter: &&str| place(letter).is_some_and(|at| from < at && at < to);
    (from < to).then(|| LETTERS.into_iter().filter(lies_between).map(Named::Number).collect())
}

/// `từ Điều 5 đến Điều 8`: both ends name their level.
pub(super) fn range<'s>(first: &[Provision<'s>], last: &[Provision<'s>]) -> Option<Vec<Provision<'s>>> {
    let ([from], [to]) = (first, last) else { return None };
    let level = from.innermost()?;
    let between = between(from.named(level)?, to.named(level)?)?;
    let inside = between.into_iter().map(|number| to.with(level, number));
    Some(std::iter::once(*from).chain(inside).chain(std::iter::once(*to)).collect())
}
