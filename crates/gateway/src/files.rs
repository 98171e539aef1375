//! Files of documents, byte for byte.

use crate::app::App;
use crate::auth::{actor, call, require};
use crate::import::{self, Sent};
use crate::problem::Problem;
use crate::ranged::Ranged;
use crate::rest::answer::caching;
use crate::rest::{body, once, params};
use actix_web::http::header::{self, ContentDisposition, DispositionParam, DispositionType, ExtendedValue};
use actix_web::{HttpRequest, HttpResponse, web};
use documents::Source;
use kernel::query::State;
use kernel::{Id, Permission};
use serde_json::{Value, json};

/// `POST /v1/documents/{id}/files`: attaches one file.
pub(crate) async fn attach(
    req: HttpRequest,
    id: web::Path<String>,
    payload: web::Payload,
    app: web::Data<App>,
) -> Result<HttpResponse, Problem> {
    let form = import::form(&req, payload, &app).await?;
    let id = Id::parse(&id).ok_or_else(Problem::not_found)?;
    let digest = form.digest();
    let [(name, sent)] = <[_; 1]>::try_from(form.files)
        .map_err(|_| Problem::malformed("malformed_request", "Mỗi lần chỉ gửi một tệp.", "One file is sent at a time."))?;
    let Sent::Bytes(bytes) = sent else { return Err(body::too_large(app.parts.settings.max_file)) };
    let source = Source { name, bytes, state: form.state };
    let found = once(&req, &app, &digest, async |call| Ok(app.parts.documents.attach(call, id, source).await?)).await?;
    let location = found.row.get("url").and_then(Value::as_str).unwrap_or_default().to_owned();
    Ok(HttpResponse::Created()
        .insert_header((header::LOCATION, location))
        .insert_header((header::CACHE_CONTROL, caching(&actor(&req), State::Draft)))
        .json(json!({ "data": found.row })))
}

/// `DELETE /v1/documents/{id}/files/{file}`: takes an attached file away.
pub(crate) async fn detach(
    req: HttpRequest,
    path: web::Path<(String, String)>,
    app: web::Data<App>,
) -> Result<HttpResponse, Problem> {
    params::none(req.query_string())?;
    require(&actor(&req), Permission::DocumentsWrite)?;
    let (Some(id), Some(file)) = (Id::parse(&path.0), Id::parse(&path.1)) else { return Err(Problem::not_found()) };
    app.parts.documents.detach(&call(&req), id, file).await?;
    app.parts.wake.wake();
    Ok(HttpResponse::NoContent().finish())
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
    let record = app.parts.documents.file_record(&actor, id, file).await?.ok_or_else(Problem::not_found)?;
    let ranged = Ranged::new(format!("\"{}\"", record.sha256), record.created_at, caching(&actor, State::Published));
    if let Some(unchanged) = ranged.unchanged(&req) {
        return Ok(unchanged);
    }
    let mut begun = ranged.begin(&req, u64::try_from(record.size).unwrap_or(0))?;
    let name = DispositionParam::FilenameExt(ExtendedValue {
        charset: header::Charset::Ext("UTF-8".into()),
        language_tag: None,
        value: record.name.clone().into_bytes(),
    });
    // As an attachment and never sniffed: a text from outside is not a page of ours.
    begun
        .head
        .insert_header((header::CONTENT_TYPE, record.media_type.as_str()))
        .insert_header(ContentDisposition { disposition: DispositionType::Attachment, parameters: vec![name] });
    begun.with(async |range| app.parts.documents.file_bytes(&record, range).await).await
}
