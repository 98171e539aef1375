//! Decisions of a real office, with the text that another program read from them.

use crate::fixtures::shared;
use source_text::pdf::{Check, Coverage, Signature, extract};
use std::collections::HashMap;

const NAMES: [&str; 4] =
    ["quyet-dinh-02-2025-qd-ubnd", "quyet-dinh-04-2025-qd-ubnd", "quyet-dinh-09-2025-qd-ubnd", "quyet-dinh-64-2024-qd-ubnd"];

/// The words of `expected` that are not in `found`, as often as they are missing there.
fn missing<'t>(expected: &'t str, found: &'t str) -> Vec<&'t str> {
    let mut counts: HashMap<&'t str, usize> = HashMap::new();
    found.split_whitespace().for_each(|word| *counts.entry(word).or_default() += 1);
    let is_missing = |word: &&'t str| match counts.get_mut(word) {
        Some(count @ 1..) => {
            *count -= 1;
            false
        }
        _ => true,
    };
    expected.split_whitespace().filter(is_missing).collect()
}

#[test]
fn the_words_of_published_decisions_are_found() {
    for name in NAMES {
        let (Some(pdf), Some(text)) =
            (shared(&format!("data/legal/extra/{name}.pdf")), shared(&format!("data/legal/{name}.txt")))
        else {
            return;
        };
        let read = extract(&std::fs::read(pdf).unwrap()).unwrap();
        let expected = kernel::text::nfc(std::fs::read_to_string(text).unwrap());
        let found = read.text.text();
        let missing = missing(&expected, &found);
        // Page numbers are left out, a stamped number is one word with what follows it, and stamps take the place of dots.
        let accounted = |word: &&str| word.parse::<u32>().is_ok() || word.starts_with('/') || word.contains('…');
        assert!(missing.len() < 8 && missing.iter().all(accounted), "{name}: {missing:?}");
        assert!(read.text.scanned_pages().is_empty());
        assert_eq!(kernel::text::nfc(found.clone()), found);
    }
}

#[test]
fn numbers_and_dates_that_were_stamped_are_read_where_they_stand() {
    let heads = [
        ("quyet-dinh-02-2025-qd-ubnd", "Số: 02/2025/QĐ-UBND", "Hà Nội, ngày 17 tháng 01 năm 2025"),
        ("quyet-dinh-04-2025-qd-ubnd", "Số: 04/2025/QĐ-UBND", "Hà Nội, ngày 20 tháng 01 năm 2025"),
        ("quyet-dinh-09-2025-qd-ubnd", "Số: 09/2025/QĐ-UBND", "Hà Nội, ngày 26 tháng 02 năm 2025"),
        ("quyet-dinh-64-2024-qd-ubnd", "Số: 64/2024/QĐ-UBND", "Hà Nội, ngày 07 tháng 11 năm 2024"),
    ];
    for (name, number, date) in heads {
        let Some(pdf) = shared(&format!("data/legal/extra/{name}.pdf")) else { return };
        let text = extract(&std::fs::read(pdf).unwrap()).unwrap().text.text();
        let lines: Vec<&str> = text.lines().take(8).collect();
        assert!(lines.contains(&number) && lines.contains(&date), "{name}: {lines:?}");
    }
}

#[test]
fn days_that_were_stamped_over_dots_or_blanks_in_the_text_are_read_in_their_sentence() {
    let sentences = [
        ("quyet-dinh-02-2025-qd-ubnd", "hiệu lực từ ngày 27 tháng 01 năm 2025"),
        ("quyet-dinh-04-2025-qd-ubnd", "hiệu lực thi hành từ ngày 30 tháng 01 năm 2025."),
        ("quyet-dinh-09-2025-qd-ubnd", "hiệu lực thi hành kể từ ngày 08 tháng 3 năm 2025."),
        ("quyet-dinh-64-2024-qd-ubnd", "hiệu lực kể từ ngày 07 tháng 11 năm 2024."),
    ];
    for (name, sentence) in sentences {
        let Some(pdf) = shared(&format!("data/legal/extra/{name}.pdf")) else { return };
        let text = extract(&std::fs::read(pdf).unwrap()).unwrap().text.text();
        assert!(text.contains(sentence), "{name}");
    }
}

#[test]
fn the_signatures_of_published_decisions_are_intact_and_timestamped() {
    let mut all = 0;
    for name in NAMES {
        let Some(pdf) = shared(&format!("data/legal/extra/{name}.pdf")) else { return };
        let signatures = extract(&std::fs::read(pdf).unwrap()).unwrap().signatures;
        assert!(signatures.iter().all(Signature::is_intact), "{name}");
        assert_eq!(signatures.last().unwrap().coverage, Coverage::WholeFile);
        for signature in &signatures {
            let timestamp = signature.timestamp.as_ref().unwrap();
            assert_eq!((&timestamp.content, &timestamp.signature), (&Check::Valid, &Check::Valid));
            assert!(signature.signer.as_ref().unwrap().subject.common_name.is_some());
        }
        all += signatures.len();
    }
    assert_eq!(all, 31, "as many as pdfsig finds");
}
