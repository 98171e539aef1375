//! The table of components.

use crate::form::nullable;
use crate::{limits, patterns};
use kernel::Row;
use serde_json::{Value as Json, json};

/// The most rows of a table block.
const ROWS: usize = 2_000;
/// The most columns of a table block.
const COLUMNS: usize = 50;
/// The most pictures of a gallery.
const PICTURES: usize = 100;

/// A component: its name and its members.
pub(super) struct Component {
    kind: &'static str,
    about: &'static str,
    members: Vec<Part>,
}

/// A member of a component.
struct Part {
    name: &'static str,
    need: Need,
    schema: Json,
}

/// Whether a member has to be there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Need {
    Required,
    Optional,
    /// Made when it is written, only sent.
    Computed,
}

/// The component of this name.
pub(super) fn component(kind: &str) -> Option<Component> {
    use Need::{Computed, Optional, Required};
    let part = |name, need, schema| Part { name, need, schema };
    let media = |kind: &str| json!({ "type": "string", "format": "uuid", "x-media": kind });
    let (kind, about, members) = match kind {
        "paragraph" => {
            let html = json!({ "type": "string", "readOnly": true, "description": "The sanitised HTML of `text`." });
            let text = part("text", Required, json!({ "type": "string", "format": "markdown", "minLength": 1 }));
            ("paragraph", "Text in Markdown.", vec![text, part("text_html", Computed, html)])
        }
        "heading" => {
            let level = json!({ "type": "integer", "minimum": 2, "maximum": 4 });
            (
                "heading",
                "A heading; the first level is the title.",
                vec![part("text", Required, line(300)), part("level", Required, level)],
            )
        }
        "image" => (
            "image",
            "One picture.",
            vec![
                part("media", Required, media("image")),
                part("caption", Optional, note(1_000)),
                part("alt", Optional, note(1_000)),
            ],
        ),
        "gallery" => {
            let mut caption = note(1_000);
            caption.as_object_mut().map(nullable);
            let item = json!({
                "type": "object", "required": ["media"], "additionalProperties": false,
                "properties": { "media": media("image"), "caption": caption, "alt": caption }
            });
            let items = json!({ "type": "array", "items": item, "minItems": 1, "maxItems": PICTURES });
            ("gallery", "Several pictures.", vec![part("items", Required, items)])
        }
        "table" => {
            let cell = json!({ "type": "string", "maxLength": 5_000 });
            let row = json!({ "type": "array", "items": cell, "minItems": 1, "maxItems": COLUMNS });
            let rows = json!({ "type": "array", "items": row, "minItems": 1, "maxItems": ROWS });
            let members =
                vec![part("header", Optional, row), part("rows", Required, rows), part("caption", Optional, note(1_000))];
            ("table", "Rows of equal length, under a header where there is one.", members)
        }
        "embed" => {
            let url = json!({ "type": "string", "format": "uri", "pattern": patterns::https(), "maxLength": limits::URL });
            ("embed", "A page of another site, over https.", vec![part("url", Required, url), part("title", Optional, note(300))])
        }
        "file" => {
            ("file", "A file to download.", vec![part("media", Required, media("any")), part("label", Optional, note(300))])
        }
        "quote" => {
            let text = json!({ "type": "string", "minLength": 1, "maxLength": 10_000 });
            ("quote", "Words of somebody else.", vec![part("text", Required, text), part("source", Optional, note(300))])
        }
        _ => return None,
    };
    Some(Component { kind, about, members })
}

/// A line that has to say something.
fn line(max: u64) -> Json {
    json!({ "type": "string", "minLength": 1, "maxLength": max })
}

/// A line that may be empty.
fn note(max: u64) -> Json {
    json!({ "type": "string", "maxLength": max })
}

impl Component {
    /// As it is written: closed, and what is optional may be null.
    pub(super) fn written(self) -> Json {
        let members = self.members.iter().filter(|part| part.need != Need::Computed);
        let properties = members.map(|part| (part.name.to_owned(), written_part(part))).collect();
        let mut schema = self.head(properties);
        schema.insert("additionalProperties".into(), false.into());
        Json::Object(schema)
    }

    /// As it is sent.
    pub(super) fn sent(self) -> Json {
        let properties = self.members.iter().map(|part| (part.name.to_owned(), written_part(part))).collect();
        Json::Object(self.head(properties))
    }

    fn head(&self, properties: Row) -> Row {
        let kind = ("type".to_owned(), json!({ "type": "string", "const": self.kind }));
        let properties: Row = std::iter::once(kind).chain(properties).collect();
        let required = self.members.iter().filter(|part| part.need == Need::Required).map(|part| part.name);
        let required: Vec<&str> = std::iter::once("type").chain(required).collect();
        let mut schema = Row::new();
        schema.insert("type".into(), "object".into());
        schema.insert("title".into(), self.kind.into());
        schema.insert("description".into(), self.about.into());
        schema.insert("required".into(), required.into());
        schema.insert("properties".into(), properties.into());
        schema
    }
}

fn written_part(part: &Part) -> Json {
    let mut schema = part.schema.clone();
    if part.need != Need::Required {
        schema.as_object_mut().map(nullable);
    }
    schema
}
