//! Tracked changes, and what is there without being seen.

use crate::fixtures::{Document, item, level, list, paragraph};

fn run(text: &str) -> String {
    format!(r#"<w:r><w:t xml:space="preserve">{text}</w:t></w:r>"#)
}

#[test]
fn what_was_inserted_is_read_and_what_was_deleted_is_not() {
    let body = format!(
        "<w:p>{}<w:del><w:r><w:delText>20</w:delText></w:r></w:del><w:ins>{}</w:ins>{}</w:p>",
        run("trong "),
        run("15"),
        run(" ngày")
    );
    assert_eq!(Document::new(body).text(), "trong 15 ngày");
}

#[test]
fn what_was_moved_is_read_where_it_is_now() {
    let body = format!(
        "<w:p><w:moveFrom>{}</w:moveFrom>{}</w:p><w:p><w:moveTo>{}</w:moveTo></w:p>",
        run("Khoản 2"),
        run("Khoản 1"),
        run("Khoản 2")
    );
    assert_eq!(Document::new(body).text(), "Khoản 1\nKhoản 2");
}

#[test]
fn a_paragraph_whose_end_was_deleted_goes_on_in_the_next_and_is_not_counted() {
    let (pattern, used) = list(1, &level(0, "decimal", "Điều %1.", ""));
    let joined = r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr><w:r><w:t xml:space="preserve">Hiệu lực </w:t></w:r></w:p>"#;
    let body = [item(1, 0, "Ban hành"), joined.to_owned(), item(1, 0, "thi hành"), item(1, 0, "Trách nhiệm")].concat();
    let text = Document::new(body).numbering(pattern + &used).text();
    assert_eq!(text, "Điều 1. Ban hành\nĐiều 2. Hiệu lực thi hành\nĐiều 3. Trách nhiệm");
}

#[test]
fn properties_from_before_a_change_do_not_count() {
    let (pattern, used) = list(1, &level(0, "decimal", "%1.", ""));
    let body = r#"<w:p><w:pPr><w:pPrChange><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr></w:pPrChange></w:pPr>
        <w:r><w:rPr><w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr><w:t>x</w:t></w:r></w:p>"#;
    assert_eq!(Document::new(body).numbering(pattern + &used).text(), "x");
}

#[test]
fn deleted_rows_and_cells_are_gone_with_their_numbers() {
    let (pattern, used) = list(1, &level(0, "decimal", "%1.", ""));
    let row =
        |properties: &str, text: &str| format!("<w:tr><w:trPr>{properties}</w:trPr><w:tc>{}</w:tc></w:tr>", item(1, 0, text));
    let cell =
        format!("<w:tr><w:tc><w:tcPr><w:cellDel/></w:tcPr>{}</w:tc><w:tc>{}</w:tc></w:tr>", item(1, 0, "c"), item(1, 0, "d"));
    let body = format!("<w:tbl>{}{}{}{cell}</w:tbl>", row("", "a"), row("<w:del/>", "b"), row("<w:ins/>", "e"));
    assert_eq!(Document::new(body).numbering(pattern + &used).text(), "1. a\n2. e\n3. d");
}

#[test]
fn hidden_text_is_left_out_by_the_run_or_by_its_style() {
    let hidden = |properties: &str| format!("<w:p>{}<w:r><w:rPr>{properties}</w:rPr><w:t>mật</w:t></w:r></w:p>", run("thấy"));
    let styles = r#"<w:style w:type="character" w:styleId="An"><w:rPr><w:vanish/></w:rPr></w:style>
        <w:style w:type="character" w:styleId="An2"><w:basedOn w:val="An"/></w:style>"#;
    let text = |properties: &str| Document::new(hidden(properties)).styles(styles).text();
    assert_eq!(text("<w:vanish/>"), "thấy");
    assert_eq!(text(r#"<w:vanish w:val="1"/>"#), "thấy");
    assert_eq!(text(r#"<w:vanish w:val="0"/>"#), "thấymật");
    assert_eq!(text(r#"<w:rStyle w:val="An2"/>"#), "thấy");
    assert_eq!(text(r#"<w:rStyle w:val="An2"/><w:vanish w:val="false"/>"#), "thấymật");
    assert_eq!(text("<w:webHidden/>"), "thấymật");
}

#[test]
fn a_character_style_turns_over_what_the_paragraph_style_hides() {
    let styles = r#"<w:style w:type="paragraph" w:styleId="P"><w:rPr><w:vanish/></w:rPr></w:style>
        <w:style w:type="character" w:styleId="C"><w:rPr><w:vanish/></w:rPr></w:style>"#;
    let body = r#"<w:p><w:pPr><w:pStyle w:val="P"/></w:pPr><w:r><w:t>mật</w:t></w:r><w:r><w:rPr><w:rStyle w:val="C"/></w:rPr><w:t>thấy</w:t></w:r></w:p>"#;
    assert_eq!(Document::new(body).styles(styles).text(), "thấy");
}

#[test]
fn capitals_are_read_as_they_are_seen() {
    let body = r#"<w:p><w:r><w:rPr><w:caps/></w:rPr><w:t>Quyết định</w:t></w:r></w:p>"#;
    assert_eq!(Document::new(body).text(), "QUYẾT ĐỊNH");
}

#[test]
fn a_paragraph_with_a_hidden_end_is_one_line_with_the_next() {
    let body = format!(
        r#"<w:p><w:pPr><w:rPr><w:vanish/><w:specVanish/></w:rPr></w:pPr>{}</w:p>{}"#,
        run("Điều 1. "),
        paragraph("Phạm vi")
    );
    assert_eq!(Document::new(body).text(), "Điều 1. Phạm vi");
}
