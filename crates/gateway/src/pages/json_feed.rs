//! JSON Feed 1.1.

use super::feeds::{Feed, Item};
use serde_json::{Value, json};

pub(super) fn print(feed: &Feed) -> String {
    let mut made = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title, "home_page_url": feed.home, "feed_url": feed.here, "language": feed.locale,
        "authors": [{ "name": feed.author }],
        "items": feed.items.iter().map(item).collect::<Vec<_>>(),
    });
    add(&mut made, "next_url", feed.next.as_deref());
    made.to_string()
}

fn item(item: &Item) -> Value {
    let published = item.published.map(|at| at.print());
    let mut made = json!({
        "id": format!("urn:uuid:{}", item.id), "url": item.address, "title": item.title, "language": item.locale,
        "date_modified": item.updated.print(),
        "tags": item.categories.iter().map(|(_, label)| label).collect::<Vec<_>>(),
    });
    add(&mut made, "date_published", published.as_deref());
    add(&mut made, "summary", item.summary.as_deref());
    add(&mut made, "image", item.image.as_deref());
    match &item.content {
        Some(html) => add(&mut made, "content_html", Some(html)),
        None => add(&mut made, "content_text", Some(item.summary.as_deref().unwrap_or(&item.title))),
    }
    if let (Some(name), Some(members)) = (&item.author, made.as_object_mut()) {
        members.insert("authors".into(), json!([{ "name": name }]));
    }
    add(&mut made, "_rights", item.rights.as_deref());
    made
}

fn add(object: &mut Value, name: &str, value: Option<&str>) {
    if let (Some(value), Some(members)) = (value, object.as_object_mut()) {
        members.insert(name.to_owned(), value.into());
    }
}
