//! Who may do what. Deny by default.

use crate::{Action, Error};
use kernel::query::State;
use kernel::{Actor, Id, Permission};
use store::Refusal;

/// Whether the caller sees working copies.
pub(crate) fn sees_drafts(actor: &Actor) -> bool {
    actor.may(Permission::ContentWrite) || actor.may(Permission::ContentApprove)
}

/// Refuses a caller who asks for drafts and may not see them.
pub(crate) fn may_read(actor: &Actor, state: State) -> Result<(), Error> {
    match state {
        State::Draft if !sees_drafts(actor) => Ok(Refusal::unless(actor, Permission::ContentWrite)?),
        State::Draft | State::Published => Ok(()),
    }
}

/// The permission that an action asks for.
pub(crate) fn permission(action: Action) -> Permission {
    match action {
        Action::Submit | Action::Comment | Action::Translate | Action::Send | Action::Restore | Action::Discard => {
            Permission::ContentWrite
        }
        Action::Review | Action::Approve | Action::Reject | Action::Assign => Permission::ContentApprove,
        Action::Publish | Action::Schedule | Action::Unschedule | Action::Withdraw => Permission::ContentPublish,
        Action::Takedown => Permission::ContentModerate,
    }
}

/// Refuses to let anybody approve what he wrote or changed, administrators included (C-30).
pub(crate) fn four_eyes(actor: &Actor, contributors: &[Id]) -> Result<(), Error> {
    match actor.account() {
        Some(account) if contributors.contains(&account) => Err(Error::FourEyes),
        _ => Ok(()),
    }
}
