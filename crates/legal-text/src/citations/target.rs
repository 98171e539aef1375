//! The act that a citation means.

use super::act::Act;
use super::finder::{Finder, Scope};
use super::laws;
use super::scan::Found;
use crate::header::iso_day;
use serde::Serialize;
use time::Date;

/// What a citation points to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "to", rename_all = "kebab-case")]
pub enum Target {
    /// The document itself, or one of its attachments.
    This {
        /// The id of the attachment.
        attachment: Option<String>,
    },
    /// Another act, with what is known of it.
    Act {
        /// Its number.
        number: Option<String>,
        /// The title of a law, without the name of the kind.
        title: Option<String>,
        /// The slug of its kind.
        doc_type: Option<String>,
        /// Who issued it, as the citing text says.
        issuer: Option<String>,
        /// The day of its issue.
        #[serde(serialize_with = "iso_day::serialize")]
        issued_on: Option<Date>,
    },
    /// It cannot be told.
    Unresolved {
        /// Why, as a stable word: `title_unknown`, `law_ambiguous`, `document_not_named`.
        reason: &'static str,
    },
}

/// Finds what a citation means; `tail` are the words after it.
pub(super) fn target((one, tail): (&Found<'_>, &str), finder: &Finder<'_>, scope: &Scope<'_>) -> Target {
    match &one.act {
        Act::Here(kind) => here(kind, finder, scope),
        Act::Numbered { kind, number, issued_on, title } => {
            if finder.header.number.as_deref() == Some(number.as_str())
                && issued_on.is_none_or(|day| finder.header.issued_on.is_none_or(|own| own == day))
            {
                return Target::This { attachment: None };
            }
            let law = laws::law_by_number(number);
            Target::Act {
                number: Some(number.clone()),
                title: title.clone().or_else(|| law.map(|law| law.title.to_owned())),
                doc_type: kind
                    .map(|kind| kind.slug)
                    .filter(|slug| *slug != "van-ban")
                    .map(str::to_owned)
                    .or_else(|| by_symbol(number)),
                issuer: issuer(tail),
                issued_on: issued_on.or_else(|| law.and_then(|law| law.issued_on)),
            }
        }
        Act::Titled { kind, title, law, issued_on, year } => match law {
            Some(law) => Target::Act {
                number: law.number.map(str::to_owned),
                title: Some(law.title.to_owned()),
                doc_type: Some(law.kind.to_owned()),
                issuer: None,
                issued_on: law.issued_on.or(*issued_on),
            },
            None if issued_on.is_some() || year.is_some() => Target::Act {
                number: None,
                title: Some(title.clone()),
                doc_type: Some(kind.slug.to_owned()),
                issuer: None,
                issued_on: *issued_on,
            },
            None if laws::titled(kind.slug, title).is_some() => Target::Unresolved { reason: "law_ambiguous" },
            None => Target::Unresolved { reason: "title_unknown" },
        },
        Act::Unnamed => match finder.amended().filter(|_| !scope.quoted) {
            Some(amended) => amended.clone(),
            None => Target::Unresolved { reason: "document_not_named" },
        },
    }
}

/// `Quy chế này` inside an attached regulation is the regulation; `Quyết định này` is the act. In quoted wording it is
/// the act that is amended.
fn here(kind: &str, finder: &Finder<'_>, scope: &Scope<'_>) -> Target {
    if scope.quoted {
        return match finder.amended() {
            Some(amended) => amended.clone(),
            None => Target::Unresolved { reason: "document_not_named" },
        };
    }
    let of_act = finder.header.doc_type.as_deref() == Some(kind);
    Target::This { attachment: scope.context.attachment.filter(|_| !of_act).map(str::to_owned) }
}

/// Words that begin the name of an authority, in lower case.
const BODIES: [&str; 17] = [
    "ủy ban",
    "uỷ ban",
    "ubnd",
    "hội đồng",
    "hđnd",
    "chính phủ",
    "thủ tướng",
    "quốc hội",
    "bộ ",
    "chủ tịch",
    "ban ",
    "sở ",
    "ngân hàng",
    "tổng cục",
    "cục ",
    "văn phòng",
    "thống đốc",
];
/// Words that end it.
const ENDS: [&str; 18] = [
    " về ",
    " quy định",
    " ban hành",
    " sửa đổi",
    " bổ sung",
    " phê duyệt",
    " hướng dẫn",
    " hết hiệu lực",
    " và ",
    " thì ",
    " để ",
    " được ",
    " công bố",
    " thay thế",
    " bãi bỏ",
    " có hiệu lực",
    " thành lập",
    " ngày ",
];

/// The authority that is named after a citation: `… của Ủy ban nhân dân tỉnh Sông Lam về …`.
fn issuer(tail: &str) -> Option<String> {
    let rest = tail.strip_prefix(" của ")?;
    let short = rest.get(..rest.char_indices().nth(120).map_or(rest.len(), |(end, _)| end))?;
    let lower = crate::lower(short);
    if lower.len() != short.len() || !BODIES.iter().any(|body| lower.starts_with(body)) {
        return None;
    }
    let marks = short.find([',', ';', '.', ':', '(', ')', '“', '”', '"']);
    let end = ENDS.iter().filter_map(|word| lower.find(word)).chain(marks).min().unwrap_or(short.len());
    let name = crate::names::body_name(short.get(..end)?.trim());
    (!name.is_empty()).then_some(name)
}

fn by_symbol(number: &str) -> Option<String> {
    let symbol = number.rsplit('/').next()?;
    crate::DocType::by_symbol(symbol).map(|kind| kind.slug.to_owned())
}
