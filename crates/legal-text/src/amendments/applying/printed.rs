//! How a new wording is printed in the amended text: its paragraphs, without the line breaks of the amending text.

use crate::amendments::wording::numbered_line;
use crate::lines::Lines;
use crate::structure::paragraphs::Wrapping;

/// How an amending text is printed.
pub(super) struct Source<'t> {
    text: &'t str,
    wrapping: Wrapping,
}

impl<'t> Source<'t> {
    pub fn of(text: &'t str) -> Self {
        Self { text, wrapping: Wrapping::of(&Lines::of(text)) }
    }

    pub fn text(&self) -> &'t str {
        self.text
    }

    /// A stretch as it is.
    pub fn as_it_is(&self, span: (usize, usize)) -> String {
        self.text.get(span.0..span.1).unwrap_or_default().trim().to_owned()
    }

    /// The paragraphs of a stretch, parted by `gap`; a stretch with tables stays as it is.
    pub fn printed(&self, span: (usize, usize), gap: &str) -> String {
        let part = self.text.get(span.0..span.1).unwrap_or_default();
        // Marks of emphasis that a quotation mark has cut off from their partners.
        let halved = part.matches("**").count() % 2 == 1;
        let part = if halved { part.replace("**", "") } else { part.to_owned() };
        if part.contains('|') {
            return part.trim().to_owned();
        }
        let lines = Lines::of(&part);
        let mut printed = String::with_capacity(part.len());
        for at in 0..lines.len() {
            let line = lines.whole(at);
            if lines.get(at).is_some_and(|line| line.is_rule()) || lines.is_page_number(at) {
                continue;
            }
            let begins =
                !self.wrapping.wrapped || self.wrapping.begins_paragraph(&lines, at) || numbered_line(&lines, at).is_some();
            if !printed.is_empty() {
                printed.push_str(if begins { gap } else { " " });
            }
            printed.push_str(line);
        }
        printed
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn lines_are_joined_where_the_source_wraps_them() {
        let line = "một dòng dài của văn bản được ngắt giữa câu như các bản in vẫn làm\n";
        let wording = "2. Ủy ban nhân dân xã có trách nhiệm lập danh sách các tuyến\nđường trên địa bàn.\n\na) Tên đường;";
        let text = format!("{}{wording}", line.repeat(20));
        let from = text.len() - wording.len();
        assert_eq!(
            Source::of(&text).printed((from, text.len()), "\n"),
            "2. Ủy ban nhân dân xã có trách nhiệm lập danh sách các tuyến đường trên địa bàn.\na) Tên đường;"
        );
    }
}
