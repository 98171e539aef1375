//! Hits as they are sent.

use super::{Asked, Searched, facets};
use crate::app::App;
use crate::problem::Problem;
use crate::rest::link::link;
use kernel::query::{Projection, State};
use kernel::{Actor, Id, Language, Row, View, print_date};
use search::Hit;
use serde_json::{Map, Value, json};

/// A hit with what the database says of it.
pub(crate) struct Shown {
    pub hit: Hit,
    /// How many hits of the page stand before it, those included that are left out.
    pub rank: usize,
    pub title: Option<Value>,
    pub number: Option<Value>,
    pub url: String,
    /// The address of the part that matches.
    pub matched_url: Option<String>,
}

impl Shown {
    /// The hit in JSON.
    pub fn into_row(self) -> Value {
        let Self { hit, title, number, url, matched_url, .. } = self;
        let mut row = json!({
            "id": hit.id.to_string(), "type": hit.resource_type, "title": title, "number": number, "url": url,
            "score": hit.score, "highlights": hit.highlights,
        });
        if let (Some(matched), Some(row)) = (hit.matched, row.as_object_mut()) {
            let told = json!({ "eid": matched.eid, "heading": matched.heading, "url": matched_url });
            row.insert("matched".to_owned(), told);
        }
        if let (false, Some(row)) = (hit.reasons.is_empty(), row.as_object_mut()) {
            let reasons = hit.reasons.iter().map(|reason| json!({ "name": reason.name, "score": reason.score }));
            row.insert("explanation".to_owned(), reasons.collect());
        }
        row
    }
}

/// The hits in their order; what was withdrawn since it was indexed is left out.
pub(crate) async fn shown(app: &App, asked: &Asked, hits: Vec<Hit>) -> Result<Vec<Shown>, Problem> {
    let catalog = app.parts.registry.now().clone();
    let mut found: Vec<Row> = Vec::new();
    for served in &catalog.resources {
        let of_type = |hit: &&Hit| hit.resource_type == served.description().name;
        let ids: Vec<Id> = hits.iter().filter(of_type).map(|hit| hit.id).collect();
        if !ids.is_empty() {
            let fields = vec!["number".into(), served.description().display.clone().into()];
            let view = View { as_of: None, fields: Projection(fields), state: State::Published, lang: Language::Source };
            let rows = served.resource.get_many(&Actor::Anonymous, &ids, &view).await?;
            found.extend(rows.into_iter().map(|found| found.row));
        }
    }
    let sent = hits.into_iter().enumerate().filter_map(|(rank, hit)| {
        let id = hit.id.to_string();
        let row = found.iter().find(|row| row.get("id").and_then(Value::as_str) == Some(&id))?;
        let description = catalog.by_name(&hit.resource_type)?.description();
        let url = format!("{}/{id}", description.path);
        let day = asked.as_of.map(print_date);
        let matched_url = hit.matched.as_ref().map(|matched| {
            let parts = [("eid", matched.eid.as_str())].into_iter().chain(day.as_deref().map(|day| ("as_of", day)));
            link(&format!("{url}/text"), parts)
        });
        let title = row.get(&description.display).cloned();
        Some(Shown { title, number: row.get("number").cloned(), url, matched_url, rank, hit })
    });
    Ok(sent.collect())
}

/// What is told beside the hits: the total and the facets where they were asked, and whether words may be lacking.
pub(super) async fn meta(app: &App, asked: &Asked, found: &Searched) -> Result<Map<String, Value>, Problem> {
    let mut meta = Map::new();
    if asked.total {
        meta.insert("total".to_owned(), json!(found.hits.total));
    }
    if !asked.facets.is_empty() {
        meta.insert("facets".to_owned(), facets::told(app, &found.hits.facets).await?);
    }
    if found.hits.is_relaxed {
        meta.insert("relaxed".to_owned(), json!(true));
    }
    Ok(meta)
}
