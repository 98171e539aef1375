//! Follows the events on behalf of webhooks: whatever happens to what is published is told to those whose search finds it.

use super::read_saved;
use crate::app::App;
use crate::description::{Description, Editions, Readers};
use crate::problem::Problem;
use crate::resource::{Catalog, Served};
use crate::searching::found_among;
use ::webhooks::{About, Change, Followed, Happened, Webhooks};
use actix_web::web;
use async_trait::async_trait;
use jobs::{Consumer, ConsumerError, Event};
use kernel::query::{Projection, State};
use kernel::{Actor, Id, Kind, Language, View};
use serde_json::Value;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How long a batch waits for the index, and how often it looks. It is tried again after that.
const PATIENCE: Duration = Duration::from_secs(2);
const LOOK: Duration = Duration::from_millis(20);

/// Follows the events for all webhooks; one node does at a time.
pub struct Following {
    app: web::Data<App>,
    webhooks: Webhooks,
}

/// Something that happened to a resource that may be published.
struct Matter<'a> {
    event: &'a Event,
    served: &'a Served,
    happened: Happened,
}

impl<'a> Matter<'a> {
    /// What an event is about, where that may be published.
    fn of(event: &'a Event, catalog: &'a Catalog) -> Option<Self> {
        let served: &Served = catalog.by_name(&event.resource_type)?;
        let happened = happened(event, served.description())?;
        Some(Self { event, served, happened })
    }
}

impl Following {
    /// Follows for these webhooks what this gateway serves.
    pub fn new(app: web::Data<App>, webhooks: Webhooks) -> Self {
        Self { app, webhooks }
    }

    /// Waits until the index of this node has taken an event.
    async fn indexed(&self, position: i64) -> Result<(), ConsumerError> {
        let end = Instant::now() + PATIENCE;
        while jobs::taken(&self.app.parts.db, self.app.parts.search_consumer).await? < position {
            if Instant::now() > end {
                return Err("the search index has not taken these events yet".into());
            }
            tokio::time::sleep(LOOK).await;
        }
        Ok(())
    }

    /// What one webhook may tell of these matters.
    async fn changes(
        &self,
        followed: &Followed,
        matters: &[Matter<'_>],
        (catalog, seen): (&Catalog, &HashMap<Id, About>),
    ) -> Result<Vec<Change>, ConsumerError> {
        let matters: Vec<&Matter<'_>> = matters.iter().filter(|matter| matter.event.occurred_at >= followed.since).collect();
        if matters.is_empty() {
            return Ok(Vec::new());
        }
        let Ok(asked) = read_saved(&followed.search, catalog) else {
            self.webhooks.not_understood(followed.id).await?;
            return Ok(Vec::new());
        };
        let ids: HashSet<Id> = matters.iter().map(|matter| matter.event.resource_id).collect();
        let ids: Vec<Id> = ids.into_iter().filter(|id| seen.contains_key(id)).collect();
        let found = if ids.is_empty() { Vec::new() } else { found_among(&self.app, &asked, &ids).await? };
        let is_everything = followed.search.is_empty();
        let change = |matter: &&Matter<'_>| {
            let (event, id) = (matter.event, matter.event.resource_id);
            let url = format!("{}/{id}", matter.served.description().path);
            Change {
                webhook: followed.id,
                event: event.id,
                position: event.position,
                at: event.occurred_at,
                resource_type: event.resource_type.clone(),
                resource: id,
                url: self.app.parts.settings.public_url.as_ref().map_or_else(|| url.clone(), |origin| format!("{origin}{url}")),
                happened: matter.happened,
                // What is withdrawn was published, so whoever follows everything is told.
                is_found: found.contains(&id) || (is_everything && event.action == "withdrawn"),
                about: seen.get(&id).cloned(),
            }
        };
        Ok(matters.iter().map(change).collect())
    }
}

#[async_trait]
impl Consumer for Following {
    fn name(&self) -> &'static str {
        "webhooks"
    }

    async fn consume(&self, events: &[Event]) -> Result<(), ConsumerError> {
        let followed = self.webhooks.followed().await?;
        if followed.is_empty() {
            return Ok(());
        }
        // A type that another node has added is known before its entries are looked at.
        self.app.parts.content.refresh().await?;
        let catalog: Arc<Catalog> = self.app.parts.registry.now().clone();
        let mut matters: Vec<Matter<'_>> = events.iter().filter_map(|event| Matter::of(event, &catalog)).collect();
        let Some(last) = matters.last() else { return Ok(()) };
        self.indexed(last.event.position).await?;
        let seen = seen(&matters).await?;
        for matter in &mut matters {
            matter.happened = as_seen(matter, seen.contains_key(&matter.event.resource_id));
        }
        let mut changes = Vec::new();
        for followed in &followed {
            changes.extend(self.changes(followed, &matters, (&catalog, &seen)).await?);
        }
        let entered = self.webhooks.enter(&changes).await?;
        if entered > 0 {
            tracing::debug!(entered, "messages of webhooks");
        }
        Ok(())
    }
}

/// What an event says of what everybody sees: nothing where it is about a working copy.
fn happened(event: &Event, of: &Description) -> Option<Happened> {
    if of.readers != Readers::Everybody {
        return None;
    }
    match event.action.as_str() {
        "published" => Some(Happened::Published),
        "created" | "updated" if of.editions == Editions::None => Some(Happened::Published),
        "withdrawn" => Some(Happened::Withdrawn),
        "deleted" => Some(Happened::Deleted),
        _ => None,
    }
}

/// What it comes to: where one language was withdrawn the others are still there, and what has no editions may not be public
/// any more.
fn as_seen(matter: &Matter<'_>, is_seen: bool) -> Happened {
    match (matter.happened, matter.served.description().editions) {
        (Happened::Withdrawn, Editions::Localized) if is_seen => Happened::Published,
        (Happened::Published, Editions::None) if !is_seen => Happened::Withdrawn,
        (happened, _) => happened,
    }
}

/// What everybody sees of these resources now.
async fn seen(matters: &[Matter<'_>]) -> Result<HashMap<Id, About>, Problem> {
    let mut of_types: HashMap<&str, (&Served, HashSet<Id>)> = HashMap::new();
    for matter in matters {
        let of_type = of_types.entry(&matter.event.resource_type).or_insert((matter.served, HashSet::new()));
        of_type.1.insert(matter.event.resource_id);
    }
    let mut seen = HashMap::new();
    for (served, ids) in of_types.into_values() {
        let ids: Vec<Id> = ids.into_iter().collect();
        let display = served.description().display.clone();
        let fields = vec!["number".into(), display.clone().into()];
        let view = View { as_of: None, fields: Projection(fields), state: State::Published, lang: Language::Source };
        let found = match served.resource.get_many(&Actor::Anonymous, &ids, &view).await {
            Err(problem) if matches!(problem.kind, Kind::Unauthenticated | Kind::Forbidden) => continue,
            found => found?,
        };
        for mut found in found {
            let Some(id) = found.row.get("id").and_then(Value::as_str).and_then(Id::parse) else { continue };
            let about = About { number: found.row.remove("number"), title: found.row.remove(&display) };
            seen.insert(id, about);
        }
    }
    Ok(seen)
}
