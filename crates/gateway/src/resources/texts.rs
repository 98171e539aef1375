//! Texts of legal documents that editors enter: consolidated from a day on, or translated.

use super::typed;
use crate::description::{Description, Relation, schema_of, sort_by};
use crate::problem::Problem;
use crate::resource::{Resource, Target, Verb};
use async_trait::async_trait;
use documents::{EnteredText, EnteredTextInput, EnteredTexts, text_fields};
use kernel::query::{Direction, ListQuery};
use kernel::{Actor, Call, Found, Id, Page, Permission, Row, Text, View};

/// Texts that editors enter.
pub struct TextResource {
    texts: EnteredTexts,
    description: Description,
}

/// The relation to the document that something is of.
pub(super) fn to_document() -> Relation {
    Relation { name: "document".into(), target: "document".into(), id_field: "document_id".into(), inline: vec!["id"] }
}

impl TextResource {
    /// Serves these texts.
    pub fn new(texts: EnteredTexts) -> Self {
        let titles = (
            Text::new("văn bản hợp nhất và bản dịch", "consolidated texts and translations"),
            Text::new("văn bản hợp nhất hoặc bản dịch", "consolidated text or translation"),
        );
        let description = Description {
            schema: schema_of::<EnteredText>(),
            input: Some(schema_of::<EnteredTextInput>()),
            fields: text_fields(),
            default_sort: vec![sort_by("valid_from", Direction::Desc)],
            relations: vec![to_document()],
            heavy: vec!["body_text".into()],
            display: "basis".to_owned(),
            ..Description::simple("document-text", "document-texts", "/v1/document-texts", titles)
        };
        Self { texts, description }
    }
}

#[async_trait]
impl Resource for TextResource {
    fn description(&self) -> &Description {
        &self.description
    }

    fn may(&self, actor: &Actor, verb: Verb) -> bool {
        actor.may(match verb {
            Verb::ReadDrafts | Verb::Read => Permission::DocumentsWrite,
            Verb::Create | Verb::Patch | Verb::Delete | Verb::Transition => Permission::DocumentsPublish,
        })
    }

    async fn list(&self, actor: &Actor, query: &ListQuery) -> Result<Page<Row>, Problem> {
        Ok(self.texts.list(actor, query).await?)
    }

    async fn get_many(&self, actor: &Actor, ids: &[Id], view: &View) -> Result<Vec<Found>, Problem> {
        Ok(self.texts.get_many(actor, ids, view).await?)
    }

    async fn create(&self, call: &Call, input: Row) -> Result<Found, Problem> {
        Ok(self.texts.create(call, typed::<EnteredTextInput>(input)?).await?)
    }

    async fn patch(&self, call: &Call, target: Target, patch: Row) -> Result<Found, Problem> {
        Ok(self.texts.revise(call, target.id, target.seen, patch).await?)
    }

    async fn delete(&self, call: &Call, target: Target) -> Result<(), Problem> {
        Ok(self.texts.delete(call, target.id, target.seen).await?)
    }
}
