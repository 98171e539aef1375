//! Secrets as they lie in the database: sealed under a key of the master secret, each bound to its webhook.

use crate::Error;
use crate::secret::Secret;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{ChaCha20Poly1305, Nonce};
use kernel::Id;

/// What the master secret is derived for.
pub(crate) const PURPOSE: &str = "webhook-secrets";
/// Bytes of a nonce, which stands before what is sealed.
const NONCE: usize = 12;

/// Seals and opens.
#[derive(Clone)]
pub(crate) struct Sealer(ChaCha20Poly1305);

impl Sealer {
    pub(crate) fn new(key: [u8; 32]) -> Self {
        Self(ChaCha20Poly1305::new(&key.into()))
    }

    pub(crate) fn seal(&self, webhook: Id, secret: &Secret) -> Result<Vec<u8>, Error> {
        let nonce: [u8; NONCE] = rand::random();
        let payload = Payload { msg: secret.bytes(), aad: webhook.0.as_bytes() };
        let sealed = self.0.encrypt(&Nonce::from(nonce), payload).map_err(|_| Error::NotSealed)?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    pub(crate) fn open(&self, webhook: Id, bytes: &[u8]) -> Result<Secret, Error> {
        let opened = || {
            let (nonce, sealed) = bytes.split_first_chunk::<NONCE>()?;
            let payload = Payload { msg: sealed, aad: webhook.0.as_bytes() };
            let secret = self.0.decrypt(&Nonce::from(*nonce), payload).ok()?;
            Some(Secret::of(secret.try_into().ok()?))
        };
        opened().ok_or(Error::DoesNotOpen)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_secret_opens_for_its_own_webhook_and_under_its_own_key_only() {
        let (sealer, secret) = (Sealer::new([1; 32]), Secret::fresh());
        let (one, other) = (Id::new(testkit::now()), Id::new(testkit::now()));
        let sealed = sealer.seal(one, &secret).unwrap();
        assert!(sealer.open(one, &sealed).unwrap() == secret);
        assert!(sealer.open(other, &sealed).is_err());
        assert!(Sealer::new([2; 32]).open(one, &sealed).is_err());
        assert!(sealer.open(one, b"short").is_err());
    }
}
