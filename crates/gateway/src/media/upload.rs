//! `POST /v1/media`: a form with one file and what is told about it, before or after the file. The file is kept while it
//! comes in; nothing is entered before the form has come to its end.

use crate::app::App;
use crate::auth::{actor, allow};
use crate::problem::Problem;
use crate::resource::{Served, Verb};
use crate::resources::told;
use crate::rest::{body, once, params, shown};
use ::media::{Error, Received};
use actix_multipart::{Field, Multipart};
use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, web};
use futures_util::{StreamExt, stream};
use kernel::{Actor, Row};
use serde_json::{Value, json};
use std::cell::Cell;

/// Parts of a form at most.
const MAX_PARTS: usize = 64;
/// What a form may have around its file, in bytes: headers of parts, and what is told.
const AROUND: u64 = 4 << 20;

/// Enters a file with what is told about it.
pub(crate) async fn upload(req: HttpRequest, payload: web::Payload, app: web::Data<App>) -> Result<HttpResponse, Problem> {
    let catalog = app.parts.registry.now().clone();
    let served = catalog.by_name("media").ok_or_else(Problem::not_found)?;
    let actor = actor(&req);
    allow(&actor, served.resource.may(&actor, Verb::Create))?;
    body::of_type(&req, &["multipart/form-data"])?;
    params::none(req.query_string())?;
    fits(&req, app.parts.media.limits().file)?;
    let Form { sent, fields } = read(Multipart::new(req.headers(), payload), (&app, served), &actor).await?;
    let sent = sent.ok_or_else(|| malformed("Biểu mẫu không có tệp nào tên là file.", "The form holds no file named file."))?;
    body::check(served.patch(), &fields)?;
    let asked = json!([sent.name, sent.declared, sent.received.sha256(), fields]).to_string();
    let enter = async |call: &kernel::Call| Ok(app.parts.media.enter(call, sent.received, told(fields)?).await?);
    let found = once(&req, &app, asked.as_bytes(), enter).await?;
    Ok(shown(&req, &app, served, (StatusCode::CREATED, &found)))
}

/// Refuses a body that says itself that it is too long, before it is sent.
fn fits(req: &HttpRequest, max: u64) -> Result<(), Problem> {
    let told = req.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    if told.is_some_and(|told| told > max.saturating_add(AROUND)) { Err(Error::TooLarge { max }.into()) } else { Ok(()) }
}

/// A form that was read to its end.
struct Form {
    sent: Option<Sent>,
    fields: Row,
}

/// The file of a form.
struct Sent {
    name: String,
    declared: Option<String>,
    received: Received,
}

async fn read(mut form: Multipart, (app, served): (&App, &Served), actor: &Actor) -> Result<Form, Problem> {
    let mut read = Form { sent: None, fields: Row::new() };
    let (mut parts, mut room) = (0, app.parts.settings.max_body);
    while let Some(part) = body::in_time(form.next()).await? {
        let part = part.map_err(|_| unreadable())?;
        parts += 1;
        if parts > MAX_PARTS {
            return Err(malformed("Biểu mẫu có quá nhiều phần.", "The form has too many parts."));
        }
        let name = part.name().unwrap_or_default().to_owned();
        match (name.as_str(), &read.sent) {
            ("file", None) => {
                // What is wrong already is said before the file comes.
                body::check(served.patch(), &read.fields)?;
                read.sent = Some(receive(part, app, actor).await?);
            }
            ("file", Some(_)) => return Err(malformed("Mỗi lần chỉ gửi một tệp.", "One file is sent at a time.")),
            _ => {
                let text = text(part, &mut room, app.parts.settings.max_body).await?;
                tell(&mut read.fields, &name, text)?;
            }
        }
    }
    Ok(read)
}

async fn receive(part: Field, app: &App, actor: &Actor) -> Result<Sent, Problem> {
    let name =
        file_name(&part).ok_or_else(|| malformed("Phần file phải có tên tệp.", "The part file has to have a file name."))?;
    let declared = part.content_type().map(|declared| declared.essence_str().to_owned());
    let failure = Cell::new(None);
    let pieces = stream::unfold(part, |mut part| async {
        let piece = match body::in_time(part.next()).await {
            Ok(piece) => piece?.map_err(|_| unreadable()),
            Err(late) => Err(late),
        };
        let piece = piece.map_err(|problem| {
            failure.set(Some(problem));
            "the body ended early"
        });
        Some((piece, part))
    });
    match app.parts.media.receive(actor, (&name, declared.as_deref()), pieces).await {
        Ok(received) => Ok(Sent { name, declared, received }),
        Err(error) => Err(failure.take().unwrap_or_else(|| error.into())),
    }
}

/// The name of a file as it was sent.
fn file_name(part: &Field) -> Option<String> {
    let told = part.content_disposition()?;
    let extended = told.get_filename_ext().and_then(|name| String::from_utf8(name.value.clone()).ok());
    extended.or_else(|| told.get_filename().map(str::to_owned)).filter(|name| !name.trim().is_empty())
}

/// The text of a part; all texts together have at most `max` bytes.
async fn text(mut part: Field, room: &mut usize, max: usize) -> Result<String, Problem> {
    if file_name(&part).is_some() {
        return Err(malformed("Tệp phải nằm trong phần tên là file.", "A file has to be in the part named file."));
    }
    let mut bytes = Vec::new();
    while let Some(piece) = body::in_time(part.next()).await? {
        let piece = piece.map_err(|_| unreadable())?;
        *room = room.checked_sub(piece.len()).ok_or_else(|| body::too_large(max))?;
        bytes.extend_from_slice(&piece);
    }
    String::from_utf8(bytes).map_err(|_| malformed("Biểu mẫu phải dùng bảng mã UTF-8.", "The form has to be UTF-8."))
}

/// Takes a field up: `title`, `alt[vi]`, or `alt` as JSON. One that a form left empty is not told.
fn tell(fields: &mut Row, name: &str, text: String) -> Result<(), Problem> {
    if text.trim().is_empty() {
        return Ok(());
    }
    let before = match name.split_once('[').and_then(|(field, rest)| Some((field, rest.strip_suffix(']')?))) {
        Some((field, language)) => {
            let texts = fields.entry(field).or_insert_with(|| json!({}));
            let Some(texts) = texts.as_object_mut() else { return Err(twice(name)) };
            texts.insert(language.to_owned(), body::nfc(text.into()))
        }
        None => {
            let of_objects = matches!(name, "alt" | "caption");
            let object = of_objects.then(|| serde_json::from_str::<Value>(&text).ok()).flatten().filter(Value::is_object);
            fields.insert(name.to_owned(), body::nfc(object.unwrap_or_else(|| text.into())))
        }
    };
    if before.is_some() { Err(twice(name)) } else { Ok(()) }
}

fn twice(name: &str) -> Problem {
    malformed(format!("Trường {name} được gửi hai lần."), format!("The field {name} was sent twice."))
}

fn unreadable() -> Problem {
    malformed("Không đọc được biểu mẫu multipart.", "The multipart form cannot be read.")
}

fn malformed(vi: impl Into<String>, en: impl Into<String>) -> Problem {
    Problem::malformed("malformed_request", vi, en)
}
