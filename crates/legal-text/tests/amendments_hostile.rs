//! Amending acts nobody would issue: nothing panics, nothing outside the touched provisions changes, and time grows with
//! length only.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::fmt::Write;
use std::time::{Duration, Instant};

use legal_text::amendments::{Amending, Instruction, apply, instructions};
use legal_text::parse;
use proptest::prelude::*;

/// Fragments of amending acts, in any order.
const PHRASES: [&str; 26] = [
    "Điều 1. Sửa đổi, bổ sung một số điều của Quyết định số 12/2031/QĐ-UBND\n\n",
    "1. Sửa đổi, bổ sung khoản 2 Điều 3 như sau:\n\n",
    "a) Bổ sung khoản 2a vào sau khoản 2 như sau:\n\n",
    "2. Bãi bỏ Điều 2, khoản 1 và điểm a khoản 2 Điều 3.\n\n",
    "3. Thay thế cụm từ “dữ liệu” bằng cụm từ “dữ liệu dữ liệu” tại Điều 2.\n\n",
    "4. Bỏ từ “một” tại tên Điều 1; Điều 2.\n\n",
    "5. Bổ sung cụm từ “, hai” vào sau cụm từ “một” tại khoản 1 Điều 2.\n\n",
    "“2. Hai.”.\n\n",
    "“Điều 3. Ba\n\n1. Một.”;\n\n",
    "“",
    "”",
    "\"",
    "như sau:",
    "Sửa đổi, bổ sung ",
    "khoản ",
    "Điều ",
    "điểm a ",
    "cụm từ ",
    " tại ",
    "bằng ",
    "vào sau ",
    "trong toàn bộ Quyết định",
    "Chương I\n\nQUY ĐỊNH\n\n",
    "Phụ lục I\n\n",
    "của Luật Lam số 5/2030/QH20 đã được sửa đổi ",
    "3a",
];

/// A decision with so many articles, each with clauses and points.
fn base(articles: usize) -> String {
    let mut text = String::from(
        "ỦY BAN NHÂN DÂN TỈNH SÔNG LAM\nSố: 12/2031/QĐ-UBND\nSông Lam, ngày 05 tháng 6 năm 2031\n\nQUYẾT ĐỊNH\nQuy định về dữ liệu\n\n",
    );
    for article in 1..=articles {
        let _ = write!(
            text,
            "Điều {article}. Dữ liệu một\n\n1. Dữ liệu một của sở {article}.\n\n2. Dữ liệu hai của sở {article}:\n\na) Một;\n\nb) Hai.\n\n"
        );
    }
    text
}

fn amending(provisions: &str) -> String {
    format!(
        "ỦY BAN NHÂN DÂN TỈNH SÔNG LAM\nSố: 40/2032/QĐ-UBND\nSông Lam, ngày 20 tháng 3 năm 2032\n\nQUYẾT ĐỊNH\nSửa đổi, bổ sung một số điều của Quyết định số 12/2031/QĐ-UBND\n\nĐiều 1. Sửa đổi, bổ sung một số điều của Quyết định số 12/2031/QĐ-UBND\n\n{provisions}\n"
    )
}

/// The text that results, and how many instructions were applied, of how many.
fn amend(base: &str, act: &str) -> (String, usize, usize) {
    let found = instructions(act, &parse(act));
    let chosen: Vec<&Instruction> = found.iter().collect();
    let done =
        apply(base, &parse(base), Amending { number: "40/2032/QĐ-UBND", text: act, instructions: &chosen, effective_on: None });
    assert_eq!(done.applied.len() + done.not_applied.len(), chosen.len());
    assert!(!done.applied.is_empty() || done.text == base);
    (done.text, done.applied.len(), chosen.len())
}

#[test]
fn a_phrase_that_holds_itself_is_put_in_once_at_each_place() {
    let text = base(2);
    let act = amending("1. Thay thế cụm từ “sở 1” bằng cụm từ “sở 1 và sở 1” tại Điều 1.");
    let (once, applied, _) = amend(&text, &act);
    assert_eq!((applied, once.as_str()), (1, text.replace("sở 1", "sở 1 và sở 1").as_str()));
    let (twice, applied, _) = amend(&once, &act);
    assert_eq!((applied, twice), (0, once), "what was changed is not changed again");
}

#[test]
fn a_provision_changed_many_times_is_not_changed() {
    let text = base(3);
    let many: String = (1..=200).map(|number| format!("{number}. Bãi bỏ khoản 1 Điều 2.\n\n")).collect();
    assert_eq!(amend(&text, &amending(&many)), (text, 0, 200));
}

#[test]
fn long_lists_of_places_are_read() {
    let text = base(60);
    let places: Vec<String> = (1..=60).map(|article| format!("khoản 1 Điều {article}")).collect();
    let act = amending(&format!("1. Thay thế cụm từ “Dữ liệu một” bằng cụm từ “Thông tin” tại {}.", places.join(", ")));
    let (changed, applied, found) = amend(&text, &act);
    assert_eq!((applied, found), (60, 60));
    assert_eq!(changed.matches("1. Thông tin của sở").count(), 60);
    assert_eq!(changed.matches("Dữ liệu một\n").count(), 60, "the headings stay");
}

fn seconds(base: &str, act: &str) -> Duration {
    let began = Instant::now();
    std::hint::black_box(amend(base, act));
    began.elapsed()
}

#[test]
fn time_grows_with_length_only() {
    let kinds: [fn(usize) -> String; 8] = [
        |n| (1..=n).map(|n| format!("{n}. Sửa đổi khoản 1 Điều {n} như sau:\n\n“1. Mới {n}.”.\n\n")).collect(),
        |n| {
            (1..=n)
                .map(|n| format!("{n}. Thay thế cụm từ “sở {n}” bằng cụm từ “ban {n}” trong toàn bộ Quyết định.\n\n"))
                .collect()
        },
        |n| {
            (1..=n)
                .map(|n| format!("{n}. Bổ sung Điều {n}a vào sau Điều {n} như sau:\n\n“Điều {n}a. Mới\n\nMới.”.\n\n"))
                .collect()
        },
        |n| (1..=n).map(|n| format!("{n}. Bãi bỏ khoản 2 Điều 1.\n\n")).collect(),
        |n| "“".repeat(n * 40),
        |n| "1. Sửa đổi khoản 1 Điều 1 như sau:\n\n“1. ".repeat(n),
        |n| "Sửa đổi, bổ sung của Luật ".repeat(n * 2),
        |n| format!("1. Bãi bỏ {}.", "khoản 1, điểm a khoản 2 Điều 1, ".repeat(n)),
    ];
    for (at, kind) in kinds.iter().enumerate() {
        let run = |n: usize| seconds(&base(n), &amending(&kind(n)));
        // Eight times the length; quadratic time would be sixty-four times as long.
        let grows_with_length = (0..4).any(|_| {
            let (short, long) = (run(40), run(320));
            long < short * 24 + Duration::from_millis(400)
        });
        assert!(grows_with_length, "kind {at}");
    }
}

/// The provisions of the small base text with what they are in it.
const PROVISIONS: [(&str, &str); 6] = [
    ("khoản 1 Điều 1", "1. Dữ liệu một của sở 1."),
    ("điểm a khoản 2 Điều 1", "a) Một;"),
    ("khoản 1 Điều 2", "1. Dữ liệu một của sở 2."),
    ("khoản 2 Điều 2", "2. Dữ liệu hai của sở 2:\n\na) Một;\n\nb) Hai."),
    ("khoản 1 Điều 3", "1. Dữ liệu một của sở 3."),
    ("điểm b khoản 2 Điều 3", "b) Hai."),
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_mixture_of_phrases_is_applied_without_panic(
        picks in prop::collection::vec((0..PHRASES.len(), "\\PC{0,6}"), 0..40),
        bases in prop::collection::vec((0..PHRASES.len(), "\\PC{0,4}"), 0..30),
    ) {
        let text = |picks: &[(usize, String)]| -> String { picks.iter().map(|(at, between)| format!("{}{between}", PHRASES[*at])).collect() };
        amend(&text(&bases), &amending(&text(&picks)));
        amend(&base(3), &text(&picks));
    }

    #[test]
    fn any_mutation_of_an_act_is_read(at in 0usize..900, length in 0usize..60, put in "\\PC{0,8}") {
        let act = amending("1. Sửa đổi khoản 1 và bổ sung khoản 1a vào sau khoản 1 Điều 2 như sau:\n\n“1. Một.\n\n1a. Hai.”.\n\n2. Thay cụm từ “hai” bằng cụm từ “ba” tại Điều 3.");
        let characters: Vec<char> = act.chars().collect();
        let start = at.min(characters.len());
        let end = (start + length).min(characters.len());
        let mutated: String = characters[..start].iter().copied().chain(put.chars()).chain(characters[end..].iter().copied()).collect();
        amend(&base(3), &mutated);
    }

    /// Whatever is chosen, the text before, between and after the touched provisions is the same, byte for byte.
    #[test]
    fn nothing_outside_the_touched_provisions_changes(chosen in prop::collection::vec(any::<(bool, bool)>(), PROVISIONS.len())) {
        prop_assume!(chosen.iter().any(|(taken, _)| *taken));
        let text = base(4);
        let mut provisions = String::new();
        let mut expected = Vec::new();
        let mut number = 0;
        for ((name, printed), (taken, repealed)) in PROVISIONS.iter().zip(&chosen) {
            if !taken {
                continue;
            }
            number += 1;
            let mark = printed.split(' ').next().unwrap();
            if *repealed {
                let _ = write!(provisions, "{number}. Bãi bỏ {name}.\n\n");
                let end = if printed.ends_with(';') { ";" } else { "." };
                expected.push((*name, *printed, format!("{mark} (được bãi bỏ){end}")));
            } else {
                let _ = write!(provisions, "{number}. Sửa đổi {name} như sau:\n\n“{mark} Nội dung mới {number}.”.\n\n");
                expected.push((*name, *printed, format!("{mark} Nội dung mới {number}.")));
            }
        }
        let (changed, applied, found) = amend(&text, &amending(&provisions));
        prop_assert_eq!((applied, found), (expected.len(), expected.len()));
        // The provisions as they stand in the text, found from the heading of their article on.
        let mut wanted = text.clone();
        for (name, printed, new) in expected {
            let article = wanted.find(&format!("Điều {}. ", name.rsplit(' ').next().unwrap())).unwrap();
            let at = article + wanted[article..].find(printed).unwrap();
            wanted.replace_range(at..at + printed.len(), &new);
        }
        prop_assert_eq!(changed, wanted);
    }
}
