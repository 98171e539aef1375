//! The evidence of signatures that pyHanko made.

use crate::fixtures::file;
use source_text::pdf::{Chain, Check, Coverage, Purpose, Signature, signatures};

fn only(name: &str) -> Signature {
    let mut found = signatures(&file(name));
    assert_eq!(found.len(), 1, "{name}");
    found.remove(0)
}

#[test]
fn signatures_of_known_kinds_are_checked() {
    let cases = [
        ("signed-rsa.pdf", "RSA 2048", "SHA-256"),
        ("signed-rsa-sha1.pdf", "RSA 2048", "SHA-1"),
        ("signed-pss.pdf", "RSA 2048", "SHA-512"),
        ("signed-p256.pdf", "EC P-256", "SHA-256"),
        ("signed-p384.pdf", "EC P-384", "SHA-384"),
    ];
    for (name, key, digest) in cases {
        let signature = only(name);
        assert!(signature.is_intact(), "{name}: {signature:?}");
        assert_eq!(signature.coverage, Coverage::WholeFile);
        assert_eq!(signature.chain, Chain::NotChecked);
        assert_eq!(signature.digest.as_deref(), Some(digest));
        assert_eq!(signature.signer.unwrap().key, key);
    }
}

#[test]
fn who_signed_when_and_why_is_told_with_its_source() {
    let signature = only("signed-rsa.pdf");
    let signer = signature.signer.unwrap();
    assert_eq!(signer.subject.common_name.as_deref(), Some("Nguyễn Văn Lam"));
    assert_eq!(signer.subject.organization.as_deref(), Some("Ủy ban nhân dân tỉnh Sông Lam"));
    assert_eq!(signer.subject.full, "CN=Nguyễn Văn Lam,O=Ủy ban nhân dân tỉnh Sông Lam,C=VN");
    assert_eq!(signer.issuer, signer.subject);
    assert_eq!((signer.not_before.as_str(), signer.not_after.as_str()), ("2030-01-01T00:00:00Z", "2040-01-01T00:00:00Z"));
    assert_eq!(signer.serial, "5a000e");
    assert_eq!(signer.sha256.len(), 64);
    assert_eq!(signature.certificates, [signer]);
    assert_eq!(signature.field, "Signature1");
    assert_eq!(signature.format.as_deref(), Some("adbe.pkcs7.detached"));
    assert_eq!(signature.reason.as_deref(), Some("Ban hành văn bản"));
    assert_eq!(signature.location.as_deref(), Some("Sông Lam"));
    assert_eq!(signature.signing_time, signature.stated_time);
    assert!(signature.signing_time.unwrap().ends_with('Z'));
    assert_eq!(signature.timestamp, None);
}

#[test]
fn a_changed_file_is_told() {
    let signature = only("tampered.pdf");
    assert_eq!((signature.content.clone(), signature.signature.clone()), (Check::Invalid, Check::Valid));
    assert!(!signature.is_intact());
}

#[test]
fn what_was_added_later_is_not_covered() {
    let signature = only("changed-later.pdf");
    assert!(signature.is_intact());
    let signed = file("signed-rsa.pdf").len() as u64;
    assert_eq!(signature.coverage, Coverage::Part { bytes: signed });
}

#[test]
fn every_signature_is_told_and_the_last_covers_the_file() {
    let found = signatures(&file("signed-twice.pdf"));
    let names: Vec<_> = found.iter().map(|one| one.signer.as_ref().unwrap().subject.common_name.as_deref().unwrap()).collect();
    assert_eq!(names, ["Nguyễn Văn Lam", "Trần Thị Thu"]);
    assert!(found.iter().all(Signature::is_intact));
    assert!(matches!(found[0].coverage, Coverage::Part { .. }));
    assert_eq!(found[1].coverage, Coverage::WholeFile);
}

#[test]
fn a_timestamp_is_told_with_the_authority_that_gave_it() {
    let timestamp = only("timestamped.pdf").timestamp.unwrap();
    assert_eq!(timestamp.time, "2031-06-05T01:02:03Z");
    assert_eq!((timestamp.content, timestamp.signature), (Check::Valid, Check::Valid));
    let authority = timestamp.authority.unwrap().subject;
    assert_eq!(authority.common_name.as_deref(), Some("Máy chủ cấp dấu thời gian"));
}

#[test]
fn a_timestamp_of_the_document_is_no_signature_of_a_person() {
    let found = only("document-timestamp.pdf");
    assert_eq!(found.purpose, Purpose::DocumentTimestamp);
    assert!(found.is_intact());
    assert_eq!(found.timestamp.unwrap().time, "2031-06-05T01:02:03Z");
}

#[test]
fn an_unknown_algorithm_is_not_checked_and_never_valid() {
    let signature = only("signed-ed25519.pdf");
    assert_eq!(signature.content, Check::Valid);
    assert!(matches!(signature.signature, Check::NotChecked { .. }), "{:?}", signature.signature);
    assert!(!signature.is_intact());
}

/// Replaces bytes within the hole that the signature lies in, where the byte range does not see it.
fn forge(name: &str, forge: impl Fn(&mut Vec<u8>)) -> Signature {
    let mut bytes = file(name);
    let begin = bytes.windows(11).position(|window| window == b"/Contents <").unwrap() + 11;
    let end = begin + bytes[begin..].iter().position(|byte| *byte == b'>').unwrap();
    let digits = String::from_utf8(bytes[begin..end].to_vec()).unwrap();
    let mut hole: Vec<u8> =
        (0..digits.len() / 2).map(|at| u8::from_str_radix(&digits[2 * at..2 * at + 2], 16).unwrap()).collect();
    forge(&mut hole);
    let digits: String = hole.iter().map(|byte| format!("{byte:02x}")).collect();
    bytes.splice(begin..end, digits.into_bytes());
    let mut found = signatures(&bytes);
    assert_eq!(found.len(), 1);
    found.remove(0)
}

#[test]
fn a_forged_signature_is_not_valid() {
    for name in ["signed-rsa.pdf", "signed-pss.pdf", "signed-p256.pdf", "signed-p384.pdf"] {
        let signature = forge(name, |hole| {
            // The signature is the last value that is there.
            let last = hole.iter().rposition(|byte| *byte != 0).unwrap();
            hole[last] ^= 1;
        });
        assert_eq!(signature.signature, Check::Invalid, "{name}");
        assert_eq!(signature.content, Check::Valid, "{name}");
    }
}

#[test]
fn a_certificate_of_somebody_else_does_not_verify() {
    let signature = forge("signed-rsa.pdf", |hole| {
        // One bit within the modulus of the key.
        let key = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
        let at = hole.windows(key.len()).position(|window| window == key).unwrap();
        hole[at + 60] ^= 4;
    });
    assert_eq!(signature.signature, Check::Invalid);
}

#[test]
fn values_without_told_length_are_read() {
    let plain = only("signed-rsa.pdf");
    let open = forge("signed-rsa.pdf", |hole| {
        // The outermost two levels of the signature get an open end, as streaming programs write it.
        let (head, length) = (hole[1] & 0x7f, usize::from(hole[2]) << 8 | usize::from(hole[3]));
        assert_eq!(head, 2);
        let value = hole[4..4 + length].to_vec();
        let kind = usize::from(value[1]) + 2;
        let mut open = vec![0x30, 0x80];
        open.extend(&value[..kind]);
        open.extend([0xa0, 0x80]);
        open.extend(&value[kind + 4..]);
        open.extend([0, 0, 0, 0]);
        open.resize(hole.len(), 0);
        *hole = open;
    });
    assert_eq!(open, plain);
}

#[test]
fn files_without_signatures_have_none() {
    assert_eq!(signatures(&file("text.pdf")), []);
    assert_eq!(signatures(&file("password.pdf")), []);
    assert_eq!(signatures(b"%PDF-1.7"), []);
    assert_eq!(signatures(b""), []);
}

#[test]
fn the_evidence_is_json_that_a_front_end_can_read() {
    let json = serde_json::to_value(only("signed-ed25519.pdf")).unwrap();
    assert_eq!(json["chain"], "not-checked");
    assert_eq!(json["content"]["result"], "valid");
    assert_eq!(json["signature"]["result"], "not-checked");
    assert_eq!(json["coverage"]["covers"], "whole-file");
    assert_eq!(json["signer"]["subject"]["common_name"], "Lê Thị Biển");
}
