//! The character U+0000, which PostgreSQL cannot hold.

use crate::told::{fault, under};
use kernel::FieldFault;
use serde_json::Value as Json;

/// Tells every text that has one.
pub(super) fn find(value: &Json, at: &str, faults: &mut Vec<FieldFault>) {
    match value {
        Json::String(text) if text.contains('\0') => {
            faults.push(fault(at, "nul_character", "không được có ký tự NUL", "must not hold the NUL character"));
        }
        Json::Array(items) => items.iter().enumerate().for_each(|(index, item)| find(item, &format!("{at}/{index}"), faults)),
        Json::Object(row) => row.iter().for_each(|(name, value)| find(value, &under(at, name), faults)),
        _ => {}
    }
}
