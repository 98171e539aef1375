//! A graph of resources that say something of each other.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// Prefixes of names, with the vocabularies that they stand for.
pub(super) const PREFIXES: [(&str, &str); 5] = [
    ("dcat", "http://www.w3.org/ns/dcat#"),
    ("dct", "http://purl.org/dc/terms/"),
    ("foaf", "http://xmlns.com/foaf/0.1/"),
    ("vcard", "http://www.w3.org/2006/vcard/ns#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

/// What no address may hold as it is.
const FORBIDDEN: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'\\').add(b'^').add(b'`').add(b'{').add(b'|').add(b'}');

/// What is said of a resource.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Said {
    /// Another resource, by its address.
    Resource(String),
    /// Words in a language.
    Words(String, &'static str),
    /// A moment.
    Moment(String),
}

impl Said {
    /// A resource by an address that somebody has told.
    pub fn resource(address: impl AsRef<str>) -> Self {
        Self::Resource(iri(address.as_ref()))
    }
}

/// A resource with its kind and what is said of it, by names with prefixes.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub address: String,
    pub kind: &'static str,
    pub said: Vec<(&'static str, Said)>,
}

impl Node {
    pub fn new(address: impl AsRef<str>, kind: &'static str) -> Self {
        Self { address: iri(address.as_ref()), kind, said: Vec::new() }
    }

    pub fn say(mut self, name: &'static str, said: Said) -> Self {
        self.said.push((name, said));
        self
    }

    /// The same in Vietnamese and English.
    pub fn in_words(self, name: &'static str, text: &kernel::Text) -> Self {
        self.say(name, Said::Words(text.vi.clone(), "vi")).say(name, Said::Words(text.en.clone(), "en"))
    }

    pub fn say_all(mut self, name: &'static str, all: impl IntoIterator<Item = Said>) -> Self {
        self.said.extend(all.into_iter().map(|said| (name, said)));
        self
    }
}

fn iri(address: &str) -> String {
    utf8_percent_encode(address, FORBIDDEN).to_string()
}

#[cfg(test)]
pub(super) fn sample() -> Vec<Node> {
    let quoted = kernel::Text::new("Hai \"dòng\"\nvà \\ \u{7} <a>", "Two");
    vec![
        Node::new("http://a.example/dcat#x", "dcat:Dataset")
            .in_words("dct:title", &quoted)
            .say("dct:license", Said::resource("http://b.example/<evil> \"x\"#y"))
            .say("dct:modified", Said::Moment("2026-11-22T03:00:00Z".into())),
        Node::new("http://a.example/dcat#y", "foaf:Agent"),
    ]
}
