//! Faults as `application/problem+json` (RFC 9457). Only this module knows HTTP statuses.

mod catalogue;

pub(crate) use catalogue::{CATALOGUE, entry};

use crate::description::put;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::{HttpMessage, HttpRequest, HttpResponse, HttpResponseBuilder};
use kernel::{Fault, FieldFault, Id, Kind, Lang, Text};
use serde_json::{Value, json};
use std::fmt;
use std::ops::{Deref, DerefMut};

/// Something that went wrong, as both protocols tell it.
#[derive(Debug, Clone)]
pub struct Problem(Box<Told>);

/// What a problem tells; apart from it, so that a `Result` that may be a problem stays small.
#[derive(Debug, Clone)]
pub struct Told {
    pub(crate) kind: Kind,
    pub(crate) code: &'static str,
    pub(crate) text: Text,
    pub(crate) fields: Vec<FieldFault>,
    headers: Vec<(HeaderName, HeaderValue)>,
}

impl Deref for Problem {
    type Target = Told;

    fn deref(&self) -> &Told {
        &self.0
    }
}

impl DerefMut for Problem {
    fn deref_mut(&mut self) -> &mut Told {
        &mut self.0
    }
}

impl Problem {
    pub(crate) fn new(kind: Kind, code: &'static str, text: Text) -> Self {
        Self(Box::new(Told { kind, code, text, fields: Vec::new(), headers: Vec::new() }))
    }

    pub(crate) fn malformed(code: &'static str, vi: impl Into<String>, en: impl Into<String>) -> Self {
        Self::new(Kind::Malformed, code, Text::new(vi, en))
    }

    pub(crate) fn not_found() -> Self {
        Self::new(Kind::NotFound, "not_found", Text::new("Không có tài nguyên này.", "There is no such resource."))
    }

    pub(crate) fn unauthenticated() -> Self {
        Self::new(
            Kind::Unauthenticated,
            "unauthenticated",
            Text::new("Cần đăng nhập để thực hiện việc này.", "This needs a login."),
        )
        .with_header(header::WWW_AUTHENTICATE, "Bearer")
    }

    pub(crate) fn forbidden() -> Self {
        let text = Text::new("Tài khoản không có quyền thực hiện việc này.", "The account may not do this.");
        Self::new(Kind::Forbidden, "forbidden", text)
    }

    pub(crate) fn internal() -> Self {
        Self::new(Kind::Internal, "internal", Text::new("Lỗi hệ thống.", "An internal error."))
    }

    pub(crate) fn method_not_allowed(allowed: &str) -> Self {
        let text = Text::new(format!("Địa chỉ này chỉ nhận: {allowed}."), format!("This address takes only: {allowed}."));
        Self::new(Kind::Malformed, "method_not_allowed", text).with_header(header::ALLOW, allowed)
    }

    pub(crate) fn with_field(mut self, field: FieldFault) -> Self {
        self.fields.push(field);
        self
    }

    pub(crate) fn with_header(mut self, name: HeaderName, value: &str) -> Self {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.push((name, value));
        }
        self
    }

    pub(crate) fn status(&self) -> StatusCode {
        match (self.code, self.kind) {
            ("method_not_allowed", _) => StatusCode::METHOD_NOT_ALLOWED,
            ("not_acceptable", _) => StatusCode::NOT_ACCEPTABLE,
            ("range_not_satisfiable", _) => StatusCode::RANGE_NOT_SATISFIABLE,
            ("request_timeout", _) => StatusCode::REQUEST_TIMEOUT,
            (_, Kind::Malformed) => StatusCode::BAD_REQUEST,
            (_, Kind::Unauthenticated) => StatusCode::UNAUTHORIZED,
            (_, Kind::Forbidden) => StatusCode::FORBIDDEN,
            (_, Kind::NotFound) => StatusCode::NOT_FOUND,
            (_, Kind::Gone) => StatusCode::GONE,
            (_, Kind::Conflict) => StatusCode::CONFLICT,
            (_, Kind::Stale) => StatusCode::PRECONDITION_FAILED,
            (_, Kind::RevisionNeeded) => StatusCode::PRECONDITION_REQUIRED,
            (_, Kind::TooLarge) => StatusCode::PAYLOAD_TOO_LARGE,
            (_, Kind::UnsupportedMedia) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            (_, Kind::Invalid) => StatusCode::UNPROCESSABLE_ENTITY,
            (_, Kind::TooMany(_)) => StatusCode::TOO_MANY_REQUESTS,
            (_, Kind::Unavailable) => StatusCode::SERVICE_UNAVAILABLE,
            (_, Kind::Internal) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The problem for an answer that the framework itself made.
    pub(crate) fn of_status(status: StatusCode) -> Self {
        let malformed = |code, vi: &str, en: &str| Self::malformed(code, vi, en);
        match status {
            StatusCode::NOT_FOUND => Self::not_found(),
            StatusCode::UNAUTHORIZED => Self::unauthenticated(),
            StatusCode::FORBIDDEN => Self::forbidden(),
            StatusCode::METHOD_NOT_ALLOWED => Self::method_not_allowed("GET, HEAD"),
            StatusCode::PAYLOAD_TOO_LARGE => Self::new(
                Kind::TooLarge,
                "body_too_large",
                Text::new("Nội dung vượt quá giới hạn.", "The body is over the limit."),
            ),
            StatusCode::NOT_ACCEPTABLE => {
                malformed("not_acceptable", "Không có dạng trả lời được yêu cầu.", "None of the accepted forms can be given.")
            }
            status if status.is_client_error() => {
                malformed("malformed_request", "Không đọc được yêu cầu.", "The request cannot be read.")
            }
            _ => Self::internal(),
        }
    }

    /// The members of the problem, apart from the request id.
    pub(crate) fn to_json(&self, lang: Lang) -> Value {
        let known = entry(self.code);
        let mut problem = json!({
            "type": format!("/problems/{}", self.code.replace('_', "-")),
            "title": known.title.get(lang),
            "status": self.status().as_u16(),
            "code": self.code,
            "detail": self.text.get(lang),
        });
        if !self.fields.is_empty() {
            put(&mut problem, "errors", self.fields.iter().map(|fault| field_json(fault, lang)).collect());
        }
        problem
    }

    /// The answer to `req`.
    pub(crate) fn respond(&self, req: &HttpRequest) -> HttpResponse {
        let mut body = self.to_json(lang(req));
        if let Some(id) = req.extensions().get::<Id>() {
            put(&mut body, "request_id", id.to_string().into());
        }
        let mut answer = HttpResponseBuilder::new(self.status());
        for (name, value) in &self.headers {
            answer.insert_header((name.clone(), value.clone()));
        }
        if let Kind::TooMany(seconds) = self.kind {
            answer.insert_header((header::RETRY_AFTER, seconds.to_string()));
        }
        answer
            .insert_header((header::CONTENT_TYPE, "application/problem+json"))
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .insert_header((header::VARY, "accept-language"))
            .insert_header((header::CONTENT_LANGUAGE, if lang(req) == Lang::En { "en" } else { "vi" }))
            .body(body.to_string())
    }
}

/// A fault of a field: at a JSON pointer of the body, or in a parameter (written `?name`).
fn field_json(fault: &FieldFault, lang: Lang) -> Value {
    let at = match fault.pointer.strip_prefix('?') {
        Some(parameter) => ("parameter", parameter),
        None => ("pointer", fault.pointer.as_str()),
    };
    json!({ at.0: at.1, "code": fault.code, "detail": fault.text.get(lang) })
}

impl<F: Fault> From<F> for Problem {
    fn from(fault: F) -> Self {
        if fault.kind() == Kind::Internal {
            tracing::error!(error = %fault, "a verb failed");
        }
        let mut problem = Self::new(fault.kind(), fault.code(), fault.text());
        problem.fields = fault.fields();
        problem
    }
}

impl std::error::Error for Problem {}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text.en)
    }
}

impl actix_web::ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        self.status()
    }
}

/// The language the caller reads: the better of Vietnamese and English in `Accept-Language`.
pub(crate) fn lang(req: &HttpRequest) -> Lang {
    let Some(accepted) = req.headers().get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()) else {
        return Lang::Vi;
    };
    let weight = |tag: &str| {
        let weights = accepted.split(',').filter_map(|item| {
            let mut parts = item.trim().split(';');
            let primary = parts.next()?.trim().split('-').next()?;
            let q = parts.find_map(|part| part.trim().strip_prefix("q=")).map_or(Some(1.0), |q| q.trim().parse::<f32>().ok())?;
            primary.eq_ignore_ascii_case(tag).then_some(q)
        });
        weights.fold(0.0, f32::max)
    };
    if weight("en") > weight("vi") { Lang::En } else { Lang::Vi }
}
