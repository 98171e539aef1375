//! A stretch of text as one line, without the marks of conversions, that knows where each of its bytes came from.

/// The line and its places.
#[derive(Debug, Default)]
pub(super) struct Plain {
    pub text: String,
    /// Where a run of bytes begins: in the line, and in the source.
    runs: Vec<(usize, usize)>,
}

impl Plain {
    /// Reads the bytes of `text` from `from` to `to`.
    pub fn of(text: &str, (from, to): (usize, usize)) -> Self {
        let source = text.get(from..to).unwrap_or_default();
        let mut plain = Self { text: String::with_capacity(source.len()), runs: Vec::new() };
        let mut pending = false;
        let mut at = 0;
        let bytes = source.as_bytes();
        while let Some(byte) = bytes.get(at) {
            let (skipped, space) = match byte {
                b' ' | b'\n' | b'\t' | b'\r' => (1, true),
                b'*' | b'\\' => (1, false),
                0xC2 if bytes.get(at + 1) == Some(&0xA0) => (2, true),
                _ => (0, false),
            };
            if skipped > 0 {
                pending |= space;
                at += skipped;
                continue;
            }
            let length = run_length(bytes.get(at..).unwrap_or_default());
            if pending && !plain.text.is_empty() {
                plain.text.push(' ');
            }
            pending = false;
            plain.runs.push((plain.text.len(), from + at));
            plain.text.push_str(source.get(at..at + length).unwrap_or_default());
            at += length;
        }
        plain
    }

    /// The place in the source of the byte at `at`.
    pub fn source(&self, at: usize) -> usize {
        let run = self.runs.partition_point(|(start, _)| *start <= at).saturating_sub(1);
        self.runs.get(run).map_or(0, |(start, source)| source + (at - start.min(&at)))
    }

    /// The place in the source after the byte before `at`.
    pub fn source_end(&self, at: usize) -> usize {
        at.checked_sub(1).map_or(0, |last| self.source(last) + 1)
    }
}

/// How many bytes come before the next white space or mark.
fn run_length(bytes: &[u8]) -> usize {
    let ends = |at: &usize| match bytes.get(*at) {
        Some(b' ' | b'\n' | b'\t' | b'\r' | b'*' | b'\\') => true,
        Some(0xC2) => bytes.get(at + 1) == Some(&0xA0),
        _ => false,
    };
    (1..bytes.len()).find(ends).unwrap_or(bytes.len())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn places_lead_back_to_the_source() {
        let source = "xx *Căn cứ\nLuật*  Lam";
        let plain = Plain::of(source, (3, source.len()));
        assert_eq!(plain.text, "Căn cứ Luật Lam");
        let luat = plain.text.find("Luật").unwrap();
        assert_eq!(&source[plain.source(luat)..plain.source_end(luat + "Luật".len())], "Luật");
        assert_eq!(plain.source_end(plain.text.len()), source.len());
    }
}
