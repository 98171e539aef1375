//! Mutations: what REST can write, under the same rules.

use super::inputs::rest_names;
use super::objects::RowValue;
use super::schema::described;
use super::{Session, told};
use crate::auth::allow;
use crate::description::Description;
use crate::problem::Problem;
use crate::resource::{Served, Step, Verb, get};
use crate::rest::body;
use async_graphql::dynamic::{Field, FieldFuture, FieldValue, InputValue, ResolverContext, TypeRef};
use kernel::query::{Projection, State};
use kernel::{Actor, Found, Id, Revision, View};
use std::sync::Arc;

/// `createX`, `updateX`, `deleteX` and `transitionX` of a resource.
pub(super) fn fields(description: &Description) -> Vec<Field> {
    if description.input.is_none() {
        return Vec::new();
    }
    let name = description.type_name();
    let row = || TypeRef::named(&name);
    let id = || InputValue::new("id", TypeRef::named_nn(TypeRef::ID));
    let revision =
        || InputValue::new("revision", TypeRef::named_nn(TypeRef::INT)).description("The revision that the caller has seen.");
    let input = |kind: &str| InputValue::new("input", TypeRef::named_nn(format!("{name}{kind}")));
    let mut fields = vec![
        described(mutation(format!("create{name}"), row(), description, Write::Create), "Enters a new one.")
            .argument(input("Input")),
        described(
            mutation(format!("update{name}"), row(), description, Write::Patch),
            "Changes one by a merge patch: what is left out stays, `null` removes.",
        )
        .argument(id())
        .argument(revision())
        .argument(input("Patch")),
        described(
            mutation(format!("delete{name}"), TypeRef::named(TypeRef::ID), description, Write::Delete),
            "Removes one; answers its id.",
        )
        .argument(id())
        .argument(revision()),
    ];
    if !description.actions.is_empty() {
        let actions = description.actions.join(", ");
        let action = InputValue::new("action", TypeRef::named_nn(TypeRef::STRING)).description(actions);
        let field = mutation(format!("transition{name}"), row(), description, Write::Transition);
        fields.push(
            described(field, "Moves one along its workflow.")
                .argument(id())
                .argument(revision())
                .argument(action)
                .argument(InputValue::new("comment", TypeRef::named(TypeRef::STRING))),
        );
    }
    fields
}

#[derive(Clone, Copy)]
enum Write {
    Create,
    Patch,
    Delete,
    Transition,
}

fn mutation(field: String, kind: TypeRef, description: &Description, write: Write) -> Field {
    let resource = description.name.clone();
    Field::new(field, kind, move |ctx| {
        let resource = resource.clone();
        FieldFuture::new(async move {
            let done = async {
                let session = ctx.data::<Session>()?;
                let catalog = session.app.parts.registry.now().clone();
                let served = catalog.by_name(&resource).ok_or_else(|| session.error(&Problem::not_found()))?;
                let done = perform(&ctx, session, served, write).await?;
                session.app.parts.wake.wake();
                Ok(Some(match done {
                    Done::Row(found) => FieldValue::owned_any(RowValue::new(found.row, State::Draft)),
                    Done::Deleted(id) => FieldValue::value(id.to_string()),
                }))
            };
            told(&ctx, done.await)
        })
    })
}

enum Done {
    Row(Found),
    Deleted(Id),
}

async fn perform(
    ctx: &ResolverContext<'_>,
    session: &Session,
    served: &Arc<Served>,
    write: Write,
) -> Result<Done, async_graphql::Error> {
    let refused = |problem: Problem| session.error(&problem);
    let call = &session.call;
    let verb = match write {
        Write::Create => Verb::Create,
        Write::Patch => Verb::Patch,
        Write::Delete => Verb::Delete,
        Write::Transition => Verb::Transition,
    };
    if let Write::Create = write {
        allow(&call.actor, served.resource.may(&call.actor, verb)).map_err(refused)?;
        let schema = served.description().input.clone().unwrap_or_default();
        let input = rest_names(body::nfc(ctx.args.try_get("input")?.deserialize()?), &schema);
        body::check(served.input.as_ref(), &input).map_err(refused)?;
        return served.resource.create(call, input).await.map(Done::Row).map_err(refused);
    }
    if call.actor == Actor::Anonymous {
        return Err(refused(Problem::unauthenticated()));
    }
    let id = Id::parse(ctx.args.try_get("id")?.string()?).ok_or_else(|| refused(Problem::not_found()))?;
    let view = View { fields: Projection(Vec::new()), state: State::Published, lang: None };
    let present = get(served.resource.as_ref(), &call.actor, id, &view).await.map_err(refused)?;
    let present = present.ok_or_else(|| refused(Problem::not_found()))?;
    allow(&call.actor, served.resource.may(&call.actor, verb)).map_err(refused)?;
    let seen = Revision(ctx.args.try_get("revision")?.i64()?);
    if seen != present.revision {
        return Err(refused(documents::Error::Stale.into()));
    }
    match write {
        Write::Patch => {
            let schema = served.description().patch().unwrap_or_default();
            let patch = rest_names(body::nfc(ctx.args.try_get("input")?.deserialize()?), &schema);
            body::check(served.patch.as_ref(), &patch).map_err(refused)?;
            served.resource.patch(call, id, seen, patch).await.map(Done::Row).map_err(refused)
        }
        Write::Transition => {
            let comment = ctx.args.get("comment").filter(|comment| !comment.is_null());
            let comment = comment.as_ref().map(|comment| comment.string()).transpose()?;
            let action = ctx.args.try_get("action")?;
            let step = Step::read(Some(action.string()?), comment, &served.description().actions).map_err(refused)?;
            served.resource.transition(call, id, seen, step).await.map(Done::Row).map_err(refused)
        }
        Write::Create | Write::Delete => {
            served.resource.delete(call, id, seen).await.map(|()| Done::Deleted(id)).map_err(refused)
        }
    }
}
