//! Certificates, as they say who somebody is.

use super::algorithm::{fingerprint, key_name};
use super::{names, when};
use der::asn1::ObjectIdentifier;
use der::{Decode, Encode, Tag, Tagged};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use x509_cert::attr::AttributeTypeAndValue;
use x509_cert::name::Name;
use x509_cert::time::Time;

/// What a certificate says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Certificate {
    /// Whom it is of.
    pub subject: Party,
    /// Who gave it.
    pub issuer: Party,
    /// Its number at the issuer, in hexadecimal digits.
    pub serial: String,
    /// From when on it is valid, RFC 3339.
    pub not_before: String,
    /// Until when it is valid, RFC 3339.
    pub not_after: String,
    /// What key it has: `RSA 2048`, `EC P-256`.
    pub key: String,
    /// SHA-256 of the certificate (DER), in hexadecimal digits.
    pub sha256: String,
}

/// A person or body that a certificate names. All text is NFC.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Party {
    /// The name (CN).
    pub common_name: Option<String>,
    /// The body (O).
    pub organization: Option<String>,
    /// The part of the body (OU).
    pub unit: Option<String>,
    /// All parts of the name, in the order of RFC 4514: `CN=…,O=…,C=VN`.
    pub full: String,
}

/// A certificate with what it is checked by.
pub(super) struct Read {
    pub(super) shown: Certificate,
    pub(super) parsed: x509_cert::Certificate,
}

impl Read {
    /// Reads one from its DER; `None` where it breaks the rules.
    pub(super) fn of(der: &[u8]) -> Option<Self> {
        let parsed = x509_cert::Certificate::from_der(der).ok()?;
        let inner = &parsed.tbs_certificate;
        let shown = Certificate {
            subject: party(&inner.subject),
            issuer: party(&inner.issuer),
            serial: inner.serial_number.as_bytes().iter().map(|byte| format!("{byte:02x}")).collect(),
            not_before: moment(&inner.validity.not_before)?,
            not_after: moment(&inner.validity.not_after)?,
            key: key_name(&inner.subject_public_key_info),
            sha256: fingerprint(der),
        };
        Some(Self { shown, parsed })
    }

    /// The identifier that the certificate gives its key.
    pub(super) fn key_identifier(&self) -> Option<&[u8]> {
        let extensions = self.parsed.tbs_certificate.extensions.as_ref()?;
        let found = extensions.iter().find(|extension| extension.extn_id == names::SUBJECT_KEY)?;
        super::tlv::Tlv::first(found.extn_value.as_bytes()).map(|(value, _)| value.value)
    }
}

fn moment(time: &Time) -> Option<String> {
    let seconds = i64::try_from(time.to_unix_duration().as_secs()).ok()?;
    let at = time::OffsetDateTime::from_unix_timestamp(seconds).ok()?;
    let (year, month, day) = (at.year(), u8::from(at.month()), at.day());
    let (hour, minute, second) = at.to_hms();
    when::generalized(&format!("{year:04}{month:02}{day:02}{hour:02}{minute:02}{second:02}Z"))
}

fn party(name: &Name) -> Party {
    let mut party = Party::default();
    let mut full = Vec::new();
    for part in name.0.iter().rev().flat_map(|parts| parts.0.iter()) {
        let text = text(part);
        let known = names::PARTS.iter().find(|(oid, _)| *oid == part.oid);
        let label = known.map_or_else(|| part.oid.to_string(), |(_, label)| (*label).to_owned());
        full.push(format!("{label}={}", escaped(&text)));
        let place = match part.oid {
            names::COMMON_NAME => &mut party.common_name,
            names::ORGANIZATION => &mut party.organization,
            names::UNIT => &mut party.unit,
            _ => continue,
        };
        place.get_or_insert(text);
    }
    party.full = full.join(",");
    party
}

/// A part of a name; certificates write it in five ways.
fn text(part: &AttributeTypeAndValue) -> String {
    let bytes = part.value.value();
    let wide = |size: usize| bytes.chunks_exact(size).map(|unit| unit.iter().fold(0, |code, byte| code << 8 | u32::from(*byte)));
    let text = match part.value.tag() {
        Tag::BmpString => {
            let units = wide(2).filter_map(|unit| u16::try_from(unit).ok());
            char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
        }
        Tag::TeletexString => bytes.iter().map(|byte| char::from(*byte)).collect(),
        _ => String::from_utf8_lossy(bytes).into_owned(),
    };
    kernel::text::nfc(text.replace(char::is_control, " "))
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, ',' | '+' | '"' | '\\' | '<' | '>' | ';' | '=') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// Whether a certificate is the one that issuer and number name.
pub(super) fn is_named(certificate: &x509_cert::Certificate, issuer: &Name, serial: &[u8]) -> bool {
    let same = |one: &Name, two: &Name| matches!((one.to_der(), two.to_der()), (Ok(one), Ok(two)) if one == two);
    let inner = &certificate.tbs_certificate;
    inner.serial_number.as_bytes() == serial && same(&inner.issuer, issuer)
}

/// The identifier as it is printed.
pub(super) fn printed(oid: ObjectIdentifier) -> String {
    oid.to_string()
}
