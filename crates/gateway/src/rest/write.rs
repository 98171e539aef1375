//! Writing: in this order 401, 404, 403, then 400/413/415, 428/412, 422, 409.

use super::answer::{self, Seen, Shown, if_match};
use super::body::{self, JSON, MERGE_PATCH};
use super::params;
use crate::app::App;
use crate::auth::{actor, allow, call};
use crate::idempotency::{self, Attempt};
use crate::problem::Problem;
use crate::resource::{Served, Step, Target, Verb, get};
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, web};
use kernel::query::{Projection, State};
use kernel::{Actor, FieldFault, Found, Id, Kind, Language, Locale, Revision, Row, Text, View};
use serde_json::Value;
use store::Refusal;

const PRIVATE: &str = "private, no-store";

pub(super) async fn create(
    req: &HttpRequest,
    payload: web::Payload,
    app: &App,
    served: &Served,
) -> Result<HttpResponse, Problem> {
    let actor = actor(req);
    allow(&actor, served.resource.may(&actor, Verb::Create))?;
    if served.description().public_write {
        app.limits.public_write(req.peer_addr().map(|address| address.ip()))?;
    }
    let (bytes, input) = read(req, payload, app, JSON).await?;
    params::none(req.query_string())?;
    if input.get("state").and_then(Value::as_str) == Some("published") {
        allow(&actor, served.resource.may(&actor, Verb::Transition))?;
    }
    body::check(served.input(), &input)?;
    let found = once(req, app, &bytes, async |call| served.resource.create(call, input).await).await?;
    Ok(shown(req, app, served, (StatusCode::CREATED, &found)))
}

pub(super) async fn put(
    req: &HttpRequest,
    payload: web::Payload,
    app: &App,
    served: &Served,
    id: Option<Id>,
) -> Result<HttpResponse, Problem> {
    let actor = actor(req);
    allow(&actor, served.resource.may(&actor, Verb::Create))?;
    let (_, input) = read(req, payload, app, JSON).await?;
    params::none(req.query_string())?;
    let id = id.ok_or_else(|| {
        let text = Text::new("phải là UUID trong địa chỉ", "must be a UUID in the address");
        body::invalid(vec![FieldFault::new("/id", "invalid_id", text)])
    })?;
    body::check(served.input(), &input)?;
    let (found, new) = served.resource.put(&call(req), id, input).await?;
    app.parts.wake.wake();
    Ok(shown(req, app, served, (if new { StatusCode::CREATED } else { StatusCode::OK }, &found)))
}

pub(super) async fn patch(
    req: &HttpRequest,
    payload: web::Payload,
    app: &App,
    served: &Served,
    id: Option<Id>,
) -> Result<HttpResponse, Problem> {
    let present = present(req, served, id, Verb::Patch).await?;
    let (_, input) = read(req, payload, app, MERGE_PATCH).await?;
    let target = present.target(req)?;
    body::check(served.patch(), &input)?;
    let patch = async |target| served.resource.patch(&call(req), target, input.clone()).await;
    let found = as_seen(req, (served, Verb::Patch), target, patch).await?;
    app.parts.wake.wake();
    Ok(shown(req, app, served, (StatusCode::OK, &found)))
}

pub(super) async fn delete(req: &HttpRequest, app: &App, served: &Served, id: Option<Id>) -> Result<HttpResponse, Problem> {
    let present = present(req, served, id, Verb::Delete).await?;
    let delete = async |target| served.resource.delete(&call(req), target).await;
    as_seen(req, (served, Verb::Delete), present.target(req)?, delete).await?;
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
    let present = present(req, served, id, Verb::Transition).await?;
    let (bytes, input) = read(req, payload, app, JSON).await?;
    // A repetition has seen the revision before the first one moved it; its key says enough.
    let target = match (present.target(req), req.headers().contains_key("idempotency-key")) {
        (Err(stale), true) if stale.code == "stale_revision" => match if_match(req) {
            Seen::Revisions(revisions) => Target { seen: revisions.first().copied().ok_or(stale)?, ..present.as_it_is() },
            Seen::Any | Seen::Untold => return Err(stale),
        },
        (target, _) => target?,
    };
    let step = step(input, served)?;
    let found = once(req, app, &bytes, async |call| served.resource.transition(call, target, step).await).await?;
    Ok(shown(req, app, served, (StatusCode::OK, &found)))
}

/// `POST` to a list that hangs on one resource: the action that makes a member of it.
pub(super) async fn post_part(
    req: &HttpRequest,
    payload: web::Payload,
    app: &App,
    served: &Served,
    (id, action): (Option<Id>, &str),
) -> Result<HttpResponse, Problem> {
    let present = present(req, served, id, Verb::Patch).await?;
    let (bytes, mut input) = read(req, payload, app, JSON).await?;
    let target = match if_match(req) {
        Seen::Untold => present.as_it_is(),
        Seen::Any | Seen::Revisions(_) => present.target(req)?,
    };
    input.insert("action".into(), action.into());
    let step = step(input, served)?;
    let found = once(req, app, &bytes, async |call| served.resource.transition(call, target, step).await).await?;
    let mut answer = shown(req, app, served, (StatusCode::CREATED, &found));
    if let (Some(id), Some(locale)) =
        (found.row.get("id").and_then(Value::as_str), found.row.get("locale").and_then(Value::as_str))
        && let Ok(location) = HeaderValue::from_str(&format!("{}/{id}?lang={locale}", served.description().path))
    {
        answer.headers_mut().insert(header::LOCATION, location);
    }
    Ok(answer)
}

async fn read(req: &HttpRequest, payload: web::Payload, app: &App, types: &[&str]) -> Result<(bytes::Bytes, Row), Problem> {
    body::of_type(req, types)?;
    let bytes = body::bytes(payload, app.parts.settings.max_body).await?;
    let row = body::object(&bytes)?;
    Ok((bytes, row))
}

/// What the caller sees and may change.
struct Present {
    id: Id,
    revision: Revision,
    lang: Option<Locale>,
}

impl Present {
    /// What is changed, whatever the caller has seen.
    fn as_it_is(&self) -> Target {
        Target { id: self.id, seen: self.revision, lang: self.lang.clone() }
    }

    /// What is changed; the caller must have seen the present revision.
    fn target(&self, req: &HttpRequest) -> Result<Target, Problem> {
        match if_match(req) {
            Seen::Any => Ok(self.as_it_is()),
            Seen::Revisions(revisions) if revisions.contains(&self.revision) => Ok(self.as_it_is()),
            Seen::Revisions(_) => Err(Refusal::Stale.into()),
            Seen::Untold => {
                let text = Text::new("Hãy gửi ETag vừa đọc trong If-Match.", "Send the ETag you have read as If-Match.");
                Err(Problem::new(Kind::RevisionNeeded, "precondition_required", text))
            }
        }
    }
}

/// How often a write to whatever is there is tried again when somebody else was quicker.
const TRIES: usize = 5;

/// Writes to what the caller has seen. Who says `If-Match: *` means whatever is there: where it changes
/// meanwhile, it is looked at again.
async fn as_seen<T>(
    req: &HttpRequest,
    (served, verb): (&Served, Verb),
    mut target: Target,
    write: impl AsyncFn(Target) -> Result<T, Problem>,
) -> Result<T, Problem> {
    for _ in 1..TRIES {
        match write(target.clone()).await {
            Err(stale) if stale.code == "stale_revision" && matches!(if_match(req), Seen::Any) => {
                target = present(req, served, Some(target.id), verb).await?.as_it_is();
            }
            written => return written,
        }
    }
    write(target).await
}

async fn present(req: &HttpRequest, served: &Served, id: Option<Id>, verb: Verb) -> Result<Present, Problem> {
    let actor = actor(req);
    if actor == Actor::Anonymous {
        return Err(Problem::unauthenticated());
    }
    params::readable(&actor, served)?;
    let id = id.ok_or_else(Problem::not_found)?;
    let lang = params::only_lang(req.query_string(), served.description());
    let wanted = Language::from(lang.as_ref().ok().cloned().flatten());
    let view = View { as_of: None, fields: Projection(Vec::new()), state: State::Published, lang: wanted };
    let found = get(served.resource.as_ref(), &actor, id, &view).await?.ok_or_else(Problem::not_found)?;
    allow(&actor, served.resource.may(&actor, verb))?;
    Ok(Present { id, revision: found.revision, lang: lang? })
}

/// Reads an action, its comment, and what it takes besides.
fn step(mut input: Row, served: &Served) -> Result<Step, Problem> {
    let action = input.remove("action");
    let comment = match input.remove("comment") {
        None | Some(Value::Null) => None,
        Some(Value::String(comment)) => Some(comment),
        Some(_) => {
            let text = Text::new("phải là văn bản", "must be text");
            return Err(body::invalid(vec![FieldFault::new("/comment", "wrong_type", text)]));
        }
    };
    let action = action.as_ref().and_then(Value::as_str);
    body::check(served.step(), &input)?;
    let step = Step::read(action, comment.as_deref(), &served.description().actions)?;
    input.retain(|_, value| !value.is_null());
    Ok(Step { with: input, ..step })
}

/// Does it once, however often it is asked under one `Idempotency-Key`.
pub(crate) async fn once(
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

/// What was entered or changed, with its address where it is new.
pub(crate) fn shown(req: &HttpRequest, app: &App, served: &Served, (status, found): (StatusCode, &Found)) -> HttpResponse {
    let key = served.description().key.unwrap_or("id");
    let location = found.row.get(key).and_then(Value::as_str).map(|key| format!("{}/{key}", served.description().path));
    let shown = Shown { found, included: None, caching: PRIVATE, as_of: None };
    let mut answer = answer::one(req, app, status, shown);
    if status == StatusCode::CREATED
        && let Some(Ok(location)) = location.map(|location| HeaderValue::from_str(&location))
    {
        answer.headers_mut().insert(header::LOCATION, location);
    }
    answer
}
