//! GraphQL answers what REST answers.

use super::{hits, settled};
use crate::client::{Client, document};
use crate::law::{DECREE, amendment, import, original};
use crate::server::on_both;
use serde_json::{Value, json};

const SEARCH: &str = "query($q: String, $filter: SearchFilter, $facets: [String!], $asOf: Date, $sort: SearchSort, $first: Int, $after: String) {
    search(q: $q, filter: $filter, facets: $facets, asOf: $asOf, sort: $sort, first: $first, after: $after, explain: true) {
        totalCount relaxed facets { name values { value label count } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
        edges { cursor node { id type title number url score highlights { field pieces } matched { eid heading url }
            explanation { name score } resource { __typename id ... on Document { number status issuer { name } } } } } } }";

fn search(client: &Client, variables: Value) -> Value {
    let answer = client.graphql(SEARCH, variables);
    assert!(answer.get("errors").is_none(), "{answer}");
    answer["data"]["search"].clone()
}

#[test]
fn a_search_answers_the_same_in_both_protocols() {
    on_both(|server| {
        let (admin, anyone) = (server.admin(), server.anonymous());
        let paths = import(&admin, &[DECREE, &original(), &amendment()]);
        for n in 1..=7 {
            admin.post(
                "/v1/documents",
                &document(
                    &format!("{n}/2023/QĐ-UBND"),
                    json!({ "state": "published", "title": format!("Về phòng đọc chung số {n}") }),
                ),
            );
        }
        assert_eq!(hits(&anyone, "phong+doc+chung", 7).len(), 7);
        settled(&server);
        for (rest, variables) in [
            ("q=muon toi da 3 cuon", json!({ "q": "muon toi da 3 cuon" })),
            (
                "q=phong doc&facets=type,year:2,issuer&page[size]=3",
                json!({ "q": "phong doc", "facets": ["type", "year:2", "issuer"], "first": 3 }),
            ),
            ("q=10 ngày&as_of=2025-05-31", json!({ "q": "10 ngày", "asOf": "2025-05-31" })),
            ("q=phong doc&sort=-date", json!({ "q": "phong doc", "sort": "DATE_DESC" })),
            ("q=phong doc&sort=date", json!({ "q": "phong doc", "sort": "DATE_ASC" })),
            (
                "q=phong doc&filter[year][in]=2024,2025&filter[doc_type]=quyet-dinh",
                json!({ "q": "phong doc", "filter": { "year": { "in": ["2024", "2025"] }, "docType": { "eq": "quyet-dinh" } } }),
            ),
            (
                "filter[type]=document&filter[date][gte]=2024-05-07",
                json!({ "filter": { "type": { "in": "document" }, "date": { "gte": "2024-05-07" } } }),
            ),
            (
                "q=phong doc&filter[status][nin]=expired,unknown",
                json!({ "q": "phong doc", "filter": { "status": { "nin": ["expired", "unknown"] } } }),
            ),
        ] {
            let by_rest = anyone.get(&format!("/v1/search?{rest}&explain=true&meta=total")).json();
            let by_graphql = search(&anyone, variables);
            let edges = by_graphql["edges"].as_array().unwrap();
            let rows = by_rest["data"].as_array().unwrap();
            assert!(!rows.is_empty() && edges.len() == rows.len(), "{rest}: {by_rest} {by_graphql}");
            assert_eq!(by_graphql["totalCount"], by_rest["meta"]["total"], "{rest}");
            assert_eq!(by_graphql["relaxed"], json!(by_rest["meta"].get("relaxed").is_some()), "{rest}");
            for facet in by_graphql["facets"].as_array().unwrap() {
                assert_eq!(facet["values"], by_rest["meta"]["facets"][facet["name"].as_str().unwrap()], "{rest}");
            }
            for (edge, row) in edges.iter().zip(rows) {
                let node = &edge["node"];
                for name in ["id", "type", "title", "number", "url", "explanation"] {
                    assert_eq!(node[name], row[name], "{rest}");
                }
                assert_eq!(node["matched"], row.get("matched").cloned().unwrap_or(Value::Null), "{rest}");
                let pieces = node["highlights"].as_array().unwrap().iter();
                let pieces: Value = pieces
                    .map(|one| (one["field"].as_str().unwrap().to_owned(), one["pieces"].clone()))
                    .collect::<serde_json::Map<_, _>>()
                    .into();
                assert_eq!(pieces, row["highlights"], "{rest}");
                assert_eq!((&node["resource"]["id"], &node["resource"]["__typename"]), (&row["id"], &json!("Document")));
                assert_eq!(node["resource"]["number"], row["number"]);
            }
        }
        // The resource is as of the day that was searched.
        let then = search(&anyone, json!({ "q": "\"10 ngày\"", "asOf": "2025-05-31" }));
        let node = &then["edges"][0]["node"];
        assert!(paths[1].ends_with(node["id"].as_str().unwrap()), "{then}");
        assert_eq!(
            (&node["resource"]["status"], &node["resource"]["issuer"]["name"]),
            (&json!("in-force"), &json!("Ủy ban nhân dân tỉnh Sông Lam"))
        );
    });
}

#[test]
fn pages_are_walked_and_cursors_are_good_in_both() {
    on_both(|server| {
        let (admin, anyone) = (server.admin(), server.anonymous());
        for n in 1..=7 {
            admin.post("/v1/documents", &document(&format!("{n}/2023/QĐ-UBND"), json!({ "state": "published" })));
        }
        assert_eq!(hits(&anyone, "thu+nghiem", 7).len(), 7);
        settled(&server);
        let all = search(&anyone, json!({ "q": "thu nghiem", "first": 100 }));
        let id = |edge: &Value| edge["node"]["id"].clone();
        let (mut walked, mut after) = (Vec::new(), Value::Null);
        loop {
            let page = search(&anyone, json!({ "q": "thu nghiem", "first": 3, "after": after }));
            assert_eq!(page["pageInfo"]["hasPreviousPage"], json!(!walked.is_empty()));
            walked.extend(page["edges"].as_array().unwrap().iter().map(id));
            after = page["pageInfo"]["endCursor"].clone();
            if page["pageInfo"]["hasNextPage"] == false {
                break;
            }
        }
        assert_eq!(walked, all["edges"].as_array().unwrap().iter().map(id).collect::<Vec<_>>());
        // From the middle of a page, too.
        let second = all["edges"][1]["cursor"].as_str().unwrap();
        let rest = anyone.get(&format!("/v1/search?q=thu+nghiem&page[size]=2&page[after]={second}")).json();
        assert_eq!((&rest["data"][0]["id"], &rest["data"][1]["id"]), (&walked[2], &walked[3]));
    });
}

#[test]
fn suggestions_and_what_is_alike_are_the_same_and_nothing_hidden_is_told() {
    on_both(|server| {
        let (admin, anyone) = (server.admin(), server.anonymous());
        let mut made = Vec::new();
        for (n, day) in [(1, "sáng"), (2, "chiều")] {
            let body = json!({ "state": "published", "title": format!("Bến đò Cồn Sậy, buổi {day}"), "body_text": "Bến đò Cồn Sậy đón khách sang sông, người lái đò mặc áo phao." });
            made.push(admin.post("/v1/documents", &document(&format!("{n}/2023/QĐ-UBND"), body)));
        }
        assert_eq!(hits(&anyone, "con+say", 2).len(), 2);
        settled(&server);
        let query = "query($to: ID, $q: String) {
            suggest(q: \"bến đò cồ\", filter: { type: { eq: \"document\" } }, first: 5) { text number highlight type id url }
            similar(to: $to, q: $q, first: 3) { id title score resource { id } } }";
        let ask = |variables: Value| anyone.graphql(query, variables);
        let first = made[0].data()["id"].as_str().unwrap().to_owned();
        let found = ask(json!({ "to": first }));
        assert!(found.get("errors").is_none(), "{found}");
        let rest = anyone.get("/v1/suggest?q=bến đò cồ&filter[type]=document&page[size]=5").data();
        assert_eq!(found["data"]["suggest"], rest);
        let alike = anyone.get(&format!("/v1/search/similar?to={first}&page[size]=3")).data();
        assert_eq!(
            (found["data"]["similar"].as_array().unwrap().len(), &found["data"]["similar"][0]["id"]),
            (1, &alike[0]["id"])
        );
        assert_eq!(found["data"]["similar"][0]["resource"]["id"], alike[0]["id"]);
        let text = ask(json!({ "q": "người lái đò Cồn Sậy mặc áo phao đón khách" }));
        assert_eq!(text["data"]["similar"].as_array().unwrap().len(), 2, "{text}");

        assert_eq!(admin.transition(made[1].header("location"), made[1].header("etag"), "withdraw").status, 200);
        let found = ask(json!({ "to": first }));
        assert_eq!((found["data"]["similar"].clone(), found["data"]["suggest"].as_array().unwrap().len()), (json!([]), 1));
        // What nobody sees is null, without an error.
        let hidden = ask(json!({ "to": made[1].data()["id"] }));
        assert!(hidden.get("errors").is_none() && hidden["data"]["similar"].is_null(), "{hidden}");
        let unknown = ask(json!({ "to": "01a20cf3-5989-7e1b-8e0e-15a020d23411" }));
        assert!(unknown.get("errors").is_none() && unknown["data"]["similar"].is_null(), "{unknown}");
    });
}

#[test]
fn faults_have_the_codes_of_rest_and_searches_have_their_price() {
    on_both(|server| {
        let anyone = server.anonymous();
        let fault = |arguments: &str| {
            let answer = anyone.graphql(
                &format!("{{ search({arguments}) {{ totalCount facets {{ name }} edges {{ node {{ id }} }} }} }}"),
                json!({}),
            );
            assert!(answer["data"]["search"].is_null(), "{arguments}: {answer}");
            let error = &answer["errors"][0];
            (
                error["extensions"]["code"].as_str().unwrap().to_owned(),
                error["extensions"]["errors"][0]["parameter"].as_str().unwrap_or_default().to_owned(),
            )
        };
        let invalid = |parameter: &str| ("invalid_parameter".to_owned(), parameter.to_owned());
        assert_eq!(fault(&format!("q: \"{}\"", "ạ".repeat(501))), invalid("q"));
        assert_eq!(fault("q: \"a\\u0000b\""), invalid("q"));
        assert_eq!(fault("first: 5"), invalid("q"));
        assert_eq!(fault("q: \"a\", first: 0"), invalid("first"));
        assert_eq!(fault("q: \"a\", first: 101"), invalid("first"));
        assert_eq!(fault("q: \"a\", first: -1"), invalid("first"));
        assert_eq!(fault("q: \"a\", asOf: \"2024-02-30\""), invalid("asOf"));
        assert_eq!(fault("q: \"a\", facets: [\"bogus\"]"), invalid("facets"));
        assert_eq!(fault("q: \"a\", filter: { date: { gte: \"x\" } }"), invalid("filter.date.gte"));
        assert_eq!(fault("q: \"a\", filter: { type: { eq: null } }"), invalid("filter.type.eq"));
        assert_eq!(fault(&format!("q: \"a\", filter: {{ type: {{ eq: \"{}\" }} }}", "x".repeat(501))), invalid("filter.type.eq"));
        assert_eq!(fault("q: \"a\", after: \"abc\"").0, "bad_cursor");
        for wrong in ["q: \"a\", filter: { bogus: { eq: \"x\" } }", "q: \"a\", sort: TITLE", "q: 1", "bogus: 1"] {
            let answer = anyone.graphql(&format!("{{ search({wrong}) {{ totalCount }} }}"), json!({}));
            assert_eq!(answer["errors"][0]["extensions"]["code"], "invalid_query", "{answer}");
        }
        let codes = |query: &str| anyone.graphql(query, json!({}))["errors"][0]["extensions"]["code"].clone();
        assert_eq!(codes("{ suggest(q: \"a\", first: 21) { text } }"), "invalid_parameter");
        assert_eq!(codes("{ similar(q: \"a\", first: 21) { id } }"), "invalid_parameter");
        assert_eq!(codes("{ similar { id } }"), "invalid_parameter");
        assert_eq!(codes("{ similar(to: \"x\") { id } }"), "invalid_parameter");

        // What is not asked for is not counted, and nothing is found quietly.
        let plain = anyone.graphql("{ search(q: \"!!!\") { edges { node { id } } pageInfo { hasNextPage } } }", json!({}));
        assert_eq!(plain["data"]["search"], json!({ "edges": [], "pageInfo": { "hasNextPage": false } }));
        let several = |count: usize, field: &str| {
            let fields: Vec<String> = (0..count).map(|n| format!("a{n}: {field}")).collect();
            anyone.graphql(&format!("{{ {} }}", fields.join(" ")), json!({}))
        };
        for field in ["search(q: \"a\", first: 1) { relaxed }", "similar(q: \"a\", first: 1) { id }", "suggest(q: \"a\") { id }"]
        {
            assert!(several(5, field).get("errors").is_none(), "{field}");
            assert_eq!(several(50, field)["errors"][0]["extensions"]["code"], "query_too_complex", "{field}");
        }
        let deep = "{ search(q: \"a\", first: 100) { edges { node { resource { ... on Document { text { text } } } } } } }";
        assert_eq!(codes(deep), "query_too_complex");
    });
}

#[test]
fn the_names_of_searches_are_taken() {
    on_both(|server| {
        let admin = server.admin();
        for (name, plural) in [
            ("search", "searches"),
            ("suggest", "suggests"),
            ("similar", "similars"),
            ("search-hit", "search-hits"),
            ("suggestion", "suggestions"),
            ("find", "search"),
        ] {
            let definition = json!({ "name": name, "plural": plural, "title": { "vi": "Thử", "en": "Test" },
                "schema": { "type": "object", "required": ["title"], "properties": { "title": { "type": "string", "maxLength": 300 } } } });
            admin.post("/v1/content-types", &definition).problem(409, "type_name_taken");
        }
        // A field of an added type is one to filter by.
        let board = crate::board::Board::of(&server);
        let sdl = board.writer.get("/schema.graphql").text();
        let filter = sdl.split("input SearchFilter {").nth(1).unwrap().split('}').next().unwrap();
        assert!(filter.contains("stops: SearchFacetFilter") && !filter.contains("title:"), "{filter}");
        let openapi = board.writer.get("/openapi.json").text();
        assert!(openapi.contains("filter[stops][nin]"));
    });
}
