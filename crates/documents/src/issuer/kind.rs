//! What sorts of bodies there are, and what their names tell.

use kernel::text;

/// A sort of issuing body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct IssuerKind {
    /// Its slug.
    pub slug: &'static str,
    /// What it is called in Vietnamese.
    pub vi: &'static str,
    /// What it is called in English.
    pub en: &'static str,
    /// What names of such bodies begin with, folded; of several that fit the longest counts.
    begins: &'static [&'static str],
    /// Where such bodies stand, where that is always the same.
    level: Option<Level>,
}

/// Where a body stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Level {
    /// Of the whole country.
    Central,
    /// Of a province or a city run by the centre.
    Province,
    /// Of a district; there have been none since 1 July 2025 (Luật 72/2025/QH15).
    District,
    /// Of a commune, a ward or a special zone.
    Commune,
    /// Anything else.
    Other,
}

impl Level {
    /// Every level.
    pub const ALL: [Self; 5] = [Self::Central, Self::Province, Self::District, Self::Commune, Self::Other];

    /// The level as it is printed.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Central => "central",
            Self::Province => "province",
            Self::District => "district",
            Self::Commune => "commune",
            Self::Other => "other",
        }
    }

    /// The level of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.as_str() == name)
    }
}

const fn kind([slug, vi, en]: [&'static str; 3], begins: &'static [&'static str], level: Option<Level>) -> IssuerKind {
    IssuerKind { slug, vi, en, begins, level }
}

const CENTRAL: Option<Level> = Some(Level::Central);

/// Every sort of body.
pub(super) const ISSUER_KINDS: &[IssuerKind] = &[
    kind(["quoc-hoi", "Quốc hội", "National Assembly"], &["quoc hoi"], CENTRAL),
    kind(
        ["ubtvqh", "Ủy ban Thường vụ Quốc hội", "Standing Committee of the National Assembly"],
        &["uy ban thuong vu quoc hoi"],
        CENTRAL,
    ),
    kind(["chu-tich-nuoc", "Chủ tịch nước", "State President"], &["chu tich nuoc"], CENTRAL),
    kind(["chinh-phu", "Chính phủ", "Government"], &["chinh phu"], CENTRAL),
    kind(["thu-tuong", "Thủ tướng Chính phủ", "Prime Minister"], &["thu tuong"], CENTRAL),
    kind(["bo", "Bộ", "Ministry"], &["bo"], CENTRAL),
    kind(
        ["co-quan-ngang-bo", "Cơ quan ngang bộ", "Ministry-level agency"],
        &["ngan hang nha nuoc viet nam", "thanh tra chinh phu", "van phong chinh phu", "uy ban dan toc"],
        CENTRAL,
    ),
    kind(["toa-an", "Tòa án nhân dân", "People's Court"], &["toa an nhan dan"], None),
    kind(["vien-kiem-sat", "Viện kiểm sát nhân dân", "People's Procuracy"], &["vien kiem sat nhan dan"], None),
    kind(["kiem-toan", "Kiểm toán nhà nước", "State Audit Office"], &["kiem toan nha nuoc"], CENTRAL),
    kind(["tong-cuc", "Tổng cục", "General department"], &["tong cuc"], CENTRAL),
    kind(["cuc", "Cục", "Department of a ministry"], &["cuc"], None),
    kind(["chi-cuc", "Chi cục", "Sub-department"], &["chi cuc"], None),
    kind(["ct-ubnd", "Chủ tịch Ủy ban nhân dân", "Chairperson of the People's Committee"], &["chu tich uy ban nhan dan"], None),
    kind(["vp-ubnd", "Văn phòng Ủy ban nhân dân", "Office of the People's Committee"], &["van phong uy ban nhan dan"], None),
    kind(["ubnd", "Ủy ban nhân dân", "People's Committee"], &["uy ban nhan dan"], None),
    kind(
        ["tt-hdnd", "Thường trực Hội đồng nhân dân", "Standing body of the People's Council"],
        &["thuong truc hoi dong nhan dan"],
        None,
    ),
    kind(
        ["vp-hdnd", "Văn phòng Hội đồng nhân dân", "Office of the People's Council"],
        &["van phong hoi dong nhan dan", "van phong doan dai bieu quoc hoi va hoi dong nhan dan"],
        None,
    ),
    kind(["hdnd", "Hội đồng nhân dân", "People's Council"], &["hoi dong nhan dan"], None),
    kind(
        ["ddbqh", "Đoàn đại biểu Quốc hội", "Delegation of National Assembly deputies"],
        &["doan dai bieu quoc hoi"],
        Some(Level::Province),
    ),
    kind(["so", "Sở", "Provincial department"], &["so"], Some(Level::Province)),
    kind(["ban", "Ban", "Board"], &["ban"], None),
    kind(["phong", "Phòng", "Division"], &["phong"], None),
    kind(["thanh-tra", "Thanh tra", "Inspectorate"], &["thanh tra"], None),
    kind(["trung-tam", "Trung tâm", "Centre"], &["trung tam"], None),
];

impl IssuerKind {
    /// The kind of this slug.
    pub fn of(slug: &str) -> Option<&'static Self> {
        ISSUER_KINDS.iter().find(|kind| kind.slug == slug)
    }
}

/// What stands after `Ủy ban nhân dân` and the like, where it tells the level. A `thành phố` may be a province or a district.
const UNITS: [(&str, Level); 8] = [
    ("tinh", Level::Province),
    ("huyen", Level::District),
    ("quan", Level::District),
    ("thi xa", Level::District),
    ("xa", Level::Commune),
    ("phuong", Level::Commune),
    ("thi tran", Level::Commune),
    ("dac khu", Level::Commune),
];

/// The words of `text` after `beginning`, where it begins with it.
fn after<'a>(text: &'a str, beginning: &str) -> Option<&'a str> {
    let rest = text.strip_prefix(beginning)?;
    if rest.is_empty() { Some(rest) } else { rest.strip_prefix(' ') }
}

/// What the name of a body tells of its kind and level.
pub(super) fn proposed(name: &str) -> (Option<&'static str>, Option<&'static str>) {
    let folded = text::one_line(&text::fold(name));
    let fits = ISSUER_KINDS.iter().flat_map(|kind| kind.begins.iter().map(move |begins| (kind, *begins)));
    let fits = fits.filter_map(|(kind, begins)| Some((kind, begins.len(), after(&folded, begins)?)));
    let Some((kind, _, rest)) = fits.max_by_key(|(_, length, _)| *length) else { return (None, None) };
    let level = kind.level.or_else(|| UNITS.iter().find_map(|(unit, level)| after(rest, unit).map(|_| *level)));
    (Some(kind.slug), level.map(Level::as_str))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn a_name_tells_kind_and_level() {
        for (name, want) in [
            ("Ủy ban nhân dân tỉnh Sông Lam", (Some("ubnd"), Some("province"))),
            ("ỦY BAN NHÂN DÂN THỊ XÃ CỬA LẠCH", (Some("ubnd"), Some("district"))),
            ("Hội đồng nhân dân thị trấn Bến", (Some("hdnd"), Some("commune"))),
            ("Ủy ban nhân dân thành phố Bến", (Some("ubnd"), None)),
            ("Chủ tịch Ủy ban nhân dân tỉnh Sông Lam", (Some("ct-ubnd"), Some("province"))),
            ("Bộ Tài chính", (Some("bo"), Some("central"))),
            ("Sở Tư pháp tỉnh Sông Lam", (Some("so"), Some("province"))),
            ("Ủy ban Thường vụ Quốc hội", (Some("ubtvqh"), Some("central"))),
            ("Quốc hội", (Some("quoc-hoi"), Some("central"))),
            ("Bộtrưởng", (None, None)),
            ("国务院", (None, None)),
        ] {
            assert_eq!(proposed(name), want, "{name}");
        }
    }

    #[test]
    fn the_schema_of_the_input_names_the_same_kinds() {
        let schema = serde_json::to_value(<crate::IssuerInput as utoipa::PartialSchema>::schema()).unwrap();
        let slugs: Vec<&str> = ISSUER_KINDS.iter().map(|kind| kind.slug).collect();
        assert_eq!(schema["properties"]["kind"]["pattern"], format!("^({})$", slugs.join("|")));
    }
}
