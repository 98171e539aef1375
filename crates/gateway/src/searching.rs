//! `GET /v1/search`: the index ranks, the database says what is still published.

use crate::app::App;
use crate::problem::Problem;
use crate::query::page_size;
use crate::rest::answer::{self, Envelope, Links, Meta, caching};
use crate::rest::link::{link, pairs};
use crate::rest::params::{bad, bad_cursor, unknown};
use actix_web::{HttpRequest, HttpResponse, web};
use kernel::query::{Projection, State, Value as Key};
use kernel::{Actor, Id, Kind, PageRequest, Position, Row, Text, View};
use search::Query;
use serde_json::{Value, json};

/// How far one can page through hits: relevance beyond that means nothing.
const DEEPEST: i64 = 10_000;

/// What was asked.
pub(crate) struct Asked {
    pub q: String,
    size: u32,
    after: Option<String>,
    total: bool,
}

/// What was found.
pub(crate) struct Searched {
    pub hits: search::Hits,
    /// The cursor of the page after.
    pub next: Option<String>,
    /// That of the page before, where there is one; the first page has none.
    pub previous: Option<Option<String>>,
    total: i64,
}

/// Answers the best hits first, one per resource.
pub(crate) async fn search(req: HttpRequest, app: web::Data<App>) -> Result<HttpResponse, Problem> {
    let given = pairs(req.query_string())?;
    let asked = read(&given)?;
    let found = searched(&app, &asked).await?;
    let kept = |cursor: Option<String>| {
        let rest = given.iter().filter(|(name, _)| name != "page[after]").map(|(name, value)| (name.as_str(), value.as_str()));
        link("/v1/search", rest.chain(cursor.as_deref().map(|cursor| ("page[after]", cursor))))
    };
    let next = found.next.map(|cursor| kept(Some(cursor)));
    let prev = found.previous.map(kept);
    let here = link("/v1/search", given.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    let data = rows(&app, found.hits).await?;
    let envelope = Envelope {
        data,
        included: None,
        links: Some(Links { here, next, prev }),
        meta: asked.total.then_some(Meta { total: u64::try_from(found.total).unwrap_or(0) }),
    };
    Ok(answer::list(&envelope, caching(&Actor::Anonymous, State::Published)))
}

/// Asks the index for a page.
pub(crate) async fn searched(app: &App, asked: &Asked) -> Result<Searched, Problem> {
    let context = format!("/v1/search|{}", asked.q);
    let offset = match &asked.after {
        Some(cursor) => match app.parts.cursors.open(&context, cursor).map_err(|_| bad_cursor())?.keys.as_slice() {
            [Key::Int(offset)] => *offset,
            _ => return Err(bad_cursor()),
        },
        None => 0,
    };
    let size = i64::from(asked.size);
    let query = Query {
        text: asked.q.clone(),
        types: Vec::new(),
        limit: usize::try_from(size).unwrap_or(0),
        offset: usize::try_from(offset).unwrap_or(0),
    };
    let hits = app.parts.search.search(&query).await.map_err(|error| {
        tracing::error!(%error, "the search index failed");
        Problem::new(Kind::Unavailable, "unavailable", Text::new("Tìm kiếm tạm thời không phục vụ.", "Search is away for now."))
    })?;
    let total = i64::try_from(hits.total).unwrap_or(i64::MAX);
    let at = |offset: i64| {
        let position = Position { keys: vec![Key::Int(offset)], id: Id(Default::default()) };
        app.parts.cursors.seal(&context, &position)
    };
    let next = (offset + size < total.min(DEEPEST)).then(|| at(offset + size));
    let previous = (offset > 0).then(|| (offset > size).then(|| at(offset - size)));
    Ok(Searched { hits, next, previous, total })
}

/// Reads the parameters.
pub(crate) fn read(given: &[(String, String)]) -> Result<Asked, Problem> {
    let mut asked = Asked { q: String::new(), size: PageRequest::DEFAULT_SIZE, after: None, total: false };
    let mut has_query = false;
    for (name, value) in given {
        match name.as_str() {
            "q" if value.chars().count() <= 500 && !value.contains('\0') => {
                asked.q = kernel::text::nfc(value.as_str());
                has_query = true;
            }
            "q" => return Err(bad("q", "nhiều nhất 500 ký tự", "at most 500 characters")),
            "page[size]" => {
                asked.size = page_size(value.parse().ok())
                    .ok_or_else(|| bad(name, "số nguyên từ 1 đến 100", "a whole number from 1 to 100"))?;
            }
            "page[after]" => asked.after = Some(value.clone()),
            "meta" if value == "total" => asked.total = true,
            "meta" => return Err(bad(name, "total", "total")),
            _ => return Err(unknown(name, &["q", "page[size]", "page[after]", "meta"])),
        }
    }
    if has_query { Ok(asked) } else { Err(bad("q", "từ cần tìm", "words to search for")) }
}

/// The hits as they are sent; what was withdrawn since it was indexed is left out.
async fn rows(app: &App, hits: search::Hits) -> Result<Vec<Value>, Problem> {
    let catalog = app.parts.registry.now().clone();
    let mut found: Vec<Row> = Vec::new();
    for served in &catalog.resources {
        let of_type = |hit: &&search::Hit| hit.resource_type == served.description().name;
        let ids: Vec<Id> = hits.hits.iter().filter(of_type).map(|hit| hit.id).collect();
        if !ids.is_empty() {
            let fields = vec!["number".into(), served.description().display.clone().into()];
            let view = View { as_of: None, fields: Projection(fields), state: State::Published, lang: kernel::Language::Source };
            let rows = served.resource.get_many(&Actor::Anonymous, &ids, &view).await?;
            found.extend(rows.into_iter().map(|found| found.row));
        }
    }
    let sent = hits.hits.into_iter().filter_map(|hit| {
        let id = hit.id.to_string();
        let row = found.iter().find(|row| row.get("id").and_then(Value::as_str) == Some(&id))?;
        let description = catalog.by_name(&hit.resource_type)?.description();
        let path = &description.path;
        Some(json!({
            "id": id, "type": hit.resource_type, "title": row.get(&description.display), "number": row.get("number"), "url": format!("{path}/{id}"),
            "score": hit.score, "highlights": hit.highlights,
        }))
    });
    Ok(sent.collect())
}
