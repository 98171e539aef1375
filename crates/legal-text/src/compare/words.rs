//! Which words of a provision are different.

use serde::Serialize;
use similar::{Algorithm, DiffOp, capture_diff_slices};

/// What has become of some words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PartChange {
    /// Both versions have them.
    Same,
    /// Only the old version has them.
    Removed,
    /// Only the new version has them.
    Added,
}

/// Some words, with the white space after them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Part {
    /// What has become of them.
    pub change: PartChange,
    /// They themselves.
    pub text: String,
}

/// The product of the lengths, in words, up to which two texts are compared word by word.
const MOST_COMPARISONS: usize = 250_000;

/// Compares two texts word by word. What differs in texts that are too long is told as a whole.
pub(super) fn parts(old: &str, new: &str) -> Vec<Part> {
    let (old, new): (Vec<&str>, Vec<&str>) = (split(old), split(new));
    let before = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    let (old_rest, new_rest) = (old.get(before..).unwrap_or_default(), new.get(before..).unwrap_or_default());
    let after = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(|(old, new)| old == new).count();
    let old_middle = old_rest.get(..old_rest.len() - after).unwrap_or_default();
    let new_middle = new_rest.get(..new_rest.len() - after).unwrap_or_default();
    let mut parts = Parts::default();
    parts.take(PartChange::Same, old.get(..before).unwrap_or_default());
    if old_middle.len().saturating_mul(new_middle.len()) <= MOST_COMPARISONS {
        for op in capture_diff_slices(Algorithm::Myers, old_middle, new_middle) {
            parts.apply(op, old_middle, new_middle);
        }
    } else {
        parts.take(PartChange::Removed, old_middle);
        parts.take(PartChange::Added, new_middle);
    }
    parts.take(PartChange::Same, old_rest.get(old_rest.len() - after..).unwrap_or_default());
    parts.0
}

fn split(text: &str) -> Vec<&str> {
    text.split_inclusive(char::is_whitespace).collect()
}

#[derive(Default)]
struct Parts(Vec<Part>);

impl Parts {
    fn apply(&mut self, op: DiffOp, old: &[&str], new: &[&str]) {
        let some = |words: &[&str], range: std::ops::Range<usize>| words.get(range).unwrap_or_default().concat();
        let (removed, added) = (some(old, op.old_range()), some(new, op.new_range()));
        match op {
            DiffOp::Equal { .. } => self.push(PartChange::Same, removed),
            DiffOp::Delete { .. } | DiffOp::Insert { .. } | DiffOp::Replace { .. } => {
                self.push(PartChange::Removed, removed);
                self.push(PartChange::Added, added);
            }
        }
    }

    fn take(&mut self, change: PartChange, words: &[&str]) {
        self.push(change, words.concat());
    }

    fn push(&mut self, change: PartChange, text: String) {
        match self.0.last_mut() {
            _ if text.is_empty() => {}
            Some(last) if last.change == change => last.text.push_str(&text),
            _ => self.0.push(Part { change, text }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(old: &str, new: &str) -> String {
        let shown = |part: Part| match part.change {
            PartChange::Same => part.text,
            PartChange::Removed => format!("[-{}]", part.text),
            PartChange::Added => format!("[+{}]", part.text),
        };
        parts(old, new).into_iter().map(shown).collect()
    }

    #[test]
    fn words_are_compared() {
        assert_eq!(read("một hai ba", "một bốn ba"), "một [-hai ][+bốn ]ba");
        assert_eq!(read("một hai", "một hai ba"), "một [-hai][+hai ba]");
        assert_eq!(read("", "một"), "[+một]");
        assert_eq!(read("một", "một"), "một");
    }

    #[test]
    fn long_texts_are_told_as_a_whole() {
        let (old, new) = ("a b ".repeat(1000), "c d ".repeat(1000));
        assert_eq!(parts(&old, &new).len(), 2);
    }
}
