//! The rows of accounts, refresh tokens and token keys.

pub(crate) mod accounts;
pub(crate) mod keys;
pub(crate) mod tokens;

use sea_orm::sea_query::{Alias, Expr};

fn col(name: &'static str) -> Expr {
    Expr::col(Alias::new(name))
}
