use crate::server::{document, prefix, server};
use search::{Change, Error, Meilisearch, Query, SearchIndex, Settings};
use std::io::{Read, Write};
use std::net::TcpListener;
use std::time::{Duration, Instant};

async fn refused(url: &str, key: Option<&str>) -> Error {
    Meilisearch::connect(url, key, "test", Settings::default()).await.err().unwrap()
}

/// A server that answers every request so.
fn answering(answer: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let _ = stream.read(&mut [0; 4096]);
            let _ = stream.write_all(answer.as_bytes());
            if answer.is_empty() {
                std::mem::forget(stream);
            }
        }
    });
    format!("meilisearch://127.0.0.1:{port}")
}

#[tokio::test]
async fn a_server_that_is_not_there_or_ill_is_away() {
    let none = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    for url in [
        format!("meilisearch://127.0.0.1:{none}"),
        "meilisearch://no-such-host.invalid".to_owned(),
        answering("HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"),
        answering("HTTP/1.1 502 Bad Gateway\r\ncontent-length: 5\r\nconnection: close\r\n\r\n<html"),
    ] {
        let error = refused(&url, Some("a-secret-key")).await;
        assert!(matches!(error, Error::Away(_)), "{url}: {error}");
        assert!(!format!("{error} {error:?}").contains("secret"), "{error}");
    }
}

#[tokio::test]
async fn a_server_that_says_nothing_is_away_after_some_seconds() {
    let began = Instant::now();
    let error = refused(&answering(""), None).await;
    assert!(matches!(error, Error::Away(_)), "{error}");
    assert!(began.elapsed() < Duration::from_secs(20));
}

#[tokio::test]
async fn what_is_no_meilisearch_or_too_old_is_refused() {
    let page = "HTTP/1.1 200 OK\r\ncontent-length: 6\r\nconnection: close\r\n\r\n<html>";
    assert!(matches!(refused(&answering(page), None).await, Error::Failed(_)));
    let old = "HTTP/1.1 200 OK\r\ncontent-length: 24\r\nconnection: close\r\n\r\n{\"pkgVersion\": \"1.39.2\"}";
    let error = refused(&answering(old), None).await;
    assert!(error.to_string().contains("1.40"), "{error}");
    let elsewhere = "HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
    assert!(matches!(refused(&answering(elsewhere), Some("key")).await, Error::Failed(_)));
}

#[tokio::test]
async fn keys_and_prefixes_that_cannot_be_are_refused() {
    for (key, prefix) in [(Some("a\nb"), "test"), (None, ""), (None, "../keys"), (None, "sở")] {
        let url = answering("HTTP/1.1 200 OK\r\ncontent-length: 24\r\nconnection: close\r\n\r\n{\"pkgVersion\": \"1.50.0\"}");
        let error = Meilisearch::connect(&url, key, prefix, Settings::default()).await.err().unwrap();
        assert!(matches!(error, Error::Failed(_)), "{error}");
    }
}

#[tokio::test]
async fn an_index_that_was_removed_is_damaged() {
    let Some(server) = server() else { return };
    let prefix = prefix();
    let index = server.open(&prefix).await.index;
    index.apply(vec![Change::Upsert(document(1, "Giá đất", &[]))]).await.unwrap();
    index.ready().await.unwrap();
    server.does(reqwest::Method::DELETE, &format!("/indexes/{prefix}_records/documents"), None).await;
    assert!(matches!(index.ready().await, Err(Error::Damaged(_))));
    server.remove(&prefix).await;
    assert!(matches!(index.ready().await, Err(Error::Damaged(_))));
    let query = Query::of("giá đất", crate::server::today());
    assert!(matches!(index.search(&query).await, Err(Error::Damaged(_))));
}
