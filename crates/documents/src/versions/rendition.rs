//! The text of a document in forms other than JSON, and what machines are told of it (schema.org `Legislation`).

use super::expression::Expression;
use super::provision::{alone, node, notes_of};
use super::rows::blocking;
use super::standing;
use super::version::{ChangeNote, Version, VersionKind};
use crate::store::acts::Other;
use crate::validity::Validity;
use crate::{Error, Status};
use bytes::Bytes;
use kernel::parse_date;
use legal_text::render::akn::{Akn, Direction, Gazette, Modification, TextualMod, Wording, akn};
use legal_text::render::{docx, html, text};
use legal_text::{Citation, LegalText, Target};
use serde_json::{Value, json};
use std::borrow::Cow;
use std::collections::HashSet;
use time::Date;

/// A form of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A page.
    Html,
    /// Akoma Ntoso 3.0.
    Akn,
    /// Plain text.
    Txt,
    /// Office Open XML.
    Docx,
}

impl Format {
    /// Every form.
    pub const ALL: [Self; 4] = [Self::Html, Self::Akn, Self::Txt, Self::Docx];

    /// Its name, the ending of addresses and files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Akn => "akn",
            Self::Txt => "txt",
            Self::Docx => "docx",
        }
    }

    /// The form of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.as_str() == name)
    }

    /// Its media type, without parameters.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Html => "text/html",
            Self::Akn => "application/akn+xml",
            Self::Txt => "text/plain",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        }
    }

    fn content_type(self) -> &'static str {
        match self {
            Self::Html => "text/html; charset=utf-8",
            Self::Akn => "application/akn+xml; charset=utf-8",
            Self::Txt => "text/plain; charset=utf-8",
            Self::Docx => self.media_type(),
        }
    }
}

/// A text in a form.
#[derive(Debug, Clone)]
pub struct Rendition {
    /// Media type with its parameters.
    pub content_type: &'static str,
    /// The name of a file with it: `40-2024-qd-ubnd_2024-11-10.docx`.
    pub file_name: String,
    /// Its bytes.
    pub bytes: Bytes,
}

impl Expression {
    /// The text in a form, with absolute addresses under `origin`.
    pub async fn render(self, format: Format, origin: String) -> Result<Rendition, Error> {
        blocking(move || {
            let bytes = self.written(format, &origin)?;
            Ok(Rendition { content_type: format.content_type(), file_name: self.file_name(format), bytes })
        })
        .await?
    }

    fn written(&self, format: Format, origin: &str) -> Result<Bytes, Error> {
        let version = self.version().ok_or(Error::NoText)?;
        let read: Cow<'_, LegalText> = match self.found.as_ref().and_then(|found| node(version, found)) {
            Some(node) => Cow::Owned(alone(&version.read, node)),
            None => Cow::Borrowed(version.read.as_ref()),
        };
        let link = |citation: &Citation| self.link(citation, origin);
        let notice: Vec<String> = self.standing(version).into_iter().chain(self.notice(version)).collect();
        let changes: Vec<(String, String)> = notes_of(version, self.eid()).map(|note| (note.eid.clone(), told(note))).collect();
        let below: Vec<String> = changes.iter().map(|(_, line)| line.clone()).collect();
        let written = match format {
            Format::Html => {
                let around = html::Around { head: &self.head(origin), notice: &notice, changes: &changes };
                html::page(&version.text, &read, &link, around).into()
            }
            Format::Txt => {
                let lines = |lines: &[String]| lines.iter().map(|line| format!("[{line}]\n")).collect::<String>();
                let whole = text(&version.text, &read);
                let gap = if below.is_empty() || whole.ends_with('\n') { "" } else { "\n" };
                (lines(&notice) + &whole + gap + &lines(&below)).into()
            }
            Format::Akn => self.akn(version, &read, &link, origin).into(),
            Format::Docx => {
                docx::docx(&version.text, &read, &link, (&notice, &below)).map_err(|_| Error::TooLongToRender)?.into()
            }
        };
        Ok(written)
    }

    fn akn(&self, version: &Version, read: &LegalText, link: &legal_text::render::Link<'_>, origin: &str) -> String {
        let told = |name: &str| self.history.told(name);
        let date = told("gazette_date").and_then(parse_date);
        let gazette = date.map(|date| Gazette { name: "Công báo", number: told("gazette_number"), date });
        let from = version.from.as_deref().and_then(parse_date).filter(|_| version.kind != VersionKind::Original);
        let changes: Vec<(TextualMod, String, String)> = notes_of(version, self.eid())
            .map(|note| (kind_of(note), format!("{origin}{}", place_of(note)), format!("#{}", note.eid)))
            .collect();
        let modifications: Vec<Modification<'_>> = changes
            .iter()
            .map(|(kind, source, destination)| Modification {
                direction: Direction::Passive,
                kind: *kind,
                source,
                destination,
                new: None,
            })
            .collect();
        let wording = from.map_or(Wording::AsIssued, |from| Wording::AsAmended { from });
        let mut amended_on: Vec<Date> = self
            .until_now(version)
            .flat_map(|one| one.changed_by.first().and(one.from.as_deref()).and_then(parse_date))
            .collect();
        amended_on.dedup();
        let given = Akn {
            issuer: self.history.issuer(),
            wording,
            amended_on: &amended_on,
            effective_on: self.history.effective_on().as_deref().and_then(parse_date),
            expires_on: self.history.ends_on().and_then(parse_date),
            gazette,
            modifications: &modifications,
            link,
        };
        akn(&version.text, read, &given)
    }

    /// Where a citation leads: to another act, or to a provision of the same text.
    fn link(&self, citation: &Citation, origin: &str) -> Option<String> {
        match (self.cited_here(citation), &self.found) {
            (Some(eid), None) => Some(format!("#{eid}")),
            (Some(_), Some(_)) | (None, _) => Some(format!("{origin}{}", self.cited_address(citation)?)),
        }
    }

    /// The provision of the same text that a citation means.
    fn cited_here(&self, citation: &Citation) -> Option<&str> {
        let Target::This { attachment } = &citation.target else { return None };
        let [one] = citation.provisions.as_slice() else { return None };
        let wanted = attachment.as_ref().map_or_else(|| one.clone(), |attachment| format!("{attachment}__{one}"));
        Some(&legal_text::find(&self.version()?.read.nodes, &wanted).ok()?.eid)
    }

    /// The address of what a citation means.
    pub(super) fn cited_address(&self, citation: &Citation) -> Option<String> {
        match &citation.target {
            Target::This { .. } => {
                let here = super::expression::address_on(self.work()?, self.language(), self.from());
                Some(self.cited_here(citation).map_or_else(|| here.clone(), |eid| format!("{here}~{eid}")))
            }
            _ => self.history.places.of_citation(citation),
        }
    }

    /// What a reader has to know of a text that is not the one issued: how it came about, what it lacks, what prevails
    /// (Pháp lệnh 01/2012/UBTVQH13, Điều 4, 9).
    fn notice(&self, version: &Version) -> Vec<String> {
        let from = version.from.as_deref().and_then(standing::day).map(|day| format!(" từ ngày {day}")).unwrap_or_default();
        let basis = version.upload.as_ref().and_then(|upload| upload.basis.as_ref());
        let basis = basis.map(|basis| format!(" ({basis})")).unwrap_or_default();
        let mut acts: Vec<&str> =
            self.until_now(version).flat_map(|one| &one.changed_by).filter_map(|act| act.number.as_deref()).collect();
        acts.dedup();
        let by = if acts.is_empty() { String::new() } else { format!("; sửa đổi theo: {}", acts.join(", ")) };
        let first = match version.kind {
            VersionKind::Original => return Vec::new(),
            VersionKind::Consolidated => format!("Nội dung hợp nhất tự động, thể hiện quy định có hiệu lực{from}{by}."),
            VersionKind::Uploaded if self.history.languages.first() != Some(&version.language) => {
                format!("Bản dịch do biên tập viên đăng tải{basis}, dùng{from}.")
            }
            VersionKind::Uploaded => format!("Nội dung hợp nhất do biên tập viên đăng tải{basis}, có hiệu lực{from}{by}."),
        };
        let mut notice = vec![first];
        if !version.open.is_empty() {
            notice.push(format!("Còn {} nội dung sửa đổi chưa được hợp nhất vào văn bản này.", version.open.len()));
        }
        notice.push("Khi có khác biệt, văn bản do cơ quan có thẩm quyền ban hành được áp dụng.".to_owned());
        notice
    }

    /// This version and those before it.
    fn until_now<'v>(&'v self, version: &'v Version) -> impl Iterator<Item = &'v Version> {
        self.history.versions.iter().take_while(move |one| one.from <= version.from)
    }

    /// What a page tells machines: the same as data, its address, its other forms.
    fn head(&self, origin: &str) -> String {
        let mut head = String::new();
        if let Some(address) = self.address() {
            head.push_str(&format!("<link rel=\"canonical\" href=\"{origin}{address}\">"));
            for format in
                [("json", "application/json")].into_iter().chain(Format::ALL.map(|one| (one.as_str(), one.media_type())))
            {
                let (ending, media_type) = format;
                head.push_str(&format!("<link rel=\"alternate\" type=\"{media_type}\" href=\"{origin}{address}.{ending}\">"));
            }
        }
        // Nothing in a script element may end it.
        let data = self.legislation(origin).to_string().replace('<', "\\u003c");
        head.push_str(&format!("<script type=\"application/ld+json\">{data}</script>"));
        head
    }

    /// The text as schema.org `Legislation`.
    pub fn legislation(&self, origin: &str) -> Value {
        let told = |name: &str| self.history.told(name);
        let here = |path: &str| format!("{origin}{path}");
        let document = format!("/v1/documents/{}", self.history.id);
        let work = here(self.work().unwrap_or(&document));
        let version = self.version();
        let kind = told("doc_type").map(|slug| crate::doc_type_name(slug).unwrap_or(slug));
        let name = [kind, told("number").map(|_| "số"), told("number")].into_iter().flatten().collect::<Vec<_>>().join(" ");
        let mut told_of = json!({
            "@context": "https://schema.org",
            "@type": "Legislation",
            "@id": self.address().map_or_else(|| work.clone(), |address| here(&address)),
            "exampleOfWork": { "@type": "Legislation", "@id": work },
            "legislationIdentifier": told("number"),
            "legislationType": kind,
            "name": told("title").map_or_else(|| name.clone(), |title| if name.is_empty() { title.to_owned() } else { format!("{name}: {title}") }),
            "legislationDate": told("issued_on"),
            "legislationDateOfApplicability": self.history.effective_on(),
            "legislationDateVersion": version.and_then(|version| version.from.clone()),
            "legislationLegalForce": legal_force(&self.history.validity(&self.today)),
            "expires": self.history.ends_on(),
            "inLanguage": self.language(),
            "legislationJurisdiction": "VN",
            "encoding": self.address().map(|address| {
                let forms = Format::ALL.map(|form| (form.as_str(), form.media_type())).into_iter().chain([("json", "application/json")]);
                forms.map(|(ending, media_type)| json!({
                    "@type": "LegislationObject", "encodingFormat": media_type, "contentUrl": here(&format!("{address}.{ending}")),
                })).collect::<Vec<Value>>()
            }),
        });
        if let Some(members) = told_of.as_object_mut() {
            if let Some(issuer) = self.history.row.get("issuer").and_then(|issuer| issuer.get("name")) {
                members.insert("legislationPassedBy".to_owned(), json!({ "@type": "GovernmentOrganization", "name": issuer }));
            }
            let mut acts: Vec<&Other> =
                version.into_iter().flat_map(|version| self.until_now(version)).flat_map(|one| &one.changed_by).collect();
            let mut seen = HashSet::new();
            acts.retain(|act| seen.insert(act.id));
            let changed: Vec<Value> = acts
                .into_iter()
                .map(|act| {
                    let path = act.address.clone().unwrap_or_else(|| format!("/v1/documents/{}", act.id));
                    json!({ "@type": "Legislation", "@id": here(&path), "legislationIdentifier": act.number })
                })
                .collect();
            if !changed.is_empty() {
                members.insert("legislationConsolidates".to_owned(), changed.into());
            }
            if let Some(eid) = self.eid() {
                members.insert("isPartOf".to_owned(), json!({ "@type": "Legislation", "@id": here(&super::expression::address_on(self.work().unwrap_or(&document), self.language(), self.from())) }));
                members.insert("identifier".to_owned(), eid.into());
            }
            members.retain(|_, value| !value.is_null());
        }
        told_of
    }

    fn file_name(&self, format: Format) -> String {
        let name = self.history.told("number").map(kernel::text::slugify).filter(|name| !name.is_empty());
        let name = name.unwrap_or_else(|| self.history.id.to_string());
        let eid = self.eid().map(|eid| format!("_{eid}")).unwrap_or_default();
        format!("{name}_{}{eid}.{}", self.from(), format.as_str())
    }
}

/// `Khoản 1 Điều 2: thay nội dung theo khoản 1 Điều 1 của 20/2025/QĐ-UBND, từ ngày 01/06/2025.`
fn told(note: &ChangeNote) -> String {
    let done = match note.operation {
        "repeal" => "bãi bỏ",
        "remove" => "bỏ cụm từ",
        "insert" => "bổ sung",
        "add" => "thêm cụm từ",
        "substitute" => "thay cụm từ",
        _ => "thay nội dung",
    };
    let place = standing::place(&note.eid);
    let mut letters = place.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    let place = first + letters.as_str();
    let by = note.act.number.as_deref().unwrap_or("văn bản sửa đổi");
    let on = standing::day(&note.on).map(|day| format!(", từ ngày {day}")).unwrap_or_default();
    format!("{place}: {done} theo {} của {by}{on}.", standing::place(&note.by))
}

/// The provision that has changed another.
fn place_of(note: &ChangeNote) -> String {
    match &note.act.address {
        Some(address) => format!("{address}~{}", note.by),
        None => format!("/v1/documents/{}", note.act.id),
    }
}

/// As schema.org tells legal force.
fn legal_force(validity: &Validity) -> Option<&'static str> {
    match Status::parse(&validity.status)? {
        Status::InForce => Some("https://schema.org/InForce"),
        Status::PartlyInForce => Some("https://schema.org/PartiallyInForce"),
        Status::NotYetInForce | Status::Suspended | Status::Expired => Some("https://schema.org/NotInForce"),
        Status::Unknown => None,
    }
}

fn kind_of(note: &ChangeNote) -> TextualMod {
    match note.operation {
        "repeal" | "remove" => TextualMod::Repeal,
        "insert" | "add" => TextualMod::Insertion,
        _ => TextualMod::Substitution,
    }
}
