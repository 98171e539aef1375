//! The parsed form of a property: what it holds, all the way down.

use crate::field::FieldKindDef;
use crate::target::Target;
use kernel::{Row, Text};
use serde_json::Value as Json;

/// What a property or an item holds.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Shape {
    /// One value.
    Leaf(Leaf),
    /// An object with members.
    Object(Vec<Member>),
    /// A list of values or objects, never of lists.
    List {
        /// What each item holds.
        item: Box<Shape>,
        /// Annotations of the items.
        notes: Row,
        /// `minItems`, `maxItems`, `uniqueItems`.
        limits: Row,
    },
    /// An ordered list of components.
    Blocks {
        /// Names of the permitted components.
        kinds: Vec<&'static str>,
        /// `minItems`, `maxItems`.
        limits: Row,
    },
}

/// One value that has no members to name.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Leaf {
    /// Its kind.
    pub kind: FieldKindDef,
    /// Its keywords as a definition states them: `type`, `format`, limits.
    pub keywords: Row,
    /// What the id in it names.
    pub target: Option<Target>,
}

/// A property of an object inside a field.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Member {
    /// Its name.
    pub name: String,
    /// Whether every object has it.
    pub required: bool,
    /// What it holds.
    pub shape: Shape,
    /// Its annotations.
    pub notes: Row,
}

impl Shape {
    /// The kind and whether it is a list of it.
    pub fn kind(&self) -> (FieldKindDef, bool) {
        match self {
            Self::Leaf(leaf) => (leaf.kind, false),
            Self::Object(_) => (FieldKindDef::Object, false),
            Self::List { item, .. } => (item.kind().0, true),
            Self::Blocks { .. } => (FieldKindDef::Blocks, false),
        }
    }

    /// What the ids in it name.
    pub fn target(&self) -> Option<&Target> {
        match self {
            Self::Leaf(leaf) => leaf.target.as_ref(),
            Self::List { item, .. } => item.target(),
            Self::Object(_) | Self::Blocks { .. } => None,
        }
    }

    /// Whether it is one rich text, which has companions beside it.
    pub fn is_rich(&self) -> bool {
        matches!(self, Self::Leaf(Leaf { kind: FieldKindDef::RichText, .. }))
    }

    /// Whether rich text, blocks or areas are in it.
    pub fn heavy(&self) -> bool {
        match self {
            Self::Leaf(leaf) => matches!(leaf.kind, FieldKindDef::RichText | FieldKindDef::GeoArea),
            Self::Object(members) => members.iter().any(|member| member.shape.heavy()),
            Self::List { item, .. } => item.heavy(),
            Self::Blocks { .. } => true,
        }
    }

    /// Whether full-text search can find something in it.
    pub fn has_text(&self) -> bool {
        match self {
            Self::Leaf(leaf) => leaf.kind.is_text() || leaf.kind == FieldKindDef::RichText,
            Self::Object(members) => members.iter().any(|member| member.shape.has_text()),
            Self::List { item, .. } => item.has_text(),
            Self::Blocks { .. } => true,
        }
    }

    /// The permitted values and their labels.
    pub fn choices(&self) -> Vec<(&str, Option<Text>)> {
        match self {
            Self::Leaf(leaf) => leaf.choices(),
            Self::List { item, .. } => item.choices(),
            Self::Object(_) | Self::Blocks { .. } => Vec::new(),
        }
    }
}

impl Leaf {
    fn choices(&self) -> Vec<(&str, Option<Text>)> {
        let labels = self.keywords.get("x-enum-labels");
        let label = |value: &str| labels.and_then(|labels| labels.get(value)).and_then(text_of);
        let values = self.keywords.get("enum").and_then(Json::as_array).into_iter().flatten();
        values.filter_map(Json::as_str).map(|value| (value, label(value))).collect()
    }
}

/// Reads `{"vi", "en"}` of a normalised definition.
pub(crate) fn text_of(value: &Json) -> Option<Text> {
    Some(Text::new(value.get("vi")?.as_str()?, value.get("en")?.as_str()?))
}

/// The names of what is computed beside a rich text.
pub(crate) fn companions(name: &str) -> [String; 2] {
    [format!("{name}_html"), format!("{name}_text")]
}
