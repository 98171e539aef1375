//! Content types as data: one definition, and everything that derives from it.
//!
//! A content type is a JSON Schema (2020-12) with annotations. [`Definition::parse`] reads it and tells
//! everything that is wrong at once, each fault at a JSON pointer and in Vietnamese and English. From a
//! definition come the schemas of what is written and what is sent, the check of data and their stored
//! form, the values that lists are filtered and sorted by, the references, the words of full-text search,
//! and what a change of the definition means for the entries that are there ([`compare`]).
//!
//! Everything is pure: no input or output, no clock. Whatever is given, the work grows with its length
//! only: patterns never backtrack, Markdown and HTML that a parser would stumble over are refused.
//!
//! ```
//! let tour = content_types::Definition::parse(&serde_json::json!({
//!     "name": "tour-route", "plural": "tour-routes", "title": { "vi": "Tuyến du lịch", "en": "Tour route" },
//!     "schema": { "type": "object", "required": ["title"], "properties": {
//!         "title": { "type": "string", "maxLength": 300, "x-localizable": true, "x-searchable": true },
//!         "body": { "type": "string", "format": "markdown", "x-localizable": true, "x-required-to-publish": true },
//!         "length_km": { "type": "number", "minimum": 0, "x-filterable": true, "x-sortable": true },
//!         "guide": { "type": "string", "format": "uuid", "x-relation": "official" }
//!     } }
//! })).map_err(|faults| format!("{faults:?}"))?;
//! let given = serde_json::json!({ "title": "Sìn Hồ", "body": "Đường **đèo**." });
//! let stored = tour.check(given.as_object().cloned().unwrap_or_default()).map_err(|faults| format!("{faults:?}"))?;
//! assert_eq!(stored["body_html"], "<p>Đường <strong>đèo</strong>.</p>\n");
//! assert_eq!(stored["body_text"], "Đường đèo.");
//! # Ok::<(), String>(())
//! ```
//!
//! # Kinds of fields
//!
//! | kind | written as | keywords |
//! |---|---|---|
//! | text | `"type": "string"` | `minLength` `maxLength` `pattern` |
//! | choice | `"type": "string", "enum": […]` | `x-enum-labels` `{value: {vi, en}}`; 1 to 500 values |
//! | rich text | `"format": "markdown"` | `minLength` `maxLength`; companions `…_html` and `…_text` are computed |
//! | date, moment | `"format": "date"`, `"date-time"` | a real day; RFC 3339 with offset |
//! | e-mail, address, telephone | `"format": "email"`, `"uri"`, `"phone"` | `pattern`, and `maxLength` of the first two; http and https only |
//! | number | `"type": "number"`, `"integer"` | `minimum` `maximum` `exclusiveMinimum` `exclusiveMaximum` `multipleOf` |
//! | truth | `"type": "boolean"` | |
//! | interval | `"type": "object", "format": "interval"` | `{start, end}`, both days or both moments; an open one has no end |
//! | place | `"type": "object", "format": "geo-point"`, `"geo-area"` | a GeoJSON Point or Polygon, longitude first |
//! | relation | `"type": "string", "format": "uuid", "x-relation": "official"` | the name of a type |
//! | media | `"type": "string", "format": "uuid", "x-media": "image"` | `image` `video` `audio` `file` `any` |
//! | object | `"type": "object", "properties": {…}` | `required`; three deep at most |
//! | list | `"type": "array", "items": {…}` | `minItems` `maxItems` `uniqueItems`; of anything above but rich text and lists |
//! | blocks | `"type": "array", "x-blocks": true` or `["paragraph", …]` | `minItems` `maxItems`; components of [`blocks::KINDS`] |
//!
//! Any other keyword is refused, `$ref`, `anyOf` and a misspelt annotation among them: what is stated is
//! what is done.
//!
//! # Annotations of a field
//!
//! | annotation | meaning |
//! |---|---|
//! | `x-label` `{vi, en}`, `description` | what editors see; inside objects too |
//! | `x-localizable` | each language has a value of its own; else all share one |
//! | `x-searchable` | full-text search finds its words; of text, rich text, blocks, and objects that hold some |
//! | `x-filterable` | lists can be filtered by it; text is at most 500 characters then, a list 500 items |
//! | `x-sortable` | lists can be sorted by it; not by lists and references |
//! | `x-required-to-publish` | a draft may do without it, a published entry may not |
//!
//! # Limits
//!
//! A definition has 64 KiB and 100 properties in an object; the own fields of an entry have 1 MiB of JSON,
//! a list 10,000 items, references and blocks 500, an area 10,000 positions.

pub mod blocks;
mod check;
mod compare;
mod definition;
mod faults;
mod field;
mod form;
mod limits;
mod loosening;
mod names;
mod nfc;
mod parse;
mod patterns;
mod read;
pub mod rich_text;
mod shape;
mod stage;
mod target;
mod told;

pub use compare::{Changes, compare};
pub use definition::Definition;
pub use faults::faults;
pub use field::{FieldDef, FieldKindDef, IndexColumn};
pub use read::{FieldValue, Reference, Value};
pub use stage::Stage;
pub use target::{MediaKind, Target};
