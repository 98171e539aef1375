//! People who log in: accounts and their roles, passwords, sessions, and the keys that sign access
//! tokens. It knows neither HTTP nor JWT.
//!
//! Invariants: a password is kept as an argon2id hash and a refresh token as a SHA-256, never as
//! itself; a refresh token works once, and its second use ends every session that grew from the same
//! login; whoever changes a password ends all sessions of the account; a signing key lies in the
//! database only sealed under the master secret; the role of a caller is what the database says now,
//! not what a token said once.

mod account;
mod accounts;
mod credentials;
mod error;
mod keys;
mod policy;
mod refresh;
mod store;

pub use account::{Account, Created, FirstAdmin, NewAccount};
pub use accounts::Accounts;
pub use error::Error;
pub use keys::{SigningKey, VerifyingKey};
pub use refresh::Session;
