//! What a stored block says and what it refers to.

use crate::rich_text;
use crate::target::MediaKind;
use kernel::Id;
use serde_json::Value as Json;

/// The words of a block, one piece per line.
pub(crate) fn words(block: &Json, out: &mut Vec<String>) {
    let text = |name: &str| block.get(name).and_then(Json::as_str).map(str::to_owned);
    match block.get("type").and_then(Json::as_str) {
        Some("paragraph") => out.extend(text("text").map(|markdown| rich_text::plain(&markdown))),
        Some("heading") => out.extend(text("text")),
        Some("quote") => out.extend([text("text"), text("source")].into_iter().flatten()),
        Some("image") => out.extend([text("caption"), text("alt")].into_iter().flatten()),
        Some("embed") => out.extend(text("title")),
        Some("file") => out.extend(text("label")),
        Some("gallery") => {
            for item in block.get("items").and_then(Json::as_array).into_iter().flatten() {
                let of_item = |name: &str| item.get(name).and_then(Json::as_str).map(str::to_owned);
                out.extend([of_item("caption"), of_item("alt")].into_iter().flatten());
            }
        }
        Some("table") => {
            out.extend(text("caption"));
            let header = block.get("header").into_iter();
            let rows = header.chain(block.get("rows").and_then(Json::as_array).into_iter().flatten());
            out.extend(rows.filter_map(Json::as_array).map(|cells| {
                let cells: Vec<&str> = cells.iter().filter_map(Json::as_str).collect();
                cells.join(" ")
            }));
        }
        _ => {}
    }
}

/// The media of a block: pointer, kind and id.
pub(crate) fn references(block: &Json, at: &str) -> Vec<(String, MediaKind, Id)> {
    let id = |value: Option<&Json>| value.and_then(Json::as_str).and_then(Id::parse);
    let own = |kind: MediaKind| id(block.get("media")).map(|id| (format!("{at}/media"), kind, id)).into_iter().collect();
    match block.get("type").and_then(Json::as_str) {
        Some("image") => own(MediaKind::Image),
        Some("file") => own(MediaKind::Any),
        Some("gallery") => {
            let items = block.get("items").and_then(Json::as_array).into_iter().flatten().enumerate();
            let media = |(index, item): (usize, &Json)| {
                Some((format!("{at}/items/{index}/media"), MediaKind::Image, id(item.get("media"))?))
            };
            items.filter_map(media).collect()
        }
        _ => Vec::new(),
    }
}
