//! Search, suggestions, what is alike, and the feed of a search.

use super::{NO_NUL, as_of, comma_list, etag, query, responses, schema_ref};
use crate::description::put;
use crate::query::{MAX_VALUE, MAX_VALUES};
use crate::searching::{ALIKE, SUGGESTIONS, schemas as told};
use kernel::PageRequest;
use serde_json::{Map, Value, json};

/// The schemas of what is answered.
pub(super) fn schemas() -> [(String, Value); 3] {
    [("SearchHit", told::hit()), ("SearchFacet", told::facet_value()), ("Suggestion", told::suggestion())]
        .map(|(name, schema)| (name.to_owned(), schema))
}

/// The operations; `facets` are the names by which hits are filtered and counted.
pub(super) fn paths(add: &mut impl FnMut(&str, &str, Value), facets: &[String]) {
    let mut asked = vec![words("q", "Words, or the number of a document; may be left out where a filter is given.")];
    asked.extend(filters(facets));
    asked.extend([counted(facets), in_force(), sort("relevance"), group(), explain(), size(100, PageRequest::DEFAULT_SIZE)]);
    asked.push(query("page[after]", json!({ "type": "string" }), "A cursor as links give it; not beside `group`."));
    asked.push(query("meta", json!({ "type": "string", "enum": ["total"] }), "`total` counts all hits."));
    let beside = json!({ "type": "object", "properties": {
        "total": { "type": "integer" },
        "facets": { "type": "object", "additionalProperties": { "type": "array", "items": schema_ref("SearchFacet") } },
        "relaxed": { "type": "boolean", "description": "Hits may lack words of the query: too few have them all." },
        "groups": { "type": "object", "description": "How many of each type were found.", "additionalProperties": { "type": "integer" } } } });
    let page = json!({ "type": "object", "required": ["data", "links"], "properties": {
        "data": list("SearchHit"), "links": schema_ref("Links"), "meta": beside } });
    add(
        "/v1/search",
        "get",
        operation(("search", "Search everything that is published, typed with or without tones"), asked, page),
    );

    let mut typed = vec![required(words("q", "What was typed so far."))];
    typed.extend(filters(facets));
    typed.push(size(20, SUGGESTIONS));
    add(
        "/v1/suggest",
        "get",
        operation(("suggest", "Titles and numbers that go on as the reader began to type"), typed, data("Suggestion")),
    );

    let mut like = vec![
        query("to", json!({ "type": "string", "format": "uuid" }), "What they are to be like; this or `q`."),
        words("q", "A text that they are to be like."),
    ];
    like.extend(filters(facets));
    like.push(size(20, ALIKE));
    let mut similar = operation(("similar", "What speaks of the same as a resource or a text"), like, data("SearchHit"));
    if let Some(answers) = similar.get_mut("responses") {
        put(answers, "404", json!({ "$ref": "#/components/responses/Problem" }));
    }
    add("/v1/search/similar", "get", similar);
    add("/feeds/{portal}/search.{format}", "get", feed(facets));
}

fn operation((name, summary): (&str, &str), parameters: Vec<Value>, answer: Value) -> Value {
    let answer = json!({ "description": "Best first.", "content": { "application/json": { "schema": answer } } });
    json!({ "operationId": name, "tags": ["search"], "summary": summary, "parameters": parameters,
        "responses": responses("200", answer, &[400, 401, 403, 503]) })
}

/// What a search finds, as a feed.
fn feed(facets: &[String]) -> Value {
    let part = |name: &str, schema: Value, text: &str| json!({ "name": name, "in": "path", "required": true, "schema": schema, "description": text });
    let word = json!({ "type": "string", "minLength": 1, "maxLength": 60, "pattern": "^[a-z0-9-]+$" });
    let formats = json!({ "type": "string", "enum": ["atom", "rss", "json"] });
    let mut parameters = vec![
        part("portal", word, "`main`, or the slug of the portal."),
        part("format", formats, "Atom, RSS 2.0 or JSON Feed 1.1."),
        words("q", "Words, or the number of a document; may be left out where a filter is given."),
    ];
    parameters.extend(filters(facets));
    parameters.extend([in_force(), sort("-date"), size(100, PageRequest::DEFAULT_SIZE)]);
    parameters.push(query("page[after]", json!({ "type": "string" }), "A cursor as the links of a feed give it."));
    let types = ["application/atom+xml", "application/rss+xml", "application/feed+json"];
    let content: Map<String, Value> =
        types.map(|kind| (kind.to_owned(), json!({ "schema": { "type": "string" } }))).into_iter().collect();
    let mut answers = responses(
        "200",
        json!({ "description": "A page of the feed.", "headers": etag(), "content": content }),
        &[400, 401, 403, 404, 503],
    );
    put(&mut answers, "304", json!({ "description": "The caller has it already." }));
    json!({ "operationId": "getSearchFeed", "tags": ["discovery"], "summary": "What a search finds, the newest first",
        "parameters": parameters, "responses": answers })
}

fn words(name: &str, text: &str) -> Value {
    query(name, json!({ "type": "string", "maxLength": 500, "pattern": NO_NUL }), text)
}

fn required(mut parameter: Value) -> Value {
    put(&mut parameter, "required", true.into());
    parameter
}

fn list(of: &str) -> Value {
    json!({ "type": "array", "items": schema_ref(of) })
}

fn data(of: &str) -> Value {
    json!({ "type": "object", "required": ["data"], "properties": { "data": list(of) } })
}

fn filters(facets: &[String]) -> Vec<Value> {
    let value = || json!({ "type": "string", "maxLength": MAX_VALUE, "pattern": NO_NUL });
    let day = || json!({ "type": "string", "format": "date" });
    let mut all = Vec::new();
    for name in facets {
        for (name, text) in [(format!("filter[{name}]"), "eq"), (format!("filter[{name}][ne]"), "ne")] {
            all.push(query(&name, value(), text));
        }
        for op in ["in", "nin"] {
            all.push(json!({
                "name": format!("filter[{name}][{op}]"), "in": "query", "style": "form", "explode": false,
                "description": "Values separated by commas; a comma inside a value is `\\,`.",
                "schema": { "type": "array", "minItems": 1, "maxItems": MAX_VALUES, "items": value() },
            }));
        }
    }
    all.push(query("filter[date]", day(), "eq"));
    all.extend(["gt", "gte", "lt", "lte"].map(|op| query(&format!("filter[date][{op}]"), day(), op)));
    all
}

fn counted(facets: &[String]) -> Value {
    let mut wanted = comma_list("facets", Vec::new(), "What is counted among all hits; `issuer:20` for more values than ten.");
    let pattern = format!("^({})(:([1-9][0-9]?|100))?$", facets.join("|"));
    if let Some(schema) = wanted.get_mut("schema") {
        put(schema, "items", json!({ "type": "string", "pattern": pattern }));
    }
    wanted
}

fn in_force() -> Value {
    let mut day = as_of();
    put(&mut day, "description", "The law in force on this day, and nothing else.".into());
    day
}

fn sort(default: &str) -> Value {
    let schema = json!({ "type": "string", "enum": ["relevance", "-date", "date"], "default": default });
    query("sort", schema, "In which order.")
}

fn group() -> Value {
    query(
        "group",
        json!({ "type": "string", "enum": ["type"] }),
        "The best hits of each type, five of each unless `page[size]` says; `meta.groups` counts them.",
    )
}

fn explain() -> Value {
    query("explain", json!({ "type": "boolean" }), "Whether hits tell what their score is made of.")
}

fn size(most: u32, default: u32) -> Value {
    query("page[size]", json!({ "type": "integer", "minimum": 1, "maximum": most, "default": default }), "So many at most.")
}
