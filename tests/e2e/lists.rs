//! Lists: walks, filters, conditional reads, refusals.

use crate::client::document;
use crate::server::{Server, on_both};
use serde_json::{Value, json};

fn fill(server: &Server, count: usize) {
    let admin = server.admin();
    for n in 0..count {
        let day = if n % 4 == 3 { Value::Null } else { json!(format!("2024-01-{:02}", 1 + n % 5)) };
        let extra = json!({ "state": "published", "issued_on": day, "signer_name": if n % 2 == 0 { json!("Đỗ Thị Ánh") } else { Value::Null } });
        assert_eq!(admin.post("/v1/documents", &document(&format!("{n}/2024/QĐ-UBND"), extra)).status, 201);
    }
}

#[test]
fn a_walk_meets_every_document_once_in_both_directions() {
    on_both(|server| {
        fill(&server, 23);
        let anyone = server.anonymous();
        for sort in ["issued_on", "-issued_on", "-signer_name,issued_on", "number"] {
            let whole: Vec<Value> = ids(&anyone.get(&format!("/v1/documents?page[size]=100&sort={sort}")).json());
            assert_eq!(whole.len(), 23);
            let (mut forward, mut link) = (Vec::new(), Some(format!("/v1/documents?page[size]=4&sort={sort}")));
            let mut last = Value::Null;
            while let Some(path) = link {
                last = anyone.get(&path).json();
                forward.extend(ids(&last));
                link = last["links"]["next"].as_str().map(str::to_owned);
            }
            assert_eq!(forward, whole, "{sort}");
            let mut backward = ids(&last);
            while let Some(path) = last["links"]["prev"].as_str().map(str::to_owned) {
                last = anyone.get(&path).json();
                backward = [ids(&last), backward].concat();
            }
            assert_eq!(backward, whole, "{sort} backward");
            let days: Vec<bool> = anyone
                .get(&format!("/v1/documents?page[size]=100&sort={sort}&fields[document]=issued_on,signer_name"))
                .json()["data"]
                .as_array()
                .unwrap()
                .iter()
                .map(|row| row[if sort.contains("signer") { "signer_name" } else { "issued_on" }].is_null())
                .collect();
            assert!(sort == "number" || days.is_sorted(), "missing values come last: {sort}");
        }
    });
}

fn ids(page: &Value) -> Vec<Value> {
    page["data"].as_array().unwrap_or_else(|| panic!("{page}")).iter().map(|row| row["id"].clone()).collect()
}

#[test]
fn filters_mean_what_they_say() {
    on_both(|server| {
        fill(&server, 8);
        let anyone = server.anonymous();
        let count = |query: &str| {
            let answer = anyone.get(&format!("/v1/documents?meta=total&page[size]=1&{query}"));
            answer.json()["meta"]["total"].as_u64().unwrap_or_else(|| panic!("{}", answer.text()))
        };
        assert_eq!(count("filter[signer_name][contains]=ĐỖ THỊ"), 4);
        assert_eq!(count("filter[signer_name][contains]=Do Thi"), 0, "tones matter here; search is what ignores them");
        assert_eq!(count("filter[signer_name][ne]=Đỗ Thị Ánh"), 4, "what is missing is not equal");
        assert_eq!(count("filter[issued_on][null]=true&filter[signer_name][null]=true"), 2);
        assert_eq!(count("filter[number][in]=1/2024/QĐ-UBND,2/2024/QĐ-UBND"), 2);
        assert_eq!(count("filter[or][0][number]=1/2024/QĐ-UBND&filter[or][1][issued_on][lte]=2024-01-01"), 3);
        assert_eq!(count("filter[status]=unknown"), 8);
        assert_eq!(count("filter[created_at][gte]=2020-01-01T00:00:00%2B07:00"), 8);
        for (query, code) in [
            ("filter[nope]=1", "unknown_parameter"),
            ("filter[issued_on][contains]=2", "unknown_parameter"),
            ("filter[issued_on]=yesterday", "invalid_parameter"),
            ("sort=body_text", "unknown_parameter"),
            ("q=x", "unknown_parameter"),
            ("as_of=2024-02-30", "invalid_parameter"),
            ("include=relations", "unknown_parameter"),
            ("page[size]=2&page[size]=3", "invalid_parameter"),
            ("filter[title]=%FF", "invalid_parameter"),
        ] {
            anyone.get(&format!("/v1/documents?{query}")).problem(400, code);
        }
    });
}

#[test]
fn what_has_not_changed_is_not_sent_again() {
    let server = Server::sqlite();
    fill(&server, 1);
    let anyone = server.anonymous();
    let path = format!("/v1/documents/{}", ids(&anyone.get("/v1/documents").json())[0].as_str().unwrap());
    let whole = anyone.get(&path);
    let sparse = anyone.get(&format!("{path}?fields[document]=number"));
    let zipped = anyone.send("GET", &path, &[("accept-encoding", "gzip")], b"").unwrap();
    assert_ne!(whole.header("etag"), sparse.header("etag"));
    assert_ne!(whole.header("etag"), zipped.header("etag"), "each encoding is a representation of its own");
    assert!(whole.header("etag").starts_with("\"1-"));
    let again = anyone.send("GET", &path, &[("if-none-match", whole.header("etag"))], b"").unwrap();
    assert_eq!((again.status, again.body.len()), (304, 0));
    assert_eq!(anyone.send("GET", &path, &[("if-none-match", sparse.header("etag"))], b"").unwrap().status, 200);
    let again = anyone.send("GET", &path, &[("accept-encoding", "gzip"), ("if-none-match", zipped.header("etag"))], b"").unwrap();
    assert_eq!(again.status, 304);
    let head = anyone.send("HEAD", &path, &[], b"").unwrap();
    assert_eq!((head.status, head.header("etag"), head.body.len()), (200, whole.header("etag"), 0));
}
