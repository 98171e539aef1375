//! Lists of resources.

use super::connections::{self, Connection, Edge};
use super::inputs;
use super::objects::{RowValue, as_of, as_of_argument, lang, lang_argument, selected, state, state_argument};
use super::schema::described;
use super::{Session, told};
use crate::description::{Description, camel};
use crate::problem::Problem;
use crate::query::{page_size, sort_key};
use crate::rest::params::{bad, bad_cursor, context};
use async_graphql::SelectionField;
use async_graphql::dynamic::{Field, FieldFuture, FieldValue, InputValue, Object, ResolverContext, TypeRef};
use kernel::query::{Filter, ListQuery, Name, Projection, SortKey};
use kernel::{Language, PageRequest, Place, Total};
use std::sync::Arc;

/// `XConnection` and `XEdge`.
pub(super) fn types(description: &Description) -> [Object; 2] {
    let name = description.type_name();
    [connections::edge(&name, &name), connections::page(&name)]
}

/// `documents(filter:, sort:, first:, after:, last:, before:, …)`.
pub(super) fn field(description: &Description) -> Field {
    let name = description.name.clone();
    let type_name = description.type_name();
    let arg = |name: &str, kind: &str, text: &str| InputValue::new(name, TypeRef::named(kind)).description(text);
    let mut field = Field::new(camel(&description.plural), TypeRef::named(format!("{type_name}Connection")), move |ctx| {
        let name = name.clone();
        FieldFuture::new(async move {
            let page = async {
                let session = ctx.data::<Session>()?;
                let page = load(&ctx, session, &name).await.map_err(|failure| match failure {
                    Failure::Problem(problem) => session.error(&problem),
                    Failure::Argument(error) => error,
                })?;
                Ok(Some(FieldValue::owned_any(Arc::new(page))))
            };
            told(&ctx, page.await)
        })
    })
    .argument(arg("filter", &format!("{type_name}Filter"), "Which ones: all conditions hold, and one of `or`."))
    .argument(
        InputValue::new("sort", TypeRef::named_nn_list(format!("{type_name}Sort")))
            .description("In which order; the id breaks ties."),
    )
    .argument(arg("first", TypeRef::INT, "So many from the beginning, 1 to 100; 20 by default."))
    .argument(arg("after", TypeRef::STRING, "After this cursor."))
    .argument(arg("last", TypeRef::INT, "So many from the end, 1 to 100."))
    .argument(arg("before", TypeRef::STRING, "Before this cursor."));
    if description.editions.has_drafts() {
        field = field.argument(state_argument()).argument(lang_argument("Only in this language."));
    }
    if description.as_of {
        field = field.argument(as_of_argument());
    }
    described(field, &format!("A page of {}.", description.title.en))
}

/// Why a field cannot be answered.
pub(super) enum Failure {
    Problem(Problem),
    Argument(async_graphql::Error),
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl From<async_graphql::Error> for Failure {
    fn from(error: async_graphql::Error) -> Self {
        Self::Argument(error)
    }
}

async fn load(ctx: &ResolverContext<'_>, session: &Session, name: &str) -> Result<Connection, Failure> {
    let catalog = session.app.parts.registry.now().clone();
    let served = catalog.by_name(name).ok_or_else(Problem::not_found)?;
    let description = served.description();
    let state = state(ctx)?;
    crate::rest::params::readable(&session.call.actor, served)?;
    let (lang, as_of) = (lang(ctx)?, as_of(ctx)?);
    let sort = sort(ctx, description)?;
    let filter = match ctx.args.get("filter") {
        Some(given) if !given.is_null() => inputs::filter(description, &given.deserialize::<serde_json::Value>()?)?,
        _ => Filter::default(),
    };
    let context = context(description, &sort, &filter, (state, lang.as_ref(), as_of));
    let (size, place) = page(ctx, session, &context, &sort)?;
    let asked = ctx.ctx.field();
    let fields = Projection(projection(&asked, description));
    let total = if asked.selection_set().any(|field| field.name() == "totalCount") { Total::Count } else { Total::Skip };
    let wanted = Language::from(lang.clone());
    let query = ListQuery { as_of, filter, sort, fields, state, lang, page: PageRequest { size, place, total } };
    let page = served.resource.list(&session.call.actor, &query).await?;
    let cursors = &session.app.parts.cursors;
    let edge = |(position, row)| Edge {
        cursor: cursors.seal(&context, &position),
        node: RowValue::new(row, state, wanted.clone()).on(as_of),
    };
    Ok(Connection {
        next: page.more_after,
        previous: page.more_before,
        total: page.total,
        beside: kernel::Row::new(),
        edges: page.items.into_iter().map(edge).collect(),
    })
}

pub(super) fn text(ctx: &ResolverContext<'_>, name: &str) -> Result<Option<String>, async_graphql::Error> {
    match ctx.args.get(name) {
        Some(given) if !given.is_null() => Ok(Some(given.string()?.to_owned())),
        _ => Ok(None),
    }
}

pub(super) fn count(ctx: &ResolverContext<'_>, name: &str) -> Result<Option<u32>, Failure> {
    let wrong = || bad(name, "số nguyên từ 1 đến 100", "a whole number from 1 to 100");
    match ctx.args.get(name) {
        Some(given) if !given.is_null() => {
            let size = given.i64().ok().and_then(|size| u32::try_from(size).ok());
            Ok(Some(page_size(size).ok_or_else(wrong)?))
        }
        _ => Ok(None),
    }
}

fn page(ctx: &ResolverContext<'_>, session: &Session, context: &str, sort: &[SortKey]) -> Result<(u32, Place), Failure> {
    let (first, last) = (count(ctx, "first")?, count(ctx, "last")?);
    let (after, before) = (text(ctx, "after")?, text(ctx, "before")?);
    let open = |cursor: String| {
        let found = session.app.parts.cursors.open(context, &cursor).ok().filter(|position| position.keys.len() == sort.len());
        found.ok_or_else(bad_cursor)
    };
    let place = match (after, before, last) {
        (Some(_), Some(_), _) | (Some(_), _, Some(_)) => {
            return Err(bad("after", "after đi với first, before đi với last", "after goes with first, before with last").into());
        }
        (Some(after), None, None) => Place::After(open(after)?),
        (None, Some(before), _) => Place::Before(open(before)?),
        (None, None, Some(_)) => Place::End,
        (None, None, None) => Place::Start,
    };
    if first.is_some() && (last.is_some() || matches!(place, Place::Before(_))) {
        return Err(bad(
            "first",
            "first hoặc last, không dùng cả hai; before đi với last",
            "first or last, not both; before goes with last",
        )
        .into());
    }
    Ok((first.or(last).unwrap_or(PageRequest::DEFAULT_SIZE), place))
}

fn sort(ctx: &ResolverContext<'_>, description: &Description) -> Result<Vec<SortKey>, Failure> {
    let given = match ctx.args.get("sort") {
        Some(given) if !given.is_null() => given.list()?,
        _ => return Ok(description.default_sort.clone()),
    };
    let mut keys: Vec<SortKey> = Vec::new();
    for item in given.iter() {
        let name = item.enum_name()?.to_lowercase();
        let key = match name.strip_suffix("_desc") {
            Some(field) => format!("-{field}"),
            None => name.trim_end_matches("_asc").to_owned(),
        };
        let key = sort_key(description, &key).map_err(|misuse| misuse.at("sort"))?;
        if !keys.iter().any(|known| known.field == key.field) {
            keys.push(key);
        }
    }
    Ok(if keys.is_empty() { description.default_sort.clone() } else { keys })
}

/// The fields that `edges { node { … } }` asks for.
fn projection(connection: &SelectionField<'_>, description: &Description) -> Vec<Name> {
    let mut fields: Vec<Name> = Vec::new();
    for edges in connection.selection_set().filter(|field| field.name() == "edges") {
        for node in edges.selection_set().filter(|field| field.name() == "node") {
            fields.extend(selected(&node, description));
        }
    }
    fields.extend(description.relations.iter().map(|relation| relation.id_field.clone()));
    fields
}
