//! Numbers, and the limits of anything that has some.

use super::{Reader, Source};
use crate::field::FieldKindDef;
use crate::shape::{Leaf, Shape};
use kernel::Row;
use serde_json::Value as Json;

const BOUNDS: [&str; 5] = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"];

impl Reader {
    /// Reads `{"type": "integer" | "number"}`.
    pub(super) fn number(&mut self, source: Source<'_>, kind: FieldKindDef) -> Option<Shape> {
        self.only(source, &BOUNDS);
        let mut keywords = Row::new();
        keywords.extend(source.get("type").map(|name| ("type".to_owned(), name.clone())));
        for keyword in BOUNDS {
            let Some(bound) = source.get(keyword) else { continue };
            match bound.as_f64() {
                Some(number) if keyword == "multipleOf" && number <= 0.0 => {
                    let (vi, en) = ("phải lớn hơn 0", "must be greater than 0");
                    self.refuse(source.pointer(keyword), "invalid", vi, en);
                }
                Some(_) => {
                    keywords.insert(keyword.to_owned(), bound.clone());
                }
                None => self.wrong_type(source.pointer(keyword), "một số", "a number"),
            }
        }
        let bound = |keyword: &str| keywords.get(keyword).and_then(Json::as_f64);
        let pairs = [("minimum", "maximum"), ("exclusiveMinimum", "maximum"), ("minimum", "exclusiveMaximum")];
        let crossed = pairs.into_iter().chain([("exclusiveMinimum", "exclusiveMaximum")]).find(|(low, high)| {
            let strict = low.starts_with("exclusive") || high.starts_with("exclusive");
            matches!((bound(low), bound(high)), (Some(low), Some(high)) if low > high || (strict && low >= high))
        });
        if let Some((low, high)) = crossed {
            self.crossed(source, low, high);
        }
        Some(Shape::Leaf(Leaf { kind, keywords, target: None }))
    }

    /// Reads whole numbers from zero to `max`, and refuses a least that is over the most.
    pub(super) fn limits(&mut self, source: Source<'_>, [low, high]: [&str; 2], max: u64) -> Row {
        let mut limits = Row::new();
        for keyword in [low, high] {
            let Some(limit) = source.get(keyword) else { continue };
            match limit.as_u64() {
                Some(limit) if limit <= max => {
                    limits.insert(keyword.to_owned(), limit.into());
                }
                Some(_) => {
                    let (vi, en) = (format!("nhiều nhất là {max}"), format!("at most {max}"));
                    self.refuse(source.pointer(keyword), "too_large", vi, en);
                }
                None => self.wrong_type(source.pointer(keyword), "một số nguyên không âm", "a whole number that is not negative"),
            }
        }
        let limit = |keyword: &str| limits.get(keyword).and_then(Json::as_u64);
        if matches!((limit(low), limit(high)), (Some(low), Some(high)) if low > high) {
            self.crossed(source, low, high);
        }
        limits
    }

    fn crossed(&mut self, source: Source<'_>, low: &str, high: &str) {
        let vi = format!("{low} và {high} loại trừ nhau: không giá trị nào thoả mãn");
        self.refuse(source.pointer(low), "contradiction", vi, format!("no value can satisfy both {low} and {high}"));
    }
}
