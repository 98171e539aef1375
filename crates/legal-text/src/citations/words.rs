//! Words that open references, whatever their letter case.

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
    /// The kind whose name `text` begins with, as a whole word.
    pub fn at(text: &str) -> Option<(Kind, usize)> {
        let first = lower_first(text)?;
        KINDS.iter().filter(|kind| kind.name.starts_with(first)).find_map(|kind| Some((*kind, word(text, kind.name)?)))
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

fn lower_first(text: &str) -> Option<char> {
    let first = text.chars().next()?;
    if first.is_ascii() { Some(first.to_ascii_lowercase()) } else { first.to_lowercase().next() }
}

/// The length of `wanted` (in lower case) where `text` begins with it as a whole word, in any letter case.
pub(super) fn word(text: &str, wanted: &str) -> Option<usize> {
    let length = prefix(text, wanted)?;
    let next = text.get(length..)?.chars().next();
    (!next.is_some_and(char::is_alphanumeric)).then_some(length)
}

/// The length of `wanted` (in lower case) where `text` begins with it, in any letter case.
pub(super) fn prefix(text: &str, wanted: &str) -> Option<usize> {
    if text.as_bytes().starts_with(wanted.as_bytes()) {
        return Some(wanted.len());
    }
    let mut letters = text.chars();
    for want in wanted.chars() {
        let c = letters.next()?;
        let same = c == want
            || if c.is_ascii() {
                c.to_ascii_lowercase() == want
            } else {
                !want.is_ascii() && c.to_lowercase().eq(std::iter::once(want))
            };
        if !same {
            return None;
        }
    }
    Some(text.len() - letters.as_str().len())
}

/// How many bytes of blanks `text` begins with.
pub(super) fn blanks(text: &str) -> usize {
    text.bytes().take_while(|b| *b == b' ').count()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn kinds_are_whole_words_in_any_case() {
        assert_eq!(Kind::at("NGHỊ ĐỊNH số").unwrap().0.slug, "nghi-dinh");
        assert_eq!(Kind::at("Thông tư liên tịch số").unwrap().0.slug, "thong-tu-lien-tich");
        assert_eq!(Kind::at("luật sư"), Some((kind("luật", "luat"), "luật".len())));
        assert_eq!(Kind::at("nghị định thư").map(|(_, length)| length), Some("nghị định".len()));
        assert_eq!(Kind::at("Luậtt"), None);
    }
}
