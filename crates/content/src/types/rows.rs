//! Rows of content types.

use super::ContentType;
use crate::Error;
use content_types::Definition;
use kernel::{Id, Revision};
use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Expr, ExprTrait, LockType, Query};
use serde_json::Value;
use store::outbox::{self, Event};
use store::sql::{self, Values, a};
use store::{Shape, Table, TableField, WriteTxn};

/// What an event of a content type is about.
pub(super) const TYPE: &str = "content-type";

pub(super) const TABLE: Table = Table {
    name: "content_types",
    resource: TYPE,
    fields: &[
        TableField::new("name", Shape::Text),
        TableField::new("plural", Shape::Text),
        TableField::new("definition", Shape::Json).unasked(),
        TableField::new("state", Shape::Text),
        TableField::new("built_in", Shape::Flag),
        TableField::new("pending", Shape::Json).unasked(),
        TableField::new("revision", Shape::Whole).unasked(),
        TableField::new("created_at", Shape::Instant),
        TableField::new("updated_at", Shape::Instant),
    ],
    lowered: &[],
};

/// Refuses a write under a definition that is not the present one, and keeps it present until the write
/// is committed: a change of the type waits, and then looks at what was written.
pub(crate) async fn unchanged(txn: &WriteTxn, of: &ContentType) -> Result<(), Error> {
    let select = Query::select()
        .columns(["revision", "state"].map(a))
        .from(a(TABLE.name))
        .and_where(Expr::col(a("id")).eq(of.id.0))
        .lock(LockType::Share)
        .to_owned();
    let Some(row) = txn.conn().query_one(&select).await? else { return Err(Error::TypeChanged) };
    let present = row.try_get_by_index::<i64>(0)? == of.revision.0 && row.try_get_by_index::<String>(1)? == "active";
    if present { Ok(()) } else { Err(Error::TypeChanged) }
}

/// Locks a type for a change: whoever writes entries of it meanwhile waits.
pub(super) async fn lock(txn: &WriteTxn, id: Id) -> Result<(), Error> {
    let select = Query::select()
        .column(a("id"))
        .from(a(TABLE.name))
        .and_where(Expr::col(a("id")).eq(id.0))
        .lock(LockType::Update)
        .to_owned();
    txn.conn().query_one(&select).await?;
    Ok(())
}

pub(super) async fn load<C: ConnectionTrait>(conn: &C) -> Result<Vec<ContentType>, Error> {
    let select = Query::select()
        .columns(["id", "revision", "definition", "pending"].map(a))
        .from(a(TABLE.name))
        .and_where(Expr::col(a("state")).eq("active"))
        .order_by(a("name"), sea_orm::sea_query::Order::Asc)
        .to_owned();
    let mut types = Vec::new();
    for row in conn.query_all(&select).await? {
        let value: Value = serde_json::from_str(&row.try_get_by_index::<String>(2)?).map_err(store::Error::from)?;
        match Definition::parse(&value) {
            Ok(definition) => types.push(ContentType {
                id: Id(row.try_get_by_index(0)?),
                revision: Revision(row.try_get_by_index(1)?),
                definition,
                pending: serde_json::from_str(&row.try_get_by_index::<String>(3)?).map_err(store::Error::from)?,
            }),
            // Made by a newer or older server: the others are still served.
            Err(faults) => tracing::error!(?faults, "a stored content type cannot be read"),
        }
    }
    Ok(types)
}

/// Where a type comes from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// It came with the server.
    BuiltIn,
    /// An operator added it.
    Operator,
}

pub(super) async fn insert(txn: &WriteTxn, id: Id, definition: &Definition, origin: Origin) -> Result<(), Error> {
    let values: Values = vec![
        ("id", id.0.into()),
        ("revision", Revision::FIRST.0.into()),
        ("name", definition.name().into()),
        ("plural", definition.plural().into()),
        ("definition", definition.to_json().to_string().into()),
        ("state", "active".into()),
        ("built_in", (origin == Origin::BuiltIn).into()),
        ("pending", "[]".into()),
        ("created_at", txn.now().0.into()),
        ("updated_at", txn.now().0.into()),
    ];
    match sql::insert(txn.conn(), TABLE.name, values).await {
        Ok(()) => {}
        // A retired type keeps its name, with its entries.
        Err(error) if error.is_unique_violation() => return Err(Error::TypeNameTaken(definition.name().to_owned())),
        Err(error) => return Err(error.into()),
    }
    store::resources::register(txn, id, TYPE).await?;
    version(txn, id, Revision::FIRST, definition).await
}

pub(super) async fn version(txn: &WriteTxn, id: Id, revision: Revision, definition: &Definition) -> Result<(), Error> {
    let values: Values = vec![
        ("type_id", id.0.into()),
        ("revision", revision.0.into()),
        ("definition", definition.to_json().to_string().into()),
        ("changed_by", txn.call().actor.account().map(|id| id.0).into()),
        ("changed_at", txn.now().0.into()),
    ];
    Ok(sql::insert(txn.conn(), "content_type_versions", values).await?)
}

pub(super) async fn record(txn: &WriteTxn, id: Id, action: &'static str, revision: Revision) -> Result<(), Error> {
    Ok(outbox::record(txn, Event { resource_type: TYPE, id, action, revision }).await?)
}
