//! Which searches are followed.

use crate::webhook::TABLE;
use crate::webhooks::{lock, record, whole};
use crate::{Error, Webhooks};
use kernel::{Call, Id, Instant};
use sea_orm::ConnectionTrait;
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query};
use serde_json::Value;
use store::sql::{self, a};

/// A search that is followed.
#[derive(Debug, Clone)]
pub struct Followed {
    /// Its webhook.
    pub id: Id,
    /// Its parameters, each a name and a value; none for all that is published.
    pub search: Vec<(String, String)>,
    /// What happened before is not told.
    pub since: Instant,
}

impl Webhooks {
    /// Every search that is followed now.
    pub async fn followed(&self) -> Result<Vec<Followed>, Error> {
        let select = Query::select()
            .columns(["id", "search", "follows_since"].map(a))
            .from(a(TABLE.name))
            .and_where(Expr::col(a("state")).eq("active"))
            .order_by(a("id"), Order::Asc)
            .to_owned();
        let mut followed = Vec::new();
        for row in self.db.reader().query_all(&select).await? {
            followed.push(Followed {
                id: Id(row.try_get_by_index::<Uuid>(0)?),
                search: serde_json::from_str(&row.try_get_by_index::<String>(1)?)?,
                since: Instant(row.try_get_by_index(2)?),
            });
        }
        Ok(followed)
    }

    /// Pauses a webhook whose search is not understood any more, such as after a content type has gone.
    pub async fn not_understood(&self, id: Id) -> Result<(), Error> {
        let txn = self.db.begin(&Call::operator(), self.clock.now()).await?;
        lock(&txn, id).await?;
        let found = whole(&txn, id).await?;
        if found.row.get("state").and_then(Value::as_str) == Some("active") {
            self.stop(&txn, (id, found.revision), ("paused", "search")).await?;
        }
        Ok(txn.commit(&()).await?)
    }

    /// Has a webhook send no more.
    pub(crate) async fn stop(
        &self,
        txn: &store::WriteTxn,
        (id, revision): (Id, kernel::Revision),
        (state, reason): (&'static str, &'static str),
    ) -> Result<(), Error> {
        tracing::warn!(webhook = %id, state, reason, "a webhook sends no more");
        let values = vec![("state", state.into()), ("reason", reason.into()), ("updated_at", txn.now().0.into())];
        if sql::advance(txn.conn(), TABLE.name, (id, revision), values).await? {
            record(txn, id, "updated", revision.next()).await?;
        }
        Ok(())
    }
}
