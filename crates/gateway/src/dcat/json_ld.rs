//! A graph as JSON-LD: names by prefixes, nothing to be fetched from elsewhere.

use super::graph::{Node, PREFIXES, Said};
use serde_json::{Map, Value, json};

pub(super) fn print(graph: &[Node]) -> String {
    let context: Map<String, Value> = PREFIXES.iter().map(|(prefix, of)| ((*prefix).to_owned(), (*of).into())).collect();
    json!({ "@context": context, "@graph": graph.iter().map(node).collect::<Vec<_>>() }).to_string()
}

fn node(node: &Node) -> Value {
    let mut members = Map::new();
    members.insert("@id".to_owned(), node.address.clone().into());
    members.insert("@type".to_owned(), node.kind.into());
    for (name, said) in &node.said {
        let all = members.entry(*name).or_insert_with(|| json!([]));
        if let Some(all) = all.as_array_mut() {
            all.push(value(said));
        }
    }
    Value::Object(members)
}

fn value(said: &Said) -> Value {
    match said {
        Said::Resource(address) => json!({ "@id": address }),
        Said::Words(words, lang) => json!({ "@value": words, "@language": lang }),
        Said::Moment(moment) => json!({ "@value": moment, "@type": "xsd:dateTime" }),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn what_is_said_stands_under_its_name() {
        let printed: Value = serde_json::from_str(&print(&super::super::graph::sample())).unwrap();
        let node = &printed["@graph"][0];
        assert_eq!(node["dct:title"][0], json!({ "@value": "Hai \"dòng\"\nvà \\ \u{7} <a>", "@language": "vi" }));
        assert_eq!(node["dct:license"], json!([{ "@id": "http://b.example/%3Cevil%3E%20%22x%22#y" }]));
        assert_eq!(printed["@context"]["dct"], "http://purl.org/dc/terms/");
    }
}
