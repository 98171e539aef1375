//! Bodies by a name that a text or a writer gives them.

use super::a;
use crate::Error;
use crate::issuer::Life;
use kernel::Id;
use sea_orm::sea_query::{Expr, ExprTrait, JoinType, Query, UnionType};
use sea_orm::{ConnectionTrait, QueryResult};
use store::sql::col;

/// A body that has, or had, a name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Namesake {
    pub id: Option<Id>,
    /// Whether it is a name that it no longer has.
    pub former: bool,
    pub area_name: Option<String>,
    /// Name and area of the body above it.
    pub parent: Option<(String, Option<String>)>,
    pub from: Option<String>,
    pub until: Option<String>,
}

impl Namesake {
    /// The days on which the body existed under the name.
    pub fn life(&self) -> Life<'_> {
        Life { from: self.from.as_deref(), until: self.until.as_deref() }
    }
}

/// The bodies that have or had the name of this key, by one statement, in the order of their ids.
pub(crate) async fn namesakes<C: ConnectionTrait>(conn: &C, name_key: &str) -> Result<Vec<Namesake>, Error> {
    let parent = || col("p", "id").equals((a("i"), a("parent_id")));
    let present = Query::select()
        .exprs([col("i", "id"), Expr::val(0i64), col("i", "area_name"), col("p", "name"), col("p", "area_name")])
        .exprs([col("i", "valid_from"), col("i", "valid_until"), col("i", "valid_until")])
        .from_as(a("issuers"), a("i"))
        .join_as(JoinType::LeftJoin, a("issuers"), a("p"), parent())
        .and_where(col("i", "name_key").eq(name_key))
        .to_owned();
    let former = Query::select()
        .exprs([col("i", "id"), Expr::val(1i64), col("f", "area_name"), col("p", "name"), col("p", "area_name")])
        .exprs([col("i", "valid_from"), col("i", "valid_until"), col("f", "until")])
        .from_as(a("issuer_former_names"), a("f"))
        .join_as(JoinType::InnerJoin, a("issuers"), a("i"), col("i", "id").equals((a("f"), a("issuer_id"))))
        .join_as(JoinType::LeftJoin, a("issuers"), a("p"), parent())
        .and_where(col("f", "name_key").eq(name_key))
        .to_owned();
    let rows = conn.query_all(present.clone().union(UnionType::All, former)).await?;
    let mut namesakes = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    namesakes.sort_by_key(|namesake| (namesake.id, namesake.former));
    Ok(namesakes)
}

fn read(row: &QueryResult) -> Result<Namesake, Error> {
    let area: Option<String> = row.try_get_by_index(2)?;
    let parent: Option<String> = row.try_get_by_index(3)?;
    let parent_area: Option<String> = row.try_get_by_index(4)?;
    let (ended, renamed): (Option<String>, Option<String>) = (row.try_get_by_index(6)?, row.try_get_by_index(7)?);
    Ok(Namesake {
        id: Some(Id(row.try_get_by_index(0)?)),
        former: row.try_get_by_index::<i64>(1)? == 1,
        area_name: area.filter(|area| !area.is_empty()),
        parent: parent.map(|name| (name, parent_area)),
        from: row.try_get_by_index(5)?,
        until: renamed.or(ended),
    })
}
