//! The labels that Word writes by itself.

use crate::fixtures::{Document, item, level, list};

/// The levels of a decree: Chương I, Điều 1., 1., a), -.
fn decree() -> String {
    [
        level(0, "upperRoman", "Chương %1", ""),
        level(1, "decimal", "Điều %2.", r#"<w:lvlRestart w:val="0"/>"#),
        level(2, "decimal", "%3.", ""),
        level(3, "lowerLetter", "%4)", ""),
        level(4, "bullet", "-", ""),
    ]
    .concat()
}

fn with_list(levels: &str, items: &[(u32, &str)]) -> String {
    let (pattern, used) = list(1, levels);
    let body: String = items.iter().map(|(at, text)| item(1, *at, text)).collect();
    Document::new(body).numbering(pattern + &used).text()
}

#[test]
fn chapters_articles_clauses_and_points_are_counted_as_a_decree_counts_them() {
    let items = [
        (0, "QUY ĐỊNH CHUNG"),
        (1, "Phạm vi điều chỉnh"),
        (2, "Quy chế này quy định:"),
        (3, "dữ liệu;"),
        (3, "công khai."),
        (2, "Quy chế này áp dụng:"),
        (3, "tại tỉnh;"),
        (4, "Sông Lam."),
        (1, "Giải thích từ ngữ"),
        (2, "Trong Quy chế này:"),
        (0, "TỔ CHỨC"),
        (1, "Trách nhiệm"),
    ];
    assert_eq!(
        with_list(&decree(), &items),
        "Chương I QUY ĐỊNH CHUNG\nĐiều 1. Phạm vi điều chỉnh\n1. Quy chế này quy định:\na) dữ liệu;\nb) công khai.\n\
         2. Quy chế này áp dụng:\na) tại tỉnh;\n- Sông Lam.\nĐiều 2. Giải thích từ ngữ\n1. Trong Quy chế này:\n\
         Chương II TỔ CHỨC\nĐiều 3. Trách nhiệm"
    );
}

#[test]
fn levels_are_joined_in_one_label() {
    let levels =
        [level(0, "upperRoman", "%1.", ""), level(1, "decimal", "%1.%2.", ""), level(2, "decimal", "%1.%2.%3", "<w:isLgl/>")];
    assert_eq!(
        with_list(&levels.concat(), &[(0, "a"), (1, "b"), (2, "c"), (2, "d"), (1, "e"), (0, "f"), (2, "g")]),
        "I. a\nI.1. b\n1.1.1 c\n1.1.2 d\nI.2. e\nII. f\n2.1.1 g"
    );
}

#[test]
fn numbers_are_written_in_the_ways_offices_use() {
    let written = |format: &str, start: u32| {
        let level = level(0, format, "%1", "").replace(r#"w:start w:val="1""#, &format!(r#"w:start w:val="{start}""#));
        with_list(&level, &[(0, "x")]).trim_end_matches(" x").to_owned()
    };
    let cases = [
        ("decimal", 12, "12"),
        ("decimalZero", 7, "07"),
        ("lowerLetter", 5, "e"),
        ("lowerLetter", 26, "z"),
        ("lowerLetter", 28, "bb"),
        ("upperLetter", 3, "C"),
        ("lowerRoman", 4, "iv"),
        ("upperRoman", 1999, "MCMXCIX"),
        ("ordinal", 2, "2nd"),
        ("decimalEnclosedCircle", 3, "③"),
        ("vietnameseCounting", 15, "mười lăm"),
        ("vietnameseCounting", 21, "hai mươi mốt"),
        ("numberInDash", 2, "- 2 -"),
        ("somethingNew", 4, "4"),
    ];
    for (format, start, text) in cases {
        assert_eq!(written(format, start), text, "{format} {start}");
    }
    assert_eq!(written("none", 1), "x");
}

#[test]
fn a_label_without_space_is_written_without_one() {
    assert_eq!(with_list(&level(0, "decimal", "%1)", r#"<w:suff w:val="nothing"/>"#), &[(0, "x")]), "1)x");
}

#[test]
fn bullets_of_symbol_fonts_are_the_signs_that_are_seen() {
    let bullet = |text: &str, look: &str| {
        let level = level(0, "bullet", text, "").replace("</w:lvl>", &format!("{look}</w:lvl>"));
        with_list(&level, &[(0, "x")])
    };
    assert_eq!(bullet("\u{f0b7}", r#"<w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr>"#), "• x");
    assert_eq!(bullet("\u{f0fc}", r#"<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr>"#), "✓ x");
    assert_eq!(bullet("\u{f0ff}", r#"<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr>"#), "• x");
    assert_eq!(bullet("-", ""), "- x");
    assert_eq!(bullet("+", ""), "+ x");
}

#[test]
fn lists_of_one_pattern_count_on_and_a_start_of_their_own_begins_again() {
    let (pattern, first) = list(1, &level(0, "decimal", "%1.", ""));
    let on = r#"<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>"#;
    let again = r#"<w:num w:numId="3"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>"#;
    let body = [item(1, 0, "a"), item(2, 0, "b"), item(3, 0, "c"), item(3, 0, "d"), item(1, 0, "e")].concat();
    let text = Document::new(body).numbering(format!("{pattern}{first}{on}{again}")).text();
    assert_eq!(text, "1. a\n2. b\n5. c\n6. d\n7. e");
}

#[test]
fn a_list_may_write_a_level_in_its_own_way() {
    let (pattern, _) = list(1, &level(0, "decimal", "%1.", ""));
    let own = format!(
        r#"<w:num w:numId="1"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">{}</w:lvlOverride></w:num>"#,
        level(0, "upperLetter", "Phần %1.", "")
    );
    assert_eq!(Document::new(item(1, 0, "x")).numbering(pattern + &own).text(), "Phần A. x");
}

#[test]
fn styles_bring_their_list_and_level_along() {
    let levels = level(0, "decimal", "Điều %1.", r#"<w:pStyle w:val="Dieu"/>"#)
        + &level(1, "decimal", "%2.", r#"<w:pStyle w:val="Khoan"/>"#);
    let (pattern, used) = list(4, &levels);
    let styles = r#"<w:style w:type="paragraph" w:styleId="Dieu"><w:pPr><w:numPr><w:numId w:val="4"/></w:numPr></w:pPr></w:style>
        <w:style w:type="paragraph" w:styleId="Dieu2"><w:basedOn w:val="Dieu"/></w:style>
        <w:style w:type="paragraph" w:styleId="Khoan"><w:basedOn w:val="Dieu"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>"#;
    let styled = |style: &str, more: &str| {
        format!(r#"<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr><w:r><w:t>x</w:t></w:r></w:p>"#)
    };
    let out = r#"<w:numPr><w:numId w:val="0"/></w:numPr>"#;
    let body = [
        styled("Dieu", ""),
        styled("Khoan", ""),
        styled("Khoan", ""),
        styled("Dieu2", ""),
        styled("Dieu", out),
        styled("Khoan", ""),
    ];
    let text = Document::new(body.concat()).styles(styles).numbering(pattern + &used).text();
    assert_eq!(text, "Điều 1. x\n1. x\n2. x\nĐiều 2. x\nx\n1. x");
}

#[test]
fn a_list_style_has_the_levels_of_the_lists_that_refer_to_it() {
    let (pattern, used) = list(1, &format!(r#"<w:styleLink w:val="Mau"/>{}"#, level(0, "decimal", "Mục %1.", "")));
    let link = r#"<w:abstractNum w:abstractNumId="2"><w:numStyleLink w:val="Mau"/></w:abstractNum>"#;
    let linked = r#"<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>"#;
    let styles =
        r#"<w:style w:type="numbering" w:styleId="Mau"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>"#;
    let numbering = format!("{pattern}{link}{used}{linked}");
    assert_eq!(
        Document::new(item(2, 0, "x") + &item(2, 0, "y")).styles(styles).numbering(numbering).text(),
        "Mục 1. x\nMục 2. y"
    );
}

#[test]
fn a_list_that_is_not_there_has_no_label() {
    assert_eq!(Document::new(item(9, 0, "x")).text(), "x");
    assert_eq!(with_list(&level(0, "decimal", "%1.", ""), &[(7, "x"), (200, "y")]), "x\ny");
}

#[test]
fn formats_with_noughts_are_read_from_the_newer_alternative() {
    let level = r#"<w:lvl w:ilvl="0"><w:start w:val="9"/><mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent><w:lvlText w:val="%1."/></w:lvl>"#;
    assert_eq!(with_list(level, &[(0, "x"), (0, "y")]), "009. x\n010. y");
}
