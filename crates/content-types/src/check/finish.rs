//! Rules on values that have the right shape, and what is computed from them.

use super::{geo, interval, rules};
use crate::blocks;
use crate::field::{FieldDef, FieldKindDef as K};
use crate::limits;
use crate::rich_text;
use crate::shape::{Leaf, Shape, companions};
use crate::told::under;
use kernel::{FieldFault, Row};
use serde_json::Value as Json;

/// The own fields of an entry.
pub(super) fn row(fields: &[FieldDef], data: Row, faults: &mut Vec<FieldFault>) -> Row {
    let shapes: Vec<(&str, &Shape)> = fields.iter().map(|field| (field.name.as_str(), &field.shape)).collect();
    object(&shapes, data, "", faults)
}

fn object(shapes: &[(&str, &Shape)], mut data: Row, at: &str, faults: &mut Vec<FieldFault>) -> Row {
    let mut done = Row::new();
    for (name, shape) in shapes {
        let Some(value) = data.shift_remove(*name) else { continue };
        let at = under(at, name);
        if shape.is_rich()
            && let Some(markdown) = value.as_str()
        {
            let mut row = rich(name, markdown, &at, faults);
            done.append(&mut row);
        } else {
            done.insert((*name).to_owned(), self::value(shape, value, &at, faults));
        }
    }
    done
}

fn rich(name: &str, markdown: &str, at: &str, faults: &mut Vec<FieldFault>) -> Row {
    let mut row = Row::new();
    row.insert(name.to_owned(), markdown.into());
    match rich_text::render(markdown) {
        Ok(rendered) => {
            let [html, text] = companions(name);
            row.insert(html, rendered.html.into());
            row.insert(text, rendered.text.into());
        }
        Err(refused) => faults.push(refused.fault(at)),
    }
    row
}

fn value(shape: &Shape, value: Json, at: &str, faults: &mut Vec<FieldFault>) -> Json {
    match (shape, value) {
        (Shape::Leaf(leaf), value) => self::leaf(leaf, value, at, faults),
        (Shape::Object(members), Json::Object(row)) => {
            let shapes: Vec<(&str, &Shape)> = members.iter().map(|member| (member.name.as_str(), &member.shape)).collect();
            Json::Object(object(&shapes, row, at, faults))
        }
        (Shape::List { item, .. }, Json::Array(items)) => {
            let items = items.into_iter().enumerate();
            items.map(|(index, value)| self::value(item, value, &format!("{at}/{index}"), faults)).collect()
        }
        (Shape::Blocks { kinds, .. }, Json::Array(items)) => {
            let mut done = Vec::new();
            for (index, block) in items.into_iter().enumerate().take(limits::BLOCKS as usize) {
                let Json::Object(block) = block else { continue };
                done.push(Json::Object(blocks::check(block, kinds, &format!("{at}/{index}"), faults)));
            }
            Json::Array(done)
        }
        (_, value) => value,
    }
}

fn leaf(leaf: &Leaf, value: Json, at: &str, faults: &mut Vec<FieldFault>) -> Json {
    let text: rules::TextRule = match (leaf.kind, &value) {
        (K::Interval, Json::Object(members)) => return Json::Object(interval::checked(members, at, faults)),
        (K::GeoPoint, Json::Object(members)) => {
            geo::point(members, at, faults);
            return value;
        }
        (K::GeoArea, Json::Object(members)) => {
            geo::area(members, at, faults);
            return value;
        }
        (K::Integer, Json::Number(number)) => return whole(number, at, faults),
        (K::Url, Json::String(address)) => {
            return match rules::address(address) {
                Ok(address) => address.into(),
                Err(wrong) => {
                    faults.push(wrong.at(at));
                    value
                }
            };
        }
        (K::Date, _) => rules::date,
        (K::DateTime, _) => rules::moment,
        (K::Phone, _) => rules::phone,
        (K::Media | K::Relation, _) => rules::id,
        _ => return value,
    };
    if let Some(given) = value.as_str() {
        faults.extend(text(given).err().map(|wrong| wrong.at(at)));
    }
    value
}

/// `3.0` is 3; a whole number has 64 bits.
fn whole(number: &serde_json::Number, at: &str, faults: &mut Vec<FieldFault>) -> Json {
    const TOO_LARGE: f64 = 9_007_199_254_740_992.0;
    let of_float = || number.as_f64().filter(|float| float.fract() == 0.0 && float.abs() < TOO_LARGE).map(|float| float as i64);
    match number.as_i64().or_else(of_float) {
        Some(whole) => whole.into(),
        None => {
            // A number with a fraction is told by the validator.
            if number.as_f64().is_none_or(|float| float.fract() == 0.0) {
                let (vi, en) = ("số nguyên vượt quá 64 bit", "the whole number has more than 64 bits");
                faults.push(crate::told::fault(at, "out_of_range", vi, en));
            }
            number.clone().into()
        }
    }
}
