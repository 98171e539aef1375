//! Writing: in this order 401, 404, 403, then 400/413/415, 428/412, 422, 409.

use super::answer::{self, Seen, Shown, if_match};
use super::body::{self, JSON, MERGE_PATCH};
use super::params;
use crate::app::App;
use crate::auth::{actor, allow, call};
use crate::idempotency::{self, Attempt};
use crate::problem::Problem;
use crate::resource::{Served, Step, Verb, get};
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use kernel::query::{Projection, State};
use kernel::{Actor, FieldFault, Found, Id, Kind, Revision, Row, Text, View};
use serde_json::Value;

const PRIVATE: &str = "private, no-store";

pub(super) async fn create(
    req: &HttpRequest,
    payload: web::Payload,
    app: &App,
    served: &Served,
) -> Result<HttpResponse, Problem> {
    let actor = actor(req);
    allow(&actor, served.resource.may(&actor, Verb::Create))?;
    let (bytes, input) = read(req, payload, app, JSON).await?;
    params::none(req.query_string())?;
    if input.get("state").and_then(Value::as_str) == Some("published") {
        allow(&actor, served.resource.may(&actor, Verb::Transition))?;
    }
    body::check(served.input.as_ref(), &input)?;
    let found = once(req, app, &bytes, async |call| served.resource.create(call, input).await).await?;
    Ok(shown(req, app, StatusCode::CREATED, &found))
}

pub(super) async fn patch(
    req: &HttpRequest,
    payload: web::Payload,
    app: &App,
    served: &Served,
    id: Option<Id>,
) -> Result<HttpResponse, Problem> {
    let (id, present) = present(req, served, id, Verb::Patch).await?;
    let (_, input) = read(req, payload, app, MERGE_PATCH).await?;
    params::none(req.query_string())?;
    let seen = seen(req, present)?;
    body::check(served.patch.as_ref(), &input)?;
    let found = served.resource.patch(&call(req), id, seen, input).await?;
    app.parts.wake.wake();
    Ok(shown(req, app, StatusCode::OK, &found))
}

pub(super) async fn delete(req: &HttpRequest, app: &App, served: &Served, id: Option<Id>) -> Result<HttpResponse, Problem> {
    let (id, present) = present(req, served, id, Verb::Delete).await?;
    params::none(req.query_string())?;
    let seen = seen(req, present)?;
    served.resource.delete(&call(req), id, seen).await?;
    app.parts.wake.wake();
    Ok(HttpResponse::NoContent().finish())
}

pub(super) async fn transition(
    req: &HttpRequest,
    payload: web::Payload,
    app: &App,
    served: &Served,
    id: Option<Id>,
) -> Result<HttpResponse, Problem> {
    let (id, present) = present(req, served, id, Verb::Transition).await?;
    let (bytes, input) = read(req, payload, app, JSON).await?;
    params::none(req.query_string())?;
    // A repetition has seen the revision before the first one moved it; its key says enough.
    let seen = match (seen(req, present), req.headers().contains_key("idempotency-key")) {
        (Err(stale), true) if stale.code == "stale_revision" => match if_match(req) {
            Seen::Revisions(revisions) => revisions.first().copied().ok_or(stale)?,
            Seen::Any | Seen::Untold => return Err(stale),
        },
        (seen, _) => seen?,
    };
    let step = step(&input, &served.description().actions)?;
    let found = once(req, app, &bytes, async |call| served.resource.transition(call, id, seen, step).await).await?;
    Ok(shown(req, app, StatusCode::OK, &found))
}

async fn read(req: &HttpRequest, payload: web::Payload, app: &App, types: &[&str]) -> Result<(bytes::Bytes, Row), Problem> {
    body::of_type(req, types)?;
    let bytes = body::bytes(payload, app.parts.settings.max_body).await?;
    let row = body::object(&bytes)?;
    Ok((bytes, row))
}

/// The present revision of what the caller sees and may change.
async fn present(req: &HttpRequest, served: &Served, id: Option<Id>, verb: Verb) -> Result<(Id, Revision), Problem> {
    let actor = actor(req);
    if actor == Actor::Anonymous {
        return Err(Problem::unauthenticated());
    }
    let id = id.ok_or_else(Problem::not_found)?;
    let view = View { fields: Projection(Vec::new()), state: State::Published, lang: None };
    let found = get(served.resource.as_ref(), &actor, id, &view).await?.ok_or_else(Problem::not_found)?;
    allow(&actor, served.resource.may(&actor, verb))?;
    Ok((id, found.revision))
}

/// The revision that the caller has seen, which must be the present one.
fn seen(req: &HttpRequest, present: Revision) -> Result<Revision, Problem> {
    match if_match(req) {
        Seen::Any => Ok(present),
        Seen::Revisions(revisions) if revisions.contains(&present) => Ok(present),
        Seen::Revisions(_) => Err(documents::Error::Stale.into()),
        Seen::Untold => {
            let text = Text::new("Hãy gửi ETag vừa đọc trong If-Match.", "Send the ETag you have read as If-Match.");
            Err(Problem::new(Kind::RevisionNeeded, "precondition_required", text))
        }
    }
}

fn step(input: &Row, actions: &[&'static str]) -> Result<Step, Problem> {
    let mut faults = Vec::new();
    for name in input.keys().filter(|name| !matches!(name.as_str(), "action" | "comment")) {
        let text = Text::new(format!("không có trường {name}"), format!("there is no field {name}"));
        faults.push(FieldFault::new(format!("/{name}"), "unknown_field", text));
    }
    let comment = match input.get("comment") {
        None | Some(Value::Null) => None,
        Some(Value::String(comment)) => Some(comment.as_str()),
        Some(_) => {
            faults.push(FieldFault::new("/comment", "wrong_type", Text::new("phải là văn bản", "must be text")));
            None
        }
    };
    if !faults.is_empty() {
        return Err(body::invalid(faults));
    }
    Step::read(input.get("action").and_then(Value::as_str), comment, actions)
}

/// Does it once, however often it is asked under one `Idempotency-Key`.
async fn once(
    req: &HttpRequest,
    app: &App,
    body: &[u8],
    verb: impl AsyncFnOnce(&kernel::Call) -> Result<Found, Problem>,
) -> Result<Found, Problem> {
    let found = match idempotency::attempt(req, app, body).await? {
        Attempt::Answered(row) => {
            let revision = row.get("revision").and_then(Value::as_i64).unwrap_or_default();
            return Ok(Found { revision: Revision(revision), row });
        }
        Attempt::Go(call) => match verb(&call).await {
            Ok(found) => found,
            Err(problem) => {
                idempotency::give_back(app, &call).await;
                return Err(problem);
            }
        },
    };
    app.parts.wake.wake();
    Ok(found)
}

fn shown(req: &HttpRequest, app: &App, status: StatusCode, found: &Found) -> HttpResponse {
    answer::one(req, app, status, Shown { found, included: None, caching: PRIVATE })
}
