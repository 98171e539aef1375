//! GraphQL over HTTP: the same resources, filters and faults as REST.

mod blocks;
mod connections;
pub(crate) mod cost;
pub(crate) mod http;
mod inputs;
mod lists;
mod loader;
mod mutations;
mod objects;
mod parts;
pub(crate) mod schema;
mod search;
mod variables;

use crate::app::App;
use crate::heavy::Rooms;
use crate::problem::Problem;
use async_graphql::dynamic::{FieldValue, ResolverContext};
use async_graphql::{Error, ErrorExtensions, Value};
use kernel::{Call, Lang};
use std::sync::Arc;

/// What the resolvers of one request share.
pub(crate) struct Session {
    pub app: Arc<App>,
    pub call: Call,
    pub lang: Lang,
    pub address: Option<std::net::IpAddr>,
    /// The room that what was read of long texts takes until the answer is sent.
    pub rooms: Rooms,
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

/// What a field resolves to. A failure becomes an error at the field's own path and `null` in its
/// place, so that its neighbours are still answered; the dynamic schema by itself tells no path.
fn told<'a>(ctx: &ResolverContext<'_>, result: Result<Option<FieldValue<'a>>, Error>) -> Result<Option<FieldValue<'a>>, Error> {
    result.or_else(|error| {
        let error = error.into_server_error(ctx.ctx.item.pos);
        ctx.ctx.add_error(ctx.ctx.set_error_path(error));
        Ok(None)
    })
}
