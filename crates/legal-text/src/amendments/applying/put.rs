//! What is put into the text: new wordings as they are printed, and what stands for a repealed provision.

use super::provisions::Planner;
use crate::amendments::instruction::{Instruction, Part};
use crate::amendments::reason::Reason;
use crate::amendments::wording::{Expected, Rank, agrees};
use crate::node::{Kind, Node};

impl Planner<'_> {
    /// The new wording as it is printed, and whether it has its own number.
    pub(super) fn wording(&self, instruction: &Instruction) -> Result<(String, bool), Reason> {
        let span = instruction.wording.filter(|(from, to)| from < to).ok_or(Reason::WordingMissing)?;
        let provision = instruction.provisions().next().unwrap_or_default().to_owned();
        if provision == "att" || provision.starts_with("att_") {
            return Ok((self.source.as_it_is(span), true));
        }
        let differs = || Reason::NumberingDiffers { provision: provision.clone() };
        let expected = Expected::of(&instruction.operation).ok_or_else(differs)?;
        let is_numbered = agrees(self.source.text(), span, &expected).ok_or_else(differs)?;
        let printed = self.source.printed(span, self.gap);
        if expected.rank == Rank::Article && expected.part == Part::Whole && printed.trim().is_empty() {
            return Err(Reason::WordingMissing);
        }
        Ok((printed, is_numbered))
    }

    /// The number that a wording without one takes over: `3. `, `b) `, `Điều 5. `.
    pub(super) fn number(&self, node: &Node, span: (usize, usize)) -> String {
        let text = self.base.get(span.0..span.1).unwrap_or_default();
        let bare = text.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '#' | '>'));
        let num = node.num.as_deref().unwrap_or_default();
        let opens = span.0 == node.span.0;
        match node.kind {
            _ if !opens => String::new(),
            Kind::Article => format!("Điều {num}. "),
            Kind::Clause | Kind::Point | Kind::Subpoint => {
                let after = bare.strip_prefix(num).unwrap_or_default();
                let mark = after.chars().next().filter(|c| matches!(c, '.' | ')' | '/'));
                format!("{num}{} ", mark.unwrap_or(if node.kind == Kind::Clause { '.' } else { ')' }))
            }
            _ => String::new(),
        }
    }

    /// What stands for a repealed provision: its number, and that it was repealed (Pháp lệnh 01/2012/UBTVQH13, Điều 16).
    pub(super) fn repealed(&self, node: &Node) -> Option<String> {
        let text = node.text(self.base);
        let num = node.num.as_deref()?;
        let bare = text.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '#' | '>'));
        let bold = text.starts_with("**");
        let end = text.trim_end_matches(['*', ' ']).chars().next_back().filter(|c| matches!(c, '.' | ';'));
        Some(match node.kind {
            Kind::Article if bold => format!("**Điều {num}. (được bãi bỏ)**"),
            Kind::Article => format!("Điều {num}. (được bãi bỏ)"),
            Kind::Clause | Kind::Point | Kind::Subpoint => {
                let mark = bare.strip_prefix(num)?.chars().next().filter(|c| matches!(c, '.' | ')' | '/'))?;
                let end = end.unwrap_or(if node.kind == Kind::Clause { '.' } else { ';' });
                format!("{num}{mark} (được bãi bỏ){end}")
            }
            _ => return None,
        })
    }

    /// Line breaks that a stretch needs around it where the base text has run provisions into one line.
    pub(super) fn lines_around(&self, (from, to): (usize, usize)) -> (String, String) {
        let before = self.base.get(..from).unwrap_or_default().trim_end_matches([' ', '\t', '\u{a0}']);
        let after = self.base.get(to..).unwrap_or_default().trim_start_matches([' ', '\t', '\u{a0}']);
        let lead = if before.is_empty() || before.ends_with('\n') { "" } else { "\n" };
        let tail = if after.is_empty() || after.starts_with(['\n', '\r']) { "" } else { "\n" };
        (lead.to_owned(), tail.to_owned())
    }
}
