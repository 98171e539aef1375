//! What hits are filtered and counted by.

use crate::app::App;
use crate::problem::Problem;
use crate::resource::Served;
use kernel::query::{FieldKind, Projection, State};
use kernel::{Actor, Id, Language, View};
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// Those that everything has, those of documents, and that of media.
const BUILT_IN: [&str; 8] = ["type", "year", "language", "portal", "issuer", "doc_type", "status", "kind"];

/// The names of all facets: the built-in ones, and the fields of content types that lists filter as text.
pub(crate) fn names(resources: &[Arc<Served>]) -> Vec<String> {
    let mut names: Vec<String> = BUILT_IN.map(str::to_owned).to_vec();
    for served in resources.iter().filter(|served| served.resource.content_type().is_some()) {
        let description = served.description();
        for field in description.fields.iter().filter(|field| field.kind == FieldKind::Text) {
            let is_own = !ENVELOPE.contains(&field.name.as_ref());
            if is_own && !names.iter().any(|name| *name == field.name) {
                names.push(field.name.to_string());
            }
        }
    }
    names
}

/// Fields that every entry has.
const ENVELOPE: [&str; 10] =
    ["id", "type", "slug", "locale", "state", "author_name", "source_name", "source_url", "title", "portal_id"];

/// A value as it is indexed.
pub(crate) fn asked(field: &str, value: String) -> String {
    match field {
        "issuer" => value.to_lowercase(),
        _ => kernel::text::nfc(value),
    }
}

/// Facets as they are sent: each value with what people call it, where that is something else.
pub(crate) async fn told(app: &App, counted: &BTreeMap<String, Vec<(String, u64)>>) -> Result<Value, Problem> {
    let catalog = app.parts.registry.now().clone();
    let issuers = issuers(app, counted.get("issuer")).await?;
    let label = |name: &str, value: &str| -> Option<String> {
        match name {
            "issuer" => issuers.get(value).cloned(),
            "type" => {
                let text = &catalog.by_name(value)?.description().title.vi;
                let mut chars = text.chars();
                chars.next().map(|first| first.to_uppercase().chain(chars).collect())
            }
            "doc_type" => documents::doc_type_name(value).map(str::to_owned),
            _ => None,
        }
    };
    let facet = |(name, values): (&String, &Vec<(String, u64)>)| {
        let values: Vec<Value> = values
            .iter()
            .map(|(value, count)| json!({ "value": value, "label": label(name, value).unwrap_or_else(|| value.clone()), "count": count }))
            .collect();
        (name.clone(), Value::Array(values))
    };
    Ok(Value::Object(counted.iter().map(facet).collect()))
}

async fn issuers(app: &App, counted: Option<&Vec<(String, u64)>>) -> Result<HashMap<String, String>, Problem> {
    let ids: Vec<Id> = counted.into_iter().flatten().filter_map(|(value, _)| Id::parse(value)).collect();
    let catalog = app.parts.registry.now().clone();
    let (false, Some(served)) = (ids.is_empty(), catalog.by_name("issuer")) else { return Ok(HashMap::new()) };
    let view = View { as_of: None, fields: Projection(vec!["name".into()]), state: State::Published, lang: Language::Source };
    let found = served.resource.get_many(&Actor::Anonymous, &ids, &view).await?;
    let text = |row: &kernel::Row, name: &str| row.get(name).and_then(Value::as_str).map(str::to_owned);
    Ok(found.iter().filter_map(|found| text(&found.row, "id").zip(text(&found.row, "name"))).collect())
}
