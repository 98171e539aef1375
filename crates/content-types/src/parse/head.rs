//! A definition as a whole.

use super::Reader;
use super::text::{DESCRIPTION, TITLE};
use crate::definition::Definition;
use crate::field::{FieldDef, FieldKindDef};
use crate::stage::Stage;
use crate::told::fault;
use crate::{limits, names, nfc};
use kernel::{FieldFault, Row, Text};
use serde_json::Value as Json;

const MEMBERS: [&str; 8] = ["name", "plural", "title", "description", "requirement", "workflow", "display", "schema"];
/// The longest reference to a requirement.
const REQUIREMENT: usize = 60;

/// Reads a definition.
pub(crate) fn definition(value: &Json) -> Result<Definition, Vec<FieldFault>> {
    if serde_json::to_string(value).map_or(usize::MAX, |text| text.len()) > limits::DEFINITION {
        let max = limits::DEFINITION;
        let (vi, en) = (format!("định nghĩa lớn nhất {max} byte"), format!("a definition has at most {max} bytes"));
        return Err(vec![fault("", "too_large", vi, en)]);
    }
    let Json::Object(members) = nfc::value(value.clone()) else {
        return Err(vec![fault("", "wrong_type", "phải là một đối tượng", "must be an object")]);
    };
    let mut reader = Reader::default();
    let definition = reader.definition(&members);
    reader.faults.truncate(limits::FAULTS);
    match definition {
        Some(definition) if reader.faults.is_empty() => Ok(definition),
        _ => Err(reader.faults),
    }
}

impl Reader {
    fn definition(&mut self, members: &Row) -> Option<Definition> {
        for name in members.keys().filter(|name| !MEMBERS.contains(&name.as_str())) {
            let (vi, en) = (format!("không có trường {name}"), format!("there is no field {name}"));
            self.refuse(crate::told::under("", name), "unknown_field", vi, en);
        }
        let name = self.type_name(members, "name");
        let plural = self.type_name(members, "plural");
        if name.is_some() && name == plural {
            self.refuse("/plural", "duplicate", "phải khác name", "must not be the name itself");
        }
        let title = self.titled(members);
        let description = members.get("description").and_then(|text| self.bilingual(text, "/description", DESCRIPTION));
        let requirement = members.get("requirement").and_then(|text| self.line(text, "/requirement", REQUIREMENT));
        let stages = members.get("workflow").map_or_else(default_stages, |workflow| self.stages(workflow));
        let schema = match members.get("schema") {
            Some(Json::Object(schema)) => Some(schema),
            Some(_) => {
                self.wrong_type("/schema", "một đối tượng", "an object");
                None
            }
            None => {
                self.missing("/schema");
                None
            }
        };
        let about = schema.and_then(|schema| schema.get("description"));
        let about = about.and_then(|text| self.line(text, "/schema/description", DESCRIPTION));
        let fields = schema.map(|schema| self.fields(schema, "/schema")).unwrap_or_default();
        let display = self.display(members.get("display"), &fields)?;
        let (name, plural, title) = (name?, plural?, title?);
        let definition =
            Definition { name, plural, title, description, requirement, stages, display, about, fields, validator: None };
        definition.compiled().map_err(|error| self.refuse("/schema", "invalid_schema", error.clone(), error)).ok()
    }

    fn type_name(&mut self, members: &Row, member: &str) -> Option<String> {
        let at = format!("/{member}");
        let Some(value) = members.get(member) else {
            self.missing(at);
            return None;
        };
        let Some(name) = value.as_str() else {
            self.wrong_type(at, "một chuỗi", "a string");
            return None;
        };
        if !names::is_type_name(name) {
            let max = names::MAX_TYPE;
            let vi = format!("phải ở dạng kebab-case (a-z, 0-9, gạch nối), dài nhất {max} ký tự");
            let en = format!("is in kebab-case (a-z, 0-9, hyphens), at most {max} characters");
            self.refuse(at, "invalid_name", vi, en);
            return None;
        }
        if names::is_taken_type(name) {
            self.refuse(at, "reserved_name", format!("tên {name} đã dành riêng"), format!("the name {name} is reserved"));
            return None;
        }
        Some(name.to_owned())
    }

    fn titled(&mut self, members: &Row) -> Option<Text> {
        match members.get("title") {
            Some(title) => self.bilingual(title, "/title", TITLE),
            None => {
                self.missing("/title");
                None
            }
        }
    }

    fn stages(&mut self, workflow: &Json) -> Vec<Stage> {
        let stages = workflow.as_object().filter(|members| members.len() == 1).and_then(|members| members.get("stages"));
        let names = stages.and_then(Json::as_array).map(|names| names.iter().map(|name| name.as_str().and_then(Stage::parse)));
        let stages: Option<Vec<Stage>> = names.and_then(|names| names.collect());
        let in_order = |stages: &Vec<Stage>| {
            stages.is_sorted_by(|a, b| a < b) && stages.contains(&Stage::Submitted) && stages.contains(&Stage::Approved)
        };
        stages.filter(in_order).unwrap_or_else(|| {
            let vi = "stages là [\"submitted\", \"approved\"] hoặc [\"submitted\", \"in-review\", \"approved\"]";
            let en = "stages are [\"submitted\", \"approved\"] or [\"submitted\", \"in-review\", \"approved\"]";
            self.refuse("/workflow/stages", "invalid_workflow", vi, en);
            default_stages()
        })
    }

    /// The property that titles an entry.
    fn display(&mut self, given: Option<&Json>, fields: &[FieldDef]) -> Option<String> {
        let line = |field: &&FieldDef| field.kind.is_text() && !field.many;
        let Some(given) = given else {
            let text = |field: &&FieldDef| field.kind == FieldKindDef::Text && !field.many;
            let named = |name: &str| fields.iter().filter(line).find(|field| field.name == name);
            let field = named("title")
                .or_else(|| named("name"))
                .or_else(|| fields.iter().filter(text).find(|field| field.required))
                .or_else(|| fields.iter().find(text))
                .or_else(|| fields.iter().find(line))
                .or_else(|| fields.first());
            return field.map(|field| field.name.clone());
        };
        let field = given.as_str().and_then(|name| fields.iter().find(|field| field.name == name)).filter(line);
        if field.is_none() {
            let vi = "phải là tên một thuộc tính chữ, không phải danh sách";
            self.refuse("/display", "invalid_display", vi, "must be the name of a property that is one text");
        }
        field.map(|field| field.name.clone())
    }
}

fn default_stages() -> Vec<Stage> {
    vec![Stage::Submitted, Stage::Approved]
}
