//! The master secret: made once, kept beside the data, never printed.

use crate::{Database, Error, settings};
use hkdf::Hkdf;
use kernel::{Call, Instant};
use sha2::{Digest, Sha256};
use std::io::Write;
use std::path::Path;

/// The secret from which every key of the installation derives.
#[derive(Clone)]
pub struct Secret(Vec<u8>);

impl Secret {
    /// A secret given by the operator (`CONGKHAI_SECRET`).
    pub fn given(text: &str) -> Self {
        Self(text.trim().as_bytes().to_vec())
    }

    /// Reads the secret from a file.
    pub fn read(path: &Path) -> Result<Self, Error> {
        let text = std::fs::read_to_string(path).map_err(Error::Secret)?;
        if text.trim().len() < 32 {
            let short = std::io::Error::new(std::io::ErrorKind::InvalidData, "shorter than 32 characters");
            return Err(Error::Secret(short));
        }
        Ok(Self::given(&text))
    }

    /// Reads `DATA/secret`, or makes it from `fresh` random bytes, readable by its owner only.
    pub fn read_or_make(path: &Path, fresh: [u8; 32]) -> Result<Self, Error> {
        let hex: String = fresh.iter().map(|byte| format!("{byte:02x}")).collect();
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        match options.open(path) {
            Ok(mut file) => {
                file.write_all(hex.as_bytes()).and_then(|()| file.sync_all()).map_err(Error::Secret)?;
                Ok(Self::given(&hex))
            }
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Self::read(path),
            Err(error) => Err(Error::Secret(error)),
        }
    }

    /// Derives the key of a purpose.
    pub fn derive(&self, purpose: &str) -> [u8; 32] {
        let mut key = [0; 32];
        // 32 bytes are always within what HKDF-SHA256 can give.
        let _ = Hkdf::<Sha256>::new(Some(b"congkhai"), &self.0).expand(purpose.as_bytes(), &mut key);
        key
    }

    /// What the database remembers of the secret: enough to know it again, nothing to guess it by.
    fn fingerprint(&self) -> String {
        Sha256::digest(self.derive("fingerprint")).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
    }

    /// Binds the installation to this secret, or refuses when it belongs to another.
    pub async fn bind(&self, db: &Database, now: Instant) -> Result<(), Error> {
        let txn = db.begin(&Call::operator(), now).await?;
        // The first one wins, also where two nodes start on one database at once.
        settings::set_if_missing(&txn, "secret_fingerprint", &self.fingerprint()).await?;
        match settings::get(txn.conn(), "secret_fingerprint").await? {
            Some(known) if known == self.fingerprint() => txn.commit(&()).await,
            Some(_) | None => Err(Error::OtherSecret),
        }
    }
}
