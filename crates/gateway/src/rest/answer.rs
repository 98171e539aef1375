//! Answers: envelope, `ETag`, 304, caching.

use crate::app::App;
use crate::heavy::Room;
use crate::pages::quality;
use crate::resource::Represented;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, AcceptEncoding, ContentEncoding, Encoding, Header};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use kernel::query::State;
use kernel::{Actor, Found, Revision, print_date};
use serde::Serialize;
use sha2::{Digest, Sha256};
use time::Date;

/// The members of an answer, in the order of the contract.
#[derive(Serialize)]
pub(crate) struct Envelope<'a, T> {
    pub data: T,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub included: Option<&'a [kernel::Row]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub links: Option<Links>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meta: Option<Meta>,
}

#[derive(Serialize)]
pub(crate) struct Links {
    #[serde(rename = "self")]
    pub here: String,
    pub next: Option<String>,
    pub prev: Option<String>,
}

#[derive(Serialize)]
pub(crate) struct Meta {
    pub total: u64,
}

/// How long and by whom an answer may be kept.
pub(crate) fn caching(actor: &Actor, state: State) -> &'static str {
    match (actor, state) {
        (Actor::Anonymous, State::Published) => "public, max-age=0, must-revalidate",
        _ => "private, no-store",
    }
}

/// A list.
pub(crate) fn list(body: &impl Serialize, caching: &'static str) -> HttpResponse {
    HttpResponse::Ok().insert_header((header::CACHE_CONTROL, caching)).insert_header((header::VARY, "accept-encoding")).json(body)
}

/// One resource with its strong `ETag`; 304 where the caller has this representation already.
pub(crate) fn one(req: &HttpRequest, app: &App, status: StatusCode, shown: Shown<'_>) -> HttpResponse {
    let Shown { found, included, caching, as_of } = shown;
    let envelope = Envelope { data: &found.row, included, links: None, meta: None };
    // What is computed for a day is another representation on the next.
    let day = found.row.contains_key("status").then(|| as_of.unwrap_or_else(|| app.parts.clock.today()));
    let body = serde_json::to_string(&envelope).unwrap_or_default();
    let tag = entity_tag(found.revision, &body, day, encoding(req));
    if status == StatusCode::OK && has_it_already(req, &tag) {
        return unchanged(tag, caching, "accept-encoding").finish();
    }
    let mut answer = HttpResponseBuilder::new(status);
    say(&mut answer, tag, caching, "accept-encoding");
    answer.insert_header(header::ContentType::json()).body(body)
}

/// One resource as it is shown.
pub(crate) struct Shown<'a> {
    pub found: &'a Found,
    pub included: Option<&'a [kernel::Row]>,
    pub caching: &'static str,
    /// The day that was asked for.
    pub as_of: Option<Date>,
}

/// A representation other than JSON.
pub(crate) struct Printed {
    pub content_type: &'static str,
    pub body: String,
    pub caching: &'static str,
    /// The revision, where it represents one resource.
    pub revision: Option<Revision>,
}

/// A representation with its strong `ETag`; 304 where the caller has it already.
pub(crate) fn printed(req: &HttpRequest, printed: Printed) -> HttpResponse {
    let tag = entity_tag(printed.revision.unwrap_or(Revision(0)), &printed.body, None, encoding(req));
    let seen = has_it_already(req, &tag);
    tagged(printed, tag, seen)
}

/// What an answer about a part of a resource is of.
#[derive(Debug)]
pub(crate) struct Of {
    /// The revision of the resource, so that the tag holds for `If-Match` too.
    pub revision: Revision,
    /// The day that it is computed for, where it is computed for one.
    pub day: Option<Date>,
    pub caching: &'static str,
    /// The room that it takes until it is sent.
    pub room: Room,
}

/// A part of a resource as JSON, with its strong `ETag`; 304 where the caller has it already. `vary` names the headers
/// that choose the form.
pub(crate) fn part(req: &HttpRequest, data: impl Serialize, of: Of, vary: &'static str) -> HttpResponse {
    let envelope = Envelope { data, included: None, links: None, meta: None };
    let body = serde_json::to_string(&envelope).unwrap_or_default();
    // Of a long text it is larger than the answer.
    drop(envelope);
    let tag = entity_tag(of.revision, &body, of.day, encoding(req));
    if has_it_already(req, &tag) {
        return unchanged(tag, of.caching, vary).finish();
    }
    let mut answer = HttpResponse::Ok();
    say(&mut answer, tag, of.caching, vary);
    answer.insert_header(header::ContentType::json()).body(of.room.body(body))
}

/// A part of a resource in a form other than JSON; 304 where the caller has it already.
pub(crate) fn represented(req: &HttpRequest, found: Represented, of: Of) -> HttpResponse {
    const VARY: &str = "accept, accept-encoding";
    let tag = entity_tag(of.revision, &found.bytes, of.day, encoding(req));
    if has_it_already(req, &tag) {
        return unchanged(tag, of.caching, VARY).finish();
    }
    let mut answer = HttpResponse::Ok();
    say(&mut answer, tag, of.caching, VARY);
    if found.content_type.starts_with("text/html") {
        // What came from outside is shown without anything that runs.
        answer.insert_header((header::CONTENT_SECURITY_POLICY, "default-src 'none'; style-src 'unsafe-inline'"));
    }
    // What a browser can show it shows.
    let shown = ["text/", "application/json", "application/ld+json", "application/akn+xml"];
    let placing = if shown.iter().any(|kind| found.content_type.starts_with(kind)) { "inline" } else { "attachment" };
    answer
        .insert_header((header::CONTENT_TYPE, found.content_type))
        .insert_header((header::CONTENT_DISPOSITION, format!("{placing}; filename=\"{}\"", found.file_name)))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .body(of.room.body(found.bytes))
}

/// What every answer with a tag says.
fn say(answer: &mut HttpResponseBuilder, tag: String, caching: &'static str, vary: &'static str) {
    answer.insert_header((header::ETAG, tag)).insert_header((header::CACHE_CONTROL, caching)).insert_header((header::VARY, vary));
}

fn unchanged(tag: String, caching: &'static str, vary: &'static str) -> HttpResponseBuilder {
    let mut answer = HttpResponse::NotModified();
    say(&mut answer, tag, caching, vary);
    answer
}

/// The form that `Accept` ranks above the usual one and all others; forms by name and media type.
pub(crate) fn preferred<'f>(accepted: &str, usual: &str, forms: &[(&'f str, &str)]) -> Option<&'f str> {
    let quality = |media_type: &str| media_type.split_once('/').map_or(0, |(kind, sub)| quality(accepted, kind, sub));
    let mut best = (quality(usual), None);
    for (form, media_type) in forms {
        let quality = quality(media_type);
        if quality > best.0 {
            best = (quality, Some(*form));
        }
    }
    best.1
}

/// A representation that says at which moment it was made: with another moment it is the same, so that its `ETag` is weak.
pub(crate) fn printed_at(req: &HttpRequest, moment: &str, printed: Printed) -> HttpResponse {
    let timeless = printed.body.replacen(moment, "", 1);
    let tag = entity_tag(printed.revision.unwrap_or(Revision(0)), &timeless, None, encoding(req));
    let seen = has_it_already(req, &tag);
    tagged(printed, format!("W/{tag}"), seen)
}

fn tagged(printed: Printed, tag: String, seen: bool) -> HttpResponse {
    if seen {
        return unchanged(tag, printed.caching, "accept-encoding").finish();
    }
    let mut answer = HttpResponse::Ok();
    say(&mut answer, tag, printed.caching, "accept-encoding");
    answer.insert_header((header::CONTENT_TYPE, printed.content_type)).body(printed.body)
}

/// `"<revision>-<hash of all that shapes the representation>"`.
fn entity_tag(revision: Revision, body: impl AsRef<[u8]>, day: Option<Date>, encoding: ContentEncoding) -> String {
    let mut hash = Sha256::new();
    hash.update(body);
    hash.update(day.map(print_date).unwrap_or_default());
    hash.update(encoding.as_str());
    let hash: String = hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    format!("\"{}-{hash}\"", revision.0)
}

/// The encoding that the compressing middleware will choose: it follows the same rule.
pub(crate) fn encoding(req: &HttpRequest) -> ContentEncoding {
    let supported = [Encoding::identity(), Encoding::gzip(), Encoding::deflate()];
    match AcceptEncoding::parse(req).ok().and_then(|accepted| accepted.negotiate(supported.iter())) {
        Some(Encoding::Known(encoding)) => encoding,
        _ => ContentEncoding::Identity,
    }
}

pub(crate) fn has_it_already(req: &HttpRequest, tag: &str) -> bool {
    let headers = req.headers().get_all(header::IF_NONE_MATCH).filter_map(|value| value.to_str().ok());
    // A proxy that compresses weakens the tag.
    let seen = headers.flat_map(|value| value.split(',')).map(|seen| seen.trim().trim_start_matches("W/"));
    seen.into_iter().any(|seen| seen == "*" || seen == tag)
}

/// What the caller says in `If-Match` that he has seen.
pub(crate) enum Seen {
    /// Nothing.
    Untold,
    /// Any revision.
    Any,
    /// One of these.
    Revisions(Vec<Revision>),
}

/// Reads `If-Match`; of a tag only the revision counts, so one from any representation works.
pub(crate) fn if_match(req: &HttpRequest) -> Seen {
    let mut revisions = Vec::new();
    let mut told = false;
    for value in req.headers().get_all(header::IF_MATCH) {
        told = true;
        for tag in value.to_str().unwrap_or_default().split(',').map(str::trim) {
            if tag == "*" {
                return Seen::Any;
            }
            // A proxy that compresses weakens the tag; the revision in it is the same.
            let tag = tag.strip_prefix("W/").unwrap_or(tag);
            let revision = tag.strip_prefix('"').and_then(|tag| tag.strip_suffix('"')).and_then(|tag| tag.split_once('-'));
            revisions.extend(revision.and_then(|(revision, _)| revision.parse().ok()).map(Revision));
        }
    }
    if told { Seen::Revisions(revisions) } else { Seen::Untold }
}
