//! Rich text: Markdown in; sanitised HTML and plain text out.
//!
//! What carries script is refused, never silently dropped: an author sees what a reader will get.

mod allowed;
mod entities;
mod forbidden;
mod html;
mod load;
mod plain;
mod raw;
mod sanitise;
mod unsafe_markup;

pub use unsafe_markup::Unsafe;

use pulldown_cmark::{Event, Options, Parser};

/// What Markdown becomes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RichText {
    /// Sanitised HTML in NFC.
    pub html: String,
    /// Plain text in NFC, one paragraph per line.
    pub text: String,
}

/// Renders Markdown (CommonMark with tables, footnotes and strikethrough) in linear time.
///
/// Markup and links that carry script are refused; other HTML passes the sanitiser.
pub fn render(markdown: &str) -> Result<RichText, Unsafe> {
    let markdown = normal(markdown);
    load::bearable(&markdown)?;
    let events = html::settled(parser(&markdown))?;
    let text = plain::text(&events);
    Ok(RichText { html: sanitise::html(events), text })
}

/// The plain text of Markdown; empty where it is not safe.
pub(crate) fn plain(markdown: &str) -> String {
    let markdown = normal(markdown);
    if load::bearable(&markdown).is_err() {
        return String::new();
    }
    html::settled(parser(&markdown)).map(|events| plain::text(&events)).unwrap_or_default()
}

/// The text in NFC, with line feeds for line ends.
fn normal(markdown: &str) -> String {
    let text = kernel::text::nfc(markdown);
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text }
}

fn parser(markdown: &str) -> impl Iterator<Item = Event<'_>> {
    Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH)
}
