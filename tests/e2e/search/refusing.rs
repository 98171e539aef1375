//! What cannot be searched for is refused by name.

use super::hits;
use crate::client::document;
use crate::server::on_both;
use serde_json::{Value, json};

#[test]
fn what_cannot_be_asked_is_a_problem_that_names_it() {
    on_both(|server| {
        let (admin, anyone) = (server.admin(), server.anonymous());
        for n in 1..=3 {
            admin.post("/v1/documents", &document(&format!("{n}/2023/QĐ-UBND"), json!({ "state": "published" })));
        }
        assert_eq!(hits(&anyone, "thu+nghiem", 3).len(), 3);
        let long = "ạ".repeat(501);
        let many = (0..101).map(|n| n.to_string()).collect::<Vec<_>>().join(",");
        let value = "x".repeat(501);
        let wrong = |at: &str, query: &str, code: &str| {
            let problem = anyone.get(&format!("{at}?{query}")).problem(400, code);
            let name = query.rsplit('&').next().unwrap().split('=').next().unwrap();
            let named = problem["errors"][0]["parameter"].as_str().unwrap_or_default();
            assert!(named == name || (query.is_empty() && named == "q"), "{query}: {problem}");
        };
        for at in ["/v1/search", "/v1/suggest", "/v1/search/similar"] {
            for (query, code) in [
                (format!("q={long}"), "invalid_parameter"),
                (format!("q={}", "a".repeat(10_000)), "invalid_parameter"),
                ("q=a%00b".to_owned(), "invalid_parameter"),
                ("q=a&bogus=1".to_owned(), "unknown_parameter"),
                ("q=a&state=draft".to_owned(), "unknown_parameter"),
                ("q=a&filter[bogus]=1".to_owned(), "unknown_parameter"),
                ("q=a&filter[id]=1".to_owned(), "unknown_parameter"),
                ("q=a&filter[type][contains]=x".to_owned(), "unknown_parameter"),
                ("q=a&filter[type][in][x]=x".to_owned(), "unknown_parameter"),
                ("q=a&filter=x".to_owned(), "unknown_parameter"),
                (format!("q=a&filter[type]={value}"), "invalid_parameter"),
                (format!("q=a&filter[year][in]={many}"), "invalid_parameter"),
                ("q=a&filter[type]=%00".to_owned(), "invalid_parameter"),
                ("q=a&filter[date]=yesterday".to_owned(), "invalid_parameter"),
                ("q=a&filter[date][gte]=2024-02-30".to_owned(), "invalid_parameter"),
                ("q=a&filter[date][in]=2024-02-03".to_owned(), "unknown_parameter"),
                ("q=a&page[size]=0".to_owned(), "invalid_parameter"),
                ("q=a&page[size]=101".to_owned(), "invalid_parameter"),
                ("q=a&page[size]=x".to_owned(), "invalid_parameter"),
                ("q=a&page[before]=x".to_owned(), "unknown_parameter"),
            ] {
                wrong(at, &query, code);
            }
            anyone.get(&format!("{at}?q=%FF")).problem(400, "invalid_parameter");
            anyone.get(&format!("{at}?q=a&q=b")).problem(400, "invalid_parameter");
        }
        for (query, code) in [
            ("", "invalid_parameter"),
            ("q=a&facets=bogus", "invalid_parameter"),
            ("q=a&facets=", "invalid_parameter"),
            ("q=a&facets=type:0", "invalid_parameter"),
            ("q=a&facets=type:101", "invalid_parameter"),
            ("q=a&facets=type:-1", "invalid_parameter"),
            ("q=a&facets=date", "invalid_parameter"),
            ("q=a&as_of=2024-13-01", "invalid_parameter"),
            ("q=a&as_of=0000-01-01", "invalid_parameter"),
            ("q=a&as_of=today", "invalid_parameter"),
            ("q=a&sort=title", "invalid_parameter"),
            ("q=a&group=year", "invalid_parameter"),
            ("q=a&explain=yes", "invalid_parameter"),
            ("q=a&meta=everything", "invalid_parameter"),
            ("q=a&group=type&page[after]=x", "invalid_parameter"),
        ] {
            wrong("/v1/search", query, code);
        }
        for (at, query) in
            [("/v1/suggest", "page[size]=21"), ("/v1/search/similar", "page[size]=21"), ("/v1/search/similar", "to=x")]
        {
            wrong(at, &format!("q=a&{query}"), "invalid_parameter");
        }
        anyone.get("/v1/suggest").problem(400, "invalid_parameter");
        anyone.get("/v1/search/similar").problem(400, "invalid_parameter");
        let id = "01a20cf3-5989-7e1b-8e0e-15a020d23411";
        anyone.get(&format!("/v1/search/similar?to={id}&q=a")).problem(400, "invalid_parameter");
        anyone.get(&format!("/v1/search/similar?to={id}")).problem(404, "not_found");
        anyone.send("POST", "/v1/search?q=a", &[], b"").unwrap().problem(405, "method_not_allowed");
    });
}

#[test]
fn a_cursor_belongs_to_its_search() {
    on_both(|server| {
        let (admin, anyone) = (server.admin(), server.anonymous());
        for n in 1..=5 {
            admin.post("/v1/documents", &document(&format!("{n}/2023/QĐ-UBND"), json!({ "state": "published" })));
        }
        assert_eq!(hits(&anyone, "thu+nghiem", 5).len(), 5);
        let page = anyone.get("/v1/search?q=thu+nghiem&page[size]=2").json();
        let next = page["links"]["next"].as_str().unwrap();
        let cursor = next.rsplit_once('=').unwrap().1;
        assert_eq!(anyone.get(next).status, 200);
        for query in [
            format!("q=thu&page[after]={cursor}"),
            format!("q=thu+nghiem&sort=date&page[after]={cursor}"),
            format!("q=thu+nghiem&as_of=2024-01-01&page[after]={cursor}"),
            format!("q=thu+nghiem&filter[type]=document&page[after]={cursor}"),
            format!("q=thu+nghiem&page[after]={cursor}x"),
            format!("q=thu+nghiem&page[after]=A{cursor}"),
            "q=thu+nghiem&page[after]=abc".to_owned(),
            "q=thu+nghiem&page[after]=".to_owned(),
        ] {
            anyone.get(&format!("/v1/search?{query}")).problem(400, "bad_cursor");
        }
        let lists = anyone.get("/v1/documents?page[size]=2").json()["links"]["next"].as_str().unwrap().to_owned();
        let foreign = lists.rsplit_once('=').unwrap().1;
        anyone.get(&format!("/v1/search?q=thu+nghiem&page[after]={foreign}")).problem(400, "bad_cursor");
        anyone.get(&format!("/v1/documents?page[after]={cursor}")).problem(400, "bad_cursor");
    });
}

#[test]
fn odd_texts_are_only_words() {
    on_both(|server| {
        let (admin, anyone) = (server.admin(), server.anonymous());
        admin.post("/v1/documents", &document("1/2023/QĐ-UBND", json!({ "state": "published" })));
        assert_eq!(hits(&anyone, "thu+nghiem", 1).len(), 1);
        let none = |query: &str| {
            for at in ["/v1/search", "/v1/suggest", "/v1/search/similar"] {
                let found = anyone.get(&format!("{at}?q={query}"));
                assert_eq!(found.status, 200, "{at} {query}: {}", found.text());
                assert_eq!(found.json()["data"], json!([]), "{at} {query}");
            }
        };
        for query in ["", "%20", "!!!", "---", "\"\"", "(((", "*", "?:;", "\\", "…", "«»", "%C2%A0"] {
            none(query);
        }
        let empty = anyone.get("/v1/search?q=!!!&facets=type,year&meta=total&group=type").json();
        assert_eq!((&empty["data"], &empty["meta"]["total"], &empty["meta"]["groups"]), (&json!([]), &json!(0), &json!({})));
        let many = (0..250).map(|n| format!("t{n}")).collect::<Vec<_>>().join("+");
        for query in ["AND OR NOT", "title:x", "thử~1", "[a TO b]", "thử^5", "-thử", "\"thử", "😀", "ẾẾẾẾ", &many[..500]]
        {
            let found = anyone.get(&format!("/v1/search?q={query}&explain=true&facets=type"));
            assert_eq!(found.status, 200, "{query}: {}", found.text());
        }
        // Behind the last page there is nothing, and that is no fault.
        let mut page: Value = anyone.get("/v1/search?q=thu+nghiem&page[size]=1").json();
        while let Some(next) = page["links"]["next"].as_str().map(str::to_owned) {
            page = anyone.get(&next).json();
        }
        assert_eq!(page["links"]["next"], Value::Null);
    });
}
