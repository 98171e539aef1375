//! What the gateway asks of a resource, and the registry of those it serves.

use crate::description::Description;
use crate::problem::Problem;
use arc_swap::ArcSwap;
use async_trait::async_trait;
use kernel::query::ListQuery;
use kernel::{Actor, Call, FieldFault, Found, Id, Locale, Page, Revision, Row, Text, View};
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
    /// Read it at all, where it is not for everybody.
    Read,
}

/// One resource that a caller changes.
#[derive(Debug, Clone)]
pub struct Target {
    /// Which one.
    pub id: Id,
    /// The revision that the caller has seen.
    pub seen: Revision,
    /// The language whose edition is meant; none for the one it was written in first.
    pub lang: Option<Locale>,
}

/// An action of a workflow with its comment.
#[derive(Debug, Clone)]
pub struct Step {
    /// The action, one of the description's.
    pub action: String,
    /// Why.
    pub comment: Option<String>,
    /// What the action takes besides.
    pub with: Row,
}

/// What is asked of a part of a resource.
#[derive(Debug, Clone, Copy)]
pub struct PartQuery<'a> {
    /// Which part.
    pub name: &'a str,
    /// How it is looked at.
    pub view: &'a View,
    /// The values of its parameters, each of the kind that it takes.
    pub given: &'a Row,
}

impl PartQuery<'_> {
    /// A parameter that takes text, a day or a language.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.given.get(name)?.as_str()
    }

    /// A parameter that takes a day.
    pub fn day(&self, name: &str) -> Option<time::Date> {
        kernel::parse_date(self.text(name)?)
    }

    /// A parameter that takes yes or no.
    pub fn flag(&self, name: &str) -> bool {
        self.given.get(name).and_then(serde_json::Value::as_bool).unwrap_or_default()
    }
}

/// A form that is asked for.
#[derive(Debug, Clone, Copy)]
pub struct InForm<'a> {
    /// Its name, one of the description's.
    pub name: &'a str,
    /// Scheme and host of this server, for addresses.
    pub origin: &'a str,
}

/// Something in a form other than JSON.
#[derive(Debug)]
pub struct Represented {
    /// Media type with its parameters.
    pub content_type: &'static str,
    /// The name of a file with it.
    pub file_name: String,
    /// Its bytes.
    pub bytes: bytes::Bytes,
}

/// Why an address answers with no resource.
#[derive(Debug)]
pub enum Absent {
    /// There is none.
    Unknown,
    /// It has moved to this address for good.
    Moved(String),
    /// It was there; the problem says why it is not.
    Gone(Problem),
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
            Some(action) if faults.is_empty() => {
                Ok(Self { action: action.to_owned(), comment: comment.map(kernel::text::nfc), with: Row::new() })
            }
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
    async fn create(&self, _: &Call, _: Row) -> Result<Found, Problem> {
        Err(Problem::internal())
    }
    /// Changes one by a merge patch.
    async fn patch(&self, _: &Call, _: Target, _: Row) -> Result<Found, Problem> {
        Err(Problem::internal())
    }
    /// Removes one.
    async fn delete(&self, _: &Call, _: Target) -> Result<(), Problem> {
        Err(Problem::internal())
    }
    /// Moves one along its workflow.
    async fn transition(&self, _: &Call, _: Target, _: Step) -> Result<Found, Problem> {
        Err(Problem::internal())
    }
    /// Enters one under an id that the caller has made; whether it is new.
    async fn put(&self, _: &Call, _: Id, _: Row) -> Result<(Found, bool), Problem> {
        Err(Problem::internal())
    }
    /// The id of what an address names by its key.
    async fn by_key(&self, key: &str) -> Result<Option<Id>, Problem> {
        Ok(Id::parse(key))
    }
    /// A list that hangs on one; `None` where the caller sees none.
    async fn part(&self, _: &Actor, _: Id, _: &PartQuery<'_>) -> Result<Option<Vec<Row>>, Problem> {
        Ok(None)
    }
    /// The same in another form; `None` where the caller sees none.
    async fn part_in_form(&self, _: &Actor, _: Id, _: &PartQuery<'_>, _: InForm<'_>) -> Result<Option<Represented>, Problem> {
        Err(Problem::internal())
    }
    /// How many bytes of text what its long parts say is made of.
    async fn text_size(&self, _: Id) -> Result<u64, Problem> {
        Ok(0)
    }
    /// The id of what has, or had, this slug; with it the present slug where it is another.
    async fn by_path(&self, _: &str, _: Option<&Locale>) -> Result<Option<(Id, Option<String>)>, Problem> {
        Ok(None)
    }
    /// Why one is not there for this caller.
    async fn absent(&self, _: Id, _: Option<&Locale>) -> Result<Absent, Problem> {
        Ok(Absent::Unknown)
    }
    /// The content type that its rows are of, where they are of one.
    fn content_type(&self) -> Option<Id> {
        None
    }
    /// The ids of what is published after `after`, in the order of ids, a page of them.
    async fn published_ids(&self, _: Option<Id>) -> Result<Vec<Id>, Problem> {
        Ok(Vec::new())
    }
    /// Others of its kind that search knows otherwise when these change.
    async fn touched(&self, _: &[Id]) -> Result<Vec<Id>, Problem> {
        Ok(Vec::new())
    }
    /// What the search index is to know of those of these ids that are published.
    async fn searched(&self, _: &[Id]) -> Result<Vec<search::SearchDocument>, Problem> {
        Ok(Vec::new())
    }
}

/// Reads one, `None` where the caller sees none.
pub(crate) async fn get(resource: &dyn Resource, actor: &Actor, id: Id, view: &View) -> Result<Option<Found>, Problem> {
    Ok(resource.get_many(actor, &[id], view).await?.pop())
}

/// A registered resource with what is derived from its description once.
pub struct Served {
    /// The resource.
    pub resource: Arc<dyn Resource>,
    input: Checked,
    patch: Checked,
    step: Checked,
}

/// The validator of a schema, compiled when it is first used: a type that is added costs no more than it must.
type Checked = std::sync::OnceLock<Option<jsonschema::Validator>>;

impl Served {
    /// Its description.
    pub fn description(&self) -> &Description {
        self.resource.description()
    }

    /// Checks what creates one.
    pub fn input(&self) -> Option<&jsonschema::Validator> {
        self.input.get_or_init(|| compiled(self.description().input.clone()?)).as_ref()
    }

    /// Checks a merge patch.
    pub fn patch(&self) -> Option<&jsonschema::Validator> {
        self.patch.get_or_init(|| compiled(self.description().patch()?)).as_ref()
    }

    /// Checks what an action takes besides its name and comment.
    pub fn step(&self) -> Option<&jsonschema::Validator> {
        self.step.get_or_init(|| compiled(self.description().step_schema())).as_ref()
    }
}

/// Everything that is derived from the descriptions: swapped whole when one changes.
pub struct Catalog {
    /// The resources by registration.
    pub resources: Vec<Arc<Served>>,
    /// The GraphQL schema.
    pub graphql: async_graphql::dynamic::Schema,
    sdl: std::sync::OnceLock<String>,
    openapi: std::sync::OnceLock<String>,
}

impl Catalog {
    /// The SDL of the GraphQL schema.
    pub fn sdl(&self) -> &str {
        self.sdl.get_or_init(|| self.graphql.sdl())
    }

    /// The OpenAPI document.
    pub fn openapi(&self) -> &str {
        self.openapi.get_or_init(|| crate::openapi::document(&self.resources).to_string())
    }

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
    /// The GraphQL schema cannot be built.
    #[error("no GraphQL schema can be built: {0}")]
    GraphQl(String),
}

/// The resources that are served now: those built in, and those that are data.
pub struct Registry {
    built_in: Vec<Arc<Served>>,
    now: ArcSwap<Catalog>,
}

impl Registry {
    /// Serves these resources.
    pub fn new(built_in: Vec<Arc<dyn Resource>>) -> Result<Self, RegisterError> {
        let built_in: Vec<_> = built_in.into_iter().map(serve).collect();
        let now = ArcSwap::from_pointee(catalog(built_in.clone())?);
        Ok(Self { built_in, now })
    }

    /// What is served now.
    pub fn now(&self) -> arc_swap::Guard<Arc<Catalog>> {
        self.now.load()
    }

    /// Whether these could be served beside the built-in ones, and how.
    pub fn trial(&self, added: Vec<Arc<dyn Resource>>) -> Result<Catalog, RegisterError> {
        let mut resources = self.built_in.clone();
        resources.extend(added.into_iter().map(serve));
        catalog(resources)
    }

    /// Serves these beside the built-in ones, from the next request on, in both protocols, instead of
    /// those that were added before.
    pub fn serve(&self, added: Vec<Arc<dyn Resource>>) -> Result<(), RegisterError> {
        self.now.store(Arc::new(self.trial(added)?));
        Ok(())
    }
}

fn serve(resource: Arc<dyn Resource>) -> Arc<Served> {
    Arc::new(Served { resource, input: Checked::new(), patch: Checked::new(), step: Checked::new() })
}

/// A schema that cannot be compiled lets nothing through.
fn compiled(schema: serde_json::Value) -> Option<jsonschema::Validator> {
    let options = || jsonschema::options().should_validate_formats(true);
    options()
        .build(&schema)
        .or_else(|error| {
            tracing::error!(%error, "a schema does not hold");
            options().build(&serde_json::Value::Bool(false))
        })
        .ok()
}

fn catalog(resources: Vec<Arc<Served>>) -> Result<Catalog, RegisterError> {
    let graphql = crate::graphql::schema::build(&resources)?;
    Ok(Catalog { graphql, sdl: Default::default(), openapi: Default::default(), resources })
}
