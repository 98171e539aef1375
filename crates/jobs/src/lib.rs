//! The backbone of events: the outbox is numbered, and whoever follows changes is told of them.
//!
//! A change inserts its event without a position, in its own transaction ([`store::outbox`]). The
//! [`Sequencer`] numbers committed events 1, 2, 3 … without gaps; a [`Consumer`] is given them in
//! that order, at least once, on one node at a time. [`Runner`] keeps both going.
//!
//! Invariants: once a position can be read, no lower one appears later; the revisions of one
//! resource are numbered in their order; a cursor moves only after its consumer has succeeded,
//! and only by the node that holds its lease.

mod consumer;
mod delivery;
mod event;
mod failures;
mod lease;
mod runner;
mod sequencer;
mod task;

pub use consumer::{Consumer, ConsumerError};
pub use event::{Event, events_after, newest_position, pending};
pub use lease::{Node, lag, rewind, taken};
pub use runner::{Runner, Wake};
pub use sequencer::Sequencer;
pub use task::Task;
