//! The printable page of an entry (C-36), with what it tells others about itself (C-42).

use super::blocks::{self, Told};
use super::entry::Entry;
use super::fields::{Field, Scene, Shown, term};
use super::portal::Place;
use super::words::{moment, say};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use content_types::FieldKindDef;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

const STYLE: &str = include_str!("style.css");

/// Nothing runs and nothing is fetched from elsewhere: the one style sheet is named by its hash, and of style
/// attributes sanitised text has only the alignment of cells.
pub(super) static POLICY: LazyLock<String> = LazyLock::new(|| {
    let hash = STANDARD.encode(Sha256::digest(STYLE));
    format!(
        "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'sha256-{hash}'; style-src-attr 'unsafe-inline'; \
         base-uri 'none'; form-action 'none'"
    )
});

/// Fields that stand in the head of a page rather than under a label.
const HEAD: [&str; 2] = ["kicker", "summary"];

/// The page of an entry.
pub(super) fn page(entry: &Entry<'_>, json_ld: &Value) -> String {
    let lang = entry.scene.lang;
    let name = entry.portal.name.get(lang);
    html! {
        (DOCTYPE)
        html lang=(entry.locale) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (entry.title) " – " (name) }
                (PreEscaped("<style>")) (PreEscaped(STYLE)) (PreEscaped("</style>"))
                (meta(entry, json_ld))
            }
            body {
                header.portal {
                    strong {
                        @match &entry.portal.url {
                            Some(url) => a href=(url) { (name) },
                            None => (name),
                        }
                    }
                    (languages(entry))
                }
                main { article { (article(entry)) } }
                footer { (footer(entry)) }
            }
        }
    }
    .into_string()
}

fn meta(entry: &Entry<'_>, json_ld: &Value) -> Markup {
    let about = json_ld.get("description").and_then(Value::as_str);
    let graph = entry.row.get("sharing").and_then(|sharing| sharing.get("open_graph")).and_then(Value::as_object);
    let told = graph.into_iter().flatten().filter(|(name, _)| *name != "og:image");
    let feed = format!("/feeds/{}/{}", entry.portal.slug, entry.of);
    html! {
        @if let Some(about) = about { meta name="description" content=(about); }
        @if let Some(author) = entry.text("author_name") { meta name="author" content=(author); }
        @if entry.is_published() {
            link rel="canonical" href=(entry.address);
            @for other in entry.languages.iter().filter(|_| entry.languages.len() > 1) {
                link rel="alternate" hreflang=(other.locale) href=(other.href);
            }
        } @else {
            meta name="robots" content="noindex";
        }
        link rel="alternate" type="application/json" href=(entry.data_address());
        link rel="alternate" type="application/ld+json" href=(entry.portal.absolute(&format!("/v1/content/{}/{}.jsonld?lang={}", entry.of, entry.id, entry.locale)));
        link rel="alternate" type="application/atom+xml" href=(entry.portal.absolute(&format!("{feed}.atom?lang={}", entry.locale)));
        @for (name, value) in told {
            @if let Some(value) = value.as_str() { meta property=(name) content=(value); }
        }
        meta property="og:url" content=(entry.address);
        meta property="og:site_name" content=(entry.portal.name.get(entry.scene.lang));
        @if let Some(image) = entry.image() {
            meta property="og:image" content=(image.url);
            @if let Some(alt) = &image.alt { meta property="og:image:alt" content=(alt); }
        }
        (PreEscaped("<script type=\"application/ld+json\">")) (PreEscaped(in_script(json_ld))) (PreEscaped("</script>"))
    }
}

/// JSON that cannot end the element it stands in.
fn in_script(value: &Value) -> String {
    let mut out = String::new();
    for c in value.to_string().chars() {
        match c {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}

fn languages(entry: &Entry<'_>) -> Markup {
    let others: Vec<_> = entry.languages.iter().filter(|other| other.locale != entry.locale).collect();
    html! {
        @if !others.is_empty() {
            nav.screen {
                @for other in others { " " a href=(other.own) hreflang=(other.locale) lang=(other.locale) { (language_name(&other.locale)) } }
            }
        }
    }
}

fn language_name(locale: &str) -> &str {
    match locale {
        "vi" => "Tiếng Việt",
        "en" => "English",
        other => other,
    }
}

fn article(entry: &Entry<'_>) -> Markup {
    let scene = &entry.scene;
    let lang = scene.lang;
    let lead = entry.definition.field("summary").and_then(|_| entry.text("summary"));
    html! {
        header {
            @if !entry.is_published() { p.draft { (say(lang, "Bản chưa công bố", "Not published")) } }
            p.kind { (entry.definition.title().get(lang)) @if let Some(kicker) = entry.text("kicker") { " · " (kicker) } }
            h1 { (entry.title) }
            @if let Some(lead) = lead { p.lead.lines { (lead) } }
            (byline(entry))
            (picture(entry))
        }
        (fields(entry))
    }
}

fn byline(entry: &Entry<'_>) -> Markup {
    let lang = entry.scene.lang;
    html! {
        p.byline {
            @if let Some(author) = entry.text("author_name") { span { (author) } }
            @if let Some(source) = entry.text("source_name") { span { (source) } }
            @if let Some(at) = entry.text("published_at") { time datetime=(at) { (moment(lang, at)) } }
        }
    }
}

/// The first picture that a type has one of, under the title.
fn picture(entry: &Entry<'_>) -> Markup {
    let Some(name) = lead_picture(entry) else { return html! {} };
    let media = entry.row.get(name).and_then(|id| entry.scene.targets.media(id));
    let caption = entry.text(&format!("{name}_caption"));
    html! { @if media.is_some() { (blocks::figure(&entry.scene, media, Told { alt: None, caption })) } }
}

fn lead_picture<'a>(entry: &'a Entry<'_>) -> Option<&'a str> {
    let field = entry.definition.fields().iter().find(|field| field.kind == FieldKindDef::Media && !field.many)?;
    Some(&field.name)
}

/// The fields of the type in their order: short ones in lists under their labels, long ones as sections.
fn fields(entry: &Entry<'_>) -> Markup {
    let picture = lead_picture(entry);
    let is_in_head = |name: &str| {
        name == entry.definition.display()
            || HEAD.contains(&name)
            || picture.is_some_and(|picture| name == picture || name.strip_suffix("_caption") == Some(picture))
    };
    let mut parts: Vec<Markup> = Vec::new();
    let mut facts: Vec<Markup> = Vec::new();
    let mut is_first = true;
    for field in Field::all(entry.properties, entry.row).filter(|field| entry.is_own(field.name) && !is_in_head(field.name)) {
        let Some(shown) = field.show(&entry.scene) else { continue };
        let label = field.label(entry.scene.locale);
        match shown {
            Shown::Fact(_) => facts.push(term(&label, shown)),
            Shown::Section(section) => {
                parts.extend(list(&mut facts));
                // The text itself needs no heading over it; blocks bring their own.
                let is_bare = field.is_body() && (is_first || field.schema.get("x-blocks").is_some());
                parts.push(html! {
                    section aria-label=(label) {
                        @if !is_bare { h2 { (label) } }
                        (section)
                    }
                });
            }
        }
        is_first = false;
    }
    parts.extend(list(&mut facts));
    html! { @for part in parts { (part) } }
}

/// The facts that were gathered, as one list.
fn list(facts: &mut Vec<Markup>) -> Option<Markup> {
    let facts = std::mem::take(facts);
    (!facts.is_empty()).then(|| html! { dl { @for fact in facts { (fact) } } })
}

fn footer(entry: &Entry<'_>) -> Markup {
    let lang = entry.scene.lang;
    let row = |label: &str, address: &str| html! { p { (label) ": " a href=(address) rel="noopener" { (address) } } };
    html! {
        @if let Some(line) = entry.text("source_line") { p.source { (line) } }
        @if let Some(original) = entry.text("source_url") { (row(say(lang, "Bản gốc", "Original"), original)) }
        @if let Some(link) = entry.text("link_url") { (row(say(lang, "Đăng tại", "Published at"), link)) }
        @if entry.is_published() { (row(say(lang, "Địa chỉ", "Address"), &entry.address)) }
        @if let Some(at) = entry.text("updated_at").filter(|at| entry.text("published_at").is_none_or(|published| published < *at)) {
            p { (say(lang, "Cập nhật", "Updated")) ": " time datetime=(at) { (moment(lang, at)) } }
        }
    }
}

/// What the entry says, for feeds: its rich text and blocks, without labels.
pub(super) fn content(properties: &kernel::Row, row: &kernel::Row, scene: &Scene<'_>) -> String {
    let bodies = Field::all(properties, row).filter(Field::is_body).filter_map(|field| field.show(scene));
    bodies.map(|(Shown::Fact(html) | Shown::Section(html))| html.into_string()).collect::<Vec<_>>().join("\n")
}

/// The place of an entry by its row.
pub(super) fn place(row: &kernel::Row) -> Place<'_> {
    let text = |name: &str| row.get(name).and_then(Value::as_str);
    Place { id: text("id").unwrap_or_default(), locale: text("locale").unwrap_or("vi"), slug: text("slug") }
}
