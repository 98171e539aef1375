//! An index of one test, on every engine there is.

use crate::documents::{asked, number_of};
use kernel::Id;
use search::{Change, Hits, Meilisearch, Query, SearchDocument, SearchIndex, Settings, Suggestion, Tantivy};
use std::fmt;
use std::sync::{Arc, Once};
use tempfile::TempDir;

pub struct Library {
    pub index: Arc<dyn SearchIndex>,
    engine: &'static str,
    /// Removed with what the index has in it.
    _place: Place,
}

/// Where an index lies.
enum Place {
    Folder {
        _removed: TempDir,
    },
    /// A server of tests, which is thrown away as a whole.
    Server,
}

/// The abbreviations as they are delivered.
pub fn settings() -> Settings {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../schema/search/abbreviations.json");
    Settings::parse(&std::fs::read_to_string(file).unwrap()).unwrap()
}

impl Library {
    /// A library of these documents for each engine.
    pub async fn each(documents: Vec<SearchDocument>) -> Vec<Self> {
        let mut libraries = vec![Self::embedded()];
        libraries.extend(Self::on_meilisearch().await);
        for library in &libraries {
            library.apply(documents.iter().cloned().map(Change::Upsert).collect()).await;
        }
        libraries
    }

    fn embedded() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let index = Tantivy::open(folder.path(), settings()).unwrap().index;
        Self { index: Arc::new(index), engine: "embedded", _place: Place::Folder { _removed: folder } }
    }

    /// A library on the server that `MEILISEARCH_URL` and `MEILISEARCH_KEY` name, below a prefix of its own.
    async fn on_meilisearch() -> Option<Self> {
        static TOLD: Once = Once::new();
        let Ok(url) = std::env::var("MEILISEARCH_URL") else {
            TOLD.call_once(|| eprintln!("SKIPPED: the same with Meilisearch, since MEILISEARCH_URL is not set"));
            return None;
        };
        let key = std::env::var("MEILISEARCH_KEY").ok();
        let prefix = format!("test-{}", uuid::Uuid::new_v4().simple());
        let index = Meilisearch::connect(&url, key.as_deref(), &prefix, settings()).await.unwrap().index;
        Some(Self { index: Arc::new(index), engine: "Meilisearch", _place: Place::Server })
    }

    /// Whether there is a Meilisearch server to test with.
    pub fn has_server() -> bool {
        std::env::var_os("MEILISEARCH_URL").is_some()
    }

    /// Whether it is the embedded engine: for differences that Meilisearch cannot be without.
    pub fn is_embedded(&self) -> bool {
        self.engine == "embedded"
    }

    pub async fn apply(&self, changes: Vec<Change>) {
        self.index.apply(changes).await.unwrap_or_else(|error| panic!("{self}: {error}"));
    }

    pub async fn find(&self, query: &Query) -> Hits {
        self.index.search(query).await.unwrap_or_else(|error| panic!("{self}: {error}: {query:?}"))
    }

    pub async fn search(&self, text: &str) -> Hits {
        self.find(&asked(text)).await
    }

    pub async fn suggest(&self, query: &Query) -> Vec<Suggestion> {
        self.index.suggest(query).await.unwrap_or_else(|error| panic!("{self}: {error}: {query:?}"))
    }

    /// The numbers of what a text finds, the best first.
    pub async fn found(&self, text: &str) -> Vec<u32> {
        self.found_by(&asked(text)).await
    }

    /// The numbers of what a query finds when all of it is wanted, in its order.
    pub async fn found_by(&self, query: &Query) -> Vec<u32> {
        let hits = self.find(query).await;
        assert_eq!(hits.total, hits.hits.len() as u64, "{self}: {query:?}");
        numbers(&hits)
    }

    pub async fn found_set(&self, text: &str) -> Vec<u32> {
        self.set_found_by(&asked(text)).await
    }

    pub async fn set_found_by(&self, query: &Query) -> Vec<u32> {
        let mut found = self.found_by(query).await;
        found.sort_unstable();
        found
    }
}

pub fn numbers(hits: &Hits) -> Vec<u32> {
    hits.hits.iter().map(|hit| number_of(hit.id)).collect()
}

pub fn ids(hits: &Hits) -> Vec<Id> {
    hits.hits.iter().map(|hit| hit.id).collect()
}

impl fmt::Display for Library {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.engine)
    }
}
