//! Patterns, matched in linear time whatever they are.

use crate::limits;
use jsonschema::{PatternOptions, ValidationOptions};
use serde_json::json;

/// A telephone number, as schemas state it: at least three digits.
pub(crate) const PHONE: &str = "^[ +().-]*[0-9][ +().-]*[0-9][ +().-]*[0-9][0-9 +().-]*$";

/// What follows the scheme of an address of the web, as schemas state it.
const HOST_AND_PATH: &str =
    r#"://([A-Za-z0-9-]+\.)*[A-Za-z][A-Za-z0-9-]*(:[1-5]?[0-9]{1,4})?([/?#]([!#$&-;=?-Z_a-z~]|%[0-9A-Fa-f]{2})*)?$"#;

/// An address of the web, as schemas state it; what is typed in other letters is taken too, and percent-encoded.
pub(crate) fn address() -> String {
    format!("^[Hh][Tt][Tt][Pp][Ss]?{HOST_AND_PATH}")
}

/// An address of the web over https, as schemas state it.
pub(crate) fn https() -> String {
    format!("^[Hh][Tt][Tt][Pp][Ss]{HOST_AND_PATH}")
}

/// The options of every validator of this crate: formats are asked, nothing is fetched, and a
/// pattern can neither backtrack nor fill the memory.
pub(crate) fn options() -> ValidationOptions<'static> {
    jsonschema::draft202012::options()
        .should_validate_formats(true)
        .with_pattern_options(PatternOptions::regex().size_limit(limits::COMPILED_PATTERN))
}

/// Whether the engine takes the pattern; else what is wrong with it, in one line.
pub(crate) fn compiles(pattern: &str) -> Result<(), String> {
    match options().build(&json!({ "pattern": pattern })) {
        Ok(_) => Ok(()),
        Err(error) => Err(kernel::text::one_line(&error.to_string()).chars().take(200).collect()),
    }
}
