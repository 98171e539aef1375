//! Removes what nobody looks up any more.

use crate::delivery::TABLE;
use crate::{Error, Webhooks};
use kernel::Call;
use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use store::sql::a;

/// How long deliveries are kept, in seconds: 30 days.
const KEPT: i64 = 30 * 24 * 60 * 60;

impl Webhooks {
    /// Removes deliveries of more than 30 days ago that have arrived or failed; how many.
    pub async fn sweep(&self) -> Result<u64, Error> {
        let now = self.clock.now();
        let delete = Query::delete()
            .from_table(a(TABLE))
            .and_where(Expr::col(a("state")).is_in(["delivered", "failed"]))
            .and_where(Expr::col(a("created_at")).lt(now.plus_seconds(-KEPT).0))
            .to_owned();
        let txn = self.db.begin(&Call::operator(), now).await?;
        let swept = txn.conn().execute(&delete).await?.rows_affected();
        txn.commit(&()).await?;
        Ok(swept)
    }
}
