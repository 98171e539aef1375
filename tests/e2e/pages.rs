//! What is served around the resources: health, reference, GraphiQL, CORS, limits, sample content.

use crate::server::{Server, on_both};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

#[test]
fn every_address_answers_as_the_contract_says() {
    let server = Server::sqlite();
    let anyone = server.anonymous();
    for path in [
        "/livez",
        "/readyz",
        "/metrics",
        "/openapi.json",
        "/schema.graphql",
        "/.well-known/jwks.json",
        "/problems",
        "/docs/",
        "/v1/documents",
        "/v1/issuers",
    ] {
        let answer = anyone.get(path);
        assert_eq!(answer.status, 200, "{path}");
        assert!(!answer.header("x-request-id").is_empty(), "{path}");
        let head = anyone.send("HEAD", path, &[], b"").unwrap();
        assert_eq!((head.status, head.body.len()), (200, 0), "{path}");
        let wrong = anyone.send("PUT", path, &[], b"").unwrap();
        wrong.problem(405, "method_not_allowed");
        assert!(wrong.header("allow").contains("GET"), "{path}");
    }
    assert!(anyone.get("/metrics").text().contains("http_requests_total{"));
    for path in [
        "/nothing",
        "/v1",
        "/v1/nothing",
        "/docs/nothing.js",
        "/graphql/assets/nothing.js",
        "/problems/nothing",
        "/v1/documents/x/y/z",
    ] {
        anyone.get(path).problem(404, "not_found");
    }
    let openapi = anyone.get("/openapi.json").json();
    assert_eq!(openapi["openapi"], "3.1.0");
    for code in anyone.get("/problems").data().as_array().unwrap() {
        assert_eq!(anyone.get(code["type"].as_str().unwrap()).data()["code"], code["code"]);
    }
}

#[test]
fn pages_for_people_load_nothing_from_elsewhere() {
    let server = Server::sqlite();
    let anyone = server.anonymous();
    let page = anyone.send("GET", "/graphql", &[("accept", "text/html,application/xhtml+xml,*/*;q=0.8")], b"").unwrap();
    assert!(page.header("content-type").starts_with("text/html"));
    assert!(page.header("content-security-policy").contains("default-src 'self'"));
    let mut files = 0;
    for part in page.text().split(['"', '\'']).filter(|part| part.starts_with("/graphql/assets/") && part.contains('.')) {
        assert_eq!(anyone.get(part).status, 200, "{part}");
        files += 1;
    }
    assert!(files >= 4, "{}", page.text());
    for page in [page.text(), anyone.get("/docs/").text()] {
        assert!(
            !page.contains("src=\"http") && !page.contains("href=\"http") && !page.contains("//unpkg") && !page.contains("//cdn"),
            "{page}"
        );
    }
}

#[test]
fn any_site_may_read_and_large_bodies_are_refused() {
    let server = Server::sqlite();
    let anyone = server.anonymous();
    let read = anyone.send("GET", "/v1/documents", &[("origin", "https://portal.example")], b"").unwrap();
    assert_eq!(read.header("access-control-allow-origin"), "*");
    assert_eq!(read.header("access-control-allow-credentials"), "");
    let asked = [
        ("origin", "https://portal.example"),
        ("access-control-request-method", "PATCH"),
        ("access-control-request-headers", "if-match,authorization"),
    ];
    let preflight = anyone.send("OPTIONS", "/v1/documents", &asked, b"").unwrap();
    assert!(preflight.status < 300 && preflight.header("access-control-allow-methods").contains("PATCH"), "{preflight:?}");
    assert!(!preflight.header("x-request-id").is_empty());
    let unknown = [("origin", "https://portal.example"), ("access-control-request-method", "TRACE")];
    anyone.send("OPTIONS", "/v1/documents", &unknown, b"").unwrap().problem(400, "malformed_request");
    anyone.send("GET", "/v1/documents", &[("accept-encoding", "identity;q=0")], b"").unwrap().problem(406, "not_acceptable");
    let missing = anyone.send("GET", "/v1/nothing", &[("origin", "https://portal.example")], b"").unwrap();
    assert_eq!(missing.header("access-control-allow-origin"), "*", "a problem can be read from anywhere too");
    let zipped = [("content-type", "application/json"), ("content-encoding", "gzip")];
    server.admin().send("POST", "/v1/documents", &zipped, b"x").unwrap().problem(415, "unsupported_media_type");
    let body = json!({ "title": "x".repeat(2 << 20) }).to_string();
    let large = server.admin().send("POST", "/v1/documents", &[("content-type", "application/json")], body.as_bytes()).unwrap();
    large.problem(413, "body_too_large");
    let vi = anyone.get("/nothing").json();
    let en = anyone.send("GET", "/nothing", &[("accept-language", "fr, en;q=0.8, vi;q=0.1")], b"").unwrap().json();
    assert_eq!((&vi["title"], &en["title"]), (&json!("Không tìm thấy"), &json!("Not found")));
}

#[test]
fn reads_are_limited_only_where_the_operator_says_so() {
    let server = Server::with(&["--reads-per-minute", "20"]);
    let anyone = server.anonymous();
    let refused = (0..40).map(|_| anyone.get("/v1/issuers")).find(|answer| answer.status == 429).expect("a limit");
    refused.problem(429, "too_many_requests");
    assert!(refused.header("retry-after").parse::<u64>().unwrap() >= 1);
}

#[test]
fn the_sample_content_fills_the_lists_of_a_newcomer() {
    let server = Server::with(&["--demo"]);
    let anyone = server.anonymous();
    let end = Instant::now() + Duration::from_secs(60);
    let total = || anyone.get("/v1/documents?meta=total").json()["meta"]["total"].as_u64().unwrap();
    while total() < 36 && Instant::now() < end {
        std::thread::sleep(Duration::from_millis(100));
    }
    let rows = anyone.get("/v1/documents?page[size]=100&fields[document]=number,title,issuer,issued_on,effective_on,signer_name,status,body_text").json();
    let rows = rows["data"].as_array().unwrap();
    assert_eq!(rows.len(), 36);
    for row in rows {
        for field in ["number", "title", "issued_on", "effective_on", "signer_name", "issuer"] {
            assert!(!row[field].is_null(), "{field} of {}", row["number"]);
        }
        let articles = row["body_text"].as_str().unwrap().lines().filter(|line| line.starts_with("Điều ")).count();
        assert!(articles >= 3, "{}", row["number"]);
    }
    let years = |row: &Value| row["issued_on"].as_str().unwrap()[..4].parse::<i32>().unwrap();
    assert!(rows.iter().map(years).max().unwrap() - rows.iter().map(years).min().unwrap() >= 9);
    assert_eq!(anyone.get("/v1/issuers?meta=total").json()["meta"]["total"], 2);
}

#[test]
fn what_was_acknowledged_survives_a_kill() {
    on_both(|server| {
        let admin = server.admin();
        let ids: Vec<String> = (0..20)
            .map(|n| {
                admin.post("/v1/documents", &crate::client::document(&format!("{n}/2020/QĐ-UBND"), json!({}))).data()["id"]
                    .as_str()
                    .unwrap()
                    .to_owned()
            })
            .collect();
        let server = server.restart();
        let admin = server.admin();
        assert!(ids.iter().all(|id| admin.get(&format!("/v1/documents/{id}")).status == 200));
    });
}
