//! Lists that hang on one resource: its versions, its translations, the steps it took.

use super::objects::{self, RowValue};
use super::schema::described;
use super::{Session, told};
use crate::description::{Description, Part, Readers, camel};
use crate::resource::Verb;
use async_graphql::dynamic::{Field, FieldFuture, FieldValue, Object, TypeRef};
use kernel::query::{Projection, State};
use kernel::{Id, View};

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
    let (open, single) = (part.readers == Readers::Everybody, part.single);
    let kind = if single { TypeRef::named(part.type_name) } else { TypeRef::named_nn_list(part.type_name) };
    let field = Field::new(camel(name), kind, move |ctx| {
        let resource = resource.clone();
        FieldFuture::new(async move {
            let found = async {
                let session = ctx.data::<Session>()?;
                let Some(parent) = ctx.parent_value.downcast_ref::<RowValue>() else { return Ok(None) };
                let catalog = session.app.parts.registry.now().clone();
                let actor = &session.call.actor;
                let served = catalog.by_name(&resource).filter(|served| open || served.resource.may(actor, Verb::ReadDrafts));
                let id = parent.row.get("id").and_then(|id| Id::parse(id.as_str()?));
                let (Some(served), Some(id)) = (served, id) else { return Ok(None) };
                let view =
                    View { as_of: parent.as_of, fields: Projection(Vec::new()), state: parent.state, lang: parent.lang.clone() };
                let rows = served.resource.part(actor, id, name, &view).await;
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
    described(field, part.title)
}
