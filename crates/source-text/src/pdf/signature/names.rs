//! Object identifiers of what signatures are made of.

use der::asn1::ObjectIdentifier;

const fn oid(dotted: &str) -> ObjectIdentifier {
    ObjectIdentifier::new_unwrap(dotted)
}

pub(super) const SIGNED_DATA: ObjectIdentifier = oid("1.2.840.113549.1.7.2");
pub(super) const MESSAGE_DIGEST: ObjectIdentifier = oid("1.2.840.113549.1.9.4");
pub(super) const SIGNING_TIME: ObjectIdentifier = oid("1.2.840.113549.1.9.5");
pub(super) const TIMESTAMP: ObjectIdentifier = oid("1.2.840.113549.1.9.16.2.14");
pub(super) const SUBJECT_KEY: ObjectIdentifier = oid("2.5.29.14");

pub(super) const SHA_1: ObjectIdentifier = oid("1.3.14.3.2.26");
pub(super) const SHA_256: ObjectIdentifier = oid("2.16.840.1.101.3.4.2.1");
pub(super) const SHA_384: ObjectIdentifier = oid("2.16.840.1.101.3.4.2.2");
pub(super) const SHA_512: ObjectIdentifier = oid("2.16.840.1.101.3.4.2.3");

pub(super) const RSA: ObjectIdentifier = oid("1.2.840.113549.1.1.1");
pub(super) const RSA_SHA_1: ObjectIdentifier = oid("1.2.840.113549.1.1.5");
pub(super) const RSA_PSS: ObjectIdentifier = oid("1.2.840.113549.1.1.10");
pub(super) const RSA_SHA_256: ObjectIdentifier = oid("1.2.840.113549.1.1.11");
pub(super) const RSA_SHA_384: ObjectIdentifier = oid("1.2.840.113549.1.1.12");
pub(super) const RSA_SHA_512: ObjectIdentifier = oid("1.2.840.113549.1.1.13");
pub(super) const MASK: ObjectIdentifier = oid("1.2.840.113549.1.1.8");

pub(super) const EC: ObjectIdentifier = oid("1.2.840.10045.2.1");
pub(super) const EC_SHA_1: ObjectIdentifier = oid("1.2.840.10045.4.1");
pub(super) const EC_SHA_256: ObjectIdentifier = oid("1.2.840.10045.4.3.2");
pub(super) const EC_SHA_384: ObjectIdentifier = oid("1.2.840.10045.4.3.3");
pub(super) const EC_SHA_512: ObjectIdentifier = oid("1.2.840.10045.4.3.4");
pub(super) const P_256: ObjectIdentifier = oid("1.2.840.10045.3.1.7");
pub(super) const P_384: ObjectIdentifier = oid("1.3.132.0.34");

pub(super) const COMMON_NAME: ObjectIdentifier = oid("2.5.4.3");
pub(super) const ORGANIZATION: ObjectIdentifier = oid("2.5.4.10");
pub(super) const UNIT: ObjectIdentifier = oid("2.5.4.11");

/// The short names that parts of a person's or body's name are written with.
pub(super) const PARTS: [(ObjectIdentifier, &str); 14] = [
    (COMMON_NAME, "CN"),
    (ORGANIZATION, "O"),
    (UNIT, "OU"),
    (oid("2.5.4.4"), "SN"),
    (oid("2.5.4.5"), "serialNumber"),
    (oid("2.5.4.6"), "C"),
    (oid("2.5.4.7"), "L"),
    (oid("2.5.4.8"), "ST"),
    (oid("2.5.4.9"), "street"),
    (oid("2.5.4.12"), "title"),
    (oid("2.5.4.42"), "GN"),
    (oid("2.5.4.97"), "organizationIdentifier"),
    (oid("0.9.2342.19200300.100.1.1"), "UID"),
    (oid("1.2.840.113549.1.9.1"), "E"),
];
