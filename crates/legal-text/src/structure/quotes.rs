//! The new wording that an amending provision quotes: where it begins and where it ends.

use crate::lines::Lines;

/// Marks that open a quotation; some sources print the closing one for it.
const OPENING: [char; 7] = ['“', '"', '”', '„', '″', '«', '‟'];
const MARKS: [char; 7] = ['“', '"', '”', '„', '″', '«', '»'];

/// What the walk knows of the act, to tell where it goes on after a quotation that is never closed.
pub(super) trait Resumes {
    /// Whether the line is the next provision of the act itself.
    fn resumes(&self, line: usize) -> bool;
    /// Whether the line is the next clause or point, with a sentence in it.
    fn goes_on(&self, line: usize) -> bool;
    /// Whether the line is the heading of the next article or chapter.
    fn begins_article(&self, line: usize) -> bool;
    /// Whether the act's provisions end at the line: recipients, a signature, an attachment.
    fn ends(&self, line: usize) -> bool;
}

/// The quotation that the line opens, as the byte after its end; `None` where the line opens none, or one that is
/// part of a sentence.
pub(super) fn quotation(text: &str, lines: &Lines<'_>, at: usize, act: &impl Resumes) -> Option<usize> {
    let bare = lines.bare(at);
    if !bare.starts_with(OPENING) {
        return None;
    }
    let from = lines.get(at)?.from;
    if !introduced(lines, at, bare) {
        return None;
    }
    let found = end_of(text, lines, (at, from), act)?;
    let one_paragraph = found.line == at;
    let closes_paragraph = found.at_line_end;
    (closes_paragraph || !one_paragraph).then_some(found.end)
}

/// A quotation that begins inside the line, after a colon: the byte where it begins and the byte after its end.
/// Only one that runs over several lines is parted from its sentence.
pub(super) fn inner_quotation(text: &str, lines: &Lines<'_>, at: usize, act: &impl Resumes) -> Option<(usize, usize)> {
    let line = lines.get(at)?;
    let bare = lines.bare(at);
    let colon = bare.char_indices().filter(|(_, c)| *c == ':').find_map(|(colon, _)| {
        let after = bare.get(colon + 1..)?;
        let inner = after.trim_start_matches(|c: char| c.is_whitespace() || c == '*');
        inner.starts_with(['“', '"', '„', '«']).then_some(bare.len() - inner.len())
    })?;
    let lead = bare.get(..colon)?.trim_end().to_lowercase();
    if !(lead.ends_with("như sau:") || lead.ends_with("sau:") || lead.ends_with("là:") || lead.ends_with("thành:")) {
        return None;
    }
    let from = line.from + colon;
    let found = end_of(text, lines, (at, from), act)?;
    (found.line > at && found.at_line_end).then_some((from, found.end))
}

/// A quotation of provisions is announced, or begins with a provision itself.
fn introduced(lines: &Lines<'_>, at: usize, bare: &str) -> bool {
    let inner = bare.trim_start_matches(|c: char| OPENING.contains(&c) || c.is_whitespace() || c == '*');
    if super::marker::marker(inner, "").is_some() || inner.starts_with("Phụ lục") || inner.starts_with("PHỤ LỤC") {
        return true;
    }
    let Some(before) = lines.before(at) else { return false };
    let before = lines.bare(before);
    before.ends_with(':') || before.ends_with("như sau") || before.ends_with("sau đây")
}

struct End {
    end: usize,
    line: usize,
    at_line_end: bool,
}

/// Where the quotation that opens at `from` in line `at` ends.
fn end_of(text: &str, lines: &Lines<'_>, (at, from): (usize, usize), act: &impl Resumes) -> Option<End> {
    let opening = text.get(from..)?.chars().next()?;
    let curly = opening != '"' && opening != '″';
    let mut depth = 0usize;
    let mut decided_until = at;
    let mut line = at;
    while let Some(span) = lines.get(line) {
        if line > at && act.ends(line) {
            return Some(End { end: lines.get(line - 1)?.end, line: line - 1, at_line_end: true });
        }
        if line > decided_until && act.resumes(line) {
            // Either the quotation was never closed, or it quotes a provision of the same number.
            match next_mark(lines, line) {
                Some(Next::Closes(until)) => decided_until = until,
                Some(Next::Opens) | None => {
                    return Some(End { end: lines.get(line - 1)?.end, line: line - 1, at_line_end: true });
                }
            }
        }
        let start = if line == at { from } else { span.from };
        let content = text.get(start..span.to).unwrap_or_default();
        for (offset, c) in content.char_indices() {
            let first = line == at && offset == 0;
            let rest = content.get(offset + c.len_utf8()..).unwrap_or_default();
            let closes_line = rest
                .chars()
                .all(|c| matches!(c, '.' | ';' | ',' | ':' | ')' | '*' | '/' | '_' | ' ' | '…' | '\u{a0}' | '”' | '"'));
            match c {
                _ if first => depth = 1,
                '“' | '„' | '«' if curly && !(closes_line && depth == 1) => depth += 1,
                '”' | '»' | '“' | '„' | '«' if curly => depth = depth.saturating_sub(1),
                '"' | '″' if !curly => depth = if depth == 1 { 0 } else { 1 },
                // A straight mark may close what a curly one opened.
                '"' | '″' if curly && closes_line && depth == 1 && !has_straight_before(content, offset) => depth = 0,
                _ => continue,
            }
            if depth == 0 && curly {
                let end = if closes_line { span.end } else { start + offset + c.len_utf8() };
                return Some(End { end, line, at_line_end: closes_line });
            }
            if depth == 0 && closes_line {
                return Some(End { end: span.end, line, at_line_end: true });
            }
            if depth == 0 && line == at && !opens_again(rest) {
                return Some(End { end: start + offset + c.len_utf8(), line, at_line_end: false });
            }
        }
        line += 1;
    }
    let last = lines.len().checked_sub(1)?;
    Some(End { end: lines.get(last)?.end, line: last, at_line_end: true })
}

/// Whether a straight mark that opens a phrase stands before `offset` and is not closed before it.
fn has_straight_before(content: &str, offset: usize) -> bool {
    content.get(..offset).unwrap_or_default().matches(['"', '″']).count() % 2 == 1
}

fn opens_again(rest: &str) -> bool {
    rest.contains(['"', '″'])
}

enum Next {
    Opens,
    /// It closes a quotation, on this line.
    Closes(usize),
}

/// Whether the next quotation mark from a line on opens a quotation or closes one; phrases in marks are passed over.
fn next_mark(lines: &Lines<'_>, from: usize) -> Option<Next> {
    let mut phrase = 0usize;
    for line in from..lines.len() {
        let bare = lines.bare(line);
        if !bare.contains(MARKS) {
            continue;
        }
        if phrase == 0 && bare.starts_with(OPENING) {
            return Some(Next::Opens);
        }
        if bare.matches(['"', '″']).count() % 2 == 1 {
            let ends = bare.trim_end_matches(['.', ';', ',', ' ', '*']).ends_with(['"', '″']);
            return Some(if ends { Next::Closes(line) } else { Next::Opens });
        }
        for (at, c) in bare.char_indices() {
            match c {
                '“' | '«' | '„' => {
                    let announced = bare.get(..at).is_some_and(|before| before.trim_end().ends_with(':'));
                    if announced && phrase == 0 {
                        return Some(Next::Opens);
                    }
                    phrase += 1;
                }
                '”' | '»' if phrase == 0 => return Some(Next::Closes(line)),
                '”' | '»' => phrase -= 1,
                _ => {}
            }
        }
    }
    None
}
