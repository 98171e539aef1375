//! One description per resource: REST routes, OpenAPI and GraphQL types all derive from it.

use kernel::Text;
use kernel::query::{Direction, Field, Name, SortKey};
pub(crate) use kernel::text::camel;
use serde_json::{Map, Value, json};
use utoipa::openapi::{RefOr, Schema};

/// A resource as both protocols serve it.
#[derive(Debug, Clone)]
pub struct Description {
    /// Its name, the `type` of its rows: `document`.
    pub name: String,
    /// Its plural, for lists: `documents`.
    pub plural: String,
    /// Where it is served: `/v1/documents`.
    pub path: String,
    /// What many of it are called in documentation, in lower case.
    pub title: Text,
    /// What one of it is called.
    pub one: Text,
    /// JSON Schema of a row.
    pub schema: Value,
    /// JSON Schema of what creates one, where that can be done.
    pub input: Option<Value>,
    /// JSON Schema of what is told with a file, where one is entered by sending its file.
    pub upload: Option<Value>,
    /// What lists can be filtered and sorted by.
    pub fields: Vec<Field>,
    /// The order when none is asked for.
    pub default_sort: Vec<SortKey>,
    /// Other resources it refers to.
    pub relations: Vec<Relation>,
    /// Fields that lists leave out unless they are asked for.
    pub heavy: Vec<Name>,
    /// Whether it has working copies beside what is published.
    pub editions: Editions,
    /// Whether something of it is computed for a day: then readers may ask `as_of` another.
    pub as_of: bool,
    /// Actions of its workflow.
    pub actions: Vec<&'static str>,
    /// JSON Schema of what an action takes besides its name and a comment.
    pub step: Value,
    /// Lists that hang on one of them.
    pub parts: Vec<Part>,
    /// Who may read it.
    pub readers: Readers,
    /// The field that an address may name one by, besides its id.
    pub key: Option<&'static str>,
    /// Whether `PUT` with an id made by the caller enters one.
    pub put: bool,
    /// What can be done with one that is there, its workflow apart.
    pub changes: Changes,
    /// Whether everybody may enter one: then how often is limited.
    pub public_write: bool,
    /// The field that titles one.
    pub display: String,
}

/// A list that hangs on one resource: `…/versions`.
#[derive(Debug, Clone)]
pub struct Part {
    /// Its name, the last segment of its address.
    pub name: &'static str,
    /// What it is, for documentation.
    pub title: &'static str,
    /// The name of its rows in GraphQL.
    pub type_name: &'static str,
    /// JSON Schema of a row.
    pub schema: Value,
    /// The action that a `POST` to it takes, if one does.
    pub posts: Option<&'static str>,
    /// Who may read it.
    pub readers: Readers,
    /// Whether there is one row always: then it is answered as one, not as a list.
    pub single: bool,
    /// Whether a `POST` to it takes a file.
    pub takes_files: bool,
    /// Whether it is another on another day.
    pub on_a_day: bool,
    /// What it may be asked for, besides a day.
    pub parameters: Vec<Parameter>,
    /// The forms beside JSON that REST gives it in, by `format` or `Accept`: name and media type.
    pub forms: Vec<(&'static str, &'static str)>,
    /// Whether it is made of the text of the resource, which may be long.
    pub long: bool,
}

/// What a part may be asked for.
#[derive(Debug, Clone, Copy)]
pub struct Parameter {
    /// Its name.
    pub name: &'static str,
    /// What it takes.
    pub takes: Takes,
    /// What it means, for documentation.
    pub title: &'static str,
}

/// What a parameter takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// A short text.
    Text,
    /// A day.
    Day,
    /// Yes or no.
    Flag,
    /// A language.
    Language,
}

impl Parameter {
    /// JSON Schema of its value.
    pub fn schema(&self) -> Value {
        match self.takes {
            Takes::Text => json!({ "type": "string", "minLength": 1, "maxLength": 200 }),
            Takes::Day => json!({ "type": "string", "format": "date" }),
            Takes::Flag => json!({ "type": "boolean" }),
            Takes::Language => json!({ "type": "string", "pattern": kernel::Locale::PATTERN }),
        }
    }
}

impl Part {
    /// A list that only those see who see working copies.
    pub fn of_staff(name: &'static str, type_name: &'static str, title: &'static str, schema: Value) -> Self {
        Self {
            name,
            title,
            type_name,
            schema,
            posts: None,
            readers: Readers::Staff,
            single: false,
            takes_files: false,
            on_a_day: false,
            parameters: Vec::new(),
            forms: Vec::new(),
            long: false,
        }
    }

    /// A list that whoever sees the resource sees.
    pub fn open(name: &'static str, type_name: &'static str, title: &'static str, schema: Value) -> Self {
        Self { readers: Readers::Everybody, ..Self::of_staff(name, type_name, title, schema) }
    }

    /// The same, for a day that is asked for.
    pub fn on_a_day(self) -> Self {
        Self { on_a_day: true, ..self }
    }
}

/// What can be done with one that is there, its workflow apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Changes {
    /// It is changed and removed, where one can be entered.
    All,
    /// It is only removed.
    Removal,
    /// It stays as it was entered.
    None,
}

/// Who may read a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readers {
    /// Everybody, as far as it is published.
    Everybody,
    /// Those who may [`crate::Verb::Read`] it.
    Staff,
}

/// Whether a resource has working copies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Editions {
    /// `state=draft` reads them, and rows have a language.
    Draft,
    /// The same for each language: writes name theirs with `lang`.
    Localized,
    /// Everything is public at once.
    None,
}

/// A relation to one or many others.
#[derive(Debug, Clone)]
pub struct Relation {
    /// Its name: `issuer`.
    pub name: Name,
    /// The resource it leads to.
    pub target: String,
    /// The field that holds the id.
    pub id_field: Name,
    /// Fields of the target that rows carry inline.
    pub inline: Vec<&'static str>,
}

impl Relation {
    /// The ids in the field of a row: one, or a list of them.
    pub fn ids(&self, row: &kernel::Row) -> Vec<kernel::Id> {
        let id = |value: &Value| value.as_str().and_then(kernel::Id::parse);
        match row.get(self.id_field.as_ref()) {
            Some(Value::Array(many)) => many.iter().filter_map(id).collect(),
            Some(one) => id(one).into_iter().collect(),
            None => Vec::new(),
        }
    }
}

impl Editions {
    /// Whether there are working copies.
    pub fn has_drafts(self) -> bool {
        self != Self::None
    }
}

impl Description {
    /// A resource without editions, workflow and relations, that everybody reads.
    pub fn simple(name: &str, plural: &str, path: &str, titles: (Text, Text)) -> Self {
        Self {
            name: name.to_owned(),
            plural: plural.to_owned(),
            path: path.to_owned(),
            title: titles.0,
            one: titles.1,
            schema: json!({}),
            input: None,
            upload: None,
            fields: Vec::new(),
            default_sort: Vec::new(),
            relations: Vec::new(),
            heavy: Vec::new(),
            editions: Editions::None,
            as_of: false,
            actions: Vec::new(),
            step: json!({}),
            parts: Vec::new(),
            readers: Readers::Everybody,
            key: None,
            put: false,
            changes: Changes::All,
            public_write: false,
            display: "title".to_owned(),
        }
    }

    /// The name that REST gives the field that GraphQL calls `name`: of `guideId` that of the relation.
    pub fn rest_name(&self, name: &str) -> Option<Name> {
        let known = properties(&self.schema).find(|(field, _)| camel(field) == name).map(|(field, _)| Name::Owned(field.clone()));
        known.or_else(|| {
            let relation = self.relations.iter().find(|relation| {
                relation.id_field == relation.name
                    && (name == format!("{}Id", camel(&relation.name)) || name == format!("{}Ids", camel(&relation.name)))
            })?;
            Some(relation.id_field.clone())
        })
    }

    /// The names of all fields, in the order of the schema.
    pub fn field_names(&self) -> Vec<Name> {
        properties(&self.schema).map(|(name, _)| Name::Owned(name.clone())).collect()
    }

    /// The fields of a list when none are asked for.
    pub fn light_fields(&self) -> Vec<Name> {
        let heavy = |name: &Name| self.heavy.contains(name);
        self.field_names().into_iter().filter(|name| !heavy(name)).collect()
    }

    /// The JSON Schema of a merge patch: every field of the input (or told with the file) may be left out, and those that
    /// need not be there may be removed by `null`. The workflow moves the state, not a patch.
    pub fn patch(&self) -> Option<Value> {
        let told = self.input.as_ref().or(self.upload.as_ref());
        let mut patch = told.filter(|_| self.changes == Changes::All)?.clone();
        let members = patch.as_object_mut()?;
        members.remove("required");
        if let Some(title) = members.get("title").and_then(Value::as_str) {
            let title = title.replace("Input", "Patch");
            members.insert("title".into(), title.into());
        }
        let vi = "Everything that is left out stays; `null` removes.";
        members.insert("description".into(), vi.into());
        if let Some(fields) = members.get_mut("properties").and_then(Value::as_object_mut) {
            fields.remove("state");
            // What is in a map is removed by `null` too.
            for members in
                fields.values_mut().filter_map(|field| field.get_mut("additionalProperties")).filter(|of| of.is_object())
            {
                *members = json!({ "anyOf": [members.take(), { "type": "null" }] });
            }
        }
        Some(patch)
    }

    /// The JSON Schema of what an action takes besides its name and a comment.
    pub fn step_schema(&self) -> Value {
        let members: Map<String, Value> = properties(&self.step).map(|(name, schema)| (name.clone(), schema.clone())).collect();
        json!({ "type": "object", "additionalProperties": false, "properties": members })
    }

    /// Whether one that is there can be removed.
    pub fn deletes(&self) -> bool {
        match self.changes {
            Changes::All => self.patch().is_some(),
            Changes::Removal => true,
            Changes::None => false,
        }
    }

    /// The name in GraphQL: `document` → `Document`, `tour-route` → `TourRoute`.
    pub fn type_name(&self) -> String {
        pascal(&self.name)
    }
}

/// The properties of an object schema.
pub(crate) fn properties(schema: &Value) -> impl Iterator<Item = (&String, &Value)> {
    schema.get("properties").and_then(Value::as_object).into_iter().flatten()
}

/// Sets a member of a JSON object.
pub(crate) fn put(object: &mut Value, name: &str, value: Value) {
    if let Some(members) = object.as_object_mut() {
        members.insert(name.to_owned(), value);
    }
}

/// Ascending or descending by one field.
pub(crate) fn sort_by(field: &'static str, direction: Direction) -> SortKey {
    SortKey { field: field.into(), direction }
}

/// `snake_case` or `kebab-case` → `PascalCase`.
pub(crate) fn pascal(name: &str) -> String {
    let camel = camel(name);
    let mut chars = camel.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// The JSON Schema of a Rust type, its references written out in place.
pub(crate) fn schema_of<T: utoipa::ToSchema>() -> Value {
    let mut parts: Vec<(String, RefOr<Schema>)> = Vec::new();
    T::schemas(&mut parts);
    let named: Map<String, Value> =
        parts.into_iter().map(|(name, schema)| (name, serde_json::to_value(schema).unwrap_or_default())).collect();
    let mut schema = serde_json::to_value(T::schema()).unwrap_or_default();
    write_out(&mut schema, &named);
    schema
}

/// Replaces `$ref` by what it refers to, and `oneOf [null, object]` by an object that may be null.
fn write_out(schema: &mut Value, named: &Map<String, Value>) {
    if let Some(name) = schema.get("$ref").and_then(Value::as_str).and_then(|path| path.rsplit('/').next()) {
        let description = schema.get("description").cloned();
        *schema = named.get(name).cloned().unwrap_or_else(|| json!({}));
        if let (Some(text), Some(members)) = (description, schema.as_object_mut()) {
            members.insert("description".into(), text);
        }
    }
    match schema {
        Value::Object(members) => members.values_mut().for_each(|member| write_out(member, named)),
        Value::Array(items) => items.iter_mut().for_each(|item| write_out(item, named)),
        _ => {}
    }
    let Some(choices) = schema.get("oneOf").and_then(Value::as_array) else { return };
    let is_null = |choice: &Value| choice.get("type").and_then(Value::as_str) == Some("null");
    if let [a, b] = choices.as_slice()
        && is_null(a) != is_null(b)
    {
        let mut other = if is_null(a) { b.clone() } else { a.clone() };
        if let Some(members) = other.as_object_mut() {
            if let Some(kind) = members.get("type").cloned() {
                members.insert("type".into(), json!([kind, "null"]));
            }
            if let Some(text) = schema.get("description") {
                members.insert("description".into(), text.clone());
            }
        }
        *schema = other;
    }
}
