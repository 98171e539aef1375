//! Codes of bodies in legal addresses.

use kernel::{Slug, text};

/// Whether a text is a code: `lang-son.ubnd`.
pub(crate) fn is_code(code: &str) -> bool {
    !code.is_empty()
        && code
            .split(['.', '-'])
            .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()))
}

/// Bodies of local government: what their names begin with, and their part of a code.
const LOCAL_BODIES: [(&str, &str); 4] = [
    ("uy ban nhan dan", "ubnd"),
    ("hoi dong nhan dan", "hdnd"),
    ("chu tich uy ban nhan dan", "ctubnd"),
    ("doan dai bieu quoc hoi", "ddbqh"),
];
/// Words before the proper name of a unit.
const UNITS: [&str; 9] = ["tinh", "thanh pho", "quan", "huyen", "thi xa", "thi tran", "phuong", "xa", "dac khu"];

/// Proposes a code: `Ủy ban nhân dân tỉnh Lạng Sơn` → `lang-son.ubnd`, `Bộ Tài chính` → `bo-tai-chinh`.
pub(crate) fn propose_code(name: &str) -> String {
    let folded = text::one_line(&text::fold(name));
    let local = LOCAL_BODIES.iter().find_map(|(body, code)| Some((folded.strip_prefix(body)?.strip_prefix(' ')?, code)));
    let code = match local {
        Some((place, code)) => {
            let place = UNITS.iter().find_map(|unit| place.strip_prefix(unit)?.strip_prefix(' ')).unwrap_or(place);
            Slug::of(place).map(|place| format!("{}.{code}", place.as_str()))
        }
        None => Slug::of(name).map(|slug| slug.as_str().to_owned()),
    };
    let mut code = code.unwrap_or_else(|| "issuer".to_owned());
    code.truncate(90);
    code.trim_end_matches(['-', '.']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_proposed_from_names() {
        assert_eq!(propose_code("Ủy ban nhân dân tỉnh Lạng Sơn"), "lang-son.ubnd");
        assert_eq!(propose_code("HỘI ĐỒNG NHÂN DÂN THÀNH PHỐ HÀ NỘI"), "ha-noi.hdnd");
        assert_eq!(propose_code("Bộ Tài chính"), "bo-tai-chinh");
        assert!(is_code("lang-son.ubnd") && !is_code("lang-son.") && !is_code("Lang"));
    }
}
