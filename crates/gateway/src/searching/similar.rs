//! `GET /v1/search/similar`: what speaks of the same as a resource, or as a text that is about to be sent.

use super::answer::{Shown, shown};
use super::asked::text;
use super::finding::{away, query};
use super::{Asked, PARAMETERS};
use crate::app::App;
use crate::problem::Problem;
use crate::query::page_size;
use crate::rest::answer::{self as sent, caching};
use crate::rest::link::pairs;
use crate::rest::params::{bad, segments, unknown};
use actix_web::{HttpRequest, HttpResponse, web};
use kernel::query::State;
use kernel::{Actor, Id};
use serde_json::{Value, json};

const DEFAULT: u32 = 5;
/// So much of a resource is read to tell what it is about, in bytes.
const READ: usize = 20_000;

/// Answers what is alike, the most alike first.
pub(crate) async fn similar(req: HttpRequest, app: web::Data<App>) -> Result<HttpResponse, Problem> {
    let data = alike(&app, &pairs(req.query_string())?).await?;
    Ok(sent::list(&json!({ "data": data }), caching(&Actor::Anonymous, State::Published)))
}

/// What is alike, by these parameters.
pub(crate) async fn alike(app: &App, given: &[(String, String)]) -> Result<Vec<Value>, Problem> {
    let catalog = app.parts.registry.now().clone();
    let mut asked = Asked::nothing();
    asked.size = DEFAULT;
    let mut to = None;
    for (name, value) in given {
        let path = segments(name);
        match path.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
            ["q"] => asked.q = Some(text(name, value)?),
            ["to"] => {
                to = Some(Id::parse(value).ok_or_else(|| bad(name, "mã định danh (UUID)", "a UUID"))?);
            }
            ["filter", rest @ ..] => asked.filter(name, rest, value, &catalog)?,
            ["page", "size"] => {
                let of = page_size(value.parse().ok()).filter(|of| *of <= 20);
                asked.size = of.ok_or_else(|| bad(name, "số nguyên từ 1 đến 20", "a whole number from 1 to 20"))?;
            }
            _ => return Err(unknown(name, &["q", "to", PARAMETERS[1], "page[size]"])),
        }
    }
    match (to, &asked.q) {
        (Some(id), None) => asked.q = Some(about(app, id).await?),
        (None, Some(_)) => {}
        _ => return Err(bad("to", "hoặc to, hoặc q", "either to or q")),
    }
    let mut query = query(app, &asked, 0).await?;
    query.without.extend(to);
    let hits = app.parts.search.similar(&query).await.map_err(away)?;
    Ok(shown(app, &asked, hits).await?.into_iter().map(Shown::into_row).collect())
}

/// What a published resource is about: its title, and the beginning of its text.
async fn about(app: &App, id: Id) -> Result<String, Problem> {
    let catalog = app.parts.registry.now().clone();
    for served in &catalog.resources {
        let Some(found) = served.resource.searched(&[id]).await?.pop() else { continue };
        let mut text = found.title;
        for passage in found.times.last().iter().flat_map(|time| time.passages.iter()) {
            if text.len() > READ {
                break;
            }
            text.push('\n');
            text.push_str(&passage.text);
        }
        return Ok(text);
    }
    Err(Problem::not_found())
}
