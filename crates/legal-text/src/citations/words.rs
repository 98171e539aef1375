//! Words that open references, whatever their letter case.

use super::rest::Rest;

/// A kind of document that is cited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Kind {
    /// In lower case.
    pub name: &'static str,
    /// The slug of the kind.
    pub slug: &'static str,
}

const fn kind(name: &'static str, slug: &'static str) -> Kind {
    Kind { name, slug }
}

/// Longer names before those they begin with.
const KINDS: [Kind; 37] = [
    kind("bộ luật", "bo-luat"),
    kind("báo cáo", "bao-cao"),
    kind("biên bản", "bien-ban"),
    kind("chỉ thị", "chi-thi"),
    kind("chương trình", "chuong-trinh"),
    kind("công điện", "cong-dien"),
    kind("công văn", "cong-van"),
    kind("danh mục", "danh-muc"),
    kind("đề án", "de-an"),
    kind("điều lệ", "dieu-le"),
    kind("hiến pháp", "hien-phap"),
    kind("hướng dẫn", "huong-dan"),
    kind("kế hoạch", "ke-hoach"),
    kind("kết luận", "ket-luan"),
    kind("lệnh", "lenh"),
    kind("luật", "luat"),
    kind("nghị định", "nghi-dinh"),
    kind("nghị quyết liên tịch", "nghi-quyet-lien-tich"),
    kind("nghị quyết", "nghi-quyet"),
    kind("nội quy", "noi-quy"),
    kind("pháp lệnh", "phap-lenh"),
    kind("phương án", "phuong-an"),
    kind("quy chế", "quy-che"),
    kind("quy chuẩn", "quy-chuan"),
    kind("quy định", "quy-dinh"),
    kind("quy trình", "quy-trinh"),
    kind("quyết định", "quyet-dinh"),
    kind("sắc lệnh", "sac-lenh"),
    kind("thông báo kết luận", "thong-bao"),
    kind("thông báo", "thong-bao"),
    kind("thông tư liên tịch", "thong-tu-lien-tich"),
    kind("thông tư liên bộ", "thong-tu-lien-tich"),
    kind("thông tư", "thong-tu"),
    kind("tờ trình", "to-trinh"),
    kind("văn bản hợp nhất", "van-ban-hop-nhat"),
    kind("văn bản", "van-ban"),
    kind("ý kiến", "y-kien"),
];

impl Kind {
    /// The kind whose name `rest` begins with, as a whole word.
    pub fn at(rest: Rest<'_>) -> Option<(Kind, usize)> {
        let first = rest.small.as_bytes().get(..2)?;
        KINDS.iter().filter(|kind| kind.name.as_bytes().starts_with(first)).find_map(|kind| Some((*kind, rest.word(kind.name)?)))
    }

    /// Whether its documents are known by title rather than by number.
    pub fn is_titled(&self) -> bool {
        matches!(self.slug, "luat" | "bo-luat" | "phap-lenh" | "hien-phap")
    }

    /// Whether it is issued with another document.
    pub fn is_attached(&self) -> bool {
        matches!(
            self.slug,
            "quy-che"
                | "quy-dinh"
                | "dieu-le"
                | "danh-muc"
                | "noi-quy"
                | "quy-trinh"
                | "chuong-trinh"
                | "ke-hoach"
                | "de-an"
                | "huong-dan"
                | "phuong-an"
        )
    }
}

/// Whether a reference may begin with what `small` (in small letters) begins with: most words of a text open none.
pub(super) fn may_open(small: &str) -> bool {
    let begins = |words: &[&str]| words.iter().any(|word| small.starts_with(word));
    match small.as_bytes().first() {
        Some(b'0'..=b'9') => true,
        Some(b'b') => begins(&["bộ luật", "báo cáo", "biên bản"]),
        Some(b'c') => begins(&["chương", "chỉ thị", "công điện", "công văn"]),
        Some(b'd') => small.starts_with("danh mục"),
        Some(b'h') => begins(&["hiến pháp", "hướng dẫn"]),
        Some(b'k') => begins(&["khoản", "kế hoạch", "kết luận"]),
        Some(b'l') => begins(&["luật", "lệnh"]),
        Some(b'm') => small.starts_with("mục"),
        Some(b'n') => begins(&["nghị ", "nội quy"]),
        Some(b'p') => begins(&["phụ lục", "pháp lệnh", "phương án"]),
        Some(b'q') => begins(&["quy ", "quyết định"]),
        Some(b's') => begins(&["số", "sắc lệnh"]),
        Some(b't') => begins(&["thông ", "tờ trình", "tiểu mục", "tiết"]),
        Some(b'v') => small.starts_with("văn bản"),
        Some(0xC3) => small.starts_with("ý kiến"),
        // The letter đ.
        Some(0xC4) => begins(&["điều", "điểm", "đề án"]),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    fn at(text: &str) -> Option<(Kind, usize)> {
        Kind::at(Rest { printed: text, small: &crate::lower(text) })
    }

    #[test]
    fn kinds_are_whole_words_in_any_case() {
        assert_eq!(at("NGHỊ ĐỊNH số").unwrap().0.slug, "nghi-dinh");
        assert_eq!(at("Thông tư liên tịch số").unwrap().0.slug, "thong-tu-lien-tich");
        assert_eq!(at("luật sư"), Some((kind("luật", "luat"), "luật".len())));
        assert_eq!(at("nghị định thư").map(|(_, length)| length), Some("nghị định".len()));
        assert_eq!(at("Luậtt"), None);
    }

    #[test]
    fn every_word_that_opens_a_reference_may_open_one() {
        for kind in KINDS {
            assert!(may_open(kind.name), "{}", kind.name);
        }
        for word in ["số 5", "5/2030", "phụ lục I", "chương II", "tiểu mục 1", "mục 2", "điều 3", "khoản 1", "điểm a", "tiết b"]
        {
            assert!(may_open(word), "{word}");
        }
        for word in ["theo", "các", "quan", "chính phủ", "người", ""] {
            assert!(!may_open(word), "{word}");
        }
    }
}
