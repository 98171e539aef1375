//! Legal addresses.

use super::{etag, responses};
use crate::description::put;
use documents::Format;
use serde_json::{Map, Value, json};

/// Works, and their texts on a day.
pub(super) fn paths(add: &mut impl FnMut(&str, &str, Value)) {
    let part = |name: &str, text: &str, pattern: &str| json!({ "name": name, "in": "path", "required": true, "description": text, "schema": { "type": "string", "pattern": pattern } });
    let work = || {
        vec![
            part("issuer", "The code of the issuing authority.", "^[a-z0-9-]+([.][a-z0-9-]+)*$"),
            part("type", "The folded symbol of the number: `qd-ubnd`.", "^[a-z0-9]+(-[a-z0-9]+)*$"),
            part("year", "The year of the number, else that of issue.", "^[0-9]{4}$"),
        ]
    };
    let number = "The number as printed; behind it `~` and a provision, `.` and a form.";
    let text = "Language (ISO 639-3) and day; behind them `~` and a provision by its id, `.` and a form: `vie@2024-11-10~art_9__para_6.akn`.";
    let to = json!({ "Location": { "required": true, "schema": { "type": "string" }, "description": "Where it is." } });
    let led = |text: &str| json!({ "description": text, "headers": to });
    let forms: Map<String, Value> = Format::ALL
        .map(Format::media_type)
        .into_iter()
        .chain(["application/json", "application/ld+json"])
        .map(|media_type| {
            let kind = if media_type.ends_with("json") { "object" } else { "string" };
            (media_type.to_owned(), json!({ "schema": { "type": kind } }))
        })
        .collect();
    let mut answers = responses("303", led("To the text in force."), &[400, 401, 403, 404, 409, 410]);
    put(&mut answers, "301", led("To the present address."));
    let mut parameters = work();
    parameters.push(part("number", number, "^[0-9a-z-]+(~[A-Za-z0-9_-]+)?([.](json|jsonld|html|akn|txt|docx))?$"));
    add(
        "/eli/vn/{issuer}/{type}/{year}/{number}",
        "get",
        json!({ "operationId": "getWork", "tags": ["documents"], "summary": "A legal document by an address that can be built",
            "parameters": parameters, "responses": answers }),
    );
    let found = json!({ "description": "The text of the day, by ending or `Accept`.", "headers": etag(), "content": forms });
    let mut answers = responses("200", found, &[400, 401, 403, 404, 406, 409, 410, 413]);
    put(&mut answers, "301", led("To the present address."));
    put(&mut answers, "303", led("Without a day: to the text in force."));
    put(&mut answers, "304", json!({ "description": "The caller has it already." }));
    let mut parameters = work();
    parameters.push(part("number", "The number as printed.", "^[0-9a-z-]+$"));
    let pattern = "^[a-z]{3}(@[0-9]{4}-[0-9]{2}-[0-9]{2})?(~[A-Za-z0-9_-]+)?([.](json|jsonld|html|akn|txt|docx))?$";
    parameters.push(part("text", text, pattern));
    add(
        "/eli/vn/{issuer}/{type}/{year}/{number}/{text}",
        "get",
        json!({ "operationId": "getText", "tags": ["documents"], "summary": "The text of a legal document on a day, or a provision of it",
            "parameters": parameters, "responses": answers }),
    );
}
