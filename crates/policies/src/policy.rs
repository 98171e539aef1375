//! One dated rule.

use kernel::query::Field;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::{Shape, Table, TableField};
use utoipa::ToSchema;

/// A dated rule with its legal basis.
#[derive(Debug, Serialize, ToSchema)]
pub struct Policy {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: String,
    /// `policy`.
    pub r#type: String,
    /// The province whose rule it is, as a slug.
    pub province: String,
    /// Which rule: `source-line`, `takedown-grounds`, `four-eyes` …
    pub name: String,
    /// The content type it is for; null where it is for all.
    pub scope: Option<String>,
    /// What it says.
    #[schema(value_type = Value)]
    pub value: Value,
    /// The first day it is in force.
    #[schema(format = "date")]
    pub effective_from: String,
    /// The first day it is no longer in force; null while none is set.
    #[schema(format = "date")]
    pub effective_to: Option<String>,
    /// The document and provision it stands on.
    pub legal_basis: String,
    /// Whether somebody has checked it against the text of its basis.
    pub verified: bool,
    /// Counts every change.
    pub revision: i64,
    /// When it was entered.
    #[schema(format = "date-time")]
    pub created_at: String,
    /// When it was last changed.
    #[schema(format = "date-time")]
    pub updated_at: String,
}

/// What enters or changes a rule.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(title = "PolicyInput")]
#[serde(deny_unknown_fields)]
pub struct PolicyInput {
    /// The province whose rule it is, as a slug.
    #[schema(max_length = 60, pattern = "^[a-z0-9]+(-[a-z0-9]+)*$")]
    pub province: String,
    /// Which rule.
    #[schema(max_length = 60, pattern = "^[a-z0-9]+(-[a-z0-9]+)*$")]
    pub name: String,
    /// The content type it is for; left out where it is for all.
    #[schema(max_length = 60, pattern = "^[a-z0-9]+(-[a-z0-9]+)*$")]
    #[serde(default)]
    pub scope: Option<String>,
    /// What it says; never null.
    #[schema(value_type = Value)]
    #[serde(default)]
    pub value: Value,
    /// The first day it is in force.
    #[schema(format = "date")]
    pub effective_from: String,
    /// The first day it is no longer in force.
    #[schema(format = "date")]
    #[serde(default)]
    pub effective_to: Option<String>,
    /// The document and provision it stands on.
    #[schema(min_length = 1, max_length = 300)]
    pub legal_basis: String,
    /// Whether somebody has checked it against the text of its basis.
    #[serde(default)]
    pub verified: bool,
}

pub(crate) const TABLE: Table = Table {
    name: "policies",
    resource: "policy",
    fields: &[
        TableField::new("province", Shape::Text),
        TableField::new("name", Shape::Text),
        TableField::new("scope", Shape::Text).nullable(),
        TableField::new("value", Shape::Json).unasked(),
        TableField::new("effective_from", Shape::Date),
        TableField::new("effective_to", Shape::Date).nullable(),
        TableField::new("legal_basis", Shape::Text),
        TableField::new("verified", Shape::Flag),
        TableField::new("revision", Shape::Whole).unasked(),
        TableField::new("created_at", Shape::Instant),
        TableField::new("updated_at", Shape::Instant),
    ],
    lowered: &["legal_basis"],
};

/// The fields by which rules can be filtered and sorted.
pub fn policy_fields() -> Vec<Field> {
    TABLE.asked()
}
