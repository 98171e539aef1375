//! Harvesting, and the catalogue of open data.

use super::{etag, query, responses};
use crate::description::put;
use serde_json::{Map, Value, json};

/// What is there for those who keep copies, and the catalogue of all data.
pub(super) fn paths(add: &mut impl FnMut(&str, &str, Value)) {
    let told = |text: &str, types: &[&str]| {
        let schema = |kind: &str| json!({ "type": if kind.ends_with("json") { "object" } else { "string" } });
        let content: Map<String, Value> =
            types.iter().map(|kind| ((*kind).to_owned(), json!({ "schema": schema(kind) }))).collect();
        json!({ "description": text, "headers": etag(), "content": content })
    };
    let seen = || json!({ "description": "The caller has it already." });
    let arguments = [
        ("verb", "`Identify`, `ListMetadataFormats`, `ListSets`, `ListIdentifiers`, `ListRecords` or `GetRecord`."),
        ("metadataPrefix", "`oai_dc`, or `akn` for the whole text as Akoma Ntoso."),
        ("identifier", "`oai:{host}:document/{id}`."),
        ("from", "Changed at this second or day (UTC), or later."),
        ("until", "Changed at this second or day, or earlier."),
        ("set", "`issuer:{code}` or `type:{doc_type}`."),
        ("resumptionToken", "As an answer has given it."),
    ];
    let answer = || told("OAI-PMH 2.0; failures of the protocol are told in it.", &["text/xml"]);
    let parameters: Vec<Value> = arguments.iter().map(|(name, text)| query(name, json!({ "type": "string" }), text)).collect();
    let mut answers = responses("200", answer(), &[400, 401, 403]);
    put(&mut answers, "304", seen());
    add(
        "/oai",
        "get",
        json!({ "operationId": "harvest", "tags": ["discovery"], "summary": "Harvest legal documents (OAI-PMH 2.0)",
            "parameters": parameters, "responses": answers }),
    );
    let form = json!({ "application/x-www-form-urlencoded": { "schema": { "type": "object" } } });
    add(
        "/oai",
        "post",
        json!({ "operationId": "harvestByForm", "tags": ["discovery"], "summary": "The same with the arguments as a form",
            "requestBody": { "required": true, "content": form },
            "responses": responses("200", answer(), &[400, 401, 403, 413, 415, 429]) }),
    );
    let ending =
        json!({ "name": "format", "in": "path", "required": true, "schema": { "type": "string", "enum": ["jsonld", "ttl"] } });
    for (path, name, summary, parameters, types) in [
        (
            "/dcat",
            "getDataCatalogue",
            "The catalogue of open data (DCAT 3), by `Accept`",
            vec![],
            ["application/ld+json", "text/turtle"],
        ),
        ("/dcat.{format}", "getDataCatalogueIn", "The same in a format", vec![ending], ["application/ld+json", "text/turtle"]),
    ] {
        let mut answers = responses("200", told("The catalogue.", &types), &[400, 401, 403, 404]);
        put(&mut answers, "304", seen());
        add(
            path,
            "get",
            json!({ "operationId": name, "tags": ["discovery"], "summary": summary, "parameters": parameters, "responses": answers }),
        );
    }
}
