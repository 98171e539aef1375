//! Content types as a resource: what is added here is served at once.

use crate::content::Content;
use crate::description::{Description, Part, sort_by};
use crate::problem::Problem;
use crate::resource::{PartQuery, Resource, Target, Verb};
use async_trait::async_trait;
use content::content_type_fields;
use kernel::query::{Direction, ListQuery};
use kernel::{Actor, Call, Found, Id, Page, Permission, Row, Text, View};
use serde_json::{Value, json};

/// Content types.
pub struct ContentTypeResource {
    content: Content,
    description: Description,
}

impl ContentTypeResource {
    /// Serves the content types of an installation.
    pub fn new(content: Content) -> Self {
        let titles = (Text::new("kiểu nội dung", "content types"), Text::new("kiểu nội dung", "content type"));
        let description = Description {
            schema: schema(),
            input: Some(input()),
            fields: content_type_fields(),
            default_sort: vec![sort_by("name", Direction::Asc)],
            parts: vec![Part::of_staff(
                "versions",
                "ContentTypeVersion",
                "Every definition that a type has had, newest first.",
                json!({ "type": "object", "required": ["revision", "definition"], "properties": {
                    "revision": { "type": "integer", "description": "The revision that it made." },
                    "definition": { "type": "object", "description": "The definition." },
                    "changed_by": { "type": ["string", "null"], "format": "uuid", "description": "Who changed it." },
                    "changed_at": { "type": "string", "format": "date-time", "description": "When." } } }),
            )],
            key: Some("name"),
            ..Description::simple("content-type", "content-types", "/v1/content-types", titles)
        };
        Self { content, description }
    }
}

fn both(text: &str) -> Value {
    json!({ "type": "object", "description": text, "required": ["vi", "en"], "properties": {
        "vi": { "type": "string", "description": "In Vietnamese." }, "en": { "type": "string", "description": "In English." } } })
}

fn schema() -> Value {
    let mut properties = definition();
    let more = json!({
        "state": { "type": "string", "description": "`active`, or `retired`: no longer served, its entries kept." },
        "built_in": { "type": "boolean", "description": "Whether it came with the server." },
        "pending": { "type": "array", "items": { "type": "string" }, "description": "Fields that are being indexed: not to be asked by yet." },
        "revision": { "type": "integer", "description": "Counts every change." },
        "created_at": { "type": "string", "format": "date-time", "description": "When it was added." },
        "updated_at": { "type": "string", "format": "date-time", "description": "When it was last changed." },
    });
    let mut all = json!({
        "id": { "type": "string", "format": "uuid", "description": "Its id." },
        "type": { "type": "string", "description": "`content-type`." },
    });
    if let (Some(all), Some(properties), Some(more)) = (all.as_object_mut(), properties.as_object_mut(), more.as_object()) {
        all.append(properties);
        all.extend(more.clone());
    }
    json!({ "type": "object", "required": ["id", "type"], "properties": all, "description": "A kind of content, as data." })
}

fn definition() -> Value {
    json!({
        "name": { "type": "string", "description": "Its name, the `type` of its entries." },
        "plural": { "type": "string", "description": "The plural, for lists in GraphQL." },
        "title": both("What one is called."),
        "description": { "type": ["object", "null"], "description": "What it is for, `vi` and `en`." },
        "requirement": { "type": ["string", "null"], "description": "The requirement it stands for, e.g. C-3." },
        "workflow": { "type": ["object", "null"], "description": "Its stages: `submitted`, perhaps `in-review`, `approved`." },
        "display": { "type": ["string", "null"], "description": "The property that titles an entry." },
        "schema": { "type": "object", "description": "JSON Schema 2020-12 of its own fields, with annotations (docs/CONTENT.md)." },
    })
}

fn input() -> Value {
    let mut properties = definition();
    if let Some(members) = properties.as_object_mut() {
        // The subject checks a definition in full, with a pointer to every fault.
        members.insert("title".into(), json!({ "type": "object", "description": "What one is called, `vi` and `en`." }));
        let dry = json!({ "type": ["boolean", "null"], "description": "With a change: only say whether entries would break." });
        members.insert("dry_run".into(), dry);
    }
    json!({ "type": "object", "title": "ContentTypeInput", "additionalProperties": false,
        "required": ["name", "plural", "title", "schema"], "properties": properties })
}

#[async_trait]
impl Resource for ContentTypeResource {
    fn description(&self) -> &Description {
        &self.description
    }

    fn may(&self, actor: &Actor, _: Verb) -> bool {
        actor.may(Permission::ContentTypesManage)
    }

    async fn list(&self, _: &Actor, query: &ListQuery) -> Result<Page<Row>, Problem> {
        Ok(self.content.types.list(query).await?)
    }

    async fn get_many(&self, _: &Actor, ids: &[Id], view: &View) -> Result<Vec<Found>, Problem> {
        Ok(self.content.types.get_many(ids, view).await?)
    }

    async fn create(&self, call: &Call, input: Row) -> Result<Found, Problem> {
        let found = self.content.types.create(call, input, &|all| self.content.trial(all)).await?;
        self.content.serve().await;
        Ok(found)
    }

    async fn patch(&self, call: &Call, target: Target, patch: Row) -> Result<Found, Problem> {
        let at = (target.id, target.seen);
        let found = self.content.types.revise(call, at, patch, &|all| self.content.trial(all)).await?;
        self.content.serve().await;
        Ok(found)
    }

    async fn delete(&self, call: &Call, target: Target) -> Result<(), Problem> {
        self.content.types.retire(call, target.id, target.seen).await?;
        self.content.serve().await;
        Ok(())
    }

    async fn by_key(&self, key: &str) -> Result<Option<Id>, Problem> {
        Ok(self.content.types.find(key).await?)
    }

    async fn part(&self, _: &Actor, id: Id, _: &PartQuery<'_>) -> Result<Option<Vec<Row>>, Problem> {
        let versions = self.content.types.versions(id).await?;
        Ok(Some(versions).filter(|versions| !versions.is_empty()))
    }
}
