//! The content of an edition, checked: dates are dates, lines are lines, all text is NFC.

use crate::Error;
use crate::input::{DocumentInput, IssuerName, LegalBaseInput};
use crate::issuers::Context;
use kernel::{FieldFault, Id, Locale, Slug, Text, parse_date, print_date, text};
use serde::{Deserialize, Serialize};
use store::Refusal;
use utoipa::ToSchema;
use validator::{Validate, ValidationErrors, ValidationErrorsKind};

/// A legal basis (căn cứ) of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LegalBase {
    /// Number and symbol, if it has one.
    pub number: Option<String>,
    /// Name or abstract.
    pub title: Option<String>,
    /// Day of issue.
    #[schema(format = Date)]
    pub issued_on: Option<String>,
    /// The document in this collection, where exactly one has that number (and date).
    #[serde(default)]
    #[schema(format = "uuid")]
    pub document_id: Option<String>,
}

/// Which issuing authority a writer means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum IssuerRef {
    None,
    Id(Id),
    Named(String),
}

/// The content of an edition.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Content {
    pub number: Option<String>,
    pub doc_type: Option<String>,
    pub title: Option<String>,
    pub issuer_id: Option<Id>,
    pub place: Option<String>,
    pub issued_on: Option<String>,
    pub effective_on: Option<String>,
    pub expires_on: Option<String>,
    pub signer_name: Option<String>,
    pub signer_title: Option<String>,
    pub signer_capacity: Option<String>,
    pub gazette_number: Option<String>,
    pub gazette_date: Option<String>,
    pub language: String,
    pub legal_bases: Vec<LegalBase>,
    pub body_text: Option<String>,
    pub source_file_id: Option<Id>,
}

impl Content {
    /// Content of which nothing is known.
    pub fn empty() -> Self {
        Self { language: "vi".to_owned(), ..Self::default() }
    }

    /// Checks what a writer sent. The issuing authority is told apart, for it may have to be made.
    pub fn parse(input: DocumentInput) -> Result<(Self, IssuerRef), Error> {
        let mut faults = Faults(Vec::new());
        if let Err(errors) = input.validate() {
            faults.lengths("", &errors);
        }
        let issuer = faults.issuer(input.issuer_id, input.issuer);
        let content = Self {
            number: faults.line("/number", input.number).map(|number| printed_number(&number)),
            doc_type: input.doc_type.inspect(|slug| faults.require(Slug::parse(slug).is_some(), "/doc_type", "invalid_slug")),
            title: faults.line("/title", input.title),
            issuer_id: None,
            place: faults.line("/place", input.place),
            issued_on: faults.date("/issued_on", input.issued_on),
            effective_on: faults.date("/effective_on", input.effective_on),
            expires_on: faults.date("/expires_on", input.expires_on),
            signer_name: faults.line("/signer_name", input.signer_name),
            signer_title: faults.line("/signer_title", input.signer_title),
            signer_capacity: input.signer_capacity.inspect(|capacity| {
                let known = ["TM.", "KT.", "TL.", "TUQ.", "Q."].contains(&capacity.as_str());
                faults.require(known, "/signer_capacity", "invalid_capacity");
            }),
            gazette_number: faults.line("/gazette_number", input.gazette_number),
            gazette_date: faults.date("/gazette_date", input.gazette_date),
            language: input.language.map_or_else(
                || Locale::default().as_str().to_owned(),
                |tag| {
                    faults.require(Locale::parse(&tag).is_some(), "/language", "invalid_language");
                    tag
                },
            ),
            legal_bases: faults.bases(input.legal_bases.unwrap_or_default()),
            body_text: input.body_text.map(text::nfc).inspect(|body| {
                faults.require(!body.contains('\0'), "/body_text", "invalid_text");
            }),
            source_file_id: None,
        };
        if content.expires_on.is_some() && content.expires_on <= content.effective_on {
            faults.add(
                "/expires_on",
                "expires_before_effective",
                "ngày hết hiệu lực phải sau ngày có hiệu lực",
                "the day of expiry must come after the day of effect",
            );
        }
        if faults.0.is_empty() { Ok((content, issuer)) } else { Err(Error::Refused(Refusal::Invalid(faults.0))) }
    }

    /// What a writer would send to get this content: the target of a merge patch.
    pub fn as_input(&self) -> DocumentInput {
        DocumentInput {
            number: self.number.clone(),
            doc_type: self.doc_type.clone(),
            title: self.title.clone(),
            issuer_id: self.issuer_id.map(|id| id.to_string()),
            issuer: None,
            place: self.place.clone(),
            issued_on: self.issued_on.clone(),
            effective_on: self.effective_on.clone(),
            expires_on: self.expires_on.clone(),
            signer_name: self.signer_name.clone(),
            signer_title: self.signer_title.clone(),
            signer_capacity: self.signer_capacity.clone(),
            gazette_number: self.gazette_number.clone(),
            gazette_date: self.gazette_date.clone(),
            language: Some(self.language.clone()),
            legal_bases: Some(
                self.legal_bases
                    .iter()
                    .map(|base| LegalBaseInput {
                        number: base.number.clone(),
                        title: base.title.clone(),
                        issued_on: base.issued_on.clone(),
                        document_id: None,
                    })
                    .collect(),
            ),
            body_text: self.body_text.clone(),
            state: None,
        }
    }

    /// What tells which body the document means where several have the name that it gives.
    pub fn around_issuer(&self) -> Context<'_> {
        Context { issued_on: self.issued_on.as_deref(), text: self.body_text.as_deref().unwrap_or_default() }
    }

    /// What makes this document the same document: issuer, full number and date. `None` where the
    /// content does not say enough, for numbers repeat from year to year and from issuer to issuer.
    pub fn key(&self) -> Option<String> {
        let number = legal_text::DocumentNumber::parse(self.number.as_deref()?).filter(legal_text::DocumentNumber::is_full)?;
        if self.issued_on.is_none() && number.year().is_none() {
            return None;
        }
        let day = self.issued_on.as_deref().unwrap_or_default();
        // `QĐ`, `QÐ` (another letter) and `QD` are one symbol, however it was typed.
        Some(format!("number:{}|{}|{day}", self.issuer_id?, text::fold(number.as_str())))
    }
}

/// A number in its printed form; what is no document number stays as it is.
pub(crate) fn printed_number(line: &str) -> String {
    let closed = |text: &str| text.split_whitespace().collect::<String>();
    legal_text::DocumentNumber::parse(line)
        .filter(|number| number.is_full() && closed(number.as_str()) == closed(line))
        .map_or_else(|| line.to_owned(), |number| number.as_str().to_owned())
}

/// Whether a line says anything: a letter or a digit of any script, and no NUL.
pub(crate) fn is_told(line: &str) -> bool {
    line.chars().any(char::is_alphanumeric) && !line.contains('\0')
}

/// The faults of what a writer sent.
pub(crate) struct Faults(pub Vec<FieldFault>);

impl Faults {
    pub fn add(&mut self, pointer: &str, code: &'static str, vi: &str, en: &str) {
        self.0.push(FieldFault::new(pointer, code, Text::new(vi, en)));
    }

    fn require(&mut self, holds: bool, pointer: &str, code: &'static str) {
        if !holds {
            self.add(pointer, code, "giá trị không đúng dạng quy định", "the value does not have the form that is asked for");
        }
    }

    pub fn line(&mut self, pointer: &str, value: Option<String>) -> Option<String> {
        let line = text::nfc(text::one_line(&value?));
        if !is_told(&line) {
            self.add(pointer, "blank", "không được để trống", "must not be blank");
        }
        Some(line)
    }

    pub fn date(&mut self, pointer: &str, value: Option<String>) -> Option<String> {
        let value = value?;
        let date = parse_date(&value).map(print_date);
        if date.is_none() {
            self.add(pointer, "invalid_date", "không phải là một ngày dạng YYYY-MM-DD", "not a day of the form YYYY-MM-DD");
        }
        date
    }

    /// The issuing authority, told by id or by name.
    pub fn issuer(&mut self, id: Option<String>, named: Option<IssuerName>) -> IssuerRef {
        match (id, named) {
            (Some(_), Some(_)) => {
                self.add(
                    "/issuer",
                    "issuer_twice",
                    "chỉ dùng một trong hai: issuer_id hoặc issuer",
                    "give issuer_id or issuer, not both",
                );
                IssuerRef::None
            }
            (Some(id), None) => self.id("/issuer_id", Some(id)).map_or(IssuerRef::None, IssuerRef::Id),
            (None, Some(named)) => {
                self.at_most("/issuer/name", Some(&named.name), 300);
                self.line("/issuer/name", Some(named.name)).map_or(IssuerRef::None, IssuerRef::Named)
            }
            (None, None) => IssuerRef::None,
        }
    }

    pub fn id(&mut self, pointer: &str, value: Option<String>) -> Option<Id> {
        let id = Id::parse(&value?);
        if id.is_none() {
            self.add(pointer, "invalid_id", "không phải là mã định danh (UUID)", "not a UUID");
        }
        id
    }

    /// Refuses text of more than `most` characters.
    pub fn at_most(&mut self, pointer: &str, value: Option<&String>, most: usize) {
        if value.is_some_and(|value| value.chars().count() > most) {
            self.add(pointer, "too_long", "dài quá giới hạn", "longer than the limit");
        }
    }

    fn bases(&mut self, bases: Vec<LegalBaseInput>) -> Vec<LegalBase> {
        let mut checked = Vec::with_capacity(bases.len());
        for (at, base) in bases.into_iter().enumerate() {
            let pointer = format!("/legal_bases/{at}");
            let number = self.line(&format!("{pointer}/number"), base.number).map(|number| printed_number(&number));
            let title = self.line(&format!("{pointer}/title"), base.title);
            let issued_on = self.date(&format!("{pointer}/issued_on"), base.issued_on);
            checked.push(LegalBase { number, title, issued_on, document_id: None });
        }
        checked
    }

    pub fn lengths(&mut self, at: &str, errors: &ValidationErrors) {
        for (field, kind) in errors.errors() {
            let pointer = format!("{at}/{field}");
            match kind {
                ValidationErrorsKind::Field(_) => self.add(&pointer, "too_long", "dài quá giới hạn", "longer than the limit"),
                ValidationErrorsKind::Struct(inner) => self.lengths(&pointer, inner),
                ValidationErrorsKind::List(items) => {
                    for (index, inner) in items {
                        self.lengths(&format!("{pointer}/{index}"), inner);
                    }
                }
            }
        }
    }
}
