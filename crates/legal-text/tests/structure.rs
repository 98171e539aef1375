//! What the tree of a text is, whatever the text: leaves tile it, ids are unique.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod hostile_texts;

use legal_text::{Change, Kind, Version, compare, find, parse, walk};
use proptest::prelude::*;
use std::collections::HashSet;

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

#[test]
fn a_text_with_the_same_ids_twice_does_not_differ_from_itself() {
    let article = "Điều 3. Lam\n1. Một.\n2. Hai.\n";
    for text in [format!("Điều 2. A\n{article}\n{article}\nĐiều 4. B\n"), "Chương I\nA\nChương I\nB\nĐiều 1. C\n".repeat(2)]
    {
        let read = parse(&text);
        let version = || Version { text: &text, read: &read };
        assert!(compare(version(), version()).iter().all(|found| found.change == Change::Same), "{text}");
    }
}

/// The ids of the articles and clauses of a decision with these lines.
fn ids(lines: &str) -> Vec<String> {
    let read = parse(lines);
    let found = walk(&read.nodes).filter(|node| matches!(node.kind, Kind::Article | Kind::Clause));
    found.map(|node| node.eid.clone()).collect()
}

#[test]
fn an_article_whose_heading_is_lost_keeps_its_number() {
    let lost = [
        // After an article without clauses.
        ("Điều 1. Phạm vi\nQuy chế này quy định dữ liệu.\n1. Sở Lam làm.\n2. Xã làm.\nĐiều 3. Thi hành\n", "art_2"),
        // After the heading of a chapter whose number is lost too.
        ("Điều 1. Phạm vi\nMọi dữ liệu.\nTRÁCH NHIỆM CHUNG\n1. Sở Lam làm.\n2. Xã làm.\nĐiều 3. Thi hành\n", "art_2"),
        // After clauses; a heading in capitals stands before the next.
        ("Điều 1. Việc\n1. Một.\n2. Hai.\n1. Sở Lam làm.\n2. Xã làm.\nKIỂM TRA VÀ BÁO CÁO\nĐiều 3. Thi hành\n", "art_2"),
    ];
    for (lines, article) in lost {
        let found = ids(lines);
        assert!(found.contains(&article.to_owned()) && found.contains(&format!("{article}__para_2")), "{found:?}");
        assert!(parse(lines).warnings.iter().any(|warning| warning.code == "missing_heading"), "{lines}");
    }
    // No number is missing: the sentences before the clauses introduce them.
    let whole = "Điều 1. Phạm vi\nQuy chế này quy định dữ liệu.\n1. Sở Lam làm.\n2. Xã làm.\nĐiều 2. Thi hành\n";
    assert_eq!(ids(whole), ["art_1", "art_1__para_1", "art_1__para_2", "art_2"]);
}

#[test]
fn an_article_right_below_the_heading_of_a_chapter_is_one_whatever_its_number() {
    let text = "Chương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi\nMọi dữ liệu mở.\nChương II\nĐIỀU KHOẢN THI HÀNH\n\n\
        Điều 12. Hiệu\nlực thi hành\n\nQuy chế này có hiệu lực từ ngày 01/3/2031.\n";
    assert_eq!(ids(text), ["chp_1__art_1", "chp_2__art_12"]);
    assert!(parse(text).warnings.iter().any(|warning| warning.code == "gap"));
}

#[test]
fn the_chapters_of_a_form_that_an_article_names_are_none_of_the_act() {
    let text = "Điều 1. Phạm vi\nMọi gói thầu.\nĐiều 2. Mẫu hồ sơ\nMẫu hồ sơ gồm những nội dung sau:\nPhần thứ nhất.\n\
        Chỉ dẫn chung\nChương I.\nYêu cầu nộp hồ sơ\nChương II.\nTiêu chuẩn đánh giá\nMẫu này được dùng tại Sông Lam.\n\
        Điều 3. Thi hành\n1. Sở Lam thi hành.\n2. Các xã thi hành.\n";
    assert_eq!(ids(text), ["art_1", "art_2", "art_3", "art_3__para_1", "art_3__para_2"]);
    let read = parse(text);
    assert!(!walk(&read.nodes).any(|node| node.kind.groups_articles()));
}

#[test]
fn what_machines_misread_in_scans_is_read() {
    let glued = "Mục 1. MỘT TÚI HỒ SƠĐiều 1. Quy trình 1. Chuẩn bị hồ sơ mời thầu của gói thầu. 2. Tổ chức lựa chọn.\n\
        14 3. Doanh nghiệp lập và gửi hồ sơ quyết toán cho cơ quan ký kết hợp đồng.\n4, Báo cáo tình hình.\n\
        Điền 2. Thi hành\nNgày 1 tháng 1.\n";
    let article = "sec_1__art_1";
    let clauses = (1..=4).map(|clause| format!("{article}__para_{clause}"));
    let wanted: Vec<String> = [article.to_owned()].into_iter().chain(clauses).chain(["sec_1__art_2".to_owned()]).collect();
    assert_eq!(ids(glued), wanted);
}

#[test]
fn what_was_made_to_be_slow_is_read_like_any_text() {
    for (name, text) in hostile_texts::of_length(6_000) {
        sound(&text, &name);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn any_text_is_tiled(text in any::<String>()) {
        sound(&text, &text);
    }

    #[test]
    fn any_mixture_of_marks_is_tiled(picks in prop::collection::vec((0..MARKS.len(), "\\PC{0,6}"), 0..80)) {
        let text: String = picks.iter().map(|(at, between)| format!("{}{between}", MARKS[*at])).collect();
        sound(&text, &text);
    }
}

/// What opens or ends something.
const MARKS: [&str; 24] = [
    "Điều 1. Lam\n",
    "Điều 2. ",
    "Điều\n",
    "Chương I\n",
    "Mục 1\n",
    "Phần thứ nhất\n",
    "1. Sửa đổi:\n",
    "2. ",
    "a) ",
    "đ) ",
    "l) ",
    "a.1) ",
    "- ",
    "+ ",
    "“",
    "”.\n",
    "\"",
    "|",
    "\t",
    "\n",
    "Nơi nhận:\n",
    "TM. ỦY BAN\n",
    "PHỤ LỤC I\n",
    "QUY CHẾ\n(Ban hành kèm theo Quyết định số 5/2030/QĐ-UBND)\n",
];

/// Leaves tile the text, spans lie between characters and inside those of what holds them, ids are unique.
fn sound(text: &str, name: &str) {
    let read = parse(text);
    let mut ids = HashSet::new();
    let mut until = 0;
    for node in walk(&read.nodes) {
        let (start, end) = node.span;
        assert!(text.get(start..end).is_some_and(|own| !own.is_empty()), "{name}: {} is no span of characters", node.eid);
        assert!(ids.insert(&node.eid), "{name}: {} is no id of one node", node.eid);
        let inside = node.children.iter().all(|child| start <= child.span.0 && child.span.1 <= end);
        assert!(inside, "{name}: a part of {} lies outside", node.eid);
        if node.is_leaf() {
            assert!(text.get(until..start).is_some_and(|gap| gap.trim().is_empty()), "{name}: {} leaves text out", node.eid);
            until = end;
        }
    }
    assert!(text[until..].trim().is_empty(), "{name}: the end is in no leaf");
    for citation in &read.citations {
        assert!(text.get(citation.span.0..citation.span.1).is_some(), "{name}: {} is no span", citation.text);
        assert!(ids.contains(&citation.eid), "{name}: {} is the id of nothing", citation.eid);
    }
}

#[test]
fn the_last_article_may_have_the_number_of_the_one_before_it() {
    let text = "Điều 1. Phạm vi\nMọi dữ liệu mở.\nĐiều 2. Tổ chức\n1. Sở Lam làm.\n2. Xã làm.\nĐiều 2. Thi hành\n1. Sở Lam.\n";
    assert_eq!(ids(text), ["art_1", "art_2", "art_2__para_1", "art_2__para_2", "art_2-2", "art_2-2__para_1"]);
    assert!(parse(text).warnings.iter().any(|warning| warning.code == "duplicate"));
    // A citation below an introduction is none.
    let cites = "Điều 1. Phạm vi\nMọi dữ liệu.\nĐiều 2. Tổ chức\nThực hiện theo:\nĐiều 2. Quy chế Lam.\n";
    assert_eq!(ids(cites), ["art_1", "art_2"]);
}

#[test]
fn sections_whose_names_stand_in_small_letters_number_their_clauses_anew() {
    let text = "Thông tư hướng dẫn dữ liệu mở\nI. những quy định chung\n1. Phạm vi\nThông tư này áp dụng tại Sông Lam.\n\
        2. Đối tượng (các sở)\nIi. hướng dẫn mở dữ liệu\n1. Mở dữ liệu.\n2. Sửa dữ liệu.\nIii. tổ chức thực hiện\n1. Sở Lam thi hành.\n";
    assert_eq!(ids(text), ["sec_1__para_1", "sec_1__para_2", "sec_2__para_1", "sec_2__para_2", "sec_3__para_1"]);
    let read = parse(text);
    assert_eq!(find(&read.nodes, "sec_2").unwrap().num.as_deref(), Some("Ii"));
}

#[test]
fn a_comma_after_a_letter_may_stand_for_a_bracket() {
    let text =
        "Điều 1. Quy hoạch\n1. Mở dữ liệu:\na, Dữ liệu đất đai:\n- Bản đồ.\nb, Dữ liệu đầu tư theo điểm a,\nb, c khoản 2.\n";
    let read = parse(text);
    let points: Vec<&str> = walk(&read.nodes).filter(|node| node.kind == Kind::Point).map(|node| node.eid.as_str()).collect();
    assert_eq!(points, ["art_1__para_1__point_a", "art_1__para_1__point_b"]);
}
