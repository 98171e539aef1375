//! What happens around every request: its id, its figures, who asks, and problems for every failure.

use crate::app::App;
use crate::auth::identify;
use crate::problem::Problem;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, web};
use kernel::{Id, Kind, Text};
use std::time::Instant;

/// Gives the request its id, measures it, and sees to it that every answer says what all answers say.
pub(crate) async fn around(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let started = Instant::now();
    let Some(app) = req.app_data::<web::Data<App>>().cloned() else { return Err(Problem::internal().into()) };
    let id = Id::new(app.parts.clock.now());
    req.extensions_mut().insert(id);
    // The request itself may not be kept: routing needs it for itself alone.
    let (method, path) = (req.method().clone(), req.path().to_owned());
    let mut answered = told(next.call(req).await?.map_into_boxed_body());
    let headers = answered.headers_mut();
    if let Ok(value) = HeaderValue::from_str(&id.to_string()) {
        headers.insert(HeaderName::from_static("x-request-id"), value);
    }
    // Said by a handler to keep the bytes as they are; as a header it means nothing.
    if headers.get(header::CONTENT_ENCODING).is_some_and(|encoding| encoding == "identity") {
        headers.remove(header::CONTENT_ENCODING);
    }
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("strict-origin-when-cross-origin"));
    let seconds = started.elapsed().as_secs_f64();
    let status = answered.status().as_u16();
    app.metrics.answered(&method, status, seconds);
    tracing::debug!(request_id = %id, %method, path, status, seconds, "answered");
    Ok(answered)
}

/// Turns failures of handlers and of routing into problems, inside of compression and CORS.
pub(crate) async fn problems(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    Ok(told(next.call(req).await?.map_into_boxed_body()))
}

/// A failure that a handler or the framework answered, as a problem; what else the answer says
/// about itself stays.
fn told(answer: ServiceResponse<BoxBody>) -> ServiceResponse<BoxBody> {
    let status = answer.status();
    let is_failure = status.is_client_error() || status.is_server_error();
    let is_told = answer.headers().get(header::CONTENT_TYPE).is_some_and(|kind| {
        let kind = kind.as_bytes();
        kind.starts_with(b"application/problem+json") || kind.starts_with(b"application/graphql-response+json")
    });
    if !is_failure || is_told {
        return answer;
    }
    let problem = match answer.response().error().and_then(|error| error.as_error::<Problem>()) {
        Some(problem) => problem.clone(),
        None => Problem::of_status(status),
    };
    let mut respond = problem.respond(answer.request());
    for (name, value) in answer.headers() {
        if !respond.headers().contains_key(name) && !matches!(*name, header::CONTENT_LENGTH | header::CONTENT_ENCODING) {
            respond.headers_mut().append(name.clone(), value.clone());
        }
    }
    answer.into_response(respond)
}

/// Finds out who asks, before anything is looked up.
pub(crate) async fn identified(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let Some(app) = req.app_data::<web::Data<App>>().cloned() else { return Err(Problem::internal().into()) };
    if matches!(*req.method(), Method::GET | Method::HEAD)
        && let Err(problem) = app.limits.read(req.peer_addr().map(|address| address.ip()))
    {
        let refused = problem.respond(req.request());
        return Ok(req.into_response(refused).map_into_right_body());
    }
    let caller = match identify(&app, req.request()).await {
        Ok(caller) if caller.must_change_password && !req.path().starts_with("/v1/auth/") => {
            let text =
                Text::new("Hãy đổi mật khẩu tại /v1/auth/password trước.", "Change the password at /v1/auth/password first.");
            Err(Problem::new(Kind::Forbidden, "password_change_required", text))
        }
        identified => identified,
    };
    match caller {
        Ok(caller) => {
            req.extensions_mut().insert(caller);
            Ok(next.call(req).await?.map_into_left_body())
        }
        Err(problem) => {
            let refused = problem.respond(req.request());
            Ok(req.into_response(refused).map_into_right_body())
        }
    }
}
