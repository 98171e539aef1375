//! Webhooks: saved searches that tell another system of what they find.

use super::typed;
use crate::content::Content;
use crate::description::{Description, Part, Readers, schema_of, sort_by};
use crate::problem::Problem;
use crate::resource::{PartQuery, Resource, Step, Target, Verb};
use crate::webhooks::read_saved;
use ::webhooks::{Action, Webhook, WebhookDelivery, WebhookInput, Webhooks, webhook_fields};
use async_trait::async_trait;
use kernel::query::{Direction, ListQuery};
use kernel::{Actor, Call, Found, Id, Page, Permission, Row, Text, View};
use serde_json::{Value, json};

/// Webhooks.
pub struct WebhookResource {
    webhooks: Webhooks,
    /// What is served says what a search may ask for.
    content: Content,
    description: Description,
}

impl WebhookResource {
    /// Serves these webhooks, to whom they belong; what is served beside this content may be searched.
    pub fn new(webhooks: Webhooks, content: Content) -> Self {
        let titles = (Text::new("webhook", "webhooks"), Text::new("webhook", "webhook"));
        let description = Description {
            schema: with_pairs(schema_of::<Webhook>()),
            input: Some(with_pairs(schema_of::<WebhookInput>())),
            fields: webhook_fields(),
            default_sort: vec![sort_by("created_at", Direction::Desc)],
            actions: Action::NAMES.to_vec(),
            step: json!({ "type": "object", "properties": {
                "delivery_id": { "type": ["string", "null"], "format": "uuid",
                    "description": "replay: which delivery; every one that failed where it is left out." } } }),
            parts: vec![Part::of_staff(
                "deliveries",
                "WebhookDelivery",
                "What it has sent and is going to send, the newest first, at most 200.",
                schema_of::<WebhookDelivery>(),
            )],
            readers: Readers::Staff,
            display: "name".to_owned(),
            ..Description::simple("webhook", "webhooks", "/v1/webhooks", titles)
        };
        Self { webhooks, content, description }
    }

    /// Refuses a search that is not understood.
    fn understood(&self, search: &[(String, String)]) -> Result<(), Problem> {
        let catalog = self.content.catalog().ok_or_else(Problem::internal)?;
        read_saved(search, &catalog).map(|_| ())
    }
}

/// The schema of a search says what a pair is.
fn with_pairs(mut schema: Value) -> Value {
    if let Some(pair) = schema.pointer_mut("/properties/search/items") {
        *pair = json!({ "type": "array", "minItems": 2, "maxItems": 2, "items": { "type": "string", "maxLength": 2000 } });
    }
    schema
}

#[async_trait]
impl Resource for WebhookResource {
    fn description(&self) -> &Description {
        &self.description
    }

    fn may(&self, actor: &Actor, _: Verb) -> bool {
        actor.may(Permission::WebhooksManage)
    }

    async fn list(&self, actor: &Actor, query: &ListQuery) -> Result<Page<Row>, Problem> {
        Ok(self.webhooks.list(actor, query).await?)
    }

    async fn get_many(&self, actor: &Actor, ids: &[Id], view: &View) -> Result<Vec<Found>, Problem> {
        Ok(self.webhooks.get_many(actor, ids, view).await?)
    }

    async fn create(&self, call: &Call, input: Row) -> Result<Found, Problem> {
        let input = typed::<WebhookInput>(input)?;
        self.understood(&input.search)?;
        Ok(self.webhooks.create(call, input).await?)
    }

    async fn patch(&self, call: &Call, target: Target, patch: Row) -> Result<Found, Problem> {
        if let Some(search) = patch.get("search").filter(|search| !search.is_null()) {
            let search: Vec<(String, String)> = serde_json::from_value(search.clone()).map_err(|_| Problem::internal())?;
            self.understood(&search)?;
        }
        Ok(self.webhooks.revise(call, (target.id, target.seen), patch).await?)
    }

    async fn delete(&self, call: &Call, target: Target) -> Result<(), Problem> {
        Ok(self.webhooks.delete(call, (target.id, target.seen)).await?)
    }

    async fn transition(&self, call: &Call, target: Target, step: Step) -> Result<Found, Problem> {
        let delivery = step.with.get("delivery_id").and_then(Value::as_str).and_then(Id::parse);
        let action = Action::parse(&step.action, delivery).ok_or_else(Problem::internal)?;
        Ok(self.webhooks.act(call, (target.id, target.seen), action).await?)
    }

    async fn part(&self, actor: &Actor, id: Id, _: &PartQuery<'_>) -> Result<Option<Vec<Row>>, Problem> {
        Ok(self.webhooks.deliveries(actor, id).await?)
    }
}
