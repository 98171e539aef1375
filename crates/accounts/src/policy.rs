//! Who may do what with accounts.

use crate::Error;
use kernel::{Actor, Role};

/// Accounts are made by those in charge only: an administrator, or the operator of the server.
pub(crate) fn may_create(actor: &Actor) -> Result<(), Error> {
    match actor {
        Actor::Operator | Actor::Person { role: Role::Admin, .. } => Ok(()),
        Actor::Person { role: Role::Editor, .. } => Err(Error::NotInCharge),
        Actor::Anonymous => Err(Error::NotLoggedIn),
    }
}
