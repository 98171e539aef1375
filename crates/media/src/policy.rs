//! Who may do what. Deny by default.

use crate::Error;
use kernel::{Actor, Permission};
use store::Refusal;

/// Whether the caller sees what is not public.
pub(crate) fn sees_internal(actor: &Actor) -> bool {
    actor.may(Permission::MediaWrite)
}

/// Refuses a caller who lacks the permission.
pub(crate) fn require(actor: &Actor, permission: Permission) -> Result<(), Error> {
    Ok(Refusal::unless(actor, permission)?)
}
