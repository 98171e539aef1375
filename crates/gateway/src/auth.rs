//! Who is asking: a credential that does not verify is refused everywhere.

use crate::app::App;
use crate::problem::Problem;
use actix_web::http::header;
use actix_web::{HttpMessage, HttpRequest};
use kernel::{Actor, Call, Id, Kind, Permission, Text};

/// The caller of a request.
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    pub actor: Actor,
    pub must_change_password: bool,
}

/// Reads the credential of a request. Without one the caller is anonymous.
pub(crate) async fn identify(app: &App, req: &HttpRequest) -> Result<Caller, Problem> {
    let anonymous = Caller { actor: Actor::Anonymous, must_change_password: false };
    if req.headers().contains_key("x-api-key") {
        return Err(bad_credential());
    }
    let mut given = req.headers().get_all(header::AUTHORIZATION);
    let Some(value) = given.next() else { return Ok(anonymous) };
    if given.next().is_some() {
        return Err(bad_credential());
    }
    let token = value.to_str().ok().and_then(|value| {
        let (scheme, token) = value.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
    });
    let account = token.and_then(|token| app.tokens.verify(token, app.parts.clock.now()).ok()).ok_or_else(bad_credential)?;
    let account = app.parts.accounts.find(account).await?.ok_or_else(bad_credential)?;
    Ok(Caller { must_change_password: account.must_change_password, actor: account.actor() })
}

fn bad_credential() -> Problem {
    let text = Text::new("Mã truy cập không đúng hoặc đã hết hạn.", "The access token is wrong or has expired.");
    Problem::new(Kind::Unauthenticated, "unauthenticated", text)
        .with_header(header::WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"")
}

/// The caller that the middleware has identified.
pub(crate) fn actor(req: &HttpRequest) -> Actor {
    req.extensions().get::<Caller>().map_or(Actor::Anonymous, |caller| caller.actor.clone())
}

/// A call under this request, without a claim.
pub(crate) fn call(req: &HttpRequest) -> Call {
    Call { actor: actor(req), request_id: req.extensions().get::<Id>().copied(), claim: None }
}

/// Refuses a caller who is not logged in (401) or lacks the permission (403).
pub(crate) fn require(actor: &Actor, permission: Permission) -> Result<(), Problem> {
    allow(actor, actor.may(permission))
}

/// Refuses a caller who is not logged in (401) or may not (403).
pub(crate) fn allow(actor: &Actor, may: bool) -> Result<(), Problem> {
    match (actor, may) {
        (_, true) => Ok(()),
        (Actor::Anonymous, false) => Err(Problem::unauthenticated()),
        (_, false) => Err(Problem::forbidden()),
    }
}
