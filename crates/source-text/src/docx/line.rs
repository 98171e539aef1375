//! Text as it is written down: white space is one space, and none at either end of a line.

/// A paragraph's text, which has more than one line where it has breaks.
#[derive(Debug, Default)]
pub(super) struct Line {
    text: String,
    pending_space: bool,
}

impl Line {
    pub(super) fn push(&mut self, run: &str) {
        for c in run.chars() {
            if c.is_whitespace() {
                self.pending_space = true;
            } else if c != '\u{ad}' {
                if self.pending_space && !self.text.is_empty() && !self.text.ends_with('\n') {
                    self.text.push(' ');
                }
                self.pending_space = false;
                // XML has no U+0000, and what it has of other control characters is not shown.
                self.text.push(if c.is_control() { '\u{fffd}' } else { c });
            }
        }
    }

    pub(super) fn break_line(&mut self) {
        self.pending_space = false;
        self.text.push('\n');
    }

    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    pub(super) fn finish(self) -> String {
        self.text
    }
}
