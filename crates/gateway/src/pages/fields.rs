//! The fields of an entry as HTML, by the schema that describes them: text is escaped wherever it comes from,
//! except rich text, which was sanitised when it was written.

use super::blocks::{self, Told};
use super::targets::Targets;
use super::words::{self, day, day_or_moment, moment, number, say};
use kernel::{Lang, Row};
use maud::{Markup, PreEscaped, html};
use serde_json::Value;

/// The most columns that a list of objects is a table with.
const COLUMNS: usize = 8;

/// What the fields of an entry are shown with.
pub(super) struct Scene<'a> {
    pub lang: Lang,
    pub locale: &'a str,
    pub targets: &'a Targets,
}

/// A field or a member of an object: its name, its schema, and what holds it.
#[derive(Clone, Copy)]
pub(super) struct Field<'a> {
    pub name: &'a str,
    pub schema: &'a Value,
    pub row: &'a Row,
}

/// How a field stands on a page.
pub(super) enum Shown {
    /// Beside its label.
    Fact(Markup),
    /// Under its label.
    Section(Markup),
}

impl<'a> Field<'a> {
    /// The fields and members that a schema names, without those that are computed beside rich text.
    pub fn all(properties: &'a Row, row: &'a Row) -> impl Iterator<Item = Field<'a>> {
        let computed = |name: &str| {
            let rich = name.strip_suffix("_html").or_else(|| name.strip_suffix("_text"));
            rich.and_then(|rich| properties.get(rich)).is_some_and(is_rich)
        };
        properties.iter().filter(move |(name, _)| !computed(name)).map(|(name, schema)| Field { name, schema, row })
    }

    /// What readers see it called.
    pub fn label(&self, locale: &str) -> String {
        let label = self.schema.get("x-label").and_then(|label| words::in_language(label, locale));
        label.map_or_else(|| self.name.replace('_', " "), str::to_owned)
    }

    fn value(&self) -> Option<&'a Value> {
        self.row.get(self.name).filter(|value| !is_nothing(value))
    }

    /// Whether it is rich text or blocks.
    pub fn is_body(&self) -> bool {
        is_rich(self.schema) || self.schema.get("x-blocks").is_some()
    }

    /// As it stands on a page; nothing where it says nothing.
    pub fn show(&self, scene: &Scene<'_>) -> Option<Shown> {
        let value = self.value()?;
        if is_rich(self.schema) {
            let html = self.row.get(&format!("{}_html", self.name)).and_then(Value::as_str)?;
            return Some(Shown::Section(PreEscaped(html.to_owned())));
        }
        let list = value.as_array();
        if let (Some(blocks), true) = (list, self.schema.get("x-blocks").is_some()) {
            return Some(Shown::Section(blocks::all(scene, blocks)));
        }
        match (list, self.schema.get("items")) {
            (Some(items), Some(schema)) => many(scene, (self.schema, schema), items),
            _ => one(scene, self.schema, value),
        }
    }
}

fn is_rich(schema: &Value) -> bool {
    schema.get("format").is_some_and(|format| format == "markdown")
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(items) => items.iter().all(is_nothing),
        Value::Object(row) => row.values().all(is_nothing),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Whether a keyword stands at a list or at its items.
fn keyword<'a>(schemas: (&'a Value, &'a Value), name: &str) -> Option<&'a Value> {
    schemas.0.get(name).or_else(|| schemas.1.get(name))
}

fn many(scene: &Scene<'_>, schemas: (&Value, &Value), items: &[Value]) -> Option<Shown> {
    if keyword(schemas, "x-media").is_some() {
        let shown = items.iter().filter_map(|id| media(scene, id)).collect::<Vec<_>>();
        return (!shown.is_empty()).then(|| Shown::Section(html! { div.gallery { @for one in shown { (one) } } }));
    }
    if let Some(properties) = members(schemas.1) {
        return Some(Shown::Section(objects(scene, properties, items)));
    }
    let of_item = if schemas.1.get("x-relation").is_some() { schemas.1 } else { merged(schemas) };
    let shown = items.iter().filter_map(|item| inline(scene, of_item, item)).collect::<Vec<_>>();
    match shown.as_slice() {
        [] => None,
        [one] => Some(Shown::Fact(one.clone())),
        // Words in a row, links under each other.
        all if keyword(schemas, "x-relation").is_some() => Some(Shown::Fact(html! { ul { @for one in all { li { (one) } } } })),
        all => Some(Shown::Fact(html! { @for (at, one) in all.iter().enumerate() { @if at > 0 { ", " } (one) } })),
    }
}

/// The schema by which an item is shown: annotations of relations may stand at the list.
fn merged<'a>(schemas: (&'a Value, &'a Value)) -> &'a Value {
    if schemas.0.get("x-relation").is_some() { schemas.0 } else { schemas.1 }
}

/// The members of an object that names them.
fn members(schema: &Value) -> Option<&Row> {
    if schema.get("format").is_some() {
        return None;
    }
    schema.get("properties").and_then(Value::as_object)
}

fn one(scene: &Scene<'_>, schema: &Value, value: &Value) -> Option<Shown> {
    if schema.get("x-media").is_some() {
        return media(scene, value).map(Shown::Section);
    }
    if let (Some(properties), Some(row)) = (members(schema), value.as_object()) {
        return Some(Shown::Section(object(scene, properties, row)));
    }
    inline(scene, schema, value).map(Shown::Fact)
}

fn media(scene: &Scene<'_>, id: &Value) -> Option<Markup> {
    let media = scene.targets.media(id)?;
    Some(blocks::figure(scene, Some(media), Told::default()))
}

/// A value within a line.
fn inline(scene: &Scene<'_>, schema: &Value, value: &Value) -> Option<Markup> {
    if schema.get("x-relation").is_some() {
        let other = scene.targets.other(value)?;
        return Some(match &other.href {
            Some(href) => html! { a href=(href) { (other.title) } },
            None => html! { (other.title) },
        });
    }
    if let Some(labels) = schema.get("x-enum-labels") {
        let text = value.as_str()?;
        let label = labels.get(text).and_then(|label| words::in_language(label, scene.locale));
        return Some(html! { (label.unwrap_or(text)) });
    }
    let format = schema.get("format").and_then(Value::as_str).unwrap_or_default();
    Some(match (value, format) {
        (Value::Bool(truth), _) => html! { (if *truth { say(scene.lang, "Có", "Yes") } else { say(scene.lang, "Không", "No") }) },
        (Value::Number(value), _) => html! { (number(scene.lang, value)) },
        (Value::String(text), "date") => html! { time datetime=(text) { (day(scene.lang, text)) } },
        (Value::String(text), "date-time") => html! { time datetime=(text) { (moment(scene.lang, text)) } },
        (Value::String(text), "email") => html! { a href={ "mailto:" (text) } { (text) } },
        (Value::String(text), "phone") => html! { a href={ "tel:" (text.replace([' ', '.'], "")) } { (text) } },
        (Value::String(text), "uri") => html! { a href=(safe(text)) rel="noopener" { (text) } },
        (Value::String(text), _) => html! { span.lines { (text) } },
        (Value::Object(row), "interval") => interval(scene, row),
        (Value::Object(row), "geo-point") => html! { (point(scene.lang, row.get("coordinates")?)?) },
        (Value::Object(row), "geo-area") => {
            let corners =
                row.get("coordinates").and_then(|rings| rings.get(0)?.as_array()).map_or(0, |ring| ring.len().saturating_sub(1));
            html! { (say(scene.lang, "Vùng có số đỉnh: ", "An area; corners: ")) (corners) }
        }
        _ => return None,
    })
}

/// An address of the web, and nothing that a browser would run.
fn safe(address: &str) -> &str {
    if address.starts_with("https://") || address.starts_with("http://") { address } else { "#" }
}

fn interval(scene: &Scene<'_>, row: &Row) -> Markup {
    let moment = |name: &str| row.get(name).and_then(Value::as_str).map(|text| day_or_moment(scene.lang, text));
    html! {
        (moment("start").unwrap_or_default()) " – " (moment("end").unwrap_or_else(|| say(scene.lang, "nay", "open").to_owned()))
    }
}

/// Latitude before longitude, as maps print them.
fn point(lang: Lang, coordinates: &Value) -> Option<String> {
    let (longitude, latitude) = (coordinates.get(0)?.as_f64()?, coordinates.get(1)?.as_f64()?);
    let degrees = |value: f64, [plus, minus]: [&str; 2]| {
        let text = format!("{:.5}", value.abs());
        let text = text.trim_end_matches('0').trim_end_matches('.').replace('.', say(lang, ",", "."));
        format!("{text}° {}", if value < 0.0 { minus } else { plus })
    };
    let (north, east) = match lang {
        Lang::Vi => (["B", "N"], ["Đ", "T"]),
        Lang::En => (["N", "S"], ["E", "W"]),
    };
    Some(format!("{}; {}", degrees(latitude, north), degrees(longitude, east)))
}

/// The members of one object under their labels.
fn object(scene: &Scene<'_>, properties: &Row, row: &Row) -> Markup {
    let shown: Vec<_> =
        Field::all(properties, row).filter_map(|field| Some((field.label(scene.locale), field.show(scene)?))).collect();
    html! { dl { @for (label, shown) in shown { (term(&label, shown)) } } }
}

/// A label and what stands beside it.
pub(super) fn term(label: &str, shown: Shown) -> Markup {
    let (Shown::Fact(shown) | Shown::Section(shown)) = shown;
    html! { div { dt { (label) } dd { (shown) } } }
}

/// Objects in a table where their members are short, else one after the other.
fn objects(scene: &Scene<'_>, properties: &Row, items: &[Value]) -> Markup {
    let rows: Vec<&Row> = items.iter().filter_map(Value::as_object).collect();
    let used: Vec<(&String, &Value)> = properties
        .iter()
        .filter(|(name, _)| rows.iter().any(|row| row.get(*name).is_some_and(|value| !is_nothing(value))))
        .collect();
    let short = |schema: &Value| {
        !is_rich(schema) && members(schema).is_none() && schema.get("items").is_none() && schema.get("x-media").is_none()
    };
    if used.len() > COLUMNS || !used.iter().all(|(_, schema)| short(schema)) {
        return html! { @for row in rows { div.item { (object(scene, properties, row)) } } };
    }
    let label = |(name, schema): &(&String, &Value)| Field { name, schema, row: properties }.label(scene.locale);
    html! {
        div.wide { table {
            thead { tr { @for column in &used { th scope="col" { (label(column)) } } } }
            tbody {
                @for row in rows {
                    tr {
                        @for (name, schema) in &used {
                            @let value = row.get(*name).filter(|value| !is_nothing(value));
                            td.number[value.is_some_and(Value::is_number)] { @if let Some(cell) = value.and_then(|value| inline(scene, schema, value)) { (cell) } }
                        }
                    }
                }
            }
        } }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::super::targets::Media;
    use super::*;
    use kernel::Id;
    use serde_json::json;

    fn shown(scene: &Scene<'_>, schema: Value, value: Value) -> String {
        let (properties, row) = (json!({ "field": schema }), json!({ "field": value }));
        let mut fields = Field::all(properties.as_object().unwrap(), row.as_object().unwrap());
        match fields.next().unwrap().show(scene) {
            Some(Shown::Fact(html) | Shown::Section(html)) => html.into_string(),
            None => String::new(),
        }
    }

    #[test]
    fn what_a_writer_says_is_never_markup() {
        let targets = Targets::default();
        let scene = Scene { lang: Lang::Vi, locale: "vi", targets: &targets };
        let evil = "<script>alert(1)</script>\"'&";
        for schema in [
            json!({ "type": "string" }),
            json!({ "type": "string", "format": "uri" }),
            json!({ "type": "string", "format": "email" }),
            json!({ "type": "string", "format": "date" }),
            json!({ "type": "string", "enum": ["a"], "x-enum-labels": {} }),
        ] {
            let html = shown(&scene, schema, json!(evil));
            assert!(!html.contains("<script") && html.contains("&lt;script&gt;"), "{html}");
        }
        let table = shown(
            &scene,
            json!({ "x-blocks": true }),
            json!([{ "type": "table", "header": [evil], "rows": [[evil]], "caption": evil },
            { "type": "quote", "text": evil, "source": evil }, { "type": "embed", "url": "https://a.example/?\"><b>", "title": evil }]),
        );
        assert!(!table.contains("<script") && !table.contains("\"><b>") && table.contains("<caption>&lt;script"), "{table}");
        assert_eq!(
            shown(&scene, json!({ "format": "uri" }), json!("javascript:alert(1)")),
            "<a href=\"#\" rel=\"noopener\">javascript:alert(1)</a>"
        );
    }

    #[test]
    fn values_are_written_for_readers() {
        let targets = Targets::default();
        let vi = Scene { lang: Lang::Vi, locale: "vi", targets: &targets };
        let en = Scene { lang: Lang::En, locale: "en", targets: &targets };
        let at = json!({ "type": "Point", "coordinates": [105.8542, 21.0285] });
        let place = json!({ "type": "object", "format": "geo-point", "properties": {} });
        assert_eq!(shown(&vi, place.clone(), at.clone()), "21,0285° B; 105,8542° Đ");
        assert_eq!(shown(&en, place, at), "21.0285° N; 105.8542° E");
        let period = json!({ "type": "object", "format": "interval", "properties": {} });
        assert_eq!(shown(&vi, period, json!({ "start": "2021-01-01", "end": null })), "01/01/2021 – nay");
        let rows = json!({ "type": "array", "items": { "type": "object", "properties": {
            "name": { "type": "string", "x-label": { "vi": "Tên", "en": "Name" } }, "amount": { "type": "number" } } } });
        let html = shown(&vi, rows, json!([{ "name": "Thu", "amount": 12345.5 }]));
        assert!(html.contains("<th scope=\"col\">Tên</th>") && html.contains("<td class=\"number\">12.345,5</td>"), "{html}");
    }

    #[test]
    fn a_picture_has_its_alternative_and_a_missing_one_is_told() {
        let id = Id::of_name("a picture");
        let media = Media {
            url: "https://api.example/media/1/a.jpg".into(),
            kind: "image".into(),
            title: "a.jpg".into(),
            alt: Some("Bến thuyền \"Lội\"".into()),
            caption: Some("Bến Lội".into()),
            credit: Some("Ảnh: Tư".into()),
            transcript: None,
            size: Some(2048),
            dimensions: Some((800, 600)),
        };
        let targets = Targets::with_media(id, media);
        let scene = Scene { lang: Lang::Vi, locale: "vi", targets: &targets };
        let block = |id: String| json!([{ "type": "image", "media": id, "caption": "Sáng sớm" }, { "type": "file", "media": id, "label": "Ảnh gốc" }]);
        let html = shown(&scene, json!({ "x-blocks": true }), block(id.to_string()));
        assert!(html.contains("alt=\"Bến thuyền &quot;Lội&quot;\" width=\"800\" height=\"600\""), "{html}");
        assert!(
            html.contains("Sáng sớm <span class=\"credit\">(Ảnh: Tư)</span>") && html.contains(">Ảnh gốc</a> (2 KB)"),
            "{html}"
        );
        let missing = shown(&scene, json!({ "x-blocks": true }), block(Id::of_name("none").to_string()));
        assert_eq!(missing, "<figure><figcaption>Sáng sớm</figcaption></figure>");
    }
}
