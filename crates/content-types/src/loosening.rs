//! Whether one schema admits all that another admits.

use kernel::Row;
use serde_json::Value as Json;

/// Whether every value of `was` is one of `now`; both are schemas in their normal form. May say no
/// where yes is true, never the other way.
pub(crate) fn admits(now: &Json, was: &Json) -> bool {
    let (Some(now), Some(was)) = (now.as_object(), was.as_object()) else { return now == was };
    let keywords = now.keys().chain(was.keys().filter(|keyword| !now.contains_key(*keyword)));
    keywords.into_iter().all(|keyword| of_keyword(keyword, now, was))
}

fn of_keyword(keyword: &str, now: &Row, was: &Row) -> bool {
    let (after, before) = (now.get(keyword), was.get(keyword));
    let number = |value: Option<&Json>| value.and_then(Json::as_f64);
    match keyword {
        "description" | "x-label" | "x-enum-labels" | "additionalProperties" => true,
        "maxLength" | "maxItems" | "maximum" | "exclusiveMaximum" => match (number(after), number(before)) {
            (None, _) => true,
            (Some(after), Some(before)) => after >= before,
            (Some(_), None) => false,
        },
        "minLength" | "minItems" | "minimum" | "exclusiveMinimum" => match (number(after), number(before)) {
            (None, _) => true,
            (Some(after), Some(before)) => after <= before,
            (Some(_), None) => false,
        },
        "pattern" | "multipleOf" | "uniqueItems" => after.is_none() || after == before,
        // A closed list: all that was in it still is.
        "enum" => match (after.and_then(Json::as_array), before.and_then(Json::as_array)) {
            (Some(after), Some(before)) => before.iter().all(|choice| after.contains(choice)),
            (after, before) => after.is_none() && before.is_none(),
        },
        "required" => names(after).all(|name| names(before).any(|known| known == name)),
        "x-blocks" => match (after, before) {
            (Some(Json::Bool(true)), Some(_)) => true,
            (Some(Json::Array(after)), Some(Json::Array(before))) => before.iter().all(|kind| after.contains(kind)),
            (after, before) => after == before,
        },
        "x-media" => after == before || after.is_some_and(|kind| kind == "any"),
        "properties" => properties(after, before),
        "items" => after.zip(before).is_some_and(|(after, before)| admits(after, before)),
        _ => after == before,
    }
}

fn names(value: Option<&Json>) -> impl Iterator<Item = &str> {
    value.and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_str)
}

/// Nothing is gone, and what stayed admits what it admitted.
fn properties(after: Option<&Json>, before: Option<&Json>) -> bool {
    let (Some(after), Some(before)) = (after.and_then(Json::as_object), before.and_then(Json::as_object)) else {
        return after == before;
    };
    before.iter().all(|(name, was)| after.get(name).is_some_and(|now| admits(now, was)))
}
