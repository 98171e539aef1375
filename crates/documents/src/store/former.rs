//! Names and codes that bodies had before.

use super::{a, col};
use crate::Error;
use kernel::{Id, text};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Query};
use sea_orm::{ConnectionTrait, DatabaseTransaction};
use store::sql::{self, Values};

/// A name under which texts know a body besides its present one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FormerName {
    pub name: String,
    /// The place it belonged to then.
    pub area_name: Option<String>,
    /// The first day on which it was no longer named so.
    pub until: Option<String>,
}

/// The columns of a former name.
pub(crate) fn name_values(issuer: Id, former: &FormerName) -> Values {
    vec![
        ("issuer_id", issuer.0.into()),
        ("name_key", text::name_key(&former.name).into()),
        ("area_name", former.area_name.clone().unwrap_or_default().into()),
        ("name", former.name.clone().into()),
        ("until", former.until.clone().into()),
    ]
}

/// Keeps a former name; one that is kept already stays as it is.
pub(crate) async fn keep_name(txn: &DatabaseTransaction, issuer: Id, former: &FormerName) -> Result<(), Error> {
    insert(txn, "issuer_former_names", name_values(issuer, former)).await
}

/// Keeps a former code of a body, whose present code is `present` now.
pub(crate) async fn keep_code(txn: &DatabaseTransaction, issuer: Id, (code, present): (&str, &str)) -> Result<(), Error> {
    let delete = Query::delete()
        .from_table(a("issuer_former_codes"))
        .and_where(Expr::col(a("issuer_id")).eq(issuer.0))
        .and_where(Expr::col(a("code")).eq(present))
        .to_owned();
    txn.execute(&delete).await?;
    insert(txn, "issuer_former_codes", vec![("code", code.into()), ("issuer_id", issuer.0.into())]).await
}

async fn insert(txn: &DatabaseTransaction, table: &'static str, values: Values) -> Result<(), Error> {
    let (names, values): (Vec<_>, Vec<_>) = values.into_iter().unzip();
    let insert = Query::insert()
        .into_table(a(table))
        .columns(names.into_iter().map(sql::a))
        .values_panic(values)
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .to_owned();
    txn.execute(&insert).await?;
    Ok(())
}

/// The bodies that had this code before; those that ended last first.
pub(crate) async fn holders<C: ConnectionTrait>(conn: &C, code: &str) -> Result<Vec<(Id, String)>, Error> {
    let select = Query::select()
        .exprs([col("i", "id"), col("i", "code"), col("i", "valid_until")])
        .from_as(a("issuer_former_codes"), a("f"))
        .join_as(sea_orm::JoinType::InnerJoin, a("issuers"), a("i"), col("i", "id").equals((a("f"), a("issuer_id"))))
        .and_where(col("f", "code").eq(code))
        .to_owned();
    let mut holders = Vec::new();
    for row in conn.query_all(&select).await? {
        let until: Option<String> = row.try_get_by_index(2)?;
        holders.push((until, Id(row.try_get_by_index::<Uuid>(0)?), row.try_get_by_index::<String>(1)?));
    }
    // Those that exist still have no end, and come first.
    holders.sort_by(|(a, a_id, _), (b, b_id, _)| {
        (a.is_some(), std::cmp::Reverse(a), a_id).cmp(&(b.is_some(), std::cmp::Reverse(b), b_id))
    });
    Ok(holders.into_iter().map(|(_, id, code)| (id, code)).collect())
}
