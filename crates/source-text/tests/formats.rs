//! Which format a file is of.

use crate::fixtures::{Document, file, paragraph};
use kernel::{Fault, Kind};
use source_text::{Error, Format};

#[test]
fn the_content_says_what_a_file_is() {
    let docx = Document::new(paragraph("x")).bytes();
    assert_eq!(Format::of("van-ban.docx", &docx), Ok(Some(Format::Docx)));
    assert_eq!(Format::of("van-ban.bin", &docx), Ok(Some(Format::Docx)));
    assert_eq!(Format::of("van-ban.docx", &file("text.pdf")), Ok(Some(Format::Pdf)));
    assert_eq!(Format::of("van-ban", &[b"\n\n%PDF-1.7".as_slice(), &file("text.pdf")].concat()), Ok(Some(Format::Pdf)));
    assert_eq!(Format::of("van-ban.TXT", "Điều 1.".as_bytes()), Ok(Some(Format::Text)));
    assert_eq!(Format::of("van-ban.htm", "Điều 1.".as_bytes()), Ok(Some(Format::Html)));
    assert_eq!(Format::of("van-ban.html", &docx), Ok(Some(Format::Docx)));
    assert_eq!(Format::of("van-ban.odt", "Điều 1.".as_bytes()), Ok(None));
    assert_eq!(Format::of("van-ban", b""), Ok(None));
}

#[test]
fn a_file_that_is_not_what_it_claims_is_refused() {
    assert_eq!(Format::of("a.PDF", "Điều 1.".as_bytes()), Err(Error::NotThis { format: Format::Pdf }));
    assert_eq!(Format::of("a.docx", b"<html>"), Err(Error::NotThis { format: Format::Docx }));
    assert_eq!(Format::of("a.docx", b""), Err(Error::NotThis { format: Format::Docx }));
}

#[test]
fn old_and_encrypted_word_documents_are_told_apart() {
    let ole = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    let old = [ole.as_slice(), &[0; 512]].concat();
    assert_eq!(Format::of("a.doc", &old), Err(Error::LegacyWord));
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let encrypted = [old.as_slice(), &name].concat();
    assert_eq!(Format::of("a.docx", &encrypted), Err(Error::Encrypted { format: Format::Docx }));
}

#[test]
fn every_fault_is_told_in_two_languages() {
    let faults = [
        (Error::NotThis { format: Format::Pdf }, Kind::UnsupportedMedia, "source_type_mismatch"),
        (Error::LegacyWord, Kind::UnsupportedMedia, "unsupported_file"),
        (Error::Encrypted { format: Format::Docx }, Kind::Invalid, "encrypted_file"),
        (Error::Damaged { format: Format::Docx, part: "x".to_owned() }, Kind::Invalid, "damaged_file"),
        (Error::TimeUp { seconds: 3 }, Kind::Invalid, "unreadable_file"),
        (Error::BrokeDown("x".to_owned()), Kind::Invalid, "unreadable_file"),
        (Error::NotStarted("x".to_owned()), Kind::Internal, "internal"),
    ];
    for (fault, kind, code) in faults {
        assert_eq!((fault.kind(), fault.code()), (kind, code));
        let text = fault.text();
        assert!(text.vi != text.en && text.vi.ends_with('.') && text.en.ends_with('.'), "{text:?}");
    }
}
