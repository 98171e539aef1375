//! One webhook.

use kernel::query::Field;
use serde::{Deserialize, Serialize};
use store::{Shape, Table, TableField};
use utoipa::ToSchema;

/// A saved search that tells another system of what it finds.
#[derive(Debug, Serialize, ToSchema)]
pub struct Webhook {
    /// Its id.
    #[schema(format = "uuid")]
    pub id: String,
    /// `webhook`.
    pub r#type: String,
    /// What people call it.
    pub name: String,
    /// Where it sends to.
    #[schema(format = "uri")]
    pub url: String,
    /// The parameters of `GET /v1/search`, each a name and a value; none for all that is published.
    pub search: Vec<Vec<String>>,
    /// `active`, `paused`, or `failing` when nothing arrived for five days.
    pub state: String,
    /// Why it does not send: `asked`, `gone` (the receiver answered 410), `unreachable` (nothing arrived for five days) or
    /// `search` (the search is not understood any more); null while it sends.
    pub reason: Option<String>,
    /// The secret that signs, `whsec_…`: only in the answer that makes it.
    pub secret: Option<String>,
    /// Whose it is.
    #[schema(format = "uuid")]
    pub owner_id: Option<String>,
    /// Counts every change.
    pub revision: i64,
    /// When it was made.
    #[schema(format = "date-time")]
    pub created_at: String,
    /// When it was last changed.
    #[schema(format = "date-time")]
    pub updated_at: String,
}

/// What makes or changes a webhook.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(title = "WebhookInput")]
#[serde(deny_unknown_fields)]
pub struct WebhookInput {
    /// What people call it.
    #[schema(min_length = 1, max_length = 200)]
    pub name: String,
    /// Where it sends to: an `https` address that can be reached from outside.
    #[schema(min_length = 1, max_length = 2000)]
    pub url: String,
    /// The parameters of `GET /v1/search`, each a name and a value: `[["q", "đất đai"], ["filter[type]", "document"]]`. Without
    /// any it tells of all that is published.
    #[schema(value_type = Vec<Vec<String>>, max_items = 50)]
    #[serde(default)]
    pub search: Vec<(String, String)>,
}

/// The `type` of webhooks.
pub(crate) const TYPE: &str = "webhook";

/// The table of webhooks, without their secrets.
pub(crate) const TABLE: Table = Table {
    name: "webhooks",
    resource: TYPE,
    fields: &[
        TableField::new("name", Shape::Text),
        TableField::new("url", Shape::Text),
        TableField::new("search", Shape::Json).unasked(),
        TableField::new("state", Shape::Text),
        TableField::new("reason", Shape::Text).nullable(),
        TableField::new("owner_id", Shape::Id).nullable(),
        TableField::new("revision", Shape::Whole).unasked(),
        TableField::new("created_at", Shape::Instant),
        TableField::new("updated_at", Shape::Instant),
    ],
    lowered: &["name"],
};

/// The fields by which webhooks can be filtered and sorted.
pub fn webhook_fields() -> Vec<Field> {
    TABLE.asked()
}
