//! The arguments of searches, under the rules of REST.

use super::types::SORTS;
use crate::description::camel;
use crate::graphql::lists::{Failure, count, text};
use crate::graphql::objects::as_of;
use crate::resource::Catalog;
use crate::rest::params::bad;
use crate::searching::{self, ALIKE, Asked, SUGGESTIONS};
use async_graphql::dynamic::ResolverContext;
use kernel::{Id, PageRequest};
use search::{Filter, Sort};
use serde_json::Value;

/// What a search is asked; facets only where the answer is to tell them.
pub(super) fn search(ctx: &ResolverContext<'_>, catalog: &Catalog) -> Result<Asked, Failure> {
    let told = |name: &str| ctx.ctx.field().selection_set().any(|field| field.name() == name);
    let facets = match ctx.args.get("facets") {
        Some(given) if !given.is_null() => given.deserialize::<Vec<String>>()?,
        _ => Vec::new(),
    };
    let facets = if facets.is_empty() { Vec::new() } else { searching::wanted(&facets.join(","), catalog)? };
    let explain = ctx.args.get("explain").filter(|given| !given.is_null()).map(|given| given.boolean()).transpose()?;
    let asked = Asked {
        facets: if told("facets") { facets } else { Vec::new() },
        total: told("totalCount"),
        as_of: as_of(ctx)?,
        sort: sort(ctx)?,
        size: count(ctx, "first")?.unwrap_or(PageRequest::DEFAULT_SIZE),
        after: text(ctx, "after")?,
        explain: explain.unwrap_or_default(),
        ..words(ctx, catalog)?
    };
    Ok(asked.checked()?)
}

/// What suggestions go on from.
pub(super) fn suggest(ctx: &ResolverContext<'_>, catalog: &Catalog) -> Result<Asked, Failure> {
    Ok(Asked { size: few(ctx, SUGGESTIONS)?, ..words(ctx, catalog)? })
}

/// What something is to be like.
pub(super) fn similar(ctx: &ResolverContext<'_>, catalog: &Catalog) -> Result<(Option<Id>, Asked), Failure> {
    let to = text(ctx, "to")?.map(|to| searching::id("to", &to)).transpose()?;
    Ok((to, Asked { size: few(ctx, ALIKE)?, ..words(ctx, catalog)? }))
}

/// Words and conditions.
fn words(ctx: &ResolverContext<'_>, catalog: &Catalog) -> Result<Asked, Failure> {
    let q = text(ctx, "q")?.map(|q| searching::text("q", &q)).transpose()?;
    Ok(Asked { q, filters: filters(ctx, catalog)?, ..Asked::nothing() })
}

fn few(ctx: &ResolverContext<'_>, default: u32) -> Result<u32, Failure> {
    match ctx.args.get("first") {
        Some(given) if !given.is_null() => {
            let size = given.i64().ok().and_then(|size| u32::try_from(size).ok());
            Ok(searching::few("first", size)?)
        }
        _ => Ok(default),
    }
}

fn sort(ctx: &ResolverContext<'_>) -> Result<Sort, Failure> {
    match ctx.args.get("sort") {
        Some(given) if !given.is_null() => {
            let name = given.enum_name()?;
            let known = SORTS.iter().find(|(known, _)| *known == name).map_or(name, |(_, known)| *known);
            Ok(searching::order("sort", known)?)
        }
        _ => Ok(Sort::Relevance),
    }
}

fn filters(ctx: &ResolverContext<'_>, catalog: &Catalog) -> Result<Vec<Filter>, Failure> {
    let given: Value = match ctx.args.get("filter") {
        Some(given) if !given.is_null() => given.deserialize()?,
        _ => return Ok(Vec::new()),
    };
    let names = searching::names(&catalog.resources);
    let mut filters = Vec::new();
    for (name, tests) in given.as_object().into_iter().flatten() {
        let field = names.iter().find(|known| camel(known) == *name).unwrap_or(name);
        for (op, value) in tests.as_object().into_iter().flatten() {
            let name = format!("filter.{name}.{op}");
            let values: Vec<String> = match value {
                Value::Array(items) => items.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
                Value::String(one) => vec![one.clone()],
                _ => return Err(bad(&name, "một giá trị", "a value").into()),
            };
            filters.push(searching::condition(&name, (field, op), values, catalog)?);
        }
    }
    Ok(filters)
}
