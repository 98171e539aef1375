//! What entries refer to, as far as the caller sees it: one statement for each kind, however many entries.

use super::portal::{Place, Portal};
use super::words;
use crate::app::App;
use crate::problem::Problem;
use content_types::{Definition, Target as Kind};
use kernel::query::{Projection, State};
use kernel::{Actor, Id, Language, Locale, Row, View};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The resource that media are.
const MEDIA: &str = "media";

/// The titles and files that pages show in place of ids.
#[derive(Default)]
pub(super) struct Targets {
    others: HashMap<Id, Other>,
    media: HashMap<Id, Media>,
}

/// Another resource that an entry refers to.
pub(super) struct Other {
    pub title: String,
    pub href: Option<String>,
}

/// A file in the media library.
pub(super) struct Media {
    pub url: String,
    /// `image video audio document archive text`.
    pub kind: String,
    pub title: String,
    pub alt: Option<String>,
    pub caption: Option<String>,
    pub credit: Option<String>,
    pub transcript: Option<String>,
    pub size: Option<i64>,
    pub dimensions: Option<(i64, i64)>,
}

/// Who looks at what others refer to.
pub(super) struct Looking<'a> {
    pub app: &'a App,
    pub portal: &'a Portal,
    pub actor: &'a Actor,
    pub locale: &'a str,
}

impl Targets {
    /// Reads what these entries refer to.
    pub async fn load(looking: &Looking<'_>, rows: &[(&Definition, &Row)]) -> Result<Self, Problem> {
        let mut wanted: BTreeMap<String, BTreeSet<Id>> = BTreeMap::new();
        for (definition, row) in rows {
            for reference in definition.references(row) {
                let name = match reference.target {
                    Kind::Type(name) => name,
                    Kind::Media(_) => MEDIA.to_owned(),
                };
                wanted.entry(name).or_default().insert(reference.id);
            }
        }
        let catalog = looking.app.parts.registry.now().clone();
        let mut targets = Self::default();
        for (name, ids) in wanted {
            let Some(served) = catalog.by_name(&name) else { continue };
            let description = served.description();
            let ids: Vec<Id> = ids.into_iter().collect();
            let lang = Locale::parse(looking.locale).map_or(Language::Source, Language::Rather);
            let view = View { as_of: None, fields: Projection(description.light_fields()), state: State::Published, lang };
            for found in served.resource.get_many(looking.actor, &ids, &view).await? {
                let Some(id) = text(&found.row, "id").and_then(Id::parse) else { continue };
                if name == MEDIA {
                    targets.media.extend(media(&found.row, looking).map(|media| (id, media)));
                } else {
                    targets.others.insert(id, other(&found.row, (&name, &description.display), looking.portal));
                }
            }
        }
        Ok(targets)
    }

    pub fn other(&self, id: &Value) -> Option<&Other> {
        self.others.get(&Id::parse(id.as_str()?)?)
    }

    pub fn media(&self, id: &Value) -> Option<&Media> {
        self.media.get(&Id::parse(id.as_str()?)?)
    }

    #[cfg(test)]
    pub fn with_media(id: Id, media: Media) -> Self {
        Self { others: HashMap::new(), media: HashMap::from([(id, media)]) }
    }
}

fn text<'a>(row: &'a Row, name: &str) -> Option<&'a str> {
    row.get(name).and_then(Value::as_str).filter(|text| !text.is_empty())
}

fn other(row: &Row, (of, display): (&str, &str), portal: &Portal) -> Other {
    let title = text(row, display).or_else(|| text(row, "title")).or_else(|| text(row, "name")).unwrap_or_default();
    let title = match text(row, "number").filter(|_| of == "document") {
        Some(number) => format!("{number} – {title}"),
        None => title.to_owned(),
    };
    let href = match (text(row, "id"), text(row, "locale")) {
        (Some(id), Some(locale)) => Some(portal.page(of, &Place { id, locale, slug: text(row, "slug") })),
        (Some(id), None) if of == "document" => Some(portal.absolute(&format!("/v1/documents/{id}"))),
        _ => None,
    };
    Other { title, href }
}

fn media(row: &Row, looking: &Looking<'_>) -> Option<Media> {
    let own = |name: &str| text(row, name).map(str::to_owned);
    let told = |name: &str| row.get(name).and_then(|texts| words::in_language(texts, looking.locale)).map(str::to_owned);
    let whole = |name: &str| row.get(name).and_then(Value::as_i64);
    Some(Media {
        url: looking.portal.absolute(text(row, "url")?),
        kind: own("kind").unwrap_or_default(),
        title: own("title").or_else(|| own("file_name")).unwrap_or_default(),
        alt: told("alt"),
        caption: told("caption"),
        credit: own("credit"),
        transcript: own("transcript"),
        size: whole("size"),
        dimensions: whole("width").zip(whole("height")),
    })
}
