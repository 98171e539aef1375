//! Provisions that a sentence names: `điểm a và k khoản 2 Điều 8`, `Điều 21, 22`, `từ Điều 5 đến Điều 8`.

mod eid;
mod level;
mod list;
mod provision;

use super::rest::Rest;
pub(crate) use eid::Context;
pub(crate) use level::Level;
use level::level;
use list::{range, separator};
pub(crate) use provision::{Named, Provision};

/// No sentence names more.
const MOST: usize = 200;

/// Reads the provisions `rest` begins with, and how many bytes they take.
pub(crate) fn provisions(rest: Rest<'_>) -> Option<(Vec<Provision<'_>>, usize)> {
    let (first, length) = term(rest)?;
    let mut terms: Vec<Vec<Provision<'_>>> = vec![first];
    let mut end = length;
    while terms.iter().map(Vec::len).sum::<usize>() <= MOST {
        let Some((between, is_range)) = separator(rest.skip(end)?) else { break };
        let Some((term, length)) = term(rest.skip(end + between)?) else { break };
        let comma = rest.skip(end)?.until(between).is_some_and(|between| between.printed.trim() == ",");
        end += between + length;
        // `Khoản 1, Điều 6`: a comma between the levels of one provision.
        if comma
            && let [outer] = term.as_slice()
            && let Some(last) = terms.last_mut()
            && last.iter().all(|one| one.lies_in(outer))
        {
            for one in last {
                one.complete(outer);
            }
        } else if is_range && let Some(expanded) = terms.last().and_then(|last| range(last, &term)) {
            terms.pop();
            terms.push(expanded);
        } else {
            terms.push(term);
        }
    }
    let mut all = terms.concat();
    for at in (0..all.len().saturating_sub(1)).rev() {
        let (head, tail) = all.split_at_mut(at + 1);
        if let (Some(one), Some(next)) = (head.last_mut(), tail.first()) {
            one.complete(next);
        }
    }
    Some((all, end))
}

/// Levels right after each other, from the innermost: `điểm a và b khoản 2 Điều 5`; one provision for each number of a list.
fn term(rest: Rest<'_>) -> Option<(Vec<Provision<'_>>, usize)> {
    let mut found = vec![Provision::default()];
    let mut last: Option<Level> = None;
    let mut at = 0;
    let mut end = 0;
    while let Some((named, numbers, length)) = level(rest.skip(at)?) {
        // Outwards, or inwards when written that way round: `Điều 5 khoản 2`.
        if found.iter().any(|one| one.named(named).is_some()) || found.len() * numbers.len() > MOST {
            break;
        }
        found = numbers.iter().flat_map(|number| found.iter().map(|one| one.with(named, *number))).collect();
        last = Some(named);
        end = at + length;
        let after = rest.skip(end)?;
        let gap = after.blanks();
        let after = after.skip(gap)?;
        let of = ["của", "tại", "thuộc"].into_iter().find_map(|word| after.word_and_blanks(word));
        at = end + gap + of.unwrap_or_default();
    }
    last.map(|_| (found, end))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    fn eids(text: &str) -> Vec<String> {
        let context = Context { article: Some("7".into()), clause: Some("2".into()), ..Context::default() };
        let small = crate::lower(text);
        provisions(Rest { printed: text, small: &small })
            .map(|(found, _)| found.iter().filter_map(|one| one.eid(&context)).collect())
            .unwrap_or_default()
    }

    #[test]
    fn lists_and_ranges_are_written_out() {
        assert_eq!(eids("khoản 1 Điều 10 Nghị định"), ["art_10__para_1"]);
        assert_eq!(eids("điểm a và k khoản 2 Điều 8 của Quy chế này"), ["art_8__para_2__point_a", "art_8__para_2__point_k"]);
        assert_eq!(eids("Điều 21, 22 của Luật"), ["art_21", "art_22"]);
        assert_eq!(
            eids("khoản 1, khoản 2 và điểm đ khoản 3 Điều 5"),
            ["art_5__para_1", "art_5__para_2", "art_5__para_3__point_dd"]
        );
        assert_eq!(eids("các điều 5, 6 và 7 Luật"), ["art_5", "art_6", "art_7"]);
        assert_eq!(eids("Điều 5 đến Điều 8"), ["art_5", "art_6", "art_7", "art_8"]);
        assert_eq!(eids("khoản 1 đến khoản 3 Điều 9"), ["art_9__para_1", "art_9__para_2", "art_9__para_3"]);
        assert_eq!(eids("khoản 2 Điều này"), ["art_7__para_2"]);
        assert_eq!(eids("điểm a khoản này"), ["art_7__para_2__point_a"]);
        assert_eq!(eids("Điều 5, 2 năm"), ["art_5"]);
        assert_eq!(eids("Điều 05 và 00"), ["art_5", "art_0"]);
        assert_eq!(eids("điểm a đến điểm đ khoản 1 Điều 2").len(), 5);
        assert_eq!(eids("Khoản 1, Điều 6, Nghị định"), ["art_6__para_1"]);
        assert_eq!(eids("khoản 1, khoản 2, Điều 6"), ["art_6__para_1", "art_6__para_2"]);
        assert_eq!(eids("Điều 7a và khoản 3a Điều 9"), ["art_7a", "art_9__para_3a"]);
        assert_eq!(eids("Mục II Phụ lục I"), ["att_I__sec_2"]);
        assert_eq!(eids("điểm a khoản 1 Điều 2 và Chương III"), ["art_2__para_1__point_a", "chp_3"]);
        assert_eq!(eids("khoản 1 Điều 5 và Phụ lục I"), ["art_5__para_1", "att_I"]);
        assert!(eids("điểm danh").is_empty() && eids("khoản tiền").is_empty() && eids("Điều lệ").is_empty());
    }
}
