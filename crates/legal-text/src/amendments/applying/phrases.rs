//! Changes of phrases: where a phrase stands at the place named.

use super::case::Case;
use super::edit::Edit;
use super::index::Index;
use super::view::View;
use crate::amendments::instruction::{Instruction, Operation, Part, Place, Scope, Side};
use crate::amendments::reason::Reason;
use crate::node::{Kind, Node};

/// What the phrases of a text are changed with.
pub(super) struct Phrases<'p> {
    base: &'p str,
    nodes: &'p [Node],
    index: &'p Index<'p>,
    view: View<'p>,
    /// The view in lower case, byte for byte; empty where that would move its letters.
    lower: String,
    /// What goes as a whole, in order, and what takes its place; new provisions have no length.
    gone: Vec<(usize, usize, String)>,
    /// How many bytes may still be looked through: time stays in proportion to the length of the texts.
    budget: usize,
}

/// Every instruction may look through the text this often, together.
const ROUNDS: usize = 200;

impl<'p> Phrases<'p> {
    pub fn of(base: &'p str, nodes: &'p [Node], index: &'p Index<'p>) -> Self {
        let budget = base.len().saturating_mul(ROUNDS);
        let view = View::of(base);
        let lower = Some(crate::lower(&view.text)).filter(|lower| lower.len() == view.text.len()).unwrap_or_default();
        Self { base, nodes, index, view, lower, gone: Vec::new(), budget }
    }

    /// Takes note of the provisions that other instructions change, in any order.
    pub fn without(&mut self, mut gone: Vec<(usize, usize, String)>) {
        gone.sort();
        self.gone = gone.into_iter().map(|(from, to, put)| (from, to, View::of(&put).text)).collect();
    }

    /// The changes that an instruction asks for; none where it changes no phrases.
    pub fn plan(&mut self, at: usize, instruction: &Instruction) -> Result<Vec<Edit>, Reason> {
        let change = match &instruction.operation {
            Operation::Substitute { at: place, phrase, by } => (place, phrase, phrase, Change::By(by)),
            Operation::Remove { at: place, phrase } => (place, phrase, phrase, Change::Away),
            Operation::Add { at: place, phrase, beside, side } => (place, beside, phrase, Change::Beside(*side, phrase)),
            _ => return Ok(Vec::new()),
        };
        let (place, phrase, told, change) = change;
        let wanted = View::of(phrase).text.trim().to_owned();
        let spans = self.spans(place)?;
        let looked: usize = spans.iter().map(|(from, to)| to - from).sum();
        self.budget = self.budget.checked_sub(looked).ok_or(Reason::TooMany)?;
        let mut found = Vec::new();
        for span in spans {
            found.extend(self.occurrences(&wanted, span)?);
        }
        if let Change::By(by) = change
            && crate::lower(by) == crate::lower(phrase)
        {
            // Only the letter case changes: what has another is meant otherwise.
            found.retain(|(_, case)| *case == Case::Same);
        }
        let ambiguous = || Reason::TargetAmbiguous { provision: place.provision.clone().unwrap_or_else(|| told.clone()) };
        // One syllable may be part of other words, and what stands in other letter case may be a name.
        let short = !wanted.contains(' ') && found.len() > 1;
        if short || found.iter().any(|(_, case)| *case == Case::Other) {
            return Err(ambiguous());
        }
        if found.is_empty() {
            return Err(Reason::PhraseNotFound { phrase: phrase.clone() });
        }
        if let Change::By(by) | Change::Beside(_, by) = change
            && self.is_made(&wanted, (by, &change), &found)
        {
            return Err(Reason::AlreadyThere { provision: told.clone() });
        }
        if matches!(change, Change::Beside(..)) && found.len() > 1 {
            return Err(ambiguous());
        }
        Ok(found.into_iter().map(|found| self.edit(at, found, &change)).collect())
    }

    /// The stretches of the text that a place means.
    fn spans(&self, place: &Place) -> Result<Vec<(usize, usize)>, Reason> {
        let Some(id) = place.provision.as_deref() else { return Ok(self.everywhere(place.scope)) };
        let found = self.index.find(place, id)?;
        let ambiguous = || Reason::TargetAmbiguous { provision: id.to_owned() };
        let node = self.index.entry(found).ok_or_else(ambiguous)?.node;
        let part = |kind: Kind| {
            let mut children = node.children.iter().filter(|child| child.kind == kind);
            let first = children.next().map(|child| child.span);
            first.filter(|_| children.next().is_none())
        };
        let span = match place.part {
            Part::Whole => Some(node.span),
            Part::Heading => part(Kind::Heading),
            Part::Intro => part(Kind::Intro),
        };
        Ok(vec![span.ok_or_else(ambiguous)?])
    }

    /// All provisions: of the act, of what was issued with it, or of both where that is not said.
    fn everywhere(&self, scope: Scope) -> Vec<(usize, usize)> {
        let is_meant = |node: &&Node| {
            let attached = matches!(node.kind, Kind::Attachment | Kind::Appendix | Kind::Form);
            match scope {
                Scope::Act => node.kind.is_provision(),
                Scope::Attachment => attached,
                Scope::Unsaid => node.kind.is_provision() || attached,
            }
        };
        self.nodes.iter().filter(is_meant).map(|node| node.span).collect()
    }

    /// Where a phrase stands in a stretch, as whole words; what other instructions take away is passed over.
    fn occurrences(&self, wanted: &str, span: (usize, usize)) -> Result<Vec<Found>, Reason> {
        let (from, to) = (self.view.at_source(span.0), self.view.at_source(span.1));
        let (text, lower) = match (self.view.text.get(from..to), self.lower.get(from..to)) {
            (Some(text), Some(lower)) => (text, lower),
            _ => return Ok(Vec::new()),
        };
        let sought = crate::lower(wanted);
        let first = self.gone.partition_point(|(_, end, _)| *end < span.0);
        let gone = self.gone.get(first..).unwrap_or_default().iter().take_while(|(start, _, _)| *start <= span.1);
        let mut found = Vec::new();
        let mut taken = false;
        let mut rest = gone.clone().peekable();
        for (at, _) in lower.match_indices(&sought) {
            let end = at + sought.len();
            let source = (self.view.source(from + at), self.view.source_end(from + end));
            let printed = self.base.get(source.0..source.1).unwrap_or_default();
            let whole_word = is_word(&self.view.text, (from + at, from + end));
            if !whole_word || has_blank_line(printed) || source.0 < span.0 || source.1 > span.1 {
                continue;
            }
            while rest.next_if(|(start, end, _)| *end <= source.0 && *start < source.0).is_some() {}
            if rest.peek().is_some_and(|(start, end, _)| *start < source.1 && source.0 < *end) {
                taken = true;
                continue;
            }
            let before = self.view.text.get(..from + at).unwrap_or_default().trim_end();
            let opens = before.is_empty() || before.ends_with(['.', ':', ';', ')', '-', '–', '+', '“', '"']);
            let case = match Case::of(text.get(at..end).unwrap_or_default(), wanted) {
                Case::First if !opens => Case::Other,
                case => case,
            };
            found.push((source, case));
        }
        // Whether the phrase would have to be changed in what is new is not said.
        let in_new = gone
            .filter(|(_, _, put)| !put.is_empty())
            .any(|(_, _, put)| put.match_indices(wanted).any(|(at, _)| is_word(put, (at, at + wanted.len()))));
        if in_new || taken && found.is_empty() { Err(Reason::Overlaps) } else { Ok(found) }
    }

    /// Whether the change has been made already at one of the places: `A` stands inside `A B`, which takes its place.
    fn is_made(&self, wanted: &str, (by, change): (&str, &Change<'_>), found: &[Found]) -> bool {
        let by = View::of(by).text;
        let whole = match change {
            Change::Beside(Side::After, _) => format!("{wanted}{}{by}", space_before(&by)),
            Change::Beside(Side::Before, _) => format!("{by} {wanted}"),
            _ => by,
        };
        let inside: Vec<usize> = whole.match_indices(wanted).map(|(at, _)| at).take(20).collect();
        found.iter().any(|((from, _), _)| {
            let at = self.view.at_source(*from);
            inside.iter().any(|inside| {
                let start = at.checked_sub(*inside);
                start.and_then(|start| self.view.text.get(start..)).is_some_and(|text| text.starts_with(&whole))
            })
        })
    }

    fn edit(&self, at: usize, ((from, to), case): Found, change: &Change<'_>) -> Edit {
        let (mut start, mut end) = (from, to);
        let put = match change {
            Change::By(by) => case.take_over(by),
            Change::Away => {
                let put;
                (start, end, put) = self.away((from, to), case);
                put
            }
            Change::Beside(Side::After, phrase) => {
                (start, end) = (to, to);
                format!("{}{phrase}", space_before(phrase))
            }
            Change::Beside(Side::Before, phrase) if space_before(phrase).is_empty() => {
                let before = self.base.get(..from).unwrap_or_default();
                start = before.trim_end_matches(' ').len();
                end = from;
                format!("{phrase} ")
            }
            Change::Beside(Side::Before, phrase) => {
                end = from;
                format!("{phrase} ")
            }
        };
        let (lead, tail) = (String::new(), String::new());
        Edit { from: start, to: end, lead, put, tail, order: (10, at), instruction: at }
    }

    /// What goes with a phrase that is taken out: one of the blanks around it, and a comma that would stand before a stop.
    /// A sentence that began with it begins with the next word.
    fn away(&self, (from, to): (usize, usize), case: Case) -> (usize, usize, String) {
        let before = self.base.get(..from).unwrap_or_default();
        let after = self.base.get(to..).unwrap_or_default();
        let kept = before.trim_end_matches([' ', '\n', '\u{a0}']);
        let blank = before.get(kept.len()..).unwrap_or_default();
        if case == Case::First {
            let word = after.trim_start_matches(' ');
            let end = to + (after.len() - word.len());
            let first = word.chars().next().filter(|c| c.is_lowercase());
            let upper: String = first.map(|c| c.to_uppercase().collect()).unwrap_or_default();
            return (from, end + first.map_or(0, char::len_utf8), upper);
        }
        if blank.is_empty() || has_blank_line(blank) {
            let end = to + (after.len() - after.trim_start_matches(' ').len());
            return (from, end, String::new());
        }
        let stops = after.starts_with(['.', ';']);
        let kept = if stops { kept.trim_end_matches(',') } else { kept };
        (kept.len(), to, String::new())
    }
}

/// Where a phrase stands, and how its letters differ from those of the instruction.
type Found = ((usize, usize), Case);

enum Change<'c> {
    By(&'c str),
    Away,
    Beside(Side, &'c str),
}

/// What parts a phrase from the one before it: nothing where it begins with a mark.
fn space_before(phrase: &str) -> &'static str {
    if phrase.starts_with([',', ';', '.', ':', ')']) { "" } else { " " }
}

/// Whether a stretch begins and ends where words do.
fn is_word(text: &str, (from, to): (usize, usize)) -> bool {
    let inside = text.get(from..to).unwrap_or_default();
    let before = text.get(..from).and_then(|before| before.chars().next_back());
    let after = text.get(to..).and_then(|after| after.chars().next());
    let parted = |own: Option<char>, other: Option<char>| {
        !(own.is_some_and(char::is_alphanumeric) && other.is_some_and(char::is_alphanumeric))
    };
    parted(inside.chars().next(), before) && parted(inside.chars().next_back(), after)
}

fn has_blank_line(text: &str) -> bool {
    text.split('\n').count() > 2 && text.split('\n').skip(1).any(|line| line.trim().is_empty())
}

/// Tells which changes of phrases touch the same text.
pub(super) fn overlapping(edits: &[Edit]) -> Vec<usize> {
    let mut sorted: Vec<&Edit> = edits.iter().collect();
    sorted.sort_by_key(|edit| (edit.from, edit.to));
    let mut found = Vec::new();
    let mut last: Option<&Edit> = None;
    for edit in sorted {
        if let Some(other) = last {
            let crosses = edit.from < other.to || edit.from == other.from && edit.to == other.to;
            if crosses && edit.instruction != other.instruction {
                found.extend([edit.instruction, other.instruction]);
            }
        }
        if last.is_none_or(|other| edit.to >= other.to) {
            last = Some(edit);
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}
