//! The official gazette over HTTP, in both protocols.

use crate::client::{Client, document};
use crate::server::on_both;
use serde_json::{Value, json};

fn issue(number: &str, items: Value) -> Value {
    json!({ "number": number, "issued_on": "2024-05-20", "issuer": { "name": "Văn phòng Ủy ban nhân dân tỉnh Sông Lam" }, "items": items })
}

fn entered(client: &Client, number: &str, items: Value) -> (String, Value) {
    let made = client.post("/v1/gazettes", &issue(number, items));
    assert_eq!(made.status, 201, "{}", made.text());
    (made.header("location").to_owned(), made.data())
}

fn published(client: &Client, number: &str) -> Value {
    client.post("/v1/documents", &document(number, json!({ "state": "published" }))).data()
}

#[test]
fn readers_find_the_issue_of_a_document_and_the_documents_of_an_issue() {
    on_both(|server| {
        let (editor, anyone) = (server.editor(), server.anonymous());
        let act = published(&editor, "12/2024/QĐ-UBND");
        let id = act["id"].as_str().unwrap();
        let items = json!([
            { "document_id": id, "pages": "3-9" },
            { "number": "13/2024/QĐ-UBND", "title": "Quy chế bến thuyền", "issued_on": "2024-05-06", "pages": "10" },
        ]);
        let (path, made) = entered(&editor, "15", items);
        let read = anyone.get(&path);
        assert!(read.header("etag").starts_with("\"1-") && read.header("cache-control").starts_with("public"), "{read:?}");
        let row = read.data();
        assert_eq!((&row["number"], &row["issuer"]["name"]), (&json!("15"), &json!("Văn phòng Ủy ban nhân dân tỉnh Sông Lam")));
        assert_eq!((&row["items"][0]["number"], &row["items"][0]["pages"]), (&act["number"], &json!("3-9")));
        assert_eq!((&row["items"][1]["title"], &row["items"][1]["document_id"]), (&json!("Quy chế bến thuyền"), &json!(null)));

        let list = anyone.get("/v1/gazettes?filter[issued_on][gte]=2024-01-01&include=issuer&meta=total").json();
        assert_eq!((list["meta"]["total"].as_u64(), list["included"][0]["type"].as_str()), (Some(1), Some("issuer")));
        assert!(list["data"][0].get("items").is_none(), "{list}");
        let with_items = anyone.get(&format!("/v1/gazettes?fields[gazette]=number,items&filter[document_id]={id}")).json();
        assert_eq!(with_items["data"][0]["items"].as_array().unwrap().len(), 2);
        assert_eq!(anyone.get(&format!("/v1/gazettes?filter[document_id][ne]={id}")).json()["data"], json!([]));
        for filter in [
            "filter[number]=15",
            "filter[title][null]=true",
            &format!("filter[issuer_id]={}", made["issuer_id"].as_str().unwrap()),
        ] {
            assert_eq!(anyone.get(&format!("/v1/gazettes?{filter}")).json()["data"][0]["id"], made["id"], "{filter}");
        }

        let of = anyone.get(&format!("/v1/documents/{id}/gazettes")).json();
        assert_eq!((&of["data"][0]["id"], &of["data"][0]["pages"]), (&made["id"], &json!("3-9")));
        let told = anyone.get(&format!("/v1/documents/{id}")).data();
        assert_eq!((&told["gazette_number"], &told["gazette_date"]), (&json!("15"), &json!("2024-05-20")));
        assert_eq!(anyone.get("/v1/documents?filter[gazette_number]=15").json()["data"][0]["id"], id);

        let asked = "query($id: ID!, $of: ID!) { gazette(id: $id) { number issuer { code } items { documentId number pages address } }
            gazettes(filter: { documentId: { eq: $of } }, sort: [ISSUED_ON_DESC]) { totalCount edges { node { id items { title } } } }
            document(id: $of) { gazetteNumber gazettes { id number issuedOn pages issuer { name } } } node(id: $id) { __typename id } }";
        let answer = anyone.graphql(asked, json!({ "id": made["id"], "of": id }));
        let data = &answer["data"];
        assert_eq!(data["gazette"]["items"][0]["documentId"], id, "{answer}");
        assert_eq!((&data["gazettes"]["totalCount"], &data["node"]["__typename"]), (&json!(1), &json!("Gazette")));
        assert_eq!(data["gazettes"]["edges"][0]["node"]["items"][1]["title"], "Quy chế bến thuyền");
        assert_eq!(
            (&data["document"]["gazetteNumber"], &data["document"]["gazettes"][0]["pages"]),
            (&json!("15"), &json!("3-9"))
        );

        let later = published(&editor, "13/2024/QĐ-UBND");
        assert_eq!(anyone.get(&path).data()["items"][1]["document_id"], later["id"], "what comes later is found");
        assert_eq!(
            anyone.get(&format!("/v1/documents/{}/gazettes", later["id"].as_str().unwrap())).json()["data"][0]["id"],
            made["id"]
        );
    });
}

#[test]
fn issues_are_written_as_other_resources_are() {
    on_both(|server| {
        let (editor, anyone) = (server.editor(), server.anonymous());
        anyone.post("/v1/gazettes", &issue("1", json!([]))).problem(401, "unauthenticated");
        let key = [("idempotency-key", "so-1")];
        let made = editor.json("POST", "/v1/gazettes", &key, &issue("1", json!([])));
        let again = editor.json("POST", "/v1/gazettes", &key, &issue("1", json!([])));
        assert_eq!((made.status, again.status, made.data()["id"].clone()), (201, 201, again.data()["id"].clone()));
        let path = made.header("location");
        editor.post("/v1/gazettes", &issue("1", json!([]))).problem(409, "gazette_exists");
        let tag = made.header("etag");
        editor.json("PATCH", path, &[], &json!({ "title": "Số đặc biệt" })).problem(428, "precondition_required");
        let changed =
            editor.patch(path, tag, &json!({ "title": "Số đặc biệt", "items": [{ "title": "Thông báo tìm người lái đò" }] }));
        assert_eq!((changed.status, &changed.data()["revision"]), (200, &json!(2)), "{}", changed.text());
        editor.patch(path, tag, &json!({ "title": "Muộn" })).problem(412, "stale_revision");
        let back = editor.patch(path, changed.header("etag"), &json!({ "items": changed.data()["items"] }));
        assert_eq!((back.status, &back.data()["revision"]), (200, &json!(2)), "what comes back as it was read changes nothing");
        anyone.patch(path, tag, &json!({ "title": "x" })).problem(401, "unauthenticated");
        let not_modified = anyone.send("GET", path, &[("if-none-match", anyone.get(path).header("etag"))], b"").unwrap();
        assert_eq!(not_modified.status, 304);
        let put = editor.json("PUT", path, &[], &json!({}));
        put.problem(405, "method_not_allowed");
        assert_eq!(put.header("allow"), "GET, HEAD, PATCH, DELETE");

        let created = editor.graphql(
            "mutation($input: GazetteInput!) { createGazette(input: $input) { id revision items { title } } }",
            json!({ "input": { "number": "2", "issuedOn": "2024-06-01", "items": [{ "title": "Một", "pages": "1" }] } }),
        );
        let second = created["data"]["createGazette"].clone();
        assert_eq!(second["items"][0]["title"], "Một", "{created}");
        let updated = editor.graphql(
            "mutation($id: ID!) { updateGazette(id: $id, revision: 1, input: { title: \"Hai\" }) { revision title items { pages } } }",
            json!({ "id": second["id"] }),
        );
        assert_eq!(
            updated["data"]["updateGazette"],
            json!({ "revision": 2, "title": "Hai", "items": [{ "pages": "1" }] }),
            "{updated}"
        );
        let removed = editor.graphql("mutation($id: ID!) { deleteGazette(id: $id, revision: 2) }", json!({ "id": second["id"] }));
        assert!(removed["errors"].is_null(), "{removed}");
        assert_eq!(editor.delete(path, changed.header("etag")).status, 204);
        anyone.get(path).problem(404, "not_found");
    });
}

#[test]
fn what_is_wrong_with_an_issue_is_told_at_its_place() {
    on_both(|server| {
        let editor = server.editor();
        let told = |body: Value, at: &str| {
            let problem = editor.post("/v1/gazettes", &body).problem(422, "validation_failed");
            let pointers: Vec<&str> =
                problem["errors"].as_array().unwrap().iter().filter_map(|fault| fault["pointer"].as_str()).collect();
            assert!(pointers.contains(&at), "{at}: {problem}");
        };
        let act = published(&editor, "12/2024/QĐ-UBND")["id"].clone();
        told(issue(" ", json!([])), "/number");
        told(json!({ "number": "1", "issued_on": "2024-02-30" }), "/issued_on");
        told(issue("1", json!([{ "pages": "1" }])), "/items/0");
        told(issue("1", json!([{ "document_id": act }, { "document_id": act }])), "/items/1/document_id");
        told(issue("1", json!([{ "document_id": "01a20132-3f80-7b32-8623-b29347516bd4" }])), "/items/0/document_id");
        told(issue("1", json!([{ "title": "x".repeat(2001) }])), "/items/0/title");
        told(issue("1", json!(vec![json!({ "title": "x" }); 501])), "/items");
        told(issue("1", json!([{ "title": "x\u{0}" }])), "/items/0/title");
        told(json!({ "number": "1", "issued_on": "2024-02-03", "issuer_id": "x" }), "/issuer_id");
        let unknown = editor.post("/v1/gazettes", &issue("1", json!([{ "title": "x", "colour": "red" }])));
        assert_eq!(unknown.status, 422, "{}", unknown.text());
        assert_eq!(server.anonymous().get("/v1/gazettes").json()["data"], json!([]));
    });
}

#[test]
fn strangers_learn_nothing_of_drafts_from_issues() {
    on_both(|server| {
        let (editor, anyone) = (server.editor(), server.anonymous());
        let draft = editor.post("/v1/documents", &document("66/2024/QĐ-UBND", json!({ "title": "Bí mật bến đò" }))).data();
        let id = draft["id"].as_str().unwrap();
        let (path, made) = entered(&editor, "1", json!([{ "document_id": id }, { "title": "Khác" }]));
        assert_eq!(made["items"][0]["document_id"], id);
        let seen = [
            anyone.get(&path).text(),
            anyone.get("/v1/gazettes?fields[gazette]=items").text(),
            anyone.graphql("{ gazettes { edges { node { items { documentId number title } } } } }", json!({})).to_string(),
        ];
        for text in seen {
            assert!(
                text.contains("Khác") && !text.contains(id) && !text.contains("Bí mật") && !text.contains("66/2024"),
                "{text}"
            );
        }
        assert_eq!(anyone.get(&format!("/v1/gazettes?filter[document_id]={id}")).json()["data"], json!([]));
        assert_eq!(anyone.get("/v1/gazettes?filter[document_id][null]=true").json()["data"].as_array().unwrap().len(), 1);
        anyone.get(&format!("/v1/documents/{id}/gazettes")).problem(404, "not_found");
        assert_eq!(editor.get(&format!("/v1/documents/{id}/gazettes")).json()["data"].as_array().unwrap().len(), 1);
    });
}
