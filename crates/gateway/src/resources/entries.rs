//! Entries of one content type as a resource.

use crate::description::{Description, Editions, Part, Relation, sort_by};
use crate::problem::Problem;
use crate::resource::{Absent, PartQuery, Resource, Step, Target, Verb};
use async_trait::async_trait;
use content::{
    Acting, Action, ContentType, Entries, Paths, Unpublished, entry_fields, entry_heavy, entry_input, entry_schema, entry_step,
    step_schema, translation_schema, version_schema,
};
use content_types::{Definition, Target as RelationTarget};
use kernel::query::{Direction, ListQuery, Projection, State};
use kernel::{Actor, Call, Found, Id, Kind, Language, Locale, Page, Permission, Row, Text, View};
use search::SearchDocument;
use std::sync::Arc;

/// Entries of one content type.
pub struct EntryResource {
    entries: Entries,
    of: Arc<ContentType>,
    description: Description,
}

impl EntryResource {
    /// Serves the entries of this type.
    pub fn new(entries: Entries, of: Arc<ContentType>) -> Self {
        let description = describe(&of.definition, &of.pending);
        Self { entries, of, description }
    }

    /// The type as it is now.
    async fn present(&self) -> Result<Arc<ContentType>, Problem> {
        self.entries.present_type(&self.of).await?.ok_or_else(Problem::not_found)
    }

    fn target(target: Target) -> content::Target {
        content::Target { id: target.id, seen: target.seen, lang: target.lang }
    }
}

/// What a content type is to both protocols.
fn describe(definition: &Definition, pending: &[String]) -> Description {
    let name = definition.name();
    let title = definition.title();
    let one = Text::new(title.vi.to_lowercase(), title.en.to_lowercase());
    let many = Text::new(one.vi.clone(), definition.plural().replace('-', " "));
    let base = Description::simple(name, definition.plural(), &format!("/v1/content/{name}"), (many, one));
    let type_name = base.type_name();
    let relation = |field: &content_types::FieldDef| {
        let target = match field.target.as_ref()? {
            RelationTarget::Type(name) => name.clone(),
            RelationTarget::Media(_) => "media".to_owned(),
        };
        let name: kernel::query::Name = field.name.clone().into();
        Some(Relation { id_field: name.clone(), name, target, inline: vec!["id"] })
    };
    Description {
        schema: entry_schema(definition),
        input: Some(entry_input(definition, &type_name)),
        fields: entry_fields(definition, pending),
        default_sort: vec![sort_by("published_at", Direction::Desc)],
        relations: definition.fields().iter().filter_map(relation).collect(),
        heavy: entry_heavy(definition).into_iter().map(Into::into).collect(),
        editions: Editions::Localized,
        actions: Action::ALL.iter().map(|(name, _)| *name).collect(),
        step: entry_step(),
        parts: vec![
            Part::of_staff("versions", "EntryVersion", "Every save of an entry in a language, newest first.", version_schema()),
            Part {
                posts: Some("translate"),
                ..Part::of_staff(
                    "translations",
                    "EntryTranslation",
                    "The languages of an entry, and how far its translations are.",
                    translation_schema(),
                )
            },
            Part::of_staff("steps", "EntryStep", "Who did what when: the steps an entry took in the workflow.", step_schema()),
        ],
        put: true,
        display: definition.display().to_owned(),
        ..base
    }
}

/// Writes under the definition that is served; where it has changed since, once more under the present one.
/// A closure would not do: its future could not be sent between threads.
macro_rules! under_present {
    ($self:ident, $of:ident, $write:expr) => {{
        let $of = &$self.of;
        match $write.await {
            Err(content::Error::TypeChanged) => {
                let present = $self.present().await?;
                let $of = &present;
                Ok($write.await?)
            }
            written => Ok(written?),
        }
    }};
}

#[async_trait]
impl Resource for EntryResource {
    fn description(&self) -> &Description {
        &self.description
    }

    fn may(&self, actor: &Actor, verb: Verb) -> bool {
        use Permission::{ContentApprove, ContentModerate, ContentPublish, ContentWrite};
        let any: &[Permission] = match verb {
            Verb::Create | Verb::Patch | Verb::Delete => &[ContentWrite],
            Verb::Transition => &[ContentWrite, ContentApprove, ContentPublish, ContentModerate],
            Verb::ReadDrafts | Verb::Read => &[ContentWrite, ContentApprove],
        };
        any.iter().any(|permission| actor.may(*permission))
    }

    async fn list(&self, actor: &Actor, query: &ListQuery) -> Result<Page<Row>, Problem> {
        Ok(self.entries.list(&self.of, actor, query).await?)
    }

    async fn get_many(&self, actor: &Actor, ids: &[Id], view: &View) -> Result<Vec<Found>, Problem> {
        Ok(self.entries.get_many(&self.of, actor, ids, view).await?)
    }

    async fn create(&self, call: &Call, input: Row) -> Result<Found, Problem> {
        under_present!(self, of, self.entries.create(of, call, input.clone()))
    }

    async fn put(&self, call: &Call, id: Id, input: Row) -> Result<(Found, bool), Problem> {
        under_present!(self, of, self.entries.put(of, call, id, input.clone()))
    }

    async fn patch(&self, call: &Call, target: Target, patch: Row) -> Result<Found, Problem> {
        let target = Self::target(target);
        under_present!(self, of, self.entries.revise(of, call, target.clone(), patch.clone()))
    }

    async fn delete(&self, call: &Call, target: Target) -> Result<(), Problem> {
        let target = Self::target(target);
        under_present!(self, of, self.entries.delete(of, call, target.clone()))
    }

    async fn transition(&self, call: &Call, target: Target, step: Step) -> Result<Found, Problem> {
        let action = Action::parse(&step.action).ok_or_else(Problem::internal)?;
        let acting = Acting { action, comment: step.comment, with: step.with };
        let target = Self::target(target);
        under_present!(self, of, self.entries.act(of, call, target.clone(), acting.clone()))
    }

    async fn part(&self, actor: &Actor, id: Id, query: &PartQuery<'_>) -> Result<Option<Vec<Row>>, Problem> {
        let lang = query.view.lang.asked();
        let view = View { as_of: None, fields: Projection(Vec::new()), state: State::Draft, lang: Language::Source };
        if self.entries.get_many(&self.of, actor, &[id], &view).await?.is_empty() {
            return Ok(None);
        }
        Ok(Some(match query.name {
            "versions" => self.entries.versions(id, lang).await?,
            "translations" => self.entries.translations(&self.of, id).await?,
            _ => self.entries.steps(id, lang).await?,
        }))
    }

    async fn absent(&self, id: Id, lang: Option<&Locale>) -> Result<Absent, Problem> {
        let day = |at: kernel::Instant| kernel::print_date(at.day());
        let gone = |code, vi: String, en: String| Absent::Gone(Problem::new(Kind::Gone, code, Text::new(vi, en)));
        Ok(match self.entries.unpublished(&self.of, id, lang).await? {
            None => Absent::Unknown,
            Some(Unpublished::Redirect(to)) => Absent::Moved(to),
            Some(Unpublished::Withdrawn { explanation, at }) => gone(
                "withdrawn",
                format!("Đã thu hồi ngày {}: {explanation}", day(at)),
                format!("Withdrawn on {}: {explanation}", day(at)),
            ),
            Some(Unpublished::Gone { at }) => {
                gone("gone", format!("Đã gỡ bỏ ngày {}.", day(at)), format!("Removed on {}.", day(at)))
            }
            Some(Unpublished::TakenDown { ground, at }) => gone(
                "taken_down",
                format!("Đã gỡ bỏ ngày {} do vi phạm ({ground}).", day(at)),
                format!("Taken down on {} for a violation ({ground}).", day(at)),
            ),
        })
    }

    async fn by_path(&self, slug: &str, lang: Option<&Locale>) -> Result<Option<(Id, Option<String>)>, Problem> {
        let locale = lang.cloned().unwrap_or_default();
        Ok(Paths::new(self.entries.clone()).find(&self.description.name, locale.as_str(), slug).await?)
    }

    fn content_type(&self) -> Option<Id> {
        Some(self.of.id)
    }

    async fn published_ids(&self, after: Option<Id>) -> Result<Vec<Id>, Problem> {
        Ok(self.entries.published_ids(&self.of, after).await?)
    }

    async fn searched(&self, ids: &[Id]) -> Result<Vec<SearchDocument>, Problem> {
        let indexed = self.entries.indexed(&self.of, ids).await?;
        let document = |one: content::Indexed| {
            let text = |text: String| search::Passage { text, ..search::Passage::default() };
            let mut facets: search::Facets = one.facets;
            facets.extend(super::year(one.date.as_deref()));
            facets.extend(one.portal.map(|portal| ("portal".to_owned(), vec![portal.to_string()])));
            SearchDocument {
                id: one.id,
                resource_type: self.description.name.clone(),
                number: None,
                title: one.title,
                date: one.date,
                facets,
                times: vec![super::always(one.texts.into_iter().map(text).collect())],
            }
        };
        Ok(indexed.into_iter().map(document).collect())
    }
}
