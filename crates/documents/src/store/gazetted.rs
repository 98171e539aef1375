//! In which issue of the gazette a document stands, as SQL over its edition `e`: what the document says itself, else the first
//! issue that agrees with what it says.

use super::{a, col};
use sea_orm::sea_query::{Expr, ExprTrait, Func, JoinType, Order, Query};

/// Number of the issue.
pub(crate) fn number() -> Expr {
    either("gazette_number", "number")
}

/// The same in lower case.
pub(crate) fn number_lower() -> Expr {
    either("gazette_number_lower", "number_lower")
}

/// Day of the issue.
pub(crate) fn date() -> Expr {
    either("gazette_date", "issued_on")
}

fn either(own: &'static str, of_issue: &'static str) -> Expr {
    let mut issue = Query::select();
    issue
        .expr(col("g", of_issue))
        .from_as(a("gazette_items"), a("x"))
        .join_as(JoinType::InnerJoin, a("gazettes"), a("g"), col("g", "id").equals((a("x"), a("gazette_id"))))
        .and_where(col("x", "document_id").equals((a("e"), a("document_id"))))
        .order_by_expr(col("g", "issued_on"), Order::Asc)
        .order_by_expr(col("g", "id"), Order::Asc)
        .limit(1);
    // Asked only where the document itself is silent; the other thing that it may say has to agree.
    let (says, is) = if own == "gazette_date" { ("gazette_number_lower", "number_lower") } else { ("gazette_date", "issued_on") };
    issue.and_where(col("e", says).is_null().or(col("g", is).equals((a("e"), a(says)))));
    Func::coalesce([col("e", own), Expr::SubQuery(None, Box::new(issue.into()))]).into()
}
