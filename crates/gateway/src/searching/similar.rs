//! `GET /v1/search/similar`: what speaks of the same as a resource, or as a text that is about to be sent.

use super::answer::{Shown, shown};
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
use kernel::query::State;
use kernel::{Actor, Id};
use serde_json::{Value, json};

/// How many there are where nobody says.
pub(crate) const ALIKE: u32 = 5;
const PARAMETERS: [&str; 4] = ["q", "to", "filter[…]", "page[size]"];
/// So much of a resource is read to tell what it is about, in bytes.
const READ: usize = 20_000;

/// Answers what is alike, the most alike first.
pub(crate) async fn similar(req: HttpRequest, app: web::Data<App>) -> Result<HttpResponse, Problem> {
    let catalog = app.parts.registry.now().clone();
    let (to, asked) = read(&pairs(req.query_string())?, &catalog)?;
    let data = alike(&app, to, asked).await?;
    Ok(sent::list(&json!({ "data": data }), caching(&Actor::Anonymous, State::Published)))
}

fn read(given: &[(String, String)], catalog: &Catalog) -> Result<(Option<Id>, Asked), Problem> {
    let mut asked = Asked { size: ALIKE, ..Asked::nothing() };
    let mut to = None;
    for (name, value) in given {
        let path = segments(name);
        match path.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
            ["q"] => asked.q = Some(text(name, value)?),
            ["to"] => to = Some(id(name, value)?),
            ["filter", rest @ ..] => asked.filters.push(filters::read((name, rest), value, catalog)?),
            ["page", "size"] => asked.size = few(name, value.parse().ok())?,
            _ => return Err(unknown(name, &PARAMETERS)),
        }
    }
    Ok((to, asked))
}

/// The id of a resource.
pub(crate) fn id(name: &str, value: &str) -> Result<Id, Problem> {
    Id::parse(value).ok_or_else(|| bad(name, "mã định danh (UUID)", "a UUID"))
}

/// What is like a resource, or like the text of the query.
pub(crate) async fn alike(app: &App, to: Option<Id>, mut asked: Asked) -> Result<Vec<Value>, Problem> {
    filters::few_enough(&asked.filters)?;
    match (to, &asked.q) {
        (Some(id), None) => asked.q = Some(about(app, id).await?),
        (None, Some(_)) => {}
        _ => return Err(bad("to", "hoặc to, hoặc q", "either to or q")),
    }
    let mut query = query(app, &asked, 0).await?;
    query.without.extend(to);
    let hits = app.parts.search.similar(&query).await.map_err(away)?;
    Ok(shown(app, &asked, hits.hits).await?.into_iter().map(Shown::into_row).collect())
}

/// What a published resource is about: its title, and the beginning of its text.
async fn about(app: &App, id: Id) -> Result<String, Problem> {
    let named = store::resources::type_of(app.parts.db.reader(), id).await;
    let named = named.map_err(|error| Problem::from(store::Refusal::from(error)))?;
    let catalog = app.parts.registry.now().clone();
    let served = named.and_then(|name| catalog.by_name(&name).cloned()).ok_or_else(Problem::not_found)?;
    let found = served.resource.searched(&[id]).await?.pop().ok_or_else(Problem::not_found)?;
    let mut text = found.title;
    for passage in found.times.last().iter().flat_map(|time| time.passages.iter()) {
        if text.len() > READ {
            break;
        }
        text.push('\n');
        text.push_str(&passage.text);
    }
    Ok(text)
}
