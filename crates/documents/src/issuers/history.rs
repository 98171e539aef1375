//! What the history of bodies has to hold to: nobody is his own ancestor, and days agree.

use crate::Error;
use crate::issuer::{IssuerContent, Life, untimely};
use crate::store::{issuers as rows, lineage, successions};
use kernel::{FieldFault, Id, Text, text};
use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Expr, ExprTrait};
use std::collections::HashMap;
use store::sql::col;
use store::{Refusal, WriteTxn};

/// Checks what a body (`None`: a new one) is told of others: they are there, none is its own ancestor, days agree.
pub(super) async fn check(txn: &WriteTxn, id: Option<Id>, content: &IssuerContent) -> Result<(), Error> {
    let mut faults = Vec::new();
    if let Some(parent) = content.parent_id {
        faults.extend(parent_fault(txn, id, parent).await?);
    }
    let others = predecessors(txn, content).await?;
    let after = match id {
        Some(id) => lineage::ids(txn.conn(), &lineage::with_successors(vec![Expr::val(id.0)])).await?,
        None => Vec::new(),
    };
    for (at, told) in content.predecessors.iter().enumerate() {
        let pointer = |field: &str| format!("/predecessors/{at}/{field}");
        let Some(other) = others.get(&told.issuer) else {
            faults.push(unknown(&pointer("issuer_id")));
            continue;
        };
        if after.contains(&told.issuer) {
            faults.push(own_ancestor(&pointer("issuer_id")));
        }
        if untimely(told.on.as_deref(), content.life(), other.life()) {
            faults.push(FieldFault::new(
                pointer("on"),
                "outside_validity",
                Text::new(
                    "cơ quan mới phải đang tồn tại, và cơ quan trước chưa chấm dứt trước ngày này",
                    "on this day the successor has to exist, and the predecessor must not have ended before",
                ),
            ));
        }
    }
    if let Some(id) = id {
        faults.extend(later_fault(txn, id, content.life()).await?);
    }
    if faults.is_empty() { Ok(()) } else { Err(Error::Refused(Refusal::Invalid(faults))) }
}

/// The bodies that are told as predecessors, as far as they are there.
async fn predecessors(txn: &WriteTxn, content: &IssuerContent) -> Result<HashMap<Id, IssuerContent>, Error> {
    if content.predecessors.is_empty() {
        return Ok(HashMap::new());
    }
    let these = col("i", "id").is_in(content.predecessors.iter().map(|told| told.issuer.0));
    let found = rows::found(txn.conn(), these).await?;
    Ok(found.into_iter().map(|stored| (stored.id, stored.content)).collect())
}

/// The parent is there and does not lie below the body itself.
async fn parent_fault(txn: &WriteTxn, id: Option<Id>, parent: Id) -> Result<Option<FieldFault>, Error> {
    let above = lineage::ids(txn.conn(), &lineage::with_parents(vec![Expr::val(parent.0)])).await?;
    Ok(match id {
        _ if above.is_empty() => Some(unknown("/parent_id")),
        Some(id) if above.contains(&id) => Some(own_ancestor("/parent_id")),
        _ => None,
    })
}

/// The days of a body agree with those on which others followed it.
async fn later_fault(txn: &WriteTxn, id: Id, life: Life<'_>) -> Result<Option<FieldFault>, Error> {
    for [day, from, until] in successions::followed(txn.conn(), id).await? {
        let successor = Life { from: from.as_deref(), until: until.as_deref() };
        if untimely(day.as_deref(), successor, life) {
            let ended = life.until.is_some_and(|until| day.as_deref().is_some_and(|day| until < day));
            let pointer = if ended { "/valid_until" } else { "/valid_from" };
            let text = Text::new(
                "không khớp với ngày một cơ quan khác kế thừa cơ quan này",
                "this does not agree with the day on which another body followed this one",
            );
            return Ok(Some(FieldFault::new(pointer, "outside_validity", text)));
        }
    }
    Ok(None)
}

fn unknown(pointer: &str) -> FieldFault {
    let text = Text::new("không có cơ quan ban hành này", "there is no such issuing authority");
    FieldFault::new(pointer, "unknown_issuer", text)
}

fn own_ancestor(pointer: &str) -> FieldFault {
    let text = Text::new(
        "một cơ quan không thể đứng trước chính nó, dù qua cơ quan khác",
        "a body cannot come before itself, not by way of others either",
    );
    FieldFault::new(pointer, "own_ancestor", text)
}

/// The bodies that a body follows, over any number of steps.
pub(super) async fn followed_by<C: ConnectionTrait>(conn: &C, content: &IssuerContent) -> Result<Vec<Id>, Error> {
    let told = content.predecessors.iter().map(|told| Expr::val(told.issuer.0)).collect();
    lineage::ids(conn, &lineage::with_predecessors(told)).await
}

/// Whether two bodies of one name may be one: they exist on a common day, and what is told of the place of both is the
/// same, or nothing is.
pub(super) fn may_be_one(one: &IssuerContent, two: &IssuerContent) -> bool {
    if !one.life().overlaps(two.life()) {
        return false;
    }
    if let (Some(one), Some(two)) = (&one.area_code, &two.area_code) {
        return one == two;
    }
    if let (Some(one), Some(two)) = (&one.area_name, &two.area_name) {
        return text::name_key(one) == text::name_key(two);
    }
    match (one.parent_id, two.parent_id) {
        (Some(one), Some(two)) => one == two,
        _ => true,
    }
}
