//! The Ed25519 keys that sign access tokens. They lie in the database, sealed under the master secret,
//! so that tokens outlive a restart and hold on every node.

use crate::store::keys;
use crate::{Accounts, Error};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{ChaCha20Poly1305, Nonce};
use ed25519_dalek::SigningKey as Ed25519;
use kernel::{Call, Id};
use std::fmt;

/// What the master secret is derived for.
pub(crate) const PURPOSE: &str = "token-keys";
/// Bytes of a nonce, which stands before the sealed key.
const NONCE: usize = 12;
/// A PKCS #8 Ed25519 key is these bytes and the seed (RFC 8410 §7).
const PKCS8: [u8; 16] = [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20];

/// The key that signs new tokens.
#[derive(Clone)]
pub struct SigningKey {
    /// The name of the key, as the header of a token gives it.
    pub kid: String,
    /// The private key as PKCS #8 DER.
    pub pkcs8_der: Vec<u8>,
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningKey").field("kid", &self.kid).finish_non_exhaustive()
    }
}

/// A key that tokens are verified with: public.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifyingKey {
    /// The name of the key.
    pub kid: String,
    /// The public key.
    pub public: [u8; 32],
}

impl Accounts {
    /// Gives the newest signing key, and makes the first one where there is none. Nodes that start at
    /// the same moment agree on one key. Fails when the key was sealed under another master secret.
    pub async fn signing_key(&self) -> Result<SigningKey, Error> {
        if let Some(newest) = keys::newest(self.db.reader()).await? {
            return self.sealer.open(&newest).map(|seed| signing(newest.kid, &seed));
        }
        let txn = self.begin(&Call::operator()).await?;
        // Whoever else makes the first key waits here until this one is committed, then finds it.
        store::settings::set(&txn, "first_token_key", "made").await?;
        if let Some(newest) = keys::newest(txn.conn()).await? {
            return self.sealer.open(&newest).map(|seed| signing(newest.kid, &seed));
        }
        let (kid, seed) = (Id::new(txn.now()).to_string(), rand::random::<[u8; 32]>());
        keys::insert(&txn, &self.sealer.seal(&kid, &seed)?).await?;
        txn.commit(&()).await?;
        Ok(signing(kid, &seed))
    }

    /// Gives every key that a token may be signed with, the newest first; makes none.
    pub async fn verifying_keys(&self) -> Result<Vec<VerifyingKey>, Error> {
        let sealed = keys::all(self.db.reader()).await?;
        sealed
            .into_iter()
            .map(|key| {
                let seed = self.sealer.open(&key)?;
                Ok(VerifyingKey { public: Ed25519::from_bytes(&seed).verifying_key().to_bytes(), kid: key.kid })
            })
            .collect()
    }
}

fn signing(kid: String, seed: &[u8; 32]) -> SigningKey {
    SigningKey { kid, pkcs8_der: [PKCS8.as_slice(), seed].concat() }
}

/// Seals keys under one derived from the master secret; the `kid` is bound to what is sealed.
#[derive(Clone)]
pub(crate) struct Sealer(ChaCha20Poly1305);

impl Sealer {
    pub(crate) fn new(key: [u8; 32]) -> Self {
        Self(ChaCha20Poly1305::new(&key.into()))
    }

    fn seal(&self, kid: &str, seed: &[u8; 32]) -> Result<keys::Sealed, Error> {
        let nonce: [u8; NONCE] = rand::random();
        let payload = Payload { msg: seed, aad: kid.as_bytes() };
        let sealed = self.0.encrypt(&Nonce::from(nonce), payload).map_err(|_| Error::KeyNotSealed)?;
        Ok(keys::Sealed { kid: kid.to_owned(), bytes: [nonce.as_slice(), &sealed].concat() })
    }

    fn open(&self, key: &keys::Sealed) -> Result<[u8; 32], Error> {
        let opened = || {
            let (nonce, sealed) = key.bytes.split_first_chunk::<NONCE>()?;
            let payload = Payload { msg: sealed, aad: key.kid.as_bytes() };
            self.0.decrypt(&Nonce::from(*nonce), payload).ok()?.try_into().ok()
        };
        opened().ok_or_else(|| Error::KeyDoesNotOpen { kid: key.kid.clone() })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_sealed_key_opens_under_its_own_name_and_secret_only() {
        let sealer = Sealer::new([1; 32]);
        let sealed = sealer.seal("one", &[7; 32]).unwrap();
        assert_eq!(sealer.open(&sealed).unwrap(), [7; 32]);
        assert!(Sealer::new([2; 32]).open(&sealed).is_err());
        assert!(sealer.open(&keys::Sealed { kid: "two".into(), bytes: sealed.bytes.clone() }).is_err());
        assert!(sealer.open(&keys::Sealed { kid: "one".into(), bytes: vec![0; 5] }).is_err());
    }
}
