//! How much is taken.

/// Bytes of a definition.
pub(crate) const DEFINITION: usize = 64 * 1024;
/// Properties of one object.
pub(crate) const PROPERTIES: usize = 100;
/// Objects inside objects.
pub(crate) const DEPTH: usize = 3;
/// Values of an enumeration.
pub(crate) const CHOICES: usize = 500;
/// Characters of a pattern.
pub(crate) const PATTERN: usize = 500;
/// Bytes that a compiled pattern may take.
pub(crate) const COMPILED_PATTERN: usize = 1 << 20;
/// Characters of a text that lists are filtered or sorted by: every one fits an index of the databases.
pub(crate) const INDEXED_TEXT: u64 = 500;
/// Items of a list of references, or of one that lists are filtered by.
pub(crate) const INDEXED_ITEMS: u64 = 500;
/// Items of any other list.
pub(crate) const ITEMS: u64 = 10_000;
/// Blocks of one property.
pub(crate) const BLOCKS: u64 = 500;
/// Characters of an address of the web.
pub(crate) const URL: usize = 2_000;
/// Positions of an area.
pub(crate) const POSITIONS: usize = 10_000;
/// Bytes of the JSON of an entry's own fields.
pub(crate) const DATA: usize = 1 << 20;
/// Faults that are told at once.
pub(crate) const FAULTS: usize = 100;
