//! Fields as a writer sends them, read into a document; what is wrong with each is told by name.

use crate::error::Error;
use crate::input::DocumentInput;
use kernel::{FieldFault, Row, Text};
use serde_json::Value;
use store::Refusal;

/// What a line may tell besides the fields of a document.
const BESIDE: [&str; 3] = ["issuer_code", "file", "files"];

/// Reads the fields; each that is unknown or of another form is named.
pub(super) fn input(fields: Row) -> Result<DocumentInput, Error> {
    let read = |fields: Row| serde_json::from_value::<DocumentInput>(Value::Object(fields));
    let Ok(input) = read(fields.clone()) else {
        let known = known();
        // All that there are stand in one line once.
        let mut listed = false;
        let alone = fields.into_iter().filter_map(|(name, value)| {
            read(Row::from_iter([(name.clone(), value)])).err()?;
            let text = if known.contains(&name) { form(&name) } else { unknown(&name, &known, &mut listed) };
            // The name is the sender's own text: its form is the one of a JSON pointer.
            let pointer = format!("/{}", name.replace('~', "~0").replace('/', "~1"));
            Some(FieldFault::new(pointer, "invalid_field", text))
        });
        return Err(Error::Refused(Refusal::Invalid(alone.collect())));
    };
    Ok(input)
}

/// The names of all fields.
fn known() -> Vec<String> {
    let every = serde_json::to_value(DocumentInput { state: Some(crate::State::Draft), ..Default::default() });
    let every = every.ok().and_then(|every| every.as_object().map(|every| every.keys().cloned().collect::<Vec<_>>()));
    every.unwrap_or_default().into_iter().chain(BESIDE.map(str::to_owned)).collect()
}

fn form(name: &str) -> Text {
    match name {
        "legal_bases" => Text::new(
            "phải là danh sách các đối tượng {number, title, issued_on}",
            "must be a list of objects {number, title, issued_on}",
        ),
        _ => Text::new("phải là văn bản", "must be text"),
    }
}

fn unknown(name: &str, known: &[String], listed: &mut bool) -> Text {
    let nearest = known.iter().map(|known| (strsim::damerau_levenshtein(name, known), known)).min();
    // A slip or two, of a short name fewer.
    if let Some((_, meant)) = nearest.filter(|(slips, _)| *slips <= (name.chars().count() / 3).clamp(1, 3)) {
        return Text::new(
            format!("không có trường này; gần nhất là {meant}"),
            format!("there is no such field; the nearest is {meant}"),
        );
    }
    if std::mem::replace(listed, true) {
        return Text::new("không có trường này", "there is no such field");
    }
    let all = known.join(", ");
    Text::new(format!("không có trường này; dùng được: {all}"), format!("there is no such field; there are: {all}"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use kernel::{Fault, Lang};
    use serde_json::json;

    fn faults(fields: Value) -> Vec<String> {
        let told = input(fields.as_object().unwrap().clone()).unwrap_err().fields();
        let mut lines: Vec<String> = told.iter().map(|fault| format!("{} {}", fault.pointer, fault.text.get(Lang::En))).collect();
        lines.sort_unstable();
        lines
    }

    #[test]
    fn a_slip_is_told_with_what_was_meant_and_all_names_once() {
        let told = faults(json!({ "tilte": "x", "number": 5, "legal_bases": [{ "name": 1 }] }));
        assert_eq!(
            told,
            [
                "/legal_bases must be a list of objects {number, title, issued_on}",
                "/number must be text",
                "/tilte there is no such field; the nearest is title",
            ]
        );
        let told = faults(json!({ "color": 1, "price": 2, "a/b~": 3 }));
        assert_eq!(told.iter().filter(|line| line.contains("signer_capacity")).count(), 1, "{told:?}");
        assert!(told.iter().all(|line| line.len() < 400), "{told:?}");
    }
}
