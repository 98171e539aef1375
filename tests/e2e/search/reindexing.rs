//! `congkhai reindex`: an index is built beside the one that answers, and takes its place.

use super::{current, hits, ids, settled, until};
use crate::client::document;
use crate::server::{Server, on_both};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicBool, Ordering};

/// Publishes so many documents by import.
fn fill(server: &Server, count: usize) {
    let folder = tempfile::tempdir().unwrap();
    for n in 0..count {
        let text = crate::client::published_text(
            &format!("{}/2022/QĐ-UBND", n + 1),
            "ngày 03 tháng 5 năm 2022",
            "có hiệu lực kể từ ngày 15 tháng 5 năm 2022",
        );
        std::fs::write(folder.path().join(format!("{n}.txt")), text).unwrap();
    }
    let imported = server.run(&["import", "documents", folder.path().to_str().unwrap()], &[]);
    assert!(imported.status.success(), "{imported:?}");
    let anyone = server.anonymous();
    let total = || anyone.get("/v1/search?q=phong+doc&meta=total").json()["meta"]["total"].clone();
    assert!(until(|| total() == count), "{}: {}", total(), server.log());
    settled(server);
}

fn stderr(output: &std::process::Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn an_index_is_built_beside_the_one_that_answers_and_takes_its_place() {
    on_both(|server| {
        fill(&server, 60);
        let (admin, anyone, before) = (server.admin(), server.anonymous(), current(&server));
        let done = AtomicBool::new(false);
        let (output, published) = std::thread::scope(|scope| {
            let reindex = scope.spawn(|| {
                let output = server.run(&["reindex"], &[]);
                done.store(true, Ordering::SeqCst);
                output
            });
            let mut published = Vec::new();
            while !done.load(Ordering::SeqCst) {
                let made = admin.post(
                    "/v1/documents",
                    &document(
                        &format!("{}/2023/QĐ-UBND", published.len() + 1),
                        json!({ "state": "published", "title": "Bến đò mở trong lúc ấy" }),
                    ),
                );
                published.push(made);
                let found = anyone.get("/v1/search?q=phong+doc&meta=total");
                assert_eq!((found.status, &found.json()["meta"]["total"]), (200, &json!(60)), "{}", found.text());
            }
            (reindex.join().unwrap(), published)
        });
        assert!(output.status.success() && stderr(&output).contains("answered from the new index"), "{output:?}");
        assert_ne!(current(&server), before);
        assert!(!server.data.path().join("index").join(before).exists(), "the old one is removed");
        assert!(!published.is_empty());
        let total = |query: &str| anyone.get(&format!("/v1/search?q={query}&meta=total")).json()["meta"]["total"].clone();
        assert!(
            until(|| total("ben+do+mo") == published.len()),
            "{} of {}: {}",
            total("ben+do+mo"),
            published.len(),
            server.log()
        );
        assert_eq!(total("phong+doc"), 60);
        // It is followed as the other was.
        admin.transition(published[0].header("location"), published[0].header("etag"), "withdraw");
        assert!(until(|| total("ben+do+mo") == published.len() - 1));
        settled(&server);
        assert_eq!(total("ben+do+mo"), published.len() - 1);
        let again = server.run(&["reindex"], &[]);
        assert!(again.status.success() && stderr(&again).contains("answered from the new index"), "{again:?}");
        assert_eq!((total("phong+doc"), total("ben+do+mo")), (json!(60), json!(published.len() - 1)));
    });
}

#[test]
fn an_index_that_was_built_without_a_server_is_taken_up_at_the_next_start() {
    on_both(|mut server| {
        fill(&server, 20);
        let before = current(&server);
        assert!(server.stop());
        let built = server.run(&["reindex"], &[]);
        assert!(built.status.success() && stderr(&built).contains("as soon as it runs"), "{built:?}");
        assert_eq!(current(&server), before);
        let server = server.restart();
        let (admin, anyone) = (server.admin(), server.anonymous());
        assert!(until(|| current(&server) != before), "{}", server.log());
        let total = || anyone.get("/v1/search?q=phong+doc&meta=total").json()["meta"]["total"].clone();
        assert!(until(|| total() == 20), "{}: {}", total(), server.log());
        admin.post("/v1/documents", &document("99/2023/QĐ-UBND", json!({ "state": "published", "title": "Phòng đọc mới" })));
        assert!(until(|| total() == 21), "{}: {}", total(), server.log());
    });
}

#[test]
fn resources_of_one_type_are_read_again_and_an_unknown_type_is_refused() {
    on_both(|server| {
        fill(&server, 20);
        let (anyone, before) = (server.anonymous(), current(&server));
        let found = || ids(&anyone.get("/v1/search?q=phong+doc&page[size]=100").json());
        let first = found();
        let read = server.run(&["reindex", "--type", "document"], &[]);
        assert!(read.status.success() && stderr(&read).contains("reads them again"), "{read:?}");
        settled(&server);
        assert_eq!((current(&server), found().len()), (before.clone(), first.len()));
        for wrong in ["bogus", "", "Document", "documents", "../x"] {
            let refused = server.run(&["reindex", "--type", wrong], &[]);
            assert!(
                !refused.status.success()
                    && stderr(&refused).contains("there is no type")
                    && stderr(&refused).contains("document"),
                "{wrong}: {refused:?}"
            );
        }
        assert!(!server.run(&["reindex", "extra"], &[]).status.success());
        assert_eq!(current(&server), before);
    });
}

#[test]
fn an_installation_without_anything_published_keeps_its_index() {
    on_both(|server| {
        let built = server.run(&["reindex"], &[]);
        assert!(built.status.success(), "{built:?}");
        let admin = server.admin();
        admin.post("/v1/documents", &document("1/2023/QĐ-UBND", json!({ "state": "published", "title": "Phòng đọc mới" })));
        assert_eq!(hits(&server.anonymous(), "phong+doc", 1).len(), 1, "{}", server.log());
    });
}

#[test]
fn an_index_that_one_node_has_built_leaves_the_others_as_they_are() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let Some(url) = runtime.block_on(testkit::fresh_postgres()) else { return };
    let [one, other] = Server::two_nodes(&url);
    fill(&one, 20);
    let total = |server: &Server| -> Value {
        server.anonymous().get("/v1/search?q=phong+doc&meta=total").json()["meta"]["total"].clone()
    };
    assert!(until(|| total(&other) == 20));
    let (before, kept) = (current(&one), current(&other));
    let admin = other.admin();
    let built = std::thread::scope(|scope| {
        let built = scope.spawn(|| one.run(&["reindex"], &[]));
        for n in 0..10 {
            admin.post(
                "/v1/documents",
                &document(&format!("{n}/2023/QĐ-UBND"), json!({ "state": "published", "title": "Phòng đọc mới" })),
            );
        }
        built.join().unwrap()
    });
    assert!(built.status.success(), "{built:?}");
    for server in [&one, &other] {
        assert!(until(|| total(server) == 30), "{}: {}", total(server), server.log());
        settled(server);
        assert_eq!(total(server), 30, "{}", server.log());
    }
    assert!(current(&one) != before && current(&other) == kept);
}
