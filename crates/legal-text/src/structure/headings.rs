//! Where the heading of a part ends in a text whose lines may be wrapped.

use super::event::Holds;
use super::marker::marker;
use super::paragraphs::ends_sentence;
use super::walk::Walk;
use crate::layout::is_capitals;

/// Gives the last line of the heading of an article that begins at `at`, and tells whether its own text is a heading.
pub(super) fn article(walk: &mut Walk<'_, '_>, at: usize, after: usize) -> usize {
    let mut first = after.saturating_sub(1);
    let number_alone = marker(walk.lines.bare(first), "").is_none_or(|found| found.rest.is_empty());
    let next_is_text = walk.lines.get(after).is_some_and(|line| !line.is_rule()) && walk.mark(after).is_none();
    if number_alone
        && next_is_text
        && !walk.lines.whole(after).starts_with('|')
        && (first == at || !walk.lines.bare(first).contains(' '))
    {
        // The number stands on a line of its own.
        first = after;
    }
    let bold = bold_until(walk, at);
    let until = bold.unwrap_or_else(|| paragraph_until(walk, first));
    let until = until.max(first);
    let own: Vec<&str> = (at..=until).map(|line| walk.lines.bare(line)).collect();
    let is_heading = bold.is_some() || reads_as_heading(walk, &own.join(" "), until);
    if !is_heading && let Some(event) = walk.events.last_mut() {
        event.holds = Holds::AfterIntro;
    }
    walk.heading_until = Some(until);
    until
}

/// The line where the bold run ends in which the whole heading is set; `None` where it is not.
fn bold_until(walk: &Walk<'_, '_>, at: usize) -> Option<usize> {
    let line = walk.lines.get(at)?;
    if !line.bold {
        return None;
    }
    for next in at..walk.lines.len().min(at + 10) {
        let span = walk.lines.get(next)?;
        let from = if next == at { span.from } else { span.start };
        let content = walk.text.get(from..span.end)?;
        if let Some(close) = content.find("**") {
            let after = content.get(close..)?.trim_matches(|c: char| c == '*' || c.is_whitespace());
            let before = content.get(..close)?;
            let named = next > at || marker(before, "").is_some_and(|found| !found.rest.is_empty());
            return (after.is_empty() && named).then_some(next);
        }
        if content.starts_with("##") || walk.lines.whole(at).starts_with('#') {
            return Some(at);
        }
    }
    None
}

/// The last line of the paragraph that a line begins.
fn paragraph_until(walk: &Walk<'_, '_>, at: usize) -> usize {
    let mut until = at;
    while until + 1 < walk.lines.len() && until < at + 60 {
        let next = until + 1;
        if walk.wrapping.begins_paragraph(walk.lines, next)
            || walk.lines.is_page_number(next)
            || walk.lines.whole(next).starts_with('|')
        {
            break;
        }
        if walk.mark(next).is_some_and(|found| found.rest.is_empty() || found.rest.starts_with(char::is_uppercase)) {
            break;
        }
        until = next;
    }
    until
}

/// A heading names its subject; a provision is a sentence.
fn reads_as_heading(walk: &Walk<'_, '_>, own: &str, until: usize) -> bool {
    let own = own.trim_end_matches(['*', ' ', '_']);
    let words = own.split_whitespace().count();
    if own.ends_with([';', ':', ',', '/']) {
        return false;
    }
    let sentence = ["có hiệu lực", "chịu trách nhiệm", "Ban hành kèm theo", "Ban hành ", " như sau", "Phê duyệt", "Bãi bỏ "]
        .iter()
        .any(|word| own.contains(word));
    let has_parts = !walk.mark(until + 1).is_some_and(|found| matches!(found.sort, super::marker::Sort::Worded(_)));
    if own.ends_with('.') {
        return words <= 16 && has_parts && !sentence && !own.contains(" này ");
    }
    words <= 60 && (has_parts || words <= 16)
}

/// Gives the last line of the heading of a part, chapter or section, whose lines stand below its number.
pub(super) fn group(walk: &mut Walk<'_, '_>, after: usize, rest: &str) -> usize {
    let mut until = after.saturating_sub(1);
    let mut capitals = is_capitals(rest);
    let mut named = !rest.is_empty();
    while until + 1 < walk.lines.len() && until < after + 8 {
        let next = until + 1;
        let Some(line) = walk.lines.get(next) else { break };
        let bare = walk.lines.bare(next);
        if line.is_rule() && !walk.lines.whole(next).contains('|') {
            until = next;
            continue;
        }
        if walk.mark(next).is_some() || walk.lines.whole(next).starts_with('|') || walk.lines.is_page_number(next) {
            break;
        }
        let goes_on = if !named {
            true
        } else if capitals {
            is_capitals(bare)
        } else {
            line.bold && !line.gap || bare.starts_with(char::is_lowercase)
        };
        if !goes_on || ends_sentence(walk.lines.bare(until)) && named && !capitals {
            break;
        }
        capitals = capitals || is_capitals(bare);
        named = true;
        until = next;
    }
    walk.heading_until = Some(until);
    until
}

/// Gives the last line of what an `I.` or `A.` opens: its heading, or its first paragraph.
pub(super) fn lettered(walk: &mut Walk<'_, '_>, at: usize) -> usize {
    let bold = bold_until(walk, at);
    let bare = walk.lines.bare(at);
    let until = match bold {
        Some(until) => until,
        None if is_capitals(bare) => {
            let mut until = at;
            while is_capitals(walk.lines.bare(until + 1)) && marker(walk.lines.bare(until + 1), "").is_none() && until < at + 6 {
                until += 1;
            }
            until
        }
        None => paragraph_until(walk, at),
    };
    walk.heading_until = Some(until);
    until
}
