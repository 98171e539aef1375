//! The five provincial regulations the product is built for, read field by field.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::path::{Path, PathBuf};

use legal_text::{Header, header, parse, walk};
use std::fmt::Write as _;
use time::Date;
use time::macros::date;

/// The text of a regulation, or says loudly that the data are not here.
fn source(file: &str) -> Option<String> {
    let shared = std::env::var("CONGKHAI_SHARED")
        .map_or_else(|_| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"), PathBuf::from);
    let path = shared.join("data/regulations").join(file);
    match std::fs::read_to_string(&path) {
        Ok(source) => Some(kernel::text::nfc(source)),
        Err(_) => {
            eprintln!("SKIPPED: …/shared is not here ({})", path.display());
            None
        }
    }
}

fn read(file: &str) -> Option<Header> {
    source(file).map(|text| header(&text))
}

/// What is read in a text, without its words: provisions, citations and warnings by the line they begin on.
fn outline(text: &str) -> String {
    let read = parse(text);
    let breaks: Vec<usize> = text.match_indices('\n').map(|(at, _)| at).collect();
    let line = |at: usize| breaks.partition_point(|end| *end < at) + 1;
    let mut printed = String::new();
    for node in walk(&read.nodes).filter(|node| !node.is_leaf() || node.kind.is_provision()) {
        writeln!(printed, "{}\t{}\t{}", line(node.span.0), node.kind.as_str(), node.eid).unwrap();
    }
    for one in &read.citations {
        let number = one.number.as_deref().unwrap_or("-");
        let day = one.issued_on.map(kernel::print_date).unwrap_or_default();
        let provisions = one.provisions.join(" ");
        writeln!(printed, "{}\t{}\t{number}\t{day}\t{provisions}", line(one.span.0), one.relation.as_str()).unwrap();
    }
    for warning in &read.warnings {
        writeln!(printed, "{}\t{}", line(warning.span.0), warning.code).unwrap();
    }
    printed
}

#[test]
fn the_regulations_are_read_as_they_were() {
    for name in ["ha-giang-19-2015", "lai-chau-43-2020", "lang-son-40-2024", "quang-ngai-16-2017", "son-la-352-2024"] {
        let Some(text) = source(&format!("{name}.txt")) else { return };
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots/regulations").join(format!("{name}.tsv"));
        let printed = outline(&text);
        if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, &printed).unwrap();
        }
        let kept = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(kept == printed, "{} is not what is read; UPDATE_SNAPSHOTS=1 writes it", path.display());
    }
}

struct Expected {
    number: &'static str,
    issuer: &'static str,
    place: Option<&'static str>,
    issued_on: Date,
    effective_on: Date,
    title: &'static str,
    signer: [Option<&'static str>; 3],
    bases: usize,
}

fn check(file: &str, expected: &Expected) {
    let Some(read) = read(file) else { return };
    assert_eq!(read.number.as_deref(), Some(expected.number));
    assert_eq!(read.doc_type.as_deref(), Some("quyet-dinh"));
    assert_eq!(read.issuer.as_deref(), Some(expected.issuer));
    assert_eq!(read.place.as_deref(), expected.place);
    assert_eq!(read.issued_on, Some(expected.issued_on));
    assert_eq!(read.effective_on, Some(expected.effective_on));
    assert_eq!(read.expires_on, None);
    assert_eq!(read.title.as_deref(), Some(expected.title));
    let signer = [&read.signer_capacity, &read.signer_title, &read.signer_name];
    assert_eq!(signer.map(|field| field.as_deref()), expected.signer);
    assert_eq!(read.legal_bases.len(), expected.bases, "{:#?}", read.legal_bases);
    let missing = read.warnings.iter().any(|warning| warning.code == "signer_not_found");
    assert_eq!(missing, expected.signer[2].is_none());
}

#[test]
fn lai_chau_43_2020() {
    check(
        "lai-chau-43-2020.txt",
        &Expected {
            number: "43/2020/QĐ-UBND",
            issuer: "Ủy ban nhân dân tỉnh Lai Châu",
            place: Some("Lai Châu"),
            issued_on: date!(2020 - 12 - 02),
            effective_on: date!(2020 - 12 - 15),
            title: "Ban hành Quy chế quản lý, cung cấp và sử dụng thông tin trên Cổng Thông tin điện tử tỉnh Lai Châu",
            signer: [Some("TM."), None, Some("Tống Thanh Hải")],
            bases: 11,
        },
    );
}

#[test]
fn quang_ngai_16_2017() {
    check(
        "quang-ngai-16-2017.txt",
        &Expected {
            number: "16/2017/QĐ-UBND",
            issuer: "Ủy ban nhân dân tỉnh Quảng Ngãi",
            place: Some("Quảng Ngãi"),
            issued_on: date!(2017 - 04 - 19),
            effective_on: date!(2017 - 04 - 29),
            title: "Ban hành Quy chế hoạt động của Cổng thông tin điện tử tỉnh Quảng Ngãi",
            signer: [Some("TM."), None, None],
            bases: 5,
        },
    );
}

#[test]
fn son_la_352_2024() {
    check(
        "son-la-352-2024.txt",
        &Expected {
            number: "352/QĐ-UBND",
            issuer: "Ủy ban nhân dân tỉnh Sơn La",
            place: Some("Sơn La"),
            issued_on: date!(2024 - 02 - 26),
            effective_on: date!(2024 - 02 - 26),
            title: "Ban hành Quy chế tổ chức và quản lý hoạt động của Cổng Thông tin điện tử tỉnh, Chuyên trang Tiếng Anh, Chuyên trang Chuyển đổi số tỉnh Sơn La",
            signer: [Some("TM."), Some("Chủ tịch"), Some("Hoàng Quốc Khánh")],
            bases: 23,
        },
    );
}

#[test]
fn ha_giang_19_2015() {
    check(
        "ha-giang-19-2015.txt",
        &Expected {
            number: "19/2015/QĐ-UBND",
            issuer: "Ủy ban nhân dân tỉnh Hà Giang",
            place: None,
            issued_on: date!(2015 - 10 - 05),
            effective_on: date!(2015 - 10 - 15),
            title: "Ban hành Quy chế phối hợp cung cấp, xử lý thông tin và vận hành, duy trì hoạt động Cổng thông tin điện tử tỉnh Hà Giang",
            signer: [Some("TM."), Some("Chủ tịch"), Some("Đàm Văn Bông")],
            bases: 5,
        },
    );
}

#[test]
fn lang_son_40_2024() {
    check(
        "lang-son-40-2024.txt",
        &Expected {
            number: "40/2024/QĐ-UBND",
            issuer: "Ủy ban nhân dân tỉnh Lạng Sơn",
            place: Some("Lạng Sơn"),
            issued_on: date!(2024 - 10 - 25),
            effective_on: date!(2024 - 11 - 10),
            title: "Ban hành Quy chế tổ chức và hoạt động của Cổng thông tin điện tử tỉnh Lạng Sơn",
            signer: [Some("KT."), Some("Phó Chủ tịch"), Some("Dương Xuân Huyên")],
            bases: 13,
        },
    );
}
