//! Asks the index.

use super::Asked;
use crate::app::App;
use crate::problem::Problem;
use crate::rest::params::bad_cursor;
use kernel::query::Value as Key;
use kernel::{Id, Kind, Position, Text};
use search::{Error, Filter, Hits, Query};

/// How far one can page through hits: relevance beyond that means nothing.
const DEEPEST: i64 = 10_000;

/// What was found.
pub(crate) struct Searched {
    pub hits: Hits,
    /// How many better hits stand before this page.
    offset: i64,
    size: i64,
    context: String,
}

impl Searched {
    /// The cursor of the page after.
    pub fn next(&self, app: &App) -> Option<String> {
        let end = self.offset + self.size;
        let total = i64::try_from(self.hits.total).unwrap_or(i64::MAX);
        (end < total.min(DEEPEST)).then(|| self.cursor(app, end))
    }

    /// That of the page before, where there is one; the first page has none.
    pub fn previous(&self, app: &App) -> Option<Option<String>> {
        let begin = self.offset - self.size;
        self.has_previous().then(|| (begin > 0).then(|| self.cursor(app, begin)))
    }

    /// Whether better hits stand before this page.
    pub fn has_previous(&self) -> bool {
        self.offset > 0
    }

    /// The cursor behind the hit of this rank on this page.
    pub fn behind(&self, app: &App, rank: usize) -> String {
        self.cursor(app, self.offset + i64::try_from(rank).unwrap_or(0) + 1)
    }

    fn cursor(&self, app: &App, offset: i64) -> String {
        let position = Position { keys: vec![Key::Int(offset)], id: Id(Default::default()) };
        app.parts.cursors.seal(&self.context, &position)
    }
}

/// Asks for a page.
pub(crate) async fn searched(app: &App, asked: &Asked) -> Result<Searched, Problem> {
    let context = asked.context();
    let offset = match &asked.after {
        Some(cursor) => match app.parts.cursors.open(&context, cursor).map_err(|_| bad_cursor())?.keys.as_slice() {
            [Key::Int(offset)] => *offset,
            _ => return Err(bad_cursor()),
        },
        None => 0,
    };
    let query = query(app, asked, usize::try_from(offset).unwrap_or(0)).await?;
    let hits = app.parts.search.search(&query).await.map_err(away)?;
    Ok(Searched { hits, offset, size: i64::from(asked.size), context })
}

/// The query of a page, without what is no longer published though the index still has it.
pub(crate) async fn query(app: &App, asked: &Asked, offset: usize) -> Result<Query, Problem> {
    let gone = jobs::pending(&app.parts.db, app.parts.search_consumer, &["withdrawn", "deleted"])
        .await
        .map_err(|_| Problem::internal())?;
    Ok(Query { offset, without: gone, ..asked.query(app.parts.clock.today()) })
}

/// Which of these resources a search finds, all its words in each: what is only alike is passed over.
pub(crate) async fn found_among(app: &App, asked: &Asked, ids: &[Id]) -> Result<Vec<Id>, Problem> {
    let mut query = query(app, asked, 0).await?;
    query.filters.push(Filter::Any("id".to_owned(), ids.iter().map(Id::to_string).collect()));
    query.limit = ids.len();
    query.facets.clear();
    let hits = app.parts.search.search(&query).await.map_err(away)?;
    let found: Vec<Id> = hits.hits.iter().map(|hit| hit.id).collect();
    if !hits.is_relaxed {
        return Ok(found);
    }
    // Some may have all words, beside others that have most: asked for alone, each says so itself.
    query.limit = 1;
    let mut whole = Vec::new();
    for id in found {
        query.filters.pop();
        query.filters.push(Filter::Any("id".to_owned(), vec![id.to_string()]));
        let alone = app.parts.search.search(&query).await.map_err(away)?;
        if !alone.hits.is_empty() && !alone.is_relaxed {
            whole.push(id);
        }
    }
    Ok(whole)
}

/// The index cannot answer.
pub(crate) fn away(error: Error) -> Problem {
    match error {
        Error::Damaged(_) => tracing::warn!(%error, "search waits for its index"),
        _ => tracing::error!(%error, "the search index failed"),
    }
    Problem::new(Kind::Unavailable, "unavailable", Text::new("Tìm kiếm tạm thời không phục vụ.", "Search is away for now."))
}
