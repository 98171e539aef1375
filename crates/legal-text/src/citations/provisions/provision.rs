//! A provision as far as a sentence names it.

use super::level::{LEVELS, Level};

/// A provision as far as it is named; what is missing is meant by what stands after it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Provision<'s> {
    named: [Option<Named<'s>>; LEVELS.len()],
}

/// A number as printed, or `này`.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Named<'s> {
    Number(&'s str),
    /// A number between the two of a range.
    Between(u32),
    This,
    /// An appendix that has no number.
    Only,
}

impl PartialEq for Named<'_> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Number(one), Self::Number(other)) => one == other,
            (Self::Between(one), Self::Between(other)) => one == other,
            (Self::Number(number), Self::Between(figure)) | (Self::Between(figure), Self::Number(number)) => {
                number.parse() == Ok(*figure)
            }
            (Self::This, Self::This) | (Self::Only, Self::Only) => true,
            (Self::Number(_) | Self::Between(_) | Self::This | Self::Only, _) => false,
        }
    }
}

impl Eq for Named<'_> {}

impl<'s> Provision<'s> {
    pub fn name(&mut self, level: Level, named: Named<'s>) {
        if let Some(place) = self.named.get_mut(level as usize) {
            *place = Some(named);
        }
    }

    /// It with a number for one more level.
    pub fn with(mut self, level: Level, named: Named<'s>) -> Self {
        self.name(level, named);
        self
    }

    /// Whether any of the levels is named.
    pub fn names(&self, levels: &[Level]) -> bool {
        levels.iter().any(|level| self.named(*level).is_some())
    }

    pub fn named(&self, level: Level) -> Option<Named<'s>> {
        self.named.get(level as usize).copied().flatten()
    }

    fn outermost(&self) -> Option<Level> {
        LEVELS.into_iter().find(|level| self.named(*level).is_some())
    }

    pub fn innermost(&self) -> Option<Level> {
        LEVELS.into_iter().rev().find(|level| self.named(*level).is_some())
    }

    /// Whether `outer` names only what contains it, right around it: an article around a clause.
    pub fn lies_in(&self, outer: &Self) -> bool {
        let (Some(own), Some(around)) = (self.outermost(), outer.innermost()) else { return false };
        around < own && own >= Level::Clause && around >= Level::Article
    }

    /// Takes from `outer` what contains `self` and is not named.
    pub fn complete(&mut self, outer: &Self) {
        let Some(own) = self.outermost() else { return };
        // What groups articles is shared only by what lies at the same depth: not by `Điều 5` in `Điều 5 và Phụ lục I`.
        let beside = outer.innermost().is_some_and(|innermost| innermost >= own);
        for level in LEVELS.into_iter().filter(|level| *level < own && (beside || *level >= Level::Article)) {
            if let Some(named) = outer.named(level) {
                self.name(level, named);
            }
        }
    }

    /// Whether `này` is said of any of its levels.
    pub fn is_here(&self) -> bool {
        LEVELS.into_iter().any(|level| level != Level::Subpoint && self.named(level) == Some(Named::This))
    }

    /// Whether no more than `này` is named: it says where it stands, and cites nothing.
    pub fn is_bare(&self) -> bool {
        self.named.iter().flatten().all(|named| *named == Named::This)
    }
}
