//! `/v1/auth/…`: sessions and one's own password.

use crate::app::App;
use crate::auth::{Caller, actor};
use crate::problem::Problem;
use crate::rest::{body, params};
use accounts::Session;
use actix_web::http::header;
use actix_web::{HttpMessage, HttpRequest, HttpResponse, web};
use kernel::{FieldFault, Text};
use serde_json::{Value, json};
use std::net::IpAddr;

/// `POST /v1/auth/login`.
pub(crate) async fn login(req: HttpRequest, payload: web::Payload, app: web::Data<App>) -> Result<HttpResponse, Problem> {
    let [username, password] = members(&req, payload, &app, ["username", "password"]).await?;
    app.limits.password(address(&req))?;
    let session = app.parts.accounts.login(&username, &password).await?;
    answer(&app, session)
}

/// `POST /v1/auth/refresh`.
pub(crate) async fn refresh(req: HttpRequest, payload: web::Payload, app: web::Data<App>) -> Result<HttpResponse, Problem> {
    let [token] = members(&req, payload, &app, ["refresh_token"]).await?;
    let session = app.parts.accounts.refresh(&token).await?;
    answer(&app, session)
}

/// `POST /v1/auth/logout`.
pub(crate) async fn logout(req: HttpRequest, payload: web::Payload, app: web::Data<App>) -> Result<HttpResponse, Problem> {
    let [token] = members(&req, payload, &app, ["refresh_token"]).await?;
    app.parts.accounts.logout(&token).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// `POST /v1/auth/password`.
pub(crate) async fn password(req: HttpRequest, payload: web::Payload, app: web::Data<App>) -> Result<HttpResponse, Problem> {
    let account = actor(&req).account().ok_or_else(Problem::unauthenticated)?;
    let [current, new] = members(&req, payload, &app, ["current_password", "new_password"]).await?;
    app.limits.password(address(&req))?;
    app.parts.accounts.change_password(account, &current, &new).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// `GET /v1/auth/me`.
pub(crate) async fn me(req: HttpRequest, app: web::Data<App>) -> Result<HttpResponse, Problem> {
    params::none(req.query_string())?;
    let account = actor(&req).account().ok_or_else(Problem::unauthenticated)?;
    let account = app.parts.accounts.find(account).await?.ok_or_else(Problem::unauthenticated)?;
    let permissions: Vec<&str> = account.role.permissions().iter().map(|permission| permission.as_str()).collect();
    let must_change = req.extensions().get::<Caller>().is_some_and(|caller| caller.must_change_password);
    Ok(private(json!({ "data": {
        "id": account.id.to_string(), "type": "account", "username": account.username, "role": account.role.as_str(),
        "permissions": permissions, "must_change_password": must_change,
    } })))
}

fn answer(app: &App, session: Session) -> Result<HttpResponse, Problem> {
    let (token, seconds) = app.tokens.issue(session.account.id, app.parts.clock.now()).map_err(|error| {
        tracing::error!(%error, "no access token could be signed");
        Problem::internal()
    })?;
    Ok(private(json!({ "data": {
        "access_token": token, "refresh_token": session.refresh_token, "token_type": "Bearer", "expires_in": seconds,
        "must_change_password": session.account.must_change_password,
    } })))
}

fn private(body: Value) -> HttpResponse {
    HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "private, no-store")).json(body)
}

fn address(req: &HttpRequest) -> Option<IpAddr> {
    req.peer_addr().map(|address| address.ip())
}

/// Reads a body of exactly these text members.
async fn members<const N: usize>(
    req: &HttpRequest,
    payload: web::Payload,
    app: &App,
    names: [&'static str; N],
) -> Result<[String; N], Problem> {
    body::of_type(req, body::JSON)?;
    params::none(req.query_string())?;
    let mut given = body::object(&body::bytes(payload, app.parts.settings.max_body).await?)?;
    let mut faults = Vec::new();
    let values = names.map(|name| match given.remove(name) {
        Some(Value::String(text)) if !text.is_empty() && text.chars().count() <= 256 && !text.contains('\0') => text,
        Some(Value::String(_)) => {
            faults.push(FieldFault::new(format!("/{name}"), "invalid", Text::new("từ 1 đến 256 ký tự", "1 to 256 characters")));
            String::new()
        }
        Some(_) => {
            faults.push(FieldFault::new(format!("/{name}"), "wrong_type", Text::new("phải là văn bản", "must be text")));
            String::new()
        }
        None => {
            faults.push(FieldFault::new(format!("/{name}"), "required", Text::new("không được thiếu", "must be given")));
            String::new()
        }
    });
    for name in given.keys() {
        let text = Text::new(format!("không có trường {name}"), format!("there is no field {name}"));
        faults.push(FieldFault::new(format!("/{name}"), "unknown_field", text));
    }
    if faults.is_empty() { Ok(values) } else { Err(body::invalid(faults)) }
}
