//! JSON merge patch (RFC 7396).

use crate::Row;
use serde_json::Value;

/// Applies a merge patch: `null` removes, objects merge, everything else replaces.
pub fn merge_patch(target: &mut Row, patch: Row) {
    for (name, value) in patch {
        match value {
            Value::Null => {
                target.remove(&name);
            }
            Value::Object(inner) => {
                let mut merged = match target.remove(&name) {
                    Some(Value::Object(old)) => old,
                    _ => Row::new(),
                };
                merge_patch(&mut merged, inner);
                target.insert(name, Value::Object(merged));
            }
            other => {
                target.insert(name, other);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use serde_json::json;

    #[test]
    fn the_examples_of_the_rfc_hold() {
        for (target, patch, want) in [
            (json!({"a": "b"}), json!({"a": "c"}), json!({"a": "c"})),
            (json!({"a": "b", "b": "c"}), json!({"a": null}), json!({"b": "c"})),
            (json!({"a": ["b"]}), json!({"a": "c"}), json!({"a": "c"})),
            (json!({"a": {"b": "c"}}), json!({"a": {"b": "d", "c": null}}), json!({"a": {"b": "d"}})),
            (json!({"a": [{"b": "c"}]}), json!({"a": [1]}), json!({"a": [1]})),
            (json!({}), json!({"a": {"bb": {"ccc": null}}}), json!({"a": {"bb": {}}})),
        ] {
            let mut target = target.as_object().unwrap().clone();
            merge_patch(&mut target, patch.as_object().unwrap().clone());
            assert_eq!(serde_json::Value::Object(target), want);
        }
    }
}
