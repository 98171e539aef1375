//! What the tree of a text is, whatever the text: leaves tile it, ids are unique.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use legal_text::{find, parse};

#[test]
fn a_small_l_is_a_point_of_its_own() {
    let points: String = "abcdđeghiklm".chars().map(|letter| format!("{letter}) Việc thứ {letter};\n")).collect();
    let text = format!("Điều 1. Nhiệm vụ\n1. Sở Lam có nhiệm vụ:\n{points}2. Điểm l khoản 1 Điều 1 của Quy chế này.\n");
    let read = parse(&text);
    assert_eq!(find(&read.nodes, "art_1__para_1__point_l").unwrap().text(&text), "l) Việc thứ l;");
    assert_eq!(read.citations[0].provisions, ["art_1__para_1__point_l"]);
}

#[test]
fn a_small_l_after_a_word_is_a_misprinted_roman_one() {
    let chapter = "Chương l\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi\nQuy chế này quy định dữ liệu.\n";
    let text = format!("Điều 1. Ban hành Quy chế.\n\nQUY CHẾ\n(Ban hành kèm theo Quyết định số 5/2030/QĐ-UBND)\n\n{chapter}");
    assert_eq!(find(&parse(&text).nodes, "chp_1").unwrap().num.as_deref(), Some("I"));
}
