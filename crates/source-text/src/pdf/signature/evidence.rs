//! What a signature proves, and what nobody has checked.

use super::super::interpret::decode;
use super::algorithm::Digest;
use super::certificate::{Certificate, printed};
use super::range::{self, Range};
use super::signed::SignedData;
use super::tlv::Tlv;
use super::when;
use der::Decode;
use der::asn1::ObjectIdentifier;
use hayro_syntax::object::{Dict, Name, String as Text};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A signature in a PDF.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Signature {
    /// The full name of its field.
    pub field: String,
    /// What it is for.
    pub purpose: Purpose,
    /// How it is written, in PDF's words (`SubFilter`): `ETSI.CAdES.detached`.
    pub format: Option<String>,
    /// The signer as the file says, without proof (`Name`).
    pub name: Option<String>,
    /// Why it was signed, as the file says.
    pub reason: Option<String>,
    /// Where it was signed, as the file says.
    pub location: Option<String>,
    /// When it was signed, as the file says (`M`), RFC 3339; without a zone where the file has none.
    pub stated_time: Option<String>,
    /// When it was signed, as the signer says in what he signed, RFC 3339.
    pub signing_time: Option<String>,
    /// When somebody else saw the signature.
    pub timestamp: Option<Timestamp>,
    /// The certificate of the signer.
    pub signer: Option<Certificate>,
    /// All certificates that came with it, the signer's too.
    pub certificates: Vec<Certificate>,
    /// How it digests what is signed: `SHA-256`, else an object identifier.
    pub digest: Option<String>,
    /// How much of the file was signed.
    pub coverage: Coverage,
    /// Whether the signed bytes are as they were when they were signed.
    pub content: Check,
    /// Whether the signature was made with the key of the signer's certificate.
    pub signature: Check,
    /// Whether the certificates lead to somebody who is trusted.
    pub chain: Chain,
}

impl Signature {
    /// Whether the signed bytes are unchanged, and signed with the key of the certificate. Bytes may have been added
    /// behind them ([`Signature::coverage`]), and whose the certificate is was not checked.
    pub fn is_intact(&self) -> bool {
        self.content == Check::Valid && self.signature == Check::Valid
    }
}

/// What a signature is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// Somebody signed.
    Signature,
    /// A timestamp of the whole document.
    DocumentTimestamp,
}

/// How much of a file was signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "covers", rename_all = "kebab-case")]
pub enum Coverage {
    /// All but the signature itself.
    WholeFile,
    /// The first so many bytes; something was added later, which is so with every signature but the last.
    Part {
        /// How many.
        bytes: u64,
    },
    /// What was signed is not told, or not in a way that is allowed.
    Unknown,
}

/// The result of a check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "result", rename_all = "kebab-case")]
pub enum Check {
    /// It holds.
    Valid,
    /// It does not hold.
    Invalid,
    /// It could not be checked.
    NotChecked {
        /// Why.
        why: String,
    },
}

impl Check {
    pub(super) fn of(holds: bool) -> Self {
        if holds { Self::Valid } else { Self::Invalid }
    }

    pub(super) fn not_checked(why: &str) -> Self {
        Self::NotChecked { why: why.to_owned() }
    }

    pub(super) fn unknown(algorithm: ObjectIdentifier) -> Self {
        Self::NotChecked { why: format!("the algorithm {} is not known", printed(algorithm)) }
    }
}

/// Whether certificates lead to somebody who is trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Chain {
    /// That was not checked; nobody is trusted here.
    NotChecked,
}

/// What a timestamp authority says (RFC 3161).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Timestamp {
    /// When it saw what is stamped, RFC 3339.
    pub time: String,
    /// The certificate of the authority.
    pub authority: Option<Certificate>,
    /// Whether what it saw is what it is attached to.
    pub content: Check,
    /// Whether the authority's key made it.
    pub signature: Check,
}

/// Puts the evidence of a signature together.
pub(super) fn evidence(bytes: &[u8], field: String, dictionary: &Dict<'_>) -> Signature {
    let text = |key: &str| {
        dictionary.get::<Text<'_>>(key).map(|text| kernel::text::nfc(decode(&text))).filter(|text| !text.trim().is_empty())
    };
    let format = dictionary.get::<Name<'_>>("SubFilter").map(|name| name.as_str().to_owned());
    let is_timestamp = format.as_deref() == Some("ETSI.RFC3161");
    let range = range::read(bytes, dictionary);
    let mut signature = Signature {
        field: kernel::text::nfc(field),
        purpose: if is_timestamp { Purpose::DocumentTimestamp } else { Purpose::Signature },
        format,
        name: text("Name"),
        reason: text("Reason"),
        location: text("Location"),
        stated_time: text("M").and_then(|time| when::of_pdf(&time)),
        signing_time: None,
        timestamp: None,
        signer: None,
        certificates: Vec::new(),
        digest: None,
        coverage: range.as_ref().map_or(Coverage::Unknown, |range| range.coverage),
        content: Check::not_checked("what was signed is not told"),
        signature: Check::not_checked("what was signed is not told"),
        chain: Chain::NotChecked,
    };
    if let Some(range) = range {
        signature.prove(&range);
    }
    signature
}

impl Signature {
    fn prove(&mut self, range: &Range<'_>) {
        let is_cms = matches!(
            self.format.as_deref(),
            Some("adbe.pkcs7.detached" | "adbe.pkcs7.sha1" | "ETSI.CAdES.detached" | "ETSI.RFC3161")
        );
        let signed = if is_cms { SignedData::read(&range.hole) } else { Err("signatures of this format are not read") };
        let signed = match signed {
            Ok(signed) => signed,
            Err(why) => {
                self.content = Check::not_checked(why);
                self.signature = Check::not_checked(why);
                return;
            }
        };
        self.certificates = signed.certificates.iter().map(|one| one.shown.clone()).collect();
        self.signer = signed.certificate().map(|one| one.shown.clone());
        self.signing_time = signed.signing_time();
        let named = signed.signer.digest_alg.oid;
        self.digest = Some(signed.digest.map_or_else(|| printed(named), |digest| digest.name().to_owned()));
        let stamp = signed.timestamp().and_then(|token| SignedData::read(&token).ok());
        self.timestamp = stamp.and_then(|stamp| timestamp(&stamp, &[signed.signer.signature.as_bytes()]));
        (self.content, self.signature) = match (self.format.as_deref(), &signed.content) {
            (Some("ETSI.RFC3161"), _) => {
                self.timestamp = timestamp(&signed, &range.signed);
                match &self.timestamp {
                    Some(stamp) => (stamp.content.clone(), stamp.signature.clone()),
                    None => (Check::not_checked("it is no timestamp"), Check::not_checked("it is no timestamp")),
                }
            }
            // What lies within is the digest of the file, and that is what was signed.
            (Some("adbe.pkcs7.sha1"), Some(content)) => {
                let (inner, signature) = signed.check(&[content]);
                let same = Digest::Sha1.digest(&range.signed) == *content;
                (if same { inner } else { Check::Invalid }, signature)
            }
            (Some("adbe.pkcs7.sha1"), None) | (_, Some(_)) => {
                (Check::Invalid, Check::not_checked("the format and the signed data do not agree"))
            }
            (_, None) => signed.check(&range.signed),
        };
    }
}

/// Reads a timestamp, and checks it against what it should have seen.
fn timestamp(token: &SignedData, seen: &[&[u8]]) -> Option<Timestamp> {
    let info = token.content.as_deref()?;
    let (whole, _) = Tlv::first(info)?;
    let mut parts = whole.children().skip(2);
    let mut imprint = parts.next()?.children();
    let algorithm = ObjectIdentifier::from_der(imprint.next()?.children().next()?.whole).ok()?;
    let stated = imprint.next()?.value;
    let time = parts.find(|part| part.tag == 0x18)?;
    let time = when::generalized(std::str::from_utf8(time.value).ok()?)?;
    let content = match Digest::of(algorithm) {
        Some(digest) => Check::of(digest.digest(seen) == stated),
        None => Check::unknown(algorithm),
    };
    // The authority signed what it says; that it says what it signed is part of the same.
    let signature = match token.check(&[info]) {
        (Check::Valid, signature) => signature,
        (other, _) => other,
    };
    let authority = token.certificate().map(|one| one.shown.clone());
    Some(Timestamp { time, authority, content, signature })
}
