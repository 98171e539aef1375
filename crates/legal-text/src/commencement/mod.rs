//! When an act and parts of it take effect, by its own clauses (Luật 64/2025/QH15 Điều 53).

mod clause;
mod exceptions;
mod leaf;

use crate::doc_type::DocType;
use crate::header::iso_day;
use crate::node::Node;
use crate::parse::LegalText;
use clause::{Clause, clause};
use leaf::{Leaf, leaves};
use serde::Serialize;
use time::Date;

/// What the clauses of an act say of the days on which it takes effect.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Commencement {
    /// The day of the act as a whole.
    #[serde(serialize_with = "iso_day::serialize")]
    pub day: Option<Date>,
    /// The id of the provision that states it.
    pub provision: Option<String>,
    /// Parts of the act that take effect on other days, in the order of the text.
    pub parts: Vec<PartCommencement>,
    /// Whether the text speaks of exceptions, or of days of parts, that were not read.
    pub exceptions_unread: bool,
}

/// Provisions of an act that take effect on a day of their own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PartCommencement {
    /// The provisions, as ids without what groups articles.
    pub provisions: Vec<String>,
    /// Their day.
    #[serde(serialize_with = "print")]
    pub from: Date,
    /// The id of the provision that states it.
    pub provision: String,
}

fn print<S: serde::Serializer>(day: &Date, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(day)
}

impl Commencement {
    /// The day on which a provision takes effect, where it is another than that of the act as a whole. What is issued with
    /// the act has the day of the act.
    pub fn day_of(&self, eid: &str) -> Option<Date> {
        let short = Some(exceptions::short(eid)).filter(|_| !eid.starts_with("att"))?;
        let lies_in = |part: &&PartCommencement| part.provisions.iter().any(|provision| exceptions::holds(provision, short));
        self.parts.iter().find(lies_in).map(|part| part.from)
    }
}

/// Reads when an act takes effect.
///
/// `read` is what [`parse`](crate::parse) reads in `text`, which may be that of any version of the act: a later act may have
/// changed the clause, and then the day is that of the clause as it stands in the version. What is quoted for another act and
/// what is issued with the act say nothing of it. Pure; only paragraphs that speak of effect are read.
pub fn commencement(text: &str, read: &LegalText) -> Commencement {
    let kind = read.header.doc_type.as_deref().and_then(DocType::by_slug);
    let Some(kind) = kind.filter(|kind| kind.slug != "van-ban-hop-nhat") else { return Commencement::default() };
    let own: Vec<Leaf<'_>> = leaves(text, &read.nodes);
    let clauses: Vec<Clause> = own.iter().map(|leaf| clause(leaf, kind.name, read.header.issued_on)).collect();
    let states = |in_article: bool| {
        let mut leaves = clauses.iter().zip(&own).filter(|(_, leaf)| leaf.article().is_some() == in_article);
        leaves.find_map(|(clause, leaf)| Some((clause.whole?, leaf)))
    };
    let stated = states(true).or_else(|| states(false));
    let Some((day, leaf)) = stated else { return Commencement::default() };
    let mut found = Commencement { day: Some(day), provision: Some(leaf.provision.to_owned()), ..Commencement::default() };
    let closing = leaf.article();
    for (at, (clause, leaf)) in clauses.iter().zip(&own).enumerate() {
        let is_closing = leaf.article() == closing;
        // Elsewhere only what surely speaks of provisions of this act is heard.
        let parts = clause.parts.iter().filter(|part| is_closing || part.is_sure);
        found.parts.extend(parts.map(|part| PartCommencement {
            provisions: part.provisions.clone(),
            from: part.from,
            provision: leaf.provision.to_owned(),
        }));
        found.exceptions_unread |= is_closing && clause.unread;
        if let Some(from) = clause.listed.filter(|_| is_closing) {
            let below = clauses.iter().zip(&own).skip(at + 1).take_while(|(_, other)| other.lies_in(leaf));
            let named = below.filter(|(other, _)| other.parts.is_empty() && !other.named.is_empty());
            found.parts.extend(named.map(|(other, at)| PartCommencement {
                provisions: other.named.clone(),
                from,
                provision: at.provision.to_owned(),
            }));
        }
    }
    found.exceptions_unread |= exceptions::unread(&clauses, &found);
    found
}

/// The provision around a leaf, which may be one itself.
fn is_provision(node: &Node) -> bool {
    node.kind.is_provision() && !node.kind.groups_articles()
}

#[cfg(test)]
mod tests;
