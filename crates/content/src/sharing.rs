//! What pages that show an entry tell others about it: Open Graph and schema.org (C-42).

use content_types::{Definition, FieldKindDef};
use kernel::Row;
use serde_json::{Value, json};

/// The longest description, in characters.
const LONGEST: usize = 200;

/// The schema.org type of a content type.
fn kind(name: &str) -> &'static str {
    match name {
        "article" | "directive" | "legal-guidance" | "epidemic-notice" => "NewsArticle",
        "schedule-event" => "Event",
        "leader-profile" | "official" | "spokesperson" => "Person",
        "service-procedure" => "GovernmentService",
        "statistic" | "budget-report" => "Dataset",
        "media-item" => "MediaObject",
        "introduction" => "AboutPage",
        _ => "CreativeWork",
    }
}

/// Open Graph and JSON-LD of an entry, from its whole row.
pub(crate) fn sharing(definition: &Definition, row: &Row) -> Value {
    let text = |name: &str| row.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
    let title = definition.display_text(row);
    let about = about(definition, row);
    let kind = kind(definition.name());
    let locale = text("locale").unwrap_or("vi");
    let image = definition.fields().iter().find(|field| field.kind == FieldKindDef::Media && !field.many);
    let image = image.and_then(|field| text(&field.name)).map(|id| format!("/media/{id}"));
    let headline = if kind == "Person" || kind == "Event" || kind == "Dataset" { "name" } else { "headline" };
    let mut ld = json!({
        "@context": "https://schema.org", "@type": kind, headline: title, "inLanguage": locale, "identifier": row.get("id"),
    });
    let mut add = |name: &str, value: Option<Value>| {
        if let (Some(members), Some(value)) = (ld.as_object_mut(), value) {
            members.insert(name.to_owned(), value);
        }
    };
    add("description", about.clone().map(Value::from));
    add("image", image.clone().map(Value::from));
    add("datePublished", text("published_at").map(Value::from));
    add("dateModified", text("updated_at").map(Value::from));
    add("author", text("author_name").map(|name| json!({ "@type": "Person", "name": name })));
    add("sourceOrganization", text("source_name").map(|name| json!({ "@type": "GovernmentOrganization", "name": name })));
    add("isBasedOn", text("source_url").map(Value::from));
    add("copyrightNotice", text("source_line").map(Value::from));
    json!({
        "open_graph": {
            "og:type": if kind == "NewsArticle" { "article" } else { "website" },
            "og:title": title, "og:description": about, "og:image": image,
            "og:locale": if locale == "vi" { "vi_VN".to_owned() } else { locale.replace('-', "_") },
            "article:published_time": row.get("published_at"), "article:modified_time": row.get("updated_at"),
        },
        "json_ld": ld,
    })
}

/// A description: the field `summary`, else the beginning of the searchable text after the title.
fn about(definition: &Definition, row: &Row) -> Option<String> {
    let summary = row.get("summary").and_then(Value::as_str).map(str::to_owned);
    let body = || {
        let rich = definition.fields().iter().find(|field| field.kind == FieldKindDef::RichText)?;
        row.get(&format!("{}_text", rich.name))?.as_str().map(str::to_owned)
    };
    let text = kernel::text::one_line(&summary.or_else(body)?);
    if text.chars().count() <= LONGEST {
        return Some(text).filter(|text| !text.is_empty());
    }
    let cut: String = text.chars().take(LONGEST).collect();
    let cut = cut.rsplit_once(' ').map_or(cut.as_str(), |(words, _)| words);
    Some(format!("{cut}…"))
}
