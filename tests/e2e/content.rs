//! Entries: the workflow, versions, addresses, languages, schedules, releases, takedowns, relations.

use crate::board::{Board, official};
use crate::server::on_both;
use serde_json::{Value, json};
use std::time::Duration;

#[test]
fn an_entry_lives_from_draft_to_withdrawal_and_every_step_is_on_record() {
    on_both(|server| {
        let board = Board::of(&server);
        let anyone = server.anonymous();
        let (path, made) = board.tour("Núi Hồng");
        assert_eq!((&made["state"], &made["locale"], &made["slug"]), (&json!("draft"), &json!("vi"), &json!("nui-hong")));
        anyone.get(&path).problem(404, "not_found");
        anyone.get(&format!("{path}?state=draft")).problem(401, "unauthenticated");

        board.writer.transition(&path, &board.tag(&path), "publish").problem(409, "wrong_state");
        board.step(&path, &board.writer, "submit").data();
        board.step(&path, &board.writer, "approve").problem(403, "four_eyes");
        assert_eq!(board.step(&path, &board.chief, "approve").data()["state"], "approved");
        assert_eq!(board.step(&path, &board.writer, "publish").data()["state"], "published");
        let live = anyone.get(&path);
        assert_eq!(live.header("cache-control"), "public, max-age=0, must-revalidate");
        assert_eq!(live.data()["title"], "Núi Hồng");
        assert!(live.data()["published_at"].is_string());

        // A change is a draft beside what is published, and has to be approved again.
        let changed = board.writer.patch(&path, &board.tag(&path), &json!({ "title": "Núi Hồng Lĩnh" }));
        assert_eq!((&changed.data()["state"], &changed.data()["slug"]), (&json!("draft"), &json!("nui-hong")));
        assert_eq!(anyone.get(&path).data()["title"], "Núi Hồng");
        board.step(&path, &board.writer, "publish").problem(409, "wrong_state");
        board.publish(&path);
        assert_eq!(anyone.get(&path).data()["title"], "Núi Hồng Lĩnh");
        board.writer.delete(&path, &board.tag(&path)).problem(409, "was_published");

        let withdrawn = board.act(&path, &board.writer, json!({ "action": "withdraw", "explanation": "Đường sạt lở" }));
        assert_eq!(withdrawn.data()["state"], "withdrawn");
        let gone = anyone.get(&path).problem(410, "withdrawn");
        assert!(gone["detail"].as_str().unwrap().contains("Đường sạt lở"), "{gone}");
        assert_eq!(anyone.get("/v1/content/tour-route").json()["data"], json!([]));
        assert_eq!(board.writer.get(&path).data()["state"], "withdrawn");

        let steps = board.writer.get(&format!("{path}/steps")).json()["data"].clone();
        let actions: Vec<&str> = steps.as_array().unwrap().iter().map(|step| step["action"].as_str().unwrap()).collect();
        assert_eq!(actions, ["create", "submit", "approve", "publish", "submit", "approve", "publish", "withdraw"]);
        assert!(steps.as_array().unwrap().iter().all(|step| step["actor_id"].is_string() && step["occurred_at"].is_string()));
        anyone.get(&format!("{path}/steps")).problem(401, "unauthenticated");
    });
}

#[test]
fn a_rejection_needs_a_reason_and_leads_back_to_the_draft() {
    on_both(|server| {
        let board = Board::of(&server);
        let (path, _) = board.tour("Đèo Gió");
        board.step(&path, &board.chief, "approve").problem(409, "wrong_state");
        board.step(&path, &board.writer, "submit").data();
        let refused = board.step(&path, &board.chief, "reject").problem(422, "validation_failed");
        assert_eq!(refused["errors"][0]["pointer"], "/comment");
        let back = board.act(&path, &board.chief, json!({ "action": "reject", "comment": "Thiếu bản đồ" }));
        assert_eq!(back.data()["state"], "draft");
        let steps = board.writer.get(&format!("{path}/steps")).json()["data"].clone();
        assert_eq!(steps.as_array().unwrap().last().unwrap()["comment"], "Thiếu bản đồ");
        // Whoever touches an edition has written it: the chief, too.
        board.chief.patch(&path, &board.tag(&path), &json!({ "length_km": 3.5 })).data();
        board.step(&path, &board.writer, "submit").data();
        for caller in [&board.chief, &board.writer] {
            board.step(&path, caller, "approve").problem(403, "four_eyes");
        }
        board.act(&path, &board.writer, json!({ "action": "publish", "bogus": 1 })).problem(422, "validation_failed");
        board.act(&path, &board.writer, json!({ "action": "explode" })).problem(422, "validation_failed");
        board.writer.transition(&path, "\"1-x\"", "submit").problem(412, "stale_revision");
        server.anonymous().transition(&path, "\"1-x\"", "submit").problem(401, "unauthenticated");
        assert_eq!(board.writer.delete(&path, &board.tag(&path)).status, 204);
        board.writer.get(&path).problem(404, "not_found");
    });
}

#[test]
fn links_are_kept_in_whatever_order_both_ends_are_published() {
    on_both(|server| {
        let board = Board::of(&server);
        let anyone = server.anonymous();
        let guide = board.writer.post("/v1/content/official", &official("Lê Văn Bến"));
        let (guide_path, guide) = (guide.header("location").to_owned(), guide.data());
        let (path, _) = board.entry("tour-route", json!({ "title": "Bến Lội", "guide": guide["id"] }));
        board.publish(&path);
        // The target is a draft: its id is told, it is not.
        let read = anyone.get(&format!("{path}?include=guide")).json();
        assert_eq!((&read["data"]["guide"], &read["included"]), (&guide["id"], &json!([])));
        let query = "query($id: ID!) { tourRoute(id: $id) { guideId guide { name } } }";
        let id = &read["data"]["id"];
        let seen = anyone.graphql(query, json!({ "id": id }));
        assert_eq!(seen["data"]["tourRoute"], json!({ "guideId": guide["id"], "guide": null }), "{seen}");
        // Drafts see drafts.
        let drafts = board.writer.get(&format!("{path}?state=draft&include=guide")).json();
        assert_eq!(drafts["included"][0]["name"], "Lê Văn Bến");
        board.publish(&guide_path);
        assert_eq!(anyone.get(&format!("{path}?include=guide")).json()["included"][0]["name"], "Lê Văn Bến");
        assert_eq!(anyone.graphql(query, json!({ "id": id }))["data"]["tourRoute"]["guide"]["name"], "Lê Văn Bến");
        let wrong = board.writer.post("/v1/content/tour-route", &json!({ "title": "x", "guide": id }));
        assert_eq!(wrong.problem(422, "validation_failed")["errors"][0]["pointer"], "/guide", "of another type");
        let nobody = "0193ffff-0000-7000-8000-000000000000";
        let wrong = board.writer.post("/v1/content/tour-route", &json!({ "title": "x", "guide": nobody }));
        assert_eq!(wrong.problem(422, "validation_failed")["errors"][0]["code"], "unknown_reference");
    });
}

#[test]
fn each_language_is_published_by_itself() {
    on_both(|server| {
        let board = Board::of(&server);
        let anyone = server.anonymous();
        let (path, _) = board.entry("tour-route", json!({ "title": "Hồ Mây", "length_km": 4 }));
        let made = board.writer.post(&format!("{path}/translations"), &json!({ "locale": "en", "translator": "Sở Ngoại vụ" }));
        assert_eq!((made.status, &made.data()["locale"], &made.data()["title"]), (201, &json!("en"), &json!("Hồ Mây")));
        assert_eq!(made.header("location"), format!("{path}?lang=en"));
        board.writer.post(&format!("{path}/translations"), &json!({ "locale": "en" })).problem(409, "translation_exists");
        let en = format!("{path}?lang=en");
        let shared = board.writer.patch(&en, &board.tag(&path), &json!({ "length_km": 5 })).problem(422, "validation_failed");
        assert_eq!(
            (&shared["errors"][0]["code"], &shared["errors"][0]["pointer"]),
            (&json!("shared_field"), &json!("/length_km"))
        );
        assert_eq!(board.writer.patch(&en, &board.tag(&path), &json!({ "title": "Cloud Lake" })).data()["title"], "Cloud Lake");

        board.publish_in(&path, Some("en"));
        assert_eq!(anyone.get(&en).data()["title"], "Cloud Lake");
        anyone.get(&format!("{path}?lang=vi")).problem(404, "not_found");
        anyone.get(&path).problem(404, "not_found");
        let titles = |query: &str| anyone.get(&format!("/v1/content/tour-route{query}")).json()["data"].clone();
        assert_eq!(titles(""), json!([]));
        assert_eq!(titles("?lang=en")[0]["title"], "Cloud Lake");

        // What all languages share comes with the original; the translation is outdated until it is looked at.
        board.writer.patch(&path, &board.tag(&path), &json!({ "length_km": 6 })).data();
        board.publish(&path);
        let english = anyone.get(&en).data();
        assert_eq!(
            (&english["length_km"], &english["outdated"], &english["title"]),
            (&json!(6), &json!(true), &json!("Cloud Lake"))
        );
        let languages = board.writer.get(&format!("{path}/translations")).json()["data"].clone();
        let row = |locale: &str| languages.as_array().unwrap().iter().find(|row| row["locale"] == locale).unwrap().clone();
        assert_eq!((&row("vi")["source"], &row("vi")["live"]), (&json!(true), &json!(true)));
        assert_eq!(
            (&row("en")["progress"], &row("en")["outdated"], &row("en")["translator"]),
            (&json!("published"), &json!(true), &json!("Sở Ngoại vụ"))
        );
        board.writer.patch(&en, &board.tag(&path), &json!({ "title": "Lake of Clouds" })).data();
        board.publish_in(&path, Some("en"));
        assert_eq!(anyone.get(&en).data()["outdated"], false);
        let both = anyone.graphql(
            "query($id: ID!) { vi: tourRoute(id: $id) { title locale } en: tourRoute(id: $id, lang: \"en\") { title locale } }",
            json!({ "id": english["id"] }),
        );
        assert_eq!(both["data"]["en"], json!({ "title": "Lake of Clouds", "locale": "en" }), "{both}");
        assert_eq!(both["data"]["vi"]["title"], "Hồ Mây");
    });
}

#[test]
fn an_entry_may_exist_in_english_alone() {
    on_both(|server| {
        let board = Board::of(&server);
        let (path, made) = board.entry("tour-route", json!({ "title": "Only in English", "locale": "en" }));
        assert_eq!(made["locale"], "en");
        board.publish(&path);
        assert_eq!(server.anonymous().get(&path).data()["locale"], "en");
        assert_eq!(server.anonymous().get("/v1/content/tour-route?lang=en").json()["data"].as_array().unwrap().len(), 1);
        assert_eq!(server.anonymous().get("/v1/content/tour-route?lang=vi").json()["data"], json!([]));
        server.anonymous().get("/v1/content/tour-route?lang=EN").problem(400, "invalid_parameter");
    });
}

#[test]
fn versions_are_listed_compared_and_restored() {
    on_both(|server| {
        let board = Board::of(&server);
        let (path, _) = board.entry("tour-route", json!({ "title": "Một", "length_km": 1, "story": "**đậm**" }));
        board.publish(&path);
        board.writer.patch(&path, &board.tag(&path), &json!({ "title": "Hai", "length_km": null })).data();
        board.writer.patch(&path, &board.tag(&path), &json!({ "stops": ["A"] })).data();
        let versions = board.writer.get(&format!("{path}/versions")).json()["data"].clone();
        let seen: Vec<Value> =
            versions.as_array().unwrap().iter().map(|v| json!([v["version"], v["state"], v["live"], v["working"]])).collect();
        assert_eq!(
            seen,
            [json!([3, "draft", false, true]), json!([2, "draft", false, false]), json!([1, "published", true, false])]
        );
        let whole = board.writer.get(&format!("{path}/versions/1")).data();
        assert_eq!((&whole["title"], &whole["length_km"]), (&json!("Một"), &json!(1)));
        let compared = board.writer.get(&format!("{path}/versions/compare?from=1&to=3")).data();
        let changes = compared["changes"].as_array().unwrap();
        let change = |field: &str| changes.iter().find(|change| change["field"] == field).map(|c| c["change"].clone());
        assert_eq!(
            (change("title"), change("length_km"), change("stops"), change("story")),
            (Some(json!("changed")), Some(json!("removed")), Some(json!("added")), None),
            "{compared}"
        );
        board.writer.get(&format!("{path}/versions/9")).problem(404, "not_found");
        board.writer.get(&format!("{path}/versions/compare?from=x&to=3")).problem(400, "invalid_parameter");
        server.anonymous().get(&format!("{path}/versions/1")).problem(401, "unauthenticated");
        let restored = board.act(&path, &board.writer, json!({ "action": "restore", "version": 1 })).data();
        assert_eq!((&restored["title"], &restored["length_km"], &restored["state"]), (&json!("Một"), &json!(1), &json!("draft")));
        board.act(&path, &board.writer, json!({ "action": "restore", "version": 99 })).problem(422, "validation_failed");
        assert_eq!(server.anonymous().get(&path).data()["title"], "Một");
        let id = restored["id"].clone();
        let graph = board.writer.graphql(
            "query($id: ID!) { tourRoute(id: $id) { versions { version state live } steps { action } } }",
            json!({ "id": id }),
        );
        assert_eq!(graph["data"]["tourRoute"]["versions"].as_array().unwrap().len(), 4, "{graph}");
        let hidden = server
            .anonymous()
            .graphql("query($id: ID!) { tourRoute(id: $id) { title versions { version } } }", json!({ "id": id }));
        assert_eq!(hidden["data"]["tourRoute"], json!({ "title": "Một", "versions": null }), "{hidden}");
    });
}

#[test]
fn a_schedule_names_its_edition_and_survives_later_edits() {
    on_both(|server| {
        let board = Board::of(&server);
        let anyone = server.anonymous();
        let (path, _) = board.tour("Lịch một");
        board.step(&path, &board.writer, "submit").data();
        let soon = || {
            (time::OffsetDateTime::now_utc() + Duration::from_secs(3))
                .format(&time::format_description::well_known::Rfc3339)
                .unwrap()
        };
        let schedule = |at: &str| board.act(&path, &board.writer, json!({ "action": "schedule", "at": at }));
        schedule("2099-01-01T00:00:00Z").problem(409, "wrong_state");
        board.step(&path, &board.chief, "approve").data();
        assert_eq!(schedule("2001-01-01T00:00:00Z").problem(422, "validation_failed")["errors"][0]["code"], "in_the_past");
        board.act(&path, &board.writer, json!({ "action": "schedule" })).problem(422, "validation_failed");
        assert_eq!(schedule("2099-01-01T00:00:00Z").data()["state"], "approved");
        let listed = board.writer.get("/v1/schedules?filter[state]=pending").json()["data"].clone();
        assert_eq!(
            (&listed[0]["edition_number"], &listed[0]["action"], listed.as_array().unwrap().len()),
            (&json!(1), &json!("publish"), 1)
        );
        anyone.get("/v1/schedules").problem(401, "unauthenticated");
        assert_eq!(board.step(&path, &board.writer, "unschedule").status, 200);
        board.step(&path, &board.writer, "unschedule").problem(409, "wrong_state");

        schedule(&soon()).data();
        // A later edit does not change what goes out.
        board.writer.patch(&path, &board.tag(&path), &json!({ "title": "Lịch hai" })).data();
        board.wait(|| anyone.get(&path).status == 200);
        assert_eq!(anyone.get(&path).data()["title"], "Lịch một");
        let draft = board.writer.get(&format!("{path}?state=draft")).data();
        assert_eq!((&draft["title"], &draft["state"]), (&json!("Lịch hai"), &json!("draft")));
        assert_eq!(
            anyone.get("/v1/content/tour-route?filter[length_km][null]=true").json()["data"][0]["title"],
            "Lịch một",
            "it is in lists too"
        );

        board
            .act(&path, &board.writer, json!({ "action": "schedule", "at": soon(), "then": "withdraw", "redirect_to": "/khac" }))
            .data();
        board.wait(|| anyone.get(&path).status == 301);
        assert_eq!(anyone.get(&path).header("location"), "/khac");
        let done = board.writer.get("/v1/schedules?filter[state]=done").json()["data"].clone();
        assert_eq!(done.as_array().unwrap().len(), 2);
        assert_eq!(board.writer.get(&format!("{path}?state=draft")).data()["title"], "Lịch hai");
    });
}

#[test]
fn a_release_is_published_whole_or_not_at_all() {
    on_both(|server| {
        let board = Board::of(&server);
        let anyone = server.anonymous();
        let tours: Vec<String> = (1..=3).map(|n| board.tour(&format!("Đợt {n}")).0).collect();
        let id = |path: &str| path.rsplit('/').next().unwrap().to_owned();
        for path in &tours[..2] {
            board.step(path, &board.writer, "submit").data();
            board.step(path, &board.chief, "approve").data();
        }
        let items: Vec<Value> = tours.iter().map(|path| json!({ "entry_id": id(path) })).collect();
        anyone.post("/v1/releases", &json!({ "title": "x" })).problem(401, "unauthenticated");
        let unknown = json!({ "title": "x", "items": [{ "entry_id": "0193ffff-0000-7000-8000-000000000000" }] });
        assert_eq!(
            board.writer.post("/v1/releases", &unknown).problem(422, "validation_failed")["errors"][0]["pointer"],
            "/items/0/entry_id"
        );
        let made = board.writer.post("/v1/releases", &json!({ "title": "Năm du lịch", "items": items }));
        let release = made.header("location").to_owned();
        assert_eq!(made.data()["items"].as_array().unwrap().len(), 3);
        let refused = board.writer.transition(&release, made.header("etag"), "publish").problem(409, "release_not_ready");
        assert_eq!(refused["errors"][0]["pointer"], "/items/2");
        assert_eq!(anyone.get("/v1/content/tour-route").json()["data"], json!([]), "nothing was published");
        board.step(&tours[2], &board.writer, "submit").data();
        board.step(&tours[2], &board.chief, "approve").data();
        let done = board.writer.transition(&release, made.header("etag"), "publish");
        assert_eq!(done.data()["state"], "published");
        assert_eq!(anyone.get("/v1/content/tour-route").json()["data"].as_array().unwrap().len(), 3);
        board.writer.transition(&release, done.header("etag"), "publish").problem(409, "wrong_state");
        let graph = board.writer.graphql("{ releases { edges { node { title state items { entryId locale } } } } }", json!({}));
        assert_eq!(graph["data"]["releases"]["edges"][0]["node"]["items"].as_array().unwrap().len(), 3, "{graph}");
    });
}

#[test]
fn an_address_is_held_leads_on_and_can_be_reserved() {
    on_both(|server| {
        let board = Board::of(&server);
        let anyone = server.anonymous();
        let (first, _) = board.tour("Trùng tên");
        let (second, made) = board.tour("Trùng tên");
        assert_eq!(made["slug"], "trung-ten-2");
        let taken = board.writer.patch(&second, &board.tag(&second), &json!({ "slug": "trung-ten" })).problem(409, "slug_taken");
        assert_eq!(taken["errors"][0]["pointer"], "/slug");
        board.writer.patch(&second, &board.tag(&second), &json!({ "slug": "Có dấu" })).problem(422, "validation_failed");
        let by = |slug: &str| anyone.get(&format!("/v1/content/tour-route/by-path/{slug}"));
        by("trung-ten").problem(404, "not_found");
        board.publish(&first);
        assert_eq!(by("trung-ten").data()["slug"], "trung-ten");
        board.writer.patch(&first, &board.tag(&first), &json!({ "slug": "ten-moi" })).data();
        assert_eq!(by("trung-ten").status, 200, "until it is published");
        by("ten-moi").problem(404, "not_found");
        board.publish(&first);
        assert_eq!((by("trung-ten").status, by("trung-ten").header("location")), (301, "/v1/content/tour-route/by-path/ten-moi"));
        assert_eq!(by("ten-moi").data()["title"], "Trùng tên");
        board.writer.post("/v1/content/tour-route", &json!({ "title": "z", "slug": "trung-ten" })).problem(409, "slug_taken");

        let id = "0193aaaa-0000-4000-8000-00000000000a";
        let reserve = json!({ "section": "tour-route", "slug": "giu-cho", "entry_id": id });
        anyone.post("/v1/paths", &reserve).problem(401, "unauthenticated");
        assert_eq!(board.writer.post("/v1/paths", &reserve).status, 201);
        board.writer.post("/v1/content/tour-route", &json!({ "title": "z", "slug": "giu-cho" })).problem(409, "slug_taken");
        let put = |body: &Value| board.writer.json("PUT", &format!("/v1/content/tour-route/{id}"), &[], body);
        let body = json!({ "title": "Đã giữ", "slug": "giu-cho" });
        assert_eq!((put(&body).status, put(&body).status), (201, 200), "the same again is no second one");
        put(&json!({ "title": "Khác" })).problem(409, "id_taken");
        assert_eq!(anyone.get("/v1/paths?filter[slug]=giu-cho").json()["data"], json!([]), "a draft's address is not told");
        assert_eq!(board.writer.get("/v1/paths?filter[slug]=giu-cho").json()["data"][0]["kind"], "current");
        board.writer.json("PUT", "/v1/content/tour-route/not-an-id", &[], &body).problem(422, "validation_failed");
        anyone.json("PUT", &format!("/v1/content/tour-route/{id}"), &[], &body).problem(401, "unauthenticated");
    });
}

#[test]
fn a_violation_is_reported_by_anybody_and_taken_down_at_once() {
    let server = crate::server::Server::with(&["--policy", "lang-son"]);
    let board = Board::of(&server);
    let anyone = server.anonymous();
    let (path, made) = board.tour("Bị phản ánh");
    board.publish(&path);
    let grounds = anyone.get("/v1/policies?filter[name]=takedown-grounds").json()["data"][0]["value"].clone();
    let ground = grounds[0]["code"].clone();
    let report = json!({ "entry_id": made["id"], "ground": ground, "detail": "Sai sự thật", "reporter_name": "Bà Mận" });
    anyone.post("/v1/violations", &json!({ "ground": "no-such", "detail": "x", "url": "/x" })).problem(422, "validation_failed");
    anyone.post("/v1/violations", &json!({ "ground": ground, "detail": "x" })).problem(422, "validation_failed");
    let reported = anyone.post("/v1/violations", &report);
    assert_eq!((reported.status, &reported.data()["state"]), (201, &json!("received")));
    let violation = reported.header("location").to_owned();
    anyone.get(&violation).problem(401, "unauthenticated");
    anyone.get("/v1/violations").problem(401, "unauthenticated");
    let swept = anyone.graphql("{ violations { edges { node { reporterName } } } }", json!({}));
    assert_eq!(swept["errors"][0]["extensions"]["code"], "unauthenticated", "{swept}");
    let node = anyone.graphql(
        "query($id: ID!) { node(id: $id) { id } violation(id: $id) { reporterName } }",
        json!({ "id": reported.data()["id"] }),
    );
    assert!(node["data"]["node"].is_null() && node["data"]["violation"].is_null(), "{node}");
    let takedown =
        json!({ "action": "takedown", "ground": ground, "violation_id": reported.data()["id"], "comment": "Đã kiểm tra" });
    assert_eq!(board.act(&path, &board.chief, takedown).data()["state"], "taken-down");
    let gone = anyone.get(&path).problem(410, "taken_down");
    assert!(gone["detail"].as_str().unwrap().contains(ground.as_str().unwrap()), "{gone}");
    let kept = board.chief.get(&violation).data();
    assert_eq!(
        (&kept["state"], &kept["reporter_name"], kept["decided_by"].is_string()),
        (&json!("upheld"), &json!("Bà Mận"), true)
    );
    let refused = (0..30).map(|_| anyone.post("/v1/violations", &report)).find(|answer| answer.status == 429);
    refused.expect("a limit").problem(429, "too_many_requests");
    assert!(anyone.get("/v1/content/tour-route").status == 200, "reads are not limited");
    let line = board.writer.get(&path).data()["source_line"].clone();
    assert!(line.as_str().unwrap().contains("Lạng Sơn"), "{line}");
}

#[test]
fn bad_content_is_refused_at_its_pointer_and_nothing_is_done() {
    on_both(|server| {
        let board = Board::of(&server);
        let pointers = |body: Value| -> Vec<String> {
            let refused = board.writer.post("/v1/content/tour-route", &body).problem(422, "validation_failed");
            refused["errors"].as_array().unwrap().iter().map(|e| e["pointer"].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!(pointers(json!({ "title": "x", "bogus": 1, "state": "published" })), ["/bogus", "/state"]);
        assert_eq!(pointers(json!({ "title": 7 })), ["/title"]);
        assert_eq!(pointers(json!({ "title": "x", "length_km": -1 })), ["/length_km"]);
        assert_eq!(pointers(json!({ "title": "x", "stops": [1] })), ["/stops/0"]);
        for script in
            ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))", "<svg onload=alert(1)>"]
        {
            assert_eq!(pointers(json!({ "title": "x", "story": script })), ["/story"], "{script}");
        }
        assert!(
            pointers(json!({ "title": "x", "blocks": [{ "type": "paragraph", "text": "a" }, { "type": "nuke" }] }))
                .contains(&"/blocks/1/type".to_owned())
        );
        assert_eq!(pointers(json!({ "title": "x", "source_url": "ftp://x" })), ["/source_url"]);
        assert_eq!(pointers(json!({ "title": "a\u{0}b" })), ["/title"]);
        assert_eq!(board.writer.get("/v1/content/tour-route?state=draft").json()["data"], json!([]));
        let (path, made) = board.entry("tour-route", json!({ "title": "e\u{301}", "story": "Chữ **đậm** và <sup>2</sup>", "blocks": [
            { "type": "paragraph", "text": "Một *hai*" }, { "type": "table", "rows": [["a", "b"]] }, { "type": "quote", "text": "Lời" } ] }));
        assert_eq!(made["title"], "é", "NFC");
        assert!(made["story_html"].as_str().unwrap().contains("<strong>đậm</strong>"));
        assert!(made["story_text"].as_str().unwrap().contains("Chữ đậm"));
        let list = board.writer.get("/v1/content/tour-route?state=draft").json()["data"][0].clone();
        assert!(list.get("story").is_none() && list.get("blocks").is_none(), "lists leave bodies out: {list}");
        let one = board.writer.get(&format!("{path}?state=draft")).data();
        let asked = board
            .writer
            .get(&format!(
                "/v1/content/tour-route?state=draft&fields[tour-route]={}",
                one.as_object().unwrap().keys().cloned().collect::<Vec<_>>().join(",")
            ))
            .json();
        assert_eq!(asked["data"][0], one, "a draft reads the same in a list");
        board.publish(&path);
        let live = server.anonymous().get(&path).data();
        let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
        assert_eq!(keys(&live), keys(&one), "a draft has the shape of what is live");
        let graph = server.anonymous().graphql(
            "query($id: ID!) { tourRoute(id: $id) { storyHtml blocks { __typename ... on ParagraphBlock { text textHtml } ... on TableBlock { rows } ... on QuoteBlock { quoted: text } } } }",
            json!({ "id": live["id"] }),
        );
        let blocks = &graph["data"]["tourRoute"]["blocks"];
        assert_eq!(blocks[0]["__typename"], "ParagraphBlock", "{graph}");
        assert_eq!((&blocks[1]["rows"], &blocks[2]["quoted"]), (&json!([["a", "b"]]), &json!("Lời")));
        assert_eq!(graph["data"]["tourRoute"]["storyHtml"], live["story_html"]);
    });
}

#[test]
fn graphql_writes_what_rest_writes() {
    on_both(|server| {
        let board = Board::of(&server);
        let made = board.writer.graphql(
            "mutation { createTourRoute(input: { title: \"Qua GraphQL\", lengthKm: 2.5, blocks: [{ paragraph: { text: \"một\" } }] }) { id revision state blocks { __typename } } }",
            json!({}),
        );
        let entry = made["data"]["createTourRoute"].clone();
        assert_eq!((&entry["state"], &entry["blocks"][0]["__typename"]), (&json!("draft"), &json!("ParagraphBlock")), "{made}");
        let id = entry["id"].clone();
        let act = |caller: &crate::client::Client, revision: i64, action: &str| {
            caller.graphql(
                "mutation($id: ID!, $r: Int!, $a: String!) { transitionTourRoute(id: $id, revision: $r, action: $a) { state revision } }",
                json!({ "id": id, "r": revision, "a": action }),
            )
        };
        assert_eq!(
            act(&board.writer, 1, "submit")["data"]["transitionTourRoute"],
            json!({ "state": "submitted", "revision": 2 })
        );
        assert_eq!(act(&board.writer, 2, "approve")["errors"][0]["extensions"]["code"], "four_eyes");
        assert_eq!(act(&board.chief, 2, "approve")["data"]["transitionTourRoute"]["state"], "approved");
        assert_eq!(act(&board.chief, 3, "publish")["data"]["transitionTourRoute"]["state"], "published");
        let translated = board.writer.graphql(
            "mutation($id: ID!) { transitionTourRoute(id: $id, revision: 4, action: \"translate\", locale: \"en\") { locale revision } }",
            json!({ "id": id }),
        );
        assert_eq!(translated["data"]["transitionTourRoute"]["locale"], "en", "{translated}");
        let changed = board.writer.graphql(
            "mutation($id: ID!) { updateTourRoute(id: $id, revision: 5, lang: \"en\", input: { title: \"By GraphQL\" }) { title locale } }",
            json!({ "id": id }),
        );
        assert_eq!(changed["data"]["updateTourRoute"], json!({ "title": "By GraphQL", "locale": "en" }), "{changed}");
        let listed = server.anonymous().graphql(
            "{ tourRoutes(filter: { lengthKm: { gte: 2.5 } }, sort: [LENGTH_KM_DESC]) { totalCount edges { node { title } } } }",
            json!({}),
        );
        assert_eq!(
            listed["data"]["tourRoutes"],
            json!({ "totalCount": 1, "edges": [{ "node": { "title": "Qua GraphQL" } }] }),
            "{listed}"
        );
    });
}

#[test]
fn published_entries_are_found_and_those_taken_back_are_not() {
    on_both(|server| {
        let board = Board::of(&server);
        let anyone = server.anonymous();
        let (path, _) = board.entry("tour-route", json!({ "title": "Thác Bạc", "story": "Nước đổ trắng xóa" }));
        let hits = || anyone.get("/v1/search?q=thác bạc").json()["data"].clone();
        board.publish(&path);
        board.wait(|| hits() != json!([]));
        let hit = &hits()[0];
        assert_eq!((&hit["type"], &hit["title"], &hit["url"]), (&json!("tour-route"), &json!("Thác Bạc"), &json!(path)));
        board.step(&path, &board.writer, "withdraw").data();
        anyone.get(&path).problem(410, "gone");
        board.wait(|| hits() == json!([]));
    });
}

#[test]
fn lists_filter_and_sort_by_fields_of_the_type_and_walk_without_gaps() {
    on_both(|server| {
        let board = Board::of(&server);
        for n in 0..12 {
            let mut body = json!({ "title": format!("Tuyến {n:02}"), "stops": [format!("bến {}", n % 3)] });
            if n % 4 != 0 {
                body["length_km"] = json!(f64::from(n) / 2.0);
            }
            let (path, _) = board.entry("tour-route", body);
            board.publish(&path);
        }
        let anyone = server.anonymous();
        for sort in ["length_km", "-length_km", "-length_km,title", "title"] {
            let mut walked = Vec::new();
            let mut next = format!("/v1/content/tour-route?sort={sort}&page[size]=5");
            loop {
                let page = anyone.get(&next).json();
                walked.extend(page["data"].as_array().unwrap().iter().map(|row| (row["id"].clone(), row["length_km"].as_f64())));
                match page["links"]["next"].as_str() {
                    Some(link) => next = link.to_owned(),
                    None => break,
                }
            }
            let ids: std::collections::HashSet<String> = walked.iter().map(|(id, _)| id.to_string()).collect();
            assert_eq!((walked.len(), ids.len()), (12, 12), "{sort}");
            let lengths: Vec<f64> = walked.iter().filter_map(|(_, length)| *length).collect();
            if sort.contains("length_km") {
                let sorted =
                    lengths.windows(2).all(|pair| if sort.starts_with('-') { pair[0] >= pair[1] } else { pair[0] <= pair[1] });
                assert!(
                    sorted && walked[9..].iter().all(|(_, length)| length.is_none()),
                    "missing values last: {sort} {walked:?}"
                );
            }
        }
        let count =
            |filter: &str| anyone.get(&format!("/v1/content/tour-route?{filter}&meta=total")).json()["meta"]["total"].clone();
        assert_eq!(count("filter[length_km][gte]=3"), 5, "3, 3.5, 4.5, 5, 5.5");
        assert_eq!(count("filter[length_km][null]=true"), 3);
        assert_eq!(count("filter[stops]=bến 1"), 4);
        assert_eq!(count("filter[stops][in]=bến 1,bến 2"), 8);
        assert_eq!(count("filter[stops][ne]=bến 1"), 8);
        assert_eq!(count("filter[or][0][length_km][lt]=1&filter[or][1][stops]=bến 0"), 5);
        assert_eq!(count("filter[title][contains]=TUYẾN 0"), 10);
        anyone.get("/v1/content/tour-route?filter[story]=x").problem(400, "unknown_parameter");
        anyone.get("/v1/content/tour-route?filter[length_km]=abc").problem(400, "invalid_parameter");
    });
}

#[test]
fn the_report_says_what_of_the_minimum_set_is_missing() {
    let server = crate::server::Server::with(&["--policy", "lang-son"]);
    let board = Board::of(&server);
    let (path, _) = board.entry("official", official("Lê Văn Bến"));
    server.anonymous().get("/v1/reports/translations").problem(401, "unauthenticated");
    board.publish(&path);
    let report = board.writer.get("/v1/reports/translations?lang=en").data();
    let of =
        |name: &str| report["content_types"].as_array().unwrap().iter().find(|of| of["content_type"] == name).cloned().unwrap();
    assert_eq!((&of("official")["published"], &of("official")["missing"]), (&json!(1), &json!(1)), "{report}");
    assert_eq!(of("official")["missing_entries"][0]["title"], "Lê Văn Bến");
    assert_eq!(report["complete"], false);
}

#[test]
fn nobody_approves_his_own_words_by_way_of_a_translation() {
    on_both(|server| {
        let board = Board::of(&server);
        let (path, _) = board.tour("Bài của người viết");
        board.chief.post(&format!("{path}/translations"), &json!({ "locale": "en" })).data();
        let act = |caller: &crate::client::Client, action: &str| {
            caller.json(
                "POST",
                &format!("{path}/transitions?lang=en"),
                &[("if-match", &board.tag(&path))],
                &json!({ "action": action }),
            )
        };
        act(&board.chief, "submit").data();
        act(&board.writer, "approve").problem(403, "four_eyes");
        act(&board.chief, "approve").problem(403, "four_eyes");
        // The translation goes by itself; the original stays.
        let tag = board.tag(&path);
        assert_eq!(board.writer.delete(&format!("{path}?lang=en"), &tag).status, 204);
        board.writer.get(&format!("{path}?lang=en")).problem(404, "not_found");
        assert_eq!(board.writer.get(&path).data()["locales"], json!([]));
        assert_eq!(board.writer.get(&format!("{path}?state=draft")).data()["locales"], json!(["vi"]));
    });
}

#[test]
fn what_is_pending_can_be_dropped_and_what_was_withdrawn_comes_back() {
    on_both(|server| {
        let board = Board::of(&server);
        let anyone = server.anonymous();
        let (path, _) = board.tour("Một");
        board.step(&path, &board.writer, "discard").problem(409, "wrong_state");
        board.publish(&path);
        board.writer.patch(&path, &board.tag(&path), &json!({ "title": "Hai", "slug": "bi-mat" })).data();
        assert_eq!(anyone.get("/v1/paths?filter[slug]=bi-mat").json()["data"], json!([]), "a draft's address is not told");
        let back = board.step(&path, &board.writer, "discard").data();
        assert_eq!((&back["title"], &back["state"], &back["slug"]), (&json!("Một"), &json!("published"), &json!("mot")));
        assert_eq!(anyone.get("/v1/content/tour-route?filter[title]=Một").json()["data"].as_array().unwrap().len(), 1);
        board.step(&path, &board.writer, "withdraw").data();
        assert_eq!(anyone.get("/v1/paths?filter[slug]=mot").json()["data"], json!([]));
        board.publish(&path);
        assert_eq!(anyone.get(&path).data()["title"], "Một");
        assert_eq!(anyone.get("/v1/paths?filter[slug]=mot").json()["data"][0]["kind"], "current");
        // The address follows the title until it is published.
        let (other, made) = board.tour("Tên nháp");
        assert_eq!(made["slug"], "ten-nhap");
        assert_eq!(board.writer.patch(&other, &board.tag(&other), &json!({ "title": "Tên thật" })).data()["slug"], "ten-that");
        assert_eq!(
            board.writer.patch(&other, &board.tag(&other), &json!({ "title": "  " })).problem(422, "validation_failed")["errors"]
                [0]["code"],
            "blank"
        );
    });
}

#[test]
fn of_many_who_act_at_once_one_succeeds_and_nothing_is_lost() {
    on_both(|server| {
        let board = Board::of(&server);
        let (path, _) = board.tour("Cùng lúc");
        let tag = board.tag(&path);
        let statuses: Vec<u16> = std::thread::scope(|scope| {
            let save = |n: i32| board.writer.patch(&path, &tag, &json!({ "length_km": n })).status;
            let saving: Vec<_> = (0..6).map(|n| scope.spawn(move || save(n))).collect();
            saving.into_iter().map(|one| one.join().unwrap()).collect()
        });
        assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
        assert!(statuses.iter().all(|status| matches!(status, 200 | 412)), "{statuses:?}");
        assert_eq!(board.writer.get(&format!("{path}/versions")).json()["data"].as_array().unwrap().len(), 2);
        // Whoever says that any revision will do is not told that there is a newer one.
        let statuses: Vec<u16> = std::thread::scope(|scope| {
            let save = |n: i32| board.writer.patch(&path, "*", &json!({ "stops": [format!("bến {n}")] })).status;
            let saving: Vec<_> = (0..4).map(|n| scope.spawn(move || save(n))).collect();
            saving.into_iter().map(|one| one.join().unwrap()).collect()
        });
        assert_eq!(statuses, [200; 4]);
        let same = json!({ "title": "Một tên" });
        let slugs: std::collections::HashSet<String> = std::thread::scope(|scope| {
            let making: Vec<_> = (0..6).map(|_| scope.spawn(|| board.writer.post("/v1/content/tour-route", &same))).collect();
            making.into_iter().map(|one| one.join().unwrap().data()["slug"].as_str().unwrap().to_owned()).collect()
        });
        assert_eq!(slugs.len(), 6, "each has an address of its own");
    });
}
