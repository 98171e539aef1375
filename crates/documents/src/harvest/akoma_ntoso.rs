//! Documents as Akoma Ntoso.

use super::{Harvest, HarvestRecord, RelatedAct};
use crate::Error;
use kernel::{Id, parse_date, text};
use legal_text::render::akn::{self, Akn, Gazette};
use legal_text::{Citation, Target};
use std::collections::HashMap;

impl Harvest {
    /// A document that everybody sees as an Akoma Ntoso element, with absolute addresses under `origin`; none where it has no
    /// text, or where its text cannot be told.
    pub async fn akn(&self, id: Id, record: &HarvestRecord, origin: &str) -> Result<Option<String>, Error> {
        let Some(body) = self.text(id).await? else { return Ok(None) };
        let (record, origin) = (record.clone(), origin.to_owned());
        // Away from where others wait; a text that breaks the reader breaks nothing else.
        Ok(tokio::task::spawn_blocking(move || element(akn(&body, &record, &origin))).await.ok())
    }
}

/// The document as Akoma Ntoso: its text, and what is known of it besides.
fn akn(body: &str, record: &HarvestRecord, origin: &str) -> String {
    let told = |name: &str| record.row.get(name).and_then(|value| value.as_str());
    let mut read = legal_text::parse(body);
    // What an editor has put right counts, not what the text says.
    let or_told = |read: &mut Option<String>, name: &str| *read = told(name).map(str::to_owned).or_else(|| read.take());
    or_told(&mut read.header.number, "number");
    or_told(&mut read.header.doc_type, "doc_type");
    or_told(&mut read.header.title, "title");
    read.header.issued_on = told("issued_on").and_then(parse_date).or(read.header.issued_on);
    let issuer = record.row.get("issuer").and_then(|issuer| issuer.get("code")?.as_str());
    let gazette = told("gazette_date").and_then(parse_date);
    let gazette = gazette.map(|date| Gazette { name: "Công báo", number: told("gazette_number"), date });
    let places = Places::of(&record.related, origin);
    let link = |citation: &Citation| places.of_citation(citation);
    akn::akn(body, &read, &Akn { issuer, gazette, link: &link, ..Akn::default() })
}

/// Where acts are found by number and by name.
struct Places {
    by_number: HashMap<String, String>,
    by_title: HashMap<String, String>,
}

impl Places {
    fn of(related: &[RelatedAct], origin: &str) -> Self {
        let here = |act: &RelatedAct| {
            let path = act.address.clone().or_else(|| act.document.map(|id| format!("/v1/documents/{id}")))?;
            Some(format!("{origin}{path}"))
        };
        let by = |key: fn(&RelatedAct) -> Option<&String>| {
            related.iter().filter_map(|act| Some((text::name_key(key(act)?), here(act)?))).collect()
        };
        Self { by_number: by(|act| act.number.as_ref()), by_title: by(|act| act.title.as_ref()) }
    }

    fn of_citation(&self, citation: &Citation) -> Option<String> {
        let Target::Act { number, title, .. } = &citation.target else { return None };
        let known =
            |places: &HashMap<String, String>, name: &Option<String>| places.get(&text::name_key(name.as_ref()?)).cloned();
        known(&self.by_number, number).or_else(|| known(&self.by_title, title))
    }
}

/// The one element of an XML document.
fn element(document: String) -> String {
    let rest = document.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>")).map(|(_, rest)| rest.trim().to_owned());
    rest.unwrap_or(document)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use serde_json::json;

    #[test]
    fn an_act_is_told_with_what_is_known_of_it_and_leads_to_those_it_cites() {
        let body = "ỦY BAN NHÂN DÂN\nTỈNH SÔNG LAM\n\nSố: 12/2031/QĐ-UBND\nSông Lam, ngày 05 tháng 6 năm 2031\n\nQUYẾT ĐỊNH\nVề phòng đọc\n\n\
                    Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020;\n\nĐiều 1. Mở phòng đọc & sách \u{1}.\n";
        let row = json!({ "number": "12/2031/QĐ-UBND", "doc_type": "quyet-dinh", "title": "Về phòng đọc", "issued_on": "2031-06-05",
            "issuer": { "code": "song-lam.ubnd" }, "gazette_number": "7", "gazette_date": "2031-07-01" });
        let cited = RelatedAct {
            document: None,
            address: Some("/eli/vn/chinh-phu/nd-cp/2020/30".into()),
            number: Some("30/2020/NĐ-CP".into()),
            title: None,
        };
        let record = HarvestRecord { row: row.as_object().unwrap().clone(), address: None, related: vec![cited] };
        let told = element(akn(body, &record, "https://api.example"));
        assert!(told.starts_with("<akomaNtoso") && told.ends_with("</akomaNtoso>"), "{told}");
        assert!(told.contains("/akn/vn/act/quyet-dinh/song-lam.ubnd/2031-06-05/12-2031-qd-ubnd"), "{told}");
        assert!(told.contains("href=\"https://api.example/eli/vn/chinh-phu/nd-cp/2020/30\""), "{told}");
        assert!(told.contains("<publication date=\"2031-07-01\"") && told.contains("đọc &amp; sách"), "{told}");
        assert!(!told.contains('\u{1}'), "{told}");
    }
}
