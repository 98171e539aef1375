//! Who may do what: everybody with the right has webhooks of his own, and only who oversees them sees those of others.

use crate::Error;
use kernel::{Actor, Id, Permission};
use sea_orm::sea_query::{Condition, Expr, ExprTrait};
use store::Refusal;
use store::sql::a;

/// Refuses a caller who has no webhooks at all.
pub(crate) fn may_manage(actor: &Actor) -> Result<(), Error> {
    Ok(Refusal::unless(actor, Permission::WebhooksManage)?)
}

/// The rows that the caller sees.
pub(crate) fn seen(actor: &Actor) -> Condition {
    if actor.may(Permission::WebhooksOversee) {
        return Condition::all();
    }
    match actor.account() {
        Some(account) => Condition::all().add(Expr::col(a("owner_id")).eq(account.0)),
        None => Condition::all().add(Expr::val(1).eq(0)),
    }
}

/// Whether the caller sees a webhook of this owner.
pub(crate) fn sees(actor: &Actor, owner: Option<Id>) -> bool {
    actor.may(Permission::WebhooksOversee) || (owner.is_some() && owner == actor.account())
}
