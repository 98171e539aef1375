//! Fields as columns.

use super::gazetted;
use super::lineage::with_predecessors;
use crate::status::Status;
use kernel::print_date;
use kernel::query::{Field, FieldKind};
use sea_orm::sea_query::{Alias, CaseStatement, Cond, Expr, ExprTrait, Func, JoinType, Order, Query};
use store::Column;
use time::Date;

/// A name in SQL.
pub(crate) fn a(name: &'static str) -> Alias {
    Alias::new(name)
}

/// A column of a table under its alias: `e` editions, `d` documents, `i` issuers, `b` bodies.
pub(crate) fn col(table: &'static str, name: &'static str) -> Expr {
    Expr::col((a(table), a(name)))
}

#[derive(Clone, Copy)]
enum Sort {
    Yes,
    No,
}

fn field(name: &'static str, kind: FieldKind, nullable: bool, sort: Sort) -> Field {
    Field { name: name.into(), kind, nullable, sortable: matches!(sort, Sort::Yes) }
}

/// The fields by which documents can be filtered and sorted.
pub fn document_fields() -> Vec<Field> {
    use FieldKind::{Date, Id, Instant, Text};
    vec![
        field("id", Id, false, Sort::No),
        field("number", Text, true, Sort::Yes),
        field("doc_type", Text, true, Sort::Yes),
        field("title", Text, true, Sort::Yes),
        field("issuer_id", Id, true, Sort::No),
        field("issuer_lineage", Id, true, Sort::No),
        field("place", Text, true, Sort::Yes),
        field("issued_on", Date, true, Sort::Yes),
        field("effective_on", Date, true, Sort::Yes),
        field("expires_on", Date, true, Sort::Yes),
        field("status", Text, false, Sort::No),
        field("state", Text, false, Sort::No),
        field("signer_name", Text, true, Sort::Yes),
        field("signer_title", Text, true, Sort::Yes),
        field("signer_capacity", Text, true, Sort::No),
        field("gazette_number", Text, true, Sort::No),
        field("gazette_date", Date, true, Sort::Yes),
        field("language", Text, false, Sort::No),
        field("created_at", Instant, false, Sort::Yes),
        field("updated_at", Instant, false, Sort::Yes),
        field("published_at", Instant, true, Sort::Yes),
    ]
}

/// The same as SQL; `status` is computed for `day`.
pub(crate) fn document_columns(day: Date) -> Vec<Column> {
    let lowered = |name: &str| match name {
        "number" => Some("number_lower"),
        "title" => Some("title_lower"),
        "place" => Some("place_lower"),
        "signer_name" => Some("signer_name_lower"),
        "signer_title" => Some("signer_title_lower"),
        "signer_capacity" => Some("signer_capacity_lower"),
        "gazette_number" => Some("gazette_number_lower"),
        "language" => Some("language_lower"),
        _ => None,
    };
    document_fields()
        .into_iter()
        .map(|field| {
            let expr = match field.name.as_ref() {
                "id" => col("e", "document_id"),
                "status" => status_on(day),
                "gazette_number" => gazetted::number(),
                "gazette_date" => gazetted::date(),
                "issuer_lineage" => col("e", "issuer_id"),
                name => Expr::col((a("e"), Alias::new(name))),
            };
            let lower = match lowered(&field.name) {
                Some("gazette_number_lower") => gazetted::number_lower(),
                Some(name) => col("e", name),
                None => expr.clone(),
            };
            // A body stands for itself and all that it followed.
            let meant = (field.name == "issuer_lineage").then_some(with_predecessors as fn(_) -> _);
            Column { lower, meant, ..Column::plain(field, expr) }
        })
        .collect()
}

/// The rule of [`crate::validity`] in SQL.
pub(crate) fn status_on(day: Date) -> Expr {
    let day = print_date(day);
    CaseStatement::new()
        .case(
            col("e", "expires_on").lte(day.clone()).or(done_to(&["replaces", "repeals"], Some(true), &day)),
            Status::Expired.as_str(),
        )
        .case(effective_on("e").gt(day.clone()).and(begun("e", &day).not()), Status::NotYetInForce.as_str())
        .case(effective_on("e").is_null(), Status::Unknown.as_str())
        .case(done_to(&["suspends"], Some(true), &day), Status::Suspended.as_str())
        .case(
            done_to(&["amends"], None, &day)
                .or(done_to(&["replaces", "repeals", "suspends"], Some(false), &day))
                .or(effective_on("e").gt(day.clone()))
                .or(col("e", "last_part_on").gt(day.clone())),
            Status::PartlyInForce.as_str(),
        )
        .finally(Status::InForce.as_str())
        .into()
}

/// The day of effect of an edition: the one that another published document gives it, else its own.
pub(crate) fn effective_on(edition: &'static str) -> Expr {
    let live = Cond::all().add(col("t", "document_id").equals((a("q"), a("document_id")))).add(col("t", "live"));
    let given = Query::select()
        .expr(col("q", "target_effective_on"))
        .from_as(a("document_relations"), a("q"))
        .join_as(JoinType::InnerJoin, a("document_editions"), a("t"), live)
        .and_where(col("q", "target_id").equals((a(edition), a("document_id"))))
        .and_where(col("q", "target_effective_on").is_not_null())
        .and_where(col("q", "standing").ne("rejected"))
        .and_where(col("q", "edition_id").is_null().or(col("q", "edition_id").equals((a("t"), a("id")))))
        // Databases disagree about where a missing day stands.
        .order_by_expr(Func::coalesce([col("t", "issued_on"), Expr::val("")]).into(), Order::Desc)
        .order_by((a("q"), a("id")), Order::Desc)
        .limit(1)
        .to_owned();
    Func::coalesce([Expr::SubQuery(None, Box::new(given.into())), col(edition, "effective_on")]).into()
}

/// Whether some provisions have taken effect by that day.
fn begun(edition: &'static str, day: &str) -> Expr {
    Func::coalesce([col(edition, "first_part_on").lte(day), Expr::val(false)]).into()
}

/// Whether another published document has done this to the one of the edition `e` by that day.
fn done_to(relations: &[&'static str], whole: Option<bool>, day: &str) -> Expr {
    let begins = Func::coalesce([col("r", "effective_on"), effective_on("s")]);
    let mut select = Query::select();
    select
        .expr(Expr::val(1))
        .from_as(a("document_relations"), a("r"))
        .join_as(
            JoinType::InnerJoin,
            a("document_editions"),
            a("s"),
            Cond::all().add(col("s", "document_id").equals((a("r"), a("document_id")))).add(col("s", "live")),
        )
        .and_where(col("r", "target_id").equals((a("e"), a("document_id"))))
        .and_where(col("r", "relation").is_in(relations.iter().copied()))
        .and_where(col("r", "standing").ne("rejected"))
        .and_where(col("r", "edition_id").is_null().or(col("r", "edition_id").equals((a("s"), a("id")))))
        .and_where(Expr::expr(begins).lte(day))
        .and_where(col("r", "until_on").is_null().or(col("r", "until_on").gt(day)));
    if let Some(whole) = whole {
        select.and_where(col("r", "whole").eq(whole));
    }
    Expr::exists(select)
}
