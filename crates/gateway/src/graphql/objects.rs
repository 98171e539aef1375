//! Object types and single resources.

use super::loader::{Key, Loader};
use super::schema::described;
use super::{Session, told};
use crate::description::{Description, Relation, camel, pascal, properties};
use crate::problem::Problem;
use crate::resource::get;
use async_graphql::dataloader::DataLoader;
use async_graphql::dynamic::{Field, FieldFuture, FieldValue, InputValue, Object, ResolverContext, TypeRef};
use async_graphql::{SelectionField, Value};
use kernel::query::{Name, Projection, State};
use kernel::{Actor, Id, Row, View};
use std::sync::Arc;

/// A row on its way through the resolvers, with the state it was read in.
#[derive(Clone)]
pub(super) struct RowValue {
    pub row: Arc<Row>,
    pub state: State,
}

impl RowValue {
    pub fn new(row: Row, state: State) -> Self {
        Self { row: Arc::new(row), state }
    }
}

/// The object types of a resource: itself, and one for each field that is an object.
pub(super) fn types(description: &Description) -> Vec<Object> {
    let mut types = Vec::new();
    let name = description.type_name();
    let mut object = object(&name, &description.schema, Some(description), &mut types).implement("Node");
    if let Some(text) = description.schema.get("description").and_then(|text| text.as_str()) {
        object = object.description(text);
    }
    types.push(object);
    types
}

fn object(name: &str, schema: &serde_json::Value, of: Option<&Description>, made: &mut Vec<Object>) -> Object {
    let required = |field: &str| {
        schema
            .get("required")
            .and_then(|required| required.as_array())
            .is_some_and(|names| names.iter().any(|name| name == field))
    };
    let mut object = Object::new(name);
    for (field, of_field) in properties(schema) {
        let text = of_field.get("description").and_then(|text| text.as_str()).unwrap_or_default();
        let relation = of.and_then(|description| description.relations.iter().find(|relation| relation.name == *field));
        if let Some(relation) = relation {
            object = object.field(described(related(relation), text));
            continue;
        }
        let made_name = format!("{name}{}", pascal(field));
        let kind = type_ref(of_field, &made_name);
        if let Some(inner) = object_schema(of_field) {
            let inner = self::object(&made_name, inner, None, made);
            made.push(inner);
        }
        let kind = if required(field) { TypeRef::NonNull(Box::new(kind)) } else { kind };
        object = object.field(described(plain(field, kind), text));
    }
    object
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
        ("integer", _) => TypeRef::INT,
        ("number", _) => TypeRef::FLOAT,
        ("boolean", _) => TypeRef::BOOLEAN,
        _ => "JSON",
    }
}

fn plain(name: &str, kind: TypeRef) -> Field {
    let key = name.to_owned();
    Field::new(camel(name), kind, move |ctx| FieldFuture::Value(read(&ctx, &key)))
}

fn read<'a>(ctx: &ResolverContext<'a>, key: &str) -> Option<FieldValue<'a>> {
    let parent = ctx.parent_value.downcast_ref::<RowValue>()?;
    value(parent.row.get(key)?, parent.state)
}

fn value<'a>(json: &serde_json::Value, state: State) -> Option<FieldValue<'a>> {
    match json {
        serde_json::Value::Null => None,
        serde_json::Value::Object(row) => Some(FieldValue::owned_any(RowValue::new(row.clone(), state))),
        serde_json::Value::Array(items) => {
            Some(FieldValue::list(items.iter().map(|item| value(item, state).unwrap_or(FieldValue::NULL))))
        }
        serde_json::Value::String(text) => Some(FieldValue::value(text.as_str())),
        other => Value::from_json(other.clone()).ok().map(FieldValue::value),
    }
}

/// A relation: what rows carry inline answers where it suffices, else the target is loaded in a batch.
fn related(relation: &Relation) -> Field {
    let relation = relation.clone();
    Field::new(camel(&relation.name), TypeRef::named(pascal(&relation.target)), move |ctx| {
        let relation = relation.clone();
        FieldFuture::new(async move {
            let found = async {
                let Some(parent) = ctx.parent_value.downcast_ref::<RowValue>() else { return Ok(None) };
                let Some(id) = parent.row.get(relation.id_field.as_ref()).and_then(|id| Id::parse(id.as_str()?)) else {
                    return Ok(None);
                };
                let wanted = selected(&ctx.ctx.field());
                let suffices = wanted.iter().all(|name| name == "type" || relation.inline.contains(&name.as_ref()));
                if suffices && let Some(serde_json::Value::Object(inline)) = parent.row.get(relation.name.as_ref()) {
                    let mut row = inline.clone();
                    row.insert("type".into(), relation.target.clone().into());
                    return Ok(Some(FieldValue::owned_any(RowValue::new(row, parent.state))));
                }
                let session = ctx.data::<Session>()?;
                let key = Key { target: relation.target.clone(), id, fields: wanted, state: parent.state };
                let loader = ctx.data::<DataLoader<Loader>>()?;
                let row = loader.load_one(key).await.map_err(|problem| session.error(&problem))?;
                Ok(row.map(FieldValue::owned_any))
            };
            told(&ctx, found.await)
        })
    })
}

/// The fields of the resource that a selection asks for, fragments included, in REST's names.
pub(super) fn selected(field: &SelectionField<'_>) -> Vec<Name> {
    let mut names: Vec<Name> = Vec::new();
    for field in field.selection_set() {
        let name = snake(field.name());
        if !field.name().starts_with("__") && !names.iter().any(|known| *known == name) {
            names.push(Name::Owned(name));
        }
    }
    names.sort_unstable();
    names
}

/// `camelCase` → `snake_case`: the names of resources are snake case, so nothing is lost.
fn snake(name: &str) -> String {
    let mut snake = String::with_capacity(name.len() + 4);
    for c in name.chars() {
        if c.is_ascii_uppercase() {
            snake.push('_');
        }
        snake.push(c.to_ascii_lowercase());
    }
    snake
}

/// `document(id:, state:)`.
pub(super) fn one_field(description: &Description) -> Field {
    let name = description.name.clone();
    let field = Field::new(camel(&name), TypeRef::named(description.type_name()), move |ctx| {
        let name = name.clone();
        FieldFuture::new(async move {
            let found = async {
                let session = ctx.data::<Session>()?;
                let id = Id::parse(ctx.args.try_get("id")?.string()?);
                let state = state(&ctx)?;
                let Some(id) = id else { return Ok(None) };
                let found = one(session, &name, id, (state, selected(&ctx.ctx.field()))).await?;
                Ok(found.map(|(row, _)| FieldValue::owned_any(row)))
            };
            told(&ctx, found.await)
        })
    });
    let field = field.argument(InputValue::new("id", TypeRef::named_nn(TypeRef::ID)));
    let field =
        if description.editions == crate::description::Editions::Draft { field.argument(state_argument()) } else { field };
    described(field, "One by its id; null where the caller sees none.")
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

/// Reads one resource; with it the name of its type.
async fn one(
    session: &Session,
    name: &str,
    id: Id,
    view: (State, Vec<Name>),
) -> Result<Option<(RowValue, String)>, async_graphql::Error> {
    let catalog = session.app.parts.registry.now().clone();
    let Some(served) = catalog.by_name(name) else { return Ok(None) };
    let (state, mut fields) = view;
    for relation in &served.description().relations {
        fields.push(relation.id_field.clone());
    }
    let view = View { fields: Projection(fields), state, lang: None };
    let found = get(served.resource.as_ref(), &session.call.actor, id, &view).await.map_err(|problem| session.error(&problem))?;
    let type_name = served.description().type_name();
    Ok(found.map(|found| (RowValue::new(found.row, state), type_name)))
}

/// `node(id:)`: any resource by its bare id.
pub(super) fn node_field() -> Field {
    let field = Field::new("node", TypeRef::named("Node"), |ctx| {
        FieldFuture::new(async move {
            let found = async {
                let session = ctx.data::<Session>()?;
                let Some(id) = Id::parse(ctx.args.try_get("id")?.string()?) else { return Ok(None) };
                let named = store::resources::type_of(session.app.parts.db.reader(), id).await;
                let named = named.map_err(|error| session.error(&documents::Error::from(error).into()))?;
                let Some(name) = named else { return Ok(None) };
                let found = one(session, &name, id, (State::Published, selected(&ctx.ctx.field()))).await?;
                Ok(found.map(|(row, type_name)| FieldValue::owned_any(row).with_type(type_name)))
            };
            told(&ctx, found.await)
        })
    });
    let field = field.argument(InputValue::new("id", TypeRef::named_nn(TypeRef::ID)));
    described(field, "Anything by its id; null where the caller sees none.")
}
