//! A list: filter, order, page and total over one SELECT.

use crate::keyset::{FirstKey, Key, Phase, Walk, id_direction, phases, walk};
use crate::{Column, Error, condition};
use kernel::query::{Direction, FieldKind, ListQuery, Number, Value};
use kernel::{Id, Page, Place, Position, Total};
use sea_orm::sea_query::{Expr, Func, NullOrdering, Order, SelectStatement};
use sea_orm::{ConnectionTrait, QueryResult};

/// What a list is read from.
pub struct Listing<'a> {
    /// `SELECT` of the projected columns, `FROM`, joins, and the conditions of what may be seen.
    pub select: SelectStatement,
    /// How many columns it projects.
    pub width: usize,
    /// Every field that can be filtered or sorted by.
    pub columns: &'a [Column],
    /// The id that breaks ties.
    pub id: Expr,
}

/// Reads one page; `read` turns a row (its projected columns by index) into an item.
pub async fn list<C: ConnectionTrait, T>(
    conn: &C,
    listing: Listing<'_>,
    query: &ListQuery,
    read: impl Fn(&QueryResult) -> Result<T, Error>,
) -> Result<Page<T>, Error> {
    let mut select = listing.select;
    select.cond_where(condition(&query.filter, listing.columns));
    let total = match query.page.total {
        Total::Skip => None,
        Total::Count => Some(count(conn, select.clone()).await?),
    };
    let keys: Vec<Key<'_>> = query
        .sort
        .iter()
        .filter_map(|key| {
            let column = listing.columns.iter().find(|column| column.field.name == key.field)?;
            Some(Key { column, direction: key.direction })
        })
        .collect();
    for key in &keys {
        select.expr(key.column.expr.clone());
    }
    select.expr(listing.id.clone());

    let size = usize::try_from(query.page.size).unwrap_or(usize::MAX);
    let way = walk(&query.page.place);
    let mut items = Vec::with_capacity(size + 1);
    for phase in phases(&keys, &listing.id, &query.page.place) {
        let wanted = size + 1 - items.len();
        let statement = ordered(select.clone(), &phase, &keys, &listing.id, way).limit(wanted as u64).to_owned();
        for row in conn.query_all(&statement).await? {
            items.push((position(&row, listing.width, &keys)?, read(&row)?));
        }
        if items.len() > size {
            break;
        }
    }
    let more = items.len() > size;
    items.truncate(size);
    let (more_after, more_before) = match way {
        Walk::Forward => (more, matches!(query.page.place, Place::After(_))),
        Walk::Backward => {
            items.reverse();
            (matches!(query.page.place, Place::Before(_)), more)
        }
    };
    Ok(Page { items, more_after, more_before, total })
}

async fn count<C: ConnectionTrait>(conn: &C, mut select: SelectStatement) -> Result<u64, Error> {
    select.clear_selects().expr(Func::count(Expr::val(1)));
    let rows = match conn.query_one(&select).await? {
        Some(row) => row.try_get_by_index::<i64>(0)?,
        None => 0,
    };
    Ok(u64::try_from(rows).unwrap_or(0))
}

fn ordered(mut select: SelectStatement, phase: &Phase, keys: &[Key<'_>], id: &Expr, way: Walk) -> SelectStatement {
    let order = |direction| match (direction, way) {
        (Direction::Asc, Walk::Forward) | (Direction::Desc, Walk::Backward) => Order::Asc,
        (Direction::Desc, Walk::Forward) | (Direction::Asc, Walk::Backward) => Order::Desc,
    };
    select.cond_where(phase.condition.clone());
    for (at, key) in keys.iter().enumerate() {
        let settled = at == 0 && phase.first_key == FirstKey::Missing;
        if settled {
            continue;
        }
        let may_be_missing = key.column.field.nullable && !(at == 0 && phase.first_key == FirstKey::Present);
        let expr = key.column.expr.clone();
        if may_be_missing {
            let nulls = if way == Walk::Forward { NullOrdering::Last } else { NullOrdering::First };
            select.order_by_expr_with_nulls(expr, order(key.direction), nulls);
        } else {
            select.order_by_expr(expr, order(key.direction));
        }
    }
    select.order_by_expr(id.clone(), order(id_direction(keys)));
    select
}

fn position(row: &QueryResult, width: usize, keys: &[Key<'_>]) -> Result<Position, Error> {
    let mut values = Vec::with_capacity(keys.len());
    for (at, key) in keys.iter().enumerate() {
        let index = width + at;
        values.push(
            match key.column.field.kind {
                FieldKind::Text | FieldKind::Date => row.try_get_by_index::<Option<String>>(index)?.map(Value::Text),
                FieldKind::Instant | FieldKind::Integer => row.try_get_by_index::<Option<i64>>(index)?.map(Value::Int),
                FieldKind::Number => row.try_get_by_index::<Option<f64>>(index)?.and_then(Number::new).map(Value::Number),
                FieldKind::Boolean => row.try_get_by_index::<Option<bool>>(index)?.map(Value::Bool),
                FieldKind::Id => row.try_get_by_index::<Option<sea_orm::prelude::Uuid>>(index)?.map(|id| Value::Id(Id(id))),
            }
            .unwrap_or(Value::Null),
        );
    }
    Ok(Position { keys: values, id: Id(row.try_get_by_index(width + keys.len())?) })
}
