//! Legal documents as a resource.

use super::{row_of, typed};
use crate::description::{Description, Editions, Parameter, Part, Relation, Takes, schema_of, sort_by};
use crate::problem::Problem;
use crate::resource::{InForm, PartQuery, Represented, Resource, Step, Target, Verb};
use async_trait::async_trait;
use documents::{
    Action, Comparison, Document, DocumentFile, DocumentGazette, DocumentInput, DocumentStructure, DocumentVersion, Documents,
    Format, RelatedDocument, Rendition, TextInForce, TextQuery, TimelineEvent, Validity, document_fields,
};
use kernel::query::{Direction, ListQuery};
use kernel::{Actor, Call, Found, Id, Locale, Page, Permission, Row, Text, View};
use search::SearchDocument;

const EID: Parameter = Parameter {
    name: "eid",
    takes: Takes::Text,
    title: "A provision by its id, without what groups articles where that is enough: `art_9__para_6__point_b`.",
};
const LANG: Parameter =
    Parameter { name: "lang", takes: Takes::Language, title: "In this language; in that it was issued in where none is given." };
const FULL: Parameter =
    Parameter { name: "full", takes: Takes::Flag, title: "With the text, its tree, its citations and its warnings." };
const FROM: Parameter =
    Parameter { name: "from", takes: Takes::Day, title: "The text of this day; the first where none is given." };
const TO: Parameter =
    Parameter { name: "to", takes: Takes::Day, title: "The text of this day; that of today where none is given." };

fn text_query(query: &PartQuery<'_>) -> TextQuery {
    TextQuery {
        as_of: query.view.as_of,
        eid: query.text("eid").map(str::to_owned),
        lang: query.text("lang").and_then(Locale::parse),
    }
}

fn one(row: Option<Row>) -> Option<Vec<Row>> {
    row.map(|row| vec![row])
}

impl From<Rendition> for Represented {
    fn from(rendition: Rendition) -> Self {
        Self { content_type: rendition.content_type, file_name: rendition.file_name, bytes: rendition.bytes }
    }
}

/// Legal documents.
pub struct DocumentResource {
    documents: Documents,
    description: Description,
}

impl DocumentResource {
    /// Serves these documents.
    pub fn new(documents: Documents) -> Self {
        let titles = (Text::new("văn bản", "legal documents"), Text::new("văn bản", "legal document"));
        let description = Description {
            schema: schema_of::<Document>(),
            input: Some(schema_of::<DocumentInput>()),
            fields: document_fields(),
            default_sort: vec![sort_by("issued_on", Direction::Desc)],
            relations: vec![Relation {
                name: "issuer".into(),
                target: "issuer".into(),
                id_field: "issuer_id".into(),
                inline: vec!["id", "name", "slug", "code"],
            }],
            heavy: vec!["body_text".into()],
            editions: Editions::Draft,
            as_of: true,
            parts: parts(),
            actions: Action::ALL.iter().map(|(name, _)| *name).collect(),
            ..Description::simple("document", "documents", "/v1/documents", titles)
        };
        Self { documents, description }
    }
}

/// What hangs on a document.
fn parts() -> Vec<Part> {
    vec![
        Part::open(
            "relations",
            "RelatedDocument",
            "What the document does to others and what they do to it, by day of effect; with a day what holds on it.",
            schema_of::<RelatedDocument>(),
        )
        .on_a_day(),
        Part::open(
            "timeline",
            "TimelineEvent",
            "What happened to the document, in order; with a day what had happened by then.",
            schema_of::<TimelineEvent>(),
        )
        .on_a_day(),
        Part::open(
            "gazettes",
            "DocumentGazette",
            "The issues of the official gazette in which the document stands, from the first on.",
            schema_of::<DocumentGazette>(),
        ),
        Part {
            takes_files: true,
            ..Part::open("files", "DocumentFile", "The files of the document, newest first.", schema_of::<DocumentFile<'_>>())
        },
        Part {
            long: true,
            parameters: vec![LANG],
            ..Part::open(
                "versions",
                "DocumentVersion",
                "The texts of the document from its first day on, as amended, and as translated.",
                schema_of::<DocumentVersion>(),
            )
        },
        Part {
            single: true,
            long: true,
            parameters: vec![EID, LANG, FULL],
            ..Part::open(
                "structure",
                "DocumentStructure",
                "The table of contents on a day; with `full` the text and all that is read in it.",
                schema_of::<DocumentStructure>(),
            )
            .on_a_day()
        },
        Part {
            single: true,
            long: true,
            parameters: vec![EID, LANG],
            forms: Format::ALL.map(|form| (form.as_str(), form.media_type())).to_vec(),
            ..Part::open("text", "TextInForce", "The text on a day, or a provision of it.", schema_of::<TextInForce>()).on_a_day()
        },
        Part {
            single: true,
            long: true,
            parameters: vec![FROM, TO, LANG],
            ..Part::open(
                "comparison",
                "DocumentComparison",
                "What is different between the texts of two days, by provision.",
                schema_of::<Comparison>(),
            )
        },
        Part {
            single: true,
            ..Part::open("validity", "Validity", "Whether the document is in force on a day, and why.", schema_of::<Validity>())
                .on_a_day()
        },
    ]
}

#[async_trait]
impl Resource for DocumentResource {
    fn description(&self) -> &Description {
        &self.description
    }

    fn may(&self, actor: &Actor, verb: Verb) -> bool {
        actor.may(match verb {
            Verb::Transition => Permission::DocumentsPublish,
            Verb::Create | Verb::Patch | Verb::Delete | Verb::ReadDrafts | Verb::Read => Permission::DocumentsWrite,
        })
    }

    async fn list(&self, actor: &Actor, query: &ListQuery) -> Result<Page<Row>, Problem> {
        Ok(self.documents.list(actor, query).await?)
    }

    async fn get_many(&self, actor: &Actor, ids: &[Id], view: &View) -> Result<Vec<Found>, Problem> {
        Ok(self.documents.get_many(actor, ids, view).await?)
    }

    async fn create(&self, call: &Call, input: Row) -> Result<Found, Problem> {
        Ok(self.documents.create(call, typed::<DocumentInput>(input)?).await?)
    }

    async fn patch(&self, call: &Call, target: Target, patch: Row) -> Result<Found, Problem> {
        Ok(self.documents.revise(call, target.id, target.seen, patch).await?)
    }

    async fn delete(&self, call: &Call, target: Target) -> Result<(), Problem> {
        Ok(self.documents.delete(call, target.id, target.seen).await?)
    }

    async fn transition(&self, call: &Call, target: Target, step: Step) -> Result<Found, Problem> {
        let action = Action::parse(&step.action).ok_or_else(Problem::internal)?;
        Ok(self.documents.transition(call, target.id, target.seen, (action, step.comment.as_deref())).await?)
    }

    async fn part(&self, actor: &Actor, id: Id, query: &PartQuery<'_>) -> Result<Option<Vec<Row>>, Problem> {
        let view = query.view;
        Ok(match query.name {
            "versions" => self.documents.versions(actor, id, text_query(query).lang.as_ref()).await?,
            "structure" => one(self.documents.structure(actor, id, &text_query(query), query.flag("full")).await?),
            "text" => one(self.documents.text(actor, id, &text_query(query)).await?),
            "comparison" => {
                let days = (query.day("from"), query.day("to"));
                one(self.documents.comparison(actor, id, days, text_query(query).lang.as_ref()).await?)
            }
            "relations" => self.documents.relations(actor, id, (view.state, view.as_of)).await?,
            "gazettes" => self.documents.gazettes(actor, id, view.state).await?,
            "timeline" => self.documents.timeline(actor, id, view.as_of).await?,
            "files" => {
                let files = self.documents.files(actor, id).await?;
                files.map(|files| files.iter().map(|file| file.to_row(id)).collect())
            }
            _ => self.documents.validity(actor, id, view.as_of).await?.map(|validity| vec![row_of(&validity)]),
        })
    }

    async fn text_size(&self, id: Id) -> Result<u64, Problem> {
        Ok(self.documents.text_size(id).await?)
    }

    async fn part_in_form(
        &self,
        actor: &Actor,
        id: Id,
        query: &PartQuery<'_>,
        form: InForm<'_>,
    ) -> Result<Option<Represented>, Problem> {
        let format = Format::parse(form.name).ok_or_else(Problem::internal)?;
        let Some(found) = self.documents.expression(actor, id, &text_query(query)).await? else { return Ok(None) };
        Ok(Some(found.render(format, form.origin.to_owned()).await?.into()))
    }

    async fn searched(&self, ids: &[Id]) -> Result<Vec<SearchDocument>, Problem> {
        Ok(self.documents.searched(ids).await?.into_iter().map(search_document).collect())
    }

    async fn touched(&self, ids: &[Id]) -> Result<Vec<Id>, Problem> {
        Ok(self.documents.acted_on_by(ids).await?)
    }

    async fn published_ids(&self, after: Option<Id>) -> Result<Vec<Id>, Problem> {
        Ok(self.documents.published_ids(after).await?)
    }
}

type Passages = std::sync::Arc<[search::Passage]>;

/// A document as the index knows it.
fn search_document(found: documents::SearchedDocument) -> SearchDocument {
    let text = |name: &str| found.row.get(name).and_then(|value| value.as_str()).map(str::to_owned);
    let date = text("issued_on");
    let mut facets: search::Facets = super::year(date.as_deref()).into_iter().collect();
    for (facet, field) in [("issuer", "issuer_id"), ("doc_type", "doc_type"), ("language", "language")] {
        facets.extend(text(field).map(|value| (facet.to_owned(), vec![value])));
    }
    let passage = |passage: &documents::Passage| search::Passage {
        eid: passage.eid.clone(),
        heading: passage.heading.clone(),
        text: passage.text.clone(),
    };
    // Texts that are the same on several times are kept once.
    let mut known: Vec<(usize, Passages)> = Vec::new();
    let mut times = Vec::with_capacity(found.times.len());
    for time in &found.times {
        let same = std::sync::Arc::as_ptr(&time.passages).addr();
        let made = known.iter().find(|(of, _)| *of == same).map(|(_, made)| made.clone());
        let passages = made.unwrap_or_else(|| {
            let made: Passages = time.passages.iter().map(passage).collect();
            known.push((same, made.clone()));
            made
        });
        times.push(search::Times {
            from: time.from,
            until: time.until,
            in_force: time.in_force(),
            facets: [("status".to_owned(), vec![time.status.as_str().to_owned()])].into(),
            passages,
        });
    }
    SearchDocument {
        id: found.id,
        resource_type: "document".to_owned(),
        number: text("number"),
        title: text("title").unwrap_or_default(),
        date,
        facets,
        times,
    }
}
