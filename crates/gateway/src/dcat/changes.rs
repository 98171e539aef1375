//! When each kind of data last changed.

use crate::app::App;
use crate::description::sort_by;
use crate::problem::Problem;
use crate::query::sortable;
use crate::resource::Served;
use documents::Harvest;
use kernel::query::{Direction, Filter, ListQuery, Projection, State};
use kernel::{Actor, Instant, PageRequest};
use std::collections::HashMap;
use std::sync::Arc;
use tokio::sync::Mutex;

/// How long that is kept, in seconds: it is the same for everybody, and many small reads.
const KEPT: i64 = 60;

/// When each resource last changed, as of when somebody last asked.
pub(crate) type Changes = Mutex<Option<(Instant, Arc<HashMap<String, String>>)>>;

/// When what everybody sees of these resources last changed, by their names; one caller at a time looks for it.
pub(super) async fn changes(app: &App, resources: &[Arc<Served>]) -> Result<Arc<HashMap<String, String>>, Problem> {
    let now = app.parts.clock.now();
    let mut kept = app.changes.lock().await;
    let fresh = |known: &HashMap<String, String>| resources.iter().all(|served| known.contains_key(&served.description().name));
    if let Some((_, known)) = kept.as_ref().filter(|(at, known)| *at <= now && now < at.plus_seconds(KEPT) && fresh(known)) {
        return Ok(known.clone());
    }
    let mut known = HashMap::with_capacity(resources.len());
    for served in resources {
        let name = served.description().name.clone();
        let changed = match name.as_str() {
            // It knows of what is gone, too.
            "document" => Harvest::of(&app.parts.documents).span().await?.map(|(_, last)| last.print()),
            _ => last_change(served).await?,
        };
        known.insert(name, changed.unwrap_or_default());
    }
    let known = Arc::new(known);
    *kept = Some((now, known.clone()));
    Ok(known)
}

/// The change of the row that was changed last.
async fn last_change(served: &Served) -> Result<Option<String>, Problem> {
    const FIELD: &str = "updated_at";
    if !sortable(served.description()).any(|field| field.name == FIELD) {
        return Ok(None);
    }
    let query = ListQuery {
        filter: Filter::default(),
        sort: vec![sort_by(FIELD, Direction::Desc)],
        fields: Projection(vec![FIELD.into()]),
        state: State::Published,
        lang: None,
        as_of: None,
        page: PageRequest { size: 1, ..PageRequest::default() },
    };
    let page = served.resource.list(&Actor::Anonymous, &query).await?;
    let row = page.items.into_iter().next().map(|(_, row)| row);
    Ok(row.and_then(|row| row.get(FIELD)?.as_str().map(str::to_owned)))
}
