//! Languages as addresses name them (ELI: ISO 639-3).

/// Tags of two letters and the names of the same languages in addresses.
const NAMES: [(&str, &str); 14] = [
    ("vi", "vie"),
    ("en", "eng"),
    ("fr", "fra"),
    ("zh", "zho"),
    ("lo", "lao"),
    ("km", "khm"),
    ("ko", "kor"),
    ("ja", "jpn"),
    ("ru", "rus"),
    ("de", "deu"),
    ("es", "spa"),
    ("th", "tha"),
    ("pt", "por"),
    ("it", "ita"),
];

/// The name of a language in an address: `vi` → `vie`; any other tag stands for itself.
pub fn in_address(tag: &str) -> &str {
    NAMES.iter().find(|(short, _)| *short == tag).map_or(tag, |(_, name)| name)
}

/// The tag of a language that an address names: `vie` → `vi`.
pub fn from_address(name: &str) -> &str {
    NAMES.iter().find(|(_, long)| *long == name).map_or(name, |(short, _)| short)
}
