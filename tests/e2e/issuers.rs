//! Issuing bodies with history, and their import from tables of administrative units.

use crate::client::{Client, document, published_text};
use crate::server::{Server, on_both};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

fn tables() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/e2e/areas")
}

fn import(server: &Server, folder: &Path) -> String {
    let done = server.run(&["import", "issuers", folder.to_str().unwrap()], &[]);
    assert!(done.status.success(), "{done:?}");
    String::from_utf8(done.stdout).unwrap()
}

fn made(client: &Client, body: Value) -> Value {
    let answer = client.post("/v1/issuers", &body);
    assert_eq!(answer.status, 201, "{}", answer.text());
    answer.data()
}

fn path(issuer: &Value) -> String {
    format!("/v1/issuers/{}", issuer["id"].as_str().unwrap())
}

/// The body of this code.
fn coded(client: &Client, code: &str) -> Value {
    client.get(&format!("/v1/issuers?filter[code]={code}")).json()["data"][0].clone()
}

fn numbers(list: &Value) -> Vec<&str> {
    list["data"].as_array().unwrap().iter().map(|row| row["number"].as_str().unwrap()).collect()
}

const NAME: &str = "Ủy ban nhân dân tỉnh Sông Lam";

#[test]
fn documents_of_a_body_and_its_predecessors_are_one_filter_in_both_protocols() {
    on_both(|server| {
        let (editor, anyone) = (server.editor(), server.anonymous());
        let first = made(&editor, json!({ "name": "Ủy ban nhân dân tỉnh Lam Hồng", "valid_until": "1991-07-01" }));
        let old = made(
            &editor,
            json!({ "name": NAME, "code": "song-lam-den-2025.ubnd", "valid_from": "1991-07-01", "valid_until": "2025-07-01",
                "predecessors": [{ "issuer_id": first["id"], "change": "split", "extent": "partial" }] }),
        );
        let new = made(
            &editor,
            json!({ "name": NAME, "code": "song-lam.ubnd", "valid_from": "2025-07-01", "kind": "ubnd", "level": "province",
                "predecessors": [{ "issuer_id": old["id"], "change": "merged", "basis": "202/2025/QH15" }] }),
        );
        for (number, day, issuer) in [
            ("1/1990/QĐ-UBND", "1990-02-02", &first),
            ("7/2025/QĐ-UBND", "2025-02-02", &old),
            ("7/2025/QĐ-UBND", "2025-09-09", &new),
        ] {
            let body = json!({ "number": number, "doc_type": "quyet-dinh", "title": "Về việc thử", "issued_on": day,
                "issuer_id": issuer["id"], "state": "published" });
            assert_eq!(editor.post("/v1/documents", &body).status, 201);
        }
        let ask = |operator: &str, ids: &[&Value]| {
            let ids: Vec<&str> = ids.iter().map(|issuer| issuer["id"].as_str().unwrap()).collect();
            let query = format!("filter[issuer_lineage]{operator}={}&sort=issued_on", ids.join(","));
            anyone.get(&format!("/v1/documents?{query}")).json()
        };
        assert_eq!(numbers(&ask("", &[&new])), ["1/1990/QĐ-UBND", "7/2025/QĐ-UBND", "7/2025/QĐ-UBND"]);
        assert_eq!(numbers(&ask("[in]", &[&first, &old])), ["1/1990/QĐ-UBND", "7/2025/QĐ-UBND"]);
        let unknown = json!({ "id": "01900000-0000-7000-8000-000000000000" });
        assert!(numbers(&ask("", &[&unknown])).is_empty());
        let query = "query ($id: ID!) { documents(filter: { issuerLineage: { eq: $id } }, sort: [ISSUED_ON_ASC]) { totalCount
            edges { node { number issuer { code predecessors { name code on change extent basis } } } } } }";
        let found = anyone.graphql(query, json!({ "id": new["id"] }))["data"]["documents"].clone();
        assert_eq!(found["totalCount"], 3);
        let issuer = &found["edges"][2]["node"]["issuer"];
        assert_eq!(
            issuer["predecessors"],
            json!([{ "name": NAME, "code": "song-lam-den-2025.ubnd", "on": "2025-07-01", "change": "merged", "extent": "whole",
                "basis": "202/2025/QH15" }])
        );
        let write = "mutation ($id: ID!, $of: ID!) { updateIssuer(id: $id, revision: 1, input: { shortName: \"UBND tỉnh\",
            predecessors: [{ issuerId: $of, change: \"merged\", basis: \"202/2025/QH15\" }] }) { revision shortName
            predecessors { issuerId on } successors { code } formerNames } }";
        let written = editor.graphql(write, json!({ "id": new["id"], "of": old["id"] }));
        assert_eq!(
            written["data"]["updateIssuer"],
            json!({ "revision": 2, "shortName": "UBND tỉnh", "predecessors": [{ "issuerId": old["id"], "on": "2025-07-01" }],
                "successors": [], "formerNames": [] }),
            "{written}"
        );
        let shown = anyone.get(&path(&old)).data();
        assert_eq!(shown["successors"][0]["issuer_id"], new["id"]);
        anyone.get("/v1/documents?filter[issuer_lineage]=x").problem(400, "invalid_parameter");
        anyone.get("/v1/documents?sort=issuer_lineage").problem(400, "unknown_parameter");
    });
}

#[test]
fn bad_history_is_refused_at_its_pointer_and_strangers_write_none() {
    on_both(|server| {
        let (editor, anyone) = (server.editor(), server.anonymous());
        let old = made(&editor, json!({ "name": NAME, "valid_until": "2025-07-01" }));
        let body = json!({ "name": NAME, "valid_from": "2025-07-01", "predecessors": [{ "issuer_id": old["id"] }] });
        let new = made(&editor, body.clone());
        let at = |answer: crate::client::Answer, pointer: &str, code: &str| {
            let problem = answer.problem(422, "validation_failed");
            assert_eq!((&problem["errors"][0]["pointer"], &problem["errors"][0]["code"]), (&json!(pointer), &json!(code)));
        };
        let tag = anyone.get(&path(&old)).header("etag").to_owned();
        let follow = |id: &Value, on: &str| json!({ "predecessors": [{ "issuer_id": id, "on": on }] });
        at(editor.patch(&path(&old), &tag, &follow(&new["id"], "2025-01-01")), "/predecessors/0/issuer_id", "own_ancestor");
        at(editor.patch(&path(&old), &tag, &follow(&old["id"], "2025-01-01")), "/predecessors/0/issuer_id", "own_ancestor");
        at(editor.patch(&path(&old), &tag, &json!({ "valid_until": "2024-01-01" })), "/valid_until", "outside_validity");
        at(editor.patch(&path(&old), &tag, &json!({ "parent_id": old["id"] })), "/parent_id", "own_ancestor");
        let nobody = json!("01900000-0000-7000-8000-000000000000");
        let tag = anyone.get(&path(&new)).header("etag").to_owned();
        at(editor.patch(&path(&new), &tag, &follow(&nobody, "2025-07-01")), "/predecessors/0/issuer_id", "unknown_issuer");
        at(editor.patch(&path(&new), &tag, &follow(&old["id"], "2025-08-01")), "/predecessors/0/on", "outside_validity");
        for bad in [
            json!({ "predecessors": [{ "issuer_id": "x" }] }),
            json!({ "predecessors": [{}] }),
            json!({ "predecessors": [{ "issuer_id": old["id"], "weight": 1 }] }),
            json!({ "predecessors": vec![json!({ "issuer_id": old["id"] }); 201] }),
            json!({ "predecessors": "all" }),
            json!({ "kind": "vua" }),
            json!({ "level": 3 }),
            json!({ "valid_from": "2025-02-30" }),
            json!({ "successors": [] }),
        ] {
            let answer = editor.patch(&path(&new), &tag, &bad);
            assert_eq!(answer.status, 422, "{bad}: {}", answer.text());
        }
        anyone.post("/v1/issuers", &body).problem(401, "unauthenticated");
        anyone.patch(&path(&new), &tag, &json!({ "predecessors": [] })).problem(401, "unauthenticated");
        editor.delete(&path(&new), &tag).problem(403, "forbidden");
        let tag = anyone.get(&path(&old)).header("etag").to_owned();
        server.admin().delete(&path(&old), &tag).problem(409, "issuer_in_use");
        assert_eq!(anyone.get(&path(&new)).data()["predecessors"], new["predecessors"]);
    });
}

#[test]
fn bodies_of_units_are_imported_beside_a_running_server_once() {
    on_both(|server| {
        let (editor, anyone) = (server.editor(), server.anonymous());
        assert_eq!(editor.post("/v1/documents", &document("3/2024/QĐ-UBND", json!({ "state": "published" }))).status, 201);
        let printed = import(&server, &tables());
        assert!(printed.starts_with("35 made, 1 completed, 0 unchanged"), "{printed}");
        assert!(import(&server, &tables()).starts_with("0 made, 0 completed, 36 unchanged"));
        let province = coded(&anyone, "song-lam.ubnd");
        assert_eq!(province["predecessors"].as_array().unwrap().len(), 2);
        // The document is of the year before: the body that was there is the one that ended.
        let old = anyone.get("/v1/documents?include=issuer").json();
        assert_eq!(old["data"][0]["issuer"]["code"], "song-lam-den-2025.ubnd");
        assert_eq!(old["included"][0]["successors"][0]["issuer_id"], province["id"]);
        let listed = anyone.get(&format!(
            "/v1/issuers?filter[parent_id]={}&filter[level]=commune&filter[valid_from][lte]=2025-07-01&fields[issuer]=code&include=parent&sort=code",
            province["id"].as_str().unwrap()
        ));
        let listed = listed.json();
        let codes: Vec<&str> = listed["data"].as_array().unwrap().iter().map(|row| row["code"].as_str().unwrap()).collect();
        assert_eq!(codes, ["cua-lach.song-lam.ubnd", "dao-nhan.song-lam.ubnd", "tan-lap.song-lam.ubnd"]);
        assert_eq!((listed["included"].as_array().unwrap().len(), &listed["included"][0]["id"]), (1, &province["id"]));
        let found = anyone.graphql(
            "{ issuers(filter: { code: { eq: \"tan-lap.song-lam.ubnd\" } }) { edges { node { areaName parentId parent { code level } } } } }",
            json!({}),
        );
        let node = &found["data"]["issuers"]["edges"][0]["node"];
        assert_eq!(node["parent"], json!({ "code": "song-lam.ubnd", "level": "province" }));
        assert_eq!((&node["areaName"], &node["parentId"]), (&json!("Xã Tân Lập, tỉnh Sông Lam"), &province["id"]));

        // A text of today is of the body of today.
        let text = published_text("8/2026/QĐ-UBND", "ngày 05 tháng 5 năm 2026", "có hiệu lực từ ngày ký");
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("8.txt"), text).unwrap();
        assert!(server.import(&[folder.path()]).status.success());
        let lineage = format!("/v1/documents?filter[issuer_lineage]={}&sort=issued_on", province["id"].as_str().unwrap());
        let both = anyone.get(&lineage).json();
        let issuers: Vec<&Value> = both["data"].as_array().unwrap().iter().map(|row| &row["issuer"]["code"]).collect();
        assert_eq!(issuers, ["song-lam-den-2025.ubnd", "song-lam.ubnd"]);
    });
}

#[test]
fn tables_that_are_missing_or_broken_enter_nothing() {
    let server = Server::sqlite();
    let told = |folder: &Path| {
        let done = server.run(&["import", "issuers", folder.to_str().unwrap()], &[]);
        assert!(!done.status.success(), "{done:?}");
        String::from_utf8(done.stderr).unwrap()
    };
    let folder = tempfile::tempdir().unwrap();
    assert!(told(folder.path()).contains("old63_provinces.csv"));
    for file in std::fs::read_dir(tables()).unwrap() {
        let file = file.unwrap();
        std::fs::copy(file.path(), folder.path().join(file.file_name())).unwrap();
    }
    let districts = folder.path().join("old63_districts.csv");
    for (content, why) in [
        ("code,name,type\n901,Huyện Bến Thượng,Huyện\n".as_bytes(), "which is not there"),
        (b"code,province_code\n901,97\n", "missing field `name`"),
        (b"code,name\n901\n", "line: 2"),
        (b"code,name\n901,\xff\xfe\n", "UTF-8"),
    ] {
        std::fs::write(&districts, content).unwrap();
        assert!(told(folder.path()).contains(why), "{}", told(folder.path()));
    }
    assert_eq!(server.anonymous().get("/v1/issuers?meta=total").json()["meta"]["total"], 0);
    // A spreadsheet's mark before the text does no harm.
    let kept = std::fs::read(tables().join("old63_districts.csv")).unwrap();
    std::fs::write(&districts, [b"\xef\xbb\xbf".as_slice(), &kept].concat()).unwrap();
    assert!(import(&server, folder.path()).starts_with("36 made"));
}

#[test]
fn the_real_units_of_the_country_are_imported_where_their_tables_are() {
    let shared = std::env::var("CONGKHAI_SHARED")
        .map_or_else(|_| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"), PathBuf::from);
    let folder = shared.join("data/ref");
    if !folder.is_dir() {
        eprintln!("SKIPPED: {} is not here", folder.display());
        return;
    }
    let server = Server::sqlite();
    let anyone = server.anonymous();
    let printed = import(&server, &folder);
    assert!(printed.starts_with("28058 made, 0 completed, 0 unchanged"), "{printed}");
    assert!(import(&server, &folder).starts_with("0 made, 0 completed, 28058 unchanged"));
    let total = |query: &str| anyone.get(&format!("/v1/issuers?meta=total&page[size]=1&{query}")).json()["meta"]["total"].clone();
    assert_eq!(total("filter[level]=province&filter[kind]=ubnd&filter[valid_until][null]=true"), 34);
    assert_eq!(total("filter[level]=district&filter[valid_until]=2025-07-01"), 2 * 696);
    assert_eq!(total("filter[level]=commune&filter[kind]=hdnd&filter[valid_until][null]=true"), 3321);
    let kept = coded(&anyone, "lang-son.ubnd");
    assert_eq!((&kept["valid_from"], &kept["valid_until"], &kept["predecessors"]), (&Value::Null, &Value::Null, &json!([])));
    let merged = coded(&anyone, "lao-cai.ubnd");
    let before: Vec<&str> = merged["predecessors"].as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap()).collect();
    assert_eq!(before, ["lao-cai-den-2025.ubnd", "yen-bai.ubnd"]);
    assert_eq!(coded(&anyone, "quan-dong-da.ha-noi.ubnd")["former_codes"], json!(["dong-da.ha-noi.ubnd"]));
    let commune = coded(&anyone, "dong-da.ha-noi.ubnd");
    assert_eq!(commune["predecessors"][0]["basis"], "1656/NQ-UBTVQH15");
    assert_eq!(coded(&anyone, "dong-nai.ubnd")["former_names"], json!(["Ủy ban nhân dân tỉnh Đồng Nai"]));
}
