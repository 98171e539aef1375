//! What a provision begins with.

use super::clean::Prose;
use super::number::numbered;
use super::paragraphs::{ends_sentence, of_leaf};
use super::source::Source;
use crate::node::{Kind, Node};

/// Number, heading and first words of a provision, each with the node it is.
pub(super) struct Opening<'n> {
    pub number: Option<Prose>,
    /// Its heading, in one paragraph or several.
    pub heading: (Option<&'n Node>, Vec<Prose>),
    /// Its first words where it has no heading.
    pub intro: (Option<&'n Node>, Vec<Prose>),
    pub rest: &'n [Node],
}

impl<'n> Opening<'n> {
    /// Parts a node into what it begins with and what it holds.
    pub fn of(source: &Source<'_>, node: &'n Node) -> Self {
        let (own, rest) = match node.children.as_slice() {
            [own, rest @ ..] if matches!(own.kind, Kind::Heading | Kind::Intro) && own.is_leaf() => (Some(own), rest),
            children => (None, children),
        };
        let leaf = node.is_leaf().then_some(node).or(own);
        let words = leaf.map(|leaf| of_leaf(source, leaf)).unwrap_or_default();
        let mut words = words.into_iter();
        let (number, first) = words.next().map_or((None, Prose::default()), |first| numbered(first, node));
        let words: Vec<Prose> = std::iter::once(first).chain(words).filter(|prose| !prose.is_empty()).collect();
        let is_heading = own.map_or(node.kind.groups_articles(), |own| own.kind == Kind::Heading);
        let mut intro = words;
        let heading = if is_heading {
            std::mem::take(&mut intro)
        } else if node.kind == Kind::Article && number.is_some() && begins_with_heading(&intro) {
            vec![intro.remove(0)]
        } else {
            Vec::new()
        };
        Self { number, heading: (own, heading), intro: (own, intro), rest }
    }
}

/// Whether the first paragraph of an article is its heading: others follow, and it is no sentence.
fn begins_with_heading(words: &[Prose]) -> bool {
    matches!(words, [first, _, ..] if !ends_sentence(&first.text) && first.text.chars().count() < 200)
}
