//! `Idempotency-Key` on POST.

use crate::app::App;
use crate::auth::call;
use crate::problem::Problem;
use crate::rest::params::bad;
use actix_web::HttpRequest;
use kernel::{Actor, Call, Kind, Row, Text};
use serde_json::Value;
use sha2::{Digest, Sha256};
use store::idempotency::{Reservation, release, reserve};

/// Whether there is something to do.
pub(crate) enum Attempt {
    /// Yes, under this call.
    Go(Call),
    /// It was done; its first result.
    Answered(Row),
}

/// Reserves the key of a request, if it has one.
pub(crate) async fn attempt(req: &HttpRequest, app: &App, body: &[u8]) -> Result<Attempt, Problem> {
    let call = call(req);
    let Some(key) = req.headers().get("idempotency-key") else { return Ok(Attempt::Go(call)) };
    let key = key.to_str().ok().filter(|key| (1..=255).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic()));
    let key = key.ok_or_else(|| {
        bad(
            "Idempotency-Key",
            "1 đến 255 ký tự ASCII in được, không có dấu cách",
            "1 to 255 printable ASCII characters without spaces",
        )
    })?;
    let caller = match &call.actor {
        Actor::Person { account, .. } => account.to_string(),
        Actor::Anonymous | Actor::Operator => String::new(),
    };
    let key = hash(&[&caller, req.method().as_str(), req.path(), key].map(str::as_bytes));
    let now = app.parts.clock.now();
    let asked = hash(&[req.query_string().as_bytes(), body]);
    let reservation = reserve(&app.parts.db, key, &asked, now).await.map_err(store::Refusal::from)?;
    match reservation {
        Reservation::Fresh(claim) => Ok(Attempt::Go(Call { claim: Some(claim), ..call })),
        Reservation::Done(Value::Object(row)) => Ok(Attempt::Answered(row)),
        Reservation::Done(_) => Err(Problem::internal()),
        Reservation::Running => {
            let text = Text::new("Yêu cầu đầu tiên dùng khóa này đang chạy.", "The first request under this key is running.");
            Err(Problem::new(Kind::Conflict, "idempotency_key_running", text))
        }
        Reservation::OtherBody => {
            let text = Text::new("Khóa này đã dùng cho một nội dung khác.", "The key was used for another body.");
            Err(Problem::new(Kind::Invalid, "idempotency_key_reused", text))
        }
    }
}

/// Gives the key of a failed attempt back.
pub(crate) async fn give_back(app: &App, call: &Call) {
    if let Some(claim) = &call.claim
        && let Err(error) = release(&app.parts.db, claim, app.parts.clock.now()).await
    {
        tracing::warn!(%error, "an idempotency key stays reserved until it expires");
    }
}

fn hash(parts: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Keeps the answer to a request that is several changes, each complete in itself: when the process
/// dies before this, the repetition finds them done and says so.
pub(crate) async fn answered(app: &App, call: &Call, answer: &Value) {
    if call.claim.is_none() {
        return;
    }
    let kept = async { app.parts.db.begin(call, app.parts.clock.now()).await?.commit(answer).await };
    if let Err(error) = kept.await {
        tracing::warn!(%error, "the answer of an import is not kept under its idempotency key");
    }
}
