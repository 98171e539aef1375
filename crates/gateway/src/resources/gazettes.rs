//! Issues of the official gazette as a resource (L-4).

use super::typed;
use crate::description::{Description, Relation, schema_of, sort_by};
use crate::problem::Problem;
use crate::resource::{Resource, Target, Verb};
use async_trait::async_trait;
use documents::{Gazette, GazetteInput, Gazettes, gazette_fields};
use kernel::query::{Direction, ListQuery};
use kernel::{Actor, Call, Found, Id, Page, Permission, Row, Text, View};

/// Issues of the official gazette.
pub struct GazetteResource {
    gazettes: Gazettes,
    description: Description,
}

impl GazetteResource {
    /// Serves these issues.
    pub fn new(gazettes: Gazettes) -> Self {
        let titles = (
            Text::new("công báo điện tử", "issues of the official gazette"),
            Text::new("số Công báo", "issue of the official gazette"),
        );
        let description = Description {
            schema: schema_of::<Gazette>(),
            input: Some(schema_of::<GazetteInput>()),
            fields: gazette_fields(),
            default_sort: vec![sort_by("issued_on", Direction::Desc)],
            relations: vec![Relation {
                name: "issuer".into(),
                target: "issuer".into(),
                id_field: "issuer_id".into(),
                inline: vec!["id", "name", "slug", "code"],
            }],
            heavy: vec!["items".into()],
            display: "number".to_owned(),
            ..Description::simple("gazette", "gazettes", "/v1/gazettes", titles)
        };
        Self { gazettes, description }
    }
}

#[async_trait]
impl Resource for GazetteResource {
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
        Ok(self.gazettes.list(actor, query).await?)
    }

    async fn get_many(&self, actor: &Actor, ids: &[Id], view: &View) -> Result<Vec<Found>, Problem> {
        Ok(self.gazettes.get_many(actor, ids, view).await?)
    }

    async fn create(&self, call: &Call, input: Row) -> Result<Found, Problem> {
        Ok(self.gazettes.create(call, typed::<GazetteInput>(input)?).await?)
    }

    async fn patch(&self, call: &Call, target: Target, patch: Row) -> Result<Found, Problem> {
        Ok(self.gazettes.revise(call, target.id, target.seen, patch).await?)
    }

    async fn delete(&self, call: &Call, target: Target) -> Result<(), Problem> {
        Ok(self.gazettes.delete(call, target.id, target.seen).await?)
    }
}
