//! Citations: every reference a text makes, with its place, its target and what is done with it.

mod laws;
mod numbers;
mod plain;
mod provisions;
mod relation;
mod scan;
mod target;
mod words;

pub use laws::{Law, law_by_number, laws};
pub use relation::Relation;
pub use target::Target;

use crate::header::{Header, iso_day};
use crate::node::{Kind, Node};
use plain::Plain;
use provisions::Context;
use scan::{Act, Found};
use serde::Serialize;
use std::sync::Arc;
use time::Date;

/// One reference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Citation {
    /// Where it stands: from its first word to its number or date.
    pub span: (usize, usize),
    /// It in one line, without marks.
    pub text: String,
    /// The number of the cited act, where it is printed here.
    pub number: Option<String>,
    /// The title of a law that is cited by it, without the name of the kind.
    pub title: Option<String>,
    /// The day of issue, where it is printed here.
    #[serde(serialize_with = "iso_day::serialize")]
    pub issued_on: Option<Date>,
    /// The provisions, as ids without what groups articles; none where the whole act is meant.
    pub provisions: Vec<String>,
    /// What is done with the cited act here.
    pub relation: Relation,
    /// Whether that is done to the whole act, not to some of its provisions.
    pub whole: bool,
    /// The day from which that is done, where the text names one beside the citation.
    #[serde(serialize_with = "iso_day::serialize")]
    pub from: Option<Date>,
    /// The first day on which it no longer is.
    #[serde(serialize_with = "iso_day::serialize")]
    pub until: Option<Date>,
    /// The act that is meant.
    pub target: Target,
    /// The id of the node it stands in.
    pub eid: String,
}

/// Finds the citations of a text whose header and structure are known.
pub(crate) fn citations(text: &str, header: &Header, nodes: &[Node]) -> Vec<Citation> {
    let mut finder = Finder { text, header, found: Vec::new(), amended: None, whole: None };
    for node in nodes.iter().filter(|node| !is_outside(node, nodes)) {
        finder.visit(node, &Scope::default());
    }
    finder.found
}

/// Text beside the act: lists of related acts before its header or after its end, a translation.
fn is_outside(node: &Node, nodes: &[Node]) -> bool {
    let header = nodes.iter().find(|node| node.kind == Kind::Header);
    let end = nodes
        .iter()
        .filter(|node| matches!(node.kind, Kind::Signature | Kind::Recipients | Kind::Attachment))
        .map(|node| node.span.1)
        .min();
    let before = header.is_some_and(|header| node.span.0 < header.span.0);
    node.kind == Kind::Text && (before || end.is_some_and(|end| node.span.0 >= end))
}

struct Finder<'t> {
    text: &'t str,
    header: &'t Header,
    found: Vec<Citation>,
    /// The act that the article amends in which the finder is.
    amended: Option<Arc<Target>>,
    /// The act that this act amends as a whole, by its title.
    whole: Option<Arc<Target>>,
}

/// What holds of a node by where it stands.
#[derive(Debug, Clone, Default)]
struct Scope {
    context: Context,
    zone: Zone,
    /// What an introduction that ends with a colon does to what is listed below it.
    governs: Option<Relation>,
    quoted: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Zone {
    Header,
    Preamble,
    #[default]
    Provisions,
}

impl<'t> Finder<'t> {
    fn visit(&mut self, node: &Node, outer: &Scope) {
        let mut scope = outer.clone();
        let own = node.num.as_deref().map(crate::structure::id_number);
        match node.kind {
            Kind::Header => scope.zone = Zone::Header,
            Kind::Preamble => scope.zone = Zone::Preamble,
            Kind::Attachment | Kind::Appendix => {
                scope.context = Context { attachment: Some(node.eid.clone()), ..Context::default() };
                scope.governs = None;
                self.amended = None;
            }
            Kind::Chapter => scope.context.chapter = node.eid.rsplit("__").next().map(str::to_owned),
            Kind::Section => scope.context.section = node.eid.rsplit("__").next().map(str::to_owned),
            Kind::Article => {
                scope.context.article = own;
                scope.context.clause = None;
                self.amended = None;
            }
            Kind::Clause => scope.context.clause = own,
            Kind::Point => scope.context.point = own,
            Kind::Quoted => scope.quoted = true,
            Kind::Recipients | Kind::Signature => return,
            _ => {}
        }
        if node.is_leaf() {
            self.leaf(node, &mut scope);
            return;
        }
        for child in &node.children {
            if child.is_leaf() {
                let mut inner = scope.clone();
                self.own_scope(child, &mut inner);
                self.leaf(child, &mut inner);
                if matches!(child.kind, Kind::Heading | Kind::Intro) {
                    scope.governs = inner.governs;
                }
            } else {
                self.visit(child, &scope);
            }
        }
    }

    /// A leaf that is a provision itself is the place that `này` means in it.
    fn own_scope(&mut self, leaf: &Node, scope: &mut Scope) {
        let own = leaf.num.as_deref().map(crate::structure::id_number);
        match leaf.kind {
            Kind::Article => {
                scope.context.article = own;
                scope.context.clause = None;
                self.amended = None;
            }
            Kind::Clause => scope.context.clause = own,
            Kind::Point => scope.context.point = own,
            Kind::Quoted => scope.quoted = true,
            Kind::Appendix | Kind::Attachment => {
                scope.context = Context { attachment: Some(leaf.eid.clone()), ..Context::default() }
            }
            _ => {}
        }
    }

    fn leaf(&mut self, leaf: &Node, scope: &mut Scope) {
        let plain = Plain::of(self.text, leaf.span);
        let found = scan::scan(&plain.text, self.header.issued_on);
        let introduces = matches!(leaf.kind, Kind::Heading | Kind::Intro) && plain.text.trim_end().ends_with(':');
        let lower = if found.is_empty() && !introduces { String::new() } else { crate::lower(&plain.text) };
        // Positions are compared in the lower-cased sentence; where lower case changed its length, only the citations are told.
        let comparable = lower.len() == plain.text.len();
        let mut previous: Option<(usize, Relation)> = None;
        for one in &found {
            if scope.zone == Zone::Header && self.is_own_number(&plain.text, one) || is_label(leaf, &plain.text, one) {
                continue;
            }
            let relation = if comparable { self.relation(&lower, one, scope, previous) } else { Relation::RefersTo };
            previous = Some((one.end, relation));
            let target = target::target((one, plain.text.get(one.end..).unwrap_or_default()), self, scope);
            // An act does nothing to itself: its attachments say what they were issued with.
            let relation = if matches!(target, Target::This { .. }) { Relation::RefersTo } else { relation };
            if matches!(
                relation,
                Relation::Amends | Relation::Supplements | Relation::Repeals | Relation::Replaces | Relation::Corrects
            ) && !scope.quoted
                && matches!(target, Target::Act { .. })
            {
                let target = Arc::new(target.clone());
                if scope.zone == Zone::Header { self.whole = Some(target) } else { self.amended = Some(target) }
            }
            self.found.push(citation(&plain, one, leaf, scope, relation, target));
        }
        if matches!(leaf.kind, Kind::Heading | Kind::Intro) {
            scope.governs = governs(&lower).or(scope.governs.filter(|_| leaf.kind == Kind::Heading));
        }
    }

    /// The number in the letterhead is the act's own.
    fn is_own_number(&self, sentence: &str, one: &Found) -> bool {
        let Act::Numbered { number, .. } = &one.act else { return false };
        let before = crate::lower(sentence.get(..one.start).unwrap_or_default());
        let labelled =
            before.trim_end().is_empty() || before.trim_end().ends_with(['|', ':']) || before.trim_end().ends_with("số");
        self.header.number.as_deref() == Some(number.as_str()) && (labelled || one.provisions.is_empty() && sentence.len() < 80)
    }

    fn relation(&self, lower: &str, one: &Found, scope: &Scope, previous: Option<(usize, Relation)>) -> Relation {
        if scope.quoted {
            return Relation::RefersTo;
        }
        let lead = lower.get(..one.start).unwrap_or_default();
        match scope.zone {
            Zone::Preamble => in_preamble(lower, lead, one, previous),
            Zone::Header => relation::by_lead(lead, previous.map(|(end, _)| end))
                .or_else(|| continued(lower, one, previous))
                .unwrap_or(Relation::RefersTo),
            Zone::Provisions => {
                let statement = statement(lead);
                let from = previous.and_then(|(end, _)| end.checked_sub(lead.len() - statement.len()));
                relation::by_lead(statement, from)
                    .or_else(|| continued(lower, one, previous))
                    .or_else(|| relation::by_tail(lower.get(one.end..).unwrap_or_default()).filter(|_| is_subject(statement)))
                    .or_else(|| scope.governs.filter(|_| statement.split_whitespace().count() <= 12 && previous.is_none()))
                    .filter(|relation| *relation != Relation::Guides || scope.context.article.as_deref() == Some("1"))
                    .unwrap_or(Relation::RefersTo)
            }
        }
    }
}

/// Whether it is what a provision itself begins with: `Điều 1. Phạm vi`.
fn is_label(leaf: &Node, sentence: &str, one: &Found) -> bool {
    let (before, after) = (sentence.get(..one.start).unwrap_or_default(), sentence.get(one.end..).unwrap_or_default());
    matches!(leaf.kind, Kind::Heading | Kind::Article)
        && matches!(one.act, Act::Unnamed)
        && !before.contains(char::is_alphanumeric)
        && (after.trim_start().is_empty() || after.starts_with(['.', ':', '-']) || after.starts_with(" -"))
}

/// The statement that a citation stands in: what came before the last full stop or semicolon is another.
fn statement(lead: &str) -> &str {
    let cut = lead
        .rmatch_indices(['.', ';'])
        .find(|(at, _)| lead.get(at + 1..).is_some_and(|rest| rest.starts_with(' ')))
        .map_or(0, |(at, _)| at + 1);
    lead.get(cut..).unwrap_or(lead)
}

/// Whether a citation is what its sentence speaks of: little stands before it.
fn is_subject(statement: &str) -> bool {
    if ["theo", "tại", "của", "trong", "với", "bởi", "kèm theo"].iter().any(|word| statement.trim_end().ends_with(word))
    {
        return false;
    }
    statement.split_whitespace().count() <= 40 && !statement.contains("ngày ") || statement.split_whitespace().count() <= 14
}

/// A further member of a list shares what is done with the one before it.
fn continued(lower: &str, one: &Found, previous: Option<(usize, Relation)>) -> Option<Relation> {
    let (end, relation) = previous?;
    let between = lower.get(end..one.start)?;
    let joins = between.trim_matches([',', ' ', ';']).is_empty()
        || matches!(between.trim_matches([',', ' ', ';']), "và" | "và các" | "hoặc");
    // `… của Chính phủ quy định về giá; Nghị định số …` goes on in the same statement.
    let listed = between.contains(" và ")
        && !between.contains(". ")
        && between.len() < 400
        && matches!(relation, Relation::Replaces | Relation::Repeals);
    (joins || listed).then_some(relation)
}

/// What an introduction that ends with a colon does to what is listed below it.
fn governs(lower: &str) -> Option<Relation> {
    let sentence = lower.trim_end();
    if !sentence.ends_with(':') {
        return None;
    }
    let ends = ["hết hiệu lực", "bãi bỏ"].iter().any(|words| sentence.contains(words));
    let replaced = sentence.contains("thay thế các");
    let amended = sentence.contains("sửa đổi, bổ sung các") || sentence.contains("sửa đổi các");
    if replaced {
        Some(Relation::Replaces)
    } else if ends {
        Some(Relation::Repeals)
    } else {
        amended.then_some(Relation::Amends)
    }
}

/// In a preamble the acts right after `Căn cứ` are rested on; those in their abstracts are mentioned.
fn in_preamble(lower: &str, lead: &str, one: &Found, previous: Option<(usize, Relation)>) -> Relation {
    let cut = lead.rfind(';').map_or(0, |at| at + 1);
    let rests = lower.trim_start_matches(|c: char| !c.is_alphabetic()).starts_with("căn cứ");
    if !rests {
        return Relation::RefersTo;
    }
    let part = lead.get(cut..).unwrap_or_default().trim();
    let opens = matches!(part.trim_start_matches(|c: char| !c.is_alphabetic()), "" | "căn cứ" | "và" | "các" | "căn cứ các")
        || part == "căn cứ quy định tại"
        || part == "căn cứ vào";
    if opens {
        return Relation::BasedOn;
    }
    match previous {
        Some((end, Relation::BasedOn)) if end >= cut => {
            let between = lower.get(end..one.start).unwrap_or_default();
            if matches!(between.trim_matches([',', ' ', ';']), "" | "và" | "và các") {
                Relation::BasedOn
            } else {
                Relation::RefersTo
            }
        }
        _ => Relation::RefersTo,
    }
}

fn citation(plain: &Plain, one: &Found, leaf: &Node, scope: &Scope, relation: Relation, target: Target) -> Citation {
    let (number, title, issued_on) = match &one.act {
        Act::Numbered { number, issued_on, title, .. } => (Some(number.clone()), title.clone(), *issued_on),
        Act::Titled { title, issued_on, .. } => (None, Some(title.clone()), *issued_on),
        Act::Here(_) | Act::Unnamed => (None, None, None),
    };
    let mut provisions: Vec<String> = one.provisions.iter().filter_map(|provision| provision.eid(&scope.context)).collect();
    provisions.dedup();
    let acts = matches!(relation, Relation::Repeals | Relation::Replaces | Relation::Suspends);
    let tail = if acts { plain.text.get(one.end..).unwrap_or_default() } else { "" };
    let (from, until) = relation::effect(&crate::lower(tail));
    let lead = crate::lower(plain.text.get(..one.start).unwrap_or_default());
    let whole = provisions.is_empty() && !relation::says_part(statement(&lead));
    Citation {
        span: (plain.source(one.start), plain.source_end(one.end)),
        text: plain.text.get(one.start..one.end).unwrap_or_default().to_owned(),
        number,
        title,
        issued_on,
        provisions,
        relation,
        whole,
        from,
        until: until.filter(|_| relation == Relation::Suspends),
        target,
        eid: leaf.eid.clone(),
    }
}
