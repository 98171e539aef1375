//! What the faults of a server mean.

use crate::Error;
use meilisearch_sdk::errors::Error as SdkError;
use serde::Deserialize;

/// What a server says when it refuses.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Refusal {
    pub(super) code: String,
    message: String,
}

/// The most of a message that is told.
const LONGEST: usize = 300;

/// What is said of a key that is wrong or may too little.
pub(super) const NO_RIGHT: &str = "the server refuses the key, or the key has not the rights it needs";

/// What an answer other than success means.
pub(super) fn refused(status: u16, body: &[u8]) -> Error {
    let refusal: Refusal = serde_json::from_slice(body).unwrap_or_default();
    match (status, refusal.code.as_str()) {
        (401 | 403, _) => Error::Away(NO_RIGHT.to_owned()),
        (_, "index_not_found" | "document_not_found") => {
            Error::Unknown("on the server: it was removed, or never made".to_owned())
        }
        (408 | 429 | 500.., _) => Error::Away(format!("the server answers {status} {}", refusal.told())),
        _ => Error::Failed(format!("the server answers {status} {}", refusal.told())),
    }
}

impl Refusal {
    /// What it says, in short.
    pub(super) fn told(&self) -> String {
        let message: String = self.message.chars().take(LONGEST).collect();
        [self.code.as_str(), &message].iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(": ")
    }
}

/// Why a request did not come through, in a few words and without its address.
pub(super) fn told(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        return "the server does not answer in time".to_owned();
    }
    if error.is_connect() {
        return format!("the server cannot be reached ({})", root(error));
    }
    format!("the connection to the server failed ({})", root(error))
}

/// The innermost cause: the outer ones repeat addresses.
fn root(error: &dyn std::error::Error) -> String {
    let mut cause = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string().chars().take(LONGEST).collect()
}

impl From<SdkError> for Error {
    fn from(error: SdkError) -> Self {
        match error {
            SdkError::Other(inner) => match inner.downcast::<Self>() {
                Ok(own) => *own,
                Err(other) => Self::Failed(other.to_string()),
            },
            SdkError::Meilisearch(refusal) => Self::Failed(refusal.to_string()),
            SdkError::Timeout => Self::Away("the server does not answer in time".to_owned()),
            other => Self::Failed(other.to_string()),
        }
    }
}
