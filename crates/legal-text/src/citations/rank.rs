//! How high acts stand: none changes or ends one that stands above it (Luật Ban hành văn bản quy phạm pháp luật).

use super::relation::Relation;
use super::target::Target;
use crate::header::Header;

/// Whether an act with this header can do this with the act that is meant. Where it is not known how high one of them
/// stands, it can.
pub(super) fn can(header: &Header, relation: Relation, target: &Target) -> bool {
    let changes = matches!(
        relation,
        Relation::Amends
            | Relation::Supplements
            | Relation::Replaces
            | Relation::Repeals
            | Relation::Corrects
            | Relation::Suspends
    );
    let Target::Act { number, doc_type, .. } = target else { return true };
    if !changes {
        return true;
    }
    let own = height(header.number.as_deref(), header.doc_type.as_deref());
    let own = own.or_else(|| local(header.issuer.as_deref()?));
    let other = height(number.as_deref(), doc_type.as_deref());
    own.zip(other).is_none_or(|(own, other)| other <= own)
}

/// From 1, an act of a province, to 6, a law.
fn height(number: Option<&str>, doc_type: Option<&str>) -> Option<u8> {
    let suffix = number.and_then(|number| number.rsplit('/').next()).unwrap_or_default().to_uppercase();
    let has = |words: &[&str]| words.iter().any(|word| suffix.contains(word));
    match doc_type {
        _ if has(&["UBND", "HĐND"]) => Some(1),
        _ if suffix.starts_with("TT-") || suffix.starts_with("TTLT") => Some(2),
        _ if suffix.ends_with("-TTG") => Some(3),
        _ if suffix.ends_with("-CP") => Some(4),
        _ if has(&["UBTVQH"]) => Some(5),
        _ if suffix.starts_with("QH") => Some(6),
        Some("hien-phap" | "luat" | "bo-luat") => Some(6),
        Some("phap-lenh") => Some(5),
        Some("nghi-dinh") => Some(4),
        Some("thong-tu" | "thong-tu-lien-tich") => Some(2),
        _ => None,
    }
}

fn local(issuer: &str) -> Option<u8> {
    ["Ủy ban nhân dân", "Hội đồng nhân dân", "Chủ tịch Ủy ban nhân dân"].iter().any(|name| issuer.starts_with(name)).then_some(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acts_have_heights() {
        let by_number = |number: &str| height(Some(number), None);
        assert_eq!(by_number("43/2020/QĐ-UBND"), Some(1));
        assert_eq!(by_number("12/2025/TT-BXD"), Some(2));
        assert_eq!(by_number("749/QĐ-TTg"), Some(3));
        assert_eq!(by_number("43/2011/NĐ-CP"), Some(4));
        assert_eq!(by_number("25/2008/UBTVQH12"), Some(5));
        assert_eq!(by_number("72/2025/QH15"), Some(6));
        assert_eq!(by_number("2418/QĐ-BTTTT"), None);
        assert_eq!(height(None, Some("luat")), Some(6));
    }
}
