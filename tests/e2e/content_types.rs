//! Content types are data: added, extended and retired while the server runs.

use crate::board::{Board, TOUR};
use crate::server::{Server, on_both};
use serde_json::{Value, json};

fn tour() -> Value {
    serde_json::from_str(TOUR).unwrap()
}

#[test]
fn a_type_added_while_the_server_runs_is_typed_filterable_and_documented_in_both_protocols() {
    on_both(|server| {
        let (admin, anyone) = (server.admin(), server.anonymous());
        anyone.get("/v1/content/tour-route").problem(404, "not_found");
        anyone.post("/v1/content-types", &tour()).problem(401, "unauthenticated");
        server.editor().post("/v1/content-types", &tour()).problem(403, "forbidden");
        let made = admin.post("/v1/content-types", &tour());
        assert_eq!((made.status, made.header("location")), (201, "/v1/content-types/tour-route"));
        assert_eq!(anyone.get("/v1/content/tour-route?filter[length_km][gte]=5&sort=-length_km").json()["data"], json!([]));
        let openapi = anyone.get("/openapi.json").json();
        assert_eq!(openapi["components"]["schemas"]["TourRoute"]["properties"]["length_km"]["type"], json!(["number", "null"]));
        assert!(openapi["paths"]["/v1/content/tour-route/{id}/transitions"]["post"].is_object());
        let sdl = anyone.get("/schema.graphql").text();
        for line in [
            "type TourRoute implements Node",
            "lengthKm: Float",
            "guide: Official",
            "guideId: ID",
            "blocks: [Block!]",
            "input TourRouteInput",
        ] {
            assert!(sdl.contains(line), "{line}");
        }
        let named = anyone.graphql("{ contentType(id: \"tour-route\") { name plural title { vi en } schema } }", json!({}));
        assert_eq!(named["data"]["contentType"]["title"]["vi"], "Tuyến du lịch", "{named}");
        assert_eq!(anyone.get("/v1/content-types/tour-route").data()["name"], "tour-route");
        admin.post("/v1/content-types", &tour()).problem(409, "type_name_taken");
        let mut clash = tour();
        clash["name"] = json!("tour-routes");
        clash["plural"] = json!("many-tours");
        admin.post("/v1/content-types", &clash).problem(409, "type_name_taken");
        clash["name"] = json!("tour-route-filter-x");
        clash["plural"] = json!("articles");
        admin.post("/v1/content-types", &clash).problem(409, "type_name_taken");
    });
}

#[test]
fn a_change_that_would_break_entries_is_refused_with_each_of_them_and_can_be_tried_first() {
    on_both(|server| {
        let board = Board::of(&server);
        let (path, entry) = board.entry("tour-route", json!({ "title": "Dài quá", "length_km": 12.5 }));
        board.publish(&path);
        let at = "/v1/content-types/tour-route";
        let tag = || board.chief.get(at).header("etag").to_owned();
        let patch = |schema: Value| board.chief.patch(at, &tag(), &json!({ "schema": { "properties": schema } }));
        let refused = patch(json!({ "length_km": { "maximum": 5 } })).problem(409, "type_breaks_entries");
        let pointer = format!("/entries/{}/vi/length_km", entry["id"].as_str().unwrap());
        assert_eq!(refused["errors"][0]["pointer"], pointer.as_str());
        patch(json!({ "length_km": null })).problem(409, "type_breaks_entries");
        patch(json!({ "length_km": { "type": "string" } })).problem(422, "validation_failed");
        let dry = json!({ "dry_run": true, "schema": { "properties": { "season": { "type": "string", "maxLength": 40, "x-filterable": true } } } });
        let tried = board.chief.patch(at, &tag(), &dry);
        assert!(tried.data()["schema"]["properties"]["season"].is_object());
        assert!(board.chief.get(at).data()["schema"]["properties"]["season"].is_null(), "nothing was changed");
        let changed = patch(
            json!({ "season": { "type": "string", "maxLength": 40, "x-filterable": true, "x-sortable": true }, "blocks": null }),
        );
        assert_eq!(changed.status, 200, "{}", changed.text());
        // A field made filterable is filled for the entries that are there.
        assert_eq!(
            server.anonymous().get("/v1/content/tour-route?filter[season][null]=true&sort=season").json()["data"]
                .as_array()
                .unwrap()
                .len(),
            1
        );
        assert!(!server.anonymous().get("/schema.graphql").text().contains("type TourRoute implements Node {\n\tblocks"));
        board.writer.patch(&path, &board.tag(&path), &json!({ "season": "xuân" })).data();
        assert_eq!(
            board.writer.get("/v1/content/tour-route?state=draft&filter[season]=xuân").json()["data"].as_array().unwrap().len(),
            1
        );
        assert_eq!(board.chief.get(&format!("{at}/versions")).json()["data"].as_array().unwrap().len(), 2);
        board.chief.patch(at, "\"1-x\"", &json!({ "title": { "en": "Route" } })).problem(412, "stale_revision");
        board.chief.patch(at, &tag(), &json!({ "name": "other" })).problem(422, "validation_failed");
    });
}

#[test]
fn a_type_in_use_is_not_retired_and_a_retired_one_keeps_its_entries() {
    on_both(|server| {
        let board = Board::of(&server);
        let at = "/v1/content-types/tour-route";
        let tag = || board.chief.get(at).header("etag").to_owned();
        let (path, _) = board.tour("Cũ");
        board.chief.delete(at, &tag()).problem(409, "type_in_use");
        board.publish(&path);
        board.chief.delete(at, &tag()).problem(409, "type_in_use");
        board.step(&path, &board.writer, "withdraw").data();
        assert_eq!(board.chief.delete(at, &tag()).status, 204);
        server.anonymous().get("/v1/content/tour-route").problem(404, "not_found");
        assert!(!server.anonymous().get("/schema.graphql").text().contains("TourRoute"));
        assert_eq!(board.chief.get(at).data()["state"], "retired");
        board.chief.post("/v1/content-types", &tour()).problem(409, "type_name_taken");
    });
}

#[test]
fn bad_definitions_are_refused_at_their_pointers() {
    let server = Server::sqlite();
    let admin = server.admin();
    let with = |property: Value| {
        let mut definition = tour();
        definition["schema"]["properties"]["bad"] = property;
        admin.post("/v1/content-types", &definition)
    };
    for (property, pointer) in [
        (json!({ "$ref": "#" }), "/schema/properties/bad/$ref"),
        (json!({ "type": "number", "minimum": 5, "maximum": 1 }), "/schema/properties/bad"),
        (json!({ "type": "string", "pattern": "(" }), "/schema/properties/bad/pattern"),
        (
            json!({ "type": "object", "properties": { "a": { "type": "object", "properties": { "b": { "type": "object", "properties": { "c": { "type": "object", "properties": { "d": { "type": "string" } } } } } } } } }),
            "/schema/properties/bad",
        ),
    ] {
        let refused = with(property.clone()).problem(422, "validation_failed");
        let found = refused["errors"].as_array().unwrap().iter().any(|e| e["pointer"].as_str().unwrap().starts_with(pointer));
        assert!(found, "{property}: {refused}");
    }
    let mut reserved = tour();
    reserved["schema"]["properties"]["state"] = json!({ "type": "string" });
    admin.post("/v1/content-types", &reserved).problem(422, "validation_failed");
    let mut huge = tour();
    for n in 0..200 {
        huge["schema"]["properties"][format!("f{n}")] = json!({ "type": "string" });
    }
    admin.post("/v1/content-types", &huge).problem(422, "validation_failed");
    assert_eq!(server.anonymous().get("/v1/content/tour-route").status, 404, "nothing was added");
}

#[test]
fn every_built_in_kind_is_served_with_labels_in_both_languages() {
    let server = Server::sqlite();
    let anyone = server.anonymous();
    let names = "article introduction leader-profile directive schedule-event legal-guidance plan investment-project science-topic statistic \
        official spokesperson budget-report epidemic-notice treaty public-information-item service-procedure media-item banner";
    for name in names.split_whitespace() {
        assert_eq!(anyone.get(&format!("/v1/content/{name}")).status, 200, "{name}");
        let definition = anyone.get(&format!("/v1/content-types/{name}")).data();
        assert!(definition["requirement"].as_str().is_some_and(|id| id.starts_with("C-")), "{name}");
        for (property, schema) in definition["schema"]["properties"].as_object().unwrap() {
            let label = &schema["x-label"];
            assert!(label["vi"].is_string() && label["en"].is_string(), "{name} {property}");
        }
    }
}

#[test]
fn a_type_added_on_one_node_is_served_by_the_others_within_a_second() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let Some(url) = runtime.block_on(testkit::fresh_postgres()) else { return };
    let [one, other] = Server::two_nodes(&url);
    let admin = one.admin();
    let anyone = other.anonymous();
    // Nobody is refused meanwhile.
    let asking = std::thread::scope(|scope| {
        let asking = scope.spawn(|| (0..60).all(|_| anyone.get("/v1/content/article").status == 200));
        assert_eq!(admin.post("/v1/content-types", &tour()).status, 201);
        let started = std::time::Instant::now();
        while anyone.get("/v1/content/tour-route").status != 200 {
            assert!(started.elapsed() < std::time::Duration::from_secs(5), "it is not served");
        }
        asking.join().unwrap()
    });
    assert!(asking, "no request fails meanwhile");
    assert!(anyone.get("/schema.graphql").text().contains("type TourRoute"));
    let made =
        other.logged_in(crate::server::ADMIN.0, crate::server::ADMIN.1).post("/v1/content/tour-route", &json!({ "title": "x" }));
    assert_eq!(made.status, 201, "{}", made.text());
    assert_eq!(admin.get(made.header("location")).status, 200);
}

#[test]
fn what_becomes_searchable_later_is_found_and_what_was_removed_does_not_come_back() {
    on_both(|server| {
        let board = Board::of(&server);
        let at = "/v1/content-types/tour-route";
        let tag = || board.chief.get(at).header("etag").to_owned();
        let note = json!({ "schema": { "properties": { "note": { "type": "string", "maxLength": 100 } } } });
        board.chief.patch(at, &tag(), &note).data();
        let (path, _) = board.entry("tour-route", json!({ "title": "Đồi", "note": "hoa mua tím" }));
        board.publish(&path);
        let hits = || server.anonymous().get("/v1/search?q=hoa mua").json()["data"].as_array().unwrap().len();
        board.wait(|| server.anonymous().get("/v1/search?q=Đồi").json()["data"] != json!([]));
        assert_eq!(hits(), 0);
        board.chief.patch(at, &tag(), &json!({ "schema": { "properties": { "note": { "x-searchable": true } } } })).data();
        board.wait(|| hits() == 1);
        let wrong =
            json!({ "schema": { "properties": { "far": { "type": "string", "format": "uuid", "x-relation": "nowhere" } } } });
        assert_eq!(
            board.chief.patch(at, &tag(), &wrong).problem(422, "validation_failed")["errors"][0]["code"],
            "unknown_target"
        );

        let treaty = "/v1/content-types/treaty";
        assert_eq!(board.chief.delete(treaty, board.chief.get(treaty).header("etag")).status, 204);
        let server = server.restart();
        server.anonymous().get("/v1/content/treaty").problem(404, "not_found");
        assert_eq!(server.anonymous().get("/v1/content/article").status, 200);
    });
}

#[test]
fn a_type_that_changes_while_entries_are_written_is_never_broken_by_them() {
    on_both(|server| {
        let board = Board::of(&server);
        let at = "/v1/content-types/tour-route";
        for round in 0..4 {
            let removed = json!({ "schema": { "properties": { "stops": null } } });
            let (changed, written) = std::thread::scope(|scope| {
                let changing = scope.spawn(|| board.chief.patch(at, board.chief.get(at).header("etag"), &removed).status);
                let write = || board.writer.post("/v1/content/tour-route", &json!({ "title": "x", "stops": ["a"] })).status;
                let writing: Vec<_> = (0..4).map(|_| scope.spawn(write)).collect();
                let written: Vec<u16> = writing.into_iter().map(|one| one.join().unwrap()).collect();
                (changing.join().unwrap(), written)
            });
            let entered = written.iter().filter(|status| **status == 201).count();
            assert!(written.iter().all(|status| matches!(status, 201 | 422 | 503)), "{round}: {written:?}");
            match changed {
                // It came first: nothing of the removed property was taken.
                200 => assert_eq!(entered, 0, "{round}: {written:?}"),
                409 => assert!(entered > 0, "{round}: {written:?}"),
                other => panic!("{round}: {other}"),
            }
            let again = json!({ "schema": { "properties": { "stops": { "type": "array", "items": { "type": "string", "maxLength": 100 } } } } });
            board.chief.patch(at, board.chief.get(at).header("etag"), &again);
            for row in board.writer.get("/v1/content/tour-route?state=draft&page[size]=100").json()["data"].as_array().unwrap() {
                let path = format!("/v1/content/tour-route/{}", row["id"].as_str().unwrap());
                assert_eq!(board.writer.delete(&path, &board.tag(&path)).status, 204);
            }
        }
        let (retired, made) = std::thread::scope(|scope| {
            let retiring = scope.spawn(|| board.chief.delete(at, board.chief.get(at).header("etag")).status);
            let make = || board.writer.post("/v1/content/tour-route", &json!({ "title": "x" })).status;
            let making: Vec<_> = (0..6).map(|_| scope.spawn(make)).collect();
            let made: Vec<u16> = making.into_iter().map(|one| one.join().unwrap()).collect();
            (retiring.join().unwrap(), made)
        });
        assert!(made.iter().all(|status| matches!(status, 201 | 404 | 503)), "{retired} {made:?}");
        assert_eq!(retired == 409, made.contains(&201), "what was entered keeps its type: {retired} {made:?}");
    });
}
