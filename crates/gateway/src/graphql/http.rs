//! GraphQL over HTTP, and GraphiQL for browsers.

use super::Session;
use super::cost;
use super::loader::Loader;
use crate::app::App;
use crate::auth::call;
use crate::heavy::{Room, Rooms};
use crate::problem::{Problem, lang};
use crate::rest::{body, link, params};
use actix_web::http::header;
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, web};
use async_graphql::dataloader::DataLoader;
use async_graphql::parser::types::OperationType;
use async_graphql::{Request, Variables};
use kernel::{Kind, Text};
use serde_json::{Value, json};
use std::sync::Arc;

/// The two media types of an answer.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// `application/graphql-response+json`: the status tells whether the query was run.
    Response,
    /// `application/json`: 200 whenever the request could be read.
    Json,
}

/// `/graphql`.
pub(crate) async fn graphql(req: HttpRequest, payload: web::Payload, app: web::Data<App>) -> Result<HttpResponse, Problem> {
    let form = form(&req)?;
    let is_get = matches!(*req.method(), Method::GET | Method::HEAD);
    let Some(form) = form else { return Ok(super::super::assets::graphiql()) };
    let asked = if is_get { from_query(req.query_string())? } else { from_body(&req, payload, &app).await? };
    let session_lang = lang(&req);
    let asked = match read(asked) {
        Ok(asked) => asked,
        Err(Refusal::Problem(problem)) => return Err(problem),
        Err(Refusal::PersistedQuery) => return Ok(no_persisted_queries(form)),
    };
    if asked.query.len() > cost::MAX_LENGTH {
        return Ok(refused(form, &cost::too_long(), session_lang));
    }
    let mut document = match async_graphql::parser::parse_query(&asked.query) {
        Ok(document) => document,
        Err(error) => {
            // Where it is wrong, and not the query again, which may be long.
            let at = error.positions().next().unwrap_or_default();
            let (vi, en) = ("Cú pháp GraphQL sai ở dòng", "The GraphQL syntax is wrong at line");
            let text = |lead: &str, column: &str| format!("{lead} {}, {column} {}.", at.line, at.column);
            let problem = Problem::malformed("invalid_query", text(vi, "cột"), text(en, "column"));
            return Ok(refused(form, &problem, session_lang));
        }
    };
    if is_get && writes(&document, asked.operation.as_deref()) {
        return Err(Problem::method_not_allowed("POST"));
    }
    let variables = Variables::from_json(asked.variables);
    if let Err(problem) = cost::check(&document, &variables) {
        return Ok(refused(form, &problem, session_lang));
    }
    super::variables::leave_out_absent(&mut document, asked.operation.as_deref(), &variables);
    let mut request = Request::new(asked.query).variables(variables);
    request.set_parsed_query(document);
    if let Some(name) = asked.operation {
        request = request.operation_name(name);
    }
    let call = call(&req);
    let app: Arc<App> = app.into_inner();
    let loader = DataLoader::new(Loader { app: app.clone(), actor: call.actor.clone() }, tokio::spawn);
    let schema = app.parts.registry.now().graphql.clone();
    let public = call.actor.is_anonymous();
    let address = req.peer_addr().map(|address| address.ip());
    let rooms = Rooms::default();
    let session = Session { app, call, lang: session_lang, address, rooms: rooms.clone() };
    let answer = schema.execute(request.data(loader).data(session)).await;
    Ok(answered(form, answer, public, rooms.take()))
}

fn answered(form: Form, answer: async_graphql::Response, public: bool, room: Room) -> HttpResponse {
    // Errors without a path and no data: the query did not fit the schema, nothing was run.
    let not_run = matches!(answer.data, async_graphql::Value::Null) && answer.errors.iter().all(|error| error.path.is_empty());
    let mut told = serde_json::to_value(&answer).unwrap_or_default();
    for error in told.get_mut("errors").and_then(Value::as_array_mut).into_iter().flatten() {
        if error.pointer("/extensions/code").is_none() {
            error["extensions"] = json!({ "code": "invalid_query" });
        }
    }
    let refused = not_run && !answer.errors.is_empty();
    drop(answer);
    if refused && let Some(members) = told.as_object_mut() {
        members.remove("data");
    }
    let caching = if refused {
        "no-store"
    } else if public {
        "public, max-age=0, must-revalidate"
    } else {
        "private, no-store"
    };
    let status = if refused && form == Form::Response { StatusCode::BAD_REQUEST } else { StatusCode::OK };
    let body = told.to_string();
    drop(told);
    head(form, status, caching).body(room.body(body))
}

fn refused(form: Form, problem: &Problem, lang: kernel::Lang) -> HttpResponse {
    let error = json!({ "errors": [{ "message": problem.text.get(lang), "extensions": { "code": problem.code } }] });
    respond(form, if form == Form::Response { StatusCode::BAD_REQUEST } else { StatusCode::OK }, &error, "no-store")
}

fn respond(form: Form, status: StatusCode, body: &Value, caching: &'static str) -> HttpResponse {
    head(form, status, caching).body(body.to_string())
}

fn head(form: Form, status: StatusCode, caching: &'static str) -> HttpResponseBuilder {
    let kind = match form {
        Form::Response => "application/graphql-response+json; charset=utf-8",
        Form::Json => "application/json; charset=utf-8",
    };
    let mut head = HttpResponse::build(status);
    head.insert_header((header::CONTENT_TYPE, kind))
        .insert_header((header::CACHE_CONTROL, caching))
        .insert_header((header::VARY, "accept, accept-encoding"));
    head
}

/// The form that the caller accepts; `None` for a browser, which gets GraphiQL.
fn form(req: &HttpRequest) -> Result<Option<Form>, Problem> {
    let Some(accept) = req.headers().get(header::ACCEPT) else { return Ok(Some(Form::Json)) };
    let accept = accept.to_str().unwrap_or_default();
    let types: Vec<&str> = accept.split(',').filter_map(|item| item.split(';').next()).map(str::trim).collect();
    let has = |wanted: &str| types.iter().any(|kind| kind.eq_ignore_ascii_case(wanted));
    if has("application/graphql-response+json") {
        Ok(Some(Form::Response))
    } else if has("application/json") || types.iter().all(|kind| kind.is_empty()) {
        Ok(Some(Form::Json))
    } else if has("text/html") && req.method() == Method::GET && !req.query_string().contains("query=") {
        Ok(None)
    } else if has("*/*") || has("application/*") {
        Ok(Some(Form::Json))
    } else {
        let allowed = "application/graphql-response+json, application/json";
        let text = Text::new(format!("Accept phải có một trong: {allowed}."), format!("Accept needs one of: {allowed}."));
        Err(Problem::new(Kind::Malformed, "not_acceptable", text))
    }
}

/// The parameters of a request, in either transport.
type Asked = kernel::Row;

fn from_query(query: &str) -> Result<Asked, Problem> {
    let mut asked = Asked::new();
    for (name, value) in link::pairs(query)? {
        let value = match name.as_str() {
            "query" | "operationName" => Value::String(value),
            "variables" | "extensions" if value.is_empty() => Value::Null,
            "variables" | "extensions" => Value::Object(body::object(value.as_bytes())?),
            _ => return Err(params::unknown(&name, &MEMBERS)),
        };
        asked.insert(name, value);
    }
    Ok(asked)
}

async fn from_body(req: &HttpRequest, payload: web::Payload, app: &App) -> Result<Asked, Problem> {
    body::of_type(req, body::JSON)?;
    params::none(req.query_string())?;
    body::object(&body::bytes(payload, app.parts.settings.max_body).await?)
}

/// The members of a request.
const MEMBERS: [&str; 4] = ["query", "operationName", "variables", "extensions"];

/// Why a request is not run.
enum Refusal {
    Problem(Problem),
    /// It asks for a query by its hash; clients know the answer and send the query itself.
    PersistedQuery,
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

fn no_persisted_queries(form: Form) -> HttpResponse {
    let code = json!({ "code": "PERSISTED_QUERY_NOT_SUPPORTED" });
    let error = json!({ "errors": [{ "message": "PersistedQueryNotSupported", "extensions": code }] });
    respond(form, if form == Form::Response { StatusCode::BAD_REQUEST } else { StatusCode::OK }, &error, "no-store")
}

/// A request that was read.
struct Read {
    query: String,
    operation: Option<String>,
    variables: Value,
}

fn read(mut asked: Asked) -> Result<Read, Refusal> {
    let wrong = |name: &str| {
        Problem::malformed(
            "invalid_query",
            format!("Trường {name} không đúng kiểu."),
            format!("The member {name} is of a wrong type."),
        )
    };
    if matches!(asked.get("extensions"), Some(Value::Object(extensions)) if extensions.contains_key("persistedQuery")) {
        return Err(Refusal::PersistedQuery);
    }
    if let Some(name) = asked.keys().find(|name| !MEMBERS.contains(&name.as_str())) {
        return Err(params::unknown(name, &MEMBERS).into());
    }
    let operation = match asked.remove("operationName") {
        None | Some(Value::Null) => None,
        Some(Value::String(name)) => Some(name).filter(|name| !name.is_empty()),
        Some(_) => return Err(wrong("operationName").into()),
    };
    let variables = match asked.remove("variables") {
        None | Some(Value::Null) => json!({}),
        Some(variables @ Value::Object(_)) => variables,
        Some(_) => return Err(wrong("variables").into()),
    };
    if !matches!(asked.get("extensions"), None | Some(Value::Null | Value::Object(_))) {
        return Err(wrong("extensions").into());
    }
    match asked.remove("query") {
        Some(Value::String(query)) if !query.trim().is_empty() => Ok(Read { query, operation, variables }),
        _ => Err(Problem::malformed("invalid_query", "Thiếu trường query.", "The member query is missing.").into()),
    }
}

/// Whether the operation that would run is a mutation.
fn writes(document: &async_graphql::parser::types::ExecutableDocument, name: Option<&str>) -> bool {
    document
        .operations
        .iter()
        .filter(|(known, _)| name.is_none() || known.map(|known| known.as_str()) == name)
        .any(|(_, operation)| operation.node.ty != OperationType::Query)
}

/// `/schema.graphql`.
pub(crate) async fn sdl(app: web::Data<App>) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "application/graphql; charset=utf-8"))
        .insert_header((header::CACHE_CONTROL, "public, max-age=0, must-revalidate"))
        .body(app.parts.registry.now().sdl().to_owned())
}
