//! REST: every described resource under its path, by one set of handlers.

pub(crate) mod answer;
pub(crate) mod body;
pub(crate) mod link;
pub(crate) mod params;
pub(crate) mod read;
mod write;

pub(crate) use write::{once, shown};

use crate::app::App;
use crate::description::{Description, Editions, Part};
use crate::pages;
use crate::problem::Problem;
use crate::resource::Served;
use actix_web::http::Method;
use actix_web::{HttpRequest, HttpResponse, web};
use std::sync::Arc;

/// What an address under a resource's path names; a key that is none names nothing.
enum Target {
    List,
    One(String),
    Slug(String),
    Part(String, Part),
    Transitions(String),
}

/// Answers every address under `/v1` that no handler of its own has: finds the resource by its
/// path as it is served now, so that a type added at run time needs no new route.
pub(crate) async fn dispatch(req: HttpRequest, payload: web::Payload, app: web::Data<App>) -> Result<HttpResponse, Problem> {
    let read = matches!(*req.method(), Method::GET | Method::HEAD);
    let (served, target) = find(&app, req.path()).ok_or_else(Problem::not_found)?;
    let description = served.description();
    let written = description.input.is_some();
    let at = async |key: &str| served.resource.by_key(key).await;
    match (&target, req.method()) {
        (Target::List, _) if read => read::list(&req, &app, &served).await,
        (Target::One(key), _) if read => match pages::asked(&req, description, key) {
            Some(asked) => Ok(pages::negotiated(pages::answer(&req, &app, &served, asked).await?, description)),
            None => {
                let id = at(key).await?.ok_or_else(Problem::not_found)?;
                Ok(pages::negotiated(read::one(&req, &app, &served, id).await?, description))
            }
        },
        (Target::Part(key, part), _) if read => read::part(&req, &app, &served, (at(key).await?, part)).await,
        (Target::Slug(slug), _) if read => read::by_path(&req, &app, &served, slug).await,
        (Target::List, &Method::POST) if written => write::create(&req, payload, &app, &served).await,
        (Target::One(key), &Method::PUT) if description.put => write::put(&req, payload, &app, &served, at(key).await?).await,
        (Target::One(key), &Method::PATCH) if description.patch().is_some() => {
            write::patch(&req, payload, &app, &served, at(key).await?).await
        }
        (Target::One(key), &Method::DELETE) if description.deletes() => write::delete(&req, &app, &served, at(key).await?).await,
        (Target::Part(key, Part { posts: Some(action), .. }), &Method::POST) => {
            write::post_part(&req, payload, &app, &served, (at(key).await?, action)).await
        }
        (Target::Transitions(key), &Method::POST) => write::transition(&req, payload, &app, &served, at(key).await?).await,
        (target, _) => Err(Problem::method_not_allowed(allowed(target, description))),
    }
}

fn allowed(target: &Target, description: &Description) -> &'static str {
    match target {
        Target::List if description.input.is_some() || description.upload.is_some() => "GET, HEAD, POST",
        Target::One(_) if description.put => "GET, HEAD, PUT, PATCH, DELETE",
        Target::One(_) if description.patch().is_some() => "GET, HEAD, PATCH, DELETE",
        Target::One(_) if description.deletes() => "GET, HEAD, DELETE",
        Target::Part(_, part) if part.posts.is_some() || part.takes_files => "GET, HEAD, POST",
        Target::List | Target::One(_) | Target::Slug(_) | Target::Part(..) => "GET, HEAD",
        Target::Transitions(_) => "POST",
    }
}

fn find(app: &App, path: &str) -> Option<(Arc<Served>, Target)> {
    let catalog = app.parts.registry.now();
    if let Some(served) = catalog.by_path(path) {
        return Some((served.clone(), Target::List));
    }
    let (parent, last) = path.rsplit_once('/')?;
    if let Some(served) = catalog.by_path(parent) {
        return Some((served.clone(), Target::One(last.to_owned())));
    }
    let (grandparent, key) = parent.rsplit_once('/')?;
    let served = catalog.by_path(grandparent)?;
    let description = served.description();
    if last == "transitions" && !description.actions.is_empty() {
        return Some((served.clone(), Target::Transitions(key.to_owned())));
    }
    if key == "by-path" && description.editions == Editions::Localized {
        return Some((served.clone(), Target::Slug(last.to_owned())));
    }
    let part = description.parts.iter().find(|part| part.name == last)?.clone();
    Some((served.clone(), Target::Part(key.to_owned(), part)))
}
