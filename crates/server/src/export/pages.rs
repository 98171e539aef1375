//! All documents, a page at a time.

use crate::Failure;
use crate::cli::ExportFormat;
use documents::Documents;
use kernel::query::{Direction, Filter, ListQuery, Name, Projection, SortKey, State};
use kernel::{Actor, PageRequest, Place, Row, Total};

/// Documents of a page: their texts are in memory together.
const SIZE: u32 = 20;

/// Fields that the list of an archive tells.
const LISTED: [&str; 7] = ["number", "doc_type", "title", "issuer", "issued_on", "language", "published_at"];

/// The pages of all documents, in the order in which they were entered, so that none is missed where others enter more.
pub struct Pages {
    documents: Documents,
    actor: Actor,
    state: State,
    fields: Vec<Name>,
    /// A moment that stays as it is, whatever changes while the pages are read.
    order: &'static str,
    place: Option<Place>,
    total: u64,
}

impl Pages {
    pub fn new(documents: Documents, actor: Actor, state: State, format: ExportFormat) -> Self {
        let fields = match format {
            ExportFormat::Ndjson => documents::every_document_field(),
            ExportFormat::Akn => LISTED.map(Name::from).to_vec(),
        };
        let order = if state == State::Published { "published_at" } else { "created_at" };
        Self { documents, actor, state, fields, order, place: Some(Place::Start), total: 0 }
    }

    /// The next page, and how many documents there are about in all.
    pub async fn next(&mut self) -> Result<Option<(Vec<Row>, u64)>, Failure> {
        let Some(place) = self.place.take() else { return Ok(None) };
        let total = if matches!(place, Place::Start) { Total::Count } else { Total::Skip };
        let query = ListQuery {
            filter: Filter::default(),
            sort: vec![SortKey { field: self.order.into(), direction: Direction::Asc }],
            fields: Projection(self.fields.clone()),
            state: self.state,
            lang: None,
            as_of: None,
            page: PageRequest { size: SIZE, place, total },
        };
        let page = self.documents.list(&self.actor, &query).await?;
        self.total = page.total.unwrap_or(self.total);
        self.place = page.items.last().filter(|_| page.more_after).map(|(last, _)| Place::After(last.clone()));
        Ok(Some((page.items.into_iter().map(|(_, row)| row).collect(), self.total)))
    }
}
