//! Legal addresses: `/eli/vn/{issuer}/{type}/{year}/{number}[/{language}@{day}][~{provision}][.{form}]`.
//!
//! The address of a work leads (303) to its text in force; former and other names lead (301) to the present address. A text
//! has any day on which it holds; its canonical address has the first.

mod path;

use crate::app::App;
use crate::auth::actor;
use crate::pages::Portal;
use crate::problem::Problem;
use crate::resource::Represented;
use crate::rest::answer::{self, Of, preferred};
use crate::rest::params::none;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, web};
use documents::{Addressed, EliAddress, Expression, Format, TextQuery, language};
use kernel::query::{Projection, State};
use kernel::{Actor, Id, Kind, Language, Locale, Text, View, parse_date};
use path::{Path, Rest};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::json;

/// Where legal addresses begin.
const PREFIX: &str = "/eli/vn/";

/// What is not written into an address as it is.
const UNSAFE: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'`').add(b'?').add(b'#').add(b'%').add(b'\\');

/// `GET /eli/vn/…`.
pub(crate) async fn eli(req: HttpRequest, app: web::Data<App>) -> Result<HttpResponse, Problem> {
    none(req.query_string())?;
    let tail = req.path().strip_prefix(PREFIX).ok_or_else(Problem::not_found)?;
    let Path { work, rest } = Path::parse(tail).ok_or_else(bad_address)?;
    let documents = documents_of(&app);
    if let [issuer, kind, year, number] = work.as_slice() {
        let given = EliAddress { issuer, kind, year, number };
        match documents.addressed(given).await? {
            Addressed::Found { id, address } if address == format!("{PREFIX}{}", work.join("/")) => {
                return text(&req, &app, id, (&address, rest)).await;
            }
            Addressed::Found { address, .. } => return Ok(moved(&rest.behind(&address))),
            Addressed::Several(ids) => return Err(several(&ids)),
            Addressed::Withdrawn => return Err(withdrawn()),
            Addressed::Unknown => {}
        }
    }
    let name = rest.behind(&work.join("/"));
    match documents.by_other_name(&name).await? {
        Addressed::Found { address, .. } => Ok(moved(&address)),
        Addressed::Several(ids) => Err(several(&ids)),
        Addressed::Withdrawn => Err(withdrawn()),
        Addressed::Unknown => Err(Problem::not_found()),
    }
}

/// A text of a work, or the way to it.
async fn text(req: &HttpRequest, app: &App, id: Id, (work, rest): (&str, Rest)) -> Result<HttpResponse, Problem> {
    let lang = match &rest.language {
        None => None,
        Some(given) => {
            let tag = language::from_address(given);
            let locale = Locale::parse(tag).ok_or_else(bad_address)?;
            let canonical = language::in_address(tag);
            if canonical != given {
                let rest = Rest { language: Some(canonical.to_owned()), ..rest };
                return Ok(moved(&rest.behind(work)));
            }
            Some(locale)
        }
    };
    let as_of = match &rest.day {
        None => None,
        Some(day) => Some(parse_date(day).ok_or_else(bad_address)?),
    };
    let query = TextQuery { as_of, eid: rest.eid.clone(), lang };
    let caller = actor(req);
    let documents = documents_of(app);
    // Read before the text: a change in between makes the tag stale, never the answer.
    let view = View { as_of: None, fields: Projection(Vec::new()), state: State::Published, lang: Language::Source };
    let revision = documents.get(&caller, id, &view).await?.ok_or_else(Problem::not_found)?.revision;
    let room = app.heavy.enter(documents.text_size(id).await?).await?;
    let found = documents.expression(&caller, id, &query).await?.ok_or_else(Problem::not_found)?;
    let canonical = found.address().ok_or_else(Problem::not_found)?;
    let caching = answer::caching(&caller, State::Published);
    if as_of.is_none() {
        let ending = rest.ending.map(|ending| format!(".{ending}")).unwrap_or_default();
        return Ok(HttpResponse::SeeOther()
            .insert_header((header::LOCATION, encoded(&format!("{canonical}{ending}"))))
            .insert_header((header::CACHE_CONTROL, caching))
            .finish());
    }
    let origin = Portal::of(app, req)?.origin;
    let languages: Vec<String> = found
        .languages()
        .iter()
        .filter(|other| *other != found.language())
        .map(|other| format!("<{origin}{work}/{}>; rel=\"alternate\"; hreflang=\"{other}\"", language::in_address(other)))
        .collect();
    let links =
        std::iter::once(format!("<{origin}{canonical}>; rel=\"canonical\"")).chain(languages).collect::<Vec<_>>().join(", ");
    let ending = match rest.ending {
        Some(ending) => ending,
        None => ranked(req)?,
    };
    let of = Of { revision, day: None, caching, room };
    let mut answer = answer::represented(req, printed(found, ending, origin).await?, of);
    if let Ok(links) = HeaderValue::from_str(&links) {
        answer.headers_mut().insert(HeaderName::from_static("link"), links);
    }
    Ok(answer)
}

fn documents_of(app: &App) -> &documents::Documents {
    &app.parts.documents
}

/// A text in a form.
async fn printed(found: Expression, ending: &str, origin: String) -> Result<Represented, Problem> {
    if let Some(format) = Format::parse(ending) {
        return Ok(found.render(format, origin).await?.into());
    }
    let (content_type, body) = match ending {
        "jsonld" => ("application/ld+json", found.legislation(&origin)),
        _ => ("application/json", json!({ "data": found.row().await? })),
    };
    Ok(Represented { content_type, file_name: format!("text.{ending}"), bytes: body.to_string().into() })
}

/// The form that `Accept` ranks first; JSON where it ranks none.
fn ranked(req: &HttpRequest) -> Result<&'static str, Problem> {
    let Some(accepted) = req.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok()) else { return Ok("json") };
    let mut forms: Vec<(&'static str, &'static str)> = Format::ALL.map(|form| (form.as_str(), form.media_type())).to_vec();
    forms.extend([("akn", "application/xml"), ("jsonld", "application/ld+json"), ("json", "application/json")]);
    match preferred(accepted, "application/json", &forms) {
        Some(form) => Ok(form),
        None if crate::pages::quality(accepted, "application", "json") > 0 => Ok("json"),
        None => {
            let known = forms.iter().map(|(_, media_type)| *media_type).collect::<Vec<_>>().join(", ");
            let text = Text::new(format!("Accept phải có một trong: {known}."), format!("Accept needs one of: {known}."));
            Err(Problem::new(Kind::Malformed, "not_acceptable", text))
        }
    }
}

fn moved(to: &str) -> HttpResponse {
    HttpResponse::MovedPermanently()
        .insert_header((header::LOCATION, encoded(to)))
        .insert_header((header::CACHE_CONTROL, answer::caching(&Actor::Anonymous, State::Published)))
        .finish()
}

fn encoded(address: &str) -> String {
    utf8_percent_encode(address, UNSAFE).to_string()
}

fn bad_address() -> Problem {
    Problem::malformed(
        "bad_address",
        "Địa chỉ có dạng /eli/vn/{cơ quan}/{loại}/{năm}/{số}/vie@YYYY-MM-DD~art_1.",
        "An address has the form /eli/vn/{issuer}/{type}/{year}/{number}/vie@YYYY-MM-DD~art_1.",
    )
}

fn several(ids: &[Id]) -> Problem {
    let addresses = ids.iter().take(10).map(|id| format!("/v1/documents/{id}")).collect::<Vec<_>>().join(", ");
    Problem::new(
        Kind::Conflict,
        "ambiguous_address",
        Text::new(
            format!("Nhiều văn bản có địa chỉ này: {addresses}."),
            format!("Several documents have this address: {addresses}."),
        ),
    )
}

fn withdrawn() -> Problem {
    Problem::new(Kind::Gone, "withdrawn", Text::new("Văn bản đã được thu hồi khỏi cổng.", "The document was withdrawn."))
}
