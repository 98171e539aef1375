//! What of the minimum set is translated and what is missing (C-35).

use crate::store::{a, col};
use crate::{Entries, Error};
use kernel::{Actor, Locale, Permission, Row};
use sea_orm::ConnectionTrait;
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Expr, ExprTrait, Func, Order, Query, SelectStatement};
use serde_json::{Value, json};
use store::Refusal;

/// Missing entries that are listed for each type at most.
const LISTED: u64 = 100;

/// For each content type of the minimum set of a language: how many entries are published, how many of
/// them in the language, how many of those are outdated, and which are missing.
pub async fn translation_report(entries: &Entries, actor: &Actor, lang: Option<&Locale>) -> Result<Row, Error> {
    Refusal::unless(actor, Permission::ContentWrite)?;
    let rule = entries.policies.value("minimum-translation-set", None).unwrap_or_default();
    let locale = lang.map(|lang| lang.as_str().to_owned());
    let locale = locale.or_else(|| rule.get("locale")?.as_str().map(str::to_owned)).unwrap_or_else(|| "en".to_owned());
    let named: Vec<&str> = rule.get("types").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
    let mut types = Vec::new();
    for of in entries.types.all() {
        let name = of.definition.name();
        if !named.is_empty() && !named.contains(&name) {
            continue;
        }
        let conn = entries.db.reader();
        let published = count(conn, &live(of.id.0)).await?;
        let mut translated = live(of.id.0);
        translated.and_where(Expr::exists(other(&locale, false)));
        let mut outdated = live(of.id.0);
        outdated.and_where(Expr::exists(other(&locale, true)));
        let mut missing = live(of.id.0);
        missing
            .and_where(Expr::exists(other(&locale, false)).not())
            .exprs([col("e", "entry_id"), col("e", "title")])
            .order_by_expr(col("e", "published_at"), Order::Asc)
            .order_by_expr(col("e", "entry_id"), Order::Asc)
            .limit(LISTED);
        let mut listed = Vec::new();
        for row in conn.query_all(&missing).await? {
            let (id, title) = (row.try_get_by_index::<Uuid>(0)?.to_string(), row.try_get_by_index::<String>(1)?);
            listed.push(json!({ "id": id, "title": title }));
        }
        let (translated, outdated) = (count(conn, &translated).await?, count(conn, &outdated).await?);
        let title = of.definition.title();
        types.push(json!({
            "content_type": name, "title": { "vi": title.vi, "en": title.en }, "published": published, "translated": translated,
            "outdated": outdated, "missing": published - translated, "missing_entries": listed,
        }));
    }
    let complete = types.iter().all(|of| of.get("missing") == Some(&json!(0)) && of.get("published") != Some(&json!(0)));
    match json!({ "locale": locale, "complete": complete, "content_types": types }) {
        Value::Object(report) => Ok(report),
        _ => Ok(Row::new()),
    }
}

/// The live editions of a type in the languages that entries were written in first, those in the asked one left in.
fn live(type_id: Uuid) -> SelectStatement {
    let mut select = Query::select();
    select
        .from_as(a("entry_editions"), a("e"))
        .and_where(col("e", "type_id").eq(type_id))
        .and_where(col("e", "live"))
        .and_where(col("e", "source"));
    select
}

/// The live edition of the same entry in a language.
fn other(locale: &str, outdated: bool) -> SelectStatement {
    let mut select = Query::select();
    select
        .expr(Expr::val(1))
        .from_as(a("entry_editions"), a("t"))
        .and_where(col("t", "entry_id").equals((a("e"), a("entry_id"))))
        .and_where(col("t", "locale").eq(locale))
        .and_where(col("t", "live"));
    if outdated {
        select.and_where(col("t", "outdated"));
    }
    select
}

async fn count<C: ConnectionTrait>(conn: &C, select: &SelectStatement) -> Result<i64, Error> {
    let mut select = select.clone();
    select.expr(Func::count(Expr::val(1)));
    Ok(conn.query_one(&select).await?.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or(0))
}
