//! Whether Markdown can be rendered in time and space that grow with its length only.

use super::Unsafe;

/// Containers that may lie in each other at the beginning of a line.
const CONTAINERS: usize = 60;
/// Columns by which a list may be indented.
const INDENT: usize = 240;
/// Cells that tables may leave out, all together; each is made up for.
const MISSING_CELLS: usize = 100_000;

/// Refuses Markdown that would become much larger than it is, or that the parser would walk again and again.
pub(super) fn bearable(markdown: &str) -> Result<(), Unsafe> {
    let mut missing = 0_usize;
    let mut columns = 0_usize;
    for line in markdown.lines() {
        let (indent, containers) = prefix(line);
        if containers > CONTAINERS || (containers > 0 && indent > INDENT) {
            return Err(Unsafe::TooDeep);
        }
        if line.trim().is_empty() {
            columns = 0;
        } else {
            columns = columns.max(delimiter(line));
            missing = missing.saturating_add(columns.saturating_sub(pipes(line).max(1)));
        }
        if missing > MISSING_CELLS {
            return Err(Unsafe::TooLarge);
        }
    }
    Ok(())
}

/// The indent of a line, and how many quotes and list items it begins.
fn prefix(line: &str) -> (usize, usize) {
    let (mut indent, mut containers) = (0, 0);
    let mut rest = line;
    loop {
        let trimmed = rest.trim_start_matches([' ', '\t']);
        let white = rest.len() - trimmed.len();
        indent += rest.get(..white).map_or(0, |white| white.chars().map(|c| if c == '\t' { 4 } else { 1 }).sum::<usize>());
        match marker(trimmed) {
            Some(after) => rest = after,
            None => return (indent, containers),
        }
        containers += 1;
    }
}

/// What follows the mark of a quote or of a list item.
fn marker(text: &str) -> Option<&str> {
    if let Some(after) = text.strip_prefix('>') {
        return Some(after);
    }
    let spaced = |after: &str| after.is_empty() || after.starts_with([' ', '\t']);
    if let Some(after) = text.strip_prefix(['-', '*', '+']) {
        return spaced(after).then_some(after);
    }
    let after = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = text.len() - after.len();
    let after = after.strip_prefix(['.', ')'])?;
    ((1..=9).contains(&digits) && spaced(after)).then_some(after)
}

/// The columns of the table whose delimiter row the line may be (`|---|:-:|`).
fn delimiter(line: &str) -> usize {
    let of_delimiter = |c: char| "|:-> \t*+.)".contains(c) || c.is_ascii_digit();
    if !line.contains('|') || !line.chars().all(of_delimiter) {
        return 0;
    }
    line.split(|c| c != '-').filter(|run| !run.is_empty()).count()
}

/// The most pipes between cells that the line may have, less the one that closes it.
fn pipes(line: &str) -> usize {
    let escaped = line.matches("\\|").count();
    line.matches('|').count().saturating_sub(escaped + 1)
}
