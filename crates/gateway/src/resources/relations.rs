//! Relations between legal documents as a resource: readers list them, editors confirm, reject and add.

use super::typed;
use crate::description::{Description, Editions, Relation, schema_of, sort_by};
use crate::problem::Problem;
use crate::resource::{Resource, Target, Verb};
use async_trait::async_trait;
use documents::{DocumentRelation, RelationInput, Relations, relation_fields};
use kernel::query::{Direction, ListQuery};
use kernel::{Actor, Call, Found, Id, Page, Permission, Row, Text, View};

/// Relations between legal documents.
pub struct RelationResource {
    relations: Relations,
    description: Description,
}

impl RelationResource {
    /// Serves these relations.
    pub fn new(relations: Relations) -> Self {
        let titles = (
            Text::new("quan hệ giữa các văn bản", "relations between legal documents"),
            Text::new("quan hệ giữa hai văn bản", "relation between two legal documents"),
        );
        let to_document = |name: &'static str, id_field: &'static str| Relation {
            name: name.into(),
            target: "document".into(),
            id_field: id_field.into(),
            inline: vec!["id"],
        };
        let description = Description {
            schema: schema_of::<DocumentRelation>(),
            input: Some(schema_of::<RelationInput>()),
            fields: relation_fields(),
            default_sort: vec![sort_by("created_at", Direction::Desc)],
            relations: vec![to_document("document", "document_id"), to_document("target", "target_id")],
            heavy: vec!["occurrences".into()],
            editions: Editions::Draft,
            display: "relation".to_owned(),
            ..Description::simple("relation", "relations", "/v1/relations", titles)
        };
        Self { relations, description }
    }
}

#[async_trait]
impl Resource for RelationResource {
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
        Ok(self.relations.list(actor, query).await?)
    }

    async fn get_many(&self, actor: &Actor, ids: &[Id], view: &View) -> Result<Vec<Found>, Problem> {
        Ok(self.relations.get_many(actor, ids, view).await?)
    }

    async fn create(&self, call: &Call, input: Row) -> Result<Found, Problem> {
        Ok(self.relations.create(call, typed::<RelationInput>(input)?).await?)
    }

    async fn patch(&self, call: &Call, target: Target, patch: Row) -> Result<Found, Problem> {
        Ok(self.relations.revise(call, target.id, target.seen, patch).await?)
    }

    async fn delete(&self, call: &Call, target: Target) -> Result<(), Problem> {
        Ok(self.relations.delete(call, target.id, target.seen).await?)
    }
}
