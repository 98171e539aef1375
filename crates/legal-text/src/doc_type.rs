//! The kinds of documents and the symbols that stand for them in document numbers.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Serialize;

use crate::key::phrase_key;

/// A kind of document (Luật 64/2025/QH15 Điều 4 for legislation; Nghị định 30/2020/NĐ-CP Điều 7
/// and phụ lục III for administrative documents).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct DocType {
    /// The name in addresses and filters, for example `quyet-dinh`.
    pub slug: &'static str,
    /// The Vietnamese name in sentence case.
    pub name: &'static str,
    /// The symbols used in document numbers; empty where the kind has none.
    pub symbols: &'static [&'static str],
    /// The English name.
    pub english: &'static str,
}

const fn kind(slug: &'static str, name: &'static str, symbols: &'static [&'static str], english: &'static str) -> DocType {
    DocType { slug, name, symbols, english }
}

static DOC_TYPES: [DocType; 40] = [
    kind("hien-phap", "Hiến pháp", &[], "Constitution"),
    kind("bo-luat", "Bộ luật", &[], "Code"),
    kind("luat", "Luật", &[], "Law"),
    kind("phap-lenh", "Pháp lệnh", &["PL"], "Ordinance"),
    kind("sac-lenh", "Sắc lệnh", &["SL"], "Decree-Law"),
    kind("lenh", "Lệnh", &["L"], "Order"),
    kind("nghi-quyet-lien-tich", "Nghị quyết liên tịch", &["NQLT"], "Joint Resolution"),
    kind("nghi-quyet", "Nghị quyết", &["NQ"], "Resolution"),
    kind("nghi-dinh", "Nghị định", &["NĐ"], "Decree"),
    kind("thong-tu-lien-tich", "Thông tư liên tịch", &["TTLT"], "Joint Circular"),
    kind("thong-tu", "Thông tư", &["TT"], "Circular"),
    kind("quyet-dinh", "Quyết định", &["QĐ"], "Decision"),
    kind("chi-thi", "Chỉ thị", &["CT"], "Directive"),
    kind("van-ban-hop-nhat", "Văn bản hợp nhất", &["VBHN"], "Consolidated Text"),
    kind("cong-van", "Công văn", &["CV"], "Official Letter"),
    kind("cong-dien", "Công điện", &["CĐ"], "Official Telegram"),
    kind("ke-hoach", "Kế hoạch", &["KH"], "Plan"),
    kind("thong-bao", "Thông báo", &["TB"], "Notice"),
    kind("thong-cao", "Thông cáo", &["TC"], "Communiqué"),
    kind("huong-dan", "Hướng dẫn", &["HD"], "Guidance"),
    kind("ket-luan", "Kết luận", &["KL"], "Conclusion"),
    kind("bao-cao", "Báo cáo", &["BC"], "Report"),
    kind("to-trinh", "Tờ trình", &["TTr"], "Submission"),
    kind("chuong-trinh", "Chương trình", &["CTr"], "Programme"),
    kind("phuong-an", "Phương án", &["PA"], "Proposal"),
    kind("de-an", "Đề án", &["ĐA"], "Scheme"),
    kind("du-an", "Dự án", &["DA"], "Project"),
    kind("quy-che", "Quy chế", &["QC"], "Regulation"),
    kind("quy-dinh", "Quy định", &["QyĐ"], "Rules"),
    kind("bien-ban", "Biên bản", &["BB"], "Minutes"),
    kind("hop-dong", "Hợp đồng", &["HĐ"], "Contract"),
    kind("cong-bo", "Công bố", &["CB"], "Announcement"),
    kind("giay-uy-quyen", "Giấy ủy quyền", &["GUQ"], "Power of Attorney"),
    kind("giay-moi", "Giấy mời", &["GM"], "Invitation"),
    kind("giay-gioi-thieu", "Giấy giới thiệu", &["GGT"], "Letter of Introduction"),
    kind("giay-nghi-phep", "Giấy nghỉ phép", &["GNP"], "Leave Permit"),
    kind("ban-ghi-nho", "Bản ghi nhớ", &["BGN"], "Memorandum"),
    kind("ban-thoa-thuan", "Bản thỏa thuận", &["BTT"], "Agreement"),
    kind("phieu-gui", "Phiếu gửi", &["PG"], "Dispatch Note"),
    kind("phieu-chuyen", "Phiếu chuyển", &["PC"], "Transfer Note"),
];

/// No name of a kind has more words, or more bytes.
const MOST_WORDS: usize = 4;
const LONGEST: usize = 60;

/// Every kind by the key of its name, and of other names it had.
static BY_KEY: LazyLock<HashMap<u64, &'static DocType>> = LazyLock::new(|| {
    let formerly = [("Thông tư liên bộ", "thong-tu-lien-tich")];
    let former = formerly.iter().filter_map(|(name, slug)| Some((phrase_key(name), DocType::by_slug(slug)?)));
    DOC_TYPES.iter().map(|kind| (phrase_key(kind.name), kind)).chain(former).collect()
});

/// Lists every kind of document this crate knows.
pub fn doc_types() -> &'static [DocType] {
    &DOC_TYPES
}

impl DocType {
    /// Finds the kind a slug names.
    pub fn by_slug(slug: &str) -> Option<&'static DocType> {
        DOC_TYPES.iter().find(|kind| kind.slug == slug)
    }

    /// Finds the kind a symbol of a document number stands for: `QĐ-UBND` is a decision.
    /// The symbol of an official letter starts with its author (`BNV-CQĐP`), so none is found.
    pub fn by_symbol(symbol: &str) -> Option<&'static DocType> {
        let head = symbol.split(['-', '/']).next()?;
        DOC_TYPES.iter().find(|kind| kind.symbols.contains(&head))
    }

    /// Finds the kind whose name is the whole of `line`, whatever its letter case.
    pub(crate) fn by_heading(line: &str) -> Option<&'static DocType> {
        let line = line.trim_matches(|c: char| !c.is_alphanumeric());
        if line.len() > LONGEST {
            return None;
        }
        BY_KEY.get(&phrase_key(line)).copied().or_else(|| DocType::by_spaced_letters(line))
    }

    /// `Q U Y Ế T  Đ Ị N H`: a name printed letter by letter.
    fn by_spaced_letters(line: &str) -> Option<&'static DocType> {
        let spaced = line.chars().nth(1) == Some(' ') && line.split(' ').all(|letter| letter.chars().count() <= 1);
        if !spaced {
            return None;
        }
        let letters: String = line.split_whitespace().collect::<String>().to_lowercase();
        let same = |kind: &&DocType| kind.name.to_lowercase().split_whitespace().collect::<String>() == letters;
        (letters.chars().count() > 3).then(|| DOC_TYPES.iter().find(same)).flatten()
    }

    /// Finds the kind `line` begins with, and gives what follows the name.
    pub(crate) fn at_start(line: &str) -> Option<(&'static DocType, String)> {
        let words: Vec<&str> = line.split_whitespace().take(MOST_WORDS).collect();
        (1..=words.len()).rev().find_map(|count| {
            let name = words.get(..count)?.join(" ");
            let kind = BY_KEY.get(&phrase_key(&name))?;
            Some((*kind, line.split_whitespace().skip(count).collect::<Vec<_>>().join(" ")))
        })
    }

    /// Parts a name in capitals from the text a conversion has glued to it: `LUẬTĐẤT ĐAI`.
    pub(crate) fn part_glued(line: &str) -> Option<String> {
        static NAMES: LazyLock<Vec<String>> = LazyLock::new(|| DOC_TYPES.iter().map(|kind| kind.name.to_uppercase()).collect());
        if !line.chars().nth(1).is_some_and(char::is_uppercase) {
            return None;
        }
        NAMES.iter().find_map(|name| {
            let rest = line.strip_prefix(name.as_str())?;
            rest.starts_with(char::is_uppercase).then(|| format!("{name} {rest}"))
        })
    }

    /// Tells whether documents of this kind have a name of which the kind is part: `Luật Đất đai`.
    pub(crate) fn is_named(&self) -> bool {
        matches!(self.slug, "luat" | "bo-luat" | "phap-lenh" | "hien-phap")
    }

    /// Tells whether an act of this kind must say when it takes effect
    /// (Luật 64/2025/QH15 Điều 53).
    pub(crate) fn states_its_effect(&self) -> bool {
        matches!(
            self.slug,
            "luat"
                | "bo-luat"
                | "phap-lenh"
                | "nghi-quyet"
                | "nghi-quyet-lien-tich"
                | "nghi-dinh"
                | "thong-tu"
                | "thong-tu-lien-tich"
                | "quyet-dinh"
        )
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn a_symbol_names_a_kind_and_a_letter_has_none() {
        assert_eq!(DocType::by_symbol("QĐ-UBND").unwrap().slug, "quyet-dinh");
        assert_eq!(DocType::by_symbol("HD/BTGDVTW").unwrap().slug, "huong-dan");
        assert_eq!(DocType::by_symbol("BNV-CQĐP"), None);
        assert_eq!(DocType::by_symbol("QH15"), None);
    }

    #[test]
    fn the_longer_name_wins() {
        let (kind, rest) = DocType::at_start("THÔNG TƯ LIÊN TỊCH HƯỚNG DẪN").unwrap();
        assert_eq!((kind.slug, rest.as_str()), ("thong-tu-lien-tich", "HƯỚNG DẪN"));
        assert_eq!(DocType::at_start("Thông tư liên kết").unwrap().0.slug, "thong-tu");
    }

    #[test]
    fn a_heading_is_known_however_it_is_set() {
        for heading in ["QUYẾT ĐỊNH", "Q U Y Ế T  Đ Ị N H", "QUYẾT ĐỊNH:", "Quyết định"] {
            assert_eq!(DocType::by_heading(heading).map(|kind| kind.slug), Some("quyet-dinh"), "{heading}");
        }
        assert_eq!(DocType::by_heading("THÔNG TƯ LIÊN BỘ").unwrap().slug, "thong-tu-lien-tich");
        assert_eq!(DocType::by_heading("Quyết định này"), None);
    }

    #[test]
    fn slugs_are_unique() {
        let mut slugs: Vec<_> = doc_types().iter().map(|kind| kind.slug).collect();
        slugs.sort_unstable();
        slugs.dedup();
        assert_eq!(slugs.len(), doc_types().len());
    }
}
