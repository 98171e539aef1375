//! Webhooks: saved searches that tell another system of what they find.
//!
//! A webhook is an address and a search. Whoever follows the events says what happened and which searches found it
//! ([`Webhooks::enter`]); from that come deliveries, one for each event and webhook, which [`Sender`] sends, signed by
//! Standard Webhooks 1.0 and tried again for a day. What a webhook has told of it follows to its end: that something was
//! withdrawn is told although no search finds it any more.
//!
//! Invariants: an event is told once however often it is entered; of several nodes one sends a delivery at a time; no
//! message goes to an address inside the network of the server ([`Reach`]), whatever the name it was resolved from; a secret
//! is shown when it is made and never again.

mod acting;
mod delivery;
mod entering;
mod error;
mod following;
mod guard;
mod outcome;
mod policy;
mod reach;
mod seal;
mod secret;
mod sending;
mod sweeping;
mod taking;
mod target;
mod webhook;
mod webhooks;

pub use acting::Action;
pub use delivery::WebhookDelivery;
pub use entering::{About, Change, Happened};
pub use error::Error;
pub use following::Followed;
pub use reach::Reach;
pub use sending::Sender;
pub use webhook::{Webhook, WebhookInput, webhook_fields};
pub use webhooks::Webhooks;
