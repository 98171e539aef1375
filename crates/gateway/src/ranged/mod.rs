//! The bytes of a file: whole or in part, as the caller asks, or not at all where he has them already (RFC 9110, 13 and 14).

mod range;

use crate::problem::Problem;
use crate::rest::answer::has_it_already;
use actix_web::body::SizedStream;
use actix_web::http::header::{self, HttpDate, IfModifiedSince};
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpMessage, HttpRequest, HttpResponse, HttpResponseBuilder};
use futures_util::{StreamExt, TryStreamExt, stream};
use kernel::{Instant, Kind, Text};
use range::{Part, part};
use std::ops::Range;
use std::time::{Duration, SystemTime};
use store::FileStream;

/// Bytes that can be given in part.
pub(crate) struct Ranged {
    tag: String,
    modified: SystemTime,
    caching: &'static str,
}

/// An answer that is begun: its head, and which bytes go out.
pub(crate) struct Begun {
    pub head: HttpResponseBuilder,
    /// None for all of them.
    pub range: Option<Range<u64>>,
    length: u64,
    bodiless: bool,
}

impl Ranged {
    /// Bytes that this strong tag names.
    pub fn new(tag: String, modified: Instant, caching: &'static str) -> Self {
        let seconds = u64::try_from(modified.seconds()).unwrap_or(0);
        Self { tag, modified: SystemTime::UNIX_EPOCH + Duration::from_secs(seconds), caching }
    }

    /// The answer to a caller who has the bytes already.
    pub fn unchanged(&self, req: &HttpRequest) -> Option<HttpResponse> {
        let known = if req.headers().contains_key(header::IF_NONE_MATCH) {
            has_it_already(req, &self.tag)
        } else {
            req.get_header::<IfModifiedSince>().is_some_and(|IfModifiedSince(since)| self.modified <= SystemTime::from(since))
        };
        known.then(|| self.head(StatusCode::NOT_MODIFIED).finish())
    }

    /// Begins the answer about `size` bytes; 416 where what is asked for lies beyond them.
    pub fn begin(&self, req: &HttpRequest, size: u64) -> Result<Begun, Problem> {
        let range = match self.part(req, size) {
            Part::Whole => None,
            Part::Bytes(range) => Some(range),
            Part::Beyond => return Err(beyond(size)),
        };
        let mut head = self.head(if range.is_some() { StatusCode::PARTIAL_CONTENT } else { StatusCode::OK });
        if let Some(Range { start, end }) = &range {
            head.insert_header((header::CONTENT_RANGE, format!("bytes {start}-{}/{size}", end - 1)));
        }
        let length = range.as_ref().map_or(size, |range| range.end - range.start);
        Ok(Begun { head, range, length, bodiless: req.method() == Method::HEAD })
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

    /// What every answer about the bytes says.
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
}

impl Begun {
    /// The answer with the bytes that `read` gives for the range; nothing is read where only the head is asked for.
    pub async fn with<E: Into<Problem>>(
        mut self,
        read: impl AsyncFnOnce(Option<Range<u64>>) -> Result<FileStream, E>,
    ) -> Result<HttpResponse, Problem> {
        let bytes = if self.bodiless { stream::empty().boxed() } else { read(self.range).await.map_err(Into::into)? };
        let told = bytes.inspect_err(|error| tracing::error!(%error, "a file cannot be read"));
        Ok(self.head.body(SizedStream::new(self.length, told)))
    }
}

fn beyond(size: u64) -> Problem {
    let text = Text::new(format!("Tệp chỉ có {size} byte."), format!("The file has {size} bytes only."));
    Problem::new(Kind::Malformed, "range_not_satisfiable", text).with_header(header::CONTENT_RANGE, &format!("bytes */{size}"))
}
