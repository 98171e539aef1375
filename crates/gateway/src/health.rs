//! Liveness, readiness, figures, keys.

use crate::app::App;
use crate::problem::Problem;
use actix_web::http::header;
use actix_web::{HttpResponse, web};
use kernel::{Kind, Text};
use serde_json::json;

fn fresh(body: serde_json::Value) -> HttpResponse {
    HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "no-store")).json(body)
}

/// `/livez`: the process runs.
pub(crate) async fn livez() -> HttpResponse {
    fresh(json!({ "status": "ok" }))
}

/// `/readyz`: database and search answer.
pub(crate) async fn readyz(app: web::Data<App>) -> Result<HttpResponse, Problem> {
    let away = |what_vi: &str, what: &str| {
        Problem::new(
            Kind::Unavailable,
            "unavailable",
            Text::new(format!("{what_vi} không trả lời."), format!("The {what} does not answer.")),
        )
    };
    app.parts.db.ping().await.map_err(|_| away("Cơ sở dữ liệu", "database"))?;
    app.parts.search.ready().await.map_err(|_| away("Tìm kiếm", "search index"))?;
    Ok(fresh(json!({ "status": "ok" })))
}

/// `/metrics`: figures for Prometheus.
pub(crate) async fn metrics(app: web::Data<App>) -> HttpResponse {
    let lag = jobs::lag(&app.parts.db, app.parts.search_consumer).await.unwrap_or(0);
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "application/openmetrics-text; version=1.0.0; charset=utf-8"))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(app.metrics.print(lag))
}

/// `/.well-known/jwks.json`: the public keys of the access tokens.
pub(crate) async fn jwks(app: web::Data<App>) -> HttpResponse {
    HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "public, max-age=300")).json(app.tokens.jwks())
}

/// `/openapi.json`.
pub(crate) async fn openapi(app: web::Data<App>) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header(header::ContentType::json())
        .insert_header((header::CACHE_CONTROL, "public, max-age=0, must-revalidate"))
        .body(app.parts.registry.now().openapi().to_owned())
}
