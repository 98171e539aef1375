//! The text of PDF files.

use crate::fixtures::file;
use source_text::pdf::{Layer, PdfText, text};
use source_text::{Error, Format};

const DECISION: &str = "ỦY BAN NHÂN DÂN\nTỈNH SÔNG LAM\nSố: /2031/QĐ-UBND\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\
    Độc lập - Tự do - Hạnh phúc\nSông Lam, ngày tháng năm 2031\nĐiều 1. Công khai dữ liệu của tỉnh Sông Lam.\n\
    a) Sở Thông tin và Truyền thông chịu trách nhiệm;\nb) Quyết định này có hiệu lực từ ngày ký.";

fn read(name: &str) -> PdfText {
    text(&file(name)).unwrap()
}

#[test]
fn the_same_page_reads_the_same_whoever_printed_it() {
    for name in ["chromium.pdf", "libreoffice.pdf", "object-streams.pdf", "holes.pdf"] {
        assert_eq!(read(name).text(), DECISION, "{name}");
        assert_eq!(read(name).pages[0].layer, Layer::Text);
    }
}

#[test]
fn letters_that_are_drawn_twice_to_look_bold_are_read_once() {
    assert_eq!(read("bold.pdf").text(), DECISION);
}

#[test]
fn a_page_that_is_drawn_in_no_order_is_read_from_top_to_bottom() {
    let text = read("disordered.pdf").text();
    assert!(text.starts_with("ỦY BAN NHÂN DÂN\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTỈNH SÔNG LAM\n"), "{text}");
    assert!(text.ends_with("b) Quyết định này có hiệu lực từ ngày ký."), "{text}");
}

#[test]
fn pages_are_told_apart_and_their_numbers_are_no_text() {
    let read = read("text.pdf");
    assert_eq!(read.pages.len(), 2);
    assert!(read.pages[1].text.ends_with("\n2"));
    assert_eq!(read.text(), format!("{DECISION}\n{DECISION}"));
}

#[test]
fn a_scan_is_told_as_such_also_with_a_stamp_on_it() {
    let scan = read("scan.pdf");
    assert!(scan.is_scan() && scan.text().is_empty());
    assert_eq!(scan.scanned_pages(), [1]);
    let stamped = read("scan-stamped.pdf");
    assert!(stamped.is_scan());
    assert_eq!(stamped.text(), "Số: 12 ngày 05/6/2031");
    assert!(!read("text.pdf").is_scan());
}

#[test]
fn what_was_stamped_is_read_where_room_was_left_for_it() {
    let expected = DECISION.replace("Số: /", "Số: 12/").replace("ngày tháng năm", "ngày 05 tháng 6 năm");
    assert_eq!(read("stamped.pdf").text(), format!("{expected}\nDa ky so"));
}

#[test]
fn a_file_that_takes_a_password_is_refused_and_one_that_takes_none_is_read() {
    assert_eq!(read("encrypted.pdf").text(), DECISION);
    assert_eq!(text(&file("password.pdf")), Err(Error::Encrypted { format: Format::Pdf }));
}

#[test]
fn what_is_no_pdf_is_refused() {
    assert_eq!(text(b"").unwrap_err(), Error::NotThis { format: Format::Pdf });
    assert_eq!(text("Điều 1.".as_bytes()).unwrap_err(), Error::NotThis { format: Format::Pdf });
    assert!(matches!(text(b"%PDF-1.7\n%%EOF").unwrap_err(), Error::Damaged { format: Format::Pdf, .. }));
}
