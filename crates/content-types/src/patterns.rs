//! Patterns, matched in linear time whatever they are.

use crate::limits;
use jsonschema::{PatternOptions, ValidationOptions};
use serde_json::json;

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
