//! GraphQL: the same resources, rules and faults as REST.

use crate::client::document;
use crate::server::on_both;
use serde_json::{Value, json};

#[test]
fn both_protocols_say_the_same() {
    on_both(|server| {
        let (admin, anyone) = (server.admin(), server.anonymous());
        for n in 0..5 {
            let extra = json!({ "state": "published", "issued_on": format!("2024-03-0{}", n + 1), "legal_bases": [{ "number": "0/2024/QĐ-UBND", "title": "Nền" }] });
            admin.post("/v1/documents", &document(&format!("{n}/2024/QĐ-UBND"), extra));
        }
        let query = "query($after: String) { documents(first: 2, after: $after, sort: [ISSUED_ON_ASC], filter: { docType: { in: [\"quyet-dinh\"] } }) {
            totalCount pageInfo { hasNextPage hasPreviousPage endCursor startCursor }
            edges { cursor node { id number issuedOn status legalBases { number documentId } issuer { name code revision } } } } }";
        let first = anyone.graphql(query, json!({}));
        assert!(first.get("errors").is_none(), "{first}");
        let page = &first["data"]["documents"];
        let rest = anyone.get("/v1/documents?sort=issued_on&page[size]=2&filter[doc_type][in]=quyet-dinh").json();
        for (edge, row) in page["edges"].as_array().unwrap().iter().zip(rest["data"].as_array().unwrap()) {
            let node = &edge["node"];
            assert_eq!((&node["id"], &node["issuedOn"], &node["status"]), (&row["id"], &row["issued_on"], &row["status"]));
            assert_eq!(node["legalBases"][0]["documentId"], row["legal_bases"][0]["document_id"]);
            assert_eq!((&node["issuer"]["code"], &node["issuer"]["revision"]), (&row["issuer"]["code"], &json!(1)));
        }
        assert_eq!(
            (&page["totalCount"], &page["pageInfo"]["hasNextPage"], &page["pageInfo"]["hasPreviousPage"]),
            (&json!(5), &json!(true), &json!(false))
        );
        let after = page["pageInfo"]["endCursor"].as_str().unwrap();
        let second = anyone.graphql(query, json!({ "after": after }));
        let by_rest = anyone
            .get(&format!("/v1/documents?sort=issued_on&page[size]=2&filter[doc_type][in]=quyet-dinh&page[after]={after}"))
            .json();
        assert_eq!(second["data"]["documents"]["edges"][0]["node"]["id"], by_rest["data"][0]["id"], "a cursor is good in both");
        let last = anyone.graphql("{ documents(last: 2, sort: [ISSUED_ON_ASC]) { edges { node { number } } pageInfo { hasPreviousPage hasNextPage } } }", json!({}));
        let numbers: Vec<&Value> =
            last["data"]["documents"]["edges"].as_array().unwrap().iter().map(|edge| &edge["node"]["number"]).collect();
        assert_eq!(numbers, [&json!("3/2024/QĐ-UBND"), &json!("4/2024/QĐ-UBND")]);
        assert_eq!(last["data"]["documents"]["pageInfo"], json!({ "hasPreviousPage": true, "hasNextPage": false }));
    });
}

#[test]
fn writing_follows_the_rules_of_rest() {
    on_both(|server| {
        let (admin, anyone) = (server.admin(), server.anonymous());
        let create =
            "mutation($input: DocumentInput!) { createDocument(input: $input) { id revision state title legalBases { title } } }";
        let input = json!({ "number": "9/2024/QĐ-UBND", "docType": "quyet-dinh", "title": "Qua GraphQL", "issuer": { "name": "Hội đồng nhân dân tỉnh Sông Lam" },
            "legalBases": [{ "title": "Luật mẫu", "issuedOn": "2020-01-01" }] });
        let code = |answer: &Value| answer["errors"][0]["extensions"]["code"].as_str().unwrap_or_default().to_owned();
        assert_eq!(code(&anyone.graphql(create, json!({ "input": input }))), "unauthenticated");
        let made = admin.graphql(create, json!({ "input": input }));
        let made = &made["data"]["createDocument"];
        assert_eq!((&made["state"], &made["legalBases"][0]["title"]), (&json!("draft"), &json!("Luật mẫu")));
        let id = &made["id"];
        assert_eq!(code(&admin.graphql(create, json!({ "input": input }))), "document_exists");
        let wrong = admin.graphql(create, json!({ "input": { "docType": "Không phải slug", "title": "x" } }));
        assert_eq!(
            (code(&wrong).as_str(), &wrong["errors"][0]["extensions"]["errors"][0]["pointer"]),
            ("validation_failed", &json!("/doc_type"))
        );

        let hidden = anyone.graphql("query($id: ID!) { document(id: $id) { id } node(id: $id) { id } }", json!({ "id": id }));
        assert_eq!(hidden, json!({ "data": { "document": null, "node": null } }));
        assert_eq!(
            code(&anyone.graphql("{ documents(state: \"draft\") { edges { node { id } } } }", json!({}))),
            "unauthenticated"
        );
        let update = "mutation($id: ID!, $r: Int!) { updateDocument(id: $id, revision: $r, input: { place: \"Sông Lam\" }) { revision place } }";
        assert_eq!(code(&admin.graphql(update, json!({ "id": id, "r": 7 }))), "stale_revision");
        assert_eq!(
            admin.graphql(update, json!({ "id": id, "r": 1 }))["data"]["updateDocument"],
            json!({ "revision": 2, "place": "Sông Lam" })
        );
        let long = "mutation($id: ID!, $c: String) { transitionDocument(id: $id, revision: 2, action: \"publish\", comment: $c) { state } }";
        for comment in ["a\u{0}b".to_owned(), "x".repeat(2001)] {
            let refused = admin.graphql(long, json!({ "id": id, "c": comment }));
            assert_eq!(
                (code(&refused).as_str(), &refused["errors"][0]["extensions"]["errors"][0]["pointer"]),
                ("validation_failed", &json!("/comment"))
            );
        }
        let unknown = admin.graphql(
            "mutation($id: ID!) { transitionDocument(id: $id, revision: 2, action: \"fly\") { state } }",
            json!({ "id": id }),
        );
        assert_eq!(code(&unknown), "validation_failed");
        let publish = "mutation($id: ID!) { transitionDocument(id: $id, revision: 2, action: \"publish\") { state } }";
        assert_eq!(admin.graphql(publish, json!({ "id": id }))["data"]["transitionDocument"]["state"], "published");
        assert_eq!(
            anyone.graphql("query($id: ID!) { node(id: $id) { __typename ... on Document { number } } }", json!({ "id": id }))["data"]
                ["node"]["number"],
            "9/2024/QĐ-UBND"
        );
        assert_eq!(
            code(&admin.graphql("mutation($id: ID!) { deleteDocument(id: $id, revision: 3) }", json!({ "id": id }))),
            "was_published"
        );
    });
}

#[test]
fn a_query_that_costs_too_much_is_refused_before_it_runs() {
    let server = crate::server::Server::sqlite();
    let anyone = server.anonymous();
    let code =
        |query: &str| anyone.graphql(query, json!({}))["errors"][0]["extensions"]["code"].as_str().unwrap_or_default().to_owned();
    let deep = format!("{{ __schema {{ types {{ {}name{} }} }} }}", "fields { type { ".repeat(9), " } }".repeat(9));
    assert_eq!(code(&deep), "query_too_complex");
    let wide: String = (0..60).map(|n| format!("a{n}: documents {{ totalCount }} ")).collect();
    assert_eq!(code(&format!("{{ {wide} }}")), "query_too_complex");
    let heavy: String =
        (0..40).map(|n| format!("a{n}: documents(first: 100) {{ edges {{ node {{ id number title }} }} }} ")).collect();
    assert_eq!(code(&format!("{{ {heavy} }}")), "query_too_complex");
    let hidden: String = (0..45).map(|n| format!("a{n}: documents {{ ...f }} ")).collect();
    let hidden = format!(
        "{{ {hidden} }} fragment f on DocumentConnection {{ edges {{ node {{ id number title docType place issuedOn status state signerName language }} }} }}"
    );
    assert_eq!(code(&hidden), "query_too_complex", "a list behind a fragment costs the same");
    let bomb: String = (0..40).map(|n| format!("fragment f{n} on Query {{ ...f{m} ...f{m} }} ", m = n + 1)).collect();
    assert_eq!(code(&format!("{{ ...f0 }} {bomb} fragment f40 on Query {{ __typename }}")), "query_too_complex");
    assert_eq!(code("{ ...f } fragment f on Query { ...f }"), "query_too_complex");
    assert_eq!(code("{ documents(first: 101) { totalCount } }"), "invalid_parameter");
    assert_eq!(code("{ documents(after: \"x\") { totalCount } }"), "bad_cursor");
    assert_eq!(code("{ nothing }"), "invalid_query");
    assert_eq!(code("{"), "invalid_query");
    let list = anyone.graphql("{ documents(first: 100) { edges { node { id issuer { id } } } } }", json!({}));
    assert!(list.get("errors").is_none(), "{list}");
}

#[test]
fn a_variable_that_is_not_given_leaves_the_field_as_it_is() {
    on_both(|server| {
        let admin = server.admin();
        let made = admin
            .post("/v1/documents", &document("31/2024/QĐ-UBND", json!({ "place": "Sông Lam", "body_text": "Điều 1." })))
            .data();
        let update = "mutation($id: ID!, $t: String, $p: String, $b: String, $s: String) {
            updateDocument(id: $id, revision: 1, input: { title: $t, place: $p, bodyText: $b, signerName: $s }) { title place bodyText signerName } }";
        let changed = admin.graphql(update, json!({ "id": made["id"], "t": "Tên mới", "s": null }));
        let wanted = json!({ "title": "Tên mới", "place": "Sông Lam", "bodyText": "Điều 1.", "signerName": null });
        assert_eq!(changed["data"]["updateDocument"], wanted, "{changed}");
        let removed = admin.graphql(
            "mutation($id: ID!, $p: String) { updateDocument(id: $id, revision: 2, input: { place: $p }) { place } }",
            json!({ "id": made["id"], "p": null }),
        );
        assert_eq!(removed["data"]["updateDocument"]["place"], Value::Null, "{removed}");
        let create = "mutation($l: String, $n: String) { createDocument(input: { docType: \"luat\", title: \"Không biến\", language: $l, number: $n }) { language } }";
        assert_eq!(admin.graphql(create, json!({}))["data"]["createDocument"]["language"], "vi");
        let list = "query($p: String, $f: DocumentFilter) { documents(state: \"draft\", filter: { place: { eq: $p }, or: [$f] }) { totalCount } }";
        assert!(
            admin
                .graphql(
                    "query($p: String) { documents(state: \"draft\", filter: { place: { eq: $p } }) { totalCount } }",
                    json!({})
                )
                .get("errors")
                .is_none()
        );
        assert!(admin.graphql(list, json!({})).to_string().contains("errors"), "null in a list is no condition");
    });
}

#[test]
fn a_failure_is_told_at_its_own_path_and_its_neighbours_are_answered() {
    on_both(|server| {
        let admin = server.admin();
        let three = "mutation { a: createIssuer(input: { name: \"Sở Một\" }) { name } b: createIssuer(input: { name: \"Sở Một\" }) { name } c: createIssuer(input: { name: \"Sở Hai\" }) { name } }";
        let answer = admin.graphql(three, json!({}));
        assert_eq!(answer["data"], json!({ "a": { "name": "Sở Một" }, "b": null, "c": { "name": "Sở Hai" } }));
        assert_eq!(
            (&answer["errors"][0]["path"], &answer["errors"][0]["extensions"]["code"]),
            (&json!(["b"]), &json!("issuer_exists"))
        );
        let body = json!({ "query": "{ documents(first: 101) { totalCount } }" });
        let run = admin.json("POST", "/graphql", &[("accept", "application/graphql-response+json")], &body);
        assert_eq!((run.status, &run.json()["data"]), (200, &json!({ "documents": null })), "it was run");
        let body = json!({ "query": "{ nothing }" });
        let refused = admin.json("POST", "/graphql", &[("accept", "application/graphql-response+json")], &body);
        assert_eq!((refused.status, refused.json().get("data")), (400, None), "it was not run");
        let hashed = json!({ "extensions": { "persistedQuery": { "version": 1, "sha256Hash": "x" } } });
        assert_eq!(admin.post("/graphql", &hashed).json()["errors"][0]["message"], "PersistedQueryNotSupported");
        admin.post("/graphql", &json!({ "query": "{ __typename }", "foo": 1 })).problem(400, "unknown_parameter");
    });
}
