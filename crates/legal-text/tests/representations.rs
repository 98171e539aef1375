//! Documents of the fictional province Sông Lam in every representation, compared with what is kept; hostile texts.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use legal_text::render::akn::{Akn, Direction, Gazette, Modification, TextualMod, Wording, akn};
use legal_text::render::docx::docx;
use legal_text::render::{html, node_text, text, toc};
use legal_text::{Change, Citation, LegalText, Target, Version, compare, find, parse};
use proptest::prelude::*;
use time::macros::date;

const DOCUMENTS: [&str; 4] = ["decision-with-regulation", "amending-decision", "resolution", "letter"];

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name)
}

fn document(name: &str) -> (String, LegalText) {
    let source = kernel::text::nfc(std::fs::read_to_string(folder("documents").join(format!("{name}.txt"))).unwrap());
    let read = parse(&source);
    (source, read)
}

/// Leads to where a portal keeps the cited act.
fn link(citation: &Citation) -> Option<String> {
    let Target::Act { number: Some(number), .. } = &citation.target else { return None };
    let provision = citation.provisions.first().map(|provision| format!("~{provision}")).unwrap_or_default();
    Some(format!("/van-ban/{}{provision}", kernel::text::slugify(number)))
}

/// Compares with a file in the tree; `UPDATE_SNAPSHOTS=1` writes it instead.
fn snapshot(file: &str, printed: &str) {
    let path = folder("snapshots").join(file);
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, printed).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == printed, "{} is not what is printed; UPDATE_SNAPSHOTS=1 writes it", path.display());
}

#[test]
fn documents_are_represented_as_they_were() {
    for name in DOCUMENTS {
        let (source, read) = document(name);
        snapshot(&format!("{name}.akn.xml"), &akn(&source, &read, &Akn { link: &link, ..Akn::default() }));
        let fragment = html::fragment(&source, &read, &link);
        snapshot(&format!("{name}.html"), &format!("{}\n{fragment}\n", html::contents(&read)));
        snapshot(&format!("{name}.plain.txt"), &text(&source, &read));
        snapshot(&format!("{name}.toc.json"), &format!("{}\n", serde_json::to_string_pretty(&toc(&read.nodes)).unwrap()));
    }
}

#[test]
fn a_page_holds_document_contents_and_styles() {
    let (source, read) = document("decision-with-regulation");
    let page = html::page(&source, &read, &link, Default::default());
    assert!(page.starts_with("<!DOCTYPE html><html lang=\"vi\">"));
    assert!(page.contains("<title>Quyết định số 27/2031/QĐ-UBND: Ban hành Quy chế quản lý"));
    assert!(page.contains(html::STYLE) && page.contains("<nav class=\"legal-toc\"") && !page.contains("<script"));
    assert!(page.contains(&html::fragment(&source, &read, &link)));
}

#[test]
fn what_a_caller_knows_stands_in_the_metadata() {
    let (source, read) = document("amending-decision");
    let modification = |direction, kind, new| Modification {
        direction,
        kind,
        source: "#art_1__para_1",
        destination: "/akn/vn/act/quyet-dinh/song-lam.ubnd/2031-08-14/27-2031-qd-ubnd/!att_1#chp_1__art_2",
        new,
    };
    let modifications = [
        modification(Direction::Active, TextualMod::Substitution, Some("#art_1__para_1__qstr_1")),
        modification(Direction::Passive, TextualMod::Repeal, None),
    ];
    let given = Akn {
        issuer: Some("song-lam.ubnd"),
        wording: Wording::AsAmended { from: date!(2034 - 05 - 01) },
        amended_on: &[date!(2034 - 05 - 01)],
        effective_on: None,
        expires_on: Some(date!(2036 - 01 - 01)),
        gazette: Some(Gazette { name: "Công báo tỉnh Sông Lam", number: Some("07"), date: date!(2033 - 03 - 02) }),
        modifications: &modifications,
        link: &link,
    };
    let xml = akn(&source, &read, &given);
    snapshot("given.akn.xml", &xml);
    assert!(xml.contains("<act name=\"quyet-dinh\" contains=\"singleVersion\">"));
    assert!(xml.contains("/song-lam.ubnd/2033-02-20/8-2033-qd-ubnd/vie@2034-05-01"));
    assert!(xml.contains("type=\"amendment\"") && xml.contains("end=\"#event-expired\""));
}

#[test]
fn a_node_has_its_own_text_and_an_address() {
    let (source, read) = document("decision-with-regulation");
    let node = find(&read.nodes, "art_3__para_1__point_b").unwrap();
    assert_eq!(node.eid, "att_1__chp_2__sec_1__art_3__para_1__point_b");
    let expected = "b) Ngày và nơi chụp, trong đó:\n- Ngày ghi theo lịch dương;\n- Nơi ghi đến xã, phường.\n";
    assert_eq!(node_text(&source, &read, node), expected);
    assert_eq!(find(&read.nodes, "att_I").unwrap().eid, "att_2");
    assert_eq!(find(&read.nodes, "art_1").unwrap().eid, "art_1");
}

#[test]
fn versions_are_compared_by_provision() {
    let (old, old_read) = document("decision-with-regulation");
    let new = old
        .replace("*Ảnh tư liệu* là ảnh chụp", "*Ảnh tư liệu* là ảnh, phim chụp")
        .replace("**Điều 5. Hồ sơ", "**Điều 5. Trả ảnh**\n\nẢnh được trả lại theo đề nghị của người gửi.\n\n**Điều 6. Hồ sơ")
        .replace("đ) Mô tả bằng chữ.\n", "")
        .replace("| 150.000 |", "| 200.000 |");
    let new_read = parse(&new);
    let found = compare(Version { text: &old, read: &old_read }, Version { text: &new, read: &new_read });
    let changes: Vec<String> = found
        .iter()
        .filter(|difference| difference.change != Change::Same)
        .map(|difference| {
            let change = serde_json::to_value(difference.change).unwrap();
            let from = difference.old_eid.as_deref().unwrap_or("-");
            format!("{} {} {from}", change.as_str().unwrap(), difference.eid)
        })
        .collect();
    assert_eq!(
        changes,
        [
            "changed att_1__chp_1__art_2__para_1 -",
            "removed att_1__chp_2__sec_1__art_3__para_1__point_dd -",
            "added att_1__chp_2__sec_2__art_5 -",
            "moved att_1__chp_2__sec_2__art_6 att_1__chp_2__sec_2__art_5",
            "changed att_2 -",
        ]
    );
}

/// The texts of the shared reference data, or nothing and a loud word.
fn real_texts() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let shared = std::env::var("CONGKHAI_SHARED").map_or_else(|_| root.join("../shared"), PathBuf::from);
    let mut texts = Vec::new();
    for folder in ["data/legal", "data/regulations"] {
        let entries = std::fs::read_dir(shared.join(folder)).into_iter().flatten().flatten();
        for path in entries.map(|entry| entry.path()) {
            let Ok(source) = std::fs::read_to_string(&path) else { continue };
            let source = kernel::text::nfc(source);
            match path.extension().and_then(|extension| extension.to_str()) {
                Some("txt") => texts.push((path.display().to_string(), source)),
                Some("html") => {
                    texts.push((path.display().to_string(), kernel::text::nfc(source_text::html::visible_text(&source))));
                }
                _ => {}
            }
        }
    }
    if texts.is_empty() {
        eprintln!("SKIPPED: the shared reference data are not here ({})", shared.display());
    }
    texts
}

#[test]
fn real_documents_are_the_same_as_themselves() {
    for (name, source) in real_texts() {
        let read = parse(&source);
        let version = Version { text: &source, read: &read };
        let found = compare(version, version);
        assert!(found.iter().all(|difference| difference.change == Change::Same), "{name}");
        for entry in toc(&read.nodes) {
            assert_eq!(find(&read.nodes, &entry.eid).unwrap().eid, entry.eid, "{name}");
        }
    }
}

const PHRASES: [&str; 22] = [
    "Điều 1. Tên\n",
    "1. Một\n",
    "a) Hai\n",
    "- ba\n",
    "“",
    "“Điều 5. Tên\n",
    "như sau:\n“1. Một\n",
    "\"\n",
    "|\n",
    "| a | b |\n",
    "| | |\n|\n",
    "* ",
    "*\n",
    "\\",
    "# ",
    "\n\n2 \n \n",
    "-----\n",
    "Nơi nhận:\n- A; | TM. B |\n",
    "PHỤ LỤC I\nTÊN\n",
    "Nghị định số 5/2030/NĐ-CP, ",
    "ngày 1 tháng ",
    "<&>'\"",
];

fn seconds(source: &str) -> Duration {
    let other = format!("{source}\nĐiều 1. Khác");
    let (read, other_read) = (parse(source), parse(&other));
    let began = Instant::now();
    akn(source, &read, &Akn { link: &link, ..Akn::default() });
    html::page(source, &read, &link, Default::default());
    text(source, &read);
    docx(source, &read, &link, (&[], &[])).unwrap();
    compare(Version { text: source, read: &read }, Version { text: &other, read: &other_read });
    for wanted in ["art_1", "para_1-7", "att_I__x", "__"] {
        let _ = find(&read.nodes, wanted);
    }
    began.elapsed()
}

#[test]
fn time_grows_with_length_only() {
    for phrase in PHRASES {
        let source = |bytes: usize| phrase.repeat(bytes / phrase.len());
        // Eight times the length; quadratic time would be sixty-four times as long. What a busy machine adds is not
        // there every time, what an algorithm adds is.
        let grows_with_length = (0..4).any(|_| {
            let (short, long) = (seconds(&source(8_000)), seconds(&source(64_000)));
            long < short * 24 + Duration::from_millis(400)
        });
        assert!(grows_with_length, "{phrase:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_two_texts_are_compared(
        old in prop::collection::vec(0..PHRASES.len(), 0..40),
        new in prop::collection::vec(0..PHRASES.len(), 0..40),
        wanted in "[a-z_0-9]{0,20}",
    ) {
        let source = |picks: &[usize]| picks.iter().map(|at| PHRASES[*at]).collect::<String>();
        let (old, new) = (source(&old), source(&new));
        let (old_read, new_read) = (parse(&old), parse(&new));
        let found = compare(Version { text: &old, read: &old_read }, Version { text: &new, read: &new_read });
        let mut parts = found.iter().filter(|difference| difference.change == Change::Changed);
        prop_assert!(parts.all(|difference| difference.parts.iter().any(|part| !part.text.is_empty())));
        let back = compare(Version { text: &new, read: &new_read }, Version { text: &new, read: &new_read });
        prop_assert!(back.iter().all(|difference| difference.change == Change::Same));
        let _ = find(&new_read.nodes, &wanted);
    }
}
