//! An index that is damaged while the server runs is built anew.

use super::{current, hits, ids, settled, until};
use crate::client::document;
use crate::server::{Server, on_both};
use serde_json::json;
use std::path::{Path, PathBuf};

fn folder(server: &Server) -> PathBuf {
    server.data.path().join("index").join(current(server))
}

fn files(folder: &Path) -> Vec<PathBuf> {
    std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file()).collect()
}

/// Damages the index and waits until all is found again: searches answer or say that they are away, all else goes on.
fn heals(server: &Server, number: &str, damage: impl Fn(&Path)) {
    let (admin, anyone) = (server.admin(), server.anonymous());
    let (before, found) = (current(server), hits(&anyone, "ben+do&page[size]=100", 12));
    settled(server);
    damage(&folder(server));
    let healed = until(|| {
        let answer = anyone.get("/v1/search?q=ben+do&page[size]=100");
        if answer.status != 200 {
            answer.problem(503, "unavailable");
        }
        for at in ["/v1/documents", "/livez", "/feeds/main/document.atom"] {
            assert_eq!(anyone.get(at).status, 200, "{at}");
        }
        current(server) != before
    });
    assert!(healed, "{}", server.log());
    let made = admin.post("/v1/documents", &document(number, json!({ "state": "published", "title": "Sau khi hỏng" })));
    assert_eq!(made.status, 201, "{}", made.text());
    let again = hits(&anyone, "ben+do&page[size]=100", 12);
    assert_eq!(again.len(), 12, "{}", server.log());
    assert_eq!(again.iter().map(|hit| &hit["id"]).collect::<Vec<_>>(), found.iter().map(|hit| &hit["id"]).collect::<Vec<_>>());
    assert_eq!(hits(&anyone, "sau+khi+hong", 1).len(), 1, "what is published afterwards is found: {}", server.log());
    assert!(until(|| anyone.get("/readyz").status == 200));
    let tag = admin.get(made.header("location")).header("etag").to_owned();
    assert_eq!(admin.transition(made.header("location"), &tag, "withdraw").status, 200);
    settled(server);
}

#[test]
fn a_damaged_index_is_built_anew_while_the_server_runs() {
    on_both(|server| {
        let admin = server.admin();
        for n in 0..12 {
            let made = admin.post(
                "/v1/documents",
                &document(&format!("{n}/2024/QĐ-UBND"), json!({ "state": "published", "title": format!("Bến đò số {n}") })),
            );
            assert_eq!(made.status, 201);
        }
        heals(&server, "77/2024/QĐ-UBND", |folder| files(folder).iter().for_each(|file| std::fs::remove_file(file).unwrap()));
        heals(&server, "78/2024/QĐ-UBND", |folder| std::fs::remove_dir_all(folder).unwrap());
        heals(&server, "79/2024/QĐ-UBND", |folder| {
            for file in files(folder).iter().filter(|file| file.extension().is_some_and(|of| of == "store" || of == "idx")) {
                // What is mapped into memory is not cut short: another file takes its place.
                std::fs::remove_file(file).unwrap();
                std::fs::write(file, b"").unwrap();
            }
        });
        heals(&server, "80/2024/QĐ-UBND", |folder| {
            for file in files(folder).iter().filter(|file| file.extension().is_some()) {
                let length = std::fs::metadata(file).unwrap().len();
                std::fs::remove_file(file).unwrap();
                std::fs::write(file, vec![0xff; usize::try_from(length).unwrap()]).unwrap();
            }
        });
    });
}

#[test]
fn an_index_that_is_gone_at_the_start_is_filled_from_the_first_event_on() {
    on_both(|mut server| {
        let (admin, anyone) = (server.admin(), server.anonymous());
        for n in 0..5 {
            admin.post(
                "/v1/documents",
                &document(&format!("{n}/2024/QĐ-UBND"), json!({ "state": "published", "title": format!("Bến đò số {n}") })),
            );
        }
        assert_eq!(hits(&anyone, "ben+do", 5).len(), 5);
        // An index was built anew once, and something was published while it was.
        let rebuilt = server.run(&["reindex"], &[]);
        assert!(rebuilt.status.success(), "{rebuilt:?}");
        assert_eq!(hits(&anyone, "ben+do", 5).len(), 5);
        admin.post("/v1/documents", &document("9/2024/QĐ-UBND", json!({ "state": "published", "title": "Bến đò số 9" })));
        assert_eq!(hits(&anyone, "ben+do", 6).len(), 6);
        assert!(server.stop());
        std::fs::remove_dir_all(server.data.path().join("index")).unwrap();
        let server = server.restart();
        let anyone = server.anonymous();
        assert_eq!(hits(&anyone, "ben+do", 6).len(), 6, "{}", server.log());
        settled(&server);
        assert_eq!(ids(&anyone.get("/v1/search?q=ben+do").json()).len(), 6, "{}", server.log());
    });
}
