//! Original files of documents, byte for byte.

use crate::app::App;
use crate::auth::actor;
use crate::problem::Problem;
use crate::rest::answer::{caching, encoding, has_it_already};
use crate::rest::params;
use actix_web::http::header::{self, ContentDisposition, DispositionParam, DispositionType, ExtendedValue};
use actix_web::{HttpRequest, HttpResponse, web};
use futures_util::TryStreamExt;
use kernel::Id;
use kernel::query::State;
use serde_json::{Value, json};

/// `GET /v1/documents/{id}/files`.
pub(crate) async fn list(req: HttpRequest, id: web::Path<String>, app: web::Data<App>) -> Result<HttpResponse, Problem> {
    params::none(req.query_string())?;
    let actor = actor(&req);
    let id = Id::parse(&id).ok_or_else(Problem::not_found)?;
    let files = app.parts.documents.files(&actor, id).await?.ok_or_else(Problem::not_found)?;
    let rows: Vec<Value> = files.iter().map(|file| Value::Object(file.to_row())).collect();
    Ok(HttpResponse::Ok().insert_header((header::CACHE_CONTROL, caching(&actor, State::Published))).json(json!({ "data": rows })))
}

/// `GET /v1/documents/{id}/files/{file}`.
pub(crate) async fn one(
    req: HttpRequest,
    path: web::Path<(String, String)>,
    app: web::Data<App>,
) -> Result<HttpResponse, Problem> {
    params::none(req.query_string())?;
    let actor = actor(&req);
    let (Some(id), Some(file)) = (Id::parse(&path.0), Id::parse(&path.1)) else { return Err(Problem::not_found()) };
    let (record, stream) = app.parts.documents.file(&actor, id, file).await?.ok_or_else(Problem::not_found)?;
    let tag = format!("\"{}-{}\"", record.sha256, encoding(&req).as_str());
    if has_it_already(&req, &tag) {
        return Ok(HttpResponse::NotModified().insert_header((header::ETAG, tag)).finish());
    }
    let name = DispositionParam::FilenameExt(ExtendedValue {
        charset: header::Charset::Ext("UTF-8".into()),
        language_tag: None,
        value: record.name.into_bytes(),
    });
    // As an attachment and never sniffed: a text from outside is not a page of ours.
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, record.media_type))
        .insert_header(ContentDisposition { disposition: DispositionType::Attachment, parameters: vec![name] })
        .insert_header((header::ETAG, tag))
        .insert_header((header::CACHE_CONTROL, caching(&actor, State::Published)))
        .no_chunking(u64::try_from(record.size).unwrap_or(0))
        .streaming(stream.map_err(|error| {
            tracing::error!(%error, "a file cannot be read");
            error
        })))
}
