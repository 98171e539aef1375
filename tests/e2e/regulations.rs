//! The five real regulations, read from the shared reference data where it is there.

use crate::server::on_both;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

fn regulations() -> Option<PathBuf> {
    let shared = std::env::var("CONGKHAI_SHARED")
        .map_or_else(|_| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"), PathBuf::from);
    let folder = shared.join("data/regulations");
    if !folder.is_dir() {
        eprintln!("SKIPPED: {} is not here", folder.display());
        return None;
    }
    Some(folder)
}

/// Number, title, issuer, place, issued, effective, signer, title of the signer, capacity: as the texts state them.
const EXPECTED: [[Option<&str>; 9]; 5] = [
    [
        Some("43/2020/QĐ-UBND"),
        Some("Ban hành Quy chế quản lý, cung cấp và sử dụng thông tin trên Cổng Thông tin điện tử tỉnh Lai Châu"),
        Some("Ủy ban nhân dân tỉnh Lai Châu"),
        Some("Lai Châu"),
        Some("2020-12-02"),
        Some("2020-12-15"),
        Some("Tống Thanh Hải"),
        None,
        Some("TM."),
    ],
    [
        Some("16/2017/QĐ-UBND"),
        Some("Ban hành Quy chế hoạt động của Cổng thông tin điện tử tỉnh Quảng Ngãi"),
        Some("Ủy ban nhân dân tỉnh Quảng Ngãi"),
        Some("Quảng Ngãi"),
        Some("2017-04-19"),
        Some("2017-04-29"),
        None,
        None,
        Some("TM."),
    ],
    [
        Some("352/QĐ-UBND"),
        Some(
            "Ban hành Quy chế tổ chức và quản lý hoạt động của Cổng Thông tin điện tử tỉnh, Chuyên trang Tiếng Anh, Chuyên trang Chuyển đổi số tỉnh Sơn La",
        ),
        Some("Ủy ban nhân dân tỉnh Sơn La"),
        Some("Sơn La"),
        Some("2024-02-26"),
        Some("2024-02-26"),
        Some("Hoàng Quốc Khánh"),
        Some("Chủ tịch"),
        Some("TM."),
    ],
    [
        Some("19/2015/QĐ-UBND"),
        Some(
            "Ban hành Quy chế phối hợp cung cấp, xử lý thông tin và vận hành, duy trì hoạt động Cổng thông tin điện tử tỉnh Hà Giang",
        ),
        Some("Ủy ban nhân dân tỉnh Hà Giang"),
        None,
        Some("2015-10-05"),
        Some("2015-10-15"),
        Some("Đàm Văn Bông"),
        Some("Chủ tịch"),
        Some("TM."),
    ],
    [
        Some("40/2024/QĐ-UBND"),
        Some("Ban hành Quy chế tổ chức và hoạt động của Cổng thông tin điện tử tỉnh Lạng Sơn"),
        Some("Ủy ban nhân dân tỉnh Lạng Sơn"),
        Some("Lạng Sơn"),
        Some("2024-10-25"),
        Some("2024-11-10"),
        Some("Dương Xuân Huyên"),
        Some("Phó Chủ tịch"),
        Some("KT."),
    ],
];

#[test]
fn every_field_of_the_five_regulations_is_found_in_the_text_itself() {
    let Some(folder) = regulations() else { return };
    on_both(|server| {
        let imported = server.import(&[&folder]);
        assert!(imported.status.success(), "{}", String::from_utf8_lossy(&imported.stdout));
        let listed = server.anonymous().get("/v1/documents?page[size]=100&meta=total").json();
        assert_eq!(listed["meta"]["total"], 5);
        for expected in EXPECTED {
            let found = listed["data"].as_array().unwrap().iter().find(|row| row["number"].as_str() == expected[0]);
            let found = found.unwrap_or_else(|| panic!("{expected:?} is missing"));
            let got: Vec<&Value> = [
                &found["number"],
                &found["title"],
                &found["issuer"]["name"],
                &found["place"],
                &found["issued_on"],
                &found["effective_on"],
                &found["signer_name"],
                &found["signer_title"],
                &found["signer_capacity"],
            ]
            .to_vec();
            let wanted: Vec<Value> = expected.iter().map(|value| value.map_or(Value::Null, Value::from)).collect();
            assert_eq!(got, wanted.iter().collect::<Vec<_>>());
            assert_eq!(
                (&found["doc_type"], &found["status"], &found["state"]),
                (&json!("quyet-dinh"), &json!("in-force"), &json!("published"))
            );
            let bases = found["legal_bases"].as_array().unwrap();
            assert!(
                bases.len() >= 4 && bases.iter().all(|base| !base["title"].is_null() || !base["number"].is_null()),
                "{bases:?}"
            );
        }

        let again = server.import(&[&folder]);
        assert!(String::from_utf8_lossy(&again.stdout).contains("5 unchanged"), "{again:?}");
        for file in std::fs::read_dir(&folder).unwrap() {
            let original = std::fs::read(file.unwrap().path()).unwrap();
            let kept = listed["data"].as_array().unwrap().iter().any(|row| {
                let path =
                    format!("/v1/documents/{}/files/{}", row["id"].as_str().unwrap(), row["source_file_id"].as_str().unwrap());
                server.anonymous().get(&path).body == original
            });
            assert!(kept, "the original comes back byte for byte");
        }
    });
}
