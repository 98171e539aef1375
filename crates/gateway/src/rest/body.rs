//! Bodies: limited, of a known type, well-formed, and of the shape the schema asks for.

use crate::problem::Problem;
use actix_web::http::header;
use actix_web::{HttpRequest, web};
use bytes::{Bytes, BytesMut};
use futures_util::StreamExt;
use kernel::{FieldFault, Kind, Row, Text};
use serde_json::Value;
use std::time::Duration;

/// Reads a body of at most `limit` bytes.
pub(crate) async fn bytes(mut payload: web::Payload, limit: usize) -> Result<Bytes, Problem> {
    let mut body = BytesMut::new();
    while let Some(chunk) = in_time(payload.next()).await? {
        let unreadable =
            |_| Problem::malformed("malformed_request", "Không đọc được nội dung gửi lên.", "The body cannot be read.");
        let chunk = chunk.map_err(unreadable)?;
        if body.len() + chunk.len() > limit {
            return Err(too_large(limit));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}

/// How long a body may stand still.
const PATIENCE: Duration = Duration::from_secs(30);

/// Waits for the next piece of a body, but not for ever.
pub(crate) async fn in_time<T>(next: impl Future<Output = T>) -> Result<T, Problem> {
    actix_web::rt::time::timeout(PATIENCE, next).await.map_err(|_| {
        let text = Text::new("Nội dung gửi lên bị ngừng quá lâu.", "The body stood still for too long.");
        Problem::new(Kind::Malformed, "request_timeout", text)
    })
}

pub(crate) fn too_large(limit: usize) -> Problem {
    let text = Text::new(format!("Nội dung vượt quá {limit} byte."), format!("The body is over {limit} bytes."));
    Problem::new(Kind::TooLarge, "body_too_large", text)
}

/// The media types that a JSON body may have.
pub(crate) const JSON: &[&str] = &["application/json"];
/// Those that a merge patch may have.
pub(crate) const MERGE_PATCH: &[&str] = &["application/merge-patch+json", "application/json"];

/// Refuses a body of another type.
pub(crate) fn of_type(req: &HttpRequest, allowed: &[&str]) -> Result<(), Problem> {
    let given = req.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let encoded = req.headers().get(header::CONTENT_ENCODING).is_some_and(|encoding| encoding != "identity");
    if encoded {
        let text = Text::new("Không nhận nội dung đã nén.", "A compressed body is not taken.");
        return Err(Problem::new(Kind::UnsupportedMedia, "unsupported_media_type", text));
    }
    let essence = given.split(';').next().unwrap_or_default().trim();
    if allowed.iter().any(|known| essence.eq_ignore_ascii_case(known)) {
        return Ok(());
    }
    let allowed = allowed.join(", ");
    let text = Text::new(format!("Content-Type phải là {allowed}."), format!("The Content-Type has to be {allowed}."));
    Err(Problem::new(Kind::UnsupportedMedia, "unsupported_media_type", text))
}

/// Reads a JSON object.
pub(crate) fn object(body: &[u8]) -> Result<Row, Problem> {
    match serde_json::from_slice::<Value>(body) {
        Ok(Value::Object(row)) => Ok(row.into_iter().map(|(name, value)| (name, nfc(value))).collect()),
        Ok(_) => Err(Problem::malformed("malformed_json", "Cần một đối tượng JSON.", "A JSON object is asked for.")),
        Err(error) => {
            let (line, column) = (error.line(), error.column());
            Err(Problem::malformed(
                "malformed_json",
                format!("JSON sai cú pháp ở dòng {line}, cột {column}."),
                format!("The JSON is malformed at line {line}, column {column}."),
            ))
        }
    }
}

/// All text of a value in NFC, so that lengths and patterns are asked of what will be stored (C-38).
pub(crate) fn nfc(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(kernel::text::nfc(text)),
        Value::Array(items) => items.into_iter().map(nfc).collect(),
        Value::Object(row) => Value::Object(row.into_iter().map(|(name, value)| (name, nfc(value))).collect()),
        other => other,
    }
}

/// Checks an object against a schema; every fault is told at its pointer.
pub(crate) fn check(schema: Option<&jsonschema::Validator>, row: &Row) -> Result<(), Problem> {
    let Some(schema) = schema else { return Ok(()) };
    let value = Value::Object(row.clone());
    let faults: Vec<FieldFault> = schema.iter_errors(&value).flat_map(|error| content_types::faults(&error)).collect();
    if faults.is_empty() { Ok(()) } else { Err(invalid(faults)) }
}

/// The problem of content that breaks rules.
pub(crate) fn invalid(faults: Vec<FieldFault>) -> Problem {
    let count = faults.len();
    let text = Text::new(format!("{count} trường không hợp lệ."), format!("{count} field(s) are not valid."));
    let mut problem = Problem::new(Kind::Invalid, "validation_failed", text);
    problem.fields = faults;
    problem
}
