//! What the walk over a text tells the builder of the tree.

use crate::node::Kind;

/// Something begins at a byte of the text. What began before ends there.
#[derive(Debug, Clone)]
pub(super) struct Event {
    /// The first byte.
    pub at: usize,
    /// What begins.
    pub kind: Kind,
    /// How deep it lies: it ends everything of its level or below.
    pub level: u8,
    /// Its number as printed.
    pub num: Option<String>,
    /// Whether other events may lie inside it.
    pub holds: Holds,
}

/// Whether something has parts, and what its own first line is then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    /// Never: it is a leaf.
    Nothing,
    /// Parts after a heading.
    AfterHeading,
    /// Parts after an introduction.
    AfterIntro,
}

/// Levels, from the outermost.
pub(super) mod level {
    use crate::node::Kind;

    pub const ATTACHMENT: u8 = 1;
    pub const FORM: u8 = 3;
    /// Header, preamble, recipients, signature: beside the provisions.
    pub const BESIDE: u8 = 5;
    /// A heading that has lost its number.
    pub const HEADING: u8 = 15;
    pub const PART_OF_ARTICLE: u8 = 51;
    pub const CAPITAL: u8 = 52;
    pub const ROMAN: u8 = 54;
    pub const CLAUSE: u8 = 60;
    /// A paragraph of a clause that stands after its points.
    pub const AFTER_POINTS: u8 = 65;
    pub const POINT: u8 = 70;
    pub const AFTER_SUBPOINTS: u8 = 75;
    pub const SUBPOINT: u8 = 80;
    /// A paragraph after the items of a list.
    pub const AFTER_LIST: u8 = 85;
    pub const LIST: u8 = 90;
    pub const ITEM: u8 = 91;
    pub const INNER_LIST: u8 = 94;
    pub const INNER_ITEM: u8 = 95;
    /// A point below an item.
    pub const NESTED: u8 = 97;
    /// Text inside whatever is open.
    pub const INSIDE: u8 = 100;
    /// A line of the header, a statement of the preamble, a recipient.
    pub const FRONT: u8 = 101;

    /// The level of what a word and a number open.
    pub fn of(kind: Kind) -> u8 {
        match kind {
            Kind::Part => 10,
            Kind::Chapter => 20,
            Kind::Section => 30,
            Kind::Subsection => 40,
            Kind::Article => 50,
            Kind::Clause => CLAUSE,
            Kind::Point => POINT,
            Kind::Subpoint => SUBPOINT,
            _ => BESIDE,
        }
    }
}
