//! Media as a resource: what is told about files. The files themselves come and go at addresses of their own.

use super::typed;
use crate::description::{Description, Relation, schema_of, sort_by};
use crate::problem::Problem;
use crate::resource::{Resource, Target, Verb};
use ::media::{Error, Library, Media, MediaInput, media_fields};
use async_trait::async_trait;
use content::Entries;
use kernel::query::{Direction, ListQuery, Projection};
use kernel::{Actor, Call, Fault, Found, Id, Page, Permission, Row, Text, View};
use search::SearchDocument;
use serde_json::Value;

/// Media.
pub struct MediaResource {
    library: Library,
    entries: Entries,
    description: Description,
}

impl MediaResource {
    /// Serves these media; what these entries refer to stays.
    pub fn new(library: Library, entries: Entries) -> Self {
        let titles = (Text::new("tệp phương tiện", "media"), Text::new("tệp phương tiện", "media item"));
        let description = Description {
            schema: schema_of::<Media>(),
            upload: Some(schema_of::<MediaInput>()),
            fields: media_fields(),
            default_sort: vec![sort_by("created_at", Direction::Desc)],
            heavy: vec!["transcript".into()],
            relations: vec![Relation {
                name: "captions".into(),
                target: "media".into(),
                id_field: "captions_id".into(),
                inline: vec!["id"],
            }],
            // The content type `media-item` has the plural `media-items`.
            ..Description::simple("media", "media-library", "/v1/media", titles)
        };
        Self { library, entries, description }
    }
}

/// That entries refer to a media item, with the addresses of some.
fn in_use(by: &[(Id, String)]) -> Problem {
    let by: Vec<String> = by.iter().map(|(id, of)| format!("/v1/content/{of}/{id}")).collect();
    let by = by.join(", ");
    let text = Text::new(
        format!("Còn nội dung dùng tệp này nên không thể xóa: {by}."),
        format!("Entries use this media item, so it cannot be deleted: {by}."),
    );
    Problem::new(Error::InUse.kind(), Error::InUse.code(), text)
}

#[async_trait]
impl Resource for MediaResource {
    fn description(&self) -> &Description {
        &self.description
    }

    fn may(&self, actor: &Actor, verb: Verb) -> bool {
        actor.may(match verb {
            Verb::Delete => Permission::MediaDelete,
            Verb::Create | Verb::Patch | Verb::Transition | Verb::ReadDrafts | Verb::Read => Permission::MediaWrite,
        })
    }

    async fn list(&self, actor: &Actor, query: &ListQuery) -> Result<Page<Row>, Problem> {
        Ok(self.library.list(actor, query).await?)
    }

    async fn get_many(&self, actor: &Actor, ids: &[Id], view: &View) -> Result<Vec<Found>, Problem> {
        Ok(self.library.get_many(actor, ids, &view.fields).await?)
    }

    async fn published_ids(&self, after: Option<Id>) -> Result<Vec<Id>, Problem> {
        Ok(self.library.ids(after).await?)
    }

    async fn searched(&self, ids: &[Id]) -> Result<Vec<SearchDocument>, Problem> {
        let fields =
            ["title", "file_name", "alt", "caption", "transcript", "credit", "kind", "created_at"].map(Into::into).to_vec();
        let found = self.library.get_many(&Actor::Anonymous, ids, &Projection(fields)).await?;
        Ok(found.iter().filter_map(|found| search_document(&found.row)).collect())
    }

    async fn patch(&self, call: &Call, target: Target, patch: Row) -> Result<Found, Problem> {
        Ok(self.library.revise(call, target.id, target.seen, patch).await?)
    }

    async fn delete(&self, call: &Call, target: Target) -> Result<(), Problem> {
        let by = self.entries.referring(target.id).await?;
        if !by.is_empty() {
            return Err(in_use(&by));
        }
        Ok(self.library.delete(call, target.id, target.seen).await?)
    }
}

/// What a form told about a file, as the subject takes it.
pub(crate) fn told(fields: Row) -> Result<MediaInput, Problem> {
    typed(fields)
}

/// A media item as the index knows it: by what is told about it, and by what is spoken in it.
fn search_document(row: &Row) -> Option<SearchDocument> {
    let text = |name: &str| row.get(name).and_then(Value::as_str).filter(|text| !text.is_empty()).map(str::to_owned);
    let by_language = |name: &str| {
        let texts = row.get(name).and_then(Value::as_object).into_iter().flat_map(|texts| texts.values());
        texts.filter_map(Value::as_str).map(str::to_owned).collect::<Vec<_>>()
    };
    let told = [by_language("alt"), by_language("caption"), text("credit").into_iter().collect()].concat();
    let date = text("created_at");
    let mut facets: search::Facets = super::year(date.as_deref()).into_iter().collect();
    facets.extend(text("kind").map(|kind| ("kind".to_owned(), vec![kind])));
    let passage = |text: String| search::Passage { text, ..search::Passage::default() };
    let passages = std::iter::once(told.join("\n")).chain(text("transcript")).filter(|text| !text.is_empty());
    Some(SearchDocument {
        id: Id::parse(row.get("id")?.as_str()?)?,
        resource_type: "media".to_owned(),
        number: None,
        title: text("title").or_else(|| text("file_name")).unwrap_or_default(),
        date,
        facets,
        times: vec![super::always(passages.map(passage).collect())],
    })
}
