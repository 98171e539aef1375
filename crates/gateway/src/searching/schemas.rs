//! What searches answer, as JSON Schema.

use serde_json::{Value, json};

fn text(about: &str) -> Value {
    json!({ "type": "string", "description": about })
}

fn nullable(about: &str) -> Value {
    json!({ "type": ["string", "null"], "description": about })
}

fn id() -> Value {
    json!({ "type": "string", "format": "uuid", "description": "The resource." })
}

/// One resource that was found.
pub(crate) fn hit() -> Value {
    let reason = json!({ "type": "object", "required": ["name", "score"], "properties": {
        "name": text("`number`, `title`, `heading`, `words`, `tones`, `together`, `near`."), "score": { "type": "number" } } });
    json!({
        "type": "object", "description": "One resource that was found.",
        "required": ["id", "type", "title", "number", "url", "score", "highlights"],
        "properties": {
            "id": id(),
            "type": text("Its type."),
            "title": nullable("Its title."),
            "number": nullable("Its number, where it has one."),
            "url": text("Where it is read."),
            "score": { "type": "number", "description": "How well it matches: comparable within one answer only." },
            "highlights": {
                "type": "object", "description": "Pieces of `title`, `number`, `heading` and `body` as HTML, what was found in `<mark>`.",
                "additionalProperties": { "type": "array", "items": { "type": "string" } },
            },
            "matched": {
                "type": "object", "description": "The provision that matches best; absent where title and number say it all.",
                "required": ["eid", "heading", "url"], "properties": {
                    "eid": text("Its id in the text."), "heading": nullable("Number and heading as printed."),
                    "url": text("Where it is read, as of the day that was searched.") },
            },
            "explanation": { "type": "array", "description": "What the score is made of, where `explain` asks for it.", "items": reason },
        },
    })
}

/// One value of a facet.
pub(crate) fn facet_value() -> Value {
    json!({
        "type": "object", "description": "One value among what was found.", "required": ["value", "label", "count"],
        "properties": {
            "value": text("As filters take it."),
            "label": text("What people call it."),
            "count": { "type": "integer", "description": "How many of what was found have it." },
        },
    })
}

/// A title or number that goes on as the reader began to type.
pub(crate) fn suggestion() -> Value {
    json!({
        "type": "object", "description": "A title that goes on as the reader began to type.",
        "required": ["text", "number", "highlight", "type", "id", "url"],
        "properties": {
            "text": text("The title."), "number": nullable("Its number, where it has one."),
            "highlight": text("The title as HTML, what was typed in `<mark>`."),
            "type": text("The type of the resource."), "id": id(), "url": text("Where it is read."),
        },
    })
}
