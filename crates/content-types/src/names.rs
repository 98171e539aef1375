//! Names: their form, and those that are taken.

use kernel::text::camel;

/// The longest name of a content type.
pub(crate) const MAX_TYPE: usize = 40;
/// The longest name of a property.
pub(crate) const MAX_PROPERTY: usize = 60;

/// Names that no content type may take: resources, paths and types that are there already.
const TAKEN_TYPES: &[&str] = &[
    "account",
    "accounts",
    "boolean",
    "by-path",
    "by-slug",
    "content",
    "content-type",
    "content-types",
    "date",
    "date-time",
    "document",
    "documents",
    "entries",
    "entry",
    "float",
    "id",
    "int",
    "issuer",
    "issuers",
    "json",
    "media",
    "mutation",
    "node",
    "nodes",
    "page-info",
    "path",
    "paths",
    "policies",
    "policy",
    "portal",
    "portals",
    "query",
    "release",
    "releases",
    "schedule",
    "schedules",
    "section",
    "sections",
    "string",
    "subscription",
    "translation",
    "translations",
    "transition",
    "transitions",
    "user",
    "users",
    "version",
    "versions",
    "violation",
    "violations",
    "webhook",
    "webhooks",
];

/// Endings that the types made from a content type have in GraphQL.
const TAKEN_ENDINGS: &[&str] = &["-connection", "-edge", "-filter", "-input", "-patch", "-payload", "-sort"];

/// Names that no property may take: what every entry has, and words of the filter language.
const TAKEN_PROPERTIES: &[&str] = &[
    "id",
    "type",
    "slug",
    "locale",
    "state",
    "author_name",
    "source_name",
    "source_url",
    "portal_id",
    "revision",
    "created_at",
    "updated_at",
    "published_at",
    "link_url",
    "source_line",
    "outdated",
    "locales",
    "sharing",
    "translations",
    "versions",
    "steps",
    "lang",
    "and",
    "or",
    "not",
];

/// Whether `name` has the form of the name of a type: kebab case, at most 40.
pub(crate) fn is_type_name(name: &str) -> bool {
    name.len() <= MAX_TYPE && in_words(name, '-')
}

/// Whether `name` has the form of the name of a property: snake case, at most 60.
pub(crate) fn is_property_name(name: &str) -> bool {
    name.len() <= MAX_PROPERTY && in_words(name, '_')
}

fn in_words(name: &str, separator: char) -> bool {
    let word = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    name.starts_with(|c: char| c.is_ascii_lowercase()) && name.split(separator).all(word)
}

/// Whether the name of a type, or its plural, is taken.
pub(crate) fn is_taken_type(name: &str) -> bool {
    let same = |taken: &str| camel(taken) == camel(name);
    TAKEN_TYPES.iter().any(|taken| same(taken)) || name.starts_with("x-") || TAKEN_ENDINGS.iter().any(|end| name.ends_with(end))
}

/// Whether the name of a property is taken, in REST or in GraphQL.
pub(crate) fn is_taken_property(name: &str) -> bool {
    TAKEN_PROPERTIES.iter().any(|taken| camel(taken) == camel(name))
}
