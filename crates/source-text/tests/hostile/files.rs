//! PDF files that are made to be read at great cost.

use source_text::child::{Allowance, Extraction, run};
use source_text::{Error, pdf};
use std::io::Write;
use std::time::{Duration, Instant};

/// A file with these objects, the first of which is its root.
fn pdf_of(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        places.push(bytes.len());
        writeln!(bytes, "{} 0 obj", index + 1).unwrap();
        bytes.extend(object);
        bytes.extend(b"\nendobj\n");
    }
    let table = bytes.len();
    writeln!(bytes, "xref\n0 {}\n0000000000 65535 f ", objects.len() + 1).unwrap();
    for place in places {
        writeln!(bytes, "{place:010} 00000 n ").unwrap();
    }
    write!(bytes, "trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF", objects.len() + 1).unwrap();
    bytes
}

fn stream(dictionary: &str, content: &[u8]) -> Vec<u8> {
    let mut stream = format!("<<{dictionary}/Length {}>>stream\n", content.len()).into_bytes();
    stream.extend(content);
    stream.extend(b"\nendstream");
    stream
}

/// A file of one page with this content and these resources, and further objects from number 5 on.
fn page(content: &[u8], resources: &str, more: &[Vec<u8>]) -> Vec<u8> {
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>".to_vec(),
        format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<{resources}>>>>").into_bytes(),
        stream("", content),
    ];
    objects.extend_from_slice(more);
    pdf_of(&objects)
}

const HELVETICA: &str = "/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>";

/// Reads a file in a child with little time; whatever comes, it comes soon.
fn read(bytes: &[u8]) -> Result<Extraction, Error> {
    let allowance =
        Allowance { time: Duration::from_secs(8), computing: Duration::from_secs(4), memory: 512 << 20, ..Allowance::default() };
    let begin = Instant::now();
    let read = run(&crate::child::program("read"), bytes, &allowance);
    assert!(begin.elapsed() < Duration::from_secs(16));
    read
}

#[test]
fn a_plain_page_that_is_made_here_is_read() {
    let bytes = page(b"BT /F 12 Tf 60 700 Td (Dieu 1.) Tj ET", HELVETICA, &[]);
    assert_eq!(read(&bytes).unwrap().text.text(), "Dieu 1.");
}

#[test]
fn values_within_each_other_do_not_break_the_stack() {
    let deep = "[".repeat(200_000);
    assert!(!matches!(read(&page(deep.as_bytes(), HELVETICA, &[])), Err(Error::BrokeDown(_))));
    let deep = format!("/Font<</F {}", "<</A ".repeat(100_000));
    assert!(!matches!(read(&page(b"BT /F 12 Tf (x) Tj ET", &deep, &[])), Err(Error::BrokeDown(_))));
    let deep = "<</A ".repeat(1_000);
    let form = pdf_of(&[
        format!("<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields {deep}").into_bytes(),
        b"<</Type/Pages/Count 0/Kids[]>>".to_vec(),
    ]);
    assert_eq!(pdf::signatures(&form), []);
}

#[test]
fn a_form_that_draws_itself_ends() {
    let itself = stream("/Type/XObject/Subtype/Form/BBox[0 0 1 1]/Resources<</XObject<</A 5 0 R>>>>", b"/A Do /A Do /A Do /A Do");
    let bytes = page(b"/A Do BT /F 12 Tf (x) Tj ET", &format!("{HELVETICA}/XObject<</A 5 0 R>>"), &[itself]);
    match read(&bytes) {
        Ok(read) => assert_eq!(read.text.text(), "x"),
        Err(error) => assert!(matches!(error, Error::TooLarge { .. } | Error::TimeUp { .. }), "{error:?}"),
    }
}

#[test]
fn pages_and_fields_in_a_circle_end() {
    let bytes = pdf_of(&[
        b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[3 0 R 3 0 R]>>>>".to_vec(),
        b"<</Type/Pages/Count 9/Kids[2 0 R 2 0 R]/Parent 2 0 R>>".to_vec(),
        b"<</FT/Sig/T(a)/Kids[3 0 R 4 0 R]/V 3 0 R>>".to_vec(),
        b"<</Parent 3 0 R/Kids[3 0 R]>>".to_vec(),
    ]);
    let _ = read(&bytes);
    assert!(pdf::signatures(&bytes).len() <= 1);
}

#[test]
fn a_stream_that_unpacks_to_much_ends_the_child_at_most() {
    // The page's content is a row of streams, of which each unpacks to a thousand times its size.
    let packed = {
        let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        archive.start_file("x", zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(&vec![b' '; 32 << 20]).unwrap();
        let bytes = archive.finish().unwrap().into_inner();
        // What is packed stands behind the head of its entry, 30 bytes and the name.
        bytes[31..bytes.len() - 69].to_vec()
    };
    let zlib = [[0x78, 0x9c].as_slice(), &packed].concat();
    let bomb = stream("/Filter/FlateDecode", &zlib);
    let many = vec![bomb; 64];
    let row: String = (5..69).map(|number| format!("{number} 0 R ")).collect();
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>".to_vec(),
        format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents[{row}]>>").into_bytes(),
        b"null".to_vec(),
    ];
    objects.extend(many);
    let error = read(&pdf_of(&objects)).unwrap_err();
    assert!(matches!(error, Error::BrokeDown(_) | Error::TimeUp { .. }), "{error:?}");
}

#[test]
fn widths_without_end_end_the_child_at_most() {
    let font = "/Font<</F<</Type/Font/Subtype/TrueType/BaseFont/X/FirstChar 4000000000/LastChar 4000000001/Widths[1]>>>>";
    let _ = read(&page(b"BT /F 12 Tf 60 700 Td (Dieu 1.) Tj ET", font, &[]));
}

#[test]
fn numbers_out_of_all_bounds_are_no_text_and_no_panic() {
    let content = b"1e38 0 0 1e38 1e38 1e38 cm BT /F 1e38 Tf 1e38 1e38 Td 1e38 Tc 1e38 Tw (a b) Tj [(x) 1e38 (y)] TJ 0 0 0 0 0 0 Tm (z) Tj ET";
    assert!(read(&page(content, HELVETICA, &[])).is_ok());
}
