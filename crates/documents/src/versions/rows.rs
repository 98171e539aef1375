//! Versions, texts and tables of contents as they are sent.

use super::History;
use super::expression::{Expression, TextQuery, address_on};
use super::provision::{node, notes_of};
use super::version::{ChangeNote, Open, Version};
use crate::Error;
use crate::connections::OtherDocument;
use crate::documents::Documents;
use crate::policy::sees_drafts;
use crate::store::acts::Other;
use crate::store::files::{self, Seen};
use kernel::{Actor, Id, Lang, Locale, Row};
use legal_text::render::{node_texts, toc};
use legal_text::{Node, walk};
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// A version of the text of a document.
#[derive(Debug, Serialize, ToSchema)]
#[schema(title = "DocumentVersion")]
pub struct DocumentVersion {
    /// Always `version`.
    pub r#type: &'static str,
    /// Its language.
    pub language: String,
    /// The first day on which it holds; null where the document has no day.
    #[schema(format = Date)]
    pub from: Option<String>,
    /// The first day on which another holds.
    #[schema(format = Date)]
    pub until: Option<String>,
    /// `original` as issued, `consolidated` from what amending acts say, `uploaded` by an editor. The acts themselves prevail.
    pub kind: &'static str,
    /// Whether every change that was ordered by the first day is in it.
    pub complete: bool,
    /// Its address under `/eli`.
    pub address: Option<String>,
    /// The acts that change the text on the first day.
    pub changed_by: Vec<OtherDocument>,
    /// The changes that are not in it, with the reason for each.
    pub open: Vec<OpenChange>,
    /// The text that an editor entered, where it is one.
    #[schema(format = "uuid")]
    pub text_id: Option<String>,
    /// What that text was taken from.
    pub basis: Option<String>,
}

/// A change that an act orders and that a text does not have.
#[derive(Debug, Serialize, ToSchema)]
pub struct OpenChange {
    /// The act.
    pub document: OtherDocument,
    /// The provision of the act that says so.
    pub eid: Option<String>,
    /// The provisions that should be changed, as far as they are known.
    pub provisions: Vec<String>,
    /// The day from which it holds.
    #[schema(format = Date)]
    pub on: String,
    /// Why: `text_missing no_instruction too_much_text target_not_found target_ambiguous already_there wording_missing
    /// numbering_differs phrase_not_found overlaps unclear too_many other_act act_unknown result_differs`.
    pub code: &'static str,
    /// Why, in Vietnamese.
    pub detail: String,
    /// Why, in English.
    pub detail_en: String,
}

/// A provision that an act has changed.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProvisionChange {
    /// The provision.
    pub eid: String,
    /// `replace insert repeal substitute remove add`.
    pub operation: &'static str,
    /// The act.
    pub document: OtherDocument,
    /// The provision of the act that says so.
    pub by: String,
    /// The day from which it holds.
    #[schema(format = Date)]
    pub on: String,
}

/// The text of a document on a day, or a provision of it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(title = "TextInForce")]
pub struct TextInForce {
    /// Always `text`.
    pub r#type: &'static str,
    /// The document.
    #[schema(format = "uuid")]
    pub document_id: String,
    /// Its number.
    pub number: Option<String>,
    /// Its abstract.
    pub title: Option<String>,
    /// The day it is looked at.
    #[schema(format = Date)]
    pub as_of: String,
    /// Which version it is.
    pub version: DocumentVersion,
    /// The canonical address under `/eli`.
    pub address: Option<String>,
    /// The provision, by its full id; null for all of the text.
    pub eid: Option<String>,
    /// What it is: `article clause point …`.
    pub kind: Option<&'static str>,
    /// Its number as printed.
    pub num: Option<String>,
    /// Its heading.
    pub heading: Option<String>,
    /// Its words, a paragraph to a line.
    pub text: String,
    /// The same as a tree: `eid kind num heading text children`; a node with children has no text itself.
    pub nodes: Vec<Value>,
    /// What it cites: `eid text number title issued_on provisions relation target address`; the target is this document, an
    /// act, or why it cannot be told.
    pub citations: Vec<Value>,
    /// What acts have changed in it.
    pub changes: Vec<ProvisionChange>,
}

/// The provisions of a document in their order.
#[derive(Debug, Serialize, ToSchema)]
#[schema(title = "DocumentStructure")]
pub struct DocumentStructure {
    /// Always `structure`.
    pub r#type: &'static str,
    /// The document.
    #[schema(format = "uuid")]
    pub document_id: String,
    /// Which version it is of.
    pub version: DocumentVersion,
    /// Parts, chapters, articles, clauses, points, attachments: `eid kind num heading children`.
    pub contents: Vec<Value>,
    /// The text; with `full` only, as all that follows.
    pub text: Option<String>,
    /// SHA-256 of the file that the text was read from.
    pub source_sha256: Option<String>,
    /// The header fields as the text states them.
    pub header: Option<Value>,
    /// The tree that tiles the text.
    pub nodes: Option<Vec<Value>>,
    /// Every citation.
    pub citations: Option<Vec<Value>>,
    /// What a reader should know.
    pub warnings: Option<Vec<Value>>,
}

impl DocumentVersion {
    pub(super) fn of(history: &History, version: &Version) -> Self {
        let address = |work: &String| Some(address_on(work, &version.language, version.from.as_deref()?));
        Self {
            r#type: "version",
            language: version.language.clone(),
            from: version.from.clone(),
            until: version.until.clone(),
            kind: version.kind.as_str(),
            complete: version.is_complete(),
            address: history.address.as_ref().and_then(address),
            changed_by: version.changed_by.iter().map(other).collect(),
            open: version.open.iter().map(open).collect(),
            text_id: version.upload.as_ref().map(|upload| upload.id.to_string()),
            basis: version.upload.as_ref().and_then(|upload| upload.basis.clone()),
        }
    }
}

fn other(act: &Other) -> OtherDocument {
    OtherDocument {
        id: act.id.to_string(),
        r#type: "document".to_owned(),
        number: act.number.clone(),
        title: act.title.clone(),
        doc_type: act.doc_type.clone(),
        issued_on: act.issued_on.clone(),
        address: act.address.clone(),
    }
}

fn open(open: &Open) -> OpenChange {
    OpenChange {
        document: other(&open.act),
        eid: open.eid.clone(),
        provisions: open.provisions.clone(),
        on: open.on.clone(),
        code: open.code,
        detail: open.text.get(Lang::Vi).to_owned(),
        detail_en: open.text.get(Lang::En).to_owned(),
    }
}

fn change(note: &ChangeNote) -> ProvisionChange {
    ProvisionChange {
        eid: note.eid.clone(),
        operation: note.operation,
        document: other(&note.act),
        by: note.by.clone(),
        on: note.on.clone(),
    }
}

pub(super) fn row_of(value: &impl Serialize) -> Row {
    match serde_json::to_value(value) {
        Ok(Value::Object(row)) => row,
        Ok(_) | Err(_) => Row::new(),
    }
}

impl Documents {
    /// The versions of a document in a language; `None` where the caller sees no document.
    pub async fn versions(&self, actor: &Actor, id: Id, lang: Option<&Locale>) -> Result<Option<Vec<Row>>, Error> {
        let history = self.history(actor, id, lang).await?;
        Ok(history
            .map(|history| history.versions.iter().map(|version| row_of(&DocumentVersion::of(&history, version))).collect()))
    }

    /// The table of contents of a document on a day; with `full` the text and all that was read in it as well.
    pub async fn structure(&self, actor: &Actor, id: Id, query: &TextQuery, full: bool) -> Result<Option<Row>, Error> {
        let Some(found) = self.expression(actor, id, query).await? else { return Ok(None) };
        let source = match (found.history.told("source_file_id").and_then(Id::parse), found.version()) {
            (Some(file), Some(version)) if full && version.upload.is_none() && version.changed_by.is_empty() => {
                let seen = if sees_drafts(actor) { Seen::All } else { Seen::Public };
                files::one(self.db.reader(), id, file, seen).await?.map(|file| file.sha256)
            }
            _ => None,
        };
        blocking(move || found.structure(full, source)).await?.ok_or(Error::NoText).map(Some)
    }

    /// The text of a document on a day, or of a provision of it.
    pub async fn text(&self, actor: &Actor, id: Id, query: &TextQuery) -> Result<Option<Row>, Error> {
        match self.expression(actor, id, query).await? {
            Some(found) => found.row().await.map(Some),
            None => Ok(None),
        }
    }
}

/// Does what takes long away from where others wait.
pub(super) async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
    tokio::task::spawn_blocking(work).await.map_err(|_| Error::Unreadable)
}

impl Expression {
    /// The text as it is sent.
    pub async fn row(self) -> Result<Row, Error> {
        blocking(move || self.told().map(|told| row_of(&told))).await?.ok_or(Error::NoText)
    }

    fn structure(&self, full: bool, source: Option<String>) -> Option<Row> {
        let version = self.version()?;
        let below = self.found.as_ref().and_then(|found| node(version, found)).map(std::slice::from_ref);
        let values = |value: Value| match value {
            Value::Array(values) => values,
            _ => Vec::new(),
        };
        let contents = serde_json::to_value(toc(below.unwrap_or(&version.read.nodes))).map(values).unwrap_or_default();
        let mut read = if full { row_of(&version.read.with_text(&version.text, source.as_deref())) } else { Row::new() };
        let mut list = |name: &str| read.remove(name).map(values);
        let told = DocumentStructure {
            r#type: "structure",
            document_id: self.history.id.to_string(),
            version: DocumentVersion::of(&self.history, version),
            contents,
            nodes: list("nodes"),
            citations: list("citations"),
            warnings: list("warnings"),
            header: read.remove("header"),
            source_sha256: source,
            text: full.then(|| version.text.to_string()),
        };
        Some(row_of(&told))
    }

    fn told(&self) -> Option<TextInForce> {
        let version = self.version()?;
        let node = self.found.as_ref().and_then(|found| node(version, found));
        let nodes = node.map_or(version.read.nodes.as_slice(), std::slice::from_ref);
        let text_of = node_texts(&version.text, &version.read);
        let texts: Vec<String> = nodes.iter().map(&text_of).filter(|text| !text.is_empty()).collect();
        Some(TextInForce {
            r#type: "text",
            document_id: self.history.id.to_string(),
            number: self.history.told("number").map(str::to_owned),
            title: self.history.told("title").map(str::to_owned),
            as_of: self.as_of.clone(),
            version: DocumentVersion::of(&self.history, version),
            address: self.address(),
            eid: self.eid().map(str::to_owned),
            kind: node.map(|node| node.kind.as_str()),
            num: node.and_then(|node| node.num.clone()),
            heading: node.and_then(|node| node.heading.clone()),
            text: texts.join("\n"),
            nodes: nodes.iter().map(|node| tree(node, &text_of)).collect(),
            citations: self.citations(version, nodes),
            changes: notes_of(version, self.eid()).map(change).collect(),
        })
    }

    fn citations(&self, version: &Version, nodes: &[Node]) -> Vec<Value> {
        let leaves: BTreeMap<usize, &Node> = walk(nodes).filter(|node| node.is_leaf()).map(|node| (node.span.0, node)).collect();
        let around = |at: usize| leaves.range(..=at).next_back().map(|(_, node)| *node).filter(|node| at < node.span.1);
        let cited = version.read.citations.iter().filter_map(|citation| {
            let leaf = around(citation.span.0)?;
            Some(json!({
                "eid": leaf.eid, "text": citation.text, "number": citation.number, "title": citation.title,
                "issued_on": citation.issued_on.map(kernel::print_date), "provisions": citation.provisions,
                "relation": citation.relation.as_str(), "target": serde_json::to_value(&citation.target).unwrap_or_default(),
                "address": self.cited_address(citation),
            }))
        });
        cited.collect()
    }
}

fn tree(node: &Node, text_of: &impl Fn(&Node) -> String) -> Value {
    json!({
        "eid": node.eid,
        "kind": node.kind.as_str(),
        "num": node.num,
        "heading": node.heading,
        "text": node.is_leaf().then(|| text_of(node)),
        "children": node.children.iter().map(|child| tree(child, text_of)).collect::<Vec<Value>>(),
    })
}
