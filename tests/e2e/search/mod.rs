//! Search: what is found, how it is filtered, the law of a day, and an index that is damaged or built anew.

mod damage;
mod filtering;
mod finding;
mod graphql;
mod law;
mod refusing;
mod reindexing;

use crate::client::Client;
use crate::server::Server;
use serde_json::Value;
use std::time::{Duration, Instant};

/// Asks until something holds, or too long has passed; whether it holds.
fn until(holds: impl Fn() -> bool) -> bool {
    let end = Instant::now() + Duration::from_secs(30);
    loop {
        if holds() {
            return true;
        }
        if Instant::now() > end {
            return false;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// Asks until the answer has so many hits, or too long has passed.
fn hits(caller: &Client, query: &str, count: usize) -> Vec<Value> {
    let found = || caller.get(&format!("/v1/search?q={query}")).data().as_array().unwrap().clone();
    until(|| found().len() == count);
    found()
}

/// The ids of the rows of an answer, in their order.
fn ids(answer: &Value) -> Vec<String> {
    let rows = answer["data"].as_array().unwrap_or_else(|| panic!("{answer}"));
    rows.iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
}

/// Waits until the index has seen all that was changed: nothing waits to be numbered, nothing to be indexed.
fn settled(server: &Server) {
    let anyone = server.anonymous();
    let mut still = 0;
    let is_settled = until(|| anyone.get("/metrics").text().contains("search_lag_events 0")) && {
        while still < 6 {
            std::thread::sleep(Duration::from_millis(50));
            still = if anyone.get("/metrics").text().contains("search_lag_events 0") { still + 1 } else { 0 };
        }
        true
    };
    assert!(is_settled, "{}", server.log());
}

/// The name of the index that answers.
fn current(server: &Server) -> String {
    std::fs::read_to_string(server.data.path().join("index/current")).unwrap()
}
