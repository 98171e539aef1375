//! Texts nobody would publish: nothing panics, and time grows with length only.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::time::{Duration, Instant};

use legal_text::{DocumentNumber, header};
use proptest::prelude::*;
use source_text::html::visible_text;

const DECISION: &str = "\
- 1Luật Lam 2030
ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |
TỈNH SÔNG LAM | Độc lập - Tự do - Hạnh phúc |
Số: 12/2031/QĐ- UBND | Sông Lam, ngày 05 tháng 6 năm 2031 |
QUYẾT ĐỊNH
BAN HÀNH QUY CHẾ MỞ DỮ LIỆU TỈNH SÔNG LAM
ỦY BAN NHÂN DÂN TỈNH SÔNG LAM
Căn cứ Luật Dữ liệu ngày 19 tháng 6 năm 2030; Luật Lam số 5/2030/QH20;
Căn cứ Nghị định số 7/2031/NĐ-CP ngày 1/2/2031 của Chính phủ về dữ liệu mở;
Theo đề nghị của Giám đốc Sở Lam.
QUYẾT ĐỊNH:
Điều 1. Ban hành kèm theo Quyết định này Quy chế mở dữ liệu tỉnh Sông Lam.
Điều 2. Quyết định này có hiệu lực sau 10 ngày, kể từ ngày ký.
Nơi nhận: | TM. ỦY BAN NHÂN DÂN |
- Như Điều 3; | KT. CHỦ TỊCH |
- Lưu: VT. | PHÓ CHỦ TỊCH |
| Trần Văn Lam |
QUY CHẾ
(Ban hành kèm theo Quyết định số 12/2031/QĐ-UBND ngày 05 tháng 6 năm 2031)
- Người ký: Trần Văn Lam";

/// Phrases that rules look for, repeated without the rest that would end them.
const PHRASES: [&str; 20] = [
    "TM. ",
    "KT. CHỦ TỊCH\n",
    "Số: ",
    "Số: 1/",
    "ngày ",
    "Sông Lam, ngày ",
    "Căn cứ ",
    "Căn cứ Luật;",
    "QUYẾT ĐỊNH\n",
    "Luật này có hiệu lực ",
    "Luật này có hiệu lực thi hành từ ngày ",
    "A ",
    "Á",
    "(Ban hành kèm theo Quyết định số ",
    "Nơi nhận:\n",
    "ỦY BAN NHÂN DÂN TỈNH ",
    "- 1Luật ",
    "|",
    "BAN HÀNH QUY CHẾ ",
    "<a '\"<b \">&#x",
];

#[test]
fn the_sample_is_read() {
    let read = header(DECISION);
    assert_eq!(read.number.as_deref(), Some("12/2031/QĐ-UBND"));
    assert_eq!(read.issuer.as_deref(), Some("Ủy ban nhân dân tỉnh Sông Lam"));
    assert_eq!(read.title.as_deref(), Some("Ban hành Quy chế mở dữ liệu tỉnh Sông Lam"));
    assert_eq!(read.effective_on.unwrap().to_string(), "2031-06-15");
    assert_eq!(read.signer_capacity.as_deref(), Some("KT."));
    assert_eq!(read.signer_title.as_deref(), Some("Phó Chủ tịch"));
    assert_eq!(read.signer_name.as_deref(), Some("Trần Văn Lam"));
    assert_eq!(read.legal_bases.len(), 3);
    assert_eq!(read.legal_bases[1].number.as_deref(), Some("5/2030/QH20"));
    assert!(read.warnings.is_empty(), "{:?}", read.warnings);
}

fn seconds(text: &str) -> Duration {
    let began = Instant::now();
    header(text);
    visible_text(text);
    began.elapsed()
}

#[test]
fn time_grows_with_length_only() {
    for phrase in PHRASES {
        for prefix in ["", DECISION] {
            let text = |bytes: usize| format!("{prefix}\n{}", phrase.repeat(bytes / phrase.len()));
            // Eight times the length; quadratic time would be sixty-four times as long. What a busy machine
            // adds is not there every time, what an algorithm adds is.
            let grows_with_length = (0..5).any(|_| {
                let (short, long) = (seconds(&text(15_000)), seconds(&text(120_000)));
                long < short * 24 + Duration::from_millis(400)
            });
            assert!(grows_with_length, "{phrase:?} after {} bytes", prefix.len());
        }
    }
}

#[test]
fn days_of_effect_are_read_in_time_that_grows_with_length_only() {
    for phrase in [
        "Điều 5 có hiệu lực từ ngày 01/01/2032, trừ khoản 2 Điều này, ",
        "\n2. Các quy định sau đây có hiệu lực từ ngày 01/01/2032:\na) Điều 5;\n",
        "\nĐiều 2. Quyết định này có hiệu lực từ ngày 01/01/2032, trừ khoản 1, khoản 2, Điều 5. ",
        "Quyết định này có hiệu lực, trừ Điều 7 ",
    ] {
        let read = |bytes: usize| {
            let text = format!("{DECISION}\nĐiều 9. Hiệu lực\n1. {}", phrase.repeat(bytes / phrase.len()));
            let act = legal_text::parse(&text);
            let began = Instant::now();
            legal_text::commencement(&text, &act);
            began.elapsed()
        };
        let grows_with_length = (0..5).any(|_| read(120_000) < read(15_000) * 24 + Duration::from_millis(400));
        assert!(grows_with_length, "{phrase:?}");
    }
}

#[test]
fn every_cut_of_the_sample_is_read() {
    for (at, _) in DECISION.char_indices().step_by(3) {
        header(&DECISION[..at]);
        header(&DECISION[at..]);
        visible_text(&DECISION[at..]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_text_is_read(text in any::<String>()) {
        header(&text);
        visible_text(&text);
        DocumentNumber::parse(&text);
    }

    #[test]
    fn any_mixture_of_phrases_is_read(picks in prop::collection::vec((0..PHRASES.len(), "\\PC{0,6}"), 0..60)) {
        let text: String = picks.iter().map(|(at, between)| format!("{}{between}", PHRASES[*at])).collect();
        header(&text);
        visible_text(&text);
        DocumentNumber::parse(&text);
    }

    #[test]
    fn any_mutation_of_the_sample_is_read(at in 0usize..1200, length in 0usize..80, put in "\\PC{0,8}") {
        let characters: Vec<char> = DECISION.chars().collect();
        let start = at.min(characters.len());
        let end = (start + length).min(characters.len());
        let text: String = characters[..start].iter().copied().chain(put.chars()).chain(characters[end..].iter().copied()).collect();
        header(&text);
    }
}
