//! Lists and blocks.

use super::{Place, Reader, Source};
use crate::shape::Shape;
use crate::{blocks, limits};
use kernel::Row;
use serde_json::{Value as Json, json};

const ITEMS: [&str; 2] = ["minItems", "maxItems"];
/// What may be said of the items on the list itself.
const OF_ITEMS: [&str; 2] = ["x-relation", "x-media"];

impl Reader {
    /// Reads `{"type": "array"}`.
    pub(super) fn array(&mut self, source: Source<'_>) -> Option<Shape> {
        if source.has("x-blocks") { self.blocks(source) } else { self.list(source) }
    }

    fn list(&mut self, source: Source<'_>) -> Option<Shape> {
        self.only(source, &["items", "minItems", "maxItems", "uniqueItems", "x-relation", "x-media"]);
        if source.place == Place::Item {
            let (vi, en) =
                ("danh sách không chứa danh sách; hãy dùng danh sách đối tượng", "no list in a list; use a list of objects");
            self.refuse(source.pointer("type"), "unsupported_kind", vi, en);
            return None;
        }
        let (item, notes) = self.items(source)?;
        if item.is_rich() {
            let vi = "văn bản định dạng phải là thuộc tính của một đối tượng trong danh sách, hoặc dùng x-blocks";
            let en = "rich text has to be a property of an object in the list, or use x-blocks";
            self.refuse(source.pointer("items"), "unsupported_kind", vi, en);
            return None;
        }
        let max = if item.target().is_some() { limits::INDEXED_ITEMS } else { limits::ITEMS };
        let mut limits = self.limits(source, ITEMS, max);
        if item.target().is_some() {
            limits.entry("maxItems").or_insert(max.into());
        }
        if self.flag(source, "uniqueItems") {
            limits.insert("uniqueItems".to_owned(), true.into());
        }
        Some(Shape::List { item: Box::new(item), notes, limits })
    }

    fn items(&mut self, source: Source<'_>) -> Option<(Shape, Row)> {
        let at = source.pointer("items");
        let mut items = match source.get("items") {
            Some(Json::Object(items)) => items.clone(),
            Some(_) => {
                self.wrong_type(at, "một đối tượng", "an object");
                return None;
            }
            None => {
                self.missing(at);
                return None;
            }
        };
        for keyword in OF_ITEMS {
            let Some(target) = source.get(keyword) else { continue };
            if items.get(keyword).is_some_and(|own| own != target) {
                let vi = format!("{keyword} của danh sách khác với của các mục");
                let en = format!("{keyword} of the list is not that of its items");
                self.refuse(source.pointer(keyword), "contradiction", vi, en);
                return None;
            }
            items.insert(keyword.to_owned(), target.clone());
        }
        let inner = Source { schema: &items, at: &at, place: Place::Item, depth: source.depth };
        let notes = self.notes(inner);
        self.shape(inner).map(|shape| (shape, notes))
    }

    fn blocks(&mut self, source: Source<'_>) -> Option<Shape> {
        self.only(source, &["x-blocks", "minItems", "maxItems"]);
        if source.place != Place::Field {
            let (vi, en) = ("x-blocks chỉ dùng cho trường ở ngoài cùng", "x-blocks is for fields at the top only");
            self.refuse(source.pointer("x-blocks"), "misplaced", vi, en);
            return None;
        }
        let limits = self.limits(source, ITEMS, limits::BLOCKS);
        let at = source.pointer("x-blocks");
        let kinds = match source.get("x-blocks") {
            Some(Json::Bool(true)) => blocks::KINDS.to_vec(),
            Some(Json::Array(names)) if !names.is_empty() => self.block_kinds(names, &at),
            _ => {
                self.wrong_type(at, "true hoặc danh sách thành phần", "true or a list of components");
                return None;
            }
        };
        Some(Shape::Blocks { kinds, limits })
    }

    fn block_kinds(&mut self, names: &[Json], at: &str) -> Vec<&'static str> {
        let mut kinds = Vec::new();
        for (index, name) in names.iter().enumerate().take(limits::CHOICES) {
            let at = format!("{at}/{index}");
            let known = blocks::KINDS.into_iter().find(|kind| json!(kind) == *name);
            match known {
                None => {
                    let all = blocks::KINDS.join(", ");
                    let vi = format!("không có thành phần này; có {all}");
                    self.refuse(at, "unknown_block", vi, format!("there is no such component; there are {all}"));
                }
                Some(kind) if kinds.contains(&kind) => {
                    self.refuse(at, "duplicate", format!("{kind} có hai lần"), format!("{kind} is there twice"));
                }
                Some(kind) => kinds.push(kind),
            }
        }
        kinds
    }
}
