//! The operations of one described resource.

use super::{NO_NUL, as_of, etag, json_body, links, list_parameters, query, responses, schema_ref, step_schema, view_parameters};
use crate::description::{Description, Editions, Part, Readers, pascal, put};
use crate::resource::Served;
use kernel::Locale;
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// Every address of a resource with its operations.
pub(super) fn paths(description: &Description, resources: &[Arc<Served>]) -> Map<String, Value> {
    let operations = Operations { of: description, resources, name: description.type_name() };
    let mut paths = Map::new();
    paths.insert(description.path.clone(), operations.collection());
    paths.insert(format!("{}/{{id}}", description.path), operations.single());
    if !description.actions.is_empty() {
        paths.insert(format!("{}/{{id}}/transitions", description.path), operations.transitions());
    }
    for part in &description.parts {
        paths.insert(format!("{}/{{id}}/{}", description.path, part.name), operations.part(part));
    }
    paths
}

struct Operations<'a> {
    of: &'a Description,
    resources: &'a [Arc<Served>],
    name: String,
}

/// What those who are logged in may do.
fn token() -> Value {
    json!([{ "token": [] }])
}

fn if_match() -> Value {
    json!({ "name": "If-Match", "in": "header", "required": true, "schema": { "type": "string" },
        "description": "The ETag of what was read; only its revision counts." })
}

fn idempotency() -> Value {
    json!({ "name": "Idempotency-Key", "in": "header",
        "schema": { "type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$" },
        "description": "The same key and body answers the first result again for 24 hours." })
}

impl Operations<'_> {
    /// An operation: its name, what it does, who may.
    fn operation(&self, verb: &str, summary: String, (security, parameters): (Value, Vec<Value>)) -> Value {
        let name = &self.name;
        json!({ "operationId": format!("{verb}{name}"), "summary": summary, "tags": [self.of.plural], "security": security, "parameters": parameters })
    }

    fn id(&self) -> Value {
        json!({ "name": "id", "in": "path", "required": true, "schema": match self.of.key {
            Some(key) => json!({ "type": "string", "description": format!("Its {key} or id.") }),
            None => json!({ "type": "string", "format": "uuid" }),
        } })
    }

    /// The parameters of a write, with the language where there are several.
    fn localized(&self, mut parameters: Vec<Value>) -> Vec<Value> {
        if self.of.editions == Editions::Localized {
            let text = "The language whose edition is meant; else the first one.";
            parameters.push(query("lang", json!({ "type": "string", "pattern": Locale::PATTERN }), text));
        }
        parameters
    }

    fn readers(&self) -> Value {
        match self.of.readers {
            Readers::Everybody => json!([{}, { "token": [] }]),
            Readers::Staff => token(),
        }
    }

    fn one(&self) -> Value {
        let row = json!({ "type": "object", "required": ["data"], "properties": {
            "data": schema_ref(&self.name), "included": { "type": "array", "items": { "type": "object" } } } });
        json!({ "description": "The resource.", "headers": etag(), "content": { "application/json": { "schema": row } } })
    }

    fn created(&self) -> Value {
        let mut created = self.one();
        let headers = json!({ "ETag": { "schema": { "type": "string" } }, "Location": { "schema": { "type": "string" } } });
        put(&mut created, "headers", headers);
        put(&mut created, "links", links(self.of));
        created
    }

    fn input(&self) -> Value {
        json_body(schema_ref(&format!("{}Input", self.name)), &["application/json"])
    }

    fn collection(&self) -> Value {
        let (of, one) = (self.of, &self.of.one.en);
        let page = json!({ "description": "A page.", "content": { "application/json": { "schema": {
            "type": "object", "required": ["data", "links"], "properties": {
                "data": { "type": "array", "items": schema_ref(&self.name) },
                "included": { "type": "array", "items": { "type": "object" } },
                "links": schema_ref("Links"),
                "meta": { "type": "object", "properties": { "total": { "type": "integer" } } },
            } } } } });
        let parameters = list_parameters(of, self.resources);
        let mut get = self.operation("list", format!("List {}", of.title.en), (self.readers(), parameters));
        put(&mut get, "operationId", format!("list{}", pascal(&of.plural)).into());
        put(&mut get, "responses", responses("200", page, &[400, 401, 403]));
        let mut item = json!({ "get": get });
        if of.input.is_some() || of.upload.is_some() {
            let may = if of.public_write { self.everybody() } else { token() };
            let mut post = self.operation("create", format!("Enter a new {one}"), (may, vec![idempotency()]));
            put(&mut post, "requestBody", of.upload.as_ref().map_or_else(|| self.input(), form_body));
            let failures: &[u16] = &[400, 401, 403, 409, 413, 415, 422, 429];
            let failures = if of.public_write { failures } else { failures.split_last().map_or(failures, |(_, rest)| rest) };
            put(&mut post, "responses", responses("201", self.created(), failures));
            put(&mut item, "post", post);
        }
        item
    }

    fn everybody(&self) -> Value {
        json!([{}, { "token": [] }])
    }

    fn single(&self) -> Value {
        let (of, one) = (self.of, &self.of.one.en);
        let mut parameters = vec![self.id()];
        parameters.extend(view_parameters(of, self.resources));
        let localized = of.editions == Editions::Localized;
        let absent: &[u16] = if localized { &[400, 401, 403, 404, 410] } else { &[400, 401, 403, 404] };
        let mut shown = self.one();
        if let Some(content) = shown.get_mut("content").and_then(Value::as_object_mut).filter(|_| localized) {
            content.extend(
                ["text/html", "application/ld+json"].map(|form| (form.to_owned(), json!({ "schema": { "type": "string" } }))),
            );
        }
        let mut reads = responses("200", shown, absent);
        if localized {
            let headers = json!({ "Location": { "schema": { "type": "string" } } });
            put(&mut reads, "301", json!({ "description": "It has moved for good.", "headers": headers }));
        }
        put(&mut reads, "304", json!({ "description": "The caller has it already." }));
        let mut get = self.operation("get", format!("Read one {one}"), (self.readers(), parameters));
        put(&mut get, "responses", reads);
        let mut item = json!({ "get": get });
        let seen = || self.localized(vec![self.id(), if_match()]);
        if of.patch().is_some() {
            let mut patch = self.operation("update", format!("Change one {one} by a merge patch"), (token(), seen()));
            let types = &["application/merge-patch+json", "application/json"];
            put(&mut patch, "requestBody", json_body(schema_ref(&format!("{}Patch", self.name)), types));
            put(&mut patch, "responses", responses("200", self.one(), &[400, 401, 403, 404, 409, 412, 413, 415, 422, 428]));
            put(&mut item, "patch", patch);
        }
        if of.deletes() {
            let mut delete = self.operation("delete", format!("Remove one {one}"), (token(), seen()));
            let gone = json!({ "description": "It is gone." });
            put(&mut delete, "responses", responses("204", gone, &[400, 401, 403, 404, 409, 412, 422, 428]));
            put(&mut item, "delete", delete);
        }
        if of.put {
            let summary = format!("Enter one {one} under an id that the caller has made");
            let mut enter = self.operation("put", summary, (token(), vec![self.id()]));
            put(&mut enter, "requestBody", self.input());
            let mut answers = responses("201", self.one(), &[400, 401, 403, 409, 413, 415, 422]);
            put(&mut answers, "200", self.one());
            put(&mut enter, "responses", answers);
            put(&mut item, "put", enter);
        }
        item
    }

    fn transitions(&self) -> Value {
        let of = self.of;
        let step = if of.editions == Editions::Localized { schema_ref("EntryTransition") } else { step_schema(of) };
        let summary = format!("Move one {} along its workflow: {}", of.one.en, of.actions.join(", "));
        let parameters = self.localized(vec![self.id(), if_match(), idempotency()]);
        let mut post = self.operation("transition", summary, (token(), parameters));
        put(&mut post, "requestBody", json_body(step, &["application/json"]));
        put(&mut post, "responses", responses("200", self.one(), &[400, 401, 403, 404, 409, 412, 413, 415, 422, 428]));
        json!({ "post": post })
    }

    fn part(&self, part: &Part) -> Value {
        let data = if part.single { part.schema.clone() } else { json!({ "type": "array", "items": part.schema }) };
        let rows = json!({ "type": "object", "required": ["data"], "properties": { "data": data } });
        let mut content = json!({ "application/json": { "schema": rows } });
        for (_, media_type) in &part.forms {
            put(&mut content, media_type, json!({}));
        }
        let rows = json!({ "description": part.title, "content": content });
        let parameters = self.localized(vec![self.id()]);
        let open = part.readers == Readers::Everybody;
        let mut asked = parameters.clone();
        if part.on_a_day {
            asked.push(as_of());
        }
        let query =
            |name: &str, schema: Value, text: &str| json!({ "name": name, "in": "query", "schema": schema, "description": text });
        asked.extend(part.parameters.iter().map(|one| query(one.name, one.schema(), one.title)));
        if !part.forms.is_empty() {
            let forms: Vec<&str> = std::iter::once("json").chain(part.forms.iter().map(|(form, _)| *form)).collect();
            asked.push(query("format", json!({ "enum": forms }), "The form; else by `Accept`."));
        }
        let security = if open { self.everybody() } else { token() };
        let mut get = self.operation("list", part.title.to_owned(), (security, asked));
        let verb = if part.single { "get" } else { "list" };
        put(&mut get, "operationId", format!("{verb}{}{}", self.name, pascal(part.name)).into());
        let refusals: &[u16] = if !part.parameters.is_empty() {
            &[400, 401, 404, 409, 413]
        } else if open {
            &[400, 401, 404]
        } else {
            &[400, 401, 403, 404]
        };
        put(&mut get, "responses", responses("200", rows, refusals));
        let mut item = json!({ "get": get });
        if let Some(action) = part.posts {
            let mut members = self.of.step.get("properties").cloned().unwrap_or_default();
            put(&mut members, "comment", json!({ "type": ["string", "null"], "maxLength": 2000, "pattern": NO_NUL }));
            let body = json!({ "type": "object", "additionalProperties": false, "properties": members });
            let summary = format!("The action {action} of one {}", self.of.one.en);
            let mut post = self.operation(action, summary, (token(), parameters));
            put(&mut post, "requestBody", json_body(body, &["application/json"]));
            put(&mut post, "responses", responses("201", self.one(), &[400, 401, 403, 404, 409, 412, 413, 415, 422]));
            put(&mut item, "post", post);
        }
        item
    }
}

/// A form with one file and what is told about it.
fn form_body(told: &Value) -> Value {
    let mut schema = told.clone();
    // A field of a form that is left empty is one that is not given, as browsers send it.
    for field in schema.get_mut("properties").and_then(Value::as_object_mut).into_iter().flat_map(|fields| fields.values_mut()) {
        *field = json!({ "anyOf": [field.take(), { "type": "string", "maxLength": 0 }] });
    }
    put(&mut schema, "required", json!(["file"]));
    if let Some(parts) = schema.get_mut("properties") {
        put(parts, "file", json!({ "type": "string", "format": "binary", "description": "The file, with its name." }));
    }
    json!({ "required": true, "content": { "multipart/form-data": { "schema": schema } } })
}
