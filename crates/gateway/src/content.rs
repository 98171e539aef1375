//! Content types as they are served: each is a resource of its own, in both protocols at once.

use crate::resource::{Catalog, Registry, Resource};
use crate::resources::EntryResource;
use async_trait::async_trait;
use content::{ContentType, ContentTypes, Entries, Schedules};
use content_types::Definition;
use jobs::{ConsumerError, Task};
use kernel::{Id, Revision};
use policies::Policies;
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use tokio::sync::Mutex;

/// Content types, their entries, and the registry they are served by.
#[derive(Clone)]
pub struct Content {
    /// The types.
    pub types: ContentTypes,
    /// Their entries.
    pub entries: Entries,
    /// The rules they follow.
    pub policies: Policies,
    registry: Arc<OnceLock<Arc<Registry>>>,
    /// What was served last: the marks of types and rules.
    served: Arc<Mutex<Marks>>,
}

/// The marks of what a node keeps in memory.
#[derive(Default, PartialEq)]
struct Marks {
    types: Option<String>,
    policies: Option<String>,
}

impl Content {
    /// Content that is not served yet: [`Content::serve_by`] names the registry.
    pub fn new(types: ContentTypes, entries: Entries, policies: Policies) -> Self {
        Self { types, entries, policies, registry: Arc::default(), served: Arc::default() }
    }

    /// Serves the types by this registry from now on.
    pub async fn serve_by(&self, registry: Arc<Registry>) -> Result<(), content::Error> {
        let _ = self.registry.set(registry);
        self.follow().await?;
        Ok(())
    }

    /// What is served now; none before [`Content::serve_by`].
    pub(crate) fn catalog(&self) -> Option<Arc<Catalog>> {
        self.registry.get().map(|registry| registry.now().clone())
    }

    /// Whether all names of these definitions go together with those that are built in.
    pub(crate) fn trial(&self, all: &[&Definition]) -> Result<(), content::Error> {
        let Some(registry) = self.registry.get() else { return Ok(()) };
        let resources = all.iter().map(|definition| {
            let of = ContentType {
                id: Id(Default::default()),
                revision: Revision::FIRST,
                definition: (*definition).clone(),
                pending: Vec::new(),
            };
            Arc::new(EntryResource::new(self.entries.clone(), Arc::new(of))) as Arc<dyn Resource>
        });
        let catalog = match registry.trial(resources.collect()) {
            Ok(catalog) => catalog,
            Err(crate::RegisterError::NameTaken(name)) => return Err(content::Error::TypeNameTaken(name)),
            Err(error) => return Err(content::Error::TypeNameTaken(error.to_string())),
        };
        // A relation leads to what is there: other types, this one itself, documents, media.
        for field in all.last().iter().flat_map(|new| new.fields()) {
            if let Some(content_types::Target::Type(target)) = &field.target
                && catalog.by_name(target).is_none()
            {
                return Err(content::Error::unknown_target(&field.name, target));
            }
        }
        Ok(())
    }

    /// Serves the types as they are known to this node; what cannot be served leaves everything as it was.
    pub(crate) async fn serve(&self) {
        let Some(registry) = self.registry.get() else { return };
        // One at a time, so that an older state never replaces a newer one.
        let _one = self.served.lock().await;
        self.swap(registry);
    }

    fn swap(&self, registry: &Registry) {
        let resource = |of| Arc::new(EntryResource::new(self.entries.clone(), of)) as Arc<dyn Resource>;
        if let Err(error) = registry.serve(self.types.all().into_iter().map(resource).collect()) {
            tracing::error!(%error, "the content types cannot be served as they are; those before stay");
        }
    }

    /// Takes up what has changed in the database.
    pub async fn refresh(&self) -> Result<(), content::Error> {
        self.follow().await.map(|_| ())
    }

    /// Takes up what another node has changed; whether there was anything.
    async fn follow(&self) -> Result<bool, content::Error> {
        let Some(registry) = self.registry.get() else { return Ok(false) };
        let marks = Marks { types: self.types.generation().await?, policies: self.policies.generation().await? };
        let mut served = self.served.lock().await;
        if *served == marks {
            return Ok(false);
        }
        if served.policies != marks.policies {
            self.policies.reload().await?;
        }
        if served.types != marks.types {
            self.types.reload().await?;
            self.swap(registry);
        }
        *served = marks;
        Ok(true)
    }

    /// What every node looks for: changes by others, schedules that are due, fields to be indexed.
    pub fn tasks(&self) -> Vec<Arc<dyn Task>> {
        let task = |what, name, every| Arc::new(ContentTask { content: self.clone(), what, name, every }) as Arc<dyn Task>;
        vec![
            task(What::Follow, "content types", Duration::from_millis(400)),
            task(What::Schedules, "schedules", Duration::from_millis(500)),
            task(What::Fill, "indexed fields", Duration::from_millis(500)),
        ]
    }
}

#[derive(Clone, Copy)]
enum What {
    Follow,
    Schedules,
    Fill,
}

struct ContentTask {
    content: Content,
    what: What,
    name: &'static str,
    every: Duration,
}

#[async_trait]
impl Task for ContentTask {
    fn name(&self) -> &'static str {
        self.name
    }

    fn every(&self) -> Duration {
        self.every
    }

    async fn run(&self) -> Result<bool, ConsumerError> {
        match self.what {
            What::Follow => {
                self.content.follow().await?;
                Ok(false)
            }
            What::Schedules => Ok(Schedules::new(self.content.entries.clone()).run_due().await?),
            What::Fill => {
                if self.content.types.fill_pending().await? {
                    self.content.serve().await;
                }
                Ok(false)
            }
        }
    }
}
