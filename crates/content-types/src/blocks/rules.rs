//! What a block has to be.

use super::{KINDS, table};
use crate::check::rules;
use crate::told::fault;
use crate::{faults, patterns, rich_text};
use jsonschema::Validator;
use kernel::{FieldFault, Row};
use serde_json::Value as Json;
use std::collections::HashMap;
use std::sync::LazyLock;

static VALIDATORS: LazyLock<HashMap<&'static str, Validator>> = LazyLock::new(|| {
    let compiled = |kind: &'static str| {
        let schema = without_patterns(table::component(kind)?.written());
        Some((kind, patterns::options().should_validate_formats(false).build(&schema).ok()?))
    };
    KINDS.into_iter().filter_map(compiled).collect()
});

/// Addresses are left to a rule, which takes more than a pattern can say.
fn without_patterns(schema: Json) -> Json {
    match schema {
        Json::Object(members) => {
            let kept = members.into_iter().filter(|(keyword, _)| keyword != "pattern");
            Json::Object(kept.map(|(keyword, value)| (keyword, without_patterns(value))).collect())
        }
        other => other,
    }
}

/// Checks a block and completes it; what is wrong goes to `faults`, at pointers under `at`.
pub(crate) fn check(block: Row, kinds: &[&'static str], at: &str, faults: &mut Vec<FieldFault>) -> Row {
    let block = cleaned(block);
    let Some(kind) = kind(&block, kinds, at, faults) else { return block };
    let value = Json::Object(block.clone());
    let mut told: Vec<FieldFault> = Vec::new();
    if let Some(validator) = VALIDATORS.get(kind) {
        told.extend(validator.iter_errors(&value).flat_map(|error| faults::faults(&error)));
    }
    for fault in &mut told {
        fault.pointer.insert_str(0, at);
    }
    let mut own = Vec::new();
    let block = completed(kind, block, at, &mut own);
    faults.append(&mut rules::merged(told, own));
    block
}

/// Without what is computed and without members that are null.
fn cleaned(block: Row) -> Row {
    let is_paragraph = block.get("type").is_some_and(|kind| kind == "paragraph");
    let keep = |name: &str, value: &Json| !(value.is_null() || is_paragraph && name == "text_html");
    let mut block: Row = block.into_iter().filter(|(name, value)| keep(name, value)).collect();
    for item in block.get_mut("items").and_then(Json::as_array_mut).into_iter().flatten().filter_map(Json::as_object_mut) {
        *item = std::mem::take(item).into_iter().filter(|(_, value)| !value.is_null()).collect();
    }
    block
}

fn kind(block: &Row, kinds: &[&'static str], at: &str, faults: &mut Vec<FieldFault>) -> Option<&'static str> {
    let Some(name) = block.get("type") else {
        faults.push(fault(format!("{at}/type"), "required", "không được thiếu", "must be given"));
        return None;
    };
    let known = kinds.iter().copied().find(|kind| name == kind);
    if known.is_none() {
        let all = kinds.join(", ");
        let vi = format!("thành phần phải là một trong {all}");
        faults.push(fault(format!("{at}/type"), "unknown_block", vi, format!("the component must be one of {all}")));
    }
    known
}

fn completed(kind: &str, mut block: Row, at: &str, faults: &mut Vec<FieldFault>) -> Row {
    match kind {
        "image" | "file" => {
            let media = block.get("media").and_then(Json::as_str);
            faults.extend(media.and_then(|media| rules::id(media).err()).map(|wrong| wrong.at(format!("{at}/media"))));
        }
        "embed" => match block.get("url").and_then(Json::as_str).map(rules::https) {
            Some(Ok(address)) => {
                block.insert("url".into(), address.into());
            }
            Some(Err(wrong)) => faults.push(wrong.at(format!("{at}/url"))),
            None => {}
        },
        "gallery" => {
            let items = block.get("items").and_then(Json::as_array).into_iter().flatten();
            for (index, media) in items.enumerate().filter_map(|(index, item)| Some((index, item.get("media")?.as_str()?))) {
                faults.extend(rules::id(media).err().map(|wrong| wrong.at(format!("{at}/items/{index}/media"))));
            }
        }
        "table" => faults.extend(uneven(&block, at)),
        "paragraph" => {
            let markdown = block.get("text").and_then(Json::as_str).map(rich_text::render);
            match markdown {
                Some(Ok(rendered)) => {
                    block.insert("text_html".into(), rendered.html.into());
                }
                Some(Err(refused)) => faults.push(refused.fault(format!("{at}/text"))),
                None => {}
            }
        }
        _ => {}
    }
    block
}

/// The first row that is not as long as the others.
fn uneven(block: &Row, at: &str) -> Option<FieldFault> {
    let length = |row: &Json| row.as_array().map(Vec::len);
    let rows = block.get("rows").and_then(Json::as_array)?;
    let wanted = block.get("header").or(rows.first()).and_then(length)?;
    let index = rows.iter().position(|row| length(row).is_some_and(|length| length != wanted))?;
    let (vi, en) = (format!("hàng phải có {wanted} ô"), format!("the row must have {wanted} cells"));
    Some(fault(format!("{at}/rows/{index}"), "uneven_row", vi, en))
}
