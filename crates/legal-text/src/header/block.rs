//! One signature block: lines of offices, and a name below them.

use std::sync::LazyLock;

use regex::Regex;

use super::capacity::{capacity, goes_on, office_name, parted};
use super::person::{is_name_in_capitals, person, starts_with_surname};
use super::recipients::opens_recipients;
use super::signature::Signature;
use crate::layout::{Piece, is_capitals};
use crate::pattern;

/// Capitals followed by a name in normal case on the same line.
static THEN_NAME: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^([\p{Lu}\s.,/&-]{4,}?)\s*(?:\s|\()((?i:đã\s+ký)?\)?\s*(?:\p{Lu}\p{Ll}+\s*){2,5})\.?$"));

/// How many bytes a line of a block may have, a flattened block among them.
const LONGEST_LINE: usize = 600;
/// How many pieces a block may span, recipients among them included.
pub(super) const BLOCK: usize = 60;

/// The capitals a line begins with, the name after them left off.
pub(super) fn head_of(text: &str) -> &str {
    if text.len() > LONGEST_LINE {
        return "";
    }
    if is_capitals(text) {
        return text;
    }
    THEN_NAME.captures(text).and_then(|found| found.get(1)).map_or(text, |head| head.as_str())
}

/// Reads the block that the first of some pieces opens: lines in the same column where the source has columns. Tells, too,
/// whether its end was seen.
pub(super) fn read_block(pieces: &[Piece]) -> (Signature, bool) {
    let mut block = Block::default();
    let Some(opening) = pieces.first() else { return (Signature::default(), true) };
    let mut idle = 0;
    let mut ended = false;
    for piece in pieces.iter().take(BLOCK) {
        let other_column = piece.columns > 1 && opening.columns > 1 && piece.column != opening.column;
        if other_column || block.is_recipient(&piece.text) {
            continue;
        }
        if block.ends_name(piece) {
            ended = true;
            break;
        }
        match block.read(&piece.text) {
            Reading::Done => {}
            Reading::Taken => idle = 0,
            Reading::Passed => idle += 1,
        }
        if idle > 3 {
            ended = true;
            break;
        }
    }
    (block.finish(), ended)
}

enum Reading {
    Taken,
    Passed,
    Done,
}

#[derive(Default)]
pub(super) struct Block {
    /// Lines in capitals, each with the mark of capacity it carries.
    lines: Vec<(Option<&'static str>, String)>,
    name: Option<String>,
    /// A surname that the line break has parted from its name.
    surname: Option<String>,
    among_recipients: bool,
}

impl Block {
    pub(super) fn is_recipient(&mut self, text: &str) -> bool {
        let opens = text.starts_with(['-', '–', '+', '•']) || opens_recipients(text) && after_recipients(text) == text;
        let continues = !opens && self.among_recipients && !is_capitals(head_of(text)) && person(text).is_none();
        self.among_recipients = opens || continues;
        self.among_recipients
    }

    fn read(&mut self, text: &str) -> Reading {
        if text.len() > LONGEST_LINE {
            return Reading::Passed;
        }
        if is_signed_mark(text) {
            return Reading::Passed;
        }
        let text = after_recipients(text);
        if is_capitals(text) && !(self.lines.len() > 1 && is_name_in_capitals(text)) {
            self.take_line(text);
            return Reading::Taken;
        }
        if let Some(found) = THEN_NAME.captures(text)
            && let (Some(head), Some(name)) = (found.get(1), found.get(2).and_then(|m| person(without_signed(m.as_str()))))
        {
            self.take_line(head.as_str());
            self.name = Some(name);
            return Reading::Done;
        }
        if !text.contains(' ') && starts_with_surname(text) {
            self.surname = Some(text.to_owned());
            return Reading::Passed;
        }
        let whole = self.surname.take().map(|surname| format!("{surname} {text}"));
        match whole.as_deref().and_then(person).or_else(|| person(text)) {
            Some(name) => {
                self.name = Some(name);
                Reading::Done
            }
            None => Reading::Passed,
        }
    }

    /// Once there is a name, only its last syllable may follow, broken off by the line.
    fn ends_name(&mut self, piece: &Piece) -> bool {
        let Some(name) = &mut self.name else { return false };
        let syllable = piece.text.chars().all(char::is_alphabetic) && !piece.is_capitals() && !piece.after_gap;
        if syllable && name.split(' ').count() == 2 && piece.text.starts_with(char::is_uppercase) {
            name.push(' ');
            name.push_str(&piece.text);
        }
        true
    }

    fn take_line(&mut self, text: &str) {
        for line in parted(text) {
            match (capacity(line), self.lines.last_mut()) {
                (Some((mark, rest)), _) => self.lines.push((Some(mark), rest.to_owned())),
                (None, Some((_, last))) if goes_on(last, line) => {
                    last.push(' ');
                    last.push_str(line);
                }
                (None, _) => self.lines.push((None, line.to_owned())),
            }
        }
    }

    fn finish(self) -> Signature {
        let capacity = self.lines.iter().rev().find_map(|(mark, _)| *mark).map(str::to_owned);
        let own = self.lines.iter().rev().find(|(mark, _)| mark.is_none() || *mark == Some("Q."));
        let title = own.map(|(_, line)| office_name(line)).filter(|title| !title.is_empty());
        let on_behalf = self.lines.iter().find(|(mark, _)| *mark == Some("TM.")).map(|(_, line)| line.clone());
        let chief =
            self.lines.iter().find(|(mark, _)| matches!(*mark, Some("KT." | "TL." | "TUQ."))).map(|(_, line)| office_name(line));
        Signature { name: self.name, title, capacity, on_behalf, chief }
    }
}

/// What follows `Nơi nhận:` on its line, where that is a mark of capacity: both columns in one.
pub(super) fn after_recipients(text: &str) -> &str {
    if !opens_recipients(text) {
        return text;
    }
    let rest = text.split_once(':').map_or("", |(_, rest)| rest.trim_start_matches([':', ' ', '.']));
    if capacity(rest).is_some_and(|(mark, _)| mark != "Q.") { rest } else { text }
}

/// `(Đã ký)`, `(Ký tên, đóng dấu)`.
fn is_signed_mark(text: &str) -> bool {
    if text.len() > 60 || !text.contains(['ý', 'Ý', 'í']) {
        return false;
    }
    let lower = text.to_lowercase();
    lower.contains("đã ký") && lower.chars().count() < 20 || lower.starts_with("(ký") || lower == "đã kí"
}

fn without_signed(text: &str) -> &str {
    text.split_once(')').map_or(text, |(_, name)| name).trim()
}
