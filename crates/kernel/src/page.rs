//! Pages of a list by keyset: a page starts beside a place, not at a number.

use crate::Id;
use crate::query::Value;

/// Where a row stands in an order: the values of its sort keys, then its id.
#[derive(Debug, Clone, PartialEq)]
pub struct Position {
    /// Values of the sort keys, in their order; a missing value is `Null`.
    pub keys: Vec<Value>,
    /// The tie-breaker.
    pub id: Id,
}

/// Which side of a position a page lies on.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Place {
    /// The beginning of the list.
    #[default]
    Start,
    /// The end of the list.
    End,
    /// After the position.
    After(Position),
    /// Before the position, in the same order.
    Before(Position),
}

/// Whether the count of all rows is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Total {
    /// No: counting costs.
    #[default]
    Skip,
    /// Yes.
    Count,
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct PageRequest {
    /// Rows at most, 1 to 100.
    pub size: u32,
    /// Where it lies.
    pub place: Place,
    /// Whether to count.
    pub total: Total,
}

impl PageRequest {
    /// The page size when none is asked for.
    pub const DEFAULT_SIZE: u32 = 20;
    /// The largest page size.
    pub const MAX_SIZE: u32 = 100;
}

impl Default for PageRequest {
    fn default() -> Self {
        Self { size: Self::DEFAULT_SIZE, place: Place::Start, total: Total::Skip }
    }
}

/// The rows of a page, with what lies beside it.
#[derive(Debug, Clone)]
pub struct Page<T> {
    /// Each row with its position.
    pub items: Vec<(Position, T)>,
    /// Whether rows come after the last one.
    pub more_after: bool,
    /// Whether rows come before the first one.
    pub more_before: bool,
    /// The count of all rows, when asked for.
    pub total: Option<u64>,
}
