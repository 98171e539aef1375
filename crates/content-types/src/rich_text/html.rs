//! The events of Markdown, with everything unsafe refused and raw HTML made whole.

use super::raw::{self, Open};
use super::{Unsafe, forbidden};
use pulldown_cmark::{CowStr, Event, Tag, TagEnd};
use std::collections::HashMap;

/// The events of Markdown, settled: addresses are safe, raw HTML is balanced, footnotes have numbers for names.
pub(super) fn settled<'a>(events: impl Iterator<Item = Event<'a>>) -> Result<Vec<Event<'a>>, Unsafe> {
    let mut settling = Settling::default();
    for event in events {
        settling.take(event)?;
    }
    let tail = settling.open.leave(0);
    settling.html(tail);
    Ok(settling.done)
}

#[derive(Default)]
struct Settling<'a> {
    done: Vec<Event<'a>>,
    open: Open,
    depth: usize,
    /// The HTML of the present block of HTML.
    block: Option<String>,
    notes: HashMap<String, usize>,
}

impl<'a> Settling<'a> {
    fn take(&mut self, event: Event<'a>) -> Result<(), Unsafe> {
        match event {
            Event::Start(Tag::HtmlBlock) => self.block = Some(String::new()),
            Event::End(TagEnd::HtmlBlock) => self.end_block()?,
            Event::Html(html) => match &mut self.block {
                Some(block) => block.push_str(&html),
                None => self.raw(&html)?,
            },
            Event::InlineHtml(html) => self.raw(&html)?,
            Event::Start(tag) => self.start(tag)?,
            Event::End(tag) => {
                let tail = self.open.leave(self.depth);
                self.html(tail);
                self.depth = self.depth.saturating_sub(1);
                self.done.push(Event::End(tag));
            }
            Event::Text(text) => match &mut self.block {
                Some(block) => block.push_str(&text),
                None => self.done.push(Event::Text(text)),
            },
            Event::FootnoteReference(name) => {
                let number = self.number(&name);
                self.done.push(Event::FootnoteReference(number));
            }
            other => self.done.push(other),
        }
        Ok(())
    }

    fn start(&mut self, tag: Tag<'a>) -> Result<(), Unsafe> {
        self.depth += 1;
        if self.depth + self.open.len() > raw::DEPTH {
            return Err(Unsafe::TooDeep);
        }
        let tag = match tag {
            Tag::Link { link_type, dest_url, title, id } => {
                forbidden::address(&dest_url)?;
                Tag::Link { link_type, dest_url: nfc(dest_url), title, id }
            }
            Tag::Image { link_type, dest_url, title, id } => {
                forbidden::address(&dest_url)?;
                Tag::Image { link_type, dest_url: nfc(dest_url), title, id }
            }
            Tag::FootnoteDefinition(name) => Tag::FootnoteDefinition(self.number(&name)),
            other => other,
        };
        self.done.push(Event::Start(tag));
        Ok(())
    }

    fn raw(&mut self, html: &str) -> Result<(), Unsafe> {
        let html = self.open.read(html, self.depth)?;
        self.html(html);
        Ok(())
    }

    fn end_block(&mut self) -> Result<(), Unsafe> {
        let block = self.block.take().unwrap_or_default();
        let mut html = self.open.read(&block, self.depth)?;
        html.push_str(&self.open.end_block());
        html.push('\n');
        self.html(html);
        Ok(())
    }

    fn html(&mut self, html: String) {
        if !html.is_empty() {
            self.done.push(Event::Html(html.into()));
        }
    }

    /// The number of a footnote, by the order in which it is first met.
    fn number(&mut self, name: &str) -> CowStr<'a> {
        let next = self.notes.len() + 1;
        self.notes.entry(name.to_owned()).or_insert(next).to_string().into()
    }
}

/// An address in NFC before it is percent-encoded: character references may have brought a letter and its mark.
fn nfc(text: CowStr<'_>) -> CowStr<'_> {
    if text.is_ascii() { text } else { kernel::text::nfc(text.into_string()).into() }
}
