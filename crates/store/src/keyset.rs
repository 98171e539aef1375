//! Keyset paging: the rows beside a position, with missing values last in both directions.
//!
//! A page may need two phases where the first sort key can be missing: rows that have it, then
//! rows that do not (or the reverse, walking backwards). Each phase is a range an index can seek,
//! so a walk of any length costs the same per page.

use crate::Column;
use crate::filter::bound;
use kernel::query::{Direction, Value};
use kernel::{Place, Position};
use sea_orm::sea_query::{Cond, Condition, Expr, ExprTrait};

/// One key of the order, as SQL.
pub(crate) struct Key<'a> {
    pub column: &'a Column,
    pub direction: Direction,
}

/// One statement of a page.
pub(crate) struct Phase {
    pub condition: Condition,
    /// Whether the first key is missing in all rows, in none, or unknown.
    pub first_key: FirstKey,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum FirstKey {
    Any,
    Present,
    Missing,
}

/// Which way rows are read from the position.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Walk {
    Forward,
    Backward,
}

pub(crate) fn walk(place: &Place) -> Walk {
    match place {
        Place::Start | Place::After(_) => Walk::Forward,
        Place::End | Place::Before(_) => Walk::Backward,
    }
}

/// The direction of the id, which breaks ties: that of the last key, so that one index serves both.
pub(crate) fn id_direction(keys: &[Key<'_>]) -> Direction {
    keys.last().map_or(Direction::Asc, |key| key.direction)
}

/// The phases of a page at `place`, in the order in which their rows are read.
pub(crate) fn phases(keys: &[Key<'_>], id: &Expr, place: &Place) -> Vec<Phase> {
    let position = match place {
        Place::Start | Place::End => return vec![Phase { condition: Cond::all(), first_key: FirstKey::Any }],
        Place::After(position) | Place::Before(position) => position,
    };
    let walk = walk(place);
    let beside = beyond(keys, id, position, walk);
    let Some((first, value)) = keys.first().zip(position.keys.first()) else {
        return vec![Phase { condition: beside, first_key: FirstKey::Any }];
    };
    if !first.column.field.nullable {
        return vec![Phase { condition: bounded(first, value, walk).add(beside), first_key: FirstKey::Present }];
    }
    let missing = || first.column.expr.clone().is_null();
    let rest = |first_key| Phase {
        condition: Cond::all().add(if first_key == FirstKey::Missing {
            missing()
        } else {
            first.column.expr.clone().is_not_null()
        }),
        first_key,
    };
    match (value, walk) {
        (Value::Null, Walk::Forward) => {
            vec![Phase { condition: Cond::all().add(missing()).add(beside), first_key: FirstKey::Missing }]
        }
        (Value::Null, Walk::Backward) => vec![
            Phase { condition: Cond::all().add(missing()).add(beside), first_key: FirstKey::Missing },
            rest(FirstKey::Present),
        ],
        (_, Walk::Forward) => vec![
            Phase { condition: bounded(first, value, walk).add(beside), first_key: FirstKey::Present },
            rest(FirstKey::Missing),
        ],
        (_, Walk::Backward) => {
            vec![Phase { condition: bounded(first, value, walk).add(beside), first_key: FirstKey::Present }]
        }
    }
}

/// The plain bound on the first key, which an index can seek to.
fn bounded(first: &Key<'_>, value: &Value, walk: Walk) -> Condition {
    let expr = first.column.expr.clone();
    let up = (first.direction == Direction::Asc) == (walk == Walk::Forward);
    Cond::all().add(if up { expr.gte(bound(value)) } else { expr.lte(bound(value)) })
}

/// Rows strictly beyond the position, by all keys and the id.
fn beyond(keys: &[Key<'_>], id: &Expr, position: &Position, walk: Walk) -> Condition {
    let mut any = Cond::any();
    let mut equal = Cond::all();
    for (key, value) in keys.iter().zip(&position.keys) {
        if let Some(step) = past(key, value, walk) {
            any = any.add(equal.clone().add(step));
        }
        equal = equal.add(match value {
            Value::Null => key.column.expr.clone().is_null(),
            value => key.column.expr.clone().eq(bound(value)),
        });
    }
    let up = (id_direction(keys) == Direction::Asc) == (walk == Walk::Forward);
    let id = id.clone();
    any.add(equal.add(if up { id.gt(position.id.0) } else { id.lt(position.id.0) }))
}

/// Rows beyond `value` by one key, missing values last; `None` when there can be none.
fn past(key: &Key<'_>, value: &Value, walk: Walk) -> Option<Condition> {
    let expr = || key.column.expr.clone();
    let up = (key.direction == Direction::Asc) == (walk == Walk::Forward);
    match (value, walk) {
        (Value::Null, Walk::Forward) => None,
        (Value::Null, Walk::Backward) => Some(Cond::all().add(expr().is_not_null())),
        (value, walk) => {
            let beyond = if up { expr().gt(bound(value)) } else { expr().lt(bound(value)) };
            Some(match walk {
                Walk::Forward if key.column.field.nullable => Cond::any().add(beyond).add(expr().is_null()),
                _ => Cond::any().add(beyond),
            })
        }
    }
}
