//! What the gateway asks of a resource, and the registry of those it serves.

use crate::description::Description;
use crate::problem::Problem;
use arc_swap::ArcSwap;
use async_trait::async_trait;
use kernel::query::ListQuery;
use kernel::{Actor, Call, FieldFault, Found, Id, Page, Revision, Row, Text, View};
use std::sync::Arc;

/// Something a caller wants to do with a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    /// Enter a new one.
    Create,
    /// Change one.
    Patch,
    /// Remove one.
    Delete,
    /// Move one along its workflow.
    Transition,
    /// See working copies.
    ReadDrafts,
}

/// An action of a workflow with its comment.
#[derive(Debug, Clone)]
pub struct Step {
    /// The action, one of the description's.
    pub action: String,
    /// Why.
    pub comment: Option<String>,
}

impl Step {
    /// Checks an action and its comment, the same in both protocols.
    pub(crate) fn read(action: Option<&str>, comment: Option<&str>, actions: &[&'static str]) -> Result<Self, Problem> {
        let mut faults = Vec::new();
        let action = action.filter(|action| actions.contains(action));
        if action.is_none() {
            let known = actions.join(", ");
            let text = Text::new(format!("dùng được: {known}"), format!("there are: {known}"));
            faults.push(FieldFault::new("/action", "unknown_action", text));
        }
        if comment.is_some_and(|comment| comment.contains('\0')) {
            let text = Text::new("không được có ký tự NUL", "must not hold a NUL character");
            faults.push(FieldFault::new("/comment", "invalid_text", text));
        }
        if comment.is_some_and(|comment| comment.chars().count() > 2000) {
            let text = Text::new("văn bản dài nhất 2000 ký tự", "text of at most 2000 characters");
            faults.push(FieldFault::new("/comment", "too_long", text));
        }
        match action {
            Some(action) if faults.is_empty() => Ok(Self { action: action.to_owned(), comment: comment.map(kernel::text::nfc) }),
            _ => Err(crate::rest::body::invalid(faults)),
        }
    }
}

/// A resource behind both protocols: the verbs of its subject, by description.
#[async_trait]
pub trait Resource: Send + Sync {
    /// What it is.
    fn description(&self) -> &Description;
    /// Whether the caller may do this at all.
    fn may(&self, actor: &Actor, verb: Verb) -> bool;
    /// One page.
    async fn list(&self, actor: &Actor, query: &ListQuery) -> Result<Page<Row>, Problem>;
    /// Those of these ids that the caller sees, in no particular order.
    async fn get_many(&self, actor: &Actor, ids: &[Id], view: &View) -> Result<Vec<Found>, Problem>;
    /// Enters a new one.
    async fn create(&self, call: &Call, input: Row) -> Result<Found, Problem>;
    /// Changes one by a merge patch.
    async fn patch(&self, call: &Call, id: Id, seen: Revision, patch: Row) -> Result<Found, Problem>;
    /// Removes one.
    async fn delete(&self, call: &Call, id: Id, seen: Revision) -> Result<(), Problem>;
    /// Moves one along its workflow.
    async fn transition(&self, call: &Call, id: Id, seen: Revision, step: Step) -> Result<Found, Problem>;
}

/// Reads one, `None` where the caller sees none.
pub(crate) async fn get(resource: &dyn Resource, actor: &Actor, id: Id, view: &View) -> Result<Option<Found>, Problem> {
    Ok(resource.get_many(actor, &[id], view).await?.pop())
}

/// A registered resource with what is derived from its description once.
pub struct Served {
    /// The resource.
    pub resource: Arc<dyn Resource>,
    /// Checks what creates one.
    pub input: Option<jsonschema::Validator>,
    /// Checks a merge patch.
    pub patch: Option<jsonschema::Validator>,
}

impl Served {
    /// Its description.
    pub fn description(&self) -> &Description {
        self.resource.description()
    }
}

/// Everything that is derived from the descriptions: swapped whole when one changes.
pub struct Catalog {
    /// The resources by registration.
    pub resources: Vec<Arc<Served>>,
    /// The GraphQL schema.
    pub graphql: async_graphql::dynamic::Schema,
    /// Its SDL.
    pub sdl: String,
    /// The OpenAPI document.
    pub openapi: String,
}

impl Catalog {
    /// The resource of this name.
    pub fn by_name(&self, name: &str) -> Option<&Arc<Served>> {
        self.resources.iter().find(|served| served.description().name == name)
    }

    /// The resource served at this path.
    pub fn by_path(&self, path: &str) -> Option<&Arc<Served>> {
        self.resources.iter().find(|served| served.description().path == path)
    }
}

/// Why a resource cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum RegisterError {
    /// A name that is made from its own is taken.
    #[error("the name {0} is taken")]
    NameTaken(String),
    /// One of its JSON Schemas does not hold.
    #[error("the schema of {0} does not hold: {1}")]
    BadSchema(String, String),
    /// The GraphQL schema cannot be built.
    #[error("no GraphQL schema can be built: {0}")]
    GraphQl(String),
}

/// The resources that are served now.
pub struct Registry(ArcSwap<Catalog>);

impl Registry {
    /// Serves these resources.
    pub fn new(resources: Vec<Arc<dyn Resource>>) -> Result<Self, RegisterError> {
        let served = resources.into_iter().map(serve).collect::<Result<Vec<_>, _>>()?;
        Ok(Self(ArcSwap::from_pointee(catalog(served)?)))
    }

    /// What is served now.
    pub fn now(&self) -> arc_swap::Guard<Arc<Catalog>> {
        self.0.load()
    }

    /// Serves one more resource, from the next request on, in both protocols.
    pub fn register(&self, resource: Arc<dyn Resource>) -> Result<(), RegisterError> {
        let mut resources = self.now().resources.clone();
        resources.push(serve(resource)?);
        self.0.store(Arc::new(catalog(resources)?));
        Ok(())
    }
}

fn serve(resource: Arc<dyn Resource>) -> Result<Arc<Served>, RegisterError> {
    let description = resource.description();
    let compile = |schema: Option<serde_json::Value>| {
        let bad = |error: jsonschema::ValidationError<'_>| RegisterError::BadSchema(description.name.clone(), error.to_string());
        schema.map(|schema| jsonschema::options().should_validate_formats(true).build(&schema).map_err(bad)).transpose()
    };
    let input = compile(description.input.clone())?;
    let patch = compile(description.patch())?;
    Ok(Arc::new(Served { resource, input, patch }))
}

fn catalog(resources: Vec<Arc<Served>>) -> Result<Catalog, RegisterError> {
    let mut taken = std::collections::HashSet::new();
    for served in &resources {
        let name = served.description().type_name();
        for made in ["", "Input", "Patch", "Filter", "Sort", "Edge", "Connection"] {
            let made = format!("{name}{made}");
            if !taken.insert(made.clone()) {
                return Err(RegisterError::NameTaken(made));
            }
        }
    }
    let graphql = crate::graphql::schema::build(&resources).map_err(|error| RegisterError::GraphQl(error.to_string()))?;
    let openapi = crate::openapi::document(&resources).to_string();
    Ok(Catalog { sdl: graphql.sdl(), graphql, openapi, resources })
}
