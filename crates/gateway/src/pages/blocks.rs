//! Blocks as HTML.

use super::fields::Scene;
use super::targets::Media;
use super::words::{say, size};
use maud::{Markup, PreEscaped, html};
use serde_json::Value;

/// A list of blocks, one after the other.
pub(super) fn all(scene: &Scene<'_>, blocks: &[Value]) -> Markup {
    html! { @for block in blocks { (one(scene, block)) } }
}

fn one(scene: &Scene<'_>, block: &Value) -> Markup {
    let text = |name: &str| said(block, name);
    match block.get("type").and_then(Value::as_str).unwrap_or_default() {
        // Sanitised when it was written.
        "paragraph" => html! { (PreEscaped(text("text_html").unwrap_or_default())) },
        "heading" => heading(block),
        "image" => picture(scene, block),
        "gallery" => html! {
            div.gallery { @for item in items(block, "items") { (picture(scene, item)) } }
        },
        "table" => table(block),
        "embed" => {
            let Some(url) = text("url") else { return html! {} };
            html! { p.embed { a href=(url) rel="noopener" { (text("title").unwrap_or(url)) } @if text("title").is_some() { " " span.address { (url) } } } }
        }
        "file" => {
            let media = block.get("media").and_then(|id| scene.targets.media(id));
            html! { @if let Some(media) = media { p.file { (link(scene, media, text("label"))) } } }
        }
        "quote" => html! {
            blockquote {
                p.lines { (text("text").unwrap_or_default()) }
                @if let Some(source) = text("source") { footer { "— " cite { (source) } } }
            }
        },
        _ => html! {},
    }
}

fn said<'a>(of: &'a Value, name: &str) -> Option<&'a str> {
    of.get(name).and_then(Value::as_str).filter(|text| !text.trim().is_empty())
}

fn items<'a>(of: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    of.get(name).and_then(Value::as_array).into_iter().flatten()
}

fn heading(block: &Value) -> Markup {
    let text = said(block, "text").unwrap_or_default();
    match block.get("level").and_then(Value::as_u64) {
        Some(3) => html! { h3 { (text) } },
        Some(4) => html! { h4 { (text) } },
        _ => html! { h2 { (text) } },
    }
}

fn table(block: &Value) -> Markup {
    let cells =
        |row: &Value| row.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect::<Vec<_>>();
    html! {
        div.wide { table {
            @if let Some(caption) = said(block, "caption") { caption { (caption) } }
            @if let Some(header) = block.get("header").filter(|header| header.is_array()) {
                thead { tr { @for cell in cells(header) { th scope="col" { (cell) } } } }
            }
            tbody { @for row in items(block, "rows") { tr { @for cell in cells(row) { td { (cell) } } } } }
        } }
    }
}

/// A picture of a block or a gallery: what the block says of it goes before what the library says.
fn picture(scene: &Scene<'_>, block: &Value) -> Markup {
    let media = block.get("media").and_then(|id| scene.targets.media(id));
    figure(scene, media, Told { alt: said(block, "alt"), caption: said(block, "caption") })
}

/// What is said of a picture where it stands.
#[derive(Default, Clone, Copy)]
pub(super) struct Told<'a> {
    pub alt: Option<&'a str>,
    pub caption: Option<&'a str>,
}

/// A picture, recording or file; of a picture that is not there what is said in its place (C-44).
pub(super) fn figure(scene: &Scene<'_>, media: Option<&Media>, told: Told<'_>) -> Markup {
    let alt = told.alt.or(media.and_then(|media| media.alt.as_deref()));
    let caption = told.caption.or(media.and_then(|media| media.caption.as_deref()));
    let Some(media) = media else {
        return html! {
            @if alt.or(caption).is_some() {
                figure {
                    @if let Some(alt) = alt { p.alt { "[" (say(scene.lang, "Ảnh", "Picture")) ": " (alt) "]" } }
                    @if let Some(caption) = caption { figcaption { (caption) } }
                }
            }
        };
    };
    let credit = media.credit.as_deref();
    html! {
        figure {
            @match media.kind.as_str() {
                "image" => {
                    img src=(media.url) alt=(alt.unwrap_or_default()) width=[media.dimensions.map(|(width, _)| width)] height=[media.dimensions.map(|(_, height)| height)];
                }
                "video" => { video src=(media.url) controls preload="metadata" aria-label=(media.title) {} p.address { (link(scene, media, None)) } }
                "audio" => { audio src=(media.url) controls preload="none" aria-label=(media.title) {} p.address { (link(scene, media, None)) } }
                _ => { p.file { (link(scene, media, None)) } }
            }
            @if caption.is_some() || credit.is_some() {
                figcaption {
                    (caption.unwrap_or_default())
                    @if let Some(credit) = credit { @if caption.is_some() { " " } span.credit { "(" (credit) ")" } }
                }
            }
            @if let Some(transcript) = &media.transcript {
                div.transcript { p { strong { (say(scene.lang, "Bản chép lời", "Transcript")) } } p.lines { (transcript) } }
            }
        }
    }
}

/// A file as a link, with its size.
pub(super) fn link(scene: &Scene<'_>, media: &Media, label: Option<&str>) -> Markup {
    html! {
        a href=(media.url) { (label.unwrap_or(&media.title)) }
        @if let Some(bytes) = media.size { " (" (size(scene.lang, bytes)) ")" }
    }
}
