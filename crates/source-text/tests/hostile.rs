//! Sources that nobody wrote to be read: nothing panics, and nothing takes more than it may.

mod files;

use crate::fixtures::{Document, archive, file, item, level, list, paragraph};
use proptest::prelude::*;
use source_text::child::{Allowance, run};
use source_text::{Bound, Error, Format, Limits, docx, pdf};
use std::time::{Duration, Instant};

fn refused(bytes: &[u8]) -> Error {
    docx::visible_text(bytes, &Limits::default()).unwrap_err()
}

fn with_main(main: String) -> Vec<u8> {
    let relations = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;
    archive(&[("_rels/.rels".to_owned(), relations.to_owned()), ("word/document.xml".to_owned(), main)])
}

fn document(body: &str) -> String {
    format!(r#"<w:document xmlns:w="{}"><w:body>{body}</w:body></w:document>"#, crate::fixtures::WORD)
}

#[test]
fn what_is_no_document_is_refused() {
    assert_eq!(refused(b""), Error::NotThis { format: Format::Docx });
    assert_eq!(refused(b"PK"), Error::Damaged { format: Format::Docx, part: "archive".to_owned() });
    assert_eq!(refused(&archive(&[("a".to_owned(), "b".to_owned())])), Error::NotThis { format: Format::Docx });
    let sheet = r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>"#;
    assert_eq!(refused(&with_main(sheet.to_owned())), Error::NotThis { format: Format::Docx });
    let cut = Document::new(paragraph("x")).bytes();
    assert!(matches!(refused(&cut[..cut.len() / 2]), Error::Damaged { .. }));
}

#[test]
fn broken_xml_is_refused() {
    for main in ["<w:document", "<a></b>", &document("<w:p>")[..100], &document("&unknown;"), "\u{0}", ""] {
        let error = refused(&with_main(main.to_owned()));
        assert!(matches!(error, Error::Damaged { .. } | Error::NotThis { .. }), "{main}: {error:?}");
    }
}

#[test]
fn entities_are_never_expanded() {
    let bomb = format!(
        r#"<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>{}"#,
        document(&paragraph("&b;&c;"))
    );
    assert!(matches!(refused(&with_main(bomb)), Error::Damaged { .. }));
}

#[test]
fn a_part_that_unpacks_to_more_than_is_read_is_refused() {
    let bytes = with_main(document(&paragraph(&"x".repeat(100_000))));
    let limits = Limits { unpacked: 50_000, ..Limits::default() };
    assert_eq!(docx::visible_text(&bytes, &limits), Err(Error::TooLarge { bound: Bound::UnpackedBytes, max: 50_000 }));
    let bomb = with_main(" ".repeat(24 << 20));
    let limits = Limits { unpacked: 16 << 20, ..Limits::default() };
    assert_eq!(docx::visible_text(&bomb, &limits), Err(Error::TooLarge { bound: Bound::UnpackedBytes, max: 16 << 20 }));
}

#[test]
fn depth_parts_length_and_text_are_bounded() {
    let deep = with_main(document(&format!("{}{}", "<w:sdt>".repeat(100_000), "</w:sdt>".repeat(100_000))));
    assert_eq!(refused(&deep), Error::TooLarge { bound: Bound::Depth, max: 400 });
    let many: Vec<_> = (0..50).map(|at| (format!("part{at}"), String::new())).collect();
    let limits = Limits { parts: 49, file: 20_000, text: 10, ..Limits::default() };
    let read = |bytes: &[u8]| docx::visible_text(bytes, &limits).unwrap_err();
    assert_eq!(read(&archive(&many)), Error::TooLarge { bound: Bound::Parts, max: 49 });
    assert_eq!(read(&vec![b'P'; 20_001]), Error::TooLarge { bound: Bound::FileBytes, max: 20_000 });
    assert_eq!(read(&Document::new(paragraph("hơn mười byte")).bytes()), Error::TooLarge { bound: Bound::TextBytes, max: 10 });
}

#[test]
fn labels_cannot_be_made_long_out_of_little() {
    let long = "%1".repeat(1000);
    let (pattern, used) = list(1, &level(0, "lowerLetter", &long, ""));
    let pattern = pattern.replace(r#"w:start w:val="1""#, r#"w:start w:val="2147483647""#);
    let body: String = (0..2000).map(|_| item(1, 0, "x")).collect();
    let limits = Limits { text: 1 << 20, ..Limits::default() };
    let bytes = Document::new(body).numbering(pattern + &used).bytes();
    assert_eq!(docx::visible_text(&bytes, &limits), Err(Error::TooLarge { bound: Bound::TextBytes, max: 1 << 20 }));
}

#[test]
fn styles_in_a_circle_end() {
    let styles =
        r#"<w:style w:styleId="A"><w:basedOn w:val="B"/></w:style><w:style w:styleId="B"><w:basedOn w:val="A"/></w:style>"#;
    let body = r#"<w:p><w:pPr><w:pStyle w:val="A"/></w:pPr><w:r><w:rPr><w:rStyle w:val="B"/></w:rPr><w:t>x</w:t></w:r></w:p>"#;
    assert_eq!(Document::new(body).styles(styles).text(), "x");
}

#[test]
fn time_grows_with_length_only() {
    let (pattern, used) = list(1, &level(0, "decimal", "Điều %1.", ""));
    let body: String = (0..20_000).map(|at| item(1, 0, &format!("Khoản {at}"))).collect();
    let begin = Instant::now();
    let text = Document::new(body).numbering(pattern + &used).text();
    assert!(text.ends_with("Điều 20000. Khoản 19999"));
    assert!(begin.elapsed() < Duration::from_secs(20));
    let open: String = (0..50_000)
        .map(|_| r#"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p>"#)
        .collect();
    let begin = Instant::now();
    Document::new(open).text();
    assert!(begin.elapsed() < Duration::from_secs(20));
}

fn rich() -> Vec<u8> {
    let (pattern, used) = list(1, &level(0, "decimal", "Điều %1.", ""));
    let body =
        [item(1, 0, "Ban hành"), paragraph("a &amp; b"), "<w:p><w:r><w:footnoteReference w:id=\"1\"/></w:r></w:p>".to_owned()];
    Document::new(body.concat())
        .numbering(pattern + &used)
        .notes("footnotes", r#"<w:footnote w:id="1"><w:p><w:r><w:t>x</w:t></w:r></w:p></w:footnote>"#)
        .bytes()
}

/// Bytes with some of them changed, cut off, or put in again.
fn mutated(bytes: Vec<u8>) -> impl Strategy<Value = Vec<u8>> {
    let length = bytes.len();
    let edits = prop::collection::vec((0..length, any::<u8>(), 0..4_u8), 1..12);
    edits.prop_map(move |edits| {
        let mut changed = bytes.clone();
        for (at, byte, kind) in edits {
            let at = at.min(changed.len().saturating_sub(1));
            match kind {
                0 => changed[at] = byte,
                1 => changed.insert(at, byte),
                2 if changed.len() > 1 => {
                    changed.remove(at);
                }
                _ => {
                    let piece = changed[at..(at + usize::from(byte)).min(changed.len())].to_vec();
                    changed.splice(at..at, piece);
                }
            }
        }
        changed
    })
}

fn xml() -> impl Strategy<Value = String> {
    let words = [
        "<w:p>",
        "</w:p>",
        "<w:r>",
        "</w:r>",
        "<w:t>",
        "</w:t>",
        "<w:pPr>",
        "</w:pPr>",
        "<w:rPr>",
        "</w:rPr>",
        "<w:del/>",
        "<w:tr>",
        "</w:tr>",
        "<w:trPr>",
        "</w:trPr>",
        "<w:txbxContent>",
        "</w:txbxContent>",
        "<w:vanish/>",
        "<w:br/>",
        "x",
        "&amp;",
        "<w:fldChar w:fldCharType=\"begin\"/>",
        "<w:fldChar w:fldCharType=\"end\"/>",
        "<w:numPr>",
        "</w:numPr>",
        "<w:numId w:val=\"1\"/>",
        "<w:ilvl w:val=\"8\"/>",
        "<w:footnoteReference w:id=\"1\"/>",
        "<w:sym w:char=\"FFFFFF\"/>",
        "<w:footnote>",
        "</w:footnote>",
    ];
    prop::collection::vec(prop::sample::select(words.to_vec()), 0..60).prop_map(|words| words.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_changed_file_breaks_at_most_the_child_that_reads_it(bytes in mutated(file("chromium.pdf"))) {
        let _ = run(&crate::child::program("read"), &bytes, &Allowance::default());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..2000), name in "[a-z]{0,3}\\.(docx|pdf|txt)") {
        let _ = docx::visible_text(&bytes, &Limits::default());
        let _ = docx::visible_text(&[b"PK\x03\x04", bytes.as_slice()].concat(), &Limits::default());
        let _ = Format::of(&name, &bytes);
        let _ = pdf::signatures(&bytes);
        let _ = pdf::signatures(&[b"%PDF-1.7\n", bytes.as_slice()].concat());
    }

    #[test]
    fn a_changed_document_is_read_or_refused(bytes in mutated(rich())) {
        let _ = docx::visible_text(&bytes, &Limits::default());
    }

    #[test]
    fn elements_in_any_order_are_read_or_refused(body in xml(), numbering in xml()) {
        // What is not well formed is refused before long, so most of it is closed by force.
        let bytes = Document::new(body).numbering(numbering).bytes();
        let _ = docx::visible_text(&bytes, &Limits::default());
    }

    #[test]
    fn a_changed_file_has_signatures_or_none(bytes in mutated(file("signed-twice.pdf"))) {
        for signature in pdf::signatures(&bytes) {
            prop_assert!(serde_json::to_string(&signature).is_ok());
        }
    }

    #[test]
    fn a_changed_timestamp_is_told_or_not(bytes in mutated(file("timestamped.pdf"))) {
        let _ = pdf::signatures(&bytes);
    }
}
