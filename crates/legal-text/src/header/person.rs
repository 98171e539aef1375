//! Names of persons.

use std::sync::LazyLock;

use regex::Regex;

use crate::key::{phrase_key, word_key};
use crate::names::capitalised;
use crate::pattern;

static RANK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:(?:gs|pgs|ts|tskh|ths|bs|bsckii|bsck2|ks|ksc?|cn|ds|ll?m)\.?\s*[.,]?\s+|(?:gs|pgs|ts|ths|bs|ks)\.\s*|(?:đại|thượng|trung|thiếu|chuẩn)\s+(?:tướng|tá|đô đốc|úy)\s*,?\s*|luật sư\s+|(?:ông|bà|đồng chí|đ/c)\s*:?\s+)+",
    )
});

const SURNAMES: [&str; 68] = [
    "nguyễn", "trần", "lê", "phạm", "hoàng", "huỳnh", "phan", "vũ", "võ", "đặng", "bùi", "đỗ", "hồ", "ngô", "dương", "lý",
    "đinh", "đoàn", "lương", "trịnh", "trương", "lâm", "mai", "tô", "tống", "đàm", "hà", "cao", "chu", "tạ", "lò", "giàng",
    "vàng", "sùng", "thào", "hầu", "nông", "vi", "quàng", "cầm", "tòng", "đào", "thái", "phùng", "kiều", "quách", "tăng", "từ",
    "la", "lưu", "triệu", "vương", "âu", "nghiêm", "doãn", "lại", "khuất", "h'", "châu", "đậu", "bạch", "thạch", "hứa", "lộc",
    "siu", "thiều", "cù", "mạc",
];

/// Tells whether a text begins with a surname that is common among signers.
pub(super) fn starts_with_surname(text: &str) -> bool {
    static KEYS: LazyLock<Vec<u64>> = LazyLock::new(|| SURNAMES.iter().map(|name| word_key(name)).collect());
    text.split_whitespace().next().is_some_and(|word| {
        let word = word.trim_end_matches(['.', ',']);
        KEYS.contains(&word_key(word)) || word.starts_with("H'") || word.starts_with("K'")
    })
}

/// How many bytes a line with a name may have.
const LONGEST_LINE: usize = 200;

/// Reads a person's name: two to six words, each with a capital and otherwise lower case.
pub(crate) fn person(text: &str) -> Option<String> {
    if text.len() > LONGEST_LINE {
        return None;
    }
    let text = without_mark(text.trim());
    let text = RANK.replace(text, "");
    let text = text.trim_matches(|c: char| !c.is_alphabetic());
    let words: Vec<&str> = text.split_whitespace().collect();
    if !(2..=6).contains(&words.len()) {
        return None;
    }
    if is_name_in_capitals(text) {
        return Some(words.iter().map(|word| capitalised(&word.to_lowercase())).collect::<Vec<_>>().join(" "));
    }
    (words.iter().all(|word| is_named(word)) && !is_other(text)).then(|| words.join(" "))
}

/// A word with a capital and otherwise lower case; `H'Lam`, `K'Lam` have two.
fn is_named(word: &str) -> bool {
    let mut before = ' ';
    let mut first = true;
    word.chars().all(|c| {
        let fits = if first || before == '\'' || before == '’' {
            c.is_uppercase() || before != ' ' && c.is_lowercase()
        } else {
            c.is_lowercase() || matches!(c, '\'' | '’')
        };
        first = false;
        before = c;
        fits
    })
}

/// `(Đã ký)` before the name.
fn without_mark(text: &str) -> &str {
    let mark =
        ["(Đã ký)", "(đã ký)", "(ĐÃ KÝ)", "(Đã kí)", "Đã ký:", "(Ký)", "(ký)"].iter().find_map(|mark| text.strip_prefix(mark));
    mark.unwrap_or(text).trim()
}

pub(super) fn is_name_in_capitals(text: &str) -> bool {
    let words = text.split_whitespace().count();
    (2..=5).contains(&words)
        && text.chars().all(|c| c.is_uppercase() || c == ' ' || c == '\'')
        && starts_with_surname(text)
        && !super::capacity::is_office_line(text)
}

/// Words that look like names of persons by their capitals.
fn is_other(text: &str) -> bool {
    const OTHERS: [&str; 18] = [
        "Nơi Nhận",
        "Việt Nam",
        "Đã Ký",
        "Phụ Lục",
        "Chủ Tịch",
        "Giám Đốc",
        "Hà Nội",
        "Phó Chủ Tịch",
        "Phó Giám Đốc",
        "Thủ Tướng",
        "Bộ Trưởng",
        "Thứ Trưởng",
        "Điều",
        "Chương",
        "Quyết Định",
        "Nghị Quyết",
        "Căn Cứ",
        "Kính Gửi",
    ];
    static KEYS: LazyLock<Vec<(usize, u64)>> =
        LazyLock::new(|| OTHERS.iter().map(|other| (other.split(' ').count(), phrase_key(other))).collect());
    let words: Vec<&str> = text.split_whitespace().collect();
    KEYS.iter().any(|(count, key)| words.get(..*count).is_some_and(|head| phrase_key(&head.join(" ")) == *key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_and_capitals_are_no_part_of_a_name() {
        for printed in [
            "Đại tướng Trần Văn Lam",
            "TRẦN VĂN LAM",
            "(Đã ký) Trần Văn Lam",
            "TS. Trần Văn Lam",
            "PGS.TS. Trần Văn Lam",
            "Trần Văn Lam.",
        ] {
            assert_eq!(person(printed).as_deref(), Some("Trần Văn Lam"), "{printed}");
        }
        assert_eq!(person("H'Lam Niê").as_deref(), Some("H'Lam Niê"));
        for other in ["Sở Tài chính", "Phó Chủ Tịch", "Hà Nội", "Lam"] {
            assert_eq!(person(other), None, "{other}");
        }
    }
}
