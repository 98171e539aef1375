//! Lists that hang on one resource: its versions, its translations, the steps it took.

use super::objects::{self, RowValue, as_of, as_of_argument};
use super::schema::described;
use super::{Session, told};
use crate::description::{Description, Parameter, Part, Readers, Takes, camel};
use crate::problem::Problem;
use crate::resource::{PartQuery, Verb};
use crate::rest::params::part_parameter;
use async_graphql::dynamic::{Field, FieldFuture, FieldValue, InputValue, Object, ResolverContext, TypeRef};
use kernel::query::{Projection, State};
use kernel::{Id, Row, View};

/// The object types of the parts of these resources, each once.
pub(super) fn types<'a>(descriptions: impl Iterator<Item = &'a Description>, names: &objects::Known) -> Vec<Object> {
    let mut known: Vec<&str> = Vec::new();
    let mut made = Vec::new();
    for part in descriptions.flat_map(|description| &description.parts) {
        if !known.contains(&part.type_name) {
            known.push(part.type_name);
            let object = objects::object(part.type_name, &part.schema, (None, names), &mut made);
            made.push(object.description(part.title));
        }
    }
    made
}

/// The field of a part: for those who see working copies, null without error for others.
pub(super) fn field(description: &Description, part: &Part) -> Field {
    let (resource, name) = (description.name.clone(), part.name);
    let (open, single, long) = (part.readers == Readers::Everybody, part.single, part.long);
    let kind = if single { TypeRef::named(part.type_name) } else { TypeRef::named_nn_list(part.type_name) };
    let (parameters, has_day) = (part.parameters.clone(), part.on_a_day);
    let arguments: Vec<InputValue> = parameters.iter().map(argument).collect();
    let field = Field::new(camel(name), kind, move |ctx| {
        let (resource, parameters) = (resource.clone(), parameters.clone());
        FieldFuture::new(async move {
            let found = async {
                let session = ctx.data::<Session>()?;
                let Some(parent) = ctx.parent_value.downcast_ref::<RowValue>() else { return Ok(None) };
                let catalog = session.app.parts.registry.now().clone();
                let actor = &session.call.actor;
                let served = catalog.by_name(&resource).filter(|served| open || served.resource.may(actor, Verb::ReadDrafts));
                let id = parent.row.get("id").and_then(|id| Id::parse(id.as_str()?));
                let (Some(served), Some(id)) = (served, id) else { return Ok(None) };
                let day = as_of(&ctx)?.or(parent.as_of);
                let view = View { as_of: day, fields: Projection(Vec::new()), state: parent.state, lang: parent.lang.clone() };
                let given = given(&ctx, &parameters).map_err(|problem| session.error(&problem))?;
                if long {
                    let size = served.resource.text_size(id).await.map_err(|problem| session.error(&problem))?;
                    session.rooms.add(session.app.heavy.enter(size).await.map_err(|problem| session.error(&problem))?);
                }
                let rows = served.resource.part(actor, id, &PartQuery { name, view: &view, given: &given }).await;
                let rows = rows.map_err(|problem| session.error(&problem))?;
                let row = |row| FieldValue::owned_any(RowValue::new(row, State::Draft, parent.lang.clone()).on(parent.as_of));
                Ok(rows.and_then(|rows| {
                    let mut rows = rows.into_iter().map(row);
                    if single { rows.next() } else { Some(FieldValue::list(rows)) }
                }))
            };
            told(&ctx, found.await)
        })
    });
    let field = arguments.into_iter().fold(field, Field::argument);
    described(if has_day { field.argument(as_of_argument()) } else { field }, part.title)
}

fn argument(parameter: &Parameter) -> InputValue {
    let kind = match parameter.takes {
        Takes::Text | Takes::Language => TypeRef::STRING,
        Takes::Day => "Date",
        Takes::Flag => TypeRef::BOOLEAN,
    };
    InputValue::new(camel(parameter.name), TypeRef::named(kind)).description(parameter.title)
}

/// The values of the arguments, by the names that REST gives them.
fn given(ctx: &ResolverContext<'_>, parameters: &[Parameter]) -> Result<Row, Problem> {
    let mut given = Row::new();
    for parameter in parameters {
        let Some(value) = ctx.args.get(&camel(parameter.name)).filter(|value| !value.is_null()) else { continue };
        let value = match (value.boolean(), value.string()) {
            (Ok(flag), _) => flag.into(),
            (_, Ok(text)) => part_parameter(parameter, text)?,
            _ => continue,
        };
        given.insert(parameter.name.to_owned(), value);
    }
    Ok(given)
}
