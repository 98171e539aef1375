//! `GET /media/{id}/{file}`: the bytes of a file, whole or in part; of a picture also another size or format.

use super::range::{Part, part};
use crate::app::App;
use crate::auth::actor;
use crate::problem::Problem;
use crate::rest::answer::{caching, has_it_already};
use crate::rest::link::pairs;
use ::media::{Disposition, Error, MediaFile, Rendered, Rendition};
use actix_web::body::SizedStream;
use actix_web::http::header::{
    self, ContentDisposition, DispositionParam, DispositionType, ExtendedValue, HttpDate, IfModifiedSince,
};
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpMessage, HttpRequest, HttpResponse, HttpResponseBuilder, web};
use bytes::Bytes;
use futures_util::{StreamExt, TryStreamExt, stream};
use kernel::query::State;
use kernel::{Actor, Id, Kind, Text};
use std::ops::Range;
use std::time::{Duration, SystemTime};
use store::FileStream;

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
    let shown = Shown::new(file, asked, &actor);
    if shown.is_known(req) {
        return Ok(shown.head(StatusCode::NOT_MODIFIED).finish());
    }
    let made = match &asked {
        Some(asked) => Some(app.parts.media.rendition(&shown.file, asked).await.map_err(come_back)?),
        None => None,
    };
    shown.answer(req, app, made).await
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

/// A file as it is given to one caller.
struct Shown {
    file: MediaFile,
    tag: String,
    modified: SystemTime,
    caching: &'static str,
}

impl Shown {
    fn new(file: MediaFile, asked: Option<Rendition>, actor: &Actor) -> Self {
        let tag = match asked {
            Some(asked) => format!("\"{}-{}\"", file.sha256, asked.key()),
            None => format!("\"{}\"", file.sha256),
        };
        let seconds = u64::try_from(file.updated_at.seconds()).unwrap_or(0);
        let modified = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
        Self { tag, modified, caching: caching(actor, State::Published), file }
    }

    /// Whether the caller has it already.
    fn is_known(&self, req: &HttpRequest) -> bool {
        if req.headers().contains_key(header::IF_NONE_MATCH) {
            return has_it_already(req, &self.tag);
        }
        req.get_header::<IfModifiedSince>().is_some_and(|IfModifiedSince(since)| self.modified <= SystemTime::from(since))
    }

    /// What of `size` bytes is asked for: `Range` counts where the caller has the beginning of the same file.
    fn part(&self, req: &HttpRequest, size: u64) -> Part {
        let text = |name| req.headers().get(name).and_then(|value| value.to_str().ok());
        let same = match req.headers().get(header::IF_RANGE).map(|_| text(header::IF_RANGE).unwrap_or_default()) {
            Some(tag) if tag.contains('"') => tag.trim() == self.tag,
            Some(date) => date.parse::<HttpDate>().is_ok_and(|date| SystemTime::from(date) == self.modified),
            None => true,
        };
        match text(header::RANGE) {
            Some(asked) if same && req.method() == Method::GET => part(asked, size),
            _ => Part::Whole,
        }
    }

    /// What every answer about the file says.
    fn head(&self, status: StatusCode) -> HttpResponseBuilder {
        let mut head = HttpResponseBuilder::new(status);
        head.insert_header((header::ETAG, self.tag.as_str()))
            .insert_header((header::LAST_MODIFIED, HttpDate::from(self.modified).to_string()))
            .insert_header((header::CACHE_CONTROL, self.caching))
            .insert_header((header::ACCEPT_RANGES, "bytes"))
            // Bytes are counted: they go out as they are.
            .insert_header((header::CONTENT_ENCODING, "identity"));
        head
    }

    async fn answer(self, req: &HttpRequest, app: &App, made: Option<Rendered>) -> Result<HttpResponse, Problem> {
        let media_type = made.as_ref().map_or(self.file.media_type(), |made| made.media_type);
        let size = made.as_ref().map_or(self.file.size, |made| made.bytes.len() as u64);
        let range = match self.part(req, size) {
            Part::Whole => None,
            Part::Bytes(range) => Some(range),
            Part::Beyond => return Err(beyond(size)),
        };
        let mut answer = self.head(if range.is_some() { StatusCode::PARTIAL_CONTENT } else { StatusCode::OK });
        answer.insert_header((header::CONTENT_TYPE, with_charset(media_type))).insert_header(self.disposition(media_type));
        if let Some(policy) = policy(media_type) {
            answer.insert_header((header::CONTENT_SECURITY_POLICY, policy));
        }
        if let Some(Range { start, end }) = &range {
            answer.insert_header((header::CONTENT_RANGE, format!("bytes {start}-{}/{size}", end - 1)));
        }
        let length = range.as_ref().map_or(size, |range| range.end - range.start);
        let bytes: FileStream = match made {
            _ if req.method() == Method::HEAD => stream::empty().boxed(),
            Some(made) => stream::iter([Ok(cut(made.bytes, range))]).boxed(),
            None => app.parts.media.read(&self.file, range).await?,
        };
        Ok(answer.body(SizedStream::new(
            length,
            bytes.inspect_err(|error| {
                tracing::error!(%error, "a file cannot be read");
            }),
        )))
    }

    /// Shown or saved, under its name, of a rendition with the extension of its format.
    fn disposition(&self, media_type: &str) -> ContentDisposition {
        let name = &self.file.file_name;
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, "bin"));
        let extension = match media_type {
            same if same == self.file.media_type() => extension,
            other => other.rsplit('/').next().unwrap_or_default(),
        };
        let name = format!("{stem}.{extension}");
        let disposition = match self.file.disposition() {
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

fn beyond(size: u64) -> Problem {
    let text = Text::new(format!("Tệp chỉ có {size} byte."), format!("The file has {size} bytes only."));
    Problem::new(Kind::Malformed, "range_not_satisfiable", text).with_header(header::CONTENT_RANGE, &format!("bytes */{size}"))
}
