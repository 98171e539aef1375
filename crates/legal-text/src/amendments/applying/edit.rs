//! Changes of a text at its bytes, and how places of the old text lie in the new one.

/// A stretch of the old text and what takes its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Edit {
    pub from: usize,
    pub to: usize,
    /// White space put before what is put in.
    pub lead: String,
    pub put: String,
    /// White space put after it.
    pub tail: String,
    /// Of several at one byte the lowest comes first.
    pub order: (usize, usize),
    /// Which instruction it is of.
    pub instruction: usize,
}

/// A text with its changes made.
pub(super) struct Edited {
    pub text: String,
    /// Each change with where what it put in begins and ends, in the order of the text.
    pub places: Vec<(Edit, (usize, usize))>,
}

/// Makes changes that do not overlap.
pub(super) fn edited(text: &str, mut edits: Vec<Edit>) -> Edited {
    edits.sort_by_key(|edit| (edit.from, edit.to, edit.order));
    let added: usize = edits.iter().map(|edit| edit.put.len() + 4).sum();
    let mut out = String::with_capacity(text.len() + added);
    let mut places = Vec::with_capacity(edits.len());
    let mut at = 0;
    for edit in edits {
        // Changes that overlap have been left out before.
        if edit.from < at {
            continue;
        }
        out.push_str(text.get(at..edit.from).unwrap_or_default());
        out.push_str(&edit.lead);
        let start = out.len();
        out.push_str(&edit.put);
        let end = out.len();
        out.push_str(&edit.tail);
        at = edit.to;
        places.push((edit, (start, end)));
    }
    out.push_str(text.get(at..).unwrap_or_default());
    Edited { text: out, places }
}

impl Edited {
    /// Where a byte of the old text lies in the new one; `None` where it was taken out.
    pub fn place(&self, byte: usize) -> Option<usize> {
        let after = self.places.partition_point(|(edit, _)| edit.to <= byte && (edit.from < edit.to || edit.from <= byte));
        if self.places.get(after).is_some_and(|(edit, _)| edit.from <= byte && byte < edit.to) {
            return None;
        }
        let Some((edit, (_, end))) = after.checked_sub(1).and_then(|before| self.places.get(before)) else { return Some(byte) };
        Some(end + edit.tail.len() + (byte - edit.to))
    }

    /// Whether a byte of the new text lies in what was put in.
    pub fn is_new(&self, byte: usize) -> bool {
        let after = self.places.partition_point(|(_, (start, _))| *start <= byte);
        after.checked_sub(1).and_then(|at| self.places.get(at)).is_some_and(|(_, (_, end))| byte < *end)
    }

    /// The instruction whose change lies nearest before a byte of the new text, or else first after it.
    pub fn nearest(&self, byte: usize) -> Option<usize> {
        let after = self.places.partition_point(|(_, (start, _))| *start <= byte);
        let found = after.checked_sub(1).and_then(|at| self.places.get(at)).or_else(|| self.places.first());
        found.map(|(edit, _)| edit.instruction)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    fn edit(from: usize, to: usize, put: &str) -> Edit {
        Edit { from, to, lead: String::new(), put: put.into(), tail: String::new(), order: (0, 0), instruction: 0 }
    }

    #[test]
    fn places_follow_the_changes() {
        let (text, hai) = ("một hai ba", "một ".len());
        let done = edited(text, vec![edit(hai, hai + 3, "HAI HAI"), edit(hai, hai, "và ")]);
        assert_eq!(done.text, "một và HAI HAI ba");
        assert_eq!(done.place(0), Some(0));
        assert_eq!(done.place(hai), None);
        let ba = text.find("ba").unwrap();
        assert_eq!(&done.text[done.place(ba).unwrap()..], "ba");
        assert!(done.is_new(done.text.find("HAI").unwrap()) && !done.is_new(0));
    }

    #[test]
    fn what_stands_at_an_insertion_moves_behind_it() {
        let done = edited("ab", vec![edit(1, 1, "xx")]);
        assert_eq!((done.place(1), done.place(0), done.place(2)), (Some(3), Some(0), Some(4)));
    }
}
