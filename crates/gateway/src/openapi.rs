//! The OpenAPI 3.1 document of what is served now, from the same descriptions as the routes.

mod eli;
mod fixed;
mod open_data;
mod operations;
mod search;

use crate::description::{Description, Editions, put};
use crate::query::{MAX_VALUE, MAX_VALUES, sortable};
use crate::resource::Served;
use kernel::query::{Field, FieldKind, Op};
use kernel::{Locale, PageRequest};
use serde_json::{Map, Value, json};
use std::collections::HashMap;
use std::sync::Arc;

/// Text without U+0000, which no address and no body may hold.
const NO_NUL: &str = "^[^\\u0000]*$";

/// The document of these resources.
pub(crate) fn document(resources: &[Arc<Served>]) -> Value {
    let mut paths = Map::new();
    let mut schemas = fixed::schemas();
    schemas.extend(search::schemas());
    let mut tags = Vec::new();
    for served in resources {
        let description = served.description();
        tags.push(json!({ "name": description.plural, "description": description.title.en }));
        schemas.insert(description.type_name(), sparse(description));
        if let Some(input) = &description.input {
            schemas.insert(format!("{}Input", description.type_name()), input.clone());
        }
        if let Some(patch) = description.patch() {
            schemas.insert(format!("{}Patch", description.type_name()), patch);
        }
        if description.editions == Editions::Localized && !schemas.contains_key("EntryTransition") {
            schemas.insert("EntryTransition".to_owned(), step_schema(description));
        }
        paths.extend(operations::paths(description, resources));
    }
    fixed::paths(&mut paths, &crate::searching::names(resources));
    let parameters = shared_parameters(&mut paths);
    tags.extend(["entries", "search", "discovery", "auth", "service"].map(|name| json!({ "name": name })));
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Congkhai",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Headless CMS for provincial portals. Every failure is application/problem+json; codes are listed at /problems.",
            "license": { "name": "Apache-2.0 OR MIT", "identifier": "Apache-2.0 OR MIT" },
        },
        "servers": [{ "url": "/" }],
        "tags": tags,
        "security": [{}, { "token": [] }],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "parameters": parameters,
            "responses": { "Problem": {
                "description": "What went wrong (RFC 9457).",
                "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } },
            } },
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer", "bearerFormat": "JWT" } },
        },
    })
}

/// Parameters that several operations have, told once; the operations refer to them.
fn shared_parameters(paths: &mut Map<String, Value>) -> Map<String, Value> {
    let mut uses: HashMap<String, usize> = HashMap::new();
    for parameter in every_parameter(paths) {
        *uses.entry(parameter.to_string()).or_default() += 1;
    }
    let mut shared = Map::new();
    let mut names: HashMap<String, String> = HashMap::new();
    for parameter in every_parameter(paths) {
        let printed = parameter.to_string();
        if uses.get(&printed).is_none_or(|uses| *uses < 2) {
            continue;
        }
        let name = names.entry(printed).or_insert_with(|| {
            let name = parameter.get("name").and_then(Value::as_str).unwrap_or_default();
            let name = name.replace(['[', ']'], ".").replace("..", ".").trim_matches('.').to_owned();
            let taken = |name: &String| shared.contains_key(name);
            let numbered = (2..).map(|number| format!("{name}.{number}"));
            let name = std::iter::once(name.clone()).chain(numbered).find(|name| !taken(name)).unwrap_or(name);
            shared.insert(name.clone(), parameter.clone());
            name
        });
        *parameter = json!({ "$ref": format!("#/components/parameters/{name}") });
    }
    shared
}

fn every_parameter(paths: &mut Map<String, Value>) -> impl Iterator<Item = &mut Value> {
    let operations = paths.values_mut().filter_map(Value::as_object_mut).flat_map(|item| item.values_mut());
    operations.filter_map(|operation| operation.get_mut("parameters")?.as_array_mut()).flatten()
}

/// A row as it may be sent: `fields[…]` may leave out everything but its id and type.
fn sparse(description: &Description) -> Value {
    let mut schema = description.schema.clone();
    put(&mut schema, "required", json!(["id", "type"]));
    schema
}

/// A problem answer for each of these statuses.
fn problems(statuses: &[u16]) -> Map<String, Value> {
    statuses.iter().map(|status| (status.to_string(), json!({ "$ref": "#/components/responses/Problem" }))).collect()
}

/// The answers of an operation: one that succeeds, and problems.
fn responses(status: &str, success: Value, failures: &[u16]) -> Value {
    let mut all = Map::new();
    all.insert(status.to_owned(), success);
    all.extend(problems(failures));
    Value::Object(all)
}

fn json_body(schema: Value, types: &[&str]) -> Value {
    let content: Map<String, Value> = types.iter().map(|kind| ((*kind).to_owned(), json!({ "schema": schema }))).collect();
    json!({ "required": true, "content": content })
}

fn schema_ref(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

fn query(name: &str, schema: Value, text: &str) -> Value {
    json!({ "name": name, "in": "query", "schema": schema, "description": text })
}

fn comma_list(name: &str, items: Vec<String>, text: &str) -> Value {
    json!({
        "name": name, "in": "query", "style": "form", "explode": false, "description": text,
        "schema": { "type": "array", "minItems": 1, "items": { "type": "string", "enum": items } },
    })
}

/// The value of an `ETag`.
fn etag() -> Value {
    json!({ "ETag": { "description": "Strong entity tag: revision and hash.", "schema": { "type": "string" } } })
}

/// JSON Schema of the body of a transition.
fn step_schema(description: &Description) -> Value {
    let mut step = json!({ "type": "object", "required": ["action"], "additionalProperties": false, "properties": {
        "action": { "type": "string", "enum": description.actions },
        "comment": { "type": ["string", "null"], "maxLength": 2000, "pattern": NO_NUL } } });
    let more = description.step.get("properties").and_then(Value::as_object).cloned();
    if let (Some(members), Some(more)) = (step.get_mut("properties").and_then(Value::as_object_mut), more) {
        members.extend(more);
    }
    step
}

/// What can be done next with what was just made, with the tag it came with.
fn links(description: &Description) -> Value {
    let name = description.type_name();
    let id = "$response.body#/data/id";
    let seen = json!({ "id": id, "If-Match": "$response.header.ETag" });
    let mut links = json!({ "read": { "operationId": format!("get{name}"), "parameters": { "id": id } } });
    if description.patch().is_some() {
        put(&mut links, "change", json!({ "operationId": format!("update{name}"), "parameters": seen }));
    }
    if description.deletes() {
        put(&mut links, "remove", json!({ "operationId": format!("delete{name}"), "parameters": seen }));
    }
    links
}

/// What both lists and single resources take.
fn view_parameters(description: &Description, resources: &[Arc<Served>]) -> Vec<Value> {
    let names =
        |description: &Description| description.field_names().into_iter().map(|name| name.into_owned()).collect::<Vec<_>>();
    let mut parameters = vec![comma_list(
        &format!("fields[{}]", description.name),
        names(description),
        "Only these fields (id, type and relation ids always).",
    )];
    if !description.relations.is_empty() {
        let relations = description.relations.iter().map(|relation| relation.name.to_string()).collect();
        parameters.push(comma_list("include", relations, "Related resources to add, in the same state."));
        for relation in &description.relations {
            if let Some(target) = resources.iter().find(|served| served.description().name == relation.target) {
                parameters.push(comma_list(
                    &format!("fields[{}]", relation.target),
                    names(target.description()),
                    "Only these fields of included ones.",
                ));
            }
        }
    }
    if description.editions.has_drafts() {
        parameters.push(query(
            "state",
            json!({ "type": "string", "enum": ["published", "draft"] }),
            "`draft`: the working copy, for those who write.",
        ));
        parameters.push(query("lang", json!({ "type": "string", "pattern": Locale::PATTERN }), "Only in this language."));
    }
    if description.as_of {
        parameters.push(as_of());
    }
    parameters
}

/// The day for which something is computed.
fn as_of() -> Value {
    query("as_of", json!({ "type": "string", "format": "date" }), "As of this day; today where none is given.")
}

fn list_parameters(description: &Description, resources: &[Arc<Served>]) -> Vec<Value> {
    let mut parameters = view_parameters(description, resources);
    let keys = sortable(description).flat_map(|field| [field.name.to_string(), format!("-{}", field.name)]).collect();
    parameters.push(comma_list("sort", keys, "Order; `-` is descending; missing values come last; the id breaks ties."));
    let size = json!({ "type": "integer", "minimum": 1, "maximum": PageRequest::MAX_SIZE, "default": PageRequest::DEFAULT_SIZE });
    parameters.push(query("page[size]", size, "Rows at most."));
    for name in ["page[after]", "page[before]"] {
        parameters.push(query(name, json!({ "type": "string" }), "A cursor as links and answers give it; opaque and signed."));
    }
    parameters.push(query("meta", json!({ "type": "string", "enum": ["total"] }), "`total` counts all rows."));
    for field in &description.fields {
        parameters.extend(field.kind.operators().iter().map(|op| filter_parameter(field, *op)));
    }
    parameters
}

fn filter_parameter(field: &Field, op: Op) -> Value {
    let name = if op == Op::Eq { format!("filter[{}]", field.name) } else { format!("filter[{}][{}]", field.name, op.as_str()) };
    let text = json!({ "type": "string", "maxLength": MAX_VALUE, "pattern": NO_NUL });
    let value = match field.kind {
        FieldKind::Text => text,
        FieldKind::Date => json!({ "type": "string", "format": "date" }),
        FieldKind::Instant => json!({ "type": "string", "format": "date-time" }),
        FieldKind::Id => json!({ "type": "string", "format": "uuid" }),
        FieldKind::Integer => json!({ "type": "integer" }),
        FieldKind::Number => json!({ "type": "number" }),
        FieldKind::Boolean => json!({ "type": "boolean" }),
    };
    match op {
        Op::Null => query(&name, json!({ "type": "boolean" }), "Missing (true) or there (false)."),
        Op::In | Op::Nin => json!({
            "name": name, "in": "query", "style": "form", "explode": false,
            "description": "Values separated by commas; a comma inside a value is `\\,`.",
            "schema": { "type": "array", "minItems": 1, "maxItems": MAX_VALUES, "items": value },
        }),
        _ => query(&name, value, op.as_str()),
    }
}
