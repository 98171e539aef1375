//! Whoever follows changes.

use crate::Event;
use async_trait::async_trait;

/// Why a consumer could not take a batch: any error, or a text.
pub type ConsumerError = Box<dyn std::error::Error + Send + Sync>;

/// Follows changes: search indexing, webhooks, mail, reports.
///
/// A batch may be delivered again (after a failure, a crash or a lost lease), so `consume` is
/// idempotent by event id or by the resource's present state.
#[async_trait]
pub trait Consumer: Send + Sync + 'static {
    /// The name of its cursor; never changed, and not `sequencer`.
    fn name(&self) -> &'static str;

    /// Takes the next events, in order. After an error the same events are delivered again.
    async fn consume(&self, events: &[Event]) -> Result<(), ConsumerError>;
}
