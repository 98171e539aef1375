//! Fields, text boxes, notes, tables, and what is beside the text.

use crate::fixtures::{Document, paragraph};
use source_text::{Error, Limits, docx};

fn field(kind: &str) -> String {
    format!(r#"<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>"#)
}

#[test]
fn of_a_field_the_result_is_read() {
    let code = |code: &str| format!("<w:r><w:instrText>{code}</w:instrText></w:r>");
    let inner = [field("begin"), code("PAGE"), field("separate"), "<w:r><w:t>3</w:t></w:r>".to_owned(), field("end")].concat();
    let body = format!(
        "<w:p><w:r><w:t>xem </w:t></w:r>{}{}<w:r><w:t>mã</w:t></w:r>{inner}{}<w:r><w:t>trang 3</w:t></w:r>{}<w:r><w:t>.</w:t></w:r></w:p>",
        field("begin"),
        code("IF"),
        field("separate"),
        field("end")
    );
    assert_eq!(Document::new(body).text(), "xemtrang 3.");
    let simple = r#"<w:p><w:fldSimple w:instr="DATE"><w:r><w:t>05/6/2031</w:t></w:r></w:fldSimple></w:p>"#;
    assert_eq!(Document::new(simple).text(), "05/6/2031");
}

#[test]
fn a_text_box_is_read_once_after_its_paragraph() {
    let inside = format!("<w:txbxContent>{}{}</w:txbxContent>", paragraph("Dấu"), paragraph("đến"));
    let body = format!(
        "<w:p><w:r><w:t>Trước</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wps:txbx>{inside}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{inside}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t> sau</w:t></w:r></w:p>{}",
        paragraph("Cuối")
    );
    assert_eq!(Document::new(body).text(), "Trướcsau\nDấu\nđến\nCuối");
}

#[test]
fn a_text_box_of_an_older_program_is_read_too() {
    let body = format!(
        "<w:p><w:r><w:pict><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></w:pict></w:r></w:p>",
        paragraph("Dấu")
    );
    assert_eq!(Document::new(body).text(), "Dấu");
}

#[test]
fn notes_stand_at_the_end_under_the_mark_they_have_in_the_text() {
    let refer = |kind: &str, id: u32| format!(r#"<w:r><w:{kind}Reference w:id="{id}"/></w:r>"#);
    let body = format!(
        "<w:p><w:r><w:t>Điều 5</w:t></w:r>{}<w:r><w:t> và</w:t></w:r>{}</w:p>{}<w:p><w:del>{}</w:del><w:r><w:t>Điều 6</w:t></w:r>{}</w:p>",
        refer("footnote", 7),
        refer("endnote", 2),
        paragraph("Nơi nhận"),
        refer("footnote", 9),
        refer("footnote", 8),
    );
    let note = |id: u32, text: &str| {
        format!(
            r#"<w:footnote w:id="{id}"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> {text}</w:t></w:r></w:p></w:footnote>"#
        )
    };
    let notes = [note(0, "vạch"), note(8, "Bãi bỏ."), note(7, "Sửa đổi."), note(9, "Đã xóa.")].concat();
    let ends = note(2, "Cuối văn bản.").replace("footnote", "endnote");
    let text = Document::new(body).notes("footnotes", notes).notes("endnotes", ends).text();
    assert_eq!(text, "Điều 5[1]và[i]\nNơi nhận\nĐiều 6[2]\n[1] Sửa đổi.\n[2] Bãi bỏ.\n[i] Cuối văn bản.");
}

#[test]
fn cells_are_lines_also_in_a_table_within_a_table() {
    let row =
        |cells: &[&str]| format!("<w:tr>{}</w:tr>", cells.iter().map(|cell| format!("<w:tc>{cell}</w:tc>")).collect::<String>());
    let inner = format!("<w:tbl>{}</w:tbl>{}", row(&[&paragraph("1"), &paragraph("2")]), paragraph("sau"));
    let body = format!(
        "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid>{}</w:tbl>{}",
        row(&[&paragraph("A"), &inner]),
        paragraph("B")
    );
    assert_eq!(Document::new(body).text(), "A\n1\n2\nsau\nB");
}

#[test]
fn content_controls_links_and_formulas_are_text() {
    let body = format!(
        "<w:sdt><w:sdtPr><w:alias w:val=\"x\"/><w:rPr><w:vanish/></w:rPr></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt><w:p><w:hyperlink><w:r><w:t>liên kết</w:t></w:r></w:hyperlink><w:smartTag><w:r><w:t> thẻ</w:t></w:r></w:smartTag></w:p><w:p><m:oMath><m:r><m:t>a=b</m:t></m:r></m:oMath></w:p>",
        paragraph("ô")
    );
    assert_eq!(Document::new(body).text(), "ô\nliên kếtthẻ\na=b");
}

#[test]
fn headers_and_footers_are_left_out() {
    assert_eq!(Document::new(paragraph("Điều 1")).header(paragraph("MẬT")).text(), "Điều 1");
}

#[test]
fn a_document_within_the_document_is_refused() {
    let refused = |body: &str| docx::visible_text(&Document::new(body).bytes(), &Limits::default()).unwrap_err();
    assert_eq!(refused("<w:altChunk/>"), Error::Embedded("altChunk".to_owned()));
    assert_eq!(refused("<w:p><w:subDoc/></w:p>"), Error::Embedded("subDoc".to_owned()));
}
