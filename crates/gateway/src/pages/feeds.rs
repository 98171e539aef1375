//! Feeds: the newest of a type, or what a search finds, in three formats with the same items.

use super::entry::{image, properties};
use super::fields::Scene;
use super::portal::Portal;
use super::targets::{Looking, Targets};
use super::{atom, html, json_feed, rss, words};
use crate::app::App;
use crate::description::{Description, Readers, sort_by};
use crate::problem::Problem;
use crate::query::sortable;
use crate::resource::Served;
use crate::rest::answer::{self, Printed};
use crate::rest::link::{link, pairs};
use crate::rest::params::{Asked, Of, unknown};
use crate::searching::{self, Asked as Sought};
use actix_web::{HttpRequest, HttpResponse, web};
use kernel::query::{Direction, Op, Projection, State, Test, Value as Key};
use kernel::{Actor, Id, Instant, Language, Locale, Position, Row, View};
use serde_json::Value;

/// One page of a feed.
pub(super) struct Feed {
    /// What it is called.
    pub title: String,
    /// Its language.
    pub locale: String,
    /// Whose it is.
    pub author: String,
    /// What reuse of it has to carry (C-31).
    pub rights: Option<String>,
    /// The pages that it tells of.
    pub home: String,
    /// This page of it, the first one and those beside it.
    pub here: String,
    pub first: String,
    pub next: Option<String>,
    pub previous: Option<String>,
    pub items: Vec<Item>,
}

/// One entry of a feed.
pub(super) struct Item {
    pub id: String,
    pub locale: String,
    pub title: String,
    pub address: String,
    pub published: Option<Instant>,
    pub updated: Instant,
    pub author: Option<String>,
    pub summary: Option<String>,
    /// Sanitised HTML with absolute addresses.
    pub content: Option<String>,
    /// Values and what readers see them called.
    pub categories: Vec<(String, String)>,
    pub rights: Option<String>,
    pub image: Option<String>,
}

impl Feed {
    /// When something in it last changed.
    pub fn updated(&self) -> Instant {
        self.items.iter().map(|item| item.updated).max().unwrap_or(Instant(0))
    }
}

#[derive(Clone, Copy)]
enum Format {
    Atom,
    Rss,
    Json,
}

impl Format {
    /// The name of a feed and its format.
    fn split(file: &str) -> Option<(&str, Self)> {
        let (name, ending) = file.rsplit_once('.')?;
        let format = match ending {
            "atom" => Self::Atom,
            "rss" => Self::Rss,
            "json" => Self::Json,
            _ => return None,
        };
        Some((name, format))
    }

    fn answer(self, req: &HttpRequest, feed: &Feed) -> HttpResponse {
        let (content_type, body) = match self {
            Self::Atom => ("application/atom+xml; charset=utf-8", atom::print(feed)),
            Self::Rss => ("application/rss+xml; charset=utf-8", rss::print(feed)),
            Self::Json => ("application/feed+json; charset=utf-8", json_feed::print(feed)),
        };
        let caching = answer::caching(&Actor::Anonymous, State::Published);
        answer::printed(req, Printed { content_type, body, caching, revision: None })
    }
}

/// `GET /feeds/{portal}/{type}.{atom,rss,json}`: what everybody sees of a type, as its list has it.
pub(crate) async fn feed(
    req: HttpRequest,
    path: web::Path<(String, String)>,
    app: web::Data<App>,
) -> Result<HttpResponse, Problem> {
    let (name, format) = Format::split(&path.1).ok_or_else(Problem::not_found)?;
    let portal = Portal::named(&app, &req, &path.0)?;
    let catalog = app.parts.registry.now().clone();
    let served = catalog.by_name(name).filter(|served| has_feed(served.description())).ok_or_else(Problem::not_found)?;
    let description = served.description();
    let given = pairs(req.query_string())?;
    taken(&given, &["filter[field][operator]", "lang", "page[size]", "page[after]", "page[before]"])?;
    let mut asked = Asked::read(&given, Of::List, served, &catalog)?;
    if description.fields.iter().any(|field| field.name == "portal_id") {
        asked.also(Test { field: "portal_id".into(), op: Op::Null, values: vec![Key::Bool(true)] });
    }
    // A feed tells what is new, whatever the list is sorted by.
    asked.order_by(sort_by("published_at", Direction::Desc));
    let locale = asked.lang.as_ref().map_or("vi", Locale::as_str).to_owned();
    let (mut query, context) = asked.into_list(description, &app.parts.cursors)?;
    query.fields = Projection(fields(description));
    let page = served.resource.list(&Actor::Anonymous, &query).await?;

    let beside = |name: &'static str, position: Option<&Position>| Some((name, app.parts.cursors.seal(&context, position?)));
    let next = page.more_after.then(|| beside("page[after]", page.items.last().map(|(position, _)| position))).flatten();
    let previous = page.more_before.then(|| beside("page[before]", page.items.first().map(|(position, _)| position))).flatten();
    let rows: Vec<Row> = page.items.into_iter().map(|(_, row)| row).collect();
    let items = items(&app, &portal, served, &rows).await?;
    let title = title(&app, description, &locale);
    let pages = Pages { portal: &portal, path: req.path(), given: &given };
    Ok(format.answer(&req, &pages.feed((&title, &locale), (next, previous), (items, rights(&app, &locale)))))
}

/// `GET /feeds/{portal}/search.{atom,rss,json}?q=…`: what a search finds, the newest first.
pub(crate) async fn search_feed(
    req: HttpRequest,
    path: web::Path<(String, String)>,
    app: web::Data<App>,
) -> Result<HttpResponse, Problem> {
    let (_, format) = Format::split(&path.1).ok_or_else(Problem::not_found)?;
    let portal = Portal::named(&app, &req, &path.0)?;
    let given = pairs(req.query_string())?;
    taken(&given, &["q", "filter[field]", "as_of", "sort", "page[size]", "page[after]"])?;
    let catalog = app.parts.registry.now().clone();
    let mut asked = Sought::read(&given, &catalog)?;
    // A feed tells what is new, unless another order is asked for.
    if !given.iter().any(|(name, _)| name == "sort") {
        asked.sort = search::Sort::Newest;
    }
    let found = searching::searched(&app, &asked).await?;
    let mut items = Vec::with_capacity(found.hits.hits.len());
    for served in catalog.resources.iter().filter(|served| has_feed(served.description())) {
        let description = served.description();
        let of_type = found.hits.hits.iter().filter(|hit| hit.resource_type == description.name);
        let ids: Vec<Id> = of_type.map(|hit| hit.id).collect();
        if ids.is_empty() {
            continue;
        }
        let view = View { as_of: None, fields: Projection(fields(description)), state: State::Published, lang: Language::Source };
        let rows = served.resource.get_many(&Actor::Anonymous, &ids, &view).await?;
        let own = |row: &Row| row.get("portal_id").is_none_or(Value::is_null);
        let rows: Vec<Row> = rows.into_iter().map(|found| found.row).filter(own).collect();
        items.extend(self::items(&app, &portal, served, &rows).await?);
    }
    let rank = |item: &Item| found.hits.hits.iter().position(|hit| hit.id.to_string() == item.id);
    items.sort_by_key(rank);
    let title = format!("Tìm kiếm: {}", asked.q.as_deref().unwrap_or("tất cả"));
    let pages = Pages { portal: &portal, path: req.path(), given: &given };
    let next = found.next(&app).map(|cursor| ("page[after]", cursor));
    let previous = found.previous(&app).map(|cursor| ("page[after]", cursor.unwrap_or_default()));
    Ok(format.answer(&req, &pages.feed((&title, "vi"), (next, previous), (items, rights(&app, "vi")))))
}

/// Whether a resource has feeds: it is published, for everybody.
fn has_feed(description: &Description) -> bool {
    let is_published = sortable(description).any(|field| field.name == "published_at");
    description.editions.has_drafts() && description.readers == Readers::Everybody && is_published
}

/// Refuses parameters that only lists in JSON take.
fn taken(given: &[(String, String)], allowed: &[&str]) -> Result<(), Problem> {
    let is_filter = |name: &str| name.starts_with("filter[") && allowed.iter().any(|known| known.starts_with("filter["));
    match given.iter().find(|(name, _)| !allowed.contains(&name.as_str()) && !is_filter(name)) {
        Some((name, _)) => Err(unknown(name, allowed)),
        None => Ok(()),
    }
}

/// Of entries everything, of documents no bodies.
fn fields(description: &Description) -> Vec<kernel::query::Name> {
    if description.name == "document" { description.light_fields() } else { description.field_names() }
}

fn rights(app: &App, locale: &str) -> Option<String> {
    app.parts.content.policies.text("source-line", locale)
}

fn title(app: &App, description: &Description, locale: &str) -> String {
    let lang = words::lang(locale);
    match app.parts.content.types.named(&description.name) {
        Some(of) => of.definition.title().get(lang).to_owned(),
        None => {
            let title = description.title.get(lang);
            let mut chars = title.chars();
            chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
        }
    }
}

/// The addresses of the pages of a feed.
struct Pages<'a> {
    portal: &'a Portal,
    path: &'a str,
    given: &'a [(String, String)],
}

type Beside = Option<(&'static str, String)>;

impl Pages<'_> {
    fn feed(
        &self,
        (title, locale): (&str, &str),
        (next, previous): (Beside, Beside),
        (items, rights): (Vec<Item>, Option<String>),
    ) -> Feed {
        let name = self.portal.name.get(words::lang(locale));
        Feed {
            title: format!("{title} – {name}"),
            locale: locale.to_owned(),
            author: name.to_owned(),
            rights,
            home: self.portal.url.clone().unwrap_or_else(|| self.portal.origin.clone()),
            here: self.address(self.given.iter().map(|(name, value)| (name.as_str(), value.as_str()))),
            first: self.at(None),
            next: next.map(|cursor| self.at(Some(cursor))),
            previous: previous.map(|cursor| self.at(Some(cursor))),
            items,
        }
    }

    /// The page at a cursor; the first one where there is none.
    fn at(&self, cursor: Beside) -> String {
        let kept = self.given.iter().filter(|(name, _)| name != "page[after]" && name != "page[before]");
        let kept = kept.map(|(name, value)| (name.as_str(), value.as_str()));
        let cursor = cursor.as_ref().filter(|(_, cursor)| !cursor.is_empty());
        self.address(kept.chain(cursor.map(|(name, cursor)| (*name, cursor.as_str()))))
    }

    fn address<'a>(&self, pairs: impl Iterator<Item = (&'a str, &'a str)>) -> String {
        self.portal.absolute(&link(self.path, pairs))
    }
}

/// Rows of one resource as they stand in feeds.
async fn items(app: &App, portal: &Portal, served: &Served, rows: &[Row]) -> Result<Vec<Item>, Problem> {
    let description = served.description();
    let Some(of) = app.parts.content.types.named(&description.name) else {
        return Ok(rows.iter().filter_map(|row| document(app, portal, description, row)).collect());
    };
    let properties = properties(description)?;
    let locale = rows.first().and_then(|row| text(row, "locale")).unwrap_or("vi");
    let looking = Looking { app, portal, actor: &Actor::Anonymous, locale };
    let all: Vec<_> = rows.iter().map(|row| (&of.definition, row)).collect();
    let targets = Targets::load(&looking, &all).await?;
    let item = |row: &Row| {
        let locale = text(row, "locale").unwrap_or("vi");
        let scene = Scene { lang: words::lang(locale), locale, targets: &targets };
        let content = absolute(&html::content(properties, row, &scene), &portal.origin);
        let about = || row.get("sharing")?.get("open_graph")?.get("og:description")?.as_str();
        Some(Item {
            title: of.definition.display_text(row),
            address: text(row, "link_url").map_or_else(|| portal.page(&description.name, &html::place(row)), str::to_owned),
            author: text(row, "author_name").or_else(|| text(row, "source_name")).map(str::to_owned),
            summary: text(row, "summary").or_else(about).map(str::to_owned),
            content: Some(content).filter(|content| !content.trim().is_empty()),
            categories: categories(&of.definition, row, locale),
            rights: text(row, "source_line").map(str::to_owned),
            image: image(&of.definition, row, &targets).map(|image| image.url.clone()),
            ..dated(row, locale)?
        })
    };
    Ok(rows.iter().filter_map(item).collect())
}

fn text<'a>(row: &'a Row, name: &str) -> Option<&'a str> {
    row.get(name).and_then(Value::as_str).filter(|text| !text.trim().is_empty())
}

/// What every item has.
fn dated(row: &Row, locale: &str) -> Option<Item> {
    let moment = |name: &str| text(row, name).and_then(Instant::parse);
    let published = moment("published_at");
    Some(Item {
        id: text(row, "id")?.to_owned(),
        locale: locale.to_owned(),
        title: String::new(),
        address: String::new(),
        published,
        // What was written before it was published has changed by its publication.
        updated: moment("updated_at").max(published)?,
        author: None,
        summary: None,
        content: None,
        categories: Vec::new(),
        rights: None,
        image: None,
    })
}

/// The first choice that a type has, and its tags.
fn categories(definition: &content_types::Definition, row: &Row, locale: &str) -> Vec<(String, String)> {
    use content_types::FieldKindDef::Enum;
    let choice = definition.fields().iter().find(|field| field.kind == Enum && !field.many);
    let choice = choice.and_then(|field| {
        let value = text(row, &field.name)?;
        let label = field.choices().into_iter().find(|(known, _)| *known == value).and_then(|(_, label)| label);
        let label = label.map_or_else(|| value.to_owned(), |label| label.get(words::lang(locale)).to_owned());
        Some((value.to_owned(), label))
    });
    let tags = row.get("tags").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    choice.into_iter().chain(tags.map(|tag| (tag.to_owned(), tag.to_owned()))).collect()
}

/// A legal document: its number and abstract; its text is at its address.
fn document(app: &App, portal: &Portal, description: &Description, row: &Row) -> Option<Item> {
    let locale = text(row, "language").unwrap_or("vi");
    let id = text(row, "id")?;
    let title = text(row, &description.display).unwrap_or_default();
    let kind = text(row, "doc_type").map(|kind| (kind.to_owned(), kind.to_owned()));
    Some(Item {
        title: text(row, "number").map_or_else(|| title.to_owned(), |number| format!("{number} – {title}")),
        address: portal.absolute(&format!("{}/{id}", description.path)),
        author: row.get("issuer").and_then(|issuer| issuer.get("name")).and_then(Value::as_str).map(str::to_owned),
        summary: Some(title.to_owned()).filter(|title| !title.is_empty()),
        categories: kind.into_iter().collect(),
        rights: rights(app, locale),
        ..dated(row, locale)?
    })
}

/// Sanitised HTML with absolute addresses: a feed is read where relative ones lead nowhere.
fn absolute(html: &str, origin: &str) -> String {
    let mut out = html.to_owned();
    for attribute in [" src=\"", " href=\""] {
        let (relative, elsewhere) = (format!("{attribute}/"), format!("{attribute}//"));
        if !out.contains(&relative) {
            continue;
        }
        // Two slashes begin another host.
        let held = format!("{attribute}\u{fdd0}");
        out = out.replace(&elsewhere, &held).replace(&relative, &format!("{attribute}{origin}/")).replace(&held, &elsewhere);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_addresses_become_absolute() {
        let html = "<a href=\"/a\">x</a><img src=\"/media/1/a.jpg\"><a href=\"//other.example/\">y</a><a href=\"https://b.example/\">z</a>";
        let made = absolute(html, "https://api.example");
        let wanted = "<a href=\"https://api.example/a\">x</a><img src=\"https://api.example/media/1/a.jpg\"><a href=\"//other.example/\">y</a><a href=\"https://b.example/\">z</a>";
        assert_eq!(made, wanted);
    }
}
