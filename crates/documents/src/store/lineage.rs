//! Walks along bodies: before, after, above; each is one recursive statement.

use super::a;
use crate::Error;
use kernel::Id;
use sea_orm::ConnectionTrait;
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{CommonTableExpression, Expr, ExprTrait, JoinType, Query, SelectStatement, UnionType, WithClause};
use store::sql::col;

/// The SELECT of the ids of these bodies and of all that they followed, over any number of steps.
pub(crate) fn with_predecessors(ids: Vec<Expr>) -> SelectStatement {
    along(ids, ["issuer_successions", "successor_id", "predecessor_id"])
}

/// The SELECT of the ids of these bodies and of all that followed them, over any number of steps.
pub(crate) fn with_successors(ids: Vec<Expr>) -> SelectStatement {
    along(ids, ["issuer_successions", "predecessor_id", "successor_id"])
}

/// The SELECT of the ids of these bodies and of all above them.
pub(crate) fn with_parents(ids: Vec<Expr>) -> SelectStatement {
    along(ids, ["issuers", "id", "parent_id"])
}

fn along(ids: Vec<Expr>, [table, from, to]: [&'static str; 3]) -> SelectStatement {
    let step = Query::select()
        .expr(col("s", to))
        .from_as(a(table), a("s"))
        .join(JoinType::InnerJoin, a("lineage"), col("lineage", "id").equals((a("s"), a(from))))
        .and_where(col("s", to).is_not_null())
        .to_owned();
    // UNION, not UNION ALL: what is met twice is gone along once, so that it ends whatever the rows say.
    let walk = Query::select()
        .column(a("id"))
        .from(a("issuers"))
        .and_where(Expr::col(a("id")).is_in(ids))
        .union(UnionType::Distinct, step)
        .to_owned();
    let lineage = CommonTableExpression::new().table_name(a("lineage")).column(a("id")).query(walk).to_owned();
    Query::select()
        .column(a("id"))
        .from(a("lineage"))
        .with_cte(WithClause::new().recursive(true).cte(lineage).to_owned())
        .to_owned()
}

/// The ids that such a SELECT finds.
pub(crate) async fn ids<C: ConnectionTrait>(conn: &C, select: &SelectStatement) -> Result<Vec<Id>, Error> {
    let rows = conn.query_all(select).await?;
    Ok(rows.iter().map(|row| row.try_get_by_index::<Uuid>(0).map(Id)).collect::<Result<_, _>>()?)
}
