//! Signed data as the Cryptographic Message Syntax has it (RFC 5652), read one level at a time: a certificate that breaks
//! the rules does not hide the others.

use super::algorithm::{self, Digest};
use super::certificate::{Read, is_named};
use super::evidence::Check;
use super::tlv::{Tlv, definite};
use super::{names, when};
use cms::signed_data::{SignerIdentifier, SignerInfo};
use der::asn1::{ObjectIdentifier, OctetStringRef};
use der::{Decode, Tag, Tagged};
use x509_cert::attr::Attributes;

/// Certificates in one signature that are looked at.
const MOST: usize = 50;

/// Signed data with its first signer; PDF has no more of them.
pub(super) struct SignedData {
    /// What is signed, where it lies within.
    pub(super) content: Option<Vec<u8>>,
    pub(super) certificates: Vec<Read>,
    pub(super) signer: SignerInfo,
    pub(super) digest: Option<Digest>,
    /// What the signer signed of himself, as it is written.
    attributes: Option<Vec<u8>>,
}

impl SignedData {
    /// Reads it from the beginning of `bytes`; the error says what stopped it.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, &'static str> {
        let der = definite(bytes).ok_or("it is no value")?;
        Self::parse(&der).ok_or("it is no signed data")
    }

    fn parse(der: &[u8]) -> Option<Self> {
        let (outer, _) = Tlv::first(der)?;
        let mut outer = outer.children();
        if ObjectIdentifier::from_der(outer.next()?.whole).ok()? != names::SIGNED_DATA {
            return None;
        }
        let data = outer.next()?.children().next()?;
        let mut parts = data.children().skip(2);
        let content = content(&parts.next()?);
        let (mut certificates, mut signers) = (Vec::new(), None);
        for part in parts {
            match part.tag {
                0xa0 => certificates = part.children().take(MOST).filter_map(|one| Read::of(one.whole)).collect(),
                0x31 => signers = Some(part),
                _ => {}
            }
        }
        let whole = signers?.children().next()?;
        let signer = SignerInfo::from_der(whole.whole).ok()?;
        let attributes = whole.children().find(|part| part.tag == 0xa0).map(|attributes| {
            // They are tagged by their place, and signed as what they are: a set.
            let mut set = attributes.whole.to_vec();
            if let Some(tag) = set.first_mut() {
                *tag = 0x31;
            }
            set
        });
        let digest = Digest::of(signer.digest_alg.oid);
        Some(Self { content, certificates, signer, digest, attributes })
    }

    /// The certificate of the signer, where it is there.
    pub(super) fn certificate(&self) -> Option<&Read> {
        self.certificates.iter().find(|certificate| match &self.signer.sid {
            SignerIdentifier::IssuerAndSerialNumber(named) => {
                is_named(&certificate.parsed, &named.issuer, named.serial_number.as_bytes())
            }
            SignerIdentifier::SubjectKeyIdentifier(key) => certificate.key_identifier() == Some(key.0.as_bytes()),
        })
    }

    /// Whether the digest of `pieces` is the one that was signed, and whether the signature is the signer's.
    pub(super) fn check(&self, pieces: &[&[u8]]) -> (Check, Check) {
        let Some(attributes) = &self.attributes else {
            // The signature is over the bytes themselves: one check tells both.
            let signature = self.check_signature(pieces);
            return (signature.clone(), signature);
        };
        let stated = attribute(self.signer.signed_attrs.as_ref(), names::MESSAGE_DIGEST);
        let content = match (self.digest, stated) {
            (None, _) => Check::unknown(self.signer.digest_alg.oid),
            (Some(_), None) => Check::Invalid,
            (Some(digest), Some((_, stated))) => Check::of(digest.digest(pieces) == stated),
        };
        (content, self.check_signature(&[attributes]))
    }

    fn check_signature(&self, pieces: &[&[u8]]) -> Check {
        let Some(certificate) = self.certificate() else {
            return Check::not_checked("the certificate of the signer is missing or cannot be read");
        };
        let signed = algorithm::Signed {
            pieces,
            signature: self.signer.signature.as_bytes(),
            algorithm: &self.signer.signature_algorithm,
            digest: self.digest,
        };
        signed.check(&certificate.parsed.tbs_certificate.subject_public_key_info)
    }

    /// When the signer says he signed.
    pub(super) fn signing_time(&self) -> Option<String> {
        let (tag, bytes) = attribute(self.signer.signed_attrs.as_ref(), names::SIGNING_TIME)?;
        let text = std::str::from_utf8(&bytes).ok()?;
        if tag == Tag::UtcTime { when::utc(text) } else { when::generalized(text) }
    }

    /// The timestamp of the signature, where somebody gave one.
    pub(super) fn timestamp(&self) -> Option<Vec<u8>> {
        let attributes = self.signer.unsigned_attrs.as_ref()?;
        let found = attributes.iter().find(|attribute| attribute.oid == names::TIMESTAMP)?;
        der::Encode::to_der(found.values.iter().next()?).ok()
    }
}

/// The first value of an attribute.
fn attribute(attributes: Option<&Attributes>, oid: ObjectIdentifier) -> Option<(Tag, Vec<u8>)> {
    let found = attributes?.iter().find(|attribute| attribute.oid == oid)?;
    let value = found.values.iter().next()?;
    Some((value.tag(), value.value().to_vec()))
}

/// The content that lies within the signed data.
fn content(encapsulated: &Tlv<'_>) -> Option<Vec<u8>> {
    let explicit = encapsulated.children().find(|part| part.tag == 0xa0)?;
    let string = explicit.children().next()?;
    OctetStringRef::from_der(string.whole).ok().map(|string| string.as_bytes().to_vec())
}
