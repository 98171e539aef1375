//! Search follows what is published.

use crate::client::{Client, document};
use crate::server::on_both;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// Asks until the answer has so many hits, or too long has passed.
fn hits(caller: &Client, query: &str, count: usize) -> Vec<Value> {
    let end = Instant::now() + Duration::from_secs(20);
    loop {
        let found = caller.get(&format!("/v1/search?q={query}")).data().as_array().unwrap().clone();
        if found.len() == count || Instant::now() > end {
            return found;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn what_is_published_is_found_however_it_is_typed_and_nothing_else() {
    on_both(|server| {
        let (admin, anyone) = (server.admin(), server.anonymous());
        let body = json!({ "state": "published", "title": "Ban hành Quy chế quản lý <bến> đò ngang", "body_text": "Bến đò hoạt động từ sáng sớm. Người lái đò phải mặc áo phao." });
        let made = admin.post("/v1/documents", &document("43/2024/QĐ-UBND", body));
        admin.post("/v1/documents", &document("44/2024/QĐ-UBND", json!({ "title": "Bến đò còn là dự thảo" })));
        admin.post(
            "/v1/documents",
            &document("45/2024/QĐ-UBND", json!({ "state": "published", "title": "Sửa đổi Quyết định số 43/2024/QĐ-UBND" })),
        );
        let found = hits(&anyone, "ben+do", 1);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!((&found[0]["id"], &found[0]["type"]), (&made.data()["id"], &json!("document")));
        assert_eq!(found[0]["highlights"]["title"][0], "Ban hành Quy chế quản lý &lt;<mark>bến</mark>&gt; <mark>đò</mark> ngang");
        assert_eq!(anyone.get(found[0]["url"].as_str().unwrap()).status, 200);
        for number in ["43/2024", "43/2024/qd-ubnd", "43-2024-QĐ-UBND", "quyết định 43/2024"] {
            let found = hits(&anyone, number, 2);
            assert_eq!(found[0]["number"], "43/2024/QĐ-UBND", "{number}");
        }
        let revised = admin.patch(made.header("location"), made.header("etag"), &json!({ "title": "Bí mật zebra" }));
        assert_eq!(revised.status, 200);
        let withdrawn = admin.transition(made.header("location"), revised.header("etag"), "withdraw");
        assert_eq!(withdrawn.status, 200);
        assert!(hits(&anyone, "ben+do", 0).is_empty(), "what was withdrawn is not found");
        assert!(hits(&anyone, "zebra", 0).is_empty(), "nor what was only drafted");
    });
}

#[test]
fn hits_are_paged_and_odd_queries_are_only_words() {
    on_both(|server| {
        let (admin, anyone) = (server.admin(), server.anonymous());
        for n in 0..7 {
            admin.post("/v1/documents", &document(&format!("{n}/2023/QĐ-UBND"), json!({ "state": "published" })));
        }
        assert_eq!(hits(&anyone, "thu+nghiem", 7).len(), 7);
        let (mut seen, mut link) = (Vec::new(), Some("/v1/search?q=thu+nghiem&page[size]=3&meta=total".to_owned()));
        while let Some(path) = link {
            let page = anyone.get(&path).json();
            assert_eq!(page["meta"]["total"], 7);
            seen.extend(page["data"].as_array().unwrap().iter().map(|hit| hit["id"].to_string()));
            link = page["links"]["next"].as_str().map(str::to_owned);
        }
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), 7);
        for query in ["", "%20", "%22", "(((", "*", "AND OR NOT", "title:x", "%5C", "43/"] {
            assert_eq!(anyone.get(&format!("/v1/search?q={query}")).status, 200, "{query}");
        }
        anyone.get("/v1/search").problem(400, "invalid_parameter");
        anyone.get(&format!("/v1/search?q={}", "a".repeat(5000))).problem(400, "invalid_parameter");
        anyone.get("/v1/search?q=x&page[after]=abc").problem(400, "bad_cursor");
    });
}
