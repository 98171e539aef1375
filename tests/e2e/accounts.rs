//! Logging in, sessions, passwords, roles.

use crate::client::{Client, document};
use crate::server::{ADMIN, Server, command, on_both};
use serde_json::json;

#[test]
fn a_session_is_renewed_once_per_token() {
    on_both(|server| {
        let anyone = server.anonymous();
        let login = anyone.post("/v1/auth/login", &json!({ "username": ADMIN.0, "password": ADMIN.1 })).data();
        assert_eq!((&login["token_type"], &login["must_change_password"]), (&json!("Bearer"), &json!(false)));
        assert!(login["expires_in"].as_i64().unwrap() <= 3600);
        let first = json!({ "refresh_token": login["refresh_token"] });
        let renewed = anyone.post("/v1/auth/refresh", &first).data();
        let me = Client::new(server.port, Some(renewed["access_token"].as_str().unwrap().into())).get("/v1/auth/me").data();
        assert_eq!((&me["username"], &me["role"]), (&json!("admin"), &json!("admin")));
        anyone.post("/v1/auth/refresh", &first).problem(401, "invalid_refresh_token");
        let second = json!({ "refresh_token": renewed["refresh_token"] });
        anyone.post("/v1/auth/refresh", &second).problem(401, "invalid_refresh_token");
        let login = anyone.post("/v1/auth/login", &json!({ "username": ADMIN.0, "password": ADMIN.1 })).data();
        let token = json!({ "refresh_token": login["refresh_token"] });
        assert_eq!(anyone.post("/v1/auth/logout", &token).status, 204);
        anyone.post("/v1/auth/refresh", &token).problem(401, "invalid_refresh_token");
    });
}

#[test]
fn a_bad_credential_is_refused_everywhere_and_a_wrong_password_says_nothing() {
    let server = Server::sqlite();
    for token in ["x.y.z", "ck_something", ""] {
        let caller = Client::new(server.port, Some(token.into()));
        caller.get("/v1/documents").problem(401, "unauthenticated");
        caller.get("/livez").problem(401, "unauthenticated");
    }
    let anyone = server.anonymous();
    anyone.send("GET", "/v1/documents", &[("authorization", "Basic YTpi")], b"").unwrap().problem(401, "unauthenticated");
    anyone.send("GET", "/v1/documents", &[("x-api-key", "ck_x")], b"").unwrap().problem(401, "unauthenticated");
    let known =
        anyone.post("/v1/auth/login", &json!({ "username": "admin", "password": "wrong" })).problem(401, "wrong_credentials");
    let unknown =
        anyone.post("/v1/auth/login", &json!({ "username": "nobody", "password": "wrong" })).problem(401, "wrong_credentials");
    assert_eq!(known["detail"], unknown["detail"]);
    anyone.post("/v1/auth/login", &json!({ "username": "admin", "bogus": 1 })).problem(422, "validation_failed");
    anyone.post("/v1/documents", &document("1/2024/QĐ-UBND", json!({}))).problem(401, "unauthenticated");
}

#[test]
fn passwords_cannot_be_tried_without_end() {
    let server = Server::sqlite();
    let anyone = server.anonymous();
    let refused = (0..60)
        .map(|_| anyone.post("/v1/auth/login", &json!({ "username": "admin", "password": "wrong" })))
        .find(|a| a.status == 429);
    let refused = refused.expect("a limit");
    refused.problem(429, "too_many_requests");
    assert!(refused.header("retry-after").parse::<u64>().unwrap() >= 1);
    assert_eq!(anyone.get("/v1/documents").status, 200, "reads are not limited");
}

#[test]
fn a_password_given_by_another_is_changed_before_anything_else() {
    let server = Server::sqlite();
    let made = server.run(&["user", "create", "lan", "--role", "editor"], &[]);
    let printed = String::from_utf8(made.stdout).unwrap();
    let password = printed.lines().find_map(|line| line.strip_prefix("password, shown once: ")).expect("printed once");
    let lan = server.logged_in("lan", password);
    lan.get("/v1/documents").problem(403, "password_change_required");
    assert_eq!(lan.get("/v1/auth/me").data()["must_change_password"], true);
    let change =
        |current: &str, new: &str| lan.post("/v1/auth/password", &json!({ "current_password": current, "new_password": new }));
    change("wrong", "Mot-mat-khau-dai-2026").problem(403, "wrong_password");
    assert_eq!(change(password, "short").problem(422, "validation_failed")["errors"][0]["pointer"], "/new_password");
    assert_eq!(change(password, "Mot-mat-khau-dai-2026").status, 204);
    assert_eq!(lan.get("/v1/documents").status, 200);
    assert_eq!(server.logged_in("lan", "Mot-mat-khau-dai-2026").get("/v1/auth/me").data()["must_change_password"], false);
    let twice = server.run(&["user", "create", "lan", "--role", "editor"], &[]);
    assert!(!twice.status.success() && !String::from_utf8_lossy(&twice.stderr).is_empty());
}

#[test]
fn tokens_and_cursors_outlive_a_restart_and_another_secret_is_refused() {
    on_both(|server| {
        let admin = server.admin();
        for n in 0..3 {
            admin.post("/v1/documents", &document(&format!("{n}/2024/QĐ-UBND"), json!({ "state": "published" })));
        }
        let next = server.anonymous().get("/v1/documents?page[size]=2").json()["links"]["next"].as_str().unwrap().to_owned();
        let token = admin.token().to_owned();
        let server = server.restart();
        assert_eq!(Client::new(server.port, Some(token)).get("/v1/auth/me").status, 200);
        assert_eq!(server.anonymous().get(&next).json()["data"].as_array().unwrap().len(), 1);
    });
    let mut server = Server::sqlite();
    assert!(server.stop(), "a polite stop ends well");
    let refused = command(server.data.path(), None)
        .args(["serve", "--listen", "127.0.0.1:0"])
        .env("CONGKHAI_SECRET", "another secret of more than thirty-two characters")
        .output()
        .unwrap();
    assert!(!refused.status.success());
    assert!(String::from_utf8_lossy(&refused.stderr).contains("another master secret"), "{refused:?}");
}
