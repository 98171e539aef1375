//! The evidence of digital signatures that a PDF carries.

mod algorithm;
mod certificate;
mod evidence;
mod fields;
mod names;
mod range;
mod signed;
mod tlv;
mod when;

pub use certificate::{Certificate, Party};
pub use evidence::{Chain, Check, Coverage, Purpose, Signature, Timestamp};

use evidence::evidence;
use hayro_syntax::Pdf;

/// Fields of signatures that are looked at.
const MOST: usize = 200;

/// Gives the evidence of every signature in a PDF, in the order of their fields; empty where there is none, or where the
/// file cannot be read.
///
/// What is told is arithmetic: whether the bytes that were signed are those of the file, and whether the signature was
/// made with the key in the certificate. Whom the certificate belongs to nobody has checked ([`Chain::NotChecked`]): who
/// relies on it needs the issuer's own certificate and lists of revocation.
pub fn signatures(bytes: &[u8]) -> Vec<Signature> {
    super::open(bytes).map_or_else(|_| Vec::new(), |pdf| signatures_of(&pdf, bytes))
}

pub(super) fn signatures_of(pdf: &Pdf, bytes: &[u8]) -> Vec<Signature> {
    fields::signed(pdf).into_iter().take(MOST).map(|(field, dictionary)| evidence(bytes, field, &dictionary)).collect()
}
