//! A stretch of text as one line, without the marks of conversions, that knows where each of its bytes came from.

use super::rest::Rest;

/// The line and its places.
#[derive(Debug, Default)]
pub(crate) struct Plain {
    pub text: String,
    /// The line in small letters; its bytes have the places they have in it.
    small: String,
    /// Where a run of bytes begins: in the line, and in the source.
    runs: Vec<(usize, usize)>,
}

impl Plain {
    /// Reads the bytes of `text` from `from` to `to`.
    pub fn of(text: &str, (from, to): (usize, usize)) -> Self {
        let source = text.get(from..to).unwrap_or_default();
        let bytes = source.as_bytes();
        let mut plain = Self { text: String::with_capacity(source.len()), ..Self::default() };
        let mut at = 0;
        let mut run = 0;
        // A run goes on over single blanks; a mark, a line break or a second blank ends it.
        while let Some(byte) = bytes.get(at) {
            let next = bytes.get(at + 1).copied().unwrap_or_default();
            match byte {
                b' ' if !is_blank(next) && at > run && next != 0xC2 => at += 1,
                b' ' | b'\n' | b'\t' | b'\r' | b'*' | b'\\' => {
                    plain.push(source, (run, at), from);
                    let (space, after) = skip(bytes, at);
                    plain.gap(space);
                    (at, run) = (after, after);
                }
                0xC2 if next == 0xA0 => {
                    plain.push(source, (run, at), from);
                    let (space, after) = skip(bytes, at);
                    plain.gap(space);
                    (at, run) = (after, after);
                }
                _ => at += 1,
            }
        }
        plain.push(source, (run, at), from);
        plain.text.truncate(plain.text.trim_end().len());
        plain.small = crate::lower(&plain.text);
        plain
    }

    /// The whole line.
    pub fn rest(&self) -> Rest<'_> {
        Rest { printed: &self.text, small: &self.small }
    }

    fn push(&mut self, source: &str, (start, end): (usize, usize), from: usize) {
        if let Some(run) = source.get(start..end).filter(|run| !run.is_empty()) {
            self.runs.push((self.text.len(), from + start));
            self.text.push_str(run);
        }
    }

    fn gap(&mut self, space: bool) {
        if space && !self.text.is_empty() && !self.text.ends_with(' ') {
            self.text.push(' ');
        }
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

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\t' | b'\r' | b'*' | b'\\' | 0)
}

/// Passes over white space and marks; tells whether there was white space, and where they end.
fn skip(bytes: &[u8], from: usize) -> (bool, usize) {
    let mut space = false;
    let mut at = from;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b' ' | b'\n' | b'\t' | b'\r' => space = true,
            b'*' | b'\\' => {}
            0xC2 if bytes.get(at + 1) == Some(&0xA0) => {
                space = true;
                at += 1;
            }
            _ => break,
        }
        at += 1;
    }
    (space, at)
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
