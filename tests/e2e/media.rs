//! Media: files come in by a form, are told about, given out whole, in part and in other sizes, and go again.

use crate::client::{Answer, Client};
use crate::server::{ADMIN, Server, on_both};
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// A form as a browser sends it.
pub struct Form(Vec<u8>);

impl Form {
    pub fn new() -> Self {
        Self(Vec::new())
    }

    pub fn field(mut self, name: &str, value: &str) -> Self {
        self.0.extend(format!("--edge\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes());
        self
    }

    pub fn file(mut self, name: &str, kind: &str, bytes: &[u8]) -> Self {
        let head = format!(
            "--edge\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\ncontent-type: {kind}\r\n\r\n"
        );
        self.0.extend(head.bytes());
        self.0.extend_from_slice(bytes);
        self.0.extend(b"\r\n");
        self
    }

    pub fn send(self, client: &Client) -> Answer {
        self.under(client, &[])
    }

    fn under(mut self, client: &Client, headers: &[(&str, &str)]) -> Answer {
        self.0.extend(b"--edge--\r\n");
        let headers = [headers, &[("content-type", "multipart/form-data; boundary=edge")]].concat();
        client.send("POST", "/v1/media", &headers, &self.0).unwrap()
    }
}

/// A grey picture, written without compression.
pub fn png(width: u32, height: u32) -> Vec<u8> {
    let crc = |bytes: &[u8]| {
        !bytes.iter().fold(!0_u32, |crc, byte| {
            (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 })
        })
    };
    let mut picture = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut chunk = |kind: &[u8], data: &[u8]| {
        let told = [kind, data].concat();
        picture.extend(u32::try_from(data.len()).unwrap().to_be_bytes());
        picture.extend(&told);
        picture.extend(crc(&told).to_be_bytes());
    };
    chunk(b"IHDR", &[&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 0, 0, 0, 0]].concat());
    let row: Vec<u8> = std::iter::once(0).chain((0..width).map(|x| u8::try_from(x % 251).unwrap())).collect();
    let rows = row.repeat(height as usize);
    let mut packed = vec![0x78, 1];
    let blocks = rows.chunks(65_535).count();
    for (at, block) in rows.chunks(65_535).enumerate() {
        let length = u16::try_from(block.len()).unwrap();
        packed.push(u8::from(at + 1 == blocks));
        packed.extend(length.to_le_bytes());
        packed.extend((!length).to_le_bytes());
        packed.extend(block);
    }
    let (a, b) = rows.iter().fold((1_u32, 0_u32), |(a, b), byte| {
        let a = (a + u32::from(*byte)) % 65_521;
        (a, (a + b) % 65_521)
    });
    packed.extend((b << 16 | a).to_be_bytes());
    chunk(b"IDAT", &packed);
    chunk(b"IEND", &[]);
    picture
}

fn film(bytes: usize) -> Vec<u8> {
    let mut film = b"\0\0\0\x20ftypisom\0\0\x02\0isomiso2".to_vec();
    film.resize(bytes, 0xa5);
    film
}

fn uploaded(client: &Client, name: &str, bytes: &[u8]) -> Answer {
    let answer = Form::new().file(name, "application/octet-stream", bytes).send(client);
    assert_eq!(answer.status, 201, "{}", answer.text());
    answer
}

fn url(answer: &Answer) -> String {
    answer.data()["url"].as_str().unwrap().to_owned()
}

#[test]
fn a_picture_is_sent_told_about_shown_and_removed() {
    on_both(|server| {
        let (editor, anyone) = (server.editor(), server.anonymous());
        let picture = png(400, 300);
        // What is told may stand before the file and behind it.
        let made = Form::new()
            .field("title", "Cầu Bến Thủy")
            .field("alt[vi]", "Cầu thép bắc qua sông")
            .field("credit", "")
            .file("Ảnh cầu.png", "image/png", &picture)
            .field("alt[en]", "A steel bridge")
            .field("caption", r#"{"vi": "Khánh thành"}"#)
            .send(&editor);
        assert_eq!(made.status, 201, "{}", made.text());
        let (path, row) = (made.header("location").to_owned(), made.data());
        assert_eq!(path, format!("/v1/media/{}", row["id"].as_str().unwrap()));
        assert_eq!(
            (&row["type"], &row["kind"], &row["media_type"], &row["width"], &row["height"], &row["size"]),
            (&json!("media"), &json!("image"), &json!("image/png"), &json!(400), &json!(300), &json!(picture.len()))
        );
        assert_eq!(row["alt"], json!({ "vi": "Cầu thép bắc qua sông", "en": "A steel bridge" }));
        assert_eq!(
            (&row["caption"], &row["credit"], &row["alt_missing"]),
            (&json!({ "vi": "Khánh thành" }), &Value::Null, &json!(false))
        );
        let read = anyone.get(&path);
        assert_eq!((read.header("etag").split('-').next(), read.data()), (Some("\"1"), row.clone()));
        assert_eq!(anyone.get("/v1/media?filter[kind]=image&filter[alt_missing]=false&meta=total").json()["meta"]["total"], 1);

        let shown = anyone.get(row["url"].as_str().unwrap());
        assert_eq!((shown.status, &shown.body), (200, &picture));
        assert_eq!(shown.header("content-type"), "image/png");
        assert_eq!(shown.header("etag"), format!("\"{}\"", row["sha256"].as_str().unwrap()));
        assert_eq!(shown.header("cache-control"), "public, max-age=0, must-revalidate");
        assert_eq!(shown.header("x-content-type-options"), "nosniff");
        assert_eq!(
            shown.header("content-disposition"),
            "inline; filename=\"anh-cau.png\"; filename*=UTF-8''%E1%BA%A2nh%20c%E1%BA%A7u.png"
        );
        assert_eq!(anyone.get(&format!("/media/{}", row["id"].as_str().unwrap())).body, picture);
        let renamed = editor.patch(&path, made.header("etag"), &json!({ "file_name": "cau.png", "alt": { "en": null } }));
        assert_eq!((&renamed.data()["alt"], &renamed.data()["revision"]), (&json!({ "vi": "Cầu thép bắc qua sông" }), &json!(2)));
        let moved = anyone.get(&format!("{}?width=80", row["url"].as_str().unwrap()));
        assert_eq!(
            (moved.status, moved.header("location")),
            (301, format!("{path}/cau.png?width=80").replace("/v1", "").as_str())
        );

        editor.delete(&path, made.header("etag")).problem(412, "stale_revision");
        assert_eq!(editor.delete(&path, renamed.header("etag")).status, 204);
        anyone.get(&path).problem(404, "not_found");
        anyone.get(moved.header("location")).problem(404, "not_found");
    });
}

#[test]
fn what_a_file_is_told_to_be_is_not_believed() {
    let server = Server::with(&["--max-media", "1"]);
    let admin = server.admin();
    let refused = |name: &str, kind: &str, bytes: &[u8], status, code| {
        let answer = Form::new().file(name, kind, bytes).send(&admin);
        answer.problem(status, code);
    };
    refused("a.png", "image/png", b"<html><script>alert(1)</script></html>", 415, "unsupported_media");
    refused("a.jpg", "image/jpeg", &png(4, 4), 422, "media_type_mismatch");
    refused("a.exe", "application/octet-stream", b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0", 415, "unsupported_media");
    refused("a.txt", "text/plain", b"", 422, "empty_file");
    refused(
        "a.svg",
        "image/svg+xml",
        b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>",
        415,
        "unsupported_media",
    );
    refused(
        "a.svg",
        "image/svg+xml",
        b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>",
        415,
        "unsupported_media",
    );
    refused("a.mp4", "video/mp4", &film((1 << 20) + 1), 413, "body_too_large");
    refused("a.mp4", "video/mp4", &film(8 << 20), 413, "body_too_large");
    assert_eq!(uploaded(&admin, "a.mp4", &film(1 << 20)).status, 201, "the limit itself is taken");

    let form = Form::new;
    form().field("title", "Không có tệp").send(&admin).problem(400, "malformed_request");
    form()
        .file("a.png", "image/png", &png(4, 4))
        .file("b.png", "image/png", &png(5, 5))
        .send(&admin)
        .problem(400, "malformed_request");
    form()
        .field("title", "Một")
        .field("title", "Hai")
        .file("a.png", "image/png", &png(4, 4))
        .send(&admin)
        .problem(400, "malformed_request");
    for wrong in
        [("color", "red"), ("visibility", "secret"), ("alt", "không phải JSON"), ("alt[tiếng-việt]", "x"), ("language", "Việt")]
    {
        for form in [
            form().field(wrong.0, wrong.1).file("a.png", "image/png", &png(4, 4)),
            form().file("a.png", "image/png", &png(4, 4)).field(wrong.0, wrong.1),
        ] {
            let wrong_field = form.send(&admin).problem(422, "validation_failed");
            let pointer = wrong_field["errors"][0]["pointer"].as_str().unwrap().to_owned();
            assert!(pointer.starts_with(&format!("/{}", wrong.0.split('[').next().unwrap())), "{wrong_field}");
        }
    }
    admin.post("/v1/media", &json!({ "title": "x" })).problem(415, "unsupported_media_type");
    admin.send("PUT", "/v1/media", &[], b"").unwrap().problem(405, "method_not_allowed");
    assert_eq!(admin.get("/v1/media?meta=total").json()["meta"]["total"], 1, "nothing is half done");
    assert_eq!(kept(&server), 1, "and nothing of it is kept");
}

/// The files that are kept for media.
fn kept(server: &Server) -> usize {
    fn below(folder: &std::path::Path) -> usize {
        let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
        entries.map(|entry| entry.unwrap().path()).map(|path| if path.is_dir() { below(&path) } else { 1 }).sum()
    }
    below(&server.data.path().join("files/media"))
}

#[test]
fn a_name_is_only_a_name() {
    let server = Server::sqlite();
    let (admin, anyone) = (server.admin(), server.anonymous());
    let tricks = [
        ("../../etc/passwd.png", "passwd.png"),
        ("C:\\\\Users\\\\a\\\\anh.png", "anh.png"),
        ("anh\u{202e}gpj.png", "anhgpj.png"),
        ("con.png", "_con.png"),
        ("a%2fb.png", "a%2fb.png"),
        ("không đuôi", "không đuôi.png"),
        ("...", "file.png"),
    ];
    for (name, expected) in tricks {
        let made = uploaded(&admin, name, &png(6, 6));
        assert_eq!(made.data()["file_name"], expected, "{name}");
        let shown = anyone.get(&url(&made));
        assert_eq!((shown.status, shown.header("content-type")), (200, "image/png"), "{name}");
    }
    assert_eq!(kept(&server), 1, "equal bytes are kept once");
    let nowhere = "/media/0193ffff-0000-7000-8000-000000000000";
    for path in
        [nowhere, &format!("{nowhere}/../../secret"), "/media/../secret", "/media/x/y", &format!("{nowhere}/%2e%2e%2fsecret")]
    {
        anyone.get(path).problem(404, "not_found");
    }
    anyone.send("DELETE", nowhere, &[], b"").unwrap().problem(405, "method_not_allowed");
}

#[test]
fn a_file_is_given_out_in_part_and_not_twice() {
    let server = Server::sqlite();
    let (admin, anyone) = (server.admin(), server.anonymous());
    let text: String = (0..5000).map(|line| format!("{line},Xã số {line}\n")).collect();
    let bytes = text.as_bytes();
    let made = Form::new().file("xa.csv", "text/csv", bytes).send(&admin);
    let path = url(&made);
    let size = bytes.len();
    let get = |headers: &[(&str, &str)]| anyone.send("GET", &path, headers, b"").unwrap();
    let whole = get(&[]);
    let (tag, modified) = (whole.header("etag").to_owned(), whole.header("last-modified").to_owned());
    assert_eq!((whole.header("accept-ranges"), whole.header("content-type")), ("bytes", "text/csv; charset=utf-8"));
    assert_eq!(whole.header("content-disposition"), "attachment; filename=\"xa.csv\"");
    assert_eq!(whole.header("content-security-policy"), "default-src 'none'; sandbox");

    for (range, from, to) in
        [("bytes=0-9", 0, 10), ("bytes=100-", 100, size), ("bytes=-7", size - 7, size), ("bytes=0-999999999", 0, size)]
    {
        let part = get(&[("range", range), ("accept-encoding", "gzip")]);
        assert_eq!((part.status, &part.body[..]), (206, &bytes[from..to]), "{range}");
        assert_eq!(part.header("content-range"), format!("bytes {from}-{}/{size}", to - 1));
        assert_eq!((part.header("content-length"), part.header("content-encoding")), ((to - from).to_string().as_str(), ""));
    }
    for whole in ["bytes=0-1,5-6", "lines=1-2", "bytes=9-1", "bytes=x"] {
        let answer = get(&[("range", whole)]);
        assert_eq!((answer.status, answer.body.len()), (200, size), "{whole}");
    }
    let beyond = get(&[("range", &format!("bytes={size}-"))]);
    beyond.problem(416, "range_not_satisfiable");
    assert_eq!(beyond.header("content-range"), format!("bytes */{size}"));

    for (same, status) in [
        (tag.as_str(), 206),
        (&modified, 206),
        ("\"other\"", 200),
        (&format!("W/{tag}"), 200),
        ("Sun, 06 Nov 1994 08:49:37 GMT", 200),
    ] {
        assert_eq!(get(&[("range", "bytes=0-1"), ("if-range", same)]).status, status, "{same}");
    }
    for (name, value, status) in [
        ("if-none-match", tag.as_str(), 304),
        ("if-none-match", &format!("\"x\", W/{tag}"), 304),
        ("if-none-match", "\"x\"", 200),
        ("if-modified-since", &modified, 304),
        ("if-modified-since", "Sun, 06 Nov 1994 08:49:37 GMT", 200),
    ] {
        let answer = get(&[(name, value)]);
        assert_eq!((answer.status, answer.header("etag")), (status, tag.as_str()), "{name}: {value}");
    }
    assert_eq!(get(&[("if-none-match", "\"x\""), ("if-modified-since", &modified)]).status, 200, "the tag decides");

    // As it is, whatever is accepted; HEAD says the same and sends nothing.
    let asked = get(&[("accept-encoding", "gzip")]);
    assert_eq!((asked.body.as_slice(), asked.header("content-encoding")), (bytes, ""));
    let head = anyone.send("HEAD", &path, &[("range", "bytes=0-9"), ("accept-encoding", "gzip")], b"").unwrap();
    assert_eq!((head.status, head.header("content-length"), head.body.len()), (200, size.to_string().as_str(), 0));
    anyone.get(&format!("{path}?width=80")).problem(400, "invalid_parameter");
}

#[test]
fn pictures_come_in_other_sizes() {
    let server = Server::sqlite();
    let (admin, anyone) = (server.admin(), server.anonymous());
    let made = uploaded(&admin, "ảnh.png", &png(400, 300));
    let path = url(&made);
    let get = |query: &str| anyone.get(&format!("{path}?{query}"));
    let small = get("width=160");
    assert_eq!(
        (small.status, small.header("content-type"), &small.body[16..24]),
        (200, "image/png", &[0, 0, 0, 160, 0, 0, 0, 120][..])
    );
    let framed = get("width=80&height=80&fit=cover");
    assert_eq!(&framed.body[16..24], &[0, 0, 0, 80, 0, 0, 0, 80]);
    let jpeg = get("width=160&format=jpeg");
    assert_eq!((jpeg.header("content-type"), &jpeg.body[..2]), ("image/jpeg", &[0xff, 0xd8][..]));
    assert!(jpeg.header("content-disposition").starts_with("inline; filename=\"anh.jpeg\""), "{jpeg:?}");
    let tags = [anyone.get(&path), small, framed, jpeg].map(|answer| answer.header("etag").to_owned());
    assert_eq!(std::collections::HashSet::from(tags.clone()).len(), 4, "each has its own tag");
    assert_eq!(anyone.send("GET", &format!("{path}?width=160"), &[("if-none-match", &tags[1])], b"").unwrap().status, 304);
    let part = anyone.send("GET", &format!("{path}?width=160"), &[("range", "bytes=1-3")], b"").unwrap();
    assert_eq!((part.status, part.body.as_slice()), (206, &b"PNG"[..]));

    let refused = anyone.send("GET", &format!("{path}?width=161"), &[("accept-language", "en")], b"").unwrap();
    let refused = refused.problem(400, "invalid_parameter");
    assert!(refused["detail"].as_str().unwrap().contains("80, 160, 320"), "{refused}");
    assert_eq!(refused["errors"][0]["parameter"], "width");
    let unknown = get("quality=1").problem(400, "unknown_parameter");
    assert!(unknown["detail"].as_str().unwrap().contains("width, height, fit, format"), "{unknown}");
    get("width=80&width=160").problem(400, "invalid_parameter");

    let drawing =
        b"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><circle r=\"4\" style=\"fill:red\"/></svg>";
    let drawing = anyone.get(&url(&uploaded(&admin, "a.svg", drawing)));
    assert_eq!(drawing.header("content-type"), "image/svg+xml");
    let policy = drawing.header("content-security-policy");
    assert!(policy.starts_with("default-src 'none'") && policy.ends_with("sandbox"), "{policy}");
}

#[test]
fn what_is_internal_is_seen_by_those_who_write() {
    on_both(|server| {
        let (editor, anyone) = (server.editor(), server.anonymous());
        let picture = png(20, 20);
        let made = Form::new().field("visibility", "internal").file("kín.png", "image/png", &picture).send(&editor);
        let (path, file) = (made.header("location").to_owned(), url(&made));
        for path in [&path, &file, &format!("{file}?width=80"), &file.replace("%C3%AD", "x")] {
            anyone.get(path).problem(404, "not_found");
        }
        assert_eq!(anyone.get("/v1/media").json()["data"], json!([]));
        let id = path.rsplit('/').next().unwrap();
        let query = format!("{{ media(id: \"{id}\") {{ url }} node(id: \"{id}\") {{ id }} }}");
        assert_eq!(anyone.graphql(&query, json!({}))["data"], json!({ "media": null, "node": null }));
        assert_eq!(editor.graphql(&query, json!({}))["data"]["media"]["url"], file);
        let seen = editor.get(&file);
        assert_eq!((seen.status, seen.header("cache-control")), (200, "private, no-store"));

        // Who may not is told so before anything is looked at.
        Form::new().file("a.png", "image/png", b"no picture").send(&anyone).problem(401, "unauthenticated");
        anyone.patch(&path, "\"1-x\"", &json!({})).problem(401, "unauthenticated");
        anyone.delete(&path, "\"1-x\"").problem(401, "unauthenticated");
        editor.patch(&path, "\"7-x\"", &json!({ "title": "x" })).problem(412, "stale_revision");
        editor.patch(&path, made.header("etag"), &json!({ "size": 1 })).problem(422, "validation_failed");
        editor.patch(&path, made.header("etag"), &json!({ "file_name": "kín.jpg" })).problem(422, "validation_failed");
        let published = editor.patch(&path, made.header("etag"), &json!({ "visibility": "public" }));
        assert_eq!(published.status, 200, "{}", published.text());
        assert_eq!(anyone.get(&file).body, picture);
    });
}

#[test]
fn what_entries_show_stays() {
    on_both(|server| {
        let admin = server.admin();
        let definition = json!({ "name": "tour-route", "plural": "tour-routes", "title": { "vi": "Tuyến du lịch", "en": "Tour route" },
            "schema": { "type": "object", "required": ["title"], "properties": {
                "title": { "type": "string", "maxLength": 300 },
                "picture": { "type": "string", "format": "uuid", "x-media": "image" } } } });
        let added = admin.post("/v1/content-types", &definition);
        assert_eq!(added.status, 201, "{}", added.text());
        let picture = uploaded(&admin, "tuyen.png", &png(30, 20));
        let id = picture.data()["id"].as_str().unwrap().to_owned();
        let entry = admin.post("/v1/content/tour-route", &json!({ "title": "Dọc sông", "picture": id }));
        assert_eq!(entry.status, 201, "{}", entry.text());
        let of = entry.data()["id"].as_str().unwrap().to_owned();

        let used = admin.delete(picture.header("location"), picture.header("etag")).problem(409, "media_in_use");
        assert!(used["detail"].as_str().unwrap().contains(&format!("/v1/content/tour-route/{of}")), "{used}");
        let mutation = json!({ "id": id, "seen": 1 });
        let refused =
            admin.graphql("mutation($id: ID!, $seen: Int!) { deleteMedia(id: $id, revision: $seen) }", mutation.clone());
        assert_eq!(refused["errors"][0]["extensions"]["code"], "media_in_use", "{refused}");

        let shown = admin.get(&format!("/v1/content/tour-route/{of}?state=draft&include=picture&fields[media]=url,alt"));
        assert_eq!(shown.json()["included"][0]["url"], picture.data()["url"], "{}", shown.text());
        let query =
            format!("{{ tourRoute(id: \"{of}\", state: \"draft\") {{ title pictureId picture {{ url alt width size }} }} }}");
        let shown = admin.graphql(&query, json!({}));
        let row = &shown["data"]["tourRoute"];
        assert_eq!((&row["pictureId"], &row["picture"]["url"]), (&json!(id), &picture.data()["url"]), "{shown}");
        assert_eq!((&row["picture"]["width"], &row["picture"]["size"]), (&json!(30), &picture.data()["size"]), "{shown}");

        assert_eq!(admin.delete(entry.header("location"), entry.header("etag")).status, 204);
        let gone = admin.graphql("mutation($id: ID!, $seen: Int!) { deleteMedia(id: $id, revision: $seen) }", mutation);
        assert_eq!(gone["data"]["deleteMedia"], json!(id), "{gone}");
    });
}

#[test]
fn both_protocols_tell_the_same_of_media() {
    let server = Server::sqlite();
    let (admin, anyone) = (server.admin(), server.anonymous());
    let captions = uploaded(&admin, "phim.vtt", "WEBVTT\n\n00:00.000 --> 00:02.000\nXin chào\n".as_bytes());
    let recording = Form::new()
        .field("captions_id", captions.data()["id"].as_str().unwrap())
        .field("transcript", "Xin chào")
        .file("phim.mp4", "video/mp4", &film(2000))
        .send(&admin);
    let id = recording.data()["id"].clone();
    let query = "query($id: ID!) { media(id: $id) { id kind mediaType url size alt altMissing transcript captionsId captions { fileName url } } }";
    let told = anyone.graphql(query, json!({ "id": id }));
    let (one, row) = (&told["data"]["media"], recording.data());
    for (graphql, rest) in [
        ("mediaType", "media_type"),
        ("url", "url"),
        ("size", "size"),
        ("alt", "alt"),
        ("altMissing", "alt_missing"),
        ("transcript", "transcript"),
        ("captionsId", "captions_id"),
    ] {
        assert_eq!(one[graphql], row[rest], "{told}");
    }
    assert_eq!(one["captions"]["url"], captions.data()["url"], "{told}");
    let included = anyone.get(&format!("{}?include=captions", recording.header("location")));
    assert_eq!(included.json()["included"][0]["file_name"], "phim.vtt");
    let list = anyone.graphql(
        "{ mediaLibrary(filter: {kind: {eq: \"video\"}}, sort: [SIZE_DESC]) { totalCount edges { node { fileName } } } }",
        json!({}),
    );
    assert_eq!(
        list["data"]["mediaLibrary"],
        json!({ "totalCount": 1, "edges": [{ "node": { "fileName": "phim.mp4" } }] }),
        "{list}"
    );

    let update =
        "mutation($id: ID!, $input: MediaPatch!) { updateMedia(id: $id, revision: 1, input: $input) { title alt revision } }";
    let changed = admin.graphql(update, json!({ "id": id, "input": { "title": "Phim", "alt": { "vi": "Một đoạn phim" } } }));
    assert_eq!(
        changed["data"]["updateMedia"],
        json!({ "title": "Phim", "alt": { "vi": "Một đoạn phim" }, "revision": 2 }),
        "{changed}"
    );
    let denied = anyone.graphql(update, json!({ "id": id, "input": { "title": "Phim" } }));
    assert_eq!(denied["errors"][0]["extensions"]["code"], "unauthenticated");
    let none = admin.graphql("mutation { createMedia(input: {}) { id } }", json!({}));
    assert!(none["errors"][0]["message"].as_str().unwrap().contains("createMedia"), "a file comes by a form: {none}");
    admin.delete(captions.header("location"), captions.header("etag")).problem(409, "media_in_use");
}

#[test]
fn an_upload_is_done_once_however_often_it_is_sent() {
    on_both(|server| {
        let admin = server.admin();
        let send = |title: &str, bytes: &[u8]| {
            Form::new().field("title", title).file("a.png", "image/png", bytes).under(&admin, &[("idempotency-key", "once")])
        };
        let first = send("Một", &png(8, 8));
        let second = send("Một", &png(8, 8));
        assert_eq!((second.status, second.data(), second.header("etag")), (201, first.data(), first.header("etag")));
        send("Một", &png(9, 9)).problem(422, "idempotency_key_reused");
        send("Hai", &png(8, 8)).problem(422, "idempotency_key_reused");
        assert_eq!((admin.get("/v1/media?meta=total").json()["meta"]["total"].clone(), kept(&server)), (json!(1), 1));
    });
}

/// Sends the head of an upload and so much of a film; what is left to send is the end of the form.
fn begin(server: &Server, token: &str, bytes: usize) -> TcpStream {
    let head =
        "--edge\r\ncontent-disposition: form-data; name=\"file\"; filename=\"phim.mp4\"\r\ncontent-type: video/mp4\r\n\r\n";
    let length = head.len() + bytes + END.len();
    let mut stream = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
    write!(
        stream,
        "POST /v1/media HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {token}\r\ncontent-type: multipart/form-data; boundary=edge\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{head}"
    )
    .unwrap();
    stream
}

const END: &[u8] = b"\r\n--edge--\r\n";

#[test]
fn a_long_film_takes_no_memory() {
    const MIB: usize = 1 << 20;
    let server = Server::sqlite();
    let admin = server.admin();
    let before = server.memory();
    let mut stream = begin(&server, admin.token(), 300 * MIB);
    stream.write_all(&film(MIB)).unwrap();
    let piece = vec![0xa5; MIB];
    for _ in 1..300 {
        stream.write_all(&piece).unwrap();
    }
    stream.write_all(END).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
    let path: Value = serde_json::from_str(answer.split("\r\n\r\n").nth(1).unwrap()).unwrap();

    let mut stream = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
    let path = path["data"]["url"].as_str().unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n").unwrap();
    let given = std::io::copy(&mut stream, &mut std::io::sink()).unwrap();
    assert!(given > 300 * MIB as u64, "{given}");
    let peak = server.memory_at_most();
    assert!(peak < before + 32 * 1024, "{before} kB before, {peak} kB at most");
    // A build for testing is itself larger.
    let most = if cfg!(debug_assertions) { 192 } else { 128 };
    assert!(peak < most * 1024, "{peak} kB");
}

#[test]
fn whoever_hangs_up_leaves_nothing() {
    let server = Server::sqlite();
    let admin = server.admin();
    let mut stream = begin(&server, admin.token(), 64 << 20);
    stream.write_all(&film(24 << 20)).unwrap();
    let within = |what: &dyn Fn() -> bool| {
        let end = Instant::now() + Duration::from_secs(20);
        while !what() && Instant::now() < end {
            std::thread::sleep(Duration::from_millis(20));
        }
        what()
    };
    assert!(within(&|| kept(&server) > 0), "it is written while it comes");
    drop(stream);
    assert!(within(&|| kept(&server) == 0), "{} files", kept(&server));
    assert_eq!(admin.get("/v1/media").json()["data"], json!([]));
}

#[test]
fn files_lie_where_the_operator_says() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::with(&["--files", folder.path().to_str().unwrap()]);
    let picture = uploaded(&server.admin(), "a.png", &png(7, 7));
    assert_eq!(server.anonymous().get(&url(&picture)).body, png(7, 7));
    assert!(folder.path().join("media").is_dir() && !server.data.path().join("files").exists());
    let refused = crate::server::command(server.data.path(), None).args(["serve", "--files", "gs://x"]).output().unwrap();
    assert!(!refused.status.success(), "{refused:?} as {}", ADMIN.0);
}
