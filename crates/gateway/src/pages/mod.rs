//! Entries in other forms than JSON: printable pages (C-36), linked data, feeds and sitemaps (C-42).
//!
//! Everything is made from the same reads as the JSON, so nobody sees here what he would not see there. Text is
//! escaped by construction; only rich text, which was sanitised when it was written, goes out as it is.

mod atom;
mod blocks;
mod entry;
mod feeds;
mod fields;
mod html;
mod json_feed;
mod portal;
mod rss;
mod sitemap;
mod targets;
mod words;

pub(crate) use feeds::{feed, search_feed};
pub(crate) use portal::Portal;
pub use portal::public_origin;
pub(crate) use sitemap::{Sitemaps, chunk, index, robots};

use crate::app::App;
use crate::description::{Description, Editions};
use crate::problem::Problem;
use crate::resource::Served;
use crate::rest::link::pairs;
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse};

/// A form of an entry besides JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Html,
    JsonLd,
}

/// The form that a request asks for and the key without its ending; none where it is JSON.
pub(crate) fn asked<'a>(req: &HttpRequest, description: &Description, key: &'a str) -> Option<(&'a str, Format)> {
    if description.editions != Editions::Localized {
        return None;
    }
    if let Some(key) = key.strip_suffix(".html") {
        return Some((key, Format::Html));
    }
    if let Some(key) = key.strip_suffix(".jsonld") {
        return Some((key, Format::JsonLd));
    }
    // What only JSON can do, such as leaving fields out, is asked of JSON.
    let only_json =
        pairs(req.query_string()).is_ok_and(|given| given.iter().any(|(name, _)| !entry::PARAMETERS.contains(&name.as_str())));
    let accepted = req.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok()).filter(|_| !only_json)?;
    Some((key, preferred(accepted)?))
}

/// Answers an entry in a form that [`asked`] has found.
pub(crate) async fn answer(
    req: &HttpRequest,
    app: &App,
    served: &Served,
    asked: (&str, Format),
) -> Result<HttpResponse, Problem> {
    entry::answer(req, app, served, asked).await
}

/// The answer of an address whose form depends on `Accept`.
pub(crate) fn negotiated(mut answer: HttpResponse, description: &Description) -> HttpResponse {
    if description.editions == Editions::Localized {
        answer.headers_mut().insert(header::VARY, header::HeaderValue::from_static("accept, accept-encoding"));
    }
    answer
}

/// The form that `Accept` ranks above JSON.
fn preferred(accepted: &str) -> Option<Format> {
    let json = quality(accepted, "application", "json");
    let better = |kind: &str, subtype: &str| Some(quality(accepted, kind, subtype)).filter(|quality| *quality > json);
    match (better("text", "html"), better("application", "ld+json")) {
        (Some(html), Some(ld)) if ld > html => Some(Format::JsonLd),
        (Some(_), _) => Some(Format::Html),
        (None, Some(_)) => Some(Format::JsonLd),
        (None, None) => None,
    }
}

/// The quality that `Accept` gives a media type, by the range that names it most closely (RFC 9110 §12.5.1).
pub(crate) fn quality(accepted: &str, kind: &str, subtype: &str) -> u16 {
    let mut best = (0, 0);
    for range in accepted.split(',') {
        let mut parts = range.split(';').map(str::trim);
        let closeness = match parts.next().and_then(|name| name.split_once('/')) {
            Some((a, b)) if a.eq_ignore_ascii_case(kind) && b.eq_ignore_ascii_case(subtype) => 3,
            Some((a, "*")) if a.eq_ignore_ascii_case(kind) => 2,
            Some(("*", "*")) => 1,
            _ => continue,
        };
        let weight = parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
        let weight =
            weight.map_or(Some(1.0), |weight| weight.trim().parse::<f32>().ok().filter(|weight| (0.0..=1.0).contains(weight)));
        // Three digits are all that a quality has.
        let thousandths = weight.map_or(0, |weight| (weight * 1000.0).round() as u16);
        if closeness > best.0 {
            best = (closeness, thousandths);
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_who_ranks_html_above_json_gets_a_page() {
        let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8";
        assert_eq!(preferred(browser), Some(Format::Html));
        assert_eq!(preferred("application/ld+json, application/json;q=0.5"), Some(Format::JsonLd));
        for json in [
            "*/*",
            "application/json",
            "application/json, text/html",
            "text/html;q=0.5, application/json",
            "text/html;q=0, */*;q=0.1",
            "text/*;q=0.2, */*;q=0.3",
            "",
            "nonsense",
        ] {
            assert_eq!(preferred(json), None, "{json}");
        }
    }
}
