//! `group=type`: the best hits of each type, and how many there are.

use super::answer::{Shown, shown};
use super::finding::away;
use super::{Asked, facets, finding};
use crate::app::App;
use crate::problem::Problem;
use search::{Filter, Sort};
use serde_json::{Map, Value, json};

/// So many types are told.
const MOST_TYPES: usize = 20;

pub(super) async fn grouped(app: &App, asked: &Asked) -> Result<(Vec<Value>, Map<String, Value>), Problem> {
    let mut query = finding::query(app, asked, 0).await?;
    query.limit = 0;
    if !query.facets.iter().any(|(name, _)| name == "type") {
        query.facets.push(("type".to_owned(), MOST_TYPES));
    }
    let all = app.parts.search.search(&query).await.map_err(away)?;
    query.facets.clear();
    query.limit = usize::try_from(asked.size).unwrap_or(0);
    let mut groups = Vec::new();
    for (name, count) in all.facets.get("type").into_iter().flatten().take(MOST_TYPES) {
        let mut of_type = query.clone();
        of_type.filters.push(Filter::Any("type".to_owned(), vec![name.clone()]));
        let hits = app.parts.search.search(&of_type).await.map_err(away)?;
        let best = hits.hits.first().map_or(0.0, |hit| hit.score);
        groups.push((name, *count, best, hits));
    }
    if asked.sort == Sort::Relevance {
        groups.sort_by(|(.., a, _), (.., b, _)| b.total_cmp(a));
    }
    let mut data = Vec::new();
    let mut totals = Map::new();
    for (name, count, _, hits) in groups {
        totals.insert(name.clone(), json!(count));
        data.extend(shown(app, asked, hits.hits).await?.into_iter().map(Shown::into_row));
    }
    let mut meta = Map::from_iter([("groups".to_owned(), Value::Object(totals))]);
    if asked.total {
        meta.insert("total".to_owned(), json!(all.total));
    }
    if !asked.facets.is_empty() {
        let wanted = all.facets.into_iter().filter(|(name, _)| asked.facets.iter().any(|(asked, _)| asked == name)).collect();
        meta.insert("facets".to_owned(), facets::told(app, &wanted).await?);
    }
    Ok((data, meta))
}
