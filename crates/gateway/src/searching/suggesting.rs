//! `GET /v1/suggest`: titles and numbers that go on as the reader began to type.

use super::asked::{Asked, few, text};
use super::filters;
use super::finding::{away, query};
use crate::app::App;
use crate::problem::Problem;
use crate::resource::Catalog;
use crate::rest::answer::{self as sent, caching};
use crate::rest::link::pairs;
use crate::rest::params::{bad, segments, unknown};
use actix_web::{HttpRequest, HttpResponse, web};
use kernel::query::{Projection, State};
use kernel::{Actor, Id, Language, View};
use serde_json::{Value, json};

/// How many suggestions there are where nobody says.
pub(crate) const SUGGESTIONS: u32 = 8;
const PARAMETERS: [&str; 3] = ["q", "filter[…]", "page[size]"];

/// Answers suggestions, the best first.
pub(crate) async fn suggest(req: HttpRequest, app: web::Data<App>) -> Result<HttpResponse, Problem> {
    let catalog = app.parts.registry.now().clone();
    let data = suggested(&app, &read(&pairs(req.query_string())?, &catalog)?).await?;
    Ok(sent::list(&json!({ "data": data }), caching(&Actor::Anonymous, State::Published)))
}

fn read(given: &[(String, String)], catalog: &Catalog) -> Result<Asked, Problem> {
    let mut asked = Asked { size: SUGGESTIONS, ..Asked::nothing() };
    for (name, value) in given {
        let path = segments(name);
        match path.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
            ["q"] => asked.q = Some(text(name, value)?),
            ["filter", rest @ ..] => asked.filters.push(filters::read((name, rest), value, catalog)?),
            ["page", "size"] => asked.size = few(name, value.parse().ok())?,
            _ => return Err(unknown(name, &PARAMETERS)),
        }
    }
    Ok(asked)
}

/// Titles and numbers that go on as the query does.
pub(crate) async fn suggested(app: &App, asked: &Asked) -> Result<Vec<Value>, Problem> {
    if asked.q.is_none() {
        return Err(bad("q", "những chữ đã gõ", "what was typed"));
    }
    filters::few_enough(&asked.filters)?;
    let catalog = app.parts.registry.now().clone();
    let query = query(app, asked, 0).await?;
    let found = app.parts.search.suggest(&query).await.map_err(away)?;
    let seen = published(app, found.iter().map(|one| (one.resource_type.as_str(), one.id))).await?;
    let path = |name: &str| Some(catalog.by_name(name)?.description().path.clone());
    let told = found.into_iter().filter(|one| seen.contains(&one.id)).filter_map(|one| {
        let url = format!("{}/{}", path(&one.resource_type)?, one.id);
        Some(json!({
            "text": one.title, "number": one.number, "highlight": one.highlight, "type": one.resource_type,
            "id": one.id.to_string(), "url": url,
        }))
    });
    Ok(told.collect())
}

/// Which of these are still published.
async fn published<'a>(app: &App, of: impl Iterator<Item = (&'a str, Id)>) -> Result<Vec<Id>, Problem> {
    let all: Vec<(&str, Id)> = of.collect();
    let catalog = app.parts.registry.now().clone();
    let mut seen = Vec::new();
    for served in &catalog.resources {
        let ids: Vec<Id> = all.iter().filter(|(name, _)| *name == served.description().name).map(|(_, id)| *id).collect();
        if !ids.is_empty() {
            let view =
                View { as_of: None, fields: Projection(vec!["id".into()]), state: State::Published, lang: Language::Source };
            let rows = served.resource.get_many(&Actor::Anonymous, &ids, &view).await?;
            seen.extend(rows.iter().filter_map(|found| Id::parse(found.row.get("id")?.as_str()?)));
        }
    }
    Ok(seen)
}
