//! Digests and signatures, as far as they are known here. What is not known is not checked.

use super::evidence::Check;
use super::names;
use der::asn1::ObjectIdentifier;
use der::{Decode, Encode};
use rsa::pkcs1::{self, RsaPssParams};
use rsa::signature::hazmat::PrehashVerifier;
use rsa::{BigUint, Pkcs1v15Sign, Pss, RsaPublicKey};
use sha1::Sha1;
use sha2_10::{Digest as _, Sha256, Sha384, Sha512};
use spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};

/// Bits of an RSA key; longer ones would take long.
const LONGEST: usize = 8192;

/// A way to digest bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Digest {
    Sha1,
    Sha256,
    Sha384,
    Sha512,
}

impl Digest {
    pub(super) fn of(oid: ObjectIdentifier) -> Option<Self> {
        match oid {
            names::SHA_1 | names::RSA_SHA_1 | names::EC_SHA_1 => Some(Self::Sha1),
            names::SHA_256 | names::RSA_SHA_256 | names::EC_SHA_256 => Some(Self::Sha256),
            names::SHA_384 | names::RSA_SHA_384 | names::EC_SHA_384 => Some(Self::Sha384),
            names::SHA_512 | names::RSA_SHA_512 | names::EC_SHA_512 => Some(Self::Sha512),
            _ => None,
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Sha1 => "SHA-1",
            Self::Sha256 => "SHA-256",
            Self::Sha384 => "SHA-384",
            Self::Sha512 => "SHA-512",
        }
    }

    /// The digest of pieces that follow each other.
    pub(super) fn digest(self, pieces: &[&[u8]]) -> Vec<u8> {
        fn all<D: sha2_10::Digest>(pieces: &[&[u8]]) -> Vec<u8> {
            let mut digest = D::new();
            pieces.iter().for_each(|piece| digest.update(piece));
            digest.finalize().to_vec()
        }
        match self {
            Self::Sha1 => all::<Sha1>(pieces),
            Self::Sha256 => all::<Sha256>(pieces),
            Self::Sha384 => all::<Sha384>(pieces),
            Self::Sha512 => all::<Sha512>(pieces),
        }
    }

    fn pkcs1(self) -> Pkcs1v15Sign {
        match self {
            Self::Sha1 => Pkcs1v15Sign::new::<Sha1>(),
            Self::Sha256 => Pkcs1v15Sign::new::<Sha256>(),
            Self::Sha384 => Pkcs1v15Sign::new::<Sha384>(),
            Self::Sha512 => Pkcs1v15Sign::new::<Sha512>(),
        }
    }

    fn pss(self, salt: usize) -> Pss {
        match self {
            Self::Sha1 => Pss::new_with_salt::<Sha1>(salt),
            Self::Sha256 => Pss::new_with_salt::<Sha256>(salt),
            Self::Sha384 => Pss::new_with_salt::<Sha384>(salt),
            Self::Sha512 => Pss::new_with_salt::<Sha512>(salt),
        }
    }
}

/// SHA-256 in hexadecimal digits.
pub(super) fn fingerprint(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What a key is called: `RSA 2048`, `EC P-256`, else the identifier of its kind.
pub(super) fn key_name(key: &SubjectPublicKeyInfoOwned) -> String {
    match key.algorithm.oid {
        names::RSA | names::RSA_PSS => match rsa_key(key) {
            Some((modulus, _)) => format!("RSA {}", modulus.bits()),
            None => "RSA".to_owned(),
        },
        names::EC => match curve(key) {
            Some(names::P_256) => "EC P-256".to_owned(),
            Some(names::P_384) => "EC P-384".to_owned(),
            Some(other) => format!("EC {other}"),
            None => "EC".to_owned(),
        },
        other => other.to_string(),
    }
}

/// A signature over what `pieces` are together.
pub(super) struct Signed<'s> {
    pub(super) pieces: &'s [&'s [u8]],
    pub(super) signature: &'s [u8],
    /// How it was made.
    pub(super) algorithm: &'s AlgorithmIdentifierOwned,
    /// The digest that the signer names; the algorithm may name another.
    pub(super) digest: Option<Digest>,
}

impl Signed<'_> {
    /// Whether the signature was made with the private part of `key`.
    pub(super) fn check(&self, key: &SubjectPublicKeyInfoOwned) -> Check {
        let algorithm = self.algorithm.oid;
        let is_known = Digest::of(algorithm).is_some() || matches!(algorithm, names::RSA | names::EC | names::RSA_PSS);
        let named = if algorithm == names::RSA_PSS { None } else { Digest::of(algorithm).or(self.digest) };
        match (key.algorithm.oid, algorithm) {
            _ if !is_known => Check::unknown(algorithm),
            (names::RSA | names::RSA_PSS, names::RSA_PSS) => self.check_pss(key),
            (names::RSA, _) => match named {
                Some(digest) => self.check_rsa(key, digest, digest.pkcs1()),
                None => Check::not_checked("the digest is not known"),
            },
            (names::EC, _) => match named {
                Some(digest) => self.check_ec(key, digest),
                None => Check::not_checked("the digest is not known"),
            },
            (other, _) => Check::unknown(other),
        }
    }

    fn check_pss(&self, key: &SubjectPublicKeyInfoOwned) -> Check {
        let Some(parameters) = self.algorithm.parameters.as_ref().and_then(|any| any.to_der().ok()) else {
            return Check::not_checked("the parameters of RSASSA-PSS are missing");
        };
        let Ok(parameters) = RsaPssParams::from_der(&parameters) else {
            return Check::not_checked("the parameters of RSASSA-PSS cannot be read");
        };
        let mask = parameters.mask_gen.parameters.map(|mask| mask.oid);
        if parameters.mask_gen.oid != names::MASK || mask != Some(parameters.hash.oid) {
            return Check::not_checked("the mask of RSASSA-PSS is made with another digest");
        }
        match Digest::of(parameters.hash.oid) {
            Some(digest) => self.check_rsa(key, digest, digest.pss(usize::from(parameters.salt_len))),
            None => Check::unknown(parameters.hash.oid),
        }
    }

    fn check_rsa(&self, key: &SubjectPublicKeyInfoOwned, digest: Digest, scheme: impl rsa::traits::SignatureScheme) -> Check {
        let Some((modulus, exponent)) = rsa_key(key) else { return Check::not_checked("the key cannot be read") };
        let Ok(key) = RsaPublicKey::new_with_max_size(modulus, exponent, LONGEST) else {
            return Check::not_checked("the key is too long or too weak");
        };
        Check::of(key.verify(scheme, &digest.digest(self.pieces), self.signature).is_ok())
    }

    fn check_ec(&self, key: &SubjectPublicKeyInfoOwned, digest: Digest) -> Check {
        let point = key.subject_public_key.raw_bytes();
        let hash = digest.digest(self.pieces);
        match curve(key) {
            Some(names::P_256) => {
                let key = p256::ecdsa::VerifyingKey::from_sec1_bytes(point);
                let signature = p256::ecdsa::Signature::from_der(self.signature);
                verify(key.ok(), signature.ok(), &padded(hash, 32))
            }
            Some(names::P_384) => {
                let key = p384::ecdsa::VerifyingKey::from_sec1_bytes(point);
                let signature = p384::ecdsa::Signature::from_der(self.signature);
                verify(key.ok(), signature.ok(), &padded(hash, 48))
            }
            Some(other) => Check::unknown(other),
            None => Check::not_checked("the key names no curve"),
        }
    }
}

fn verify<S, K: PrehashVerifier<S>>(key: Option<K>, signature: Option<S>, hash: &[u8]) -> Check {
    match (key, signature) {
        (None, _) => Check::not_checked("the key cannot be read"),
        (Some(_), None) => Check::Invalid,
        (Some(key), Some(signature)) => Check::of(key.verify_prehash(hash, &signature).is_ok()),
    }
}

/// A digest that is shorter than the numbers of the curve is the same number with noughts before it.
fn padded(hash: Vec<u8>, length: usize) -> Vec<u8> {
    let mut padded = vec![0; length.saturating_sub(hash.len())];
    padded.extend(hash);
    padded
}

fn rsa_key(key: &SubjectPublicKeyInfoOwned) -> Option<(BigUint, BigUint)> {
    let key = pkcs1::RsaPublicKey::from_der(key.subject_public_key.raw_bytes()).ok()?;
    Some((BigUint::from_bytes_be(key.modulus.as_bytes()), BigUint::from_bytes_be(key.public_exponent.as_bytes())))
}

fn curve(key: &SubjectPublicKeyInfoOwned) -> Option<ObjectIdentifier> {
    key.algorithm.parameters.as_ref()?.decode_as::<ObjectIdentifier>().ok()
}
