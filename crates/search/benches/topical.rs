//! scratch
use search::{Change, Passage, Query, SearchDocument, SearchIndex, Settings, Tantivy, Times};
use std::collections::BTreeMap;
use std::io::BufRead;
use tantivy::schema::{OwnedValue, Value as _};
use time::macros::date;
fn main() {
    let a: Vec<String> = std::env::args().filter(|a| a != "--bench").collect();
    let rt = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let settings = Settings::parse(&std::fs::read_to_string("/work/main/schema/search/abbreviations.json").unwrap()).unwrap();
    if a[1] == "load" {
        // old index folder, new folder
        let index = tantivy::Index::open_in_dir(&a[2]).unwrap();
        let reader = index.reader().unwrap();
        let searcher = reader.searcher();
        let schema = index.schema();
        let get = |d: &tantivy::TantivyDocument, n: &str| -> String {
            d.get_first(schema.get_field(n).unwrap())
                .map(OwnedValue::from)
                .map(|v| match v {
                    OwnedValue::Str(s) => s,
                    _ => String::new(),
                })
                .unwrap_or_default()
        };
        let mut docs: BTreeMap<String, (SearchDocument, Vec<Passage>, u64)> = BTreeMap::new();
        for (so, seg) in searcher.segment_readers().iter().enumerate() {
            let until = seg.fast_fields().u64("until").unwrap();
            let date = seg.fast_fields().u64("date").unwrap();
            for doc in seg.doc_ids_alive() {
                if until.first(doc).unwrap() < 20261124 {
                    continue;
                }
                let d: tantivy::TantivyDocument = searcher.doc(tantivy::DocAddress::new(so as u32, doc)).unwrap();
                let id = get(&d, "id");
                let e = docs.entry(id.clone()).or_insert_with(|| {
                    let number = get(&d, "number");
                    let day = date.first(doc).unwrap() / 1_000_000;
                    (
                        SearchDocument {
                            id: kernel::Id::parse(&id).unwrap(),
                            resource_type: get(&d, "type"),
                            number: (!number.is_empty()).then_some(number),
                            title: get(&d, "title"),
                            date: (day > 0).then(|| format!("{}-{:02}-{:02}", day / 10000, day / 100 % 100, day % 100)),
                            facets: Default::default(),
                            times: vec![],
                        },
                        vec![],
                        until.first(doc).unwrap(),
                    )
                });
                if until.first(doc).unwrap() != e.2 {
                    continue;
                }
                let (eid, heading, text) = (get(&d, "eid"), get(&d, "heading"), get(&d, "body"));
                if !text.is_empty() || !heading.is_empty() {
                    e.1.push(Passage {
                        eid: (!eid.is_empty()).then_some(eid),
                        heading: (!heading.is_empty()).then_some(heading),
                        text,
                    });
                }
            }
        }
        let _ = std::fs::remove_dir_all(&a[3]);
        let opened = Tantivy::open(std::path::Path::new(&a[3]), settings).unwrap();
        let all: Vec<Change> = docs
            .into_values()
            .map(|(mut d, p, _)| {
                d.times = vec![Times { from: None, until: None, in_force: true, facets: Default::default(), passages: p.into() }];
                Change::Upsert(d)
            })
            .collect();
        for c in all.chunks(100) {
            rt.block_on(opened.index.apply(c.to_vec())).unwrap();
        }
        return;
    }
    let opened = Tantivy::open(std::path::Path::new(&a[1]), settings).unwrap();
    assert!(!opened.rebuilt);
    for line in std::io::stdin().lock().lines() {
        let q = line.unwrap();
        let mut query = Query::of(&q, date!(2026 - 11 - 24));
        query.limit = 10;
        query.explain = a.len() > 2;
        let t = std::time::Instant::now();
        let hits = rt.block_on(opened.index.search(&query)).unwrap();
        let ms = t.elapsed().as_secs_f64() * 1000.0;
        let ids: Vec<_> = hits.hits.iter().map(|h| serde_json::json!({"id": h.id.to_string(), "score": h.score, "why": h.reasons.iter().map(|r| format!("{} {:.0}", r.name, r.score)).collect::<Vec<_>>().join(", "), "m": h.matched.as_ref().map(|m| &m.eid)})).collect();
        println!("{}", serde_json::json!({"q": q, "ms": ms, "relaxed": hits.is_relaxed, "total": hits.total, "hits": ids}));
    }
}
