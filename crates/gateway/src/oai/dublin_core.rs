//! Dublin Core of a legal document, as far as its fifteen elements go.

use super::INSTANCE;
use crate::pages::Portal;
use crate::xml::Xml;
use documents::{HarvestRecord, RelatedAct, doc_type_name};
use kernel::Id;

const NAMESPACE: &str = "http://www.openarchives.org/OAI/2.0/oai_dc/";
const ELEMENTS: &str = "http://purl.org/dc/elements/1.1/";

/// Writes `oai_dc:dc`.
pub(super) fn write(xml: &mut Xml, portal: &Portal, (id, record): (Id, &HarvestRecord)) {
    let schema = format!("{NAMESPACE} http://www.openarchives.org/OAI/2.0/oai_dc.xsd");
    let names =
        [("xmlns:oai_dc", NAMESPACE), ("xmlns:dc", ELEMENTS), ("xmlns:xsi", INSTANCE), ("xsi:schemaLocation", schema.as_str())];
    let text = |name: &str| record.row.get(name).and_then(|value| value.as_str());
    let issuer = record.row.get("issuer").and_then(|issuer| issuer.get("name")?.as_str());
    let language = text("language").unwrap_or("vi");
    xml.open("oai_dc:dc", &names);
    let mut worded = |element: &str, said: Option<&str>| {
        if let Some(said) = said {
            xml.leaf(element, &[("xml:lang", language)], said);
        }
    };
    worded("dc:title", text("title").or(text("number")));
    worded("dc:creator", issuer);
    worded("dc:publisher", issuer);
    worded("dc:type", text("doc_type").map(|slug| doc_type_name(slug).unwrap_or(slug)));
    let mut plain = |element: &str, said: Option<String>| {
        if let Some(said) = said {
            xml.leaf(element, &[], &said);
        }
    };
    // A term of the DCMI type vocabulary, for those who know no others.
    plain("dc:type", Some("Text".to_owned()));
    plain("dc:date", text("issued_on").map(str::to_owned));
    plain("dc:identifier", record.address.as_deref().map(|path| portal.absolute(path)));
    plain("dc:identifier", Some(portal.absolute(&document(id))));
    plain("dc:identifier", text("number").map(str::to_owned));
    plain("dc:source", text("source_file_id").map(|file| portal.absolute(&format!("{}/files/{file}", document(id)))));
    plain("dc:source", gazette(text("gazette_number"), text("gazette_date")));
    plain("dc:language", Some(language.to_owned()));
    let mut related: Vec<String> = record.related.iter().filter_map(|act| named(portal, act)).collect();
    related.sort_unstable();
    related.dedup();
    related.into_iter().for_each(|act| plain("dc:relation", Some(act)));
    plain("dc:coverage", text("place").map(str::to_owned));
    plain("dc:coverage", in_force(text("effective_on"), text("expires_on")));
    plain("dc:rights", portal.licence.clone());
    xml.close("oai_dc:dc");
}

/// The address of an act, else its number, else its name.
fn named(portal: &Portal, act: &RelatedAct) -> Option<String> {
    let here = act.address.clone().or_else(|| act.document.map(document)).map(|path| portal.absolute(&path));
    here.or_else(|| act.number.clone()).or_else(|| act.title.clone())
}

fn document(id: Id) -> String {
    format!("/v1/documents/{id}")
}

/// The issue of the gazette in which it stands.
fn gazette(number: Option<&str>, date: Option<&str>) -> Option<String> {
    match (number, date) {
        (Some(number), Some(date)) => Some(format!("Công báo số {number}, {date}")),
        (Some(number), None) => Some(format!("Công báo số {number}")),
        (None, Some(date)) => Some(format!("Công báo, {date}")),
        (None, None) => None,
    }
}

/// The first and the last day in force, as a DCMI period.
fn in_force(from: Option<&str>, until: Option<&str>) -> Option<String> {
    let last = until.and_then(kernel::parse_date).and_then(|day| day.previous_day()).map(kernel::print_date);
    let begins = from.map(|day| format!("start={day}; "));
    let ends = last.map(|day| format!("end={day}; "));
    (begins.is_some() || ends.is_some())
        .then(|| format!("{}{}scheme=W3C-DTF", begins.unwrap_or_default(), ends.unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_in_force_is_a_period_with_its_last_day() {
        let told = |from, until| in_force(from, until).unwrap_or_default();
        assert_eq!(told(Some("2020-12-15"), None), "start=2020-12-15; scheme=W3C-DTF");
        assert_eq!(told(Some("2020-12-15"), Some("2025-01-01")), "start=2020-12-15; end=2024-12-31; scheme=W3C-DTF");
        assert_eq!(in_force(None, None), None);
    }
}
