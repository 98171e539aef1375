//! Hits are filtered, counted, grouped, sorted, explained and paged; titles are suggested.

use super::{hits, ids, settled};
use crate::client::{Client, document};
use crate::server::{Server, on_both};
use serde_json::{Value, json};

/// Twenty-four documents of three authorities, four kinds and five years; six of them have expired.
fn fill(server: &Server) {
    let admin = server.admin();
    let issuers = ["Ủy ban nhân dân tỉnh Sông Lam", "Hội đồng nhân dân tỉnh Sông Lam", "Sở Du lịch tỉnh Sông Lam"];
    let kinds = ["quyet-dinh", "nghi-quyet", "chi-thi", "ke-hoach"];
    for n in 0..24 {
        let mut body = json!({
            "state": "published", "doc_type": kinds[n % 4], "issuer": { "name": issuers[n % 3] },
            "issued_on": format!("{}-0{}-1{}", 2019 + n % 5, 1 + n % 9, n % 7), "effective_on": "2019-02-01",
            "title": format!("Về bến thuyền số {n} của tỉnh Sông Lam"),
            "body_text": "Bến thuyền phải có phao cứu sinh và biển báo.",
        });
        if n % 4 == 0 {
            body["expires_on"] = json!("2024-12-31");
        }
        let made = admin.post("/v1/documents", &document(&format!("{}/2019/VB-SL", n + 1), body));
        assert_eq!(made.status, 201, "{}", made.text());
    }
    admin.post("/v1/documents", &document("99/2019/VB-SL", json!({ "title": "Về bến thuyền, dự thảo" })));
    assert_eq!(hits(&server.anonymous(), "ben+thuyen&page[size]=100", 24).len(), 24);
    settled(server);
}

/// Every page of a search, from one link to the next.
fn walked(client: &Client, first: &str) -> Vec<String> {
    let (mut all, mut link) = (Vec::new(), Some(first.to_owned()));
    while let Some(path) = link {
        let page = client.get(&path).json();
        all.extend(ids(&page));
        link = page["links"]["next"].as_str().map(str::to_owned);
        assert!(all.len() <= 200, "it has no end");
    }
    all
}

#[test]
fn filters_and_facets_say_what_the_lists_say() {
    on_both(|server| {
        fill(&server);
        let anyone = server.anonymous();
        let total = |path: &str| {
            let answer = anyone.get(path).json();
            answer["meta"]["total"].as_u64().unwrap_or_else(|| panic!("{path}: {answer}"))
        };
        let found =
            anyone.get("/v1/search?q=ben+thuyen&facets=issuer,doc_type,status,year,type,language,portal&meta=total").json();
        let facets = found["meta"]["facets"].as_object().unwrap();
        assert_eq!((found["meta"]["total"].as_u64(), facets.len()), (Some(24), 7), "{found}");
        assert_eq!(facets["portal"], json!([]));
        for (facet, field) in [("issuer", "issuer_id"), ("doc_type", "doc_type"), ("status", "status"), ("language", "language")]
        {
            let values = facets[facet].as_array().unwrap();
            assert!(!values.is_empty(), "{facet}");
            assert_eq!(values.iter().map(|one| one["count"].as_u64().unwrap()).sum::<u64>(), 24, "{facet}");
            assert!(values.is_sorted_by_key(|one| std::cmp::Reverse(one["count"].as_u64())), "{facet}: the most frequent first");
            for one in values {
                let (value, count) = (one["value"].as_str().unwrap(), one["count"].as_u64().unwrap());
                let list = total(&format!("/v1/documents?filter[{field}]={value}&meta=total&page[size]=1"));
                assert_eq!(list, count, "{facet} {value}");
                assert_eq!(
                    total(&format!("/v1/search?q=ben+thuyen&filter[{facet}]={value}&meta=total")),
                    count,
                    "{facet} {value}"
                );
                let without = total(&format!("/v1/search?q=ben+thuyen&filter[{facet}][ne]={value}&meta=total"));
                assert_eq!(without, 24 - count, "{facet} {value}");
            }
        }
        for one in facets["year"].as_array().unwrap() {
            let year = one["value"].as_str().unwrap();
            let list =
                format!("/v1/documents?filter[issued_on][gte]={year}-01-01&filter[issued_on][lte]={year}-12-31&meta=total");
            assert_eq!(one["count"].as_u64(), Some(total(&list)), "{year}");
        }
        let label = |facet: &str, value: &str| {
            let values = facets[facet].as_array().unwrap();
            values.iter().find(|one| one["value"] == value).map(|one| one["label"].clone())
        };
        assert_eq!(label("doc_type", "quyet-dinh"), Some(json!("Quyết định")));
        assert_eq!(
            label("type", "document").map(|label| label.as_str().unwrap().chars().next().unwrap().is_uppercase()),
            Some(true)
        );
        assert!(facets["issuer"].as_array().unwrap().iter().all(|one| one["label"].as_str().unwrap().contains("tỉnh Sông Lam")));

        // Lists, dates, all of them at once.
        for (search, list) in [
            ("filter[doc_type][in]=quyet-dinh,chi-thi", "filter[doc_type][in]=quyet-dinh,chi-thi"),
            ("filter[doc_type][nin]=quyet-dinh,chi-thi", "filter[doc_type][nin]=quyet-dinh,chi-thi"),
            ("filter[date][gte]=2021-01-01", "filter[issued_on][gte]=2021-01-01"),
            (
                "filter[date][gt]=2021-03-12&filter[date][lt]=2022-04-13",
                "filter[issued_on][gt]=2021-03-12&filter[issued_on][lt]=2022-04-13",
            ),
            ("filter[date]=2019-01-10", "filter[issued_on]=2019-01-10"),
            ("filter[date][lte]=2019-01-10", "filter[issued_on][lte]=2019-01-10"),
            ("filter[status]=expired&filter[date][gte]=2020-01-01", "filter[status]=expired&filter[issued_on][gte]=2020-01-01"),
        ] {
            let by_search = total(&format!("/v1/search?{search}&meta=total"));
            assert_eq!(by_search, total(&format!("/v1/documents?{list}&meta=total")), "{search}");
            assert_eq!(by_search, total(&format!("/v1/search?q=ben+thuyen&{search}&meta=total")), "{search}");
        }
        for nothing in [
            "filter[date][gte]=9999-12-31",
            "filter[date][gt]=9999-12-31",
            "filter[date][lt]=0001-01-01",
            "filter[type]=bogus",
            "filter[issuer]=x",
            "filter[year]=",
        ] {
            assert_eq!(total(&format!("/v1/search?q=ben+thuyen&{nothing}&meta=total")), 0, "{nothing}");
        }
        // So many values as are asked for, and of an authority whatever the case of its id.
        let two = anyone.get("/v1/search?q=ben+thuyen&facets=year:2").json();
        assert_eq!(two["meta"]["facets"]["year"].as_array().unwrap().len(), 2);
        let issuer = facets["issuer"][0]["value"].as_str().unwrap().to_uppercase();
        assert_eq!(total(&format!("/v1/search?q=ben+thuyen&filter[issuer]={issuer}&meta=total")), 8);
    });
}

#[test]
fn every_hit_is_walked_once_in_every_order() {
    on_both(|server| {
        fill(&server);
        let anyone = server.anonymous();
        for query in [
            "q=ben+thuyen",
            "q=ben+thuyen&sort=date",
            "q=ben+thuyen&sort=-date",
            "filter[type]=document",
            "q=bien+bao&as_of=2024-01-01",
        ] {
            let all = walked(&anyone, &format!("/v1/search?{query}&page[size]=5"));
            let mut once = all.clone();
            once.sort();
            once.dedup();
            assert_eq!((all.len(), once.len()), (24, 24), "{query}");
            assert_eq!(all, ids(&anyone.get(&format!("/v1/search?{query}&page[size]=100")).json()), "{query}");
        }
        // And back again.
        let second =
            anyone.get(anyone.get("/v1/search?q=ben+thuyen&page[size]=5").json()["links"]["next"].as_str().unwrap()).json();
        let third = anyone.get(second["links"]["next"].as_str().unwrap()).json();
        assert_eq!(anyone.get(third["links"]["prev"].as_str().unwrap()).json()["data"], second["data"]);
        let first = anyone.get(second["links"]["prev"].as_str().unwrap()).json();
        assert_eq!((ids(&first).len(), &first["links"]["prev"]), (5, &Value::Null));

        let dates = |sort: &str| -> Vec<String> {
            let found = anyone.get(&format!("/v1/search?q=ben+thuyen&sort={sort}&page[size]=100")).json();
            ids(&found)
                .iter()
                .map(|id| anyone.get(&format!("/v1/documents/{id}")).data()["issued_on"].as_str().unwrap().to_owned())
                .collect()
        };
        assert!(dates("date").is_sorted());
        assert!(dates("-date").iter().rev().is_sorted());
    });
}

#[test]
fn hits_are_grouped_by_type_and_explained() {
    on_both(|server| {
        fill(&server);
        let (admin, anyone) = (server.admin(), server.anonymous());
        let form = crate::media::Form::new().field("title", "Bến thuyền lúc bình minh");
        assert_eq!(form.file("ben.png", "image/png", &crate::media::png(8, 8)).send(&admin).status, 201);
        assert_eq!(hits(&anyone, "ben+thuyen&filter[type]=media", 1).len(), 1);
        let grouped = anyone.get("/v1/search?q=ben+thuyen&group=type&page[size]=3&meta=total&facets=year").json();
        let types: Vec<&str> = grouped["data"].as_array().unwrap().iter().map(|hit| hit["type"].as_str().unwrap()).collect();
        assert_eq!(types.iter().filter(|of| **of == "document").count(), 3, "{grouped}");
        assert_eq!(types.iter().filter(|of| **of == "media").count(), 1);
        assert!(types.windows(2).filter(|pair| pair[0] != pair[1]).count() == 1, "those of a type stand together");
        assert_eq!(grouped["meta"]["groups"], json!({ "document": 24, "media": 1 }), "{grouped}");
        assert_eq!((&grouped["meta"]["total"], &grouped["links"]["next"]), (&json!(25), &Value::Null));
        assert!(grouped["meta"]["facets"].get("type").is_none() && grouped["meta"]["facets"]["year"].is_array());
        assert_eq!(anyone.get("/v1/search?q=ben+thuyen&group=type").data().as_array().unwrap().len(), 6);

        let plain = anyone.get("/v1/search?q=bien+bao+ben+thuyen&page[size]=1").json();
        assert!(plain["data"][0].get("explanation").is_none(), "{plain}");
        let told = anyone.get("/v1/search?q=bien+bao+ben+thuyen&page[size]=1&explain=true").json();
        let (hit, reasons) = (&told["data"][0], told["data"][0]["explanation"].as_array().unwrap());
        let sum: f64 = reasons.iter().map(|reason| reason["score"].as_f64().unwrap()).sum();
        assert!(
            reasons.iter().all(|reason| reason["name"].is_string()) && (sum - hit["score"].as_f64().unwrap()).abs() < 0.01 * sum,
            "{hit}"
        );
        assert_eq!(plain["data"][0]["id"], hit["id"]);

        // Too few have all words: others are told, and that they are.
        let relaxed = anyone.get("/v1/search?q=bến thuyền số 17 của tỉnh Sông Lam trực thăng").json();
        assert_eq!(relaxed["meta"]["relaxed"], true, "{relaxed}");
        assert!(!ids(&relaxed).is_empty());
    });
}

#[test]
fn titles_and_numbers_go_on_as_they_were_begun() {
    on_both(|server| {
        let (admin, anyone) = (server.admin(), server.anonymous());
        for (number, title, kind) in [
            ("12/2024/QĐ-UBND", "Quy chế <quản lý> bến thuyền Cồn Sậy", "quyet-dinh"),
            ("121/2024/QĐ-UBND", "Kế hoạch mở tuyến thuyền du lịch", "ke-hoach"),
            ("3/2024/NQ-HĐND", "Mức thu phí tham quan bến Cồn Sậy", "nghi-quyet"),
        ] {
            admin.post("/v1/documents", &document(number, json!({ "state": "published", "title": title, "doc_type": kind })));
        }
        admin.post("/v1/documents", &document("129/2024/QĐ-UBND", json!({ "title": "Quy chế còn là dự thảo" })));
        assert_eq!(hits(&anyone, "con+say", 2).len(), 2);
        settled(&server);
        let suggested =
            |query: &str| -> Vec<Value> { anyone.get(&format!("/v1/suggest?{query}")).data().as_array().unwrap().clone() };
        let texts = |query: &str| -> Vec<String> {
            suggested(query).iter().map(|one| one["number"].as_str().unwrap().to_owned()).collect()
        };
        for query in ["q=quy ch", "q=QUY CHE", "q=quy chế <quản", "q=quản lý bến thuy"] {
            assert_eq!(texts(query), ["12/2024/QĐ-UBND"], "{query}");
        }
        let one = &suggested("q=quy ch")[0];
        assert_eq!(one["text"], "Quy chế <quản lý> bến thuyền Cồn Sậy");
        assert!(
            one["highlight"].as_str().unwrap().contains("&lt;") && one["highlight"].as_str().unwrap().contains("<mark>"),
            "{one}"
        );
        assert_eq!(anyone.get(one["url"].as_str().unwrap()).data()["id"], one["id"]);
        let mut numbers = texts("q=12");
        numbers.sort();
        assert_eq!(numbers, ["12/2024/QĐ-UBND", "121/2024/QĐ-UBND"]);
        assert_eq!(texts("q=3/2024"), ["3/2024/NQ-HĐND"]);
        assert_eq!(texts("q=cồn sậ&filter[doc_type]=nghi-quyet"), ["3/2024/NQ-HĐND"]);
        assert_eq!(texts("q=cồn sậ").len(), 2);
        assert_eq!(texts("q=cồn sậ&page[size]=1").len(), 1);
    });
}
