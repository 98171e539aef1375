//! A saved search tells another system of what it finds.

use crate::client::{Client, document};
use crate::server::{Server, on_both, on_both_with};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, VecDeque};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// Receivers of tests are on this machine and speak plain HTTP.
const OPEN: &[&str] = &["--webhooks-allow-http", "--webhooks-allow-private"];

/// A message that arrived.
#[derive(Debug, Clone)]
struct Received {
    headers: BTreeMap<String, String>,
    body: String,
}

impl Received {
    fn message(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    /// Whether the secret that was shown signed it.
    fn is_signed_with(&self, secret: &str) -> bool {
        let key = STANDARD.decode(secret.strip_prefix("whsec_").unwrap()).unwrap();
        let (id, at) = (&self.headers["webhook-id"], &self.headers["webhook-timestamp"]);
        let signature = format!("v1,{}", STANDARD.encode(hmac(&key, format!("{id}.{at}.{}", self.body).as_bytes())));
        self.headers["webhook-signature"].split(' ').any(|one| one == signature)
    }
}

/// HMAC-SHA-256 as RFC 2104 has it.
fn hmac(key: &[u8], message: &[u8]) -> Vec<u8> {
    let mut padded = [0; 64];
    padded[..key.len()].copy_from_slice(key);
    let inner = Sha256::digest([padded.map(|byte| byte ^ 0x36).as_slice(), message].concat());
    Sha256::digest([padded.map(|byte| byte ^ 0x5c).as_slice(), inner.as_slice()].concat()).to_vec()
}

/// Somebody else's system: it answers with the statuses it was told, then 204.
struct Receiver {
    port: u16,
    received: Arc<Mutex<Vec<Received>>>,
    statuses: Arc<Mutex<VecDeque<u16>>>,
}

impl Receiver {
    fn listening() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let receiver = Self { port: listener.local_addr().unwrap().port(), received: Arc::default(), statuses: Arc::default() };
        let (received, statuses) = (receiver.received.clone(), receiver.statuses.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let (received, statuses) = (received.clone(), statuses.clone());
                std::thread::spawn(move || answer(stream.unwrap(), &received, &statuses));
            }
        });
        receiver
    }

    fn url(&self) -> String {
        format!("http://127.0.0.1:{}/hook", self.port)
    }

    /// The messages, once there are so many, or too long has passed.
    fn messages(&self, count: usize) -> Vec<Received> {
        let end = Instant::now() + Duration::from_secs(20);
        while Instant::now() < end && self.received.lock().unwrap().len() < count {
            std::thread::sleep(Duration::from_millis(20));
        }
        self.received.lock().unwrap().clone()
    }

    /// The types of the messages.
    fn types(&self, count: usize) -> Vec<String> {
        self.messages(count).iter().map(|one| one.message()["type"].as_str().unwrap().to_owned()).collect()
    }
}

fn answer(stream: TcpStream, received: &Mutex<Vec<Received>>, statuses: &Mutex<VecDeque<u16>>) {
    let mut reader = BufReader::new(stream);
    let mut headers = BTreeMap::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).unwrap_or(0) == 0 {
            return;
        }
        match line.trim_end().split_once(": ") {
            Some((name, value)) => headers.insert(name.to_lowercase(), value.to_owned()),
            None if line.trim_end().is_empty() => break,
            None => headers.insert(String::new(), line.trim_end().to_owned()),
        };
    }
    let mut body = vec![0; headers["content-length"].parse().unwrap()];
    reader.read_exact(&mut body).unwrap();
    received.lock().unwrap().push(Received { headers, body: String::from_utf8(body).unwrap() });
    let status = statuses.lock().unwrap().pop_front().unwrap_or(204);
    let _ = write!(reader.get_mut(), "HTTP/1.1 {status} Told\r\nconnection: close\r\ncontent-length: 0\r\n\r\n");
}

/// A webhook of the caller's for a search.
fn made(caller: &Client, receiver: &Receiver, search: Value) -> Value {
    let body = json!({ "name": "Cổng thành viên", "url": receiver.url(), "search": search });
    caller.post("/v1/webhooks", &body).data()
}

fn path(hook: &Value) -> String {
    format!("/v1/webhooks/{}", hook["id"].as_str().unwrap())
}

/// Does something with a webhook as it is.
fn act(caller: &Client, hook: &Value, body: Value) -> Value {
    let path = path(hook);
    let tag = caller.get(&path).header("etag").to_owned();
    caller.json("POST", &format!("{path}/transitions"), &[("if-match", &tag)], &body).data()
}

/// The deliveries of a webhook, once the newest is in this state, or too long has passed.
fn log(caller: &Client, hook: &Value, state: &str) -> Vec<Value> {
    let end = Instant::now() + Duration::from_secs(20);
    loop {
        let rows = caller.get(&format!("{}/deliveries", path(hook))).data().as_array().unwrap().clone();
        if rows.first().is_some_and(|row| row["state"] == state) || Instant::now() > end {
            return rows;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn published(caller: &Client, number: &str, title: &str) -> (String, String) {
    let answer = caller.post("/v1/documents", &document(number, json!({ "state": "published", "title": title })));
    answer.data();
    (answer.header("location").to_owned(), answer.header("etag").to_owned())
}

#[test]
fn what_a_search_finds_arrives_signed_and_what_it_does_not_find_never_does() {
    on_both_with(OPEN, |server| {
        let (admin, editor) = (server.admin(), server.editor());
        let (ferry, everything) = (Receiver::listening(), Receiver::listening());
        let hook = made(&editor, &ferry, json!([["q", "đò ngang"], ["filter[type]", "document"]]));
        made(&editor, &everything, json!([]));
        let secret = hook["secret"].as_str().unwrap();
        published(&admin, "1/2026/QĐ-UBND", "Quản lý chợ phiên và đường ngang ngõ tắt");
        admin.post("/v1/documents", &document("3/2026/QĐ-UBND", json!({ "title": "Dự thảo bến đò ngang" })));
        let (location, tag) = published(&admin, "2/2026/QĐ-UBND", "Quy chế bến đò ngang sông Lam");
        let received = ferry.messages(1);
        let message = received[0].message();
        assert_eq!(message["type"], "document.published");
        assert_eq!(message["data"]["url"], location);
        assert_eq!(message["data"]["number"], "2/2026/QĐ-UBND");
        assert_eq!(message["data"]["title"], "Quy chế bến đò ngang sông Lam");
        assert!(received[0].is_signed_with(secret), "{received:?}");
        assert!(!received[0].is_signed_with("whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="));
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
        assert!(now.abs_diff(received[0].headers["webhook-timestamp"].parse().unwrap()) < 30);

        admin.transition(&location, &tag, "withdraw").data();
        let received = ferry.messages(2);
        let withdrawn = received[1].message();
        assert_eq!(withdrawn["type"], "document.withdrawn");
        assert_eq!(withdrawn["data"], json!({ "id": message["data"]["id"], "type": "document", "url": location }));
        // The market road is older than what has arrived: it would be here.
        assert_eq!(ferry.received.lock().unwrap().len(), 2);
        let mut types = everything.types(3);
        types.sort();
        assert_eq!(types, ["document.published", "document.published", "document.withdrawn"]);
        let rows = log(&editor, &hook, "delivered");
        assert_eq!(rows.len(), 2);
        assert_eq!((&rows[0]["action"], &rows[0]["status_code"]), (&json!("withdrawn"), &json!(204)));
        assert_eq!(rows[0]["id"], received[1].headers["webhook-id"]);
    });
}

#[test]
fn what_does_not_arrive_is_logged_tried_again_and_can_be_replayed() {
    on_both_with(OPEN, |server| {
        let (admin, receiver) = (server.admin(), Receiver::listening());
        let hook = made(&admin, &receiver, json!([["q", "bến đò"]]));
        receiver.statuses.lock().unwrap().push_back(500);
        let begun = Instant::now();
        published(&admin, "1/2026/QĐ-UBND", "Quy chế bến đò");
        receiver.messages(1);
        let rows = log(&admin, &hook, "pending");
        assert_eq!((&rows[0]["state"], &rows[0]["action"]), (&json!("pending"), &json!("published")));
        let received = receiver.messages(2);
        assert!(begun.elapsed() >= Duration::from_secs(5), "not before five seconds");
        let rows = log(&admin, &hook, "delivered");
        assert_eq!((&rows[0]["state"], &rows[0]["attempts"]), (&json!("delivered"), &json!(2)));
        act(&admin, &hook, json!({ "action": "replay", "delivery_id": rows[0]["id"] }));
        let again = receiver.messages(3);
        let ids: Vec<&String> = again.iter().map(|one| &one.headers["webhook-id"]).collect();
        assert!(ids.iter().all(|id| *id == &received[0].headers["webhook-id"]), "{ids:?}");
        let rotated = act(&admin, &hook, json!({ "action": "rotate" }));
        act(&admin, &hook, json!({ "action": "test" }));
        let ping = receiver.messages(4)[3].clone();
        assert_eq!(ping.message()["type"], "ping");
        assert!(ping.is_signed_with(rotated["secret"].as_str().unwrap()));
        assert!(ping.is_signed_with(hook["secret"].as_str().unwrap()), "the former one holds for a day");
    });
}

#[test]
fn a_webhook_is_its_owners_alone_and_follows_when_it_is_active() {
    on_both_with(OPEN, |server| {
        let (admin, editor, receiver) = (server.admin(), server.editor(), Receiver::listening());
        let hook = made(&admin, &receiver, json!([["filter[type]", "document"]]));
        assert!(hook["secret"].as_str().unwrap().starts_with("whsec_"));
        let shown = admin.get(&path(&hook));
        assert!(shown.header("cache-control").contains("no-store"), "{}", shown.header("cache-control"));
        assert!(shown.data().get("secret").is_none_or(Value::is_null));
        let anyone = server.anonymous();
        anyone.get("/v1/webhooks").problem(401, "unauthenticated");
        anyone.get(&path(&hook)).problem(401, "unauthenticated");
        anyone.post("/v1/webhooks", &json!({})).problem(401, "unauthenticated");
        for answer in [
            editor.get(&path(&hook)),
            editor.get(&format!("{}/deliveries", path(&hook))),
            editor.patch(&path(&hook), "\"1-x\"", &json!({ "name": "x" })),
            editor.delete(&path(&hook), "\"1-x\""),
            editor.transition(&path(&hook), "\"1-x\"", "rotate"),
        ] {
            answer.problem(404, "not_found");
        }
        assert_eq!(editor.get("/v1/webhooks").data(), json!([]));
        assert_eq!(admin.get("/v1/webhooks").data().as_array().unwrap().len(), 1);
        let query = "{ webhooks { edges { node { name search secret deliveries { state } } } } }";
        assert_eq!(editor.graphql(query, json!({}))["data"]["webhooks"]["edges"], json!([]));
        let node = &admin.graphql(query, json!({}))["data"]["webhooks"]["edges"][0]["node"];
        assert_eq!(node["search"], json!([["filter[type]", "document"]]), "{node}");
        assert_eq!((&node["secret"], &node["deliveries"]), (&Value::Null, &json!([])));

        act(&admin, &hook, json!({ "action": "pause" }));
        published(&admin, "1/2026/QĐ-UBND", "Khi đang tạm dừng");
        let other = made(&editor, &receiver, json!([["q", "khi"]]));
        assert_eq!(act(&admin, &hook, json!({ "action": "resume" }))["state"], "active");
        published(&admin, "2/2026/QĐ-UBND", "Khi đã chạy lại");
        let numbers: Vec<Value> = receiver.messages(2).iter().map(|one| one.message()["data"]["number"].clone()).collect();
        assert_eq!(numbers, ["2/2026/QĐ-UBND", "2/2026/QĐ-UBND"], "what happened before is not told");
        let tag = editor.get(&path(&other)).header("etag").to_owned();
        assert_eq!(editor.delete(&path(&other), &tag).status, 204);
        editor.get(&path(&other)).problem(404, "not_found");
    });
}

#[test]
fn a_search_that_means_nothing_and_an_address_inside_are_refused() {
    on_both(|server| {
        let editor = server.editor();
        let refused = |url: &str, search: Value| {
            let answer = editor.post("/v1/webhooks", &json!({ "name": "x", "url": url, "search": search }));
            let problem = answer.problem(422, "validation_failed");
            problem["errors"][0]["pointer"].as_str().unwrap().to_owned()
        };
        let public = "https://hook.example.com/";
        for (search, pointer) in [
            (json!([["q", "x"], ["page[size]", "5"]]), "/search/1/0"),
            (json!([["sort", "-date"]]), "/search/0/0"),
            (json!([["q", "x"], ["meta", "total"], ["explain", "true"]]), "/search/1/0"),
            (json!([["filter[no-such]", "x"]]), "/search/0/0"),
            (json!([["q", "x"], ["filter[date][gte]", "yesterday"]]), "/search/1/1"),
            (json!([["as_of", "2026-01-01"]]), "/search"),
            (json!([["q"]]), "/search/0"),
            (json!([["q", "a\u{0}"]]), "/search/0/1"),
            (json!("q=x"), "/search"),
        ] {
            assert_eq!(refused(public, search.clone()), pointer, "{search}");
        }
        for url in [
            "http://hook.example.com/",
            "https://localhost/",
            "https://127.0.0.1/",
            "https://0x7f000001/",
            "https://[::ffff:127.0.0.1]/",
            "https://10.0.0.8/",
            "https://169.254.169.254/latest/meta-data/",
            "https://metadata.google.internal/",
            "https://user:word@hook.example.com/",
            "https://hook.example.com:22/",
            "file:///etc/passwd",
            "nonsense",
        ] {
            assert_eq!(refused(url, json!([])), "/url", "{url}");
        }
        let hook = editor.post("/v1/webhooks", &json!({ "name": "x", "url": public, "search": [["q", "x"]] })).data();
        let tag = editor.get(&path(&hook)).header("etag").to_owned();
        let problem =
            editor.patch(&path(&hook), &tag, &json!({ "search": [["facets", "type"]] })).problem(422, "validation_failed");
        assert_eq!(problem["errors"][0]["pointer"], "/search/0/0");
        editor.patch(&path(&hook), &tag, &json!({ "url": "https://192.168.1.1/" })).problem(422, "validation_failed");
        editor.transition(&path(&hook), &tag, "publish").problem(422, "validation_failed");
    });
}

#[test]
fn two_servers_send_every_message_once() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let Some(url) = runtime.block_on(testkit::fresh_postgres()) else { return };
    let [one, other] = Server::two_nodes_with(&url, OPEN);
    let (admin, receiver) = (one.admin(), Receiver::listening());
    made(&admin, &receiver, json!([["filter[type]", "document"]]));
    let second = other.admin();
    for n in 0..20 {
        let caller = if n % 2 == 0 { &admin } else { &second };
        published(caller, &format!("{n}/2026/QĐ-UBND"), "Quy chế bến đò");
    }
    receiver.messages(20);
    published(&admin, "99/2026/QĐ-UBND", "Cái cuối cùng");
    let received = receiver.messages(21);
    let mut ids: Vec<&String> = received.iter().map(|one| &one.headers["webhook-id"]).collect();
    ids.sort();
    ids.dedup();
    assert_eq!((ids.len(), received.len()), (21, 21));
}
