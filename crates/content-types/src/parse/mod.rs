//! Reading of definitions: everything wrong is told at once, each at its pointer.

mod annotations;
mod array;
mod head;
mod number;
mod object;
mod property;
mod schema;
mod string;
mod text;

pub(crate) use annotations::FLAGS;
pub(crate) use head::definition;
pub(crate) use text::written;

use crate::told::{fault, under};
use kernel::{FieldFault, Row};
use serde_json::Value as Json;

/// Where a schema stands, which decides the annotations it may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// A field of the content type.
    Field,
    /// A property of an object inside a field.
    Member,
    /// The items of a list.
    Item,
}

/// A schema on its way through the reader.
#[derive(Debug, Clone, Copy)]
struct Source<'a> {
    schema: &'a Row,
    at: &'a str,
    place: Place,
    /// How many objects it is in.
    depth: usize,
}

impl<'a> Source<'a> {
    fn get(&self, keyword: &str) -> Option<&'a Json> {
        self.schema.get(keyword)
    }

    fn has(&self, keyword: &str) -> bool {
        self.schema.contains_key(keyword)
    }

    fn text(&self, keyword: &str) -> Option<&'a str> {
        self.get(keyword).and_then(Json::as_str)
    }

    fn pointer(&self, keyword: &str) -> String {
        under(self.at, keyword)
    }
}

/// Collects what is wrong with a definition.
#[derive(Debug, Default)]
struct Reader {
    faults: Vec<FieldFault>,
}

impl Reader {
    fn refuse(&mut self, pointer: impl Into<String>, code: &'static str, vi: impl Into<String>, en: impl Into<String>) {
        self.faults.push(fault(pointer, code, vi, en));
    }

    fn wrong_type(&mut self, pointer: impl Into<String>, vi: &str, en: &str) {
        self.refuse(pointer, "wrong_type", format!("phải là {vi}"), format!("must be {en}"));
    }

    fn missing(&mut self, pointer: impl Into<String>) {
        self.refuse(pointer, "required", "không được thiếu", "must be given");
    }

    /// Refuses every keyword that is not one of `allowed` or an annotation of the place.
    fn only(&mut self, source: Source<'_>, allowed: &[&str]) {
        for keyword in source.schema.keys() {
            let known = allowed.contains(&keyword.as_str()) || annotations::belongs(keyword, source.place);
            if known {
                continue;
            }
            let pointer = source.pointer(keyword);
            if annotations::is_flag(keyword) {
                let vi = format!("{keyword} chỉ dùng cho trường ở ngoài cùng");
                self.refuse(pointer, "misplaced", vi, format!("{keyword} is for fields at the top only"));
            } else {
                let vi = format!("từ khoá {keyword} không dùng được ở đây");
                self.refuse(pointer, "unsupported_keyword", vi, format!("the keyword {keyword} cannot be used here"));
            }
        }
    }
}
