//! Rows of `accounts`.

use super::col;
use crate::{Account, Error};
use kernel::{Id, Instant, Revision, Role};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, LockType, Query, SelectStatement};
use sea_orm::{ConnectionTrait, QueryResult};
use store::WriteTxn;

/// An account with what only this crate sees of it.
pub(crate) struct Known {
    pub(crate) account: Account,
    pub(crate) password_hash: String,
    pub(crate) revision: Revision,
}

fn table() -> Alias {
    Alias::new("accounts")
}

fn select() -> SelectStatement {
    Query::select()
        .columns(["id", "username", "role", "must_change_password", "created_at"].map(Alias::new))
        .from(table())
        .to_owned()
}

fn select_known() -> SelectStatement {
    select().columns(["password_hash", "revision"].map(Alias::new)).to_owned()
}

fn read(row: &QueryResult) -> Result<Account, Error> {
    let id = Id(row.try_get_by_index(0)?);
    let role: String = row.try_get_by_index(2)?;
    Ok(Account {
        id,
        username: row.try_get_by_index(1)?,
        role: Role::parse(&role).ok_or(Error::UnknownRole(id))?,
        must_change_password: row.try_get_by_index(3)?,
        created_at: Instant(row.try_get_by_index(4)?),
    })
}

async fn known<C: ConnectionTrait>(conn: &C, select: &SelectStatement) -> Result<Option<Known>, Error> {
    let Some(row) = conn.query_one(select).await? else { return Ok(None) };
    let known =
        Known { account: read(&row)?, password_hash: row.try_get_by_index(5)?, revision: Revision(row.try_get_by_index(6)?) };
    Ok(Some(known))
}

pub(crate) async fn find<C: ConnectionTrait>(conn: &C, id: Id) -> Result<Option<Account>, Error> {
    let select = select().and_where(col("id").eq(id.0)).to_owned();
    conn.query_one(&select).await?.map(|row| read(&row)).transpose()
}

pub(crate) async fn by_id<C: ConnectionTrait>(conn: &C, id: Id) -> Result<Option<Known>, Error> {
    known(conn, select_known().and_where(col("id").eq(id.0))).await
}

pub(crate) async fn by_username<C: ConnectionTrait>(conn: &C, username: &str) -> Result<Option<Known>, Error> {
    known(conn, select_known().and_where(col("username").eq(username))).await
}

/// Reads an account and keeps every other change of it and of its sessions waiting until `txn` ends.
/// Without this a token granted beside a revocation would escape it on PostgreSQL.
pub(crate) async fn lock(txn: &WriteTxn, id: Id) -> Result<Option<Known>, Error> {
    known(txn.conn(), select_known().and_where(col("id").eq(id.0)).lock(LockType::Update)).await
}

pub(crate) async fn any<C: ConnectionTrait>(conn: &C) -> Result<bool, Error> {
    let select = Query::select().expr(Expr::val(1)).from(table()).limit(1).to_owned();
    Ok(conn.query_one(&select).await?.is_some())
}

pub(crate) async fn insert(txn: &WriteTxn, known: &Known) -> Result<(), Error> {
    let account = &known.account;
    let names = ["id", "username", "role", "must_change_password", "created_at", "updated_at", "password_hash", "revision"];
    let insert = Query::insert()
        .into_table(table())
        .columns(names.map(Alias::new))
        .values_panic([
            account.id.0.into(),
            account.username.as_str().into(),
            account.role.as_str().into(),
            account.must_change_password.into(),
            account.created_at.0.into(),
            account.created_at.0.into(),
            known.password_hash.as_str().into(),
            known.revision.0.into(),
        ])
        .to_owned();
    txn.conn().execute(&insert).await?;
    Ok(())
}

/// Sets a password that its holder chose.
pub(crate) async fn set_password(txn: &WriteTxn, id: Id, hash: &str, revision: Revision) -> Result<(), Error> {
    let update = Query::update()
        .table(table())
        .value(Alias::new("password_hash"), hash)
        .value(Alias::new("must_change_password"), false)
        .value(Alias::new("revision"), revision.0)
        .value(Alias::new("updated_at"), txn.now().0)
        .and_where(col("id").eq(id.0))
        .to_owned();
    txn.conn().execute(&update).await?;
    Ok(())
}
