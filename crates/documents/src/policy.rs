//! Who may do what. Deny by default.

use crate::Error;
use kernel::query::State;
use kernel::{Actor, Permission};
use store::Refusal;

/// How much of documents a caller sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sees {
    /// What is published.
    Published,
    /// Working copies too.
    Drafts,
}

/// How much of documents the caller sees.
pub(crate) fn sees(actor: &Actor) -> Sees {
    if sees_drafts(actor) { Sees::Drafts } else { Sees::Published }
}

/// Whether the caller sees working copies.
pub(crate) fn sees_drafts(actor: &Actor) -> bool {
    actor.may(Permission::DocumentsWrite)
}

/// Refuses a caller who asks for drafts and may not see them.
pub(crate) fn may_read(actor: &Actor, state: State) -> Result<(), Error> {
    match state {
        State::Published => Ok(()),
        State::Draft => require(actor, Permission::DocumentsWrite),
    }
}

/// Refuses a caller who lacks the permission.
pub(crate) fn require(actor: &Actor, permission: Permission) -> Result<(), Error> {
    Ok(Refusal::unless(actor, permission)?)
}
