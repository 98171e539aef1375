//! The catalogue of open data at `/dcat` (DCAT 3): which data there are, where, in which forms and since when unchanged.
//!
//! One graph, written as JSON-LD and as Turtle. Every node has an address of its own, so that both say the same.

mod catalogue;
mod changes;
mod graph;
mod json_ld;
mod turtle;

pub(crate) use changes::Changes;

use crate::app::App;
use crate::pages::{Portal, quality};
use crate::problem::Problem;
use crate::rest::answer::{self, Printed};
use crate::rest::params::none;
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use kernel::Actor;
use kernel::query::State;

/// Where the catalogue is.
const PATH: &str = "/dcat";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    JsonLd,
    Turtle,
}

impl Format {
    /// The form that `Accept` ranks first; JSON-LD where it ranks none.
    fn preferred(accepted: &str) -> Self {
        let turtle = quality(accepted, "text", "turtle");
        if turtle > quality(accepted, "application", "ld+json") && turtle > quality(accepted, "application", "json") {
            Self::Turtle
        } else {
            Self::JsonLd
        }
    }
}

/// `GET /dcat`: in the form that `Accept` asks for.
pub(crate) async fn catalogue(req: HttpRequest, app: web::Data<App>) -> Result<HttpResponse, Problem> {
    let accepted = req.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut answer = answered(&req, &app, Format::preferred(accepted)).await?;
    answer.headers_mut().insert(header::VARY, header::HeaderValue::from_static("accept, accept-encoding"));
    Ok(answer)
}

/// `GET /dcat.{jsonld,ttl}`.
pub(crate) async fn in_format(req: HttpRequest, ending: web::Path<String>, app: web::Data<App>) -> Result<HttpResponse, Problem> {
    let format = match ending.as_str() {
        "jsonld" => Format::JsonLd,
        "ttl" => Format::Turtle,
        _ => return Err(Problem::not_found()),
    };
    answered(&req, &app, format).await
}

async fn answered(req: &HttpRequest, app: &App, format: Format) -> Result<HttpResponse, Problem> {
    none(req.query_string())?;
    let portal = Portal::of(app, req)?;
    let graph = catalogue::graph(app, &portal).await?;
    let (content_type, body) = match format {
        Format::JsonLd => ("application/ld+json", json_ld::print(&graph)),
        Format::Turtle => ("text/turtle; charset=utf-8", turtle::print(&graph)),
    };
    let caching = answer::caching(&Actor::Anonymous, State::Published);
    Ok(answer::printed(req, Printed { content_type, body, caching, revision: None }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_who_ranks_turtle_first_gets_it() {
        for turtle in ["text/turtle", "text/turtle, application/ld+json;q=0.9", "text/turtle;q=0.5, */*;q=0.1"] {
            assert_eq!(Format::preferred(turtle), Format::Turtle, "{turtle}");
        }
        for json in ["", "*/*", "application/json", "application/ld+json, text/turtle", "text/turtle;q=0", "nonsense"] {
            assert_eq!(Format::preferred(json), Format::JsonLd, "{json}");
        }
    }
}
