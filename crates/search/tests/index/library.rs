//! An index of one test, and documents that state only what matters.

use kernel::Id;
use search::{Change, Hits, Query, SearchDocument, SearchIndex, Tantivy};
use tempfile::TempDir;

pub struct Library {
    pub index: Tantivy,
    pub folder: TempDir,
}

impl Library {
    pub async fn of(documents: Vec<SearchDocument>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let index = Tantivy::open(folder.path()).unwrap().index;
        index.apply(documents.into_iter().map(Change::Upsert).collect()).await.unwrap();
        Self { index, folder }
    }

    pub async fn search(&self, text: &str) -> Hits {
        let query = Query { text: text.to_owned(), limit: 200, ..Query::default() };
        self.index.search(&query).await.unwrap()
    }

    /// The numbers of the ids found, the best first.
    pub async fn found(&self, text: &str) -> Vec<u32> {
        let hits = self.search(text).await;
        assert_eq!(hits.total, hits.hits.len() as u64);
        hits.hits.iter().map(|hit| u32::try_from(hit.id.0.as_u128() & 0xFFFF).unwrap()).collect()
    }

    pub async fn found_set(&self, text: &str) -> Vec<u32> {
        let mut found = self.found(text).await;
        found.sort_unstable();
        found
    }
}

pub fn id(n: u32) -> Id {
    Id::parse(&format!("00000000-0000-7000-8000-00000000{n:04x}")).unwrap()
}

pub fn document(n: u32, title: &str, body: &str) -> SearchDocument {
    SearchDocument {
        id: id(n),
        resource_type: "document".to_owned(),
        number: None,
        title: title.to_owned(),
        body: body.to_owned(),
        date: None,
    }
}

pub fn numbered(n: u32, number: &str, title: &str) -> SearchDocument {
    SearchDocument { number: Some(number.to_owned()), ..document(n, title, "") }
}
