//! REST: every described resource under its path, by one set of handlers.

pub(crate) mod answer;
pub(crate) mod body;
pub(crate) mod link;
pub(crate) mod params;
mod read;
mod write;

use crate::app::App;
use crate::problem::Problem;
use crate::resource::Served;
use actix_web::http::Method;
use actix_web::{HttpRequest, HttpResponse, web};
use kernel::Id;
use std::sync::Arc;

/// What an address under a resource's path names; an id that is none names nothing.
enum Target {
    List,
    One(Option<Id>),
    Transitions(Option<Id>),
}

/// Answers every address under `/v1` that no handler of its own has: finds the resource by its
/// path as it is served now, so that a type added at run time needs no new route.
pub(crate) async fn dispatch(req: HttpRequest, payload: web::Payload, app: web::Data<App>) -> Result<HttpResponse, Problem> {
    let read = matches!(*req.method(), Method::GET | Method::HEAD);
    let (served, target) = find(&app, req.path()).ok_or_else(Problem::not_found)?;
    let description = served.description();
    match (&target, req.method()) {
        (Target::List, _) if read => read::list(&req, &app, &served).await,
        (Target::One(id), _) if read => read::one(&req, &app, &served, id.ok_or_else(Problem::not_found)?).await,
        (Target::List, &Method::POST) if description.input.is_some() => write::create(&req, payload, &app, &served).await,
        (Target::One(id), &Method::PATCH) if description.input.is_some() => write::patch(&req, payload, &app, &served, *id).await,
        (Target::One(id), &Method::DELETE) if description.input.is_some() => write::delete(&req, &app, &served, *id).await,
        (Target::Transitions(id), &Method::POST) => write::transition(&req, payload, &app, &served, *id).await,
        (Target::List, _) => {
            Err(Problem::method_not_allowed(if description.input.is_some() { "GET, HEAD, POST" } else { "GET, HEAD" }))
        }
        (Target::One(_), _) => {
            Err(Problem::method_not_allowed(if description.input.is_some() { "GET, HEAD, PATCH, DELETE" } else { "GET, HEAD" }))
        }
        (Target::Transitions(_), _) => Err(Problem::method_not_allowed("POST")),
    }
}

fn find(app: &App, path: &str) -> Option<(Arc<Served>, Target)> {
    let catalog = app.parts.registry.now();
    if let Some(served) = catalog.by_path(path) {
        return Some((served.clone(), Target::List));
    }
    let (parent, last) = path.rsplit_once('/')?;
    if let Some(served) = catalog.by_path(parent) {
        return Some((served.clone(), Target::One(Id::parse(last))));
    }
    let (grandparent, id) = parent.rsplit_once('/')?;
    let served = catalog.by_path(grandparent).filter(|_| last == "transitions")?;
    if served.description().actions.is_empty() {
        return None;
    }
    Some((served.clone(), Target::Transitions(Id::parse(id))))
}
