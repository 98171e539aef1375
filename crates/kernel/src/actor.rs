//! Who is asking, and what he may do.

use crate::Id;
use serde::{Deserialize, Serialize};

/// One right: a verb on a subject. Printed as `subject:verb`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Permission {
    /// Sees drafts; creates, changes and imports documents.
    DocumentsWrite,
    /// Publishes and withdraws documents.
    DocumentsPublish,
    /// Creates and changes issuing authorities.
    IssuersWrite,
    /// Deletes issuing authorities that nothing refers to.
    IssuersDelete,
    /// Adds, changes and retires content types.
    ContentTypesManage,
    /// Sees drafts; creates, changes and submits entries.
    ContentWrite,
    /// Reviews entries: approves and rejects them, but never what one wrote oneself.
    ContentApprove,
    /// Publishes, schedules and withdraws entries.
    ContentPublish,
    /// Reads reports of violations, takes entries down, rules on reports.
    ContentModerate,
    /// Enters dated rules with their legal basis.
    PoliciesManage,
    /// Sees internal media; uploads and changes media.
    MediaWrite,
    /// Deletes media.
    MediaDelete,
    /// Has webhooks, and sees and changes one's own.
    WebhooksManage,
    /// Sees and changes the webhooks of everybody.
    WebhooksOversee,
}

impl Permission {
    /// The right as it is printed, e.g. `documents:write`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::DocumentsWrite => "documents:write",
            Self::DocumentsPublish => "documents:publish",
            Self::IssuersWrite => "issuers:write",
            Self::IssuersDelete => "issuers:delete",
            Self::ContentTypesManage => "content-types:manage",
            Self::ContentWrite => "content:write",
            Self::ContentApprove => "content:approve",
            Self::ContentPublish => "content:publish",
            Self::ContentModerate => "content:moderate",
            Self::PoliciesManage => "policies:manage",
            Self::MediaWrite => "media:write",
            Self::MediaDelete => "media:delete",
            Self::WebhooksManage => "webhooks:manage",
            Self::WebhooksOversee => "webhooks:oversee",
        }
    }
}

const ADMIN: &[Permission] = &[
    Permission::DocumentsWrite,
    Permission::DocumentsPublish,
    Permission::IssuersWrite,
    Permission::IssuersDelete,
    Permission::ContentTypesManage,
    Permission::ContentWrite,
    Permission::ContentApprove,
    Permission::ContentPublish,
    Permission::ContentModerate,
    Permission::PoliciesManage,
    Permission::MediaWrite,
    Permission::MediaDelete,
    Permission::WebhooksManage,
    Permission::WebhooksOversee,
];

const EDITOR: &[Permission] = &[
    Permission::DocumentsWrite,
    Permission::DocumentsPublish,
    Permission::IssuersWrite,
    Permission::ContentWrite,
    Permission::ContentApprove,
    Permission::ContentPublish,
    Permission::ContentModerate,
    Permission::MediaWrite,
    Permission::MediaDelete,
    Permission::WebhooksManage,
];

/// A named set of permissions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Everything.
    Admin,
    /// Writes and publishes; does not remove what others refer to.
    Editor,
}

impl Role {
    /// The role of this name, if there is one.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "admin" => Some(Self::Admin),
            "editor" => Some(Self::Editor),
            _ => None,
        }
    }

    /// The name of the role.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::Editor => "editor",
        }
    }

    /// The permissions that the role gives.
    pub fn permissions(self) -> &'static [Permission] {
        match self {
            Self::Admin => ADMIN,
            Self::Editor => EDITOR,
        }
    }
}

/// The caller of a verb.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// Nobody in particular: reads what is published.
    Anonymous,
    /// A person with an account.
    Person {
        /// The account.
        account: Id,
        /// Its role.
        role: Role,
    },
    /// The operator at the command line or the server itself: may do everything.
    Operator,
}

impl Actor {
    /// Whether the caller holds the permission.
    pub fn may(&self, permission: Permission) -> bool {
        match self {
            Self::Anonymous => false,
            Self::Person { role, .. } => role.permissions().contains(&permission),
            Self::Operator => true,
        }
    }

    /// Whether nobody is logged in.
    pub fn is_anonymous(&self) -> bool {
        matches!(self, Self::Anonymous)
    }

    /// The account of the caller, if it is a person.
    pub fn account(&self) -> Option<Id> {
        match self {
            Self::Person { account, .. } => Some(*account),
            Self::Anonymous | Self::Operator => None,
        }
    }
}
