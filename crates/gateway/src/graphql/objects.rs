//! Object types and single resources.

use super::loader::{Key, Loader};
use super::schema::described;
use super::{Session, blocks, parts, told};
use crate::description::{Description, Relation, camel, pascal, properties};
use crate::problem::Problem;
use crate::resource::{Served, get};
use async_graphql::dataloader::DataLoader;
use async_graphql::dynamic::{Field, FieldFuture, FieldValue, InputValue, Object, ResolverContext, TypeRef};
use async_graphql::{SelectionField, Value};
use kernel::query::{Name, Projection, State};
use kernel::{Actor, Id, Language, Locale, Row, View};
use std::sync::Arc;

/// A row on its way through the resolvers, with the state and language it was read in.
#[derive(Clone)]
pub(super) struct RowValue {
    pub row: Arc<Row>,
    pub state: State,
    pub lang: Language,
    /// The day that was asked for.
    pub as_of: Option<time::Date>,
}

impl RowValue {
    pub fn new(row: Row, state: State, lang: Language) -> Self {
        Self { row: Arc::new(row), state, lang, as_of: None }
    }

    /// What is no resource's own.
    pub fn told(row: Row) -> Self {
        Self::new(row, State::Published, Language::Source)
    }

    /// The same, as of a day: so are the rows it leads to.
    pub fn on(self, as_of: Option<time::Date>) -> Self {
        Self { as_of, ..self }
    }

    /// A part of this row.
    fn inner(&self, row: &Row) -> Self {
        Self::new(row.clone(), self.state, self.lang.clone()).on(self.as_of)
    }
}

/// The object types of a resource: itself, and one for each field that is an object.
pub(super) fn types(description: &Description, known: &Known) -> Vec<Object> {
    let mut types = Vec::new();
    let name = description.type_name();
    let mut object = object(&name, &description.schema, (Some(description), known), &mut types).implement("Node");
    if let Some(text) = description.schema.get("description").and_then(|text| text.as_str()) {
        object = object.description(text);
    }
    // A relation of which rows carry the id alone.
    let bare = |relation: &&Relation| properties(&description.schema).all(|(field, _)| *field != relation.name);
    for relation in description.relations.iter().filter(bare).filter(|relation| known.contains(&relation.target)) {
        object = object.field(described(related(relation, false), "The one of that id; null where the caller sees none."));
    }
    for part in &description.parts {
        object = object.field(parts::field(description, part));
    }
    types.push(object);
    types
}

/// What a field is for: its description, else the label that editors see.
pub(super) fn about(schema: &serde_json::Value) -> &str {
    let text = schema.get("description").or_else(|| schema.pointer("/x-label/en"));
    text.and_then(|text| text.as_str()).unwrap_or_default()
}

/// The names of the resources that are served: a relation to any other is an id alone.
pub(super) type Known = std::collections::HashSet<String>;

pub(super) fn object(
    name: &str,
    schema: &serde_json::Value,
    (of, known): (Option<&Description>, &Known),
    made: &mut Vec<Object>,
) -> Object {
    let required = |field: &str| {
        schema
            .get("required")
            .and_then(|required| required.as_array())
            .is_some_and(|names| names.iter().any(|name| name == field))
    };
    let mut object = Object::new(name);
    for (field, of_field) in properties(schema) {
        let text = about(of_field);
        let named = of.and_then(|description| description.relations.iter().find(|relation| relation.name == *field).cloned());
        if let Some(relation) = named.or_else(|| relation(field, of_field)) {
            if relation.id_field == relation.name {
                object = object.field(described(ids(&relation, of_field), "The id, whether the target can be seen or not."));
            }
            if known.contains(&relation.target) {
                object = object.field(described(related(&relation, is_list(of_field)), text));
            }
            continue;
        }
        if blocks::kinds(of_field).is_some() {
            object = object.field(described(blocks_field(field), text));
            continue;
        }
        let made_name = format!("{name}{}", pascal(field));
        let kind = type_ref(of_field, &made_name);
        if let Some(inner) = object_schema(of_field) {
            let inner = self::object(&made_name, inner, (None, known), made);
            made.push(inner);
        }
        let kind = if required(field) && !is_nullable(of_field) { TypeRef::NonNull(Box::new(kind)) } else { kind };
        object = object.field(described(plain(field, kind), text));
    }
    object
}

/// The relation that a property of a content type is: `x-relation` names its target, `x-media` says it is media.
pub(crate) fn relation(name: &str, schema: &serde_json::Value) -> Option<Relation> {
    let at = |key: &str| schema.get(key).or_else(|| schema.get("items")?.get(key));
    let target = match (at("x-relation").and_then(|target| target.as_str()), at("x-media")) {
        (Some(target), _) => target,
        (None, Some(_)) => "media",
        (None, None) => return None,
    };
    let name = Name::Owned(name.to_owned());
    Some(Relation { id_field: name.clone(), name, target: target.to_owned(), inline: vec!["id"] })
}

fn is_list(schema: &serde_json::Value) -> bool {
    kind(schema) == "array"
}

/// `guideId`, or `guideIds` of a list.
fn ids(relation: &Relation, schema: &serde_json::Value) -> Field {
    let key = relation.id_field.to_string();
    let (name, kind) = if is_list(schema) {
        (format!("{}Ids", camel(&relation.name)), TypeRef::named_nn_list(TypeRef::ID))
    } else {
        (format!("{}Id", camel(&relation.name)), TypeRef::named(TypeRef::ID))
    };
    Field::new(name, kind, move |ctx| FieldFuture::Value(read(&ctx, &key)))
}

/// The schema of the objects in a field: its own, or that of its items.
pub(super) fn object_schema(schema: &serde_json::Value) -> Option<&serde_json::Value> {
    if schema.get("properties").is_some() { Some(schema) } else { schema.get("items").and_then(object_schema) }
}

/// The kind of a schema, `null` apart.
fn kind(schema: &serde_json::Value) -> &str {
    match schema.get("type") {
        Some(serde_json::Value::String(kind)) => kind,
        Some(serde_json::Value::Array(kinds)) => {
            kinds.iter().filter_map(|kind| kind.as_str()).find(|kind| *kind != "null").unwrap_or_default()
        }
        _ => "",
    }
}

fn is_nullable(schema: &serde_json::Value) -> bool {
    schema.get("type").and_then(|kinds| kinds.as_array()).is_some_and(|kinds| kinds.iter().any(|kind| kind == "null"))
}

/// The type of a schema, `null` apart; `made` is the name of the object type in it.
pub(super) fn type_ref(schema: &serde_json::Value, made: &str) -> TypeRef {
    match kind(schema) {
        "array" => {
            let items = schema.get("items").map_or_else(|| TypeRef::named("JSON"), |items| type_ref(items, made));
            TypeRef::List(Box::new(TypeRef::NonNull(Box::new(items))))
        }
        "object" if schema.get("properties").is_some() => TypeRef::named(made),
        _ => TypeRef::named(scalar_name(schema)),
    }
}

fn scalar_name(schema: &serde_json::Value) -> &'static str {
    let format = schema.get("format").and_then(|format| format.as_str()).unwrap_or_default();
    match (kind(schema), format) {
        ("string", "date") => "Date",
        ("string", "date-time") => "DateTime",
        ("string", "uuid") => TypeRef::ID,
        ("string", _) => TypeRef::STRING,
        // The Int of GraphQL has 32 bits.
        ("integer", _) if schema.get("maximum").and_then(|most| most.as_i64()).is_some_and(|most| most > i64::from(i32::MAX)) => {
            TypeRef::FLOAT
        }
        ("integer", _) => TypeRef::INT,
        ("number", _) => TypeRef::FLOAT,
        ("boolean", _) => TypeRef::BOOLEAN,
        _ => "JSON",
    }
}

fn plain(name: &str, kind: TypeRef) -> Field {
    let key = name.to_owned();
    // Any JSON is sent whole; an object type is read field by field.
    let whole = kind.type_name() == "JSON";
    Field::new(camel(name), kind, move |ctx| {
        FieldFuture::Value(if whole {
            let parent = ctx.parent_value.downcast_ref::<RowValue>();
            let json = parent.and_then(|parent| parent.row.get(&key)).filter(|json| !json.is_null());
            json.and_then(|json| Value::from_json(json.clone()).ok()).map(FieldValue::value)
        } else {
            read(&ctx, &key)
        })
    })
}

/// A list of blocks; each says itself which member of the union it is.
fn blocks_field(name: &str) -> Field {
    let key = name.to_owned();
    Field::new(camel(name), blocks::list(), move |ctx| {
        let parent = ctx.parent_value.downcast_ref::<RowValue>();
        FieldFuture::Value(parent.and_then(|parent| {
            let items = parent.row.get(&key)?.as_array()?.iter().filter_map(|item| item.as_object());
            let block = |item: &Row| {
                let kind = item.get("type").and_then(|kind| kind.as_str()).unwrap_or_default();
                FieldValue::owned_any(parent.inner(item)).with_type(blocks::type_name(kind))
            };
            Some(FieldValue::list(items.map(block)))
        }))
    })
}

fn read<'a>(ctx: &ResolverContext<'a>, key: &str) -> Option<FieldValue<'a>> {
    let parent = ctx.parent_value.downcast_ref::<RowValue>()?;
    value(parent.row.get(key)?, parent)
}

pub(super) fn value<'a>(json: &serde_json::Value, parent: &RowValue) -> Option<FieldValue<'a>> {
    match json {
        serde_json::Value::Null => None,
        serde_json::Value::Object(row) => Some(FieldValue::owned_any(parent.inner(row))),
        serde_json::Value::Array(items) => {
            Some(FieldValue::list(items.iter().map(|item| value(item, parent).unwrap_or(FieldValue::NULL))))
        }
        serde_json::Value::String(text) => Some(FieldValue::value(text.as_str())),
        other => Value::from_json(other.clone()).ok().map(FieldValue::value),
    }
}

/// A relation: what rows carry inline answers where it suffices, else the targets are loaded in a batch.
fn related(relation: &Relation, many: bool) -> Field {
    let relation = relation.clone();
    let target = pascal(&relation.target);
    let kind = if many { TypeRef::named_nn_list(target) } else { TypeRef::named(target) };
    Field::new(camel(&relation.name), kind, move |ctx| {
        let relation = relation.clone();
        FieldFuture::new(async move {
            let found = async {
                let Some(parent) = ctx.parent_value.downcast_ref::<RowValue>() else { return Ok(None) };
                let session = ctx.data::<Session>()?;
                let catalog = session.app.parts.registry.now().clone();
                let Some(target) = catalog.by_name(&relation.target) else { return Ok(None) };
                let wanted = selected(&ctx.ctx.field(), target.description());
                let suffices = wanted.iter().all(|name| name == "type" || relation.inline.contains(&name.as_ref()));
                if suffices && let Some(serde_json::Value::Object(inline)) = parent.row.get(relation.name.as_ref()) {
                    let mut row = inline.clone();
                    row.insert("type".into(), relation.target.clone().into());
                    return Ok(Some(FieldValue::owned_any(parent.inner(&row))));
                }
                let keys: Vec<Key> = relation
                    .ids(&parent.row)
                    .into_iter()
                    .map(|id| Key {
                        target: relation.target.clone(),
                        id,
                        fields: wanted.clone(),
                        state: parent.state,
                        lang: parent.lang.for_relations(),
                        as_of: parent.as_of,
                    })
                    .collect();
                let loader = ctx.data::<DataLoader<Loader>>()?;
                let mut rows = loader.load_many(keys.clone()).await.map_err(|problem| session.error(&problem))?;
                let mut found = keys.iter().filter_map(|key| rows.remove(key)).map(FieldValue::owned_any);
                Ok(if many { Some(FieldValue::list(found)) } else { found.next() })
            };
            told(&ctx, found.await)
        })
    })
}

/// The fields of the resource that a selection asks for, fragments included, in REST's names.
pub(super) fn selected(field: &SelectionField<'_>, of: &Description) -> Vec<Name> {
    let mut names: Vec<Name> = field.selection_set().filter_map(|field| of.rest_name(field.name())).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// `document(id:, state:, lang:)`.
pub(super) fn one_field(description: &Description) -> Field {
    let name = description.name.clone();
    let mut field = Field::new(camel(&name), TypeRef::named(description.type_name()), move |ctx| {
        let name = name.clone();
        FieldFuture::new(async move {
            let found = async {
                let session = ctx.data::<Session>()?;
                let (state, lang, as_of) = (state(&ctx)?, lang(&ctx)?, as_of(&ctx)?);
                let catalog = session.app.parts.registry.now().clone();
                let Some(served) = catalog.by_name(&name) else { return Ok(None) };
                let key = ctx.args.try_get("id")?.string()?.to_owned();
                let id = served.resource.by_key(&key).await.map_err(|problem| session.error(&problem))?;
                let Some(id) = id else { return Ok(None) };
                let found = one(&ctx, served, id, (state, Language::from(lang), as_of)).await?;
                Ok(found.map(FieldValue::owned_any))
            };
            told(&ctx, found.await)
        })
    })
    .argument(InputValue::new("id", TypeRef::named_nn(TypeRef::ID)));
    if description.editions.has_drafts() {
        field = field.argument(state_argument()).argument(lang_argument("In this language."));
    }
    if description.as_of {
        field = field.argument(as_of_argument());
    }
    described(field, "One by its id; null where the caller sees none.")
}

/// `lang: "en"`.
pub(super) fn lang_argument(text: &str) -> InputValue {
    InputValue::new("lang", TypeRef::named(TypeRef::STRING)).description(text)
}

/// The language that a field asks for.
pub(super) fn lang(ctx: &ResolverContext<'_>) -> Result<Option<Locale>, async_graphql::Error> {
    let session = ctx.data::<Session>()?;
    match ctx.args.get("lang") {
        Some(given) if !given.is_null() => {
            crate::rest::params::locale("lang", given.string()?).map(Some).map_err(|problem| session.error(&problem))
        }
        _ => Ok(None),
    }
}

/// `asOf: "2026-07-01"`.
pub(super) fn as_of_argument() -> InputValue {
    InputValue::new("asOf", TypeRef::named("Date")).description("As of this day; today where none is given.")
}

/// The day that a field asks for.
pub(super) fn as_of(ctx: &ResolverContext<'_>) -> Result<Option<time::Date>, async_graphql::Error> {
    let session = ctx.data::<Session>()?;
    match ctx.args.get("asOf") {
        Some(given) if !given.is_null() => {
            crate::rest::params::day("asOf", given.string()?).map(Some).map_err(|problem| session.error(&problem))
        }
        _ => Ok(None),
    }
}

/// `state: "draft"`.
pub(super) fn state_argument() -> InputValue {
    InputValue::new("state", TypeRef::named(TypeRef::STRING)).description("`published` (default) or `draft`, the working copy.")
}

/// Which edition a field asks for.
pub(super) fn state(ctx: &ResolverContext<'_>) -> Result<State, async_graphql::Error> {
    let session = ctx.data::<Session>()?;
    match ctx.args.get("state") {
        Some(given) if !given.is_null() => match given.string()? {
            "published" => Ok(State::Published),
            "draft" if session.call.actor == Actor::Anonymous => Err(session.error(&Problem::unauthenticated())),
            "draft" => Ok(State::Draft),
            _ => Err(session.error(&crate::rest::params::bad("state", "published, draft", "published, draft"))),
        },
        _ => Ok(State::Published),
    }
}

/// Reads one resource as it is selected.
async fn one(
    ctx: &ResolverContext<'_>,
    served: &Served,
    id: Id,
    (state, lang, as_of): (State, Language, Option<time::Date>),
) -> Result<Option<RowValue>, async_graphql::Error> {
    let session = ctx.data::<Session>()?;
    let description = served.description();
    let actor = &session.call.actor;
    crate::rest::params::readable(actor, served).map_err(|problem| session.error(&problem))?;
    let mut fields = selected(&ctx.ctx.field(), description);
    fields.extend(description.relations.iter().map(|relation| relation.id_field.clone()));
    let view = View { as_of, fields: Projection(fields), state, lang: lang.clone() };
    let found = get(served.resource.as_ref(), actor, id, &view).await.map_err(|problem| session.error(&problem))?;
    Ok(found.map(|found| RowValue::new(found.row, state, lang).on(as_of)))
}

/// `node(id:)`: any resource by its bare id.
pub(super) fn node_field() -> Field {
    let field = Field::new("node", TypeRef::named("Node"), |ctx| {
        FieldFuture::new(async move {
            let found = async {
                let session = ctx.data::<Session>()?;
                let Some(id) = Id::parse(ctx.args.try_get("id")?.string()?) else { return Ok(None) };
                let named = store::resources::type_of(session.app.parts.db.reader(), id).await;
                let named = named.map_err(|error| session.error(&store::Refusal::from(error).into()))?;
                let catalog = session.app.parts.registry.now().clone();
                let Some(served) = named.and_then(|name| catalog.by_name(&name)) else { return Ok(None) };
                if crate::rest::params::readable(&session.call.actor, served).is_err() {
                    return Ok(None);
                }
                let found = one(&ctx, served, id, (State::Published, Language::Source, None)).await?;
                Ok(found.map(|row| FieldValue::owned_any(row).with_type(served.description().type_name())))
            };
            told(&ctx, found.await)
        })
    });
    let field = field.argument(InputValue::new("id", TypeRef::named_nn(TypeRef::ID)));
    described(field, "Anything by its id; null where the caller sees none.")
}
