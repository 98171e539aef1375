//! RSS 2.0, with the elements of others where it has none: authors without an e-mail address, the whole text, pages.

use super::feeds::{Feed, Item};
use super::words::utc;
use crate::xml::Xml;
use kernel::Instant;
use time::format_description::well_known::Rfc2822;

pub(super) fn print(feed: &Feed) -> String {
    let mut xml = Xml::new();
    let names = [
        ("version", "2.0"),
        ("xmlns:atom", "http://www.w3.org/2005/Atom"),
        ("xmlns:content", "http://purl.org/rss/1.0/modules/content/"),
        ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
    ];
    xml.open("rss", &names);
    xml.open("channel", &[]);
    xml.leaf("title", &[], &feed.title);
    xml.leaf("link", &[], &feed.home);
    xml.leaf("description", &[], &feed.title);
    xml.leaf("language", &[], &feed.locale.to_lowercase());
    if let Some(rights) = &feed.rights {
        xml.leaf("copyright", &[], rights);
    }
    xml.leaf("lastBuildDate", &[], &day(feed.updated()));
    xml.leaf("generator", &[], "Congkhai");
    let mut link =
        |rel: &str, href: &str| xml.empty("atom:link", &[("rel", rel), ("type", "application/rss+xml"), ("href", href)]);
    link("self", &feed.here);
    link("first", &feed.first);
    feed.next.iter().for_each(|next| link("next", next));
    feed.previous.iter().for_each(|previous| link("previous", previous));
    feed.items.iter().for_each(|one| item(&mut xml, one));
    xml.close("channel");
    xml.close("rss");
    xml.finish()
}

fn item(xml: &mut Xml, item: &Item) {
    xml.open("item", &[]);
    xml.leaf("title", &[], &item.title);
    xml.leaf("link", &[], &item.address);
    xml.leaf("guid", &[("isPermaLink", "false")], &format!("urn:uuid:{}", item.id));
    xml.leaf("pubDate", &[], &day(item.published.unwrap_or(item.updated)));
    if let Some(author) = &item.author {
        xml.leaf("dc:creator", &[], author);
    }
    for (_, label) in &item.categories {
        xml.leaf("category", &[], label);
    }
    xml.leaf("description", &[], item.summary.as_deref().unwrap_or(&item.title));
    if let Some(content) = &item.content {
        xml.leaf("content:encoded", &[], content);
    }
    if let Some(rights) = &item.rights {
        xml.leaf("dc:rights", &[], rights);
    }
    xml.close("item");
}

fn day(at: Instant) -> String {
    utc(at).and_then(|at| at.format(&Rfc2822).ok()).unwrap_or_default()
}
