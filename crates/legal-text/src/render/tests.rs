//! What holds of every representation of every text: nothing is lost, nothing breaks, no id is there twice.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use super::akn::{Akn, akn};
use super::source::Source;
use super::{docx, html};
use crate::node::walk;
use crate::parse::{LegalText, parse};
use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::HashSet;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Lines of which documents are made, and of which none should be.
const LINES: [&str; 64] = [
    "ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\n",
    "TỈNH SÔNG LAM | Độc lập - Tự do - Hạnh phúc |\n",
    "Số: 12/2031/QĐ-UBND | Sông Lam, ngày 05 tháng 6 năm 2031 |\n",
    "**QUYẾT ĐỊNH**\n",
    "QUYẾT ĐỊNH:\n",
    "BAN HÀNH QUY CHẾ\n",
    "V/v mở dữ liệu\n",
    "Kính gửi: Các sở.\n",
    "Căn cứ Luật Lam số 5/2030/QH20 ngày 1/2/2030;\n",
    "Theo đề nghị của Giám đốc Sở Lam.\n",
    "Phần thứ nhất\n",
    "Chương I\nQUY ĐỊNH CHUNG\n",
    "**Chương** II\n\nTÊN\n",
    "Mục 1. TÊN MỤC\n",
    "Điều 1. Phạm vi\n",
    "**Điều 1****2**. *Tên điều*\n",
    "Điều 2. Ban hành kèm theo Quyết định này Quy chế.\n",
    "Điều 3\n",
    "1. Một khoản của Điều 5 Nghị định số 7/2031/NĐ-CP:\n",
    "2. Khoản hai;\n",
    "1.\n",
    "a) Điểm a;\n",
    "đ) Điểm đ.\n",
    "a.1) Tiết;\n",
    "- gạch đầu dòng\n",
    "+ cộng\n",
    "I. LA MÃ\n",
    "A. CHỮ CÁI\n",
    "như sau:\n",
    "“Điều 5. Tên mới\n1. Một;\n2. Hai.”\n",
    "“4. Khoản bốn\na) Điểm;\n",
    "”.\n",
    "\"\n",
    "| STT | Tên | Giá |\n| 1 | Lam | |\n",
    "|\n**STT**\n|\nTên\n|\n|\n1\n|\n|\n",
    "|\n",
    "| |\n",
    "a | b\n",
    "-----\n",
    "_____\n",
    "...\n",
    "\n",
    "\n\n2 \n \n",
    "\n\n3 \n \n",
    "3\n",
    "Nơi nhận:\n",
    "- Như Điều 3; | KT. CHỦ TỊCH |\n",
    "- Lưu: VT.\n",
    "TM. ỦY BAN NHÂN DÂN\n",
    "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n",
    "Trần Văn Lam\n",
    "(Đã ký)\n",
    "QUY CHẾ\n(Ban hành kèm theo Quyết định số 12/2031/QĐ-UBND)\n",
    "PHỤ LỤC II\nDANH MỤC\n",
    "Mẫu số 01\nĐƠN ĐỀ NGHỊ\n",
    "Luật này được Quốc hội thông qua ngày 1/2/2031.\n",
    "Article 1. Scope\n",
    "- 1Luật Lam 2030\n",
    "* Ghi chú (*) \\* \\| C:\\x #\n",
    "## Tiêu đề\n",
    "một dòng dài của văn bản được ngắt ở cuối dòng và còn tiếp tục ở dòng sau cho đến\n",
    "hết câu này, rồi thôi cho đến khi có một câu khác dài như thế ở sau.\n",
    "<b>&amp;]]>\u{1}\u{fffe}\u{85}\u{200b}\u{a0}\r\n",
    "  ",
];

/// What is compared: everything but white space, marks of conversions, and what is no character of a text.
fn visible(text: &str) -> String {
    text.chars()
        .filter(|c| {
            let mark = matches!(c, '*' | '|' | '#' | '\\' | '\u{200b}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}');
            !(mark || c.is_whitespace() || c.is_control())
        })
        .collect()
}

/// A text without the numbers of its pages: the only thing that is left out.
fn without_pages(text: &str, read: &LegalText) -> String {
    let source = Source::plain(text, read);
    let mut kept = String::new();
    let mut at = 0;
    for page in source.pages(&(0..text.len())) {
        kept.push_str(&text[at..page.start]);
        at = page.end;
    }
    kept.push_str(&text[at..]);
    kept
}

struct Markup {
    text: String,
    ids: Vec<String>,
    /// The names of the elements, in order.
    elements: Vec<String>,
}

/// Reads XML, or HTML that is written like it; what is inside an element that `skips` says is passed over.
fn markup(xml: &str, id: &str, skips: impl Fn(&BytesStart<'_>) -> bool) -> Markup {
    let mut reader = Reader::from_str(xml);
    let mut found = Markup { text: String::new(), ids: Vec::new(), elements: Vec::new() };
    let mut skipped = 0usize;
    loop {
        let event = reader.read_event().unwrap_or_else(|error| panic!("{error} in {xml}"));
        if let Event::Start(start) | Event::Empty(start) = &event {
            found.elements.push(String::from_utf8(start.name().as_ref().to_vec()).unwrap());
            if let Some(value) = start.try_get_attribute(id).unwrap() {
                found.ids.push(value.normalized_value(quick_xml::XmlVersion::Implicit1_0).unwrap().into_owned());
            }
        }
        match event {
            Event::Start(start) => skipped += usize::from(skipped > 0 || skips(&start)),
            Event::End(_) => skipped = skipped.saturating_sub(1),
            Event::Text(text) if skipped == 0 => found.text.push_str(&text.decode().unwrap()),
            Event::GeneralRef(name) if skipped == 0 => match name.resolve_char_ref().unwrap() {
                Some(c) => found.text.push(c),
                None => found.text.push_str(quick_xml::escape::resolve_predefined_entity(&name.decode().unwrap()).unwrap()),
            },
            Event::Eof => return found,
            _ => {}
        }
    }
}

fn assert_unique(ids: &[String]) {
    let mut seen = HashSet::new();
    for id in ids {
        assert!(!id.is_empty() && !id.contains(char::is_whitespace), "{id:?} is no id");
        assert!(seen.insert(id), "{id} is there twice");
    }
}

fn words_of_docx(bytes: &[u8]) -> String {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut document = String::new();
    zip.by_name("word/document.xml").unwrap().read_to_string(&mut document).unwrap();
    markup(&document, "w:name", |_| false).text
}

fn sorted(text: &str) -> Vec<char> {
    let mut characters: Vec<char> = visible(text).chars().collect();
    characters.sort_unstable();
    characters
}

fn check(text: &str) {
    let read = parse(text);
    let expected = visible(&without_pages(text, &read));
    let link = |citation: &crate::Citation| citation.number.as_ref().map(|number| format!("/a/{number}?\"<&"));

    let xml = akn(text, &read, &Akn { link: &link, ..Akn::default() });
    let found = markup(&xml, "eId", |start| start.name().as_ref() == b"meta");
    assert_eq!(visible(&found.text), expected, "Akoma Ntoso of {text:?}");
    assert_unique(&found.ids);
    let ids: HashSet<&String> = found.ids.iter().collect();
    for node in walk(&read.nodes).filter(|node| node.kind.is_provision()) {
        assert!(ids.contains(&node.eid), "{} has no element in {xml}", node.eid);
    }

    let fragment = html::fragment(text, &read, &link);
    let skips = |start: &BytesStart<'_>| {
        let class = start.try_get_attribute("class").unwrap();
        start.name().as_ref() == b"summary" || class.is_some_and(|class| class.value.as_ref() == b"anchor")
    };
    let found = markup(&fragment, "id", skips);
    assert_eq!(visible(&found.text), expected, "HTML of {text:?}");
    assert_unique(&found.ids);
    assert!(found.elements.iter().all(|name| name != "script"));

    assert_eq!(visible(&super::text(text, &read)), expected, "plain text of {text:?}");

    let bytes = docx::docx(text, &read, &link, (&[], &[])).unwrap();
    assert_eq!(sorted(&words_of_docx(&bytes)), sorted(&expected), "DOCX of {text:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_text_is_represented_whole(text in any::<String>()) {
        check(&kernel::text::nfc(text));
    }

    #[test]
    fn any_mixture_of_lines_is_represented_whole(picks in prop::collection::vec((0..LINES.len(), "\\PC{0,3}"), 0..70)) {
        let text: String = picks.iter().map(|(at, between)| format!("{}{between}", LINES[*at])).collect();
        check(&kernel::text::nfc(text));
    }
}

#[test]
fn documents_of_wrapped_pages_are_represented_whole() {
    let line = "một dòng dài của văn bản được ngắt ở cuối dòng và còn tiếp tục ở dòng sau cho đến\n";
    let page = format!("1. Khoản {}hết.\n2. Khoản {}", line.repeat(8), line.repeat(8));
    let text = format!("Điều 1. Tên\n{page}\n\n2 \n \n{page}\n\n3 \n \n{page}");
    let read = parse(&text);
    assert!(without_pages(&text, &read).len() < text.len(), "page numbers are found");
    check(&text);
}

#[test]
fn real_documents_are_represented_whole() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let shared = std::env::var("CONGKHAI_SHARED").map_or_else(|_| root.join("../shared"), PathBuf::from);
    let mut seen = 0;
    for folder in [shared.join("data/legal"), shared.join("data/regulations"), root.join("schema/demo/documents")] {
        for path in std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
            let Ok(source) = std::fs::read_to_string(&path) else { continue };
            let source = kernel::text::nfc(source);
            match path.extension().and_then(|extension| extension.to_str()) {
                Some("txt") => check(&source),
                Some("html") => check(&kernel::text::nfc(source_text::html::visible_text(&source))),
                _ => continue,
            }
            seen += 1;
        }
    }
    assert!(seen > 10, "the project has documents of its own");
    if seen < 100 {
        eprintln!("SKIPPED: the shared reference data are not here ({})", shared.display());
    }
}

#[test]
fn the_same_document_has_the_same_bytes() {
    let text = LINES.concat();
    let read = parse(&text);
    assert!(docx::docx(&text, &read, &|_| None, (&[], &[])).unwrap() == docx::docx(&text, &read, &|_| None, (&[], &[])).unwrap());
}
