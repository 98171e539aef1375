//! The circumstances of one call of a verb.

use crate::{Actor, Id};

/// Who calls, under which request, and whether the call may be a repetition.
#[derive(Debug, Clone)]
pub struct Call {
    /// The caller.
    pub actor: Actor,
    /// The request that the call belongs to; kept with every event.
    pub request_id: Option<Id>,
    /// The claim of an `Idempotency-Key`, if the caller sent one.
    pub claim: Option<Claim>,
}

impl Call {
    /// A call of the operator: command line, first start, sample content.
    pub fn operator() -> Self {
        Self { actor: Actor::Operator, request_id: None, claim: None }
    }

    /// A call of `actor` without a request around it.
    pub fn of(actor: Actor) -> Self {
        Self { actor, request_id: None, claim: None }
    }
}

/// A reserved idempotency key: whoever holds it writes the first result with the change itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Hash of caller, method, path and key.
    pub key: String,
    /// Marks the holder, so that an expired claim taken over by another is not completed twice.
    pub holder: Id,
}
