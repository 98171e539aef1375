//! Legal documents as a resource.

use super::typed;
use crate::description::{Description, Editions, Relation, schema_of, sort_by};
use crate::problem::Problem;
use crate::resource::{Resource, Step, Verb};
use async_trait::async_trait;
use documents::{Action, Document, DocumentInput, Documents, document_fields};
use kernel::query::{Direction, ListQuery};
use kernel::{Actor, Call, Found, Id, Page, Permission, Revision, Row, Text, View};

/// Legal documents.
pub struct DocumentResource {
    documents: Documents,
    description: Description,
}

impl DocumentResource {
    /// Serves these documents.
    pub fn new(documents: Documents) -> Self {
        let description = Description {
            name: "document".into(),
            plural: "documents".into(),
            path: "/v1/documents".into(),
            title: Text::new("văn bản", "legal documents"),
            one: Text::new("văn bản", "legal document"),
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
            actions: Action::ALL.iter().map(|(name, _)| *name).collect(),
        };
        Self { documents, description }
    }
}

#[async_trait]
impl Resource for DocumentResource {
    fn description(&self) -> &Description {
        &self.description
    }

    fn may(&self, actor: &Actor, verb: Verb) -> bool {
        actor.may(match verb {
            Verb::Transition => Permission::DocumentsPublish,
            Verb::Create | Verb::Patch | Verb::Delete | Verb::ReadDrafts => Permission::DocumentsWrite,
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

    async fn patch(&self, call: &Call, id: Id, seen: Revision, patch: Row) -> Result<Found, Problem> {
        Ok(self.documents.revise(call, id, seen, patch).await?)
    }

    async fn delete(&self, call: &Call, id: Id, seen: Revision) -> Result<(), Problem> {
        Ok(self.documents.delete(call, id, seen).await?)
    }

    async fn transition(&self, call: &Call, id: Id, seen: Revision, step: Step) -> Result<Found, Problem> {
        let action = Action::parse(&step.action).ok_or_else(Problem::internal)?;
        Ok(self.documents.transition(call, id, seen, (action, step.comment.as_deref())).await?)
    }
}
