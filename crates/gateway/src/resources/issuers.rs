//! Issuing authorities as a resource.

use super::typed;
use crate::description::{Description, Relation, schema_of, sort_by};
use crate::problem::Problem;
use crate::resource::{Resource, Target, Verb};
use async_trait::async_trait;
use documents::{Issuer, IssuerInput, Issuers, issuer_fields};
use kernel::query::{Direction, ListQuery};
use kernel::{Actor, Call, Found, Id, Page, Permission, Row, Text, View};

/// Issuing authorities.
pub struct IssuerResource {
    issuers: Issuers,
    description: Description,
}

impl IssuerResource {
    /// Serves these issuing authorities.
    pub fn new(issuers: Issuers) -> Self {
        let titles = (Text::new("cơ quan ban hành", "issuing authorities"), Text::new("cơ quan ban hành", "issuing authority"));
        let description = Description {
            schema: schema_of::<Issuer>(),
            input: Some(schema_of::<IssuerInput>()),
            fields: issuer_fields(),
            default_sort: vec![sort_by("name", Direction::Asc)],
            relations: vec![Relation {
                name: "parent".into(),
                target: "issuer".into(),
                id_field: "parent_id".into(),
                inline: Vec::new(),
            }],
            ..Description::simple("issuer", "issuers", "/v1/issuers", titles)
        };
        Self { issuers, description }
    }
}

#[async_trait]
impl Resource for IssuerResource {
    fn description(&self) -> &Description {
        &self.description
    }

    fn may(&self, actor: &Actor, verb: Verb) -> bool {
        actor.may(match verb {
            Verb::Delete => Permission::IssuersDelete,
            Verb::Create | Verb::Patch | Verb::Transition | Verb::ReadDrafts | Verb::Read => Permission::IssuersWrite,
        })
    }

    async fn list(&self, _: &Actor, query: &ListQuery) -> Result<Page<Row>, Problem> {
        Ok(self.issuers.list(query).await?)
    }

    async fn get_many(&self, _: &Actor, ids: &[Id], view: &View) -> Result<Vec<Found>, Problem> {
        Ok(self.issuers.get_many(ids, &view.fields).await?)
    }

    async fn create(&self, call: &Call, input: Row) -> Result<Found, Problem> {
        Ok(self.issuers.create(call, typed::<IssuerInput>(input)?).await?)
    }

    async fn patch(&self, call: &Call, target: Target, patch: Row) -> Result<Found, Problem> {
        Ok(self.issuers.revise(call, target.id, target.seen, patch).await?)
    }

    async fn delete(&self, call: &Call, target: Target) -> Result<(), Problem> {
        Ok(self.issuers.delete(call, target.id, target.seen).await?)
    }
}
