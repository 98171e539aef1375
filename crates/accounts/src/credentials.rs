//! Passwords: what they must be like, and their argon2id hashes.

use crate::Error;
use argon2::password_hash::Error as HashError;
use argon2::{Argon2, PasswordHash, PasswordHasher, PasswordVerifier};
use kernel::{FieldFault, Text, text};
use rand::seq::IndexedRandom;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// Characters that a password has at least.
const SHORTEST: usize = 12;
/// Characters that a password has at most.
const LONGEST: usize = 256;
/// Hashes computed at a time: each takes 19 MiB and a core for a while.
const AT_A_TIME: usize = 2;
/// Letters and digits that cannot be mistaken for one another on paper.
const LEGIBLE: &[u8] = b"abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
/// Characters of a password made here: about 138 bits.
const MADE: usize = 24;
/// A hash of nobody's password, at the cost of a real one: it is verified where no account is found,
/// so that the time of an answer does not tell whether a user name exists.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5J3Mgc2FsdCAxNg$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// The hashing of passwords, a few at a time and beside the threads that answer requests.
#[derive(Clone)]
pub(crate) struct Credentials {
    permits: Arc<Semaphore>,
}

impl Credentials {
    pub(crate) fn new() -> Self {
        Self { permits: Arc::new(Semaphore::new(AT_A_TIME)) }
    }

    /// Hashes a password as a PHC string.
    pub(crate) async fn hash(&self, password: &str) -> Result<String, Error> {
        let password = password.to_owned();
        self.work(move || Ok(Argon2::default().hash_password(text::nfc(password).as_bytes())?.to_string())).await
    }

    /// Whether `password` is the one behind `hash`; without a hash it is not, after the same time.
    pub(crate) async fn verify(&self, password: &str, hash: Option<&str>) -> Result<bool, Error> {
        let (password, known) = (password.to_owned(), hash.is_some());
        let hash = hash.unwrap_or(NOBODY).to_owned();
        let fits = self.work(move || fits(&text::nfc(password), &hash)).await?;
        Ok(known && fits)
    }

    async fn work<T: Send + 'static>(&self, work: impl FnOnce() -> Result<T, Error> + Send + 'static) -> Result<T, Error> {
        let permit = Arc::clone(&self.permits).acquire_owned().await.map_err(|_| Error::HashBrokenOff)?;
        // The permit goes with the work: a caller who gives up waiting does not stop the hashing.
        let work = move || {
            let _permit = permit;
            work()
        };
        tokio::task::spawn_blocking(work).await.map_err(|_| Error::HashBrokenOff)?
    }
}

fn fits(password: &str, hash: &str) -> Result<bool, Error> {
    let hash = PasswordHash::new(hash).map_err(HashError::from)?;
    match Argon2::default().verify_password(password.as_bytes(), &hash) {
        Ok(()) => Ok(true),
        Err(HashError::PasswordInvalid) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// Makes a random password.
pub(crate) fn make_password() -> String {
    let mut rng = rand::rng();
    (0..MADE).filter_map(|_| LEGIBLE.choose(&mut rng)).map(|&byte| char::from(byte)).collect()
}

/// What is wrong with a password of `username` that stands at `pointer`, if anything.
pub(crate) fn password_fault(password: &str, username: &str, pointer: &str) -> Option<FieldFault> {
    let password = text::nfc(password);
    let length = password.chars().count();
    let (code, text) = if length < SHORTEST {
        let text = Text::new(
            format!("Mật khẩu phải có ít nhất {SHORTEST} ký tự."),
            format!("A password has at least {SHORTEST} characters."),
        );
        ("too_short", text)
    } else if length > LONGEST {
        let text = Text::new(
            format!("Mật khẩu có nhiều nhất {LONGEST} ký tự."),
            format!("A password has at most {LONGEST} characters."),
        );
        ("too_long", text)
    } else if !username.is_empty() && text::lower(&password).contains(username) {
        let text = Text::new("Mật khẩu không được chứa tên đăng nhập.", "A password must not contain the user name.");
        ("contains_username", text)
    } else {
        return None;
    };
    Some(FieldFault::new(pointer, code, text))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn code(password: &str) -> Option<&'static str> {
        password_fault(password, "admin", "/password").map(|fault| fault.code)
    }

    #[test]
    fn a_password_is_long_enough_and_not_about_its_user() {
        assert_eq!(code("mật khẩu 12!"), None);
        assert_eq!(code("mật khẩu 1!"), Some("too_short"));
        assert_eq!(code(&"x".repeat(256)), None);
        assert_eq!(code(&"x".repeat(257)), Some("too_long"));
        assert_eq!(code("tôi là ADMIN 2026"), Some("contains_username"));
    }

    #[test]
    fn length_is_counted_in_normal_form() {
        // Eleven letters, the last of them written with two combining marks.
        assert_eq!(code("abcdefghije\u{302}\u{301}"), Some("too_short"));
    }

    #[tokio::test]
    async fn a_password_fits_in_either_normal_form() {
        let credentials = Credentials::new();
        let hash = credentials.hash("Cổng thông tin").await.unwrap();
        assert!(hash.starts_with("$argon2id$"));
        let decomposed = "Cô\u{309}ng thông tin";
        assert!(credentials.verify(decomposed, Some(&hash)).await.unwrap());
        assert!(!credentials.verify("Cong thong tin", Some(&hash)).await.unwrap());
    }

    #[tokio::test]
    async fn nobodys_hash_costs_what_a_real_one_costs() {
        let real = Credentials::new().hash("x").await.unwrap();
        let cost = |hash: &str| {
            let hash = PasswordHash::new(hash).unwrap();
            (hash.algorithm, hash.version, hash.params, hash.salt.map(|s| s.len()), hash.hash.map(|h| h.len()))
        };
        assert_eq!(cost(NOBODY), cost(&real));
        assert!(!Credentials::new().verify("x", None).await.unwrap());
    }

    #[test]
    fn made_passwords_are_long_and_differ() {
        let (one, other) = (make_password(), make_password());
        assert_eq!(one.len(), MADE);
        assert_ne!(one, other);
    }
}
