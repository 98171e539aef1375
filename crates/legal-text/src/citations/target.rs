//! The act that a citation means.

use super::act::Act;
use super::finder::{Finder, Scope};
use super::laws::{self, Law};
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
        /// The title of a law, without the name of the kind; with its year where a younger law bears the same, and nothing
        /// else tells them apart.
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
                issuer: super::issuer::issuer(tail),
                issued_on: issued_on.or_else(|| law.and_then(|law| law.issued_on)),
            }
        }
        Act::Titled { kind, title, law, issued_on, year } => match law {
            Some(law) => Target::Act {
                number: law.number.map(str::to_owned),
                title: Some(name(law)),
                doc_type: Some(law.kind.to_owned()),
                issuer: None,
                issued_on: law.issued_on.or(*issued_on),
            },
            None if issued_on.is_some() || year.is_some() => Target::Act {
                number: None,
                title: Some(match (year, laws::titled(kind.slug, title)) {
                    (Some(year), Some((_, known))) => laws::told_apart(title, &known, *year),
                    _ => title.clone(),
                }),
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

/// The title of a law as acts bear it; that of a constitution has the name of the kind in it.
fn name(law: &Law) -> String {
    if law.kind == "hien-phap" { format!("Hiến pháp {}", law.title) } else { law.title.to_owned() }
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

fn by_symbol(number: &str) -> Option<String> {
    let symbol = number.rsplit('/').next()?;
    crate::DocType::by_symbol(symbol).map(|kind| kind.slug.to_owned())
}
