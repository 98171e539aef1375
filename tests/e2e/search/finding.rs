//! What is published is found, and nothing else.

use super::{hits, ids, settled};
use crate::board::Board;
use crate::client::document;
use crate::media::{Form, png};
use crate::server::on_both;
use serde_json::json;

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
    });
}

#[test]
fn what_is_hidden_is_gone_from_every_answer_at_once() {
    on_both(|server| {
        let (admin, anyone) = (server.admin(), server.anonymous());
        let mut made = Vec::new();
        for n in 1..=3 {
            let body = json!({ "state": "published", "title": format!("Về bến đò Cồn Sậy, đợt {n}"), "body_text": "Bến đò Cồn Sậy đón khách từ sáng sớm." });
            made.push(admin.post("/v1/documents", &document(&format!("{n}/2024/QĐ-UBND"), body)));
        }
        let public = Form::new().field("title", "Bến đò Cồn Sậy").file("ben.png", "image/png", &png(8, 8)).send(&admin);
        let hidden = Form::new().field("title", "Bến đò Cồn Sậy kín").field("visibility", "internal");
        let hidden = hidden.file("kin.png", "image/png", &png(9, 9)).send(&admin);
        assert_eq!((public.status, hidden.status), (201, 201));
        assert_eq!(hits(&anyone, "con+say", 4).len(), 4);
        let counts = || {
            let found = anyone.get("/v1/search?q=con+say&meta=total&facets=type,kind&page[size]=50").json();
            let grouped = anyone.get("/v1/search?q=con+say&group=type").json();
            let like = anyone.get("/v1/search/similar?q=bến đò Cồn Sậy đón khách&page[size]=20").json();
            let typed = anyone.get("/v1/suggest?q=bến đò cồn&page[size]=20").json();
            let facet = |value: &str| {
                let facets = [&found["meta"]["facets"]["type"], &found["meta"]["facets"]["kind"]];
                let values = facets.into_iter().flat_map(|facet| facet.as_array().unwrap().clone());
                values.into_iter().find(|one| one["value"] == value).map_or(json!(0), |one| one["count"].clone())
            };
            let group = |name: &str| grouped["meta"]["groups"].get(name).cloned().unwrap_or(json!(0));
            assert_eq!(found["meta"]["total"], json!(ids(&found).len()), "{found}");
            assert_eq!((facet("document"), facet("media")), (group("document"), group("media")));
            assert_eq!(facet("media"), facet("image"));
            let seen = [&found, &grouped, &like, &typed].map(ids);
            (facet("document"), facet("media"), seen)
        };
        let has = |seen: &[Vec<String>; 4], id: &str| seen.each_ref().map(|ids| ids.iter().any(|one| one == id));
        let (documents, media, seen) = counts();
        assert_eq!((documents, media), (json!(3), json!(1)));
        let id = |answer: &crate::client::Answer| answer.data()["id"].as_str().unwrap().to_owned();
        assert_eq!(has(&seen, &id(&made[0])), [true; 4], "{seen:?}");
        assert_eq!(has(&seen, &id(&hidden)), [false; 4], "{seen:?}");

        // Nobody waits for the index.
        let taken = admin.transition(made[0].header("location"), made[0].header("etag"), "withdraw");
        assert_eq!(taken.status, 200);
        let (documents, _, seen) = counts();
        assert_eq!(documents, json!(2));
        assert_eq!(has(&seen, &id(&made[0])), [false; 4], "{seen:?}");
        let inward = admin.patch(public.header("location"), public.header("etag"), &json!({ "visibility": "internal" }));
        assert_eq!(inward.status, 200, "{}", inward.text());
        let (_, media, seen) = counts();
        assert_eq!(media, json!(0));
        assert_eq!(has(&seen, &id(&public)), [false; 4], "{seen:?}");
        anyone.get(&format!("/v1/search/similar?to={}", id(&public))).problem(404, "not_found");
        anyone.get(&format!("/v1/search/similar?to={}", id(&made[0]))).problem(404, "not_found");
        settled(&server);
        let (documents, media, _) = counts();
        assert_eq!((documents, media), (json!(2), json!(0)));
    });
}

#[test]
fn an_entry_is_found_while_it_is_published_and_what_is_like_it_with_it() {
    on_both(|server| {
        let board = Board::of(&server);
        let anyone = server.anonymous();
        let mut paths = Vec::new();
        for (title, story) in [
            ("Lên núi Hồng ngắm mây", "Đường mòn lên đỉnh núi Hồng, ngắm biển mây lúc bình minh, nghỉ ở lán nứa."),
            ("Biển mây trên núi Hồng", "Săn mây lúc bình minh trên đỉnh núi Hồng, ngủ lán nứa bên đường mòn."),
            ("Chợ phiên Bến Sậy", "Chợ họp sáng chủ nhật bên sông, bán cá tươi và rau."),
        ] {
            let (path, _) = board.entry("tour-route", json!({ "title": title, "story": story, "stops": ["Bến Sậy"] }));
            assert!(ids(&anyone.get("/v1/search?q=binh+minh").json()).is_empty() || !paths.is_empty(), "a draft is not found");
            board.publish(&path);
            paths.push(path);
        }
        assert_eq!(hits(&anyone, "binh+minh", 2).len(), 2);
        settled(&server);
        let id = |path: &str| path.rsplit('/').next().unwrap().to_owned();
        let like = anyone.get(&format!("/v1/search/similar?to={}", id(&paths[0]))).json();
        assert_eq!(ids(&like), [id(&paths[1])], "not itself, and nothing that speaks of something else: {like}");
        let text = anyone.get("/v1/search/similar?q=tôi muốn ngắm biển mây trên núi lúc bình minh").json();
        assert_eq!(ids(&text).len(), 2, "{text}");
        let stops = anyone.get("/v1/search?filter[stops]=Bến Sậy&facets=stops,type&meta=total").json();
        assert_eq!((&stops["meta"]["total"], &stops["meta"]["facets"]["stops"][0]["count"]), (&json!(3), &json!(3)));
        assert_eq!(stops["meta"]["facets"]["type"][0]["label"], "Tuyến du lịch");

        let withdrawn = board.act(&paths[1], &board.writer, json!({ "action": "withdraw", "explanation": "Đường sạt lở" }));
        assert_eq!(withdrawn.status, 200);
        assert_eq!(ids(&anyone.get("/v1/search?q=binh+minh").json()), [id(&paths[0])]);
        assert!(ids(&anyone.get(&format!("/v1/search/similar?to={}", id(&paths[0]))).json()).is_empty());
        assert_eq!(ids(&anyone.get("/v1/suggest?q=biển mâ").json()), [""; 0]);
    });
}
