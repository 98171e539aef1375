//! Issuing authorities (cơ quan ban hành).

use crate::Error;
use crate::content::is_told;
use kernel::{FieldFault, Slug, Text, text};
use serde::{Deserialize, Serialize};
use store::Refusal;
use utoipa::ToSchema;
use validator::Validate;

/// An issuing authority: who signs and issues legal documents.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[schema(title = "Issuer")]
pub struct Issuer {
    /// Stable id.
    #[schema(format = "uuid")]
    pub id: String,
    /// Always `issuer`.
    pub r#type: String,
    /// Full name, e.g. `Ủy ban nhân dân tỉnh Lạng Sơn`.
    pub name: String,
    /// Its name as a slug.
    pub slug: String,
    /// Its code in legal addresses, e.g. `lang-son.ubnd`.
    pub code: String,
    /// Counts every change.
    pub revision: i64,
    /// When it was entered.
    #[schema(format = DateTime)]
    pub created_at: String,
    /// When it was last changed.
    #[schema(format = DateTime)]
    pub updated_at: String,
}

/// A new issuing authority.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(title = "IssuerInput")]
pub struct IssuerInput {
    /// Full name; no other authority has it, wherever the tone marks are written.
    #[schema(
        min_length = 1,
        max_length = 300,
        pattern = r"^[^\u0000-\u001f]*[0-9A-Za-z\u00c0-\u167f\u1681-\u1fff\u2c00-\u2fff\u3040-\ud7ff][^\u0000-\u001f]*$"
    )]
    #[validate(length(max = 300))]
    pub name: String,
    /// Slug, made of the name unless given.
    #[schema(nullable = false, max_length = 200, pattern = "^[a-z0-9]+(-[a-z0-9]+)*$")]
    #[validate(length(max = 200))]
    pub slug: Option<String>,
    /// Code in legal addresses, made of the name unless given: `lang-son.ubnd`.
    #[schema(nullable = false, max_length = 100, pattern = r"^[a-z0-9]+([.-][a-z0-9]+)*$")]
    #[validate(length(max = 100))]
    pub code: Option<String>,
}

/// The checked content of an issuing authority; slug and code may still have to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct IssuerContent {
    pub name: String,
    pub slug: Option<String>,
    pub code: Option<String>,
}

impl IssuerContent {
    pub fn parse(input: IssuerInput) -> Result<Self, Error> {
        let mut faults = Vec::new();
        let mut require = |holds: bool, pointer: &str, code: &'static str, vi: &str, en: &str| {
            if !holds {
                faults.push(FieldFault::new(pointer, code, Text::new(vi, en)));
            }
        };
        let name = text::nfc(text::one_line(&input.name));
        let long = input.validate().is_err();
        require(!long, "/name", "too_long", "dài quá giới hạn", "longer than the limit");
        require(is_told(&name), "/name", "blank", "không được để trống", "must not be blank");
        let slug_fits = input.slug.as_deref().is_none_or(|slug| Slug::parse(slug).is_some());
        require(slug_fits, "/slug", "invalid_slug", "không phải là slug", "not a slug");
        let code_fits = input.code.as_deref().is_none_or(is_code);
        require(code_fits, "/code", "invalid_code", "không phải là mã cơ quan", "not a code");
        if faults.is_empty() {
            Ok(Self { name, slug: input.slug, code: input.code })
        } else {
            Err(Error::Refused(Refusal::Invalid(faults)))
        }
    }
}

fn is_code(code: &str) -> bool {
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
