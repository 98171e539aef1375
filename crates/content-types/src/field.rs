//! The fields of a content type.

use crate::shape::Shape;
use crate::target::Target;
use kernel::{Row, Text};

/// What a field holds; of a list, what each item holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FieldKindDef {
    /// Plain text.
    Text,
    /// Markdown, with the companions `…_html` and `…_text`.
    RichText,
    /// A whole number.
    Integer,
    /// Any number.
    Number,
    /// True or false.
    Boolean,
    /// A plain date.
    Date,
    /// A moment.
    DateTime,
    /// A start and, where there is one, an end.
    Interval,
    /// One of a closed list of texts.
    Enum,
    /// An address of electronic mail.
    Email,
    /// A telephone number.
    Phone,
    /// An address of the web.
    Url,
    /// A GeoJSON point.
    GeoPoint,
    /// A GeoJSON polygon.
    GeoArea,
    /// The id of a file in the media library.
    Media,
    /// The id of another resource.
    Relation,
    /// An object with properties of its own.
    Object,
    /// An ordered list of typed components.
    Blocks,
}

impl FieldKindDef {
    /// Whether values of the kind are written as one line or paragraph of text.
    pub fn is_text(self) -> bool {
        matches!(self, Self::Text | Self::Enum | Self::Email | Self::Phone | Self::Url)
    }
}

/// The column in which values of a field are kept for filters and sorting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IndexColumn {
    /// Text, at most 500 characters.
    Text,
    /// A plain date, `YYYY-MM-DD`.
    Date,
    /// A moment in microseconds.
    Instant,
    /// A whole number.
    Whole,
    /// A number.
    Number,
    /// True or false.
    Flag,
    /// An id.
    Id,
}

/// A field of a content type.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldDef {
    /// Its name, in snake case.
    pub name: String,
    /// What it holds; of a list, what each item holds.
    pub kind: FieldKindDef,
    /// Whether it is a list. Blocks, always a list, are not said to be one.
    pub many: bool,
    /// What editors see it called.
    pub label: Option<Text>,
    /// What it is for.
    pub description: Option<String>,
    /// Whether each language has a value of its own.
    pub localizable: bool,
    /// Whether full-text search finds it.
    pub searchable: bool,
    /// Whether lists can be filtered by it.
    pub filterable: bool,
    /// Whether lists can be sorted by it.
    pub sortable: bool,
    /// Whether every stored entry has it.
    pub required: bool,
    /// Whether every published entry has it.
    pub required_to_publish: bool,
    /// What the ids in it name.
    pub target: Option<Target>,
    pub(crate) shape: Shape,
    /// `description` and `x-label` as they stand in a schema.
    pub(crate) notes: Row,
    pub(crate) stored: Vec<String>,
}

impl FieldDef {
    /// The column of its values, where lists can be filtered or sorted by it.
    pub fn index_column(&self) -> Option<IndexColumn> {
        use FieldKindDef as K;
        if !self.filterable && !self.sortable {
            return None;
        }
        match self.kind {
            K::Text | K::Enum | K::Email | K::Phone | K::Url => Some(IndexColumn::Text),
            K::Date => Some(IndexColumn::Date),
            K::DateTime => Some(IndexColumn::Instant),
            K::Integer => Some(IndexColumn::Whole),
            K::Number => Some(IndexColumn::Number),
            K::Boolean => Some(IndexColumn::Flag),
            K::Media | K::Relation => Some(IndexColumn::Id),
            K::RichText | K::Interval | K::GeoPoint | K::GeoArea | K::Object | K::Blocks => None,
        }
    }

    /// The permitted values and their labels, of a field that is one of a closed list.
    pub fn choices(&self) -> Vec<(&str, Option<Text>)> {
        self.shape.choices()
    }

    /// The names under which it is stored and sent: its own, and those of its companions.
    pub fn stored_names(&self) -> &[String] {
        &self.stored
    }

    /// Whether lists of entries leave it out: it holds rich text, blocks or an area.
    pub fn heavy(&self) -> bool {
        self.shape.heavy()
    }
}
