//! Applies the instructions of one amending act to the text it amends.
//!
//! Changes are planned on the tree of the text (`provisions.rs`, `spot.rs`, `phrases.rs`), made at its bytes (`edit.rs`), and the
//! new text is read again and compared (`check.rs`).

mod case;
mod check;
mod edit;
mod index;
mod number;
mod phrases;
mod printed;
mod provisions;
mod put;
mod spot;
mod view;

use self::check::{Innermost, check, eid_of};
use self::edit::{Edit, Edited, edited};
use self::index::Index;
use self::phrases::Phrases;
use self::printed::Source;
use self::provisions::{Change, Planner};
use crate::amendments::instruction::Instruction;
use crate::amendments::reason::Reason;
use crate::citations::Target;
use crate::lines::Lines;
use crate::parse::{LegalText, parse};
use crate::structure::paragraphs::Wrapping;
use serde::Serialize;
use std::collections::HashMap;
use time::Date;

/// An amending act and those of its instructions that are to be applied.
#[derive(Debug, Clone, Copy)]
pub struct Amending<'a> {
    /// Its number, as notes give it.
    pub number: &'a str,
    /// Its text, in which the new wordings stand.
    pub text: &'a str,
    /// The instructions, in the order of the text.
    pub instructions: &'a [&'a Instruction],
    /// The day from which the changes are in force.
    pub effective_on: Option<Date>,
}

/// A text with the instructions of an amending act applied (văn bản hợp nhất).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consolidated<'a> {
    /// The text; that of the base where nothing was applied.
    pub text: String,
    /// The instructions that were applied, in order.
    pub applied: Vec<&'a Instruction>,
    /// Those that were not, with why.
    pub not_applied: Vec<(&'a Instruction, Reason)>,
    /// Where each change lies in the new text, in the order of the text.
    pub notes: Vec<AmendmentNote>,
}

/// Which provision of a consolidated text was changed by what (Pháp lệnh 01/2012/UBTVQH13, Điều 14 to 16).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AmendmentNote {
    /// The id of the provision in the new text.
    pub eid: String,
    /// What was done: `replace`, `insert`, `repeal`, `substitute`, `remove`, `add`.
    pub operation: &'static str,
    /// The number of the amending act.
    pub act: String,
    /// The id of the provision of the amending act that says so.
    pub by: String,
    /// The day from which the change is in force.
    #[serde(serialize_with = "crate::header::iso_day::serialize")]
    pub effective_on: Option<Date>,
}

/// How often what does not read as wanted is left out before nothing is applied at all.
const ROUNDS: usize = 8;

/// Applies instructions to `base_text`, of which `base` is what [`parse`] reads.
///
/// Only what is unambiguous is applied: the place is there exactly once and surely complete, the new wording has the number
/// of the provision, the phrase stands at the place, no two instructions touch the same text, and the new text reads as it
/// should; [`Reason`] says why something was not. Numbers stay as they are, and a repealed provision keeps its own with
/// `(được bãi bỏ)` after it (Pháp lệnh 01/2012/UBTVQH13, Điều 14 to 16). Everything outside the touched places stays
/// byte for byte. The new text can be parsed and amended again: several acts are applied one after the other.
/// An instruction whose act cannot be told is not applied: who knows which act it amends sets [`Instruction::act`].
/// The source texts prevail over it (the same, Điều 9 khoản 1). Pure; the time is in proportion to the length of the texts.
pub fn apply<'a>(base_text: &str, base: &LegalText, amending: Amending<'a>) -> Consolidated<'a> {
    let index = Index::of(base_text, &base.nodes);
    let source = Source::of(amending.text);
    let gap = gap(base_text);
    let mut refused: Vec<Option<Reason>> = amending.instructions.iter().map(|one| refusal(one, base)).collect();
    for _ in 0..ROUNDS {
        let plan = plan(base_text, base, &index, (&source, gap), (amending.instructions, &mut refused));
        if plan.edits().is_empty() {
            break;
        }
        let changed = edited(base_text, plan.edits());
        let read = parse(&changed.text);
        let new = Index::of(&changed.text, &read.nodes);
        let wrong = check(&index, (&changed, &new), &plan.changes);
        if wrong.is_empty() {
            let notes = notes(&changed, (&new, &read), &plan, amending);
            return consolidated(changed.text, notes, amending, refused);
        }
        for at in wrong {
            refuse(&mut refused, at, Reason::ResultDiffers);
        }
    }
    for (at, _) in amending.instructions.iter().enumerate() {
        refuse(&mut refused, at, Reason::ResultDiffers);
    }
    consolidated(base_text.to_owned(), Vec::new(), amending, refused)
}

/// What is changed, and how.
struct Plan {
    changes: Vec<Change>,
    phrases: Vec<Edit>,
}

impl Plan {
    fn edits(&self) -> Vec<Edit> {
        self.changes.iter().map(|change| change.edit.clone()).chain(self.phrases.iter().cloned()).collect()
    }
}

/// Plans what has not been refused; what cannot be done is refused.
fn plan(
    text: &str,
    base: &LegalText,
    index: &Index<'_>,
    (source, gap): (&Source<'_>, &'static str),
    (instructions, refused): (&[&Instruction], &mut [Option<Reason>]),
) -> Plan {
    let mut planner = Planner::new(text, index, source, gap);
    let mut changes = Vec::new();
    let open = |refused: &[Option<Reason>], at: usize| refused.get(at).is_some_and(Option::is_none);
    for (at, instruction) in instructions.iter().enumerate() {
        if !open(refused, at) {
            continue;
        }
        match planner.plan(at, instruction) {
            Ok(change) => changes.extend(change),
            Err(reason) => refuse(refused, at, reason),
        }
    }
    for at in provisions::overlapping(&changes, index) {
        refuse(refused, at, Reason::Overlaps);
    }
    changes.retain(|change| open(refused, change.edit.instruction));
    let mut finder = Phrases::of(text, &base.nodes, index);
    finder.without(changes.iter().map(|change| (change.edit.from, change.edit.to, change.edit.put.clone())).collect());
    let mut found = Vec::new();
    for (at, instruction) in instructions.iter().enumerate() {
        if !open(refused, at) {
            continue;
        }
        match finder.plan(at, instruction) {
            Ok(edits) => found.extend(edits),
            Err(reason) => refuse(refused, at, reason),
        }
    }
    for at in phrases::overlapping(&found) {
        refuse(refused, at, Reason::Overlaps);
    }
    found.retain(|edit| open(refused, edit.instruction));
    Plan { changes, phrases: found }
}

fn refuse(refused: &mut [Option<Reason>], at: usize, reason: Reason) {
    if let Some(slot) = refused.get_mut(at) {
        slot.get_or_insert(reason);
    }
}

/// Why an instruction is not for this act at all.
fn refusal(instruction: &Instruction, base: &LegalText) -> Option<Reason> {
    match (&instruction.act, &base.header.number) {
        (Target::Act { number: Some(_), .. }, None) => None,
        (Target::Act { .. }, _) => (!instruction.amends(&base.header)).then_some(Reason::OtherAct),
        (Target::This { .. }, _) => Some(Reason::OtherAct),
        (Target::Unresolved { .. }, _) => Some(Reason::ActUnknown),
    }
}

/// What parts the paragraphs of a text: a line break where each line is one, else a blank line.
fn gap(text: &str) -> &'static str {
    let wrapping = Wrapping::of(&Lines::of(text));
    if wrapping.wrapped || wrapping.gapped { "\n\n" } else { "\n" }
}

fn notes(changed: &Edited, (new, read): (&Index<'_>, &LegalText), plan: &Plan, amending: Amending<'_>) -> Vec<AmendmentNote> {
    let mut notes = Vec::new();
    let changes: HashMap<usize, &Change> = plan.changes.iter().map(|change| (change.edit.instruction, change)).collect();
    let innermost = Innermost::of(&read.nodes);
    for (edit, (start, _)) in &changed.places {
        let Some(instruction) = amending.instructions.get(edit.instruction) else { continue };
        let eid = match changes.get(&edit.instruction) {
            Some(change) => eid_of(new, change),
            None => innermost.at(*start),
        };
        let Some(eid) = eid else { continue };
        let note = AmendmentNote {
            eid,
            operation: instruction.operation.as_str(),
            act: amending.number.to_owned(),
            by: instruction.eid.clone(),
            effective_on: amending.effective_on,
        };
        if notes.last() != Some(&note) {
            notes.push(note);
        }
    }
    notes
}

fn consolidated<'a>(
    text: String,
    notes: Vec<AmendmentNote>,
    amending: Amending<'a>,
    refused: Vec<Option<Reason>>,
) -> Consolidated<'a> {
    let mut applied = Vec::new();
    let mut not_applied = Vec::new();
    for (instruction, reason) in amending.instructions.iter().zip(refused) {
        match reason {
            None => applied.push(*instruction),
            Some(reason) => not_applied.push((*instruction, reason)),
        }
    }
    Consolidated { text, applied, not_applied, notes }
}
