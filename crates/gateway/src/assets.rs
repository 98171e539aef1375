//! Pages that work without the internet: GraphiQL, the API reference, the catalogue of problems.

use crate::problem::{CATALOGUE, Problem, entry, lang};
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use kernel::Lang;
use serde_json::{Value, json};
use std::sync::LazyLock;
use utoipa_swagger_ui::Config;

/// GraphiQL's published files and our starter, with their media types.
const GRAPHIQL: [(&str, &str, &[u8]); 5] = [
    ("graphiql.min.css", "text/css; charset=utf-8", include_bytes!("../assets/graphiql/graphiql.min.css")),
    ("graphiql.min.js", "text/javascript; charset=utf-8", include_bytes!("../assets/graphiql/graphiql.min.js")),
    ("react.production.min.js", "text/javascript; charset=utf-8", include_bytes!("../assets/graphiql/react.production.min.js")),
    (
        "react-dom.production.min.js",
        "text/javascript; charset=utf-8",
        include_bytes!("../assets/graphiql/react-dom.production.min.js"),
    ),
    ("start.js", "text/javascript; charset=utf-8", include_bytes!("../assets/graphiql/start.js")),
];

/// Scripts and styles from here only; both pages style elements themselves.
const PAGE_POLICY: &str = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; worker-src 'self' blob:; frame-ancestors 'none'";

fn page(kind: &str, body: impl actix_web::body::MessageBody + 'static) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, kind))
        .insert_header((header::CONTENT_SECURITY_POLICY, PAGE_POLICY))
        .insert_header((header::CACHE_CONTROL, "public, max-age=3600"))
        .insert_header((header::VARY, "accept"))
        .body(body)
}

/// GraphiQL.
pub(crate) fn graphiql() -> HttpResponse {
    page("text/html; charset=utf-8", include_str!("../assets/graphiql/index.html"))
}

/// `/graphql/assets/{file}`.
pub(crate) async fn graphiql_asset(file: web::Path<String>) -> Result<HttpResponse, Problem> {
    let found = GRAPHIQL.iter().find(|(name, _, _)| *name == file.as_str());
    found.map(|(_, kind, bytes)| page(kind, *bytes)).ok_or_else(Problem::not_found)
}

static REFERENCE: LazyLock<Config<'static>> =
    LazyLock::new(|| Config::from("/openapi.json").try_it_out_enabled(true).filter(true).use_base_layout());

/// `/docs` and its files: the API reference.
pub(crate) async fn reference(req: HttpRequest) -> Result<HttpResponse, Problem> {
    let file = req.match_info().get("file").unwrap_or_default();
    if file.is_empty() && !req.path().ends_with('/') {
        return Ok(HttpResponse::MovedPermanently().insert_header((header::LOCATION, "/docs/")).finish());
    }
    match utoipa_swagger_ui::serve(file, std::sync::Arc::new(REFERENCE.clone())) {
        Ok(Some(found)) => Ok(page(&found.content_type, found.bytes.into_owned())),
        Ok(None) | Err(_) => Err(Problem::not_found()),
    }
}

fn entry_json(code: &str, lang: Lang) -> Value {
    let entry = entry(code);
    json!({
        "type": format!("/problems/{}", entry.code.replace('_', "-")), "code": entry.code, "status": entry.status,
        "title": entry.title.get(lang), "help": entry.help.get(lang),
    })
}

/// `/problems`: the catalogue.
pub(crate) async fn problems(req: HttpRequest) -> HttpResponse {
    let all: Vec<Value> = CATALOGUE.iter().map(|line| entry_json(line.0, lang(&req))).collect();
    HttpResponse::Ok().json(json!({ "data": all }))
}

/// `/problems/{code}`.
pub(crate) async fn problem(req: HttpRequest, code: web::Path<String>) -> Result<HttpResponse, Problem> {
    let known = CATALOGUE.iter().any(|line| line.0.replace('_', "-") == *code || line.0 == *code);
    if known { Ok(HttpResponse::Ok().json(json!({ "data": entry_json(&code, lang(&req)) }))) } else { Err(Problem::not_found()) }
}

/// The catalogue as a page of the documentation.
pub fn catalogue_markdown() -> String {
    let mut page = String::from("| code | status | title | what to do |\n|---|---|---|---|\n");
    for line in CATALOGUE {
        let entry = entry(line.0);
        page.push_str(&format!(
            "| `{}` | {} | {} / {} | {} |\n",
            entry.code, entry.status, entry.title.vi, entry.title.en, entry.help.en
        ));
    }
    page
}
