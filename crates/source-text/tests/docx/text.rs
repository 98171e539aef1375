//! Characters, white space, dialects.

use crate::fixtures::{Document, archive, paragraph};
use source_text::{Limits, docx};

#[test]
fn paragraphs_are_lines_and_empty_ones_are_empty_lines() {
    let body = [paragraph("Điều 1."), "<w:p/>".to_owned(), paragraph("Điều 2."), "<w:p/><w:p/>".to_owned()].concat();
    assert_eq!(Document::new(body).text(), "Điều 1.\n\nĐiều 2.");
}

#[test]
fn tabs_breaks_hyphens_and_symbols_are_written_as_they_are_seen() {
    let body = r#"<w:p><w:pPr><w:tabs><w:tab w:val="left" w:pos="1"/></w:tabs></w:pPr><w:r><w:t>Số:</w:t><w:tab/><w:t>12/2031/QĐ</w:t><w:noBreakHyphen/><w:t>UBND</w:t><w:br/><w:t>hai</w:t><w:cr/><w:t>ba</w:t><w:br w:type="page"/><w:t>bốn</w:t><w:softHyphen/><w:sym w:font="Wingdings" w:char="F0FE"/><w:sym w:font="Symbol" w:char="F0B3"/><w:sym w:font="Lạ" w:char="F0FF"/></w:r></w:p>"#;
    assert_eq!(Document::new(body).text(), "Số: 12/2031/QĐ-UBND\nhai\nba\nbốn☑≥\u{fffd}");
}

#[test]
fn white_space_inside_a_line_is_one_space() {
    let body = "<w:p><w:r><w:t xml:space=\"preserve\">  Sông\u{a0} \t Lam </w:t></w:r><w:r><w:t> không \n giữ </w:t></w:r><w:r><w:t>!</w:t></w:r></w:p>";
    assert_eq!(Document::new(body).text(), "Sông Lam không giữ!");
}

#[test]
fn the_text_is_in_the_normal_form_it_was_written_in() {
    assert_eq!(Document::new(paragraph("Đie\u{302}\u{300}u")).text(), "Đie\u{302}\u{300}u");
}

#[test]
fn entities_and_character_data_are_decoded() {
    assert_eq!(Document::new(paragraph("a &lt;b&gt; &amp; &#7841;&#x1EA1;<![CDATA[<c>]]>")).text(), "a <b> & ạạ<c>");
}

#[test]
fn characters_of_symbol_fonts_in_the_text_are_those_that_are_seen() {
    let body =
        "<w:p><w:r><w:rPr><w:rFonts w:ascii=\"Wingdings\"/></w:rPr><w:t>\u{f0a8}</w:t></w:r><w:r><w:t> Có</w:t></w:r></w:p>";
    assert_eq!(Document::new(body).text(), "□Có");
}

#[test]
fn the_strict_dialect_is_read_as_the_other() {
    assert_eq!(Document::new(paragraph("Điều 1.")).strict().text(), "Điều 1.");
}

#[test]
fn the_main_part_may_have_any_name_and_prefix() {
    let relations = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="/Other/Main.XML"/></Relationships>"#;
    let main = format!(r#"<document xmlns="{}"><body><p><r><t>Điều 1.</t></r></p></body></document>"#, crate::fixtures::WORD);
    let bytes = archive(&[("_rels/.rels".to_owned(), relations.to_owned()), ("other/main.xml".to_owned(), main)]);
    assert_eq!(docx::visible_text(&bytes, &Limits::default()).unwrap(), "Điều 1.");
}
