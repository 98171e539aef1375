//! Operations that no description makes: import, files, the bytes of media, login, health.

use super::{json_body, query, responses, schema_ref};
use crate::description::{put, schema_of};
use documents::DocumentFile;
use serde_json::{Map, Value, json};

/// Schemas that the fixed operations share.
pub(super) fn schemas() -> Map<String, Value> {
    let nullable = |kind: &str| json!({ "type": [kind, "null"] });
    let fault = json!({ "type": "object", "required": ["code", "detail"], "properties": {
        "pointer": { "type": "string", "description": "JSON pointer into the body." },
        "parameter": { "type": "string", "description": "Name of a parameter." },
        "code": { "type": "string" }, "detail": { "type": "string" } } });
    let all = json!({
        "Problem": { "type": "object", "required": ["type", "title", "status", "code", "request_id"], "properties": {
            "type": { "type": "string" }, "title": { "type": "string" }, "status": { "type": "integer" }, "code": { "type": "string" },
            "detail": { "type": "string" }, "request_id": { "type": "string" }, "errors": { "type": "array", "items": fault } } },
        "Links": { "type": "object", "required": ["self", "next", "prev"], "properties": {
            "self": { "type": "string" }, "next": nullable("string"), "prev": nullable("string") } },
        "Session": { "type": "object", "required": ["data"], "properties": { "data": {
            "type": "object", "required": ["access_token", "refresh_token", "token_type", "expires_in", "must_change_password"], "properties": {
                "access_token": { "type": "string" }, "refresh_token": { "type": "string" }, "token_type": { "type": "string" },
                "expires_in": { "type": "integer", "description": "Seconds." }, "must_change_password": { "type": "boolean" } } } } },
        "Imported": { "type": "object", "required": ["file", "outcome"], "properties": {
            "file": { "type": "string" }, "outcome": { "type": "string", "enum": ["imported", "updated", "unchanged", "failed"] },
            "id": nullable("string"), "number": nullable("string"), "warnings": { "type": "array", "items": { "type": "string" } },
            "problem": { "type": "object" } } },
    });
    match all {
        Value::Object(schemas) => schemas,
        _ => Map::new(),
    }
}

fn json_answer(text: &str, schema: Value) -> Value {
    json!({ "description": text, "content": { "application/json": { "schema": schema } } })
}

fn data(schema: Value) -> Value {
    json!({ "type": "object", "required": ["data"], "properties": { "data": schema } })
}

/// Adds the fixed operations.
pub(super) fn paths(paths: &mut Map<String, Value>, facets: &[String]) {
    let id =
        |name: &str| json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string", "format": "uuid" } });
    let token = json!([{ "token": [] }]);
    let mut add = |path: &str, method: &str, operation: Value| {
        let item = paths.entry(path.to_owned()).or_insert_with(|| json!({}));
        item[method] = operation;
    };
    add(
        "/v1/documents/import",
        "post",
        json!({
            "operationId": "importDocuments", "tags": ["documents"], "security": token,
            "summary": "Import published texts; the fields are found in the text, the original is kept",
            "parameters": [query("state", json!({ "type": "string", "enum": ["draft", "published"] }), "`published` publishes at once; drafts by default.")],
            "requestBody": { "required": true, "content": { "multipart/form-data": { "schema": {
                "type": "object", "required": ["file"], "additionalProperties": false, "properties": {
                    "file": { "type": "array", "minItems": 1, "items": { "type": "string", "format": "binary" } } } } } } },
            "responses": responses("200", json_answer("One line per file, in their order.", data(json!({ "type": "array", "items": schema_ref("Imported") }))),
                &[400, 401, 403, 413, 415, 422]),
        }),
    );
    let state = query(
        "state",
        json!({ "type": "string", "enum": ["draft", "published"] }),
        "`published` shows the file at once; by default it is shown from the next publication on.",
    );
    add(
        "/v1/documents/{id}/files",
        "post",
        json!({
            "operationId": "attachDocumentFile", "tags": ["documents"], "security": token,
            "summary": "Attach a file: the signed original beside the text, say", "parameters": [id("id"), state],
            "requestBody": { "required": true, "content": { "multipart/form-data": { "schema": {
                "type": "object", "required": ["file"], "additionalProperties": false, "properties": {
                    "file": { "type": "string", "format": "binary" } } } } } },
            "responses": responses("201", json_answer("The file; the same bytes again are the same file.", data(schema_of::<DocumentFile<'_>>())),
                &[400, 401, 403, 404, 409, 413, 415, 422]),
        }),
    );
    add(
        "/v1/documents/{id}/files/{file}",
        "delete",
        json!({
            "operationId": "detachDocumentFile", "tags": ["documents"], "security": token,
            "summary": "Take away a file that no edition was read from", "parameters": [id("id"), id("file")],
            "responses": responses("204", json!({ "description": "It is no longer there." }), &[400, 401, 403, 404, 409]),
        }),
    );
    add(
        "/v1/documents/{id}/files/{file}",
        "get",
        json!({
            "operationId": "getDocumentFile", "tags": ["documents"], "summary": "A file, byte for byte", "parameters": [id("id"), id("file")],
            "responses": responses("200", json!({ "description": "The bytes.", "content": { "*/*": { "schema": { "type": "string", "format": "binary" } } } }),
                &[400, 401, 403, 404]),
        }),
    );
    media(&mut add);
    entries(&mut add);
    representations(&mut add);
    super::search::paths(&mut add, facets);
    super::open_data::paths(&mut add);
    super::eli::paths(&mut add);
    auth(&mut add);
    service(&mut add);
}

/// The bytes of media.
fn media(add: &mut impl FnMut(&str, &str, Value)) {
    let text = |name: &str| json!({ "schema": { "type": "string" }, "description": name });
    let headers = json!({ "ETag": text("Strong: the SHA-256 of the file, and which rendition of it."), "Last-Modified": text("When the media item was changed."),
        "Accept-Ranges": text("`bytes`."), "Content-Disposition": text("Shown or saved, and under which name.") });
    let bytes = |status: &str| json!({ "description": status, "headers": headers, "content": { "*/*": { "schema": { "type": "string", "format": "binary" } } } });
    let sizes = json!({ "type": "integer", "enum": ::media::SIZES });
    let choice = |names: &[&str]| json!({ "type": "string", "enum": names });
    let header =
        |name: &str, text: &str| json!({ "name": name, "in": "header", "schema": { "type": "string" }, "description": text });
    for (path, name) in [("/media/{id}", "getMediaBytes"), ("/media/{id}/{file}", "getMediaFile")] {
        let mut parameters = vec![
            json!({ "name": "id", "in": "path", "required": true, "schema": { "type": "string", "format": "uuid" } }),
            query("width", sizes.clone(), "Of a picture: fits into this width, in pixels."),
            query("height", sizes.clone(), "Of a picture: fits into this height."),
            query(
                "fit",
                choice(&["inside", "cover", "contain"]),
                "How it comes into a frame of width and height; `inside` unless given.",
            ),
            query("format", choice(&["jpeg", "png", "webp"]), "Of a picture: in this format."),
            header("Range", "One range of bytes; several are answered whole."),
            header("If-Range", "The range counts where the ETag or the date is still the same."),
        ];
        let mut answers = responses("200", bytes("The bytes."), &[400, 401, 403, 404, 416, 422, 503]);
        put(&mut answers, "206", bytes("The bytes that were asked for."));
        put(&mut answers, "304", json!({ "description": "The caller has it already." }));
        if path.ends_with("{file}") {
            parameters.push(json!({ "name": "file", "in": "path", "required": true, "schema": { "type": "string" }, "description": "Its file name." }));
            let moved =
                json!({ "description": "The file has another name.", "headers": { "Location": text("Its present address.") } });
            put(&mut answers, "301", moved);
        }
        add(
            path,
            "get",
            json!({
                "operationId": name, "tags": ["media-library"], "summary": "The bytes of a media item; of a picture also in other sizes and formats",
                "parameters": parameters, "responses": answers,
            }),
        );
    }
}

/// What hangs on an entry and is read by number or name; the same for every content type.
fn entries(add: &mut impl FnMut(&str, &str, Value)) {
    let segment = |name: &str| json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } });
    let id = json!({ "name": "id", "in": "path", "required": true, "schema": { "type": "string", "format": "uuid" } });
    let number = |name: &str| {
        let schema = json!({ "type": "integer", "format": "int64", "minimum": 1, "maximum": i64::MAX });
        json!({ "name": name, "in": "query", "required": true, "schema": schema, "description": "The number of a version." })
    };
    let lang =
        query("lang", json!({ "type": "string", "pattern": kernel::Locale::PATTERN }), "The language; else the first one.");
    let token = json!([{ "token": [] }]);
    let row = || data(json!({ "type": "object" }));
    add(
        "/v1/content/{type}/{id}/versions/{version}",
        "get",
        json!({
            "operationId": "getEntryVersion", "tags": ["entries"], "security": token, "summary": "One version of an entry with all that is in it",
            "parameters": [segment("type"), id, { "name": "version", "in": "path", "required": true, "schema": { "type": "integer", "minimum": 1 } }, lang],
            "responses": responses("200", json_answer("The version.", row()), &[400, 401, 403, 404]),
        }),
    );
    add(
        "/v1/content/{type}/{id}/versions/compare",
        "get",
        json!({
            "operationId": "compareEntryVersions", "tags": ["entries"], "security": token, "summary": "What differs between two versions, field by field",
            "parameters": [segment("type"), id, number("from"), number("to"), lang],
            "responses": responses("200", json_answer("The fields that differ.", row()), &[400, 401, 403, 404]),
        }),
    );
    add(
        "/v1/content/{type}/by-path/{slug}",
        "get",
        json!({
            "operationId": "getEntryByPath", "tags": ["entries"], "summary": "An entry by its slug; a former one leads on",
            "parameters": [segment("type"), segment("slug"), lang],
            "responses": responses("200", json_answer("The entry.", row()), &[301, 400, 401, 403, 404, 410]),
        }),
    );
    add(
        "/v1/reports/translations",
        "get",
        json!({
            "operationId": "reportTranslations", "tags": ["entries"], "security": token,
            "summary": "What of the minimum set is translated, outdated or missing (C-35)", "parameters": [lang],
            "responses": responses("200", json_answer("For each content type.", row()), &[400, 401, 403]),
        }),
    );
}

/// Pages, feeds and sitemaps.
fn representations(add: &mut impl FnMut(&str, &str, Value)) {
    let part = |name: &str, schema: Value, text: &str| json!({ "name": name, "in": "path", "required": true, "schema": schema, "description": text });
    let word = || json!({ "type": "string", "minLength": 1, "maxLength": 60, "pattern": "^[a-z0-9-]+$" });
    let portal = || part("portal", word(), "`main`, or the slug of the portal.");
    let kind = || part("type", word(), "A content type; of feeds also `document`.");
    let told = |text: &str, types: &[&str]| {
        let content: Map<String, Value> =
            types.iter().map(|kind| ((*kind).to_owned(), json!({ "schema": { "type": "string" } }))).collect();
        json!({ "description": text, "headers": super::etag(), "content": content })
    };
    let lang = || query("lang", json!({ "type": "string", "pattern": kernel::Locale::PATTERN }), "Only in this language.");
    let read = |success: Value, failures: &[u16]| {
        let mut all = responses("200", success, failures);
        put(&mut all, "304", json!({ "description": "The caller has it already." }));
        all
    };
    for (ending, name, summary, media_type) in [
        ("html", "getEntryPage", "An entry as a printable page", "text/html"),
        ("jsonld", "getEntryLinkedData", "An entry as schema.org linked data", "application/ld+json"),
    ] {
        let id = part("id", json!({ "type": "string", "format": "uuid" }), "Its id.");
        let state = query(
            "state",
            json!({ "type": "string", "enum": ["published", "draft"] }),
            "`draft`: the working copy, for those who write.",
        );
        let mut answers = read(told("The entry.", &[media_type]), &[400, 401, 403, 404, 410]);
        let location = json!({ "Location": { "schema": { "type": "string" } } });
        put(&mut answers, "301", json!({ "description": "It has moved for good.", "headers": location }));
        let path = format!("/v1/content/{{type}}/{{id}}.{ending}");
        add(
            &path,
            "get",
            json!({ "operationId": name, "tags": ["discovery"], "summary": summary, "parameters": [kind(), id, state, lang()], "responses": answers }),
        );
    }
    let format =
        || part("format", json!({ "type": "string", "enum": ["atom", "rss", "json"] }), "Atom, RSS 2.0 or JSON Feed 1.1.");
    let feed = || {
        read(
            told("A page of the feed.", &["application/atom+xml", "application/rss+xml", "application/feed+json"]),
            &[400, 401, 403, 404],
        )
    };
    let size =
        || query("page[size]", json!({ "type": "integer", "minimum": 1, "maximum": 100, "default": 20 }), "Entries at most.");
    let cursor = |name: &str| query(name, json!({ "type": "string" }), "A cursor as the links of a feed give it.");
    add(
        "/feeds/{portal}/{type}.{format}",
        "get",
        json!({ "operationId": "getFeed", "tags": ["discovery"], "summary": "The newest of a type; filters are those of its list",
            "parameters": [portal(), kind(), format(), lang(), size(), cursor("page[after]"), cursor("page[before]")], "responses": feed() }),
    );
    for (path, name, summary, parameters, media_type) in [
        ("/sitemap.xml", "getSitemapIndex", "The sitemaps of all content types", vec![], "application/xml"),
        (
            "/sitemaps/{portal}/{type}/{file}",
            "getSitemap",
            "The entries of a type first published in a month",
            vec![
                portal(),
                kind(),
                part(
                    "file",
                    json!({ "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}(-[0-9]+)?\\.xml$" }),
                    "`2026-11.xml`, then `2026-11-2.xml`.",
                ),
            ],
            "application/xml",
        ),
        ("/robots.txt", "robots", "Where the sitemap is", vec![], "text/plain"),
    ] {
        let answers = read(told("The file.", &[media_type]), &[400, 401, 403, 404]);
        add(
            path,
            "get",
            json!({ "operationId": name, "tags": ["discovery"], "summary": summary, "parameters": parameters, "responses": answers }),
        );
    }
}

fn auth(add: &mut impl FnMut(&str, &str, Value)) {
    let token = json!([{ "token": [] }]);
    let text = |max: u32| json!({ "type": "string", "minLength": 1, "maxLength": max, "pattern": "^[^\\u0000]*$" });
    let object = |required: &[&str], properties: Value| json!({ "type": "object", "required": required, "additionalProperties": false, "properties": properties });
    let session = || json_answer("A session.", schema_ref("Session"));
    let body = |schema: Value| json_body(schema, &["application/json"]);
    add(
        "/v1/auth/login",
        "post",
        json!({
            "operationId": "login", "tags": ["auth"], "summary": "Log in with name and password", "security": [],
            "requestBody": body(object(&["username", "password"], json!({ "username": text(256), "password": text(256) }))),
            "responses": responses("200", session(), &[400, 401, 413, 415, 422, 429]),
        }),
    );
    let refresh = || body(object(&["refresh_token"], json!({ "refresh_token": text(256) })));
    add(
        "/v1/auth/refresh",
        "post",
        json!({
            "operationId": "refresh", "tags": ["auth"], "summary": "A new access token for a refresh token, which works once", "security": [],
            "requestBody": refresh(), "responses": responses("200", session(), &[400, 401, 413, 415, 422, 429]),
        }),
    );
    add(
        "/v1/auth/logout",
        "post",
        json!({
            "operationId": "logout", "tags": ["auth"], "summary": "End the session of a refresh token", "security": [],
            "requestBody": refresh(), "responses": responses("204", json!({ "description": "It has ended." }), &[400, 401, 413, 415, 422]),
        }),
    );
    add(
        "/v1/auth/password",
        "post",
        json!({
            "operationId": "changePassword", "tags": ["auth"], "summary": "Change one's own password; every session ends", "security": token,
            "requestBody": body(object(&["current_password", "new_password"], json!({ "current_password": text(256), "new_password": text(256) }))),
            "responses": responses("204", json!({ "description": "It is changed." }), &[400, 401, 403, 413, 415, 422, 429]),
        }),
    );
    add(
        "/v1/auth/me",
        "get",
        json!({
            "operationId": "me", "tags": ["auth"], "summary": "One's own account and permissions", "security": token,
            "responses": responses("200", json_answer("The account.", data(json!({ "type": "object", "required": ["id", "type", "username", "role", "permissions"],
                "properties": { "id": { "type": "string", "format": "uuid" }, "type": { "type": "string" }, "username": { "type": "string" },
                    "role": { "type": "string" }, "permissions": { "type": "array", "items": { "type": "string" } },
                    "must_change_password": { "type": "boolean" } } }))), &[400, 401]),
        }),
    );
}

fn service(add: &mut impl FnMut(&str, &str, Value)) {
    let plain = |text: &str, kind: &str| json!({ "description": text, "content": { kind: { "schema": { "type": "string" } } } });
    for (path, name, summary) in
        [("/livez", "livez", "Whether the process runs"), ("/readyz", "readyz", "Whether database and search answer")]
    {
        let answer = json_answer(
            "Yes.",
            json!({ "type": "object", "required": ["status"], "properties": { "status": { "type": "string" } } }),
        );
        add(
            path,
            "get",
            json!({ "operationId": name, "tags": ["service"], "summary": summary, "responses": responses("200", answer, &[401, 403, 503]) }),
        );
    }
    add(
        "/metrics",
        "get",
        json!({ "operationId": "metrics", "tags": ["service"], "summary": "Figures for Prometheus",
        "responses": responses("200", json!({ "description": "Text format.", "content": { "application/openmetrics-text": { "schema": { "type": "string" } } } }), &[401, 403]) }),
    );
    add(
        "/.well-known/jwks.json",
        "get",
        json!({ "operationId": "jwks", "tags": ["service"], "summary": "Public keys of the access tokens",
        "responses": responses("200", json_answer("A JSON Web Key Set.", json!({ "type": "object", "required": ["keys"] })), &[401, 403]) }),
    );
    add(
        "/schema.graphql",
        "get",
        json!({ "operationId": "sdl", "tags": ["service"], "summary": "The GraphQL schema as SDL",
        "responses": responses("200", plain("SDL.", "application/graphql"), &[401, 403]) }),
    );
    add(
        "/problems",
        "get",
        json!({ "operationId": "problems", "tags": ["service"], "summary": "The catalogue of problems",
        "responses": responses("200", json_answer("Every code.", json!({ "type": "object", "required": ["data"] })), &[401, 403]) }),
    );
}
