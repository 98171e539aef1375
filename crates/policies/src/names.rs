//! The rules that there are, and the shape of what each says: a rule of another name would hold nowhere.

use kernel::{FieldFault, Text};
use serde_json::Value;

/// Whether a value has the shape that its rule asks for.
type Shape = fn(&Value) -> bool;

/// Every rule by name, with its shape.
const NAMES: [(&str, Shape); 11] = [
    ("advertising", |value| matches!(value.as_str(), Some("allowed" | "selected" | "forbidden"))),
    ("approval-checklist", |value| value.get("explicit").is_none_or(Value::is_boolean) && coded(value.get("items"))),
    ("domain-pattern", any),
    ("four-eyes", Value::is_boolean),
    ("minimum-translation-set", |value| {
        let types = value.get("types").and_then(Value::as_array);
        value.get("locale").is_some_and(Value::is_string) && types.is_some_and(|types| types.iter().all(Value::is_string))
    }),
    ("portal", |value| value.get("slug").is_some_and(Value::is_string)),
    ("quota", any),
    ("report-dates", any),
    ("source-line", |value| value.get("vi").is_some_and(Value::is_string)),
    ("supply-deadline", Value::is_object),
    ("takedown-grounds", |value| coded(Some(value))),
];

fn any(value: &Value) -> bool {
    !value.is_null()
}

/// A list, not empty, of what has a `code`.
fn coded(value: Option<&Value>) -> bool {
    let items = value.and_then(Value::as_array);
    items.is_some_and(|items| !items.is_empty() && items.iter().all(|item| item.get("code").is_some_and(Value::is_string)))
}

/// What is wrong with a rule of this name that says this.
pub(crate) fn check(name: &str, value: &Value) -> Option<FieldFault> {
    let Some((_, shape)) = NAMES.iter().find(|(known, _)| *known == name) else {
        let known = NAMES.map(|(known, _)| known).join(", ");
        let text = Text::new(format!("không có quy định này; có: {known}"), format!("there is no such rule; there are: {known}"));
        return Some(FieldFault::new("/name", "unknown_policy", text));
    };
    let text = Text::new(format!("không đúng dạng của {name}"), format!("not of the form of {name}"));
    (!shape(value)).then(|| FieldFault::new("/value", "wrong_shape", text))
}
