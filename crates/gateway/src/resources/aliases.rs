//! Other names of legal documents.

use super::texts::to_document;
use super::typed;
use crate::description::{Changes, Description, schema_of, sort_by};
use crate::problem::Problem;
use crate::resource::{Resource, Target, Verb};
use async_trait::async_trait;
use documents::{Aliases, DocumentAlias, DocumentAliasInput, alias_fields};
use kernel::query::{Direction, ListQuery};
use kernel::{Actor, Call, Found, Id, Page, Permission, Row, Text, View};

/// Other names of documents.
pub struct AliasResource {
    aliases: Aliases,
    description: Description,
}

impl AliasResource {
    /// Serves these names.
    pub fn new(aliases: Aliases) -> Self {
        let titles = (
            Text::new("tên khác của văn bản", "other names of legal documents"),
            Text::new("tên khác của văn bản", "other name of a legal document"),
        );
        let description = Description {
            schema: schema_of::<DocumentAlias>(),
            input: Some(schema_of::<DocumentAliasInput>()),
            fields: alias_fields(),
            default_sort: vec![sort_by("alias", Direction::Asc)],
            relations: vec![to_document()],
            changes: Changes::Removal,
            display: "alias".to_owned(),
            ..Description::simple("document-alias", "document-aliases", "/v1/document-aliases", titles)
        };
        Self { aliases, description }
    }
}

#[async_trait]
impl Resource for AliasResource {
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
        Ok(self.aliases.list(actor, query).await?)
    }

    async fn get_many(&self, actor: &Actor, ids: &[Id], view: &View) -> Result<Vec<Found>, Problem> {
        Ok(self.aliases.get_many(actor, ids, view).await?)
    }

    async fn create(&self, call: &Call, input: Row) -> Result<Found, Problem> {
        Ok(self.aliases.create(call, typed::<DocumentAliasInput>(input)?).await?)
    }

    async fn delete(&self, call: &Call, target: Target) -> Result<(), Problem> {
        Ok(self.aliases.delete(call, target.id, target.seen).await?)
    }
}
