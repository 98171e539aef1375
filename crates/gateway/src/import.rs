//! `POST /v1/documents/import`: several files at once, one line of answer for each.

use crate::app::{App, Settings};
use crate::auth::{actor, call, require};
use crate::idempotency::{self, Attempt};
use crate::problem::{Problem, lang};
use crate::rest::{body, link, params};
use actix_multipart::{Field, Multipart};
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use bytes::{Bytes, BytesMut};
use documents::{Source, State};
use futures_util::StreamExt;
use kernel::{Kind, Permission, Text};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// Imports every file of the form. A file that fails does not stop the others.
pub(crate) async fn import(req: HttpRequest, payload: web::Payload, app: web::Data<App>) -> Result<HttpResponse, Problem> {
    let form = form(&req, payload, &app).await?;
    let call = match idempotency::attempt(&req, &app, &form.digest()).await? {
        Attempt::Answered(answer) => return Ok(told(&answer)),
        Attempt::Go(call) => call,
    };
    let lines = lines(&req, &app, form).await;
    app.parts.wake.wake();
    let answer = json!({ "data": lines });
    idempotency::answered(&app, &call, &answer).await;
    Ok(told(&answer))
}

/// Files that were sent, and whether they are to be seen at once.
pub(crate) struct Form {
    pub state: State,
    pub files: Vec<(String, Sent)>,
}

/// A file of a form.
pub(crate) enum Sent {
    /// Its bytes.
    Bytes(Bytes),
    /// It is larger than a file may be: nothing of it is kept but its hash.
    TooLarge { sha256: [u8; 32] },
}

/// Reads the form of a caller who may send files.
pub(crate) async fn form(req: &HttpRequest, payload: web::Payload, app: &App) -> Result<Form, Problem> {
    let actor = actor(req);
    require(&actor, Permission::DocumentsWrite)?;
    let state = state(req.query_string())?;
    if state == State::Published {
        require(&actor, Permission::DocumentsPublish)?;
    }
    body::of_type(req, &["multipart/form-data"])?;
    let files = files(Multipart::new(req.headers(), payload), app).await?;
    if files.is_empty() {
        return Err(Problem::malformed("malformed_request", "Không có tệp nào trong biểu mẫu.", "The form holds no file."));
    }
    Ok(Form { state, files })
}

impl Form {
    /// What tells one form from another.
    pub fn digest(&self) -> Vec<u8> {
        let mut hash = Sha256::new();
        for (name, sent) in &self.files {
            hash.update((name.len() as u64).to_be_bytes());
            hash.update(name);
            match sent {
                Sent::Bytes(bytes) => {
                    hash.update((bytes.len() as u64).to_be_bytes());
                    hash.update(bytes);
                }
                Sent::TooLarge { sha256 } => hash.update(sha256),
            }
        }
        hash.finalize().to_vec()
    }
}

fn told(answer: &impl serde::Serialize) -> HttpResponse {
    HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "private, no-store")).json(answer)
}

async fn lines(req: &HttpRequest, app: &App, form: Form) -> Vec<Value> {
    let mut lines = Vec::with_capacity(form.files.len());
    for (name, sent) in form.files {
        let imported = match sent {
            Sent::Bytes(bytes) => {
                let source = Source { name: name.clone(), bytes, state: form.state };
                app.parts.documents.import(&call(req), source).await.map_err(Problem::from)
            }
            Sent::TooLarge { .. } => Err(body::too_large(app.parts.settings.max_file)),
        };
        lines.push(match imported {
            Ok(import) => json!({
                "file": name, "outcome": import.outcome.as_str(), "id": import.id.to_string(), "number": import.number, "warnings": import.warnings,
            }),
            Err(problem) => {
                json!({ "file": name, "outcome": "failed", "id": null, "number": null, "warnings": [], "problem": problem.to_json(lang(req)) })
            }
        });
    }
    lines
}

fn state(query: &str) -> Result<State, Problem> {
    let mut state = State::Draft;
    for (name, value) in link::pairs(query)? {
        state = match (name.as_str(), value.as_str()) {
            ("state", "draft") => State::Draft,
            ("state", "published") => State::Published,
            ("state", _) => return Err(params::bad("state", "draft, published", "draft, published")),
            _ => return Err(params::unknown(&name, &["state"])),
        };
    }
    Ok(state)
}

fn unreadable() -> Problem {
    Problem::malformed("malformed_request", "Không đọc được biểu mẫu multipart.", "The multipart form cannot be read.")
}

async fn files(mut form: Multipart, app: &App) -> Result<Vec<(String, Sent)>, Problem> {
    let settings = &app.parts.settings;
    let mut files = Vec::new();
    let mut room = settings.max_form;
    while let Some(field) = body::in_time(form.next()).await? {
        let field = field.map_err(|_| unreadable())?;
        let name = file_name(&field).ok_or_else(|| {
            let (vi, en) = ("Mỗi phần của biểu mẫu phải là một tệp có tên.", "Every part of the form has to be a named file.");
            Problem::malformed("malformed_request", vi, en)
        })?;
        if files.len() == settings.max_files {
            let (most, text) = (settings.max_files, "files at once");
            return Err(Problem::new(
                Kind::TooLarge,
                "body_too_large",
                Text::new(format!("Nhiều nhất {most} tệp một lần."), format!("At most {most} {text}.")),
            ));
        }
        files.push((name, sent(field, settings, &mut room).await?));
    }
    Ok(files)
}

/// Reads a file to its end. One that is too large is read over, so that those behind it are found; what is read over counts
/// for the form as a whole.
async fn sent(mut field: Field, settings: &Settings, room: &mut usize) -> Result<Sent, Problem> {
    let mut bytes = BytesMut::new();
    let mut over: Option<Sha256> = None;
    while let Some(chunk) = body::in_time(field.next()).await? {
        let chunk = chunk.map_err(|_| unreadable())?;
        *room = room.checked_sub(chunk.len()).ok_or_else(|| body::too_large(settings.max_form))?;
        match &mut over {
            Some(hash) => hash.update(&chunk),
            None if bytes.len() + chunk.len() > settings.max_file => {
                let mut hash = Sha256::new_with_prefix(std::mem::take(&mut bytes));
                hash.update(&chunk);
                over = Some(hash);
            }
            None => bytes.extend_from_slice(&chunk),
        }
    }
    Ok(match over {
        Some(hash) => Sent::TooLarge { sha256: hash.finalize().into() },
        None => Sent::Bytes(bytes.freeze()),
    })
}

/// The longest name of a file, in characters.
const LONGEST_NAME: usize = 200;

/// The name of a file without folders and control characters; a long one keeps its extension.
fn file_name(field: &Field) -> Option<String> {
    let name = field.content_disposition()?.get_filename()?;
    let name: String = name.rsplit(['/', '\\']).next()?.chars().filter(|c| !c.is_control()).collect();
    let name = kernel::text::nfc(name);
    if name.trim().is_empty() {
        return None;
    }
    if name.chars().count() <= LONGEST_NAME {
        return Some(name);
    }
    let (stem, extension) = name.rsplit_once('.').unwrap_or((&name, ""));
    let extension: String = extension.chars().take(20).collect();
    let stem: String = stem.chars().take(LONGEST_NAME - 1 - extension.chars().count()).collect();
    Some(format!("{stem}.{extension}"))
}
