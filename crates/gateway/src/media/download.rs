//! `GET /media/{id}/{file}`: the bytes of a file, whole or in part; of a picture also another size or format.

use crate::app::App;
use crate::auth::actor;
use crate::problem::Problem;
use crate::ranged::Ranged;
use crate::rest::answer::caching;
use crate::rest::link::pairs;
use ::media::{Disposition, Error, MediaFile, Rendition};
use actix_web::http::header::{self, ContentDisposition, DispositionParam, DispositionType, ExtendedValue};
use actix_web::{HttpRequest, HttpResponse, web};
use bytes::Bytes;
use futures_util::{StreamExt, stream};
use kernel::query::State;
use kernel::{Actor, Id};
use std::ops::Range;

/// When to come back where too many renditions are being made, in seconds.
const COME_BACK: &str = "5";

/// `GET /media/{id}`.
pub(crate) async fn file(req: HttpRequest, id: web::Path<String>, app: web::Data<App>) -> Result<HttpResponse, Problem> {
    give(&req, &app, (&id, None)).await
}

/// `GET /media/{id}/{file}`; another name leads on to the present one.
pub(crate) async fn named_file(
    req: HttpRequest,
    path: web::Path<(String, String)>,
    app: web::Data<App>,
) -> Result<HttpResponse, Problem> {
    give(&req, &app, (&path.0, Some(&path.1))).await
}

async fn give(req: &HttpRequest, app: &App, (id, name): (&str, Option<&str>)) -> Result<HttpResponse, Problem> {
    let actor = actor(req);
    let id = Id::parse(id).ok_or_else(Problem::not_found)?;
    let file = app.parts.media.open(&actor, id).await?.ok_or_else(Problem::not_found)?;
    let given = pairs(req.query_string())?;
    let asked = Rendition::parse(given.iter().map(|(name, value)| (name.as_str(), value.as_str())))?;
    if name.is_some_and(|name| name != file.file_name) {
        return Ok(moved(req, &actor, &file));
    }
    let tag = match &asked {
        Some(asked) => format!("\"{}-{}\"", file.sha256, asked.key()),
        None => format!("\"{}\"", file.sha256),
    };
    let ranged = Ranged::new(tag, file.updated_at, caching(&actor, State::Published));
    if let Some(unchanged) = ranged.unchanged(req) {
        return Ok(unchanged);
    }
    let made = match &asked {
        Some(asked) => Some(app.parts.media.rendition(&file, asked).await.map_err(come_back)?),
        None => None,
    };
    let media_type = made.as_ref().map_or(file.media_type(), |made| made.media_type);
    let size = made.as_ref().map_or(file.size, |made| made.bytes.len() as u64);
    let mut begun = ranged.begin(req, size)?;
    begun.head.insert_header((header::CONTENT_TYPE, with_charset(media_type))).insert_header(disposition(&file, media_type));
    if let Some(policy) = policy(media_type) {
        begun.head.insert_header((header::CONTENT_SECURITY_POLICY, policy));
    }
    let read = async |range| match made {
        Some(made) => Ok(stream::iter([Ok(cut(made.bytes, range))]).boxed()),
        None => app.parts.media.read(&file, range).await,
    };
    begun.with(read).await
}

fn moved(req: &HttpRequest, actor: &Actor, file: &MediaFile) -> HttpResponse {
    let query = req.query_string();
    let to = if query.is_empty() { file.url() } else { format!("{}?{query}", file.url()) };
    HttpResponse::MovedPermanently()
        .insert_header((header::LOCATION, to))
        .insert_header((header::CACHE_CONTROL, caching(actor, State::Published)))
        .finish()
}

fn come_back(error: Error) -> Problem {
    let busy = matches!(error, Error::Busy);
    let problem = Problem::from(error);
    if busy { problem.with_header(header::RETRY_AFTER, COME_BACK) } else { problem }
}

/// Shown or saved, under its name, of a rendition with the extension of its format.
fn disposition(file: &MediaFile, media_type: &str) -> ContentDisposition {
    let name = &file.file_name;
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, "bin"));
    let extension = match media_type {
        same if same == file.media_type() => extension,
        other => other.rsplit('/').next().unwrap_or_default(),
    };
    let name = format!("{stem}.{extension}");
    let disposition = match file.disposition() {
        Disposition::Inline => DispositionType::Inline,
        Disposition::Attachment => DispositionType::Attachment,
    };
    let mut parameters = Vec::new();
    if name.is_ascii() {
        parameters.push(DispositionParam::Filename(name));
    } else {
        let plain = match kernel::text::slugify(stem) {
            empty if empty.is_empty() => "file".to_owned(),
            plain => plain,
        };
        parameters.push(DispositionParam::Filename(format!("{plain}.{extension}")));
        parameters.push(DispositionParam::FilenameExt(ExtendedValue {
            charset: header::Charset::Ext("UTF-8".into()),
            language_tag: None,
            value: name.into_bytes(),
        }));
    }
    ContentDisposition { disposition, parameters }
}

fn cut(bytes: Bytes, range: Option<Range<u64>>) -> Bytes {
    let at = |place: u64| usize::try_from(place).unwrap_or(usize::MAX).min(bytes.len());
    match range {
        Some(Range { start, end }) => bytes.slice(at(start)..at(end)),
        None => bytes,
    }
}

/// Text is UTF-8, and says so.
fn with_charset(media_type: &'static str) -> String {
    if media_type.starts_with("text/") { format!("{media_type}; charset=utf-8") } else { media_type.to_owned() }
}

/// What the file may do where a browser shows it: nothing, but for its own styles. The viewers of films and of PDF do not
/// work under such a policy; nothing in those runs in the name of the portal.
fn policy(media_type: &str) -> Option<&'static str> {
    let kind = media_type.split('/').next().unwrap_or_default();
    match (kind, media_type) {
        (_, "image/svg+xml") => Some("default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"),
        ("image" | "video" | "audio", _) | (_, "application/pdf") => None,
        _ => Some("default-src 'none'; sandbox"),
    }
}
