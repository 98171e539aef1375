//! Where marks begin and end in a paragraph while it is read.

use super::super::source::{Marked, Source};
use super::Prose;
use std::ops::Range;

/// The marks that are still to begin and those that have begun, of which the innermost comes last.
pub(super) struct Boundaries {
    coming: std::vec::IntoIter<Marked>,
    /// Where a mark ends in the source, and which of [`Prose::marks`] it is.
    open: Vec<(usize, usize)>,
}

impl Boundaries {
    pub fn of(source: &Source<'_>, range: &Range<usize>) -> Self {
        Self { coming: source.marks(range).into_iter(), open: Vec::new() }
    }

    /// Where the next mark begins or ends.
    pub fn next(&self) -> usize {
        let begins = self.coming.as_slice().first().map_or(usize::MAX, |marked| marked.at.start);
        let ends = self.open.last().map_or(usize::MAX, |(end, _)| *end);
        begins.min(ends)
    }

    /// Begins the marks that begin at or before `at`.
    pub fn open(&mut self, at: usize, prose: &mut Prose) {
        while let Some(marked) = self.coming.as_slice().first().filter(|marked| marked.at.start <= at) {
            if marked.at.end > at {
                let here = prose.text.len();
                self.open.push((marked.at.end, prose.marks.len()));
                prose.marks.push((here..here, marked.mark));
            }
            self.coming.next();
        }
    }

    /// Ends the marks that end at or before `at`.
    pub fn close(&mut self, at: usize, prose: &mut Prose) {
        while let Some((_, index)) = self.open.pop_if(|(end, _)| *end <= at) {
            let here = prose.text.len();
            if let Some((range, _)) = prose.marks.get_mut(index) {
                range.end = here;
            }
        }
    }
}
