//! `search`, `suggest` and `similar`: what REST finds, found the same.

mod asked;
mod types;

pub(super) use types::{inputs, objects};

use super::connections::{Connection, Edge};
use super::lists::Failure;
use super::loader::{Key, Loader};
use super::objects::{RowValue, as_of_argument, selected};
use super::schema::described;
use super::{Session, told};
use crate::description::pascal;
use crate::searching::{self, Shown};
use async_graphql::dataloader::DataLoader;
use async_graphql::dynamic::{Field, FieldFuture, FieldValue, InputValue, ResolverContext, TypeRef};
use kernel::query::State;
use kernel::{Id, Kind, Language, PageRequest, Row};
use serde_json::{Value, json};
use std::sync::Arc;

/// What these cost beside their rows, and how many rows they have where nobody says.
pub(super) const COSTS: [(&str, u64, u32); 3] =
    [("search", 500, PageRequest::DEFAULT_SIZE), ("similar", 500, searching::ALIKE), ("suggest", 200, searching::SUGGESTIONS)];

/// The fields of the query, by name.
pub(super) fn fields() -> [(&'static str, Field); 3] {
    let argument = |name: &str, kind: TypeRef, text: &str| InputValue::new(name, kind).description(text);
    let q = |text: &str| argument("q", TypeRef::named(TypeRef::STRING), text);
    let filter = || argument("filter", TypeRef::named("SearchFilter"), "Which ones: all conditions hold.");
    let first = |text: &str| argument("first", TypeRef::named(TypeRef::INT), text);
    let search = answered("search", TypeRef::named("SearchConnection"), Ask::Search)
        .argument(q("Words, or the number of a document; may be left out where a filter is given."))
        .argument(filter())
        .argument(argument(
            "facets",
            TypeRef::named_nn_list(TypeRef::STRING),
            "What is counted: `type`, `issuer`, `year` …; `issuer:20` for more values than ten.",
        ))
        .argument(as_of_argument().description("The law in force on this day, and nothing else."))
        .argument(argument("sort", TypeRef::named("SearchSort"), "In which order; by relevance unless said."))
        .argument(first("So many hits, 1 to 100; 20 by default."))
        .argument(argument("after", TypeRef::named(TypeRef::STRING), "After this cursor."))
        .argument(argument("explain", TypeRef::named(TypeRef::BOOLEAN), "Whether hits tell what their score is made of."));
    let suggest = answered("suggest", TypeRef::named_nn_list("Suggestion"), Ask::Suggest)
        .argument(InputValue::new("q", TypeRef::named_nn(TypeRef::STRING)).description("What was typed so far."))
        .argument(filter())
        .argument(first("So many, 1 to 20; 8 by default."));
    let similar = answered("similar", TypeRef::named_nn_list("SearchHit"), Ask::Similar)
        .argument(argument("to", TypeRef::named(TypeRef::ID), "The id of what they are to be like."))
        .argument(q("A text that they are to be like."))
        .argument(filter())
        .argument(first("So many, 1 to 20; 5 by default."));
    [
        ("search", described(search, "What is published and says these words, the best first.")),
        ("suggest", described(suggest, "Titles and numbers that go on as the reader began to type.")),
        (
            "similar",
            described(similar, "What speaks of the same as a resource or a text; null where the caller sees no such one."),
        ),
    ]
}

#[derive(Clone, Copy)]
enum Ask {
    Search,
    Suggest,
    Similar,
}

fn answered(name: &str, kind: TypeRef, ask: Ask) -> Field {
    Field::new(name, kind, move |ctx| {
        FieldFuture::new(async move {
            let found = async {
                let session = ctx.data::<Session>()?;
                match ask {
                    Ask::Search => search(&ctx, session).await,
                    Ask::Suggest => suggest(&ctx, session).await,
                    Ask::Similar => similar(&ctx, session).await,
                }
                .map_err(|failure| match failure {
                    Failure::Problem(problem) => session.error(&problem),
                    Failure::Argument(error) => error,
                })
            };
            told(&ctx, found.await)
        })
    })
}

type Answer<'a> = Result<Option<FieldValue<'a>>, Failure>;

async fn search<'a>(ctx: &ResolverContext<'_>, session: &Session) -> Answer<'a> {
    let app = &session.app;
    let catalog = app.parts.registry.now().clone();
    let asked = asked::search(ctx, &catalog)?;
    let mut found = searching::searched(app, &asked).await?;
    let mut counted = searching::told(app, &found.hits.facets).await?;
    let facets: Vec<Value> =
        asked.facets.iter().map(|(name, _)| json!({ "name": name, "values": counted.get_mut(name).map(Value::take) })).collect();
    let beside = Row::from_iter([("facets".to_owned(), facets.into()), ("relaxed".to_owned(), found.hits.is_relaxed.into())]);
    let hits = std::mem::take(&mut found.hits.hits);
    let edge = |shown: Shown| Edge {
        cursor: found.behind(app, shown.rank),
        node: RowValue::told(row(shown.into_row())).on(asked.as_of),
    };
    let page = Connection {
        total: asked.total.then_some(found.hits.total),
        next: found.next(app).is_some(),
        previous: found.has_previous(),
        edges: searching::shown(app, &asked, hits).await?.into_iter().map(edge).collect(),
        beside,
    };
    Ok(Some(FieldValue::owned_any(Arc::new(page))))
}

async fn suggest<'a>(ctx: &ResolverContext<'_>, session: &Session) -> Answer<'a> {
    let catalog = session.app.parts.registry.now().clone();
    let asked = asked::suggest(ctx, &catalog)?;
    let found = searching::suggested(&session.app, &asked).await?;
    Ok(Some(FieldValue::list(found.into_iter().map(|one| FieldValue::owned_any(RowValue::told(row(one)))))))
}

async fn similar<'a>(ctx: &ResolverContext<'_>, session: &Session) -> Answer<'a> {
    let catalog = session.app.parts.registry.now().clone();
    let (to, asked) = asked::similar(ctx, &catalog)?;
    match searching::alike(&session.app, to, asked).await {
        Ok(found) => Ok(Some(FieldValue::list(found.into_iter().map(|one| FieldValue::owned_any(RowValue::told(row(one))))))),
        Err(problem) if problem.kind == Kind::NotFound => Ok(None),
        Err(problem) => Err(problem.into()),
    }
}

/// What was found as GraphQL tells it: highlights are a list.
fn row(found: Value) -> Row {
    let Value::Object(mut row) = found else { return Row::new() };
    if let Some(Value::Object(pieces)) = row.get_mut("highlights").map(Value::take) {
        let list = pieces.into_iter().map(|(field, pieces)| json!({ "field": field, "pieces": pieces }));
        row.insert("highlights".to_owned(), list.collect());
    }
    row
}

/// The resource of a hit: null where it was withdrawn since it was found.
fn resource() -> Field {
    let field = Field::new("resource", TypeRef::named("Node"), |ctx| {
        FieldFuture::new(async move {
            let found = async {
                let session = ctx.data::<Session>()?;
                let Some(parent) = ctx.parent_value.downcast_ref::<RowValue>() else { return Ok(None) };
                let text = |name: &str| parent.row.get(name).and_then(Value::as_str);
                let catalog = session.app.parts.registry.now().clone();
                let served = text("type").and_then(|name| catalog.by_name(name));
                let (Some(served), Some(id)) = (served, text("id").and_then(Id::parse)) else { return Ok(None) };
                let description = served.description();
                let mut fields = selected(&ctx.ctx.field(), description);
                fields.extend(description.relations.iter().map(|relation| relation.id_field.clone()));
                let key = Key {
                    target: description.name.clone(),
                    id,
                    fields,
                    state: State::Published,
                    lang: Language::Source,
                    as_of: parent.as_of.filter(|_| description.as_of),
                };
                let found = ctx.data::<DataLoader<Loader>>()?.load_one(key).await;
                let found = found.map_err(|problem| session.error(&problem))?;
                Ok(found.map(|row| FieldValue::owned_any(row).with_type(pascal(&description.name))))
            };
            told(&ctx, found.await)
        })
    });
    described(field, "The resource itself; null where it has been withdrawn since.")
}
