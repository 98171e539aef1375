//! How alike two texts are, by the smallest hashes of their runs of words.

use std::hash::{DefaultHasher, Hash, Hasher};

/// How many words are hashed together.
const RUN: usize = 3;
/// How many hashes a sketch keeps.
const KEPT: usize = 48;

/// What a text is recognised by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Sketch(Vec<u64>);

impl Sketch {
    pub fn of(text: &str) -> Self {
        let words: Vec<String> = text.split_whitespace().map(crate::lower).collect();
        let length = RUN.min(words.len().max(1));
        let mut hashes: Vec<u64> = words.windows(length).map(hash).collect();
        hashes.sort_unstable();
        hashes.dedup();
        hashes.truncate(KEPT);
        Self(hashes)
    }

    pub fn hashes(&self) -> &[u64] {
        &self.0
    }

    /// The share of what two texts have together in what they have, estimated, from 0 to 1.
    pub fn likeness(&self, other: &Self) -> f64 {
        let (mut mine, mut theirs) = (self.0.iter().peekable(), other.0.iter().peekable());
        let (mut all, mut shared) = (0u32, 0u32);
        // Of the smallest hashes of both together, those that both have.
        while all < KEPT as u32 {
            match (mine.peek(), theirs.peek()) {
                (Some(a), Some(b)) if a == b => {
                    shared += 1;
                    mine.next();
                    theirs.next();
                }
                (Some(a), Some(b)) if a < b => drop(mine.next()),
                (Some(_), Some(_)) | (None, Some(_)) => drop(theirs.next()),
                (Some(_), None) => drop(mine.next()),
                (None, None) => break,
            }
            all += 1;
        }
        if all == 0 { 0.0 } else { f64::from(shared) / f64::from(all) }
    }
}

fn hash(words: &[String]) -> u64 {
    // Its keys are fixed: the same text has the same sketch everywhere.
    let mut hasher = DefaultHasher::new();
    words.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_as_alike_as_their_words() {
        let one = Sketch::of("Cơ quan nhà nước ở tỉnh cung cấp thông tin kịp thời cho người dân trong tỉnh");
        let near = Sketch::of("Cơ quan nhà nước ở tỉnh cung cấp thông tin kịp thời cho người dân ngoài tỉnh");
        let far = Sketch::of("Giám đốc Sở chịu trách nhiệm thi hành Quyết định này kể từ ngày ký");
        assert!((one.likeness(&one) - 1.0).abs() < f64::EPSILON);
        assert!(one.likeness(&near) > 0.6, "{}", one.likeness(&near));
        assert!(one.likeness(&far) < 0.05, "{}", one.likeness(&far));
        assert!(Sketch::of("").likeness(&one) < f64::EPSILON);
    }
}
