//! Text in NFC, so that lengths and patterns are asked of what will be stored (C-38).

use serde_json::Value as Json;

/// All text of a value in NFC, names of members too.
pub(crate) fn value(value: Json) -> Json {
    match value {
        Json::String(text) => Json::String(kernel::text::nfc(text)),
        Json::Array(items) => items.into_iter().map(self::value).collect(),
        Json::Object(row) => {
            Json::Object(row.into_iter().map(|(name, value)| (kernel::text::nfc(name), self::value(value))).collect())
        }
        other => other,
    }
}
