//! Mutations: what REST can write, under the same rules.

use super::inputs::rest_names;
use super::lists::Failure;
use super::objects::RowValue;
use super::objects::{lang, lang_argument, type_ref};
use super::schema::described;
use super::{Session, told};
use crate::auth::allow;
use crate::description::{Description, Editions, camel, properties};
use crate::problem::Problem;
use crate::resource::{Served, Step, Target, Verb, get};
use crate::rest::body;
use crate::rest::params::{bad, readable};
use async_graphql::dynamic::{Field, FieldFuture, FieldValue, InputValue, ResolverContext, TypeRef};
use kernel::query::{Projection, State};
use kernel::{Actor, Found, Id, Language, Revision, View};
use std::sync::Arc;

/// `createX`, `updateX`, `deleteX`, `transitionX` and `putX` of a resource, by name.
pub(super) fn fields(description: &Description) -> Vec<(String, Field)> {
    let name = description.type_name();
    let row = || TypeRef::named(&name);
    let id = || InputValue::new("id", TypeRef::named_nn(TypeRef::ID));
    let revision =
        || InputValue::new("revision", TypeRef::named_nn(TypeRef::INT)).description("The revision that the caller has seen.");
    let input = |kind: &str| InputValue::new("input", TypeRef::named_nn(format!("{name}{kind}")));
    // What changes one names it, the revision that was seen, and the language where there are several.
    let changes = |field: Field| {
        let field = field.argument(id()).argument(revision());
        match description.editions {
            Editions::Localized => field.argument(lang_argument("The language whose edition is meant.")),
            Editions::Draft | Editions::None => field,
        }
    };
    let made = |verb: &str, kind: TypeRef, write: Write, text: &str| {
        let field = format!("{verb}{name}");
        (field.clone(), described(mutation(field, kind, description, write), text))
    };
    let mut fields = Vec::new();
    if description.input.is_some() {
        let (create, field) = made("create", row(), Write::Create, "Enters a new one.");
        fields.push((create, field.argument(input("Input"))));
    }
    if description.patch().is_some() {
        let text = "Changes one by a merge patch: what is left out stays, `null` removes.";
        let (update, field) = made("update", row(), Write::Patch, text);
        fields.push((update, changes(field).argument(input("Patch"))));
    }
    if description.deletes() {
        let (delete, field) = made("delete", TypeRef::named(TypeRef::ID), Write::Delete, "Removes one; answers its id.");
        fields.push((delete, changes(field)));
    }
    if description.put {
        let (put, field) = made("put", row(), Write::Put, "Enters one under an id that the caller has made.");
        fields.push((put, field.argument(id()).argument(input("Input"))));
    }
    if !description.actions.is_empty() {
        let actions = description.actions.join(", ");
        let action = InputValue::new("action", TypeRef::named_nn(TypeRef::STRING)).description(actions);
        let comment = InputValue::new("comment", TypeRef::named(TypeRef::STRING));
        let (transition, field) = made("transition", row(), Write::Transition, "Moves one along its workflow.");
        let mut field = changes(field).argument(action).argument(comment);
        for (name, schema) in properties(&description.step) {
            let text = schema.get("description").and_then(|text| text.as_str()).unwrap_or_default();
            field = field.argument(InputValue::new(camel(name), type_ref(schema, "JSON")).description(text));
        }
        fields.push((transition, field));
    }
    fields
}

#[derive(Clone, Copy)]
enum Write {
    Create,
    Put,
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
                    Done::Row(found) => {
                        FieldValue::owned_any(RowValue::new(found.row, State::Draft, Language::from(lang(&ctx)?)))
                    }
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
        Write::Create | Write::Put => Verb::Create,
        Write::Patch => Verb::Patch,
        Write::Delete => Verb::Delete,
        Write::Transition => Verb::Transition,
    };
    if let Write::Create | Write::Put = write {
        allow(&call.actor, served.resource.may(&call.actor, verb)).map_err(refused)?;
        if served.description().public_write {
            session.app.limits.public_write(session.address).map_err(refused)?;
        }
        let schema = served.description().input.clone().unwrap_or_default();
        let input = rest_names(body::nfc(ctx.args.try_get("input")?.deserialize()?), &schema);
        body::check(served.input(), &input).map_err(refused)?;
        if let Write::Put = write {
            let id = Id::parse(ctx.args.try_get("id")?.string()?).ok_or_else(|| refused(bad("id", "UUID", "a UUID")))?;
            return served.resource.put(call, id, input).await.map(|(found, _)| Done::Row(found)).map_err(refused);
        }
        return served.resource.create(call, input).await.map(Done::Row).map_err(refused);
    }
    if call.actor == Actor::Anonymous {
        return Err(refused(Problem::unauthenticated()));
    }
    readable(&call.actor, served).map_err(refused)?;
    let key = ctx.args.try_get("id")?.string()?.to_owned();
    let id = served.resource.by_key(&key).await.map_err(refused)?.ok_or_else(|| refused(Problem::not_found()))?;
    let lang = lang(ctx)?;
    let view = View { as_of: None, fields: Projection(Vec::new()), state: State::Published, lang: Language::from(lang.clone()) };
    let present = get(served.resource.as_ref(), &call.actor, id, &view).await.map_err(refused)?;
    let present = present.ok_or_else(|| refused(Problem::not_found()))?;
    allow(&call.actor, served.resource.may(&call.actor, verb)).map_err(refused)?;
    let seen = Revision(ctx.args.try_get("revision")?.i64()?);
    if seen != present.revision {
        return Err(refused(store::Refusal::Stale.into()));
    }
    let target = Target { id, seen, lang };
    match write {
        Write::Patch => {
            let schema = served.description().patch().unwrap_or_default();
            let patch = rest_names(body::nfc(ctx.args.try_get("input")?.deserialize()?), &schema);
            body::check(served.patch(), &patch).map_err(refused)?;
            served.resource.patch(call, target, patch).await.map(Done::Row).map_err(refused)
        }
        Write::Transition => {
            let step = step(ctx, served).map_err(|failure| match failure {
                Failure::Problem(problem) => refused(problem),
                Failure::Argument(error) => error,
            })?;
            served.resource.transition(call, target, step).await.map(Done::Row).map_err(refused)
        }
        Write::Create | Write::Put | Write::Delete => {
            served.resource.delete(call, target).await.map(|()| Done::Deleted(id)).map_err(refused)
        }
    }
}

/// An action, its comment, and what it takes besides, under the rules of REST.
fn step(ctx: &ResolverContext<'_>, served: &Served) -> Result<Step, Failure> {
    let given = |name: &str| ctx.args.get(name).filter(|given| !given.is_null());
    let mut with = kernel::Row::new();
    for (name, _) in properties(&served.description().step) {
        if let Some(value) = given(&camel(name)) {
            with.insert(name.clone(), body::nfc(value.deserialize()?));
        }
    }
    body::check(served.step(), &with)?;
    let comment = given("comment");
    let comment = comment.as_ref().map(|comment| comment.string()).transpose()?;
    let action = ctx.args.try_get("action")?;
    let step = Step::read(Some(action.string()?), comment, &served.description().actions)?;
    Ok(Step { with, ..step })
}
