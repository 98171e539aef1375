//! What a query may cost, counted over the parsed document before anything runs.

use super::search;
use crate::problem::Problem;
use async_graphql::Variables;
use async_graphql::parser::types::{ExecutableDocument, Field, Selection, SelectionSet};
use async_graphql_value::{ConstValue, Value};
use kernel::PageRequest;

/// The longest query, in bytes.
pub(crate) const MAX_LENGTH: usize = 64 << 10;
/// The deepest nesting; GraphiQL's introspection query needs 15.
const MAX_DEPTH: u32 = 15;
/// The most fields that may be resolved, a list counted once for each row it may have.
const MAX_COST: u64 = 10_000;
/// Parts that are worked out when they are asked for, and what one of them costs.
const WORKED_OUT: [(&str, u64); 4] = [("comparison", 200), ("structure", 200), ("text", 200), ("versions", 100)];
/// The most aliases.
const MAX_ALIASES: u32 = 50;
/// The deepest nesting of selections, fragments included.
const MAX_NESTING: u32 = 60;
/// The most selections looked at, fragments counted wherever they are spread.
const MAX_LOOKS: u32 = 20_000;

/// Refuses a document of which an operation is too deep, too wide or has too many aliases.
pub(crate) fn check(document: &ExecutableDocument, variables: &Variables) -> Result<(), Problem> {
    let mut visitor = Visitor { document, variables, aliases: 0, looks: 0 };
    for (_, operation) in document.operations.iter() {
        visitor.cost(&operation.node.selection_set.node, Level { depth: 1, nesting: 1 })?;
    }
    Ok(())
}

/// How deep the visitor is.
#[derive(Clone, Copy)]
struct Level {
    /// In fields.
    depth: u32,
    /// In selections of any kind.
    nesting: u32,
}

struct Visitor<'a> {
    document: &'a ExecutableDocument,
    variables: &'a Variables,
    aliases: u32,
    looks: u32,
}

impl Visitor<'_> {
    fn cost(&mut self, set: &SelectionSet, at: Level) -> Result<u64, Problem> {
        // A fragment that spreads itself gets no deeper in fields, but it nests without end.
        if at.nesting > MAX_NESTING {
            return Err(too_complex("quá nhiều mảnh lồng nhau", "its fragments nest too deep"));
        }
        let inner = Level { nesting: at.nesting + 1, ..at };
        let mut cost: u64 = 0;
        for selection in &set.items {
            self.looks += 1;
            if self.looks > MAX_LOOKS {
                return Err(too_complex("quá nhiều trường", "too many fields"));
            }
            cost = cost.saturating_add(match &selection.node {
                Selection::Field(field) => self.field(&field.node, inner)?,
                Selection::InlineFragment(fragment) => self.cost(&fragment.node.selection_set.node, inner)?,
                Selection::FragmentSpread(spread) => match self.document.fragments.get(&spread.node.fragment_name.node) {
                    Some(fragment) => self.cost(&fragment.node.selection_set.node, inner)?,
                    None => 0,
                },
            });
        }
        if cost > MAX_COST {
            return Err(too_complex(&format!("chi phí trên {MAX_COST}"), &format!("it costs more than {MAX_COST}")));
        }
        Ok(cost)
    }

    fn field(&mut self, field: &Field, at: Level) -> Result<u64, Problem> {
        if at.depth > MAX_DEPTH {
            return Err(too_complex(&format!("sâu quá {MAX_DEPTH} tầng"), &format!("it is deeper than {MAX_DEPTH}")));
        }
        if field.alias.is_some() {
            self.aliases += 1;
            if self.aliases > MAX_ALIASES {
                return Err(too_complex(&format!("quá {MAX_ALIASES} bí danh"), &format!("more than {MAX_ALIASES} aliases")));
            }
        }
        let children = self.cost(&field.selection_set.node, Level { depth: at.depth + 1, ..at })?;
        // A plain field may have the name of a part, and one further down that of a search.
        let name = field.name.node.as_str();
        let is_part = !field.selection_set.node.items.is_empty();
        let searched = search::COSTS.iter().find(|(known, ..)| at.depth == 1 && *known == name);
        let part = WORKED_OUT.iter().find(|(known, _)| is_part && at.depth > 1 && *known == name);
        let own = searched.map(|(_, cost, _)| *cost).or(part.map(|(_, cost)| *cost)).unwrap_or(1);
        Ok(own + self.rows(field, searched.map_or(1, |(.., rows)| *rows)).saturating_mul(children))
    }

    /// How many rows a field may have: what `first` or `last` says; a connection without them has
    /// the default size, another field `default`.
    fn rows(&self, field: &Field, default: u32) -> u64 {
        let asked = field.arguments.iter().filter(|(name, _)| matches!(name.node.as_str(), "first" | "last"));
        let counts = asked.filter_map(|(_, value)| match &value.node {
            Value::Number(count) => count.as_u64(),
            Value::Variable(name) => match self.variables.get(name) {
                Some(ConstValue::Number(count)) => count.as_u64(),
                _ => Some(PageRequest::MAX_SIZE.into()),
            },
            _ => None,
        });
        let default = if self.has_edges(&field.selection_set.node, 0) { PageRequest::DEFAULT_SIZE } else { default };
        counts.max().unwrap_or(default.into()).max(1)
    }

    /// Whether a selection is that of a connection, also by way of fragments.
    fn has_edges(&self, set: &SelectionSet, nesting: u32) -> bool {
        // Five fragments deep it is taken for one: rather too dear than too cheap.
        nesting >= 5
            || set.items.iter().any(|selection| match &selection.node {
                Selection::Field(inner) => inner.node.name.node == "edges",
                Selection::InlineFragment(fragment) => self.has_edges(&fragment.node.selection_set.node, nesting + 1),
                Selection::FragmentSpread(spread) => match self.document.fragments.get(&spread.node.fragment_name.node) {
                    Some(fragment) => self.has_edges(&fragment.node.selection_set.node, nesting + 1),
                    None => false,
                },
            })
    }
}

/// The problem of a query that is over [`MAX_LENGTH`].
pub(crate) fn too_long() -> Problem {
    too_complex(&format!("dài quá {MAX_LENGTH} byte"), &format!("it is longer than {MAX_LENGTH} bytes"))
}

fn too_complex(vi: &str, en: &str) -> Problem {
    Problem::malformed("query_too_complex", format!("Truy vấn quá phức tạp: {vi}."), format!("The query is too complex: {en}."))
}
