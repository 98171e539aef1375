//! GraphQL over HTTP: the same resources, filters and faults as REST.

pub(crate) mod cost;
pub(crate) mod http;
mod inputs;
mod lists;
mod loader;
mod mutations;
mod objects;
pub(crate) mod schema;

use crate::app::App;
use crate::problem::Problem;
use async_graphql::{Error, ErrorExtensions, Value};
use kernel::{Call, Lang};
use std::sync::Arc;

/// What the resolvers of one request share.
pub(crate) struct Session {
    pub app: Arc<App>,
    pub call: Call,
    pub lang: Lang,
}

impl Session {
    /// A fault as GraphQL tells it, with the code that REST uses.
    pub fn error(&self, problem: &Problem) -> Error {
        let told = problem.to_json(self.lang);
        Error::new(problem.text.get(self.lang)).extend_with(|_, extensions| {
            extensions.set("code", problem.code);
            if let Some(errors) = told.get("errors").and_then(|errors| Value::from_json(errors.clone()).ok()) {
                extensions.set("errors", errors);
            }
        })
    }
}
