//! Opaque, signed cursors: a position that cannot be forged and belongs to one list.

use crate::query::Value;
use crate::{Id, Position};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// A cursor that was not made by us, not for this list, or was changed on its way.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("the cursor does not belong to this list")]
pub struct BadCursor;

/// Bytes of the signature that are kept: 128 bits.
const SIGNATURE: usize = 16;

/// The key that signs cursors, derived from the master secret.
#[derive(Clone)]
pub struct CursorKey([u8; 32]);

impl CursorKey {
    /// A key of these bytes.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Prints `position` as a cursor of the list that `context` names (path, sort, filters).
    pub fn seal(&self, context: &str, position: &Position) -> String {
        let mut bytes = Vec::with_capacity(64);
        for key in &position.keys {
            key.write(&mut bytes);
        }
        bytes.extend_from_slice(position.id.0.as_bytes());
        let signature = self.sign(context, &bytes);
        bytes.extend_from_slice(&signature);
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// Reads a cursor that [`seal`](Self::seal) made for the same list.
    pub fn open(&self, context: &str, cursor: &str) -> Result<Position, BadCursor> {
        let bytes = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| BadCursor)?;
        let payload_len = bytes.len().checked_sub(SIGNATURE).ok_or(BadCursor)?;
        let (payload, signature) = bytes.split_at_checked(payload_len).ok_or(BadCursor)?;
        self.mac(context, payload).verify_truncated_left(signature).map_err(|_| BadCursor)?;
        let keys_len = payload.len().checked_sub(16).ok_or(BadCursor)?;
        let (mut rest, id) = payload.split_at_checked(keys_len).ok_or(BadCursor)?;
        let mut keys = Vec::new();
        while !rest.is_empty() {
            keys.push(Value::read(&mut rest).ok_or(BadCursor)?);
        }
        let id = uuid::Uuid::from_slice(id).map_err(|_| BadCursor)?;
        Ok(Position { keys, id: Id(id) })
    }

    fn mac(&self, context: &str, payload: &[u8]) -> Hmac<Sha256> {
        // A key of 32 bytes always fits; the fallback keeps the types total.
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).unwrap_or_else(|_| Hmac::new(&Default::default()));
        mac.update(&(context.len() as u64).to_be_bytes());
        mac.update(context.as_bytes());
        mac.update(payload);
        mac
    }

    fn sign(&self, context: &str, payload: &[u8]) -> Vec<u8> {
        let mut signature = self.mac(context, payload).finalize().into_bytes().to_vec();
        signature.truncate(SIGNATURE);
        signature
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::Instant;

    fn position() -> Position {
        Position { keys: vec![Value::Text("Quyết định".into()), Value::Null, Value::Int(-7)], id: Id::new(Instant(1)) }
    }

    #[test]
    fn a_cursor_opens_only_in_its_own_list() {
        let key = CursorKey::new([7; 32]);
        let position = position();
        let cursor = key.seal("documents -issued_on", &position);
        assert_eq!(key.open("documents -issued_on", &cursor).unwrap(), position);
        assert!(key.open("documents number", &cursor).is_err());
        assert!(CursorKey::new([8; 32]).open("documents -issued_on", &cursor).is_err());
    }

    #[test]
    fn one_changed_character_breaks_it() {
        let key = CursorKey::new([7; 32]);
        let cursor = key.seal("c", &position());
        for at in 0..cursor.len() {
            for other in ["A", "B"] {
                let mut changed = cursor.clone();
                changed.replace_range(at..=at, other);
                assert!(changed == cursor || key.open("c", &changed).is_err(), "{at}");
            }
        }
        for bad in ["", "abc", "MTIz", "\0", "%00"] {
            assert!(key.open("c", bad).is_err());
        }
    }
}
