//! An editorial board: one who writes, one who approves, and a content type of their own.

use crate::client::{Answer, Client};
use crate::server::Server;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// A type that the operator has added.
pub const TOUR: &str = r#"{ "name": "tour-route", "plural": "tour-routes", "title": { "vi": "Tuyến du lịch", "en": "Tour route" },
  "schema": { "type": "object", "required": ["title"], "properties": {
    "title":     { "type": "string", "maxLength": 300, "x-localizable": true, "x-searchable": true, "x-filterable": true, "x-sortable": true },
    "length_km": { "type": "number", "minimum": 0, "x-filterable": true, "x-sortable": true },
    "stops":     { "type": "array", "items": { "type": "string", "maxLength": 100 }, "x-filterable": true },
    "guide":     { "type": "string", "format": "uuid", "x-relation": "official" },
    "story":     { "type": "string", "format": "markdown", "x-localizable": true, "x-searchable": true },
    "blocks":    { "type": "array", "x-blocks": true, "x-localizable": true } } } }"#;

pub struct Board {
    /// Writes, submits, publishes.
    pub writer: Client,
    /// Approves.
    pub chief: Client,
}

impl Board {
    pub fn of(server: &Server) -> Self {
        let chief = server.admin();
        let made = chief.post("/v1/content-types", &serde_json::from_str(TOUR).unwrap());
        assert_eq!(made.status, 201, "{}", made.text());
        Self { writer: server.editor(), chief }
    }

    /// The tag of what is worked on.
    pub fn tag(&self, path: &str) -> String {
        self.writer.get(&format!("{path}?state=draft")).header("etag").to_owned()
    }

    /// A draft of the type of the board: its address and itself.
    pub fn tour(&self, title: &str) -> (String, Value) {
        self.entry("tour-route", json!({ "title": title }))
    }

    pub fn entry(&self, of: &str, body: Value) -> (String, Value) {
        let made = self.writer.post(&format!("/v1/content/{of}"), &body);
        assert_eq!(made.status, 201, "{}", made.text());
        (made.header("location").to_owned(), made.data())
    }

    pub fn act(&self, path: &str, caller: &Client, body: Value) -> Answer {
        let tag = self.tag(path);
        caller.json("POST", &format!("{path}/transitions"), &[("if-match", &tag)], &body)
    }

    pub fn step(&self, path: &str, caller: &Client, action: &str) -> Answer {
        self.act(path, caller, json!({ "action": action }))
    }

    /// Submits, approves and publishes.
    pub fn publish(&self, path: &str) {
        self.publish_in(path, None);
    }

    pub fn publish_in(&self, path: &str, lang: Option<&str>) {
        for (caller, action) in [(&self.writer, "submit"), (&self.chief, "approve"), (&self.writer, "publish")] {
            let tag = self.tag(path);
            let lang = lang.map(|lang| format!("?lang={lang}")).unwrap_or_default();
            let address = format!("{path}/transitions{lang}");
            caller.json("POST", &address, &[("if-match", &tag)], &json!({ "action": action })).data();
        }
    }

    /// Waits until something holds.
    pub fn wait(&self, holds: impl Fn() -> bool) {
        let end = Instant::now() + Duration::from_secs(20);
        while !holds() {
            assert!(Instant::now() < end, "it did not come about in time");
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

/// An official with all that a published one needs.
pub fn official(name: &str) -> Value {
    json!({ "name": name, "position": "Hướng dẫn viên", "unit": "Sở Du lịch", "phone": "0200 3812 010", "email": "ben@songlam.gov.vn" })
}
