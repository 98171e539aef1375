//! Writing documents: creation, merge patches, publication, withdrawal, deletion, repetition.

use crate::client::document;
use crate::server::on_both;
use serde_json::json;
use std::collections::HashSet;

#[test]
fn a_document_lives_from_draft_to_withdrawal() {
    on_both(|server| {
        let (editor, anyone) = (server.editor(), server.anonymous());
        let made = editor.post("/v1/documents", &document("1/2024/QĐ-UBND", json!({})));
        assert_eq!(made.status, 201);
        let path = made.header("location").to_owned();
        assert_eq!(made.data()["state"], "draft");
        anyone.get(&path).problem(404, "not_found");

        let published = editor.transition(&path, made.header("etag"), "publish");
        assert_eq!((published.status, &published.data()["state"]), (200, &json!("published")), "{}", published.text());
        let live = anyone.get(&path);
        assert_eq!(live.header("cache-control"), "public, max-age=0, must-revalidate");
        editor.delete(&path, live.header("etag")).problem(409, "was_published");

        // A change of what is published is a draft beside it until it is published too.
        let revised = editor.patch(&path, live.header("etag"), &json!({ "title": "Tên mới", "place": null }));
        assert_eq!((&revised.data()["title"], &revised.data()["state"]), (&json!("Tên mới"), &json!("draft")));
        assert_ne!(anyone.get(&path).data()["title"], "Tên mới");
        assert_eq!(editor.get(&format!("{path}?state=draft")).data()["title"], "Tên mới");
        anyone.get(&format!("{path}?state=draft")).problem(401, "unauthenticated");
        let published = editor.transition(&path, anyone.get(&path).header("etag"), "publish");
        assert_eq!(published.status, 200, "a tag from any representation works: {}", published.text());
        assert_eq!(anyone.get(&path).data()["title"], "Tên mới");
        editor.transition(&path, published.header("etag"), "publish").problem(409, "wrong_state");

        let withdrawn = editor.transition(&path, published.header("etag"), "withdraw");
        assert_eq!(withdrawn.data()["state"], "withdrawn");
        anyone.get(&path).problem(404, "not_found");
        assert_eq!(editor.get(&path).data()["state"], "withdrawn");
        assert_eq!(withdrawn.data()["revision"], 5, "every change counts");
    });
}

#[test]
fn problems_come_in_the_order_of_the_contract() {
    on_both(|server| {
        let (admin, anyone) = (server.admin(), server.anonymous());
        let made = admin.post("/v1/documents", &document("2/2024/QĐ-UBND", json!({})));
        let path = made.header("location").to_owned();
        let nowhere = "/v1/documents/0193ffff-0000-7000-8000-000000000000";
        anyone.patch(nowhere, "\"1-x\"", &json!({ "bogus": 1 })).problem(401, "unauthenticated");
        admin.send("PATCH", nowhere, &[], b"not json").unwrap().problem(404, "not_found");
        admin.send("PATCH", &path, &[("content-type", "text/plain")], b"x").unwrap().problem(415, "unsupported_media_type");
        admin.send("PATCH", &path, &[("content-type", "application/json")], b"{").unwrap().problem(400, "malformed_json");
        admin.json("PATCH", &path, &[], &json!({ "title": 7 })).problem(428, "precondition_required");
        admin.patch(&path, "\"9-x\"", &json!({ "title": 7 })).problem(412, "stale_revision");
        let wrong = admin.patch(
            &path,
            made.header("etag"),
            &json!({ "title": 7, "issued_on": "2024-02-30", "legal_bases": [{ "number": 1 }] }),
        );
        let wrong = wrong.problem(422, "validation_failed");
        let pointers: HashSet<&str> =
            wrong["errors"].as_array().unwrap().iter().map(|error| error["pointer"].as_str().unwrap()).collect();
        assert_eq!(pointers, HashSet::from(["/title", "/issued_on", "/legal_bases/0/number"]));
        let other = admin.post("/v1/documents", &document("3/2024/QĐ-UBND", json!({})));
        let taken = admin.patch(other.header("location"), other.header("etag"), &json!({ "number": "2/2024/QĐ-UBND" }));
        assert!(taken.problem(409, "document_exists")["detail"].as_str().unwrap().contains(&path), "it names the other");
        let crossed =
            admin.patch(&path, made.header("etag"), &json!({ "effective_on": "2025-01-01", "expires_on": "2024-12-31" }));
        assert_eq!(crossed.problem(422, "validation_failed")["errors"][0]["code"], "expires_before_effective");
    });
}

#[test]
fn one_request_is_done_once_however_often_it_is_sent() {
    on_both(|server| {
        let admin = server.admin();
        let body = document("4/2024/QĐ-UBND", json!({}));
        let key = [("idempotency-key", "the-first"), ("content-type", "application/json")];
        let send = || admin.send("POST", "/v1/documents", &key, body.to_string().as_bytes()).unwrap();
        let first = send();
        let tag = first.header("etag").to_owned();
        admin.patch(first.header("location"), &tag, &json!({ "title": "Sửa sau" }));
        let second = send();
        assert_eq!(
            (second.status, second.header("etag"), second.data()),
            (201, tag.as_str(), first.data()),
            "the first result, not the present one"
        );
        let other = document("4/2024/QĐ-UBND", json!({ "title": "Khác" }));
        admin.send("POST", "/v1/documents", &key, other.to_string().as_bytes()).unwrap().problem(422, "idempotency_key_reused");

        // At the same time: one does it, the others are told to wait or given its result.
        let body = document("5/2024/QĐ-UBND", json!({}));
        let answers: Vec<_> = std::thread::scope(|scope| {
            let send = || admin.json("POST", "/v1/documents", &[("idempotency-key", "the-second")], &body);
            let running: Vec<_> = (0..6).map(|_| scope.spawn(send)).collect();
            running.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        let ids: HashSet<String> =
            answers.iter().filter(|answer| answer.status == 201).map(|answer| answer.data()["id"].to_string()).collect();
        assert_eq!(ids.len(), 1, "{answers:?}");
        assert!(answers.iter().all(|answer| matches!(answer.status, 201 | 409)), "{answers:?}");
        // A key whose request failed can be used again.
        let wrong =
            admin.json("POST", "/v1/documents", &[("idempotency-key", "the-third")], &document("5/2024/QĐ-UBND", json!({})));
        wrong.problem(409, "document_exists");
        let right =
            admin.json("POST", "/v1/documents", &[("idempotency-key", "the-third")], &document("6/2024/QĐ-UBND", json!({})));
        assert_eq!(right.status, 201, "{}", right.text());
    });
}

#[test]
fn issuing_authorities_are_found_by_name_and_kept_while_in_use() {
    on_both(|server| {
        let (admin, editor) = (server.admin(), server.editor());
        let one = admin.post("/v1/documents", &document("7/2024/QĐ-UBND", json!({}))).data();
        let two = admin
            .post("/v1/documents", &document("8/2024/QĐ-UBND", json!({ "issuer": { "name": "UỶ BAN NHÂN DÂN TỈNH SÔNG LAM" } })))
            .data();
        assert_eq!(one["issuer_id"], two["issuer_id"]);
        assert_eq!(
            (&one["issuer"]["slug"], &one["issuer"]["code"]),
            (&json!("uy-ban-nhan-dan-tinh-song-lam"), &json!("song-lam.ubnd"))
        );
        let path = format!("/v1/issuers/{}", one["issuer_id"].as_str().unwrap());
        let issuer = server.anonymous().get(&path);
        admin.delete(&path, issuer.header("etag")).problem(409, "issuer_in_use");
        editor.delete(&path, issuer.header("etag")).problem(403, "forbidden");
        let renamed = editor.patch(&path, issuer.header("etag"), &json!({ "code": "song-lam.uy-ban" }));
        assert_eq!(renamed.data()["code"], "song-lam.uy-ban");
        let shown = admin.get(&format!(
            "/v1/documents/{}?fields[document]=number,issuer&include=issuer&fields[issuer]=code",
            one["id"].as_str().unwrap()
        ));
        assert_eq!(shown.data()["issuer"]["code"], "song-lam.uy-ban");
        let included = json!({ "id": one["issuer_id"], "type": "issuer", "code": "song-lam.uy-ban", "parent_id": null });
        assert_eq!(shown.json()["included"][0], included, "ids of relations are there always");
        admin.post("/v1/issuers", &json!({ "name": "Ủy ban nhân dân tỉnh Sông Lam" })).problem(409, "issuer_exists");
    });
}

#[test]
fn what_was_read_can_be_sent_back_by_way_of_a_proxy_that_weakens_tags() {
    on_both(|server| {
        let admin = server.admin();
        admin.post("/v1/documents", &document("40/2024/QĐ-UBND", json!({ "state": "published" })));
        let bases = json!([{ "number": "40/2024/QĐ-UBND", "title": "Nền", "issued_on": "2024-05-06" }]);
        let made =
            admin.post("/v1/documents", &document("41/2024/QĐ-UBND", json!({ "legal_bases": bases, "state": "published" })));
        let read = server.anonymous().get(made.header("location"));
        let bases = read.data()["legal_bases"].clone();
        assert!(bases[0]["document_id"].is_string(), "{bases}");
        let weak = format!("W/{}", read.header("etag"));
        let patched = admin.patch(made.header("location"), &weak, &json!({ "legal_bases": bases }));
        assert_eq!((patched.status, &patched.data()["revision"]), (200, &json!(1)), "nothing has changed: {}", patched.text());
    });
}

#[test]
fn other_scripts_and_look_alike_letters_are_understood() {
    on_both(|server| {
        let admin = server.admin();
        let foreign =
            json!({ "title": "关于加强管理的决定", "doc_type": "luat", "language": "zh", "issuer": { "name": "国务院" } });
        let made = admin.post("/v1/documents", &foreign);
        assert_eq!(made.status, 201, "{}", made.text());
        admin.post("/v1/documents", &json!({ "title": "…", "doc_type": "luat" })).problem(422, "validation_failed");
        let long = "ậ".repeat(2000);
        let decomposed: String = long.replace('ậ', "a\u{323}\u{302}");
        let made = admin.post("/v1/documents", &json!({ "title": decomposed, "doc_type": "luat" }));
        assert_eq!(made.data()["title"], long.as_str(), "lengths are those of what is stored");
        assert_eq!(admin.post("/v1/documents", &document("50/2024/QĐ-UBND", json!({}))).status, 201);
        for same in ["50/2024/Q\u{d0}-UBND", "50/2024/qd-ubnd"] {
            admin.post("/v1/documents", &document(same, json!({}))).problem(409, "document_exists");
        }
        for method in ["PATCH", "DELETE"] {
            server.anonymous().send(method, "/v1/documents/bad", &[], b"").unwrap().problem(401, "unauthenticated");
            admin.send(method, "/v1/documents/bad", &[], b"").unwrap().problem(404, "not_found");
        }
    });
}
