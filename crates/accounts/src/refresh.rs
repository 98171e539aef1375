//! Sessions: a login begins a family of refresh tokens, of which one at a time works, once.

use crate::store::{accounts, tokens};
use crate::{Account, Accounts, Error};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kernel::{Actor, Call, Id};
use sha2::{Digest, Sha256};
use std::fmt;
use store::WriteTxn;

/// How long a refresh token works: 30 days, in seconds.
const LIFETIME: i64 = 30 * 24 * 3600;

/// A person who is logged in.
#[derive(Clone)]
pub struct Session {
    /// The account.
    pub account: Account,
    /// What the session is continued with: 256 random bits in base64url, for one use within 30 days.
    pub refresh_token: String,
}

// The token is a secret, and prints as none.
impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").field("account", &self.account.id).finish_non_exhaustive()
    }
}

impl Accounts {
    /// Continues a session: uses `token` up and gives the next one.
    ///
    /// Unknown, expired and revoked tokens are [`Error::InvalidRefreshToken`]; so is a used one, and
    /// then the whole family is revoked, without grace: either the thief or the owner holds a copy.
    pub async fn refresh(&self, token: &str) -> Result<Session, Error> {
        let hash = hash(token);
        let seen = tokens::find(self.db.reader(), &hash).await?.ok_or(Error::InvalidRefreshToken)?;
        let txn = self.begin(&Call::of(Actor::Anonymous)).await?;
        let known = accounts::lock(&txn, seen.account).await?.ok_or(Error::InvalidRefreshToken)?;
        if !tokens::use_up(&txn, &hash).await? {
            tokens::revoke_family(&txn, seen.family).await?;
            // The call fails, but what it revoked stays revoked.
            txn.commit(&()).await?;
            return Err(Error::InvalidRefreshToken);
        }
        let session = grant(&txn, known.account, seen.family).await?;
        txn.commit(&()).await?;
        Ok(session)
    }

    /// Ends the session that `token` belongs to. A token that is not known is none to end.
    pub async fn logout(&self, token: &str) -> Result<(), Error> {
        let Some(seen) = tokens::find(self.db.reader(), &hash(token)).await? else { return Ok(()) };
        let txn = self.begin(&Call::of(Actor::Anonymous)).await?;
        accounts::lock(&txn, seen.account).await?;
        tokens::revoke_family(&txn, seen.family).await?;
        Ok(txn.commit(&()).await?)
    }
}

/// Gives a new token of `family`. The caller holds the lock of the account.
pub(crate) async fn grant(txn: &WriteTxn, account: Account, family: Id) -> Result<Session, Error> {
    let refresh_token = URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>());
    let token = tokens::Token { account: account.id, family };
    tokens::insert(txn, &hash(&refresh_token), &token, txn.now().plus_seconds(LIFETIME)).await?;
    Ok(Session { account, refresh_token })
}

/// What is kept of a token. It is random in full, so a plain hash does not help to guess it.
fn hash(token: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(token))
}
