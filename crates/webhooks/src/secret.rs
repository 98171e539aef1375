//! Secrets, and the signatures made with them (Standard Webhooks 1.0).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Bytes of a secret: the standard asks for 24 to 64.
pub(crate) const LENGTH: usize = 32;

/// The secret of a webhook.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Secret([u8; LENGTH]);

impl Secret {
    /// A new one.
    pub(crate) fn fresh() -> Self {
        Self(rand::random())
    }

    pub(crate) fn of(bytes: [u8; LENGTH]) -> Self {
        Self(bytes)
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// As its receiver keeps it: `whsec_` and base64.
    pub(crate) fn print(&self) -> String {
        format!("whsec_{}", STANDARD.encode(self.0))
    }

    /// The signature of a message: `v1,` and base64.
    pub(crate) fn sign(&self, id: &str, seconds: i64, body: &str) -> String {
        // A key of 32 bytes always fits; the fallback keeps the types total.
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).unwrap_or_else(|_| Hmac::new(&Default::default()));
        mac.update(format!("{id}.{seconds}.{body}").as_bytes());
        format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Computed with the HMAC of Python's standard library.
    #[test]
    fn a_signature_is_that_of_the_standard() {
        let secret = Secret::of(*b"0123456789abcdef0123456789abcdef");
        assert_eq!(secret.print(), "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=");
        assert_eq!(secret.sign("msg_1", 1_795_000_000, "{\"a\":1}"), "v1,eS4+UHdjcyGwA8vVdY5P63VzJWaP4oAPevW8zs94fiw=");
    }
}
