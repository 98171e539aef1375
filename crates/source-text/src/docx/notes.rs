//! Footnotes and endnotes: what they are called, and what stands in them.

use super::numbering::roman;
use std::collections::{HashMap, HashSet};

/// The two kinds of notes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    /// At the foot of a page, counted 1, 2, 3.
    Foot,
    /// At the end of the document, counted i, ii, iii.
    End,
}

/// One reference to a note.
#[derive(Debug)]
struct Reference {
    kind: Kind,
    id: i64,
    mark: String,
}

/// The notes of a document in the order they are referred to.
#[derive(Debug, Default)]
pub(super) struct Notes {
    references: Vec<Reference>,
    seen: HashSet<(Kind, i64)>,
    texts: HashMap<(Kind, i64), Vec<String>>,
    counts: [u32; 2],
}

impl Notes {
    /// Takes up a reference, and gives the mark that is written there.
    pub(super) fn refer(&mut self, kind: Kind, id: i64, own_mark: bool) -> String {
        let [foot, end] = &mut self.counts;
        let count = if kind == Kind::Foot { foot } else { end };
        let mark = if own_mark {
            // The mark follows as text, and the note begins with it.
            String::new()
        } else {
            *count = count.saturating_add(1);
            match kind {
                Kind::Foot => format!("[{count}]"),
                Kind::End if *count < 4000 => format!("[{}]", roman(*count).to_lowercase()),
                Kind::End => format!("[{count}]"),
            }
        };
        if self.seen.insert((kind, id)) {
            self.references.push(Reference { kind, id, mark: mark.clone() });
        }
        mark
    }

    pub(super) fn referred(&self) -> bool {
        !self.references.is_empty()
    }

    /// Takes up the texts of a kind.
    pub(super) fn found(&mut self, kind: Kind, texts: HashMap<i64, Vec<String>>) {
        self.texts.extend(texts.into_iter().map(|(id, lines)| ((kind, id), lines)));
    }

    /// The notes that are referred to: footnotes, then endnotes.
    pub(super) fn lines(&mut self) -> Vec<String> {
        let mut all = Vec::new();
        self.references.sort_by_key(|reference| reference.kind == Kind::End);
        for reference in &self.references {
            let Some(mut lines) = self.texts.remove(&(reference.kind, reference.id)) else { continue };
            if let Some(first) = lines.first_mut() {
                *first = format!("{} {first}", reference.mark).trim().to_owned();
            }
            all.append(&mut lines);
        }
        all
    }
}
