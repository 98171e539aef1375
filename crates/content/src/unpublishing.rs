//! Showing an entry no more: withdrawn with an explanation, moved, gone, or taken down (C-34).

use crate::store::editions::{self, Edition, Entry};
use crate::types::ContentType;
use crate::writing::step;
use crate::{Entries, Error, State};
use kernel::{Id, Instant, Locale};
use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query};
use serde_json::json;
use store::WriteTxn;
use store::sql::{self, Values, a};

/// Why an address answers no more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unpublished {
    /// It was withdrawn; the explanation is for readers.
    Withdrawn {
        /// Why.
        explanation: String,
        /// When.
        at: Instant,
    },
    /// It leads on for good.
    Redirect(String),
    /// It is gone.
    Gone {
        /// When.
        at: Instant,
    },
    /// It was taken down for a violation.
    TakenDown {
        /// The ground, a code of the policy `takedown-grounds`.
        ground: String,
        /// When.
        at: Instant,
    },
}

/// What is said when something is shown no more.
#[derive(Debug, Clone, Default)]
pub(crate) struct Reason {
    pub explanation: Option<String>,
    pub redirect_to: Option<String>,
    /// The ground of a takedown; none where it is withdrawn.
    pub ground: Option<String>,
    pub violation: Option<Id>,
}

impl Reason {
    fn kind(&self) -> &'static str {
        match self {
            Self { ground: Some(_), .. } => "takedown",
            Self { redirect_to: Some(_), .. } => "redirect",
            Self { explanation: Some(_), .. } => "withdrawn",
            _ => "gone",
        }
    }
}

impl Entries {
    /// Why nothing is at the address of an entry that was published once; `None` where nothing is known.
    pub async fn unpublished(&self, of: &ContentType, id: Id, lang: Option<&Locale>) -> Result<Option<Unpublished>, Error> {
        let entry = Query::select()
            .column(a("locale"))
            .from(a("entries"))
            .and_where(Expr::col(a("id")).eq(id.0))
            .and_where(Expr::col(a("type_id")).eq(of.id.0))
            .to_owned();
        let conn = self.db.reader();
        let Some(row) = conn.query_one(&entry).await? else { return Ok(None) };
        let locale = lang.map_or_else(|| row.try_get_by_index::<String>(0), |lang| Ok(lang.as_str().to_owned()))?;
        let select = Query::select()
            .columns(["kind", "explanation", "redirect_to", "ground", "decided_at"].map(a))
            .from(a("unpublishings"))
            .and_where(Expr::col(a("entry_id")).eq(id.0))
            .and_where(Expr::col(a("locale")).eq(locale))
            .and_where(Expr::col(a("ended_at")).is_null())
            .order_by(a("id"), Order::Desc)
            .limit(1)
            .to_owned();
        let Some(row) = conn.query_one(&select).await? else { return Ok(None) };
        let text = |at: usize| row.try_get_by_index::<Option<String>>(at).map(Option::unwrap_or_default);
        let at = Instant(row.try_get_by_index(4)?);
        Ok(Some(match row.try_get_by_index::<String>(0)?.as_str() {
            "takedown" => Unpublished::TakenDown { ground: text(3)?, at },
            "redirect" => Unpublished::Redirect(text(2)?),
            "withdrawn" => Unpublished::Withdrawn { explanation: text(1)?, at },
            _ => Unpublished::Gone { at },
        }))
    }

    /// Shows a live edition no more.
    pub(crate) async fn make_unlive(
        &self,
        txn: &WriteTxn,
        (entry, live): (&mut Entry, &Edition),
        reason: &Reason,
        (action, comment): (&str, Option<&str>),
    ) -> Result<(), Error> {
        let state = if reason.ground.is_some() { State::TakenDown } else { State::Withdrawn };
        let down = Edition { live: false, state, ..live.clone() };
        editions::place(txn, &down).await?;
        let values: Values = vec![
            ("id", Id::new(txn.now()).0.into()),
            ("entry_id", entry.id.0.into()),
            ("locale", live.locale.as_str().into()),
            ("kind", reason.kind().into()),
            ("explanation", reason.explanation.clone().into()),
            ("redirect_to", reason.redirect_to.clone().into()),
            ("ground", reason.ground.clone().into()),
            ("violation_id", reason.violation.map(|id| id.0).into()),
            ("decided_by", txn.call().actor.account().map(|id| id.0).into()),
            ("decided_at", txn.now().0.into()),
        ];
        sql::insert(txn.conn(), "unpublishings", values).await?;
        let details = json!({
            "kind": reason.kind(), "explanation": reason.explanation, "redirect_to": reason.redirect_to, "ground": reason.ground,
            "violation_id": reason.violation.map(|id| id.to_string()),
        });
        step(txn, &down, (action, Some(live.state), comment), details).await
    }
}

/// An address answers again.
pub(crate) async fn end(txn: &WriteTxn, entry: Id, locale: &str) -> Result<(), Error> {
    let update = Query::update()
        .table(a("unpublishings"))
        .value(a("ended_at"), txn.now().0)
        .and_where(Expr::col(a("entry_id")).eq(entry.0))
        .and_where(Expr::col(a("locale")).eq(locale))
        .and_where(Expr::col(a("ended_at")).is_null())
        .to_owned();
    txn.conn().execute(&update).await?;
    Ok(())
}
