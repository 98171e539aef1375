//! Every instruction of an amending act.
//!
//! The provisions are cut into what the act says and what it quotes (`pieces.rs`, `quotation.rs`), what it says into
//! statements (`statement.rs`); each is read strictly, word by word (`read.rs`), in the light of those above it
//! (`context.rs`).

mod acts;
mod appendix;
mod change;
mod completed;
mod context;
mod cursor;
mod naming;
mod phrase;
mod pieces;
mod provision;
mod quotation;
mod read;
mod statement;
mod verb;
mod words;

use self::acts::{Act, Acts, is_attached};
use self::change::{appendix_named, change, opens_with_change};
use self::context::{Above, Context};
use self::cursor::Cursor;
use self::read::{Draft, read};
use self::statement::{Level, Statement, statements};
use self::verb::Verb;
use self::words::Words;
use crate::amendments::instruction::{Instruction, Operation, Unread};
use crate::amendments::wording::{Expected, parted};
use crate::citations::provisions::{Context as Here, Provision};
use crate::citations::{Citation, Relation, Target, is_partial};
use crate::lines::ended;
use crate::node::{Kind, walk};
use crate::parse::LegalText;
use std::collections::HashSet;

/// Finds the instructions by which an act amends others.
///
/// `act` is what [`parse`](crate::parse) reads in `text`. Each instruction names the amended act as far as its sentence, the
/// heading of its article or the title of the amending act tell; what is an instruction and not understood is told as
/// [`Operation::Unclear`], never left out. Pure; the time is in proportion to the length of the text.
pub fn instructions(text: &str, act: &LegalText) -> Vec<Instruction> {
    let text = &*ended(text);
    let statements = statements(text, &act.nodes);
    let words: Vec<Option<Words>> =
        statements.iter().map(|statement| Words::after(text, statement.span, statement.from)).collect();
    let acts = Acts::of(text, act);
    let titled = titled(text, act, &acts);
    let amends = |one: &&Citation| matches!(one.relation, Relation::Amends | Relation::Supplements);
    let amended = act.citations.iter().filter(amends).filter_map(|one| match &one.target {
        Target::Act { number, .. } => number.as_deref(),
        _ => None,
    });
    let mut finder = Finder {
        text,
        act,
        acts: &acts,
        found: Vec::new(),
        above: Above::default(),
        titled,
        amended: amended.collect(),
        pending: Vec::new(),
    };
    for (at, (statement, words)) in statements.iter().zip(&words).enumerate() {
        let deeper = statements.get(at + 1).is_some_and(|next| next.level > statement.level && !next.after_break);
        finder.statement((statement, words.as_ref()), deeper);
    }
    finder.settle(None);
    finder.within_sentences();
    let mut found = finder.found;
    found.sort_by_key(|instruction| instruction.span);
    found
}

struct Finder<'t> {
    text: &'t str,
    act: &'t LegalText,
    acts: &'t Acts<'t>,
    found: Vec<Instruction>,
    above: Above<'t>,
    /// The act that the title says is amended, and whether the title says that this is an amending act.
    titled: Titled,
    /// The numbers of the acts that the act amends.
    amended: HashSet<&'t str>,
    /// Statements that stand over others and were themselves read as instructions without a wording: how many
    /// instructions there were, and what is told when none follows below.
    pending: Vec<(Level, usize, Instruction)>,
}

/// What the title says.
#[derive(Debug, Clone, Default)]
struct Titled {
    act: Option<Act>,
    amends: bool,
    /// The act that the title says is changed, in these or in other words.
    changed: Option<Target>,
}

fn titled(text: &str, act: &LegalText, acts: &Acts<'_>) -> Titled {
    let title = act.header.title.as_deref().unwrap_or_default();
    let lower = crate::lower(title);
    let words = lower.trim_start_matches("về việc ").trim_start_matches("việc ");
    let words = words.strip_prefix("luật ").unwrap_or(words);
    let amends = Verb::at(words).is_some();
    let target = if amends || opens_with_change(words) { acts.titled(text, act) } else { None };
    let changed = target.clone();
    let act = target.filter(|_| amends).map(|target| Act { target, attached: is_attached(title) });
    Titled { act, amends, changed }
}

impl<'t> Finder<'t> {
    fn statement(&mut self, (statement, words): (&Statement<'_>, Option<&'t Words>), deeper: bool) {
        if statement.after_break {
            self.settle(None);
            self.above.clear();
        }
        self.settle(Some(statement.level));
        self.above.leave(statement.level);
        let mut above = self.above.context();
        if above.act.is_none() {
            above.act.clone_from(&self.titled.act);
        }
        let Some(words) = words else { return };
        let mut cursor = Cursor::new(words, self.acts);
        let verb = cursor.verb();
        cursor.restart();
        let drafts = read(&mut cursor, &above);
        let context = Context::of(&mut cursor, verb);
        match drafts {
            Ok(drafts) if self.is_complete(statement, &drafts) => {
                let amends = verb.is_some() || !statement.wordings.is_empty() || self.is_amending(&above, &context);
                if amends {
                    self.understood(statement, drafts, &above);
                }
            }
            Ok(drafts) => {
                // It stands over a list, or its wording is missing.
                let reason = if statement.wordings.is_empty() { Unread::WordingNotFound } else { Unread::WordingNotClosed };
                let provisions = drafts.iter().filter_map(|draft| place_of(&draft.operation)).collect();
                let unclear = unclear(statement, &above, &context, (reason, provisions));
                if deeper && statement.wordings.is_empty() {
                    self.pending.push((statement.level, self.found.len(), unclear));
                } else {
                    self.found.push(unclear);
                }
            }
            Err(reason) => self.not_read(statement, (&above, &context), (verb, reason, deeper)),
        }
        if deeper {
            self.above.enter(statement.level, context);
        }
    }

    /// A statement that the rules cannot read: an instruction if its verb and what it names say so.
    fn not_read(
        &mut self,
        statement: &Statement<'_>,
        (above, context): (&Context<'_>, &Context<'_>),
        (verb, reason, deeper): (Option<Verb>, Unread, bool),
    ) {
        let words = crate::lower(statement.words());
        let names = !context.places.is_empty()
            || context.act.is_some()
            || words.contains("cụm từ")
            || reason == Unread::Appendix
            || !statement.wordings.is_empty();
        let is_instruction = verb.is_some() && names && (self.is_amending(above, context) || !statement.wordings.is_empty())
            || verb.is_none() && !statement.wordings.is_empty() && self.is_amending(above, context);
        let told = change(&words, context, statement.level).filter(|_| !above.aside && self.changes(above, context));
        let Some(reason) = is_instruction.then_some(reason).or(told) else { return };
        let mut provisions = named(above, context);
        if provisions.is_empty() && reason == Unread::Appendix {
            provisions.extend(appendix_named(statement.words()));
        }
        // What follows the announcement stands in no quotation marks.
        let unquoted = reason == Unread::Words && statement.wordings.is_empty() && words.contains("như sau: ");
        let reason = if unquoted { Unread::WordingNotFound } else { reason };
        let mut unclear = unclear(statement, above, context, (reason, provisions));
        if !is_instruction
            && !matches!(unclear.act, Target::Act { .. })
            && let Some(changed) = &self.titled.changed
        {
            unclear.act.clone_from(changed);
        }
        if deeper && statement.wordings.is_empty() {
            self.pending.push((statement.level, self.found.len(), unclear));
        } else {
            self.found.push(unclear);
        }
    }

    /// Whether what stands here changes another act: the title says so, or a statement does and names the act.
    fn is_amending(&self, above: &Context<'_>, own: &Context<'_>) -> bool {
        self.titled.amends || [above, own].into_iter().any(|context| context.announces && context.act.is_some())
    }

    /// The same, where the verb is none that instructions have: the title may have such a one, or the act that is named is
    /// amended elsewhere.
    fn changes(&self, above: &Context<'_>, own: &Context<'_>) -> bool {
        let amended = |act: &Act| match &act.target {
            Target::Act { number: Some(number), .. } => self.amended.contains(number.as_str()),
            _ => false,
        };
        self.is_amending(above, own)
            || self.titled.changed.is_some()
            || [above, own].into_iter().any(|context| context.act.as_ref().is_some_and(amended))
    }

    /// Whether nothing is missing that the operations need.
    fn is_complete(&self, statement: &Statement<'_>, drafts: &[Draft]) -> bool {
        let worded = drafts.iter().any(|draft| draft.is_worded());
        if !worded {
            return statement.wordings.is_empty();
        }
        !statement.wordings.is_empty() && statement.closed
    }

    /// Tells the statements that stand over others and have no instruction below them.
    fn settle(&mut self, level: Option<Level>) {
        while self.pending.last().is_some_and(|(open, _, _)| level.is_none_or(|level| *open >= level)) {
            let Some((_, count, instruction)) = self.pending.pop() else { break };
            if self.found.len() == count {
                self.found.push(instruction);
            }
        }
    }

    fn understood(&mut self, statement: &Statement<'_>, drafts: Vec<Draft>, above: &Context<'_>) {
        let expected: Option<Vec<Expected>> =
            drafts.iter().filter(|draft| draft.is_worded()).map(|draft| Expected::of(&draft.operation)).collect();
        let parts = expected.and_then(|expected| parted(self.text, &statement.wordings, &expected));
        let whole = statement.wordings.first().zip(statement.wordings.last()).map(|(first, last)| (first.0, last.1));
        let differs = parts.is_none();
        let mut parts = parts.unwrap_or_default().into_iter();
        for draft in drafts {
            let needs = draft.is_worded();
            let Draft { operation, act, attached } = draft;
            let wording = match &operation {
                _ if needs => parts.next().or(whole),
                Operation::Replace { at } if attached => {
                    let number = at.provision.as_deref().and_then(|id| id.strip_prefix("att_"));
                    appendix::attached(&self.act.nodes, number)
                }
                _ => None,
            };
            let operation = match operation {
                operation if needs && differs => Operation::Unclear {
                    reason: Unread::NumberingDiffers,
                    provisions: place_of(&operation).into_iter().collect(),
                },
                operation if attached && wording.is_none() => {
                    Operation::Unclear { reason: Unread::Appendix, provisions: place_of(&operation).into_iter().collect() }
                }
                operation => operation,
            };
            let act = act.or_else(|| above.act.clone()).map_or(unnamed(), |act| act.target);
            let (eid, span) = (statement.eid.to_owned(), statement.span);
            self.found.push(Instruction { eid, span, act, operation, wording });
        }
    }

    /// Instructions inside sentences that say more: `… có hiệu lực từ ngày … và bãi bỏ khoản 2 Điều 3 Nghị định …`.
    fn within_sentences(&mut self) {
        let mut spans: Vec<(usize, usize)> = self.found.iter().map(|found| found.span).collect();
        spans.sort_unstable();
        let provisions: Vec<(usize, usize)> =
            self.act.nodes.iter().filter(|node| node.kind.is_provision()).map(|node| node.span).collect();
        let headings: Vec<(usize, usize)> =
            walk(&self.act.nodes).filter(|node| node.kind == Kind::Heading).map(|node| node.span).collect();
        let within = |spans: &[(usize, usize)], at: usize| {
            let after = spans.partition_point(|(from, _)| *from <= at);
            after.checked_sub(1).and_then(|last| spans.get(last)).is_some_and(|(_, to)| at < *to)
        };
        for citation in &self.act.citations {
            let changes = matches!(citation.relation, Relation::Amends | Relation::Supplements | Relation::Repeals);
            let names = citation.number.is_some() || citation.title.is_some();
            if !changes || !names || citation.provisions.is_empty() || !within(&provisions, citation.span.0) {
                continue;
            }
            if within(&spans, citation.span.0) || within(&headings, citation.span.0) {
                continue;
            }
            let operation = Operation::Unclear { reason: Unread::WithinSentence, provisions: citation.provisions.clone() };
            let (eid, span, act) = (citation.eid.clone(), citation.span, citation.target.clone());
            self.found.push(Instruction { eid, span, act, operation, wording: None });
        }
    }
}

/// The provisions that a statement names, with the article that is named above; those whose article is not told are left out.
fn named(above: &Context<'_>, own: &Context<'_>) -> Vec<String> {
    let complete = |place: &Provision<'_>| {
        let eid = place.eid(&Here::default())?;
        if !is_partial(&eid) {
            return Some(eid);
        }
        let mut whole = *place;
        above.complete(&mut whole).ok()?;
        whole.eid(&Here::default()).filter(|eid| !is_partial(eid))
    };
    own.places.iter().filter_map(complete).collect()
}

fn unnamed() -> Target {
    Target::Unresolved { reason: "document_not_named" }
}

fn place_of(operation: &Operation) -> Option<String> {
    match operation {
        Operation::Replace { at } | Operation::Insert { at, .. } | Operation::Repeal { at } => at.provision.clone(),
        _ => None,
    }
}

fn unclear(
    statement: &Statement<'_>,
    above: &Context<'_>,
    own: &Context<'_>,
    (reason, provisions): (Unread, Vec<String>),
) -> Instruction {
    let act = own.act.as_ref().or(above.act.as_ref()).map_or(unnamed(), |act| act.target.clone());
    let wording = statement.wordings.first().zip(statement.wordings.last()).map(|(first, last)| (first.0, last.1));
    let operation = Operation::Unclear { reason, provisions };
    Instruction { eid: statement.eid.to_owned(), span: statement.span, act, operation, wording }
}
