//! Search over everything that is published: the index ranks, the database says what is still published.

mod answer;
mod asked;
mod facets;
mod filters;
mod finding;
mod grouped;
pub(crate) mod schemas;
mod similar;
mod suggesting;

pub(crate) use answer::{Shown, shown};
pub(crate) use asked::{Asked, few, order, text, wanted};
pub(crate) use facets::{names, told};
pub(crate) use filters::condition;
pub(crate) use finding::{Searched, found_among, searched};
pub(crate) use similar::{ALIKE, alike, id, similar};
pub(crate) use suggesting::{SUGGESTIONS, suggest, suggested};

use crate::app::App;
use crate::problem::Problem;
use crate::rest::answer::{self as sent, Links, caching};
use crate::rest::link::{link, pairs};
use actix_web::{HttpRequest, HttpResponse, web};
use kernel::Actor;
use kernel::query::State;
use serde::Serialize;
use serde_json::{Map, Value};

/// An answer of a search, in the order of the contract.
#[derive(Serialize)]
struct Envelope {
    data: Vec<Value>,
    links: Links,
    #[serde(skip_serializing_if = "Map::is_empty")]
    meta: Map<String, Value>,
}

/// `GET /v1/search`: the best hits first, one per resource.
pub(crate) async fn search(req: HttpRequest, app: web::Data<App>) -> Result<HttpResponse, Problem> {
    let given = pairs(req.query_string())?;
    let catalog = app.parts.registry.now().clone();
    let asked = Asked::read(&given, &catalog)?;
    let (data, meta, next, previous) = if asked.is_grouped {
        let (data, meta) = grouped::grouped(&app, &asked).await?;
        (data, meta, None, None)
    } else {
        let found = searched(&app, &asked).await?;
        let meta = answer::meta(&app, &asked, &found).await?;
        let (next, previous) = (found.next(&app), found.previous(&app));
        let data = shown(&app, &asked, found.hits.hits).await?.into_iter().map(Shown::into_row).collect();
        (data, meta, next, previous)
    };
    let kept = |cursor: Option<String>| {
        let rest = given.iter().filter(|(name, _)| name != "page[after]").map(|(name, value)| (name.as_str(), value.as_str()));
        link("/v1/search", rest.chain(cursor.as_deref().map(|cursor| ("page[after]", cursor))))
    };
    let here = link("/v1/search", given.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    let links = Links { here, next: next.map(|cursor| kept(Some(cursor))), prev: previous.map(kept) };
    Ok(sent::list(&Envelope { data, links, meta }, caching(&Actor::Anonymous, State::Published)))
}
