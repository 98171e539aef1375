//! What a changed definition means for the entries that are there.

use crate::Error;
use crate::store::editions::{self, Edition};
use crate::store::values;
use content_types::Definition;
use kernel::{FieldFault, Id, Text};
use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Expr, ExprTrait, Func, Query};
use serde_json::Value;
use store::sql::{self, a};

/// Editions that are looked at in one statement.
const BATCH: u64 = 200;
/// Faults of entries that are listed at most.
const LISTED: usize = 50;

/// How many entries a type has; without those whose working editions are in these states.
pub(super) async fn count<C: ConnectionTrait>(conn: &C, id: Id, without: Option<&[&str]>) -> Result<u64, Error> {
    let mut select = Query::select();
    select
        .expr(Func::count_distinct(Expr::col(a("entry_id"))))
        .from(a("entry_editions"))
        .and_where(Expr::col(a("type_id")).eq(id.0))
        .and_where(Expr::col(a("live")).or(Expr::col(a("working"))));
    if let Some(states) = without {
        select.and_where(Expr::col(a("state")).is_not_in(states.iter().copied()));
    }
    one_count(conn, &select).await
}

pub(super) async fn editions_of<C: ConnectionTrait>(conn: &C, id: Id) -> Result<u64, Error> {
    let select = Query::select()
        .expr(Func::count(Expr::val(1)))
        .from(a("entry_editions"))
        .and_where(Expr::col(a("type_id")).eq(id.0))
        .and_where(Expr::col(a("live")).or(Expr::col(a("working"))))
        .to_owned();
    one_count(conn, &select).await
}

pub(super) async fn one_count<C: ConnectionTrait>(conn: &C, select: &sea_orm::sea_query::SelectStatement) -> Result<u64, Error> {
    let count = conn.query_one(select).await?.map(|row| row.try_get_by_index::<i64>(0)).transpose()?.unwrap_or(0);
    Ok(u64::try_from(count).unwrap_or(0))
}

/// Indexes these fields of a batch of editions after `after`; the last of them, `None` at the end.
pub(super) async fn fill<C: ConnectionTrait>(
    conn: &C,
    (id, definition): (Id, &Definition),
    fields: &[String],
    after: Option<Id>,
) -> Result<Option<Id>, Error> {
    let editions = editions::of_type(conn, id, after, BATCH).await?;
    for edition in &editions {
        values::clear(conn, edition.id, Some(fields)).await?;
        let of = values::Of {
            edition: edition.id,
            entry: edition.entry,
            type_id: id,
            locale: edition.locale.clone(),
            source: edition.source,
            live: edition.live,
            working: edition.working,
        };
        values::write(conn, &of, (definition, &edition.data), Some(fields)).await?;
    }
    Ok(editions.last().map(|edition| edition.id))
}

/// Titles the present editions of a type anew.
pub(super) async fn retitle<C: ConnectionTrait>(conn: &C, id: Id, definition: &Definition) -> Result<(), Error> {
    let mut after = None;
    loop {
        let editions = editions::of_type(conn, id, after, BATCH).await?;
        let Some(last) = editions.last() else { return Ok(()) };
        after = Some(last.id);
        for edition in &editions {
            let title = definition.display_text(&edition.data);
            sql::update(conn, "entry_editions", edition.id, vec![("title", title.into())]).await?;
        }
    }
}

/// What a definition finds wrong with present entries: each fault at `/entries/{id}/{language}/{field}`.
pub(super) async fn breaking<C: ConnectionTrait>(
    conn: &C,
    id: Id,
    (old, new): (&Definition, &Definition),
) -> Result<Vec<FieldFault>, Error> {
    let mut faults = Vec::new();
    let made = |name: &&String| old.field(name).is_none();
    let companions: Vec<&String> = old.fields().iter().flat_map(|field| field.stored_names()).filter(made).collect();
    let mut after = None;
    loop {
        let editions = editions::of_type(conn, id, after, BATCH).await?;
        let Some(last) = editions.last() else { break };
        after = Some(last.id);
        for edition in &editions {
            for fault in broken(edition, new, &companions) {
                // What is live and what is worked on may be wrong in the same way.
                if !faults.iter().any(|known: &FieldFault| known.pointer == fault.pointer && known.code == fault.code) {
                    faults.push(fault);
                }
            }
            if faults.len() >= LISTED {
                faults.truncate(LISTED);
                return Ok(faults);
            }
        }
    }
    Ok(faults)
}

pub(super) fn broken(edition: &Edition, definition: &Definition, companions: &[&String]) -> Vec<FieldFault> {
    let at = format!("/entries/{}/{}", edition.entry, edition.locale);
    let mut data = edition.data.clone();
    // A companion of a removed rich text goes with it: the fault is told once, at the text itself.
    data.retain(|name, _| !companions.contains(&name));
    let faults = definition.check(data).err().unwrap_or_default();
    let told = |fault: FieldFault| FieldFault::new(format!("{at}{}", fault.pointer), fault.code, fault.text);
    let mut faults: Vec<FieldFault> = faults.into_iter().map(told).collect();
    for fault in &mut faults {
        let title = edition.data.get("title").or_else(|| edition.data.get("name")).and_then(Value::as_str).unwrap_or_default();
        if !title.is_empty() {
            fault.text = Text::new(format!("{title}: {}", fault.text.vi), format!("{title}: {}", fault.text.en));
        }
    }
    faults
}
