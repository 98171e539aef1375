//! What an account is.

use kernel::{FieldFault, Id, Instant, Role, Text};
use std::fmt;

/// A person's account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its id.
    pub id: Id,
    /// The name to log in with: unique, 3 to 64 of `a-z 0-9 . _ -`, a letter first.
    pub username: String,
    /// What its holder may do.
    pub role: Role,
    /// Whether the password was given by another and must be changed before anything else.
    pub must_change_password: bool,
    /// When it was made.
    pub created_at: Instant,
}

/// An account to be made.
#[derive(Clone)]
pub struct NewAccount {
    /// The name to log in with.
    pub username: String,
    /// What its holder may do.
    pub role: Role,
    /// Its password; without one a random one is made, which must be changed at the first login.
    pub password: Option<String>,
}

/// An account that was made.
#[derive(Clone)]
pub struct Created {
    /// The account.
    pub account: Account,
    /// Its password, when it was made here: to be shown once, it cannot be read again.
    pub password: Option<String>,
}

/// The first administrator of a new installation.
#[derive(Clone)]
pub struct FirstAdmin {
    /// The name to log in with.
    pub username: String,
    /// Its password, when it was made here: to be shown once, it cannot be read again.
    pub password: Option<String>,
}

// Whatever carries a password prints without it, so that no log line can hold one.
impl fmt::Debug for NewAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewAccount").field("role", &self.role).finish_non_exhaustive()
    }
}

impl fmt::Debug for Created {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Created").field("account", &self.account.id).finish_non_exhaustive()
    }
}

impl fmt::Debug for FirstAdmin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FirstAdmin").finish_non_exhaustive()
    }
}

/// Whether `name` can be a user name. What cannot be one is never looked up.
pub(crate) fn is_username(name: &str) -> bool {
    (3..=64).contains(&name.len())
        && name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'_' | b'-'))
}

/// What is wrong with a user name, if anything.
pub(crate) fn username_fault(name: &str) -> Option<FieldFault> {
    (!is_username(name)).then(|| {
        FieldFault::new(
            "/username",
            "invalid_username",
            Text::new(
                "Tên đăng nhập gồm 3 đến 64 ký tự a–z, 0–9, dấu chấm, gạch dưới, gạch nối và bắt đầu bằng một chữ cái.",
                "A user name has 3 to 64 characters of a–z, 0–9, full stop, underscore and hyphen, and begins with a letter.",
            ),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_username_is_plain_and_begins_with_a_letter() {
        for good in ["admin", "so-noi-vu", "nguyen.van_a", "abc", &"a".repeat(64)] {
            assert!(is_username(good), "{good}");
        }
        for bad in ["", "ab", "1abc", "-abc", "Admin", "tường", "a b", "abc\0", &"a".repeat(65)] {
            assert!(!is_username(bad), "{bad}");
        }
    }
}
