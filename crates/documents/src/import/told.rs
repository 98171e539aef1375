//! Fields that are told of a document, checked.

use super::fields::input;
use super::issuer::ToldIssuer;
use crate::content::Content;
use crate::document::State;
use crate::error::Error;
use kernel::{FieldFault, Row, Text};
use serde_json::Value;
use store::Refusal;

/// What only the system knows of a document. It is passed over, so that what was exported can be imported.
const KNOWN_BY_SYSTEM: [&str; 11] = [
    "id",
    "type",
    "status",
    "source_file_id",
    "revision",
    "created_at",
    "updated_at",
    "published_at",
    "relations",
    "files",
    "versions",
];

/// Fields that are told. They count, not what the text says.
#[derive(Debug, Clone)]
pub(super) struct Told {
    names: Vec<String>,
    content: Content,
    pub issuer: Option<ToldIssuer>,
    state: Option<State>,
    /// The SHA-256 of all that is told, and of the file beside it.
    pub sha256: String,
}

impl Told {
    /// Checks fields; a fault is told at its pointer.
    pub fn parse(mut fields: Row, file: Option<&bytes::Bytes>) -> Result<Self, Error> {
        fields.retain(|name, _| !KNOWN_BY_SYSTEM.contains(&name.as_str()));
        let mut told = Value::Object(fields.clone()).to_string();
        told.extend(file.map(|bytes| store::sha256_hex(bytes)));
        let sha256 = store::sha256_hex(told.as_bytes());
        let issuer = ToldIssuer::take(&mut fields)?;
        let state = state(fields.remove("state"))?;
        let names = fields.keys().cloned().collect();
        fields.retain(|_, value| !value.is_null());
        let (content, _) = Content::parse(input(fields)?)?;
        Ok(Self { names, content, issuer, state, sha256 })
    }

    /// The state that the document gets where it is imported with `asked`.
    pub fn state(&self, asked: State) -> State {
        match self.state {
            Some(State::Draft | State::Withdrawn) => State::Draft,
            Some(State::Published) | None => asked,
        }
    }

    /// The text that is told.
    pub fn body(&self) -> Option<&str> {
        self.content.body_text.as_deref()
    }

    fn names(&self, field: &str) -> bool {
        self.names.iter().any(|name| name == field)
    }

    /// Whether a warning is about something that is told.
    pub fn answers(&self, warning: &str) -> bool {
        let about = |beginning: &str| warning.starts_with(beginning);
        match warning {
            _ if about("number_") => self.names("number"),
            _ if about("issued_date_") => self.names("issued_on"),
            _ if about("effective_date_") => self.names("effective_on"),
            "doc_type_not_found" => self.names("doc_type"),
            "title_not_found" => self.names("title"),
            "signer_not_found" => self.names("signer_name"),
            "issuer_not_found" => self.issuer.is_some(),
            "scan" => self.names("body_text"),
            _ => false,
        }
    }

    /// Content with what is told in it.
    pub fn over(&self, mut content: Content) -> Content {
        let told = &self.content;
        let fields: [(&str, &mut Option<String>, &Option<String>); 13] = [
            ("number", &mut content.number, &told.number),
            ("doc_type", &mut content.doc_type, &told.doc_type),
            ("title", &mut content.title, &told.title),
            ("place", &mut content.place, &told.place),
            ("issued_on", &mut content.issued_on, &told.issued_on),
            ("effective_on", &mut content.effective_on, &told.effective_on),
            ("expires_on", &mut content.expires_on, &told.expires_on),
            ("signer_name", &mut content.signer_name, &told.signer_name),
            ("signer_title", &mut content.signer_title, &told.signer_title),
            ("signer_capacity", &mut content.signer_capacity, &told.signer_capacity),
            ("gazette_number", &mut content.gazette_number, &told.gazette_number),
            ("gazette_date", &mut content.gazette_date, &told.gazette_date),
            ("body_text", &mut content.body_text, &told.body_text),
        ];
        for (name, place, value) in fields {
            if self.names(name) {
                place.clone_from(value);
            }
        }
        if self.names("language") {
            content.language.clone_from(&told.language);
        }
        if self.names("legal_bases") {
            content.legal_bases.clone_from(&told.legal_bases);
        }
        if content.expires_on.is_some() && content.expires_on <= content.effective_on {
            // What is told of one of them counts; the text can say anything of the other.
            let found = if self.names("expires_on") { &mut content.effective_on } else { &mut content.expires_on };
            *found = None;
        }
        content
    }
}

fn state(told: Option<Value>) -> Result<Option<State>, Error> {
    match told.as_ref().map(Value::as_str) {
        None => Ok(None),
        Some(Some("draft")) => Ok(Some(State::Draft)),
        Some(Some("published")) => Ok(Some(State::Published)),
        Some(Some("withdrawn")) => Ok(Some(State::Withdrawn)),
        Some(_) => Err(refused("/state", "invalid_state", "draft, published, withdrawn")),
    }
}

pub(super) fn refused(pointer: &str, code: &'static str, why: &str) -> Error {
    Error::Refused(Refusal::Invalid(vec![fault(pointer, code, why)]))
}

fn fault(pointer: &str, code: &'static str, why: &str) -> FieldFault {
    let text = Text::new(format!("giá trị không đúng dạng quy định: {why}"), format!("not of the form that is asked for: {why}"));
    FieldFault::new(pointer, code, text)
}
