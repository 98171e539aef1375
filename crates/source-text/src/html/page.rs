//! The text of a page, as far as it was read.

use super::element;
use crate::table::Table;
use html5ever::LocalName;
use html5ever::tokenizer::{Tag, TagKind, TokenSinkResult};

pub(super) struct Page {
    /// The lines so far; the last is the one being written.
    lines: Vec<String>,
    pending_space: bool,
    hidden: Option<Hidden>,
    /// How many `<pre>` are open.
    preformatted: usize,
    /// Whether a line break would be the first character of a `<pre>`, where it is not shown.
    fresh: bool,
    /// The tables that are open, each in a cell of the one before.
    tables: Vec<Table>,
}

/// An element that is not shown, and where the text stood when it began.
struct Hidden {
    name: LocalName,
    /// How many elements of its name are open in it, itself among them.
    depth: usize,
    lines: usize,
    /// Bytes of the last line.
    length: usize,
    pending_space: bool,
}

impl Default for Page {
    fn default() -> Self {
        Self { lines: vec![String::new()], pending_space: false, hidden: None, preformatted: 0, fresh: false, tables: Vec::new() }
    }
}

impl Page {
    pub(super) fn tag(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let was_hidden = self.hidden.is_some();
        match tag.kind {
            TagKind::StartTag => self.hide(tag),
            TagKind::EndTag => self.show(tag),
        }
        if was_hidden == self.hidden.is_some() {
            if !was_hidden && tag.kind == TagKind::EndTag {
                self.end_of_table(&tag.name);
            }
            if element::is_block(&tag.name) {
                self.break_line();
            }
            if !was_hidden && tag.kind == TagKind::StartTag {
                self.part_of_table(tag);
            }
        }
        if &*tag.name == "pre" {
            self.fresh = tag.kind == TagKind::StartTag;
            self.preformatted = if self.fresh { self.preformatted + 1 } else { self.preformatted.saturating_sub(1) };
        }
        match element::raw(&tag.name).filter(|_| tag.kind == TagKind::StartTag) {
            Some(kind) => TokenSinkResult::RawData(kind),
            None => TokenSinkResult::Continue,
        }
    }

    fn hide(&mut self, tag: &Tag) {
        if let Some(hidden) = &mut self.hidden {
            hidden.depth += usize::from(hidden.name == tag.name);
        } else if element::raw(&tag.name).is_some() || element::has_content(&tag.name) && element::is_hidden(tag) {
            self.hidden = Some(Hidden {
                name: tag.name.clone(),
                depth: 1,
                lines: self.lines.len(),
                length: self.lines.last().map_or(0, String::len),
                pending_space: self.pending_space,
            });
        }
    }

    fn show(&mut self, tag: &Tag) {
        let Some(hidden) = self.hidden.as_mut().filter(|hidden| hidden.name == tag.name) else { return };
        hidden.depth -= 1;
        if hidden.depth == 0
            && let Some(hidden) = self.hidden.take()
        {
            self.drop_hidden(&hidden);
        }
    }

    fn drop_hidden(&mut self, hidden: &Hidden) {
        self.lines.truncate(hidden.lines);
        if let Some(line) = self.lines.last_mut() {
            line.truncate(hidden.length);
        }
        self.pending_space = hidden.pending_space;
    }

    /// The number of the line that is being written, after a line break.
    fn line(&self) -> usize {
        self.lines.len() - 1
    }

    fn part_of_table(&mut self, tag: &Tag) {
        let at = self.line();
        if &*tag.name == "table" {
            self.tables.push(Table::default());
        }
        let Some(table) = self.tables.last_mut() else { return };
        match &*tag.name {
            "tr" => table.row(at),
            "td" | "th" => table.cell(at),
            _ => {}
        }
        if element::has_border(tag) {
            table.border();
        }
    }

    fn end_of_table(&mut self, name: &str) {
        match name {
            "td" | "th" | "tr" => {
                if let Some(table) = self.tables.last_mut() {
                    table.end_cell(self.lines.len());
                }
            }
            "table" => {
                if let Some(table) = self.tables.pop() {
                    table.end(&mut self.lines);
                }
            }
            _ => {}
        }
    }

    pub(super) fn text(&mut self, text: &str) {
        for c in text.chars() {
            let first = std::mem::take(&mut self.fresh);
            if c == '\n' && self.preformatted > 0 {
                if !first {
                    self.break_line();
                }
            } else if c.is_whitespace() {
                self.pending_space = true;
            } else {
                let spaced = std::mem::take(&mut self.pending_space);
                let Some(line) = self.lines.last_mut() else { return };
                if spaced && !line.is_empty() {
                    line.push(' ');
                }
                line.push(c);
            }
        }
    }

    fn break_line(&mut self) {
        self.pending_space = false;
        if self.lines.len() > 1 || self.lines.first().is_some_and(|line| !line.is_empty()) {
            self.lines.push(String::new());
        }
    }

    /// All of it. A script that does not end is none of it; anything else that does not end was not hidden.
    pub(super) fn finish(mut self) -> String {
        if let Some(hidden) = self.hidden.take().filter(|hidden| element::raw(&hidden.name).is_some()) {
            self.drop_hidden(&hidden);
        }
        while let Some(table) = self.tables.pop() {
            table.end(&mut self.lines);
        }
        let mut text = self.lines.join("\n");
        text.truncate(text.trim_end().len());
        text
    }
}

#[cfg(test)]
mod tests {
    use super::super::visible_text;

    #[test]
    fn blocks_part_lines_and_white_space_is_one_space() {
        assert_eq!(
            visible_text("<p>S&ocirc;ng <b>Lam</b>,&nbsp;ngày\n 02</p><table><td>A<td>B</table>"),
            "Sông Lam, ngày 02\n\n\nA\nB"
        );
        assert_eq!(visible_text("một<img src=x> <st1:place>hai</st1:place><o:p></o:p><br>ba"), "một hai\nba");
        assert_eq!(visible_text("<pre>\nĐiều 1.  Tên\nKhoản</pre>"), "Điều 1. Tên\nKhoản");
    }

    #[test]
    fn rows_of_data_are_lines_and_letterheads_are_not() {
        let row = |cells: &str| {
            format!("<tr>{}</tr>", cells.split(' ').map(|cell| format!("<td>\n<p>{cell}</p></td>")).collect::<String>())
        };
        let data = format!("<table border=1>{}{}</table>sau", row("STT Tên"), row("1 Bến"));
        assert_eq!(visible_text(&data), "STT\tTên\n1\tBến\n\n\nsau");
        let plain = format!("<table>{}{}{}</table>", row("STT Tên"), row("1 Bến"), row("2 Đò"));
        assert_eq!(visible_text(&plain), "STT\tTên\n1\tBến\n2\tĐò");
        let unended = "<table><tr><td>a<td>b<tr><td>c<td>d<tr><td>e<td>f";
        assert_eq!(visible_text(unended), "a\tb\nc\td\ne\tf");
        assert!(!visible_text(&format!("<table>{}{}</table>", row("ỦY BAN"), row("1 2"))).contains('\t'));
    }

    #[test]
    fn what_is_not_shown_is_left_out() {
        assert_eq!(visible_text("<style>p{}</STYLE><script>if (a<b) {}</script>x<!-- y -->z"), "xz");
        assert_eq!(visible_text("<head><title>T</title></head>x<div hidden>a<div>b</div>c</div>y"), "xy");
        assert_eq!(visible_text("x <span style='color:red; DISPLAY : none'>a</span>y"), "x y");
        assert_eq!(visible_text("<script>"), "");
    }

    #[test]
    fn nothing_is_lost_for_want_of_an_end() {
        assert_eq!(visible_text("<p hidden>Điều 1<p>Điều 2"), "Điều 1\nĐiều 2");
        assert_eq!(visible_text("a < b &unknown; &#7841; <p title=\"1>2\">c"), "a < b &unknown; ạ\nc");
        assert_eq!(visible_text("Điều 1 <"), "Điều 1 <");
        assert_eq!(visible_text("0&#0;1"), "0\u{fffd}1");
    }
}
