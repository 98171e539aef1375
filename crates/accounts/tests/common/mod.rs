//! A node of the installation, as tests see it.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used)]

use accounts::{Account, Accounts, NewAccount, Session};
use kernel::{Call, Clock, Fault, Instant, Kind, Role};
use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Order, Query};
use std::sync::atomic::Ordering;
use store::{Database, DatabaseUrl, Secret};
use testkit::TestDatabase;

pub const PASSWORD: &str = "đèo Văn Long 1880";
pub const ANOTHER: &str = "sông Đà chảy xiết";

pub struct Node {
    pub accounts: Accounts,
    pub clock: Clock,
    pub db: Database,
}

/// A node with connections of its own on the database of the test.
pub async fn node(test: &TestDatabase) -> Node {
    node_with(test, "the master secret of the tests, long enough").await
}

pub async fn node_with(test: &TestDatabase, secret: &str) -> Node {
    let db = Database::connect(&DatabaseUrl::parse(&test.url).unwrap()).await.unwrap();
    let clock = testkit::clock();
    Node { accounts: Accounts::new(db.clone(), clock.clone(), &Secret::given(secret)), clock, db }
}

impl Node {
    /// Makes an editor who has chosen a password.
    pub async fn editor(&self, username: &str) -> Account {
        let new = NewAccount { username: username.into(), role: Role::Editor, password: Some(PASSWORD.into()) };
        self.accounts.create(&Call::operator(), new).await.unwrap().account
    }

    pub async fn session(&self, username: &str) -> Session {
        self.accounts.login(username, PASSWORD).await.unwrap()
    }

    pub fn pass_days(&self, days: i64) {
        let Clock::Fixed(at) = &self.clock else { panic!("a fixed clock") };
        let Instant(later) = self.clock.now().plus_seconds(days * 24 * 3600);
        at.store(later, Ordering::Relaxed);
    }

    /// Action and revision of every event of accounts, in order.
    pub async fn events(&self) -> Vec<(String, i64)> {
        let select = Query::select()
            .columns(["action", "revision"].map(Alias::new))
            .from(Alias::new("events"))
            .and_where(Expr::col(Alias::new("type")).eq("account"))
            .order_by_expr(Expr::col(Alias::new("revision")), Order::Asc)
            .to_owned();
        let rows = self.db.reader().query_all(&select).await.unwrap();
        rows.iter().map(|row| (row.try_get_by_index(0).unwrap(), row.try_get_by_index(1).unwrap())).collect()
    }

    /// How many rows a table has.
    pub async fn rows(&self, table: &'static str) -> i64 {
        let select = Query::select().expr(Expr::cust("COUNT(*)")).from(Alias::new(table)).to_owned();
        self.db.reader().query_one(&select).await.unwrap().unwrap().try_get_by_index(0).unwrap()
    }

    /// All text that a column holds.
    pub async fn texts(&self, table: &'static str, column: &'static str) -> String {
        let select = Query::select().column(Alias::new(column)).from(Alias::new(table)).to_owned();
        let rows = self.db.reader().query_all(&select).await.unwrap();
        rows.iter().filter_map(|row| row.try_get_by_index::<Option<String>>(0).unwrap()).collect()
    }
}

/// What a fault tells its caller: kind, code, and code and place of each field.
pub fn told<T>(result: Result<T, accounts::Error>) -> (Kind, &'static str, Vec<(String, &'static str)>) {
    let Err(error) = result else { panic!("a fault") };
    (error.kind(), error.code(), error.fields().into_iter().map(|field| (field.pointer, field.code)).collect())
}

pub fn invalid(fields: &[(&str, &'static str)]) -> (Kind, &'static str, Vec<(String, &'static str)>) {
    let fields = fields.iter().map(|(pointer, code)| ((*pointer).to_owned(), *code)).collect();
    (Kind::Invalid, "validation_failed", fields)
}

pub fn refused(code: &'static str) -> (Kind, &'static str, Vec<(String, &'static str)>) {
    (Kind::Unauthenticated, code, Vec::new())
}
