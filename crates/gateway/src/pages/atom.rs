//! Atom (RFC 4287) in pages (RFC 5005).

use super::feeds::{Feed, Item};
use crate::xml::Xml;

pub(super) fn print(feed: &Feed) -> String {
    let mut xml = Xml::new();
    xml.open("feed", &[("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", &feed.locale)]);
    xml.leaf("id", &[], &feed.first);
    xml.leaf("title", &[], &feed.title);
    xml.leaf("updated", &[], &feed.updated().print());
    author(&mut xml, &feed.author);
    if let Some(rights) = &feed.rights {
        xml.leaf("rights", &[], rights);
    }
    xml.leaf("generator", &[], "Congkhai");
    let mut link = |rel: &str, href: &str| xml.empty("link", &[("rel", rel), ("type", "application/atom+xml"), ("href", href)]);
    link("self", &feed.here);
    link("first", &feed.first);
    feed.next.iter().for_each(|next| link("next", next));
    feed.previous.iter().for_each(|previous| link("previous", previous));
    xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &feed.home)]);
    feed.items.iter().for_each(|item| entry(&mut xml, item));
    xml.close("feed");
    xml.finish()
}

fn author(xml: &mut Xml, name: &str) {
    xml.open("author", &[]);
    xml.leaf("name", &[], name);
    xml.close("author");
}

fn entry(xml: &mut Xml, item: &Item) {
    xml.open("entry", &[("xml:lang", &item.locale)]);
    xml.leaf("id", &[], &format!("urn:uuid:{}", item.id));
    xml.leaf("title", &[], &item.title);
    xml.empty("link", &[("rel", "alternate"), ("href", &item.address)]);
    xml.leaf("updated", &[], &item.updated.print());
    if let Some(published) = item.published {
        xml.leaf("published", &[], &published.print());
    }
    if let Some(name) = &item.author {
        author(xml, name);
    }
    for (term, label) in &item.categories {
        xml.empty("category", &[("term", term), ("label", label)]);
    }
    if let Some(rights) = &item.rights {
        xml.leaf("rights", &[], rights);
    }
    if let Some(summary) = &item.summary {
        xml.leaf("summary", &[], summary);
    }
    if let Some(content) = &item.content {
        xml.leaf("content", &[("type", "html")], content);
    }
    xml.close("entry");
}
