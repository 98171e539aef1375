//! What is told about a media item, checked: lines are lines, languages are languages, all text is NFC.

use crate::formats::Format;
use crate::names::{clean_name, extension};
use crate::{Error, Kind, MediaInput, Visibility};
use kernel::{FieldFault, Id, Locale, Text, text};
use std::collections::BTreeMap;
use store::Refusal;

/// Text by language.
pub(crate) type Texts = BTreeMap<String, String>;

/// What is told about a media item.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Content {
    pub file_name: Option<String>,
    pub title: Option<String>,
    pub alt: Texts,
    pub caption: Texts,
    pub transcript: Option<String>,
    pub captions_id: Option<Id>,
    pub licence: Option<String>,
    pub credit: Option<String>,
    pub language: Option<String>,
    pub visibility: Visibility,
}

impl Content {
    /// Checks what a writer sent.
    pub fn parse(input: MediaInput) -> Result<Self, Error> {
        let mut faults = Faults(Vec::new());
        let content = Self {
            file_name: input.file_name.map(|name| clean_name(&name)),
            title: faults.line("/title", input.title, 300),
            alt: faults.texts("/alt", input.alt, 1000),
            caption: faults.texts("/caption", input.caption, 2000),
            transcript: input.transcript.map(text::nfc).filter(|told| !told.trim().is_empty()).inspect(|told| {
                faults.short("/transcript", told, 200_000);
                faults.require(!told.contains('\0'), "/transcript", "invalid_text");
            }),
            captions_id: input.captions_id.and_then(|id| {
                let parsed = Id::parse(&id);
                faults.require(parsed.is_some(), "/captions_id", "invalid_id");
                parsed
            }),
            licence: faults.line("/licence", input.licence, 200),
            credit: faults.line("/credit", input.credit, 200),
            language: input.language.inspect(|tag| faults.require(Locale::parse(tag).is_some(), "/language", "invalid_language")),
            visibility: input.visibility.map_or(Visibility::default(), |told| {
                let known = Visibility::parse(&told);
                faults.require(known.is_some(), "/visibility", "invalid_visibility");
                known.unwrap_or(Visibility::Internal)
            }),
        };
        if faults.0.is_empty() { Ok(content) } else { Err(Error::Refused(Refusal::Invalid(faults.0))) }
    }

    /// What a writer would send to get this content: the target of a merge patch.
    pub fn as_input(&self) -> MediaInput {
        MediaInput {
            file_name: self.file_name.clone(),
            title: self.title.clone(),
            alt: Some(self.alt.clone()),
            caption: Some(self.caption.clone()),
            transcript: self.transcript.clone(),
            captions_id: self.captions_id.map(|id| id.to_string()),
            licence: self.licence.clone(),
            credit: self.credit.clone(),
            language: self.language.clone(),
            visibility: Some(self.visibility.as_str().to_owned()),
        }
    }

    /// Whether it is of a picture of which nobody has said what it shows (C-44).
    pub fn alt_missing(&self, kind: Kind) -> bool {
        kind == Kind::Image && self.alt.is_empty()
    }
}

/// The name that a file of this format is kept under: an extension that is missing is added.
pub(crate) fn named(name: &str, format: &Format) -> Result<String, Error> {
    let name = clean_name(name);
    match extension(&name) {
        Some(given) if format.has_extension(&given) => Ok(name),
        Some(given) => Err(Error::Mismatch { told: format!(".{given}"), found: format.media_type }),
        None => Ok(clean_name(&format!("{name}.{}", format.extension()))),
    }
}

struct Faults(Vec<FieldFault>);

impl Faults {
    fn add(&mut self, pointer: &str, code: &'static str, vi: &str, en: &str) {
        self.0.push(FieldFault::new(pointer, code, Text::new(vi, en)));
    }

    fn require(&mut self, holds: bool, pointer: &str, code: &'static str) {
        if !holds {
            self.add(pointer, code, "giá trị không đúng dạng quy định", "the value does not have the form that is asked for");
        }
    }

    fn short(&mut self, pointer: &str, told: &str, most: usize) {
        if told.chars().count() > most {
            self.add(pointer, "too_long", "dài quá giới hạn", "longer than the limit");
        }
    }

    fn line(&mut self, pointer: &str, value: Option<String>, most: usize) -> Option<String> {
        let line = text::nfc(text::one_line(&value?));
        self.short(pointer, &line, most);
        if !line.chars().any(char::is_alphanumeric) || line.contains('\0') {
            self.add(pointer, "blank", "không được để trống", "must not be blank");
        }
        Some(line)
    }

    fn texts(&mut self, pointer: &str, texts: Option<Texts>, most: usize) -> Texts {
        let mut checked = Texts::new();
        for (language, told) in texts.unwrap_or_default() {
            let at = format!("{pointer}/{}", language.replace('~', "~0").replace('/', "~1"));
            self.require(Locale::parse(&language).is_some(), &at, "invalid_language");
            if let Some(line) = self.line(&at, Some(told), most) {
                checked.insert(language, line);
            }
        }
        checked
    }
}
