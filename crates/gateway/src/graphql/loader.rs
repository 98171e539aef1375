//! Relations in batches: one statement for all rows of an answer, not one for each.

use super::objects::RowValue;
use crate::app::App;
use crate::problem::Problem;
use async_graphql::dataloader::Loader as Load;
use kernel::query::{Name, Projection, State};
use kernel::{Actor, Id, Language, View};
use std::collections::HashMap;
use std::sync::Arc;
use time::Date;

/// One target of a relation, with what is read of it.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct Key {
    pub target: String,
    pub id: Id,
    pub fields: Vec<Name>,
    pub state: State,
    pub lang: Language,
    pub as_of: Option<Date>,
}

/// What keys read in one statement share: target, fields, state, language and day.
type Together<'k> = (&'k str, &'k [Name], State, &'k Language, Option<Date>);

/// Loads the targets of relations for one caller.
pub(crate) struct Loader {
    pub app: Arc<App>,
    pub actor: Actor,
}

impl Load<Key> for Loader {
    type Value = RowValue;
    type Error = Arc<Problem>;

    async fn load(&self, keys: &[Key]) -> Result<HashMap<Key, RowValue>, Arc<Problem>> {
        let catalog = self.app.parts.registry.now().clone();
        let mut batches: HashMap<Together<'_>, Vec<&Key>> = HashMap::new();
        for key in keys {
            batches.entry((&key.target, &key.fields, key.state, &key.lang, key.as_of)).or_default().push(key);
        }
        let mut loaded = HashMap::with_capacity(keys.len());
        for ((target, fields, state, lang, as_of), batch) in batches {
            let Some(served) = catalog.by_name(target) else { continue };
            if crate::rest::params::readable(&self.actor, served).is_err() {
                continue;
            }
            let ids: Vec<Id> = batch.iter().map(|key| key.id).collect();
            let view = View { as_of, fields: Projection(fields.to_vec()), state, lang: lang.clone() };
            for found in served.resource.get_many(&self.actor, &ids, &view).await.map_err(Arc::new)? {
                let id = found.row.get("id").and_then(|id| Id::parse(id.as_str()?));
                if let Some(key) = batch.iter().find(|key| Some(key.id) == id) {
                    loaded.insert((*key).clone(), RowValue::new(found.row, state, lang.clone()).on(as_of));
                }
            }
        }
        Ok(loaded)
    }
}
