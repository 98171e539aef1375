//! The server of the tests, and indexes of one test on it.

use kernel::Id;
use search::{Facets, Hits, Meilisearch, Passage, Query, SearchDocument, SearchIndex, Settings, Times};
use serde_json::Value;
use std::sync::atomic::{AtomicU32, Ordering};
use time::Date;

pub struct Server {
    pub url: String,
    pub key: Option<String>,
}

/// The server; `None`, which is said aloud, where none is named.
pub fn server() -> Option<Server> {
    let Ok(url) = std::env::var("MEILISEARCH_URL") else {
        eprintln!("SKIPPED: no Meilisearch server is named by MEILISEARCH_URL");
        return None;
    };
    Some(Server { url, key: std::env::var("MEILISEARCH_KEY").ok() })
}

/// A prefix that no other test has.
pub fn prefix() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    format!("test-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed))
}

impl Server {
    pub async fn open(&self, prefix: &str) -> search::OpenedMeilisearch {
        Meilisearch::connect(&self.url, self.key.as_deref(), prefix, Settings::default()).await.unwrap()
    }

    /// Asks the server itself.
    pub async fn ask(&self, verb: reqwest::Method, path: &str, body: Option<Value>) -> (u16, Value) {
        let url = format!("{}{path}", self.url.replacen("meilisearch", "http", 1));
        let mut request = reqwest::Client::new().request(verb, url);
        if let Some(key) = &self.key {
            request = request.bearer_auth(key);
        }
        if let Some(body) = body {
            request = request.header("content-type", "application/json").body(body.to_string());
        }
        let response = request.send().await.unwrap();
        let status = response.status().as_u16();
        let text = response.text().await.unwrap();
        (status, serde_json::from_str(&text).unwrap_or_default())
    }

    /// Has the server do something, and waits until it is done.
    pub async fn does(&self, verb: reqwest::Method, path: &str, body: Option<Value>) {
        let (_, task) = self.ask(verb, path, body).await;
        let task = task["taskUid"].as_u64().unwrap_or_else(|| panic!("{path}: {task}"));
        loop {
            let (_, told) = self.ask(reqwest::Method::GET, &format!("/tasks/{task}"), None).await;
            match told["status"].as_str().unwrap() {
                "enqueued" | "processing" => tokio::time::sleep(std::time::Duration::from_millis(5)).await,
                status => return assert_eq!(status, "succeeded", "{told}"),
            }
        }
    }

    /// Removes the index of a test.
    pub async fn remove(&self, prefix: &str) {
        self.does(reqwest::Method::DELETE, &format!("/indexes/{prefix}_records"), None).await;
    }
}

pub fn today() -> Date {
    kernel::parse_date("2026-11-24").unwrap()
}

pub fn id(n: u32) -> Id {
    Id::parse(&format!("00000000-0000-7000-8000-00000000{n:04x}")).unwrap()
}

/// A document with these passages.
pub fn document(n: u32, title: &str, texts: &[&str]) -> SearchDocument {
    let passages = texts.iter().enumerate().map(|(at, text)| Passage {
        eid: Some(format!("art_{}", at + 1)),
        heading: Some(format!("Điều {}", at + 1)),
        text: (*text).to_owned(),
    });
    SearchDocument {
        id: id(n),
        resource_type: "document".to_owned(),
        number: None,
        title: title.to_owned(),
        date: None,
        facets: Facets::new(),
        times: vec![Times { from: None, until: None, in_force: true, facets: Facets::new(), passages: passages.collect() }],
    }
}

/// The numbers of the ids of hits, in their order.
pub fn numbers(hits: &Hits) -> Vec<u32> {
    hits.hits.iter().map(|hit| u32::try_from(hit.id.0.as_u128() & 0xFFFF).unwrap()).collect()
}

pub async fn found(index: &dyn SearchIndex, text: &str) -> Vec<u32> {
    let hits = index.search(&Query::of(text, today())).await.unwrap();
    assert_eq!(hits.total, hits.hits.len() as u64, "{text}");
    numbers(&hits)
}
