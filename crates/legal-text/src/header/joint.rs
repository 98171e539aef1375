//! Several authorities that issue one document: `Bộ Tài chính; Bộ Tư pháp`.

use super::letterhead::begins_body;
use super::office::without_office;
use crate::names::{authority_of_code, body_name, known_name_at};

/// Names the issuers in one line, from the letterhead, the symbol or the enacting words.
pub(super) fn issuers(bodies: &[String], symbol: &str, preamble: &[String]) -> Option<String> {
    let printed = || {
        let bodies: Vec<String> = bodies.iter().flat_map(|body| parted(body)).collect();
        (bodies.len() > 1).then_some(bodies)
    };
    if let Some(lowest) = bodies.last().filter(|lowest| names_several(lowest)) {
        return Some(parted(lowest).join("; "));
    }
    let enacted = || preamble.iter().find_map(|line| of_sentence(line));
    let issuers = printed().or_else(|| of_symbol(symbol)).or_else(enacted)?;
    Some(issuers.join("; "))
}

/// Tells whether one line of a letterhead names several bodies.
pub(super) fn names_several(printed: &str) -> bool {
    printed.split(" - ").skip(1).any(|part| begins_body(part.trim()))
}

/// `BỘ TÀI CHÍNH - BỘ TƯ PHÁP` is two bodies, `BỘ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI` one.
fn parted(printed: &str) -> Vec<String> {
    let mut bodies: Vec<String> = Vec::new();
    for part in printed.split(" - ").map(str::trim).filter(|part| !part.is_empty()) {
        match bodies.last_mut() {
            Some(last) if !begins_body(part) => {
                last.push_str(" - ");
                last.push_str(part);
            }
            _ => bodies.push(part.to_owned()),
        }
    }
    let is_shared = |body: &String| body.to_lowercase().starts_with("liên ");
    bodies.into_iter().filter(|body| !is_shared(body)).map(|body| body_name(&without_office(&body))).collect()
}

/// `TTLT-BTC-BTP`: the codes after the kind's.
fn of_symbol(symbol: &str) -> Option<Vec<String>> {
    let codes = symbol.split(['-', '/']).skip(1);
    let names: Option<Vec<String>> = codes.map(|code| authority_of_code(code).map(str::to_owned)).collect();
    names.filter(|names| names.len() > 1)
}

/// `Bộ Tài chính, Viện kiểm sát nhân dân tối cao và Tòa án nhân dân tối cao thống nhất hướng dẫn như sau:`
fn of_sentence(line: &str) -> Option<Vec<String>> {
    let (before, _) = line.split_once(" thống nhất ").or_else(|| line.split_once(" hướng dẫn "))?;
    let subject = before.rsplit([';', '.', ':']).next().unwrap_or(before);
    let bodies = known_bodies(subject);
    (bodies.len() > 1).then_some(bodies)
}

/// The known bodies a text names, in order.
pub(super) fn known_bodies(text: &str) -> Vec<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut bodies = Vec::new();
    let mut at = 0;
    while let Some(rest) = words.get(at..).filter(|rest| !rest.is_empty()) {
        let known = known_name_at(rest).filter(|name| name.len() > 1 && begins_body(&name.join(" ")));
        at += known.map_or(1, <[&str]>::len);
        bodies.extend(known.map(|name| name.join(" ")));
    }
    bodies
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn issuers_are_named_in_one_line() {
        let two = Some("Bộ Lao động - Thương binh và Xã hội; Bộ Tài chính".to_owned());
        let one_line = ["BỘ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI - BỘ TÀI CHÍNH".to_owned()];
        assert_eq!(issuers(&one_line, "", &[]), two);
        let lines = ["BỘ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI".to_owned(), "BỘ TÀI CHÍNH".to_owned()];
        assert_eq!(issuers(&lines, "", &[]), two);
        assert_eq!(issuers(&[], "TTLT-BLĐTBXH-BTC", &[]), two);
        assert_eq!(issuers(&["LIÊN BỘ".to_owned()], "TTLT-BLĐTBXH-BTC", &[]), two);
        let departments = ["UBND TỈNH SÔNG LAM".to_owned(), "SỞ TƯ PHÁP - SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI".to_owned()];
        let two_departments = Some("Sở Tư pháp; Sở Lao động - Thương binh và Xã hội".to_owned());
        assert_eq!(issuers(&departments, "LS-TP-LĐTBXH", &[]), two_departments);
        let enacted =
            "Để thi hành luật; Bộ Tài chính, Viện kiểm sát nhân dân tối cao và Toà án nhân dân tối cao thống nhất hướng dẫn:";
        let three = "Bộ Tài chính; Viện kiểm sát nhân dân tối cao; Tòa án nhân dân tối cao";
        assert_eq!(issuers(&[], "", &[enacted.to_owned()]).unwrap(), three);
    }
}
