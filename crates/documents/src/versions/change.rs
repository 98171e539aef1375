//! What one amending act changes on one day.

use super::version::{ChangeNote, Open};
use crate::store::acts::Other;
use kernel::{Text, parse_date};
use legal_text::amendments::{Amending, Instruction, Operation, apply, instructions};
use legal_text::{LegalText, Relation, Target};
use std::sync::Arc;

/// An act that changes a text on one day.
#[derive(Debug, Clone)]
pub(crate) struct Change {
    pub act: Other,
    pub on: String,
    /// The words of the act; none where it has none.
    pub text: Option<Arc<str>>,
    /// All that the act does to the text, on any day.
    pub deeds: Arc<[Deed]>,
}

/// One thing that an act does.
#[derive(Debug, Clone)]
pub(crate) struct Deed {
    pub on: String,
    /// The provisions, by id without what groups articles; none where they are not told.
    pub provisions: Vec<String>,
    /// The provisions of the act that say so.
    pub eids: Vec<String>,
}

/// A text after an act.
pub(crate) struct Done {
    /// The new text; none where nothing was changed.
    pub text: Option<String>,
    pub notes: Vec<ChangeNote>,
    pub open: Vec<Open>,
}

/// Changes a text by those instructions of an act that hold from its day.
pub(crate) fn consolidate(text: &str, base: &LegalText, change: &Change) -> Done {
    let Some(source) = change.text.as_deref() else {
        return Done {
            text: None,
            notes: Vec::new(),
            open: vec![change.open("text_missing", &change.today().collect::<Vec<_>>())],
        };
    };
    let act = legal_text::parse(source);
    let mut found = instructions(source, &act);
    settle(&mut found, base, &act);
    let of_base: Vec<&Instruction> = found.iter().filter(|one| one.amends(&base.header)).collect();
    let chosen: Vec<&Instruction> = of_base.iter().copied().filter(|one| change.day_of(one) == change.on).collect();
    let number = change.act.number.as_deref().or(act.header.number.as_deref()).unwrap_or_default();
    let effective_on = parse_date(&change.on);
    let done = apply(text, base, Amending { number, text: source, instructions: &chosen, effective_on });
    let mut open: Vec<Open> = done
        .not_applied
        .iter()
        .map(|(one, reason)| Open {
            eid: Some(one.eid.clone()),
            provisions: one.provisions().map(str::to_owned).collect(),
            text: reason.text(),
            ..change.open(reason.code(), &[])
        })
        .collect();
    // What the act is known to do and no sentence of it was read to say.
    let unsaid: Vec<&Deed> =
        change.today().filter(|deed| !of_base.iter().any(|one| deed.provisions.is_empty() || deed.is_told_by(one))).collect();
    if !unsaid.is_empty() {
        open.push(change.open("no_instruction", &unsaid));
    }
    let note = |note: legal_text::amendments::AmendmentNote| ChangeNote {
        eid: note.eid,
        operation: note.operation,
        act: change.act.clone(),
        by: note.by,
        on: change.on.clone(),
    };
    let text = (!done.applied.is_empty()).then_some(done.text);
    Done { text, notes: done.notes.into_iter().map(note).collect(), open }
}

/// An act that amends one other act alone need not name it in every sentence.
fn settle(found: &mut [Instruction], base: &LegalText, act: &LegalText) {
    let amends = |relation| {
        matches!(relation, Relation::Amends | Relation::Supplements | Relation::Corrects | Relation::Repeals | Relation::Replaces)
    };
    let mut amended =
        act.citations.iter().filter(|citation| amends(citation.relation)).filter_map(|citation| match &citation.target {
            Target::Act { number, title, .. } => Some((number, title)),
            _ => None,
        });
    let Some(number) = base.header.number.clone() else { return };
    if !amended.all(|(other, _)| other.as_deref() == Some(number.as_str())) {
        return;
    }
    for one in found.iter_mut().filter(|one| matches!(one.act, Target::Unresolved { .. })) {
        one.act = Target::Act {
            number: Some(number.clone()),
            title: base.header.title.clone(),
            doc_type: base.header.doc_type.clone(),
            issuer: None,
            issued_on: base.header.issued_on,
        };
    }
}

impl Deed {
    /// Whether an instruction says it, or tells that the same sentence was not understood.
    fn is_told_by(&self, instruction: &Instruction) -> bool {
        let is_unclear = matches!(instruction.operation, Operation::Unclear { .. });
        self.is_said_by(instruction) || is_unclear && self.eids.iter().any(|eid| holds(&instruction.eid, eid))
    }

    /// Whether an instruction is about the same provisions, or about some inside them or around them.
    fn is_said_by(&self, instruction: &Instruction) -> bool {
        instruction.provisions().any(|said| self.provisions.iter().any(|known| holds(known, said) || holds(said, known)))
    }
}

/// Whether a provision is another, or contains it. Both leave out what groups articles.
fn holds(outer: &str, inner: &str) -> bool {
    inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with("__"))
}

impl Change {
    /// What the act does on this day.
    fn today(&self) -> impl Iterator<Item = &Deed> {
        self.deeds.iter().filter(|deed| deed.on == self.on)
    }

    /// The day from which an instruction of the act holds: that of its provisions, else the first that is told for
    /// provisions not named, else the first of all.
    fn day_of(&self, instruction: &Instruction) -> &str {
        let said = self.deeds.iter().find(|deed| deed.is_said_by(instruction));
        let general = || self.deeds.iter().filter(|deed| deed.provisions.is_empty()).min_by_key(|deed| &deed.on);
        let first = || self.deeds.iter().min_by_key(|deed| &deed.on);
        said.or_else(general).or_else(first).map_or(self.on.as_str(), |deed| deed.on.as_str())
    }

    fn open(&self, code: &'static str, deeds: &[&Deed]) -> Open {
        let text = match code {
            "text_missing" => Text::new(
                "Văn bản sửa đổi không có toàn văn nên chưa hợp nhất được.",
                "The amending act has no text here, so nothing was consolidated.",
            ),
            _ => Text::new(
                "Không tìm thấy câu sửa đổi tương ứng trong văn bản sửa đổi.",
                "No sentence of the amending act was found that says what is changed.",
            ),
        };
        let mut provisions: Vec<String> = deeds.iter().flat_map(|deed| deed.provisions.iter().cloned()).collect();
        provisions.dedup();
        let eid = deeds.iter().flat_map(|deed| deed.eids.iter().cloned()).next();
        Open { act: self.act.clone(), eid, provisions, on: self.on.clone(), code, text }
    }
}
