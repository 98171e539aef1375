//! What a query may cost, counted over the parsed document before anything runs.

use crate::problem::Problem;
use async_graphql::Variables;
use async_graphql::parser::types::{ExecutableDocument, Field, Selection, SelectionSet};
use async_graphql_value::{ConstValue, Value};
use kernel::PageRequest;

/// The deepest nesting; GraphiQL's introspection query needs 15.
const MAX_DEPTH: u32 = 15;
/// The most fields that may be resolved, a list counted once for each row it may have.
const MAX_COST: u64 = 10_000;
/// The most aliases.
const MAX_ALIASES: u32 = 50;
/// The most selections looked at, fragments counted wherever they are spread.
const MAX_LOOKS: u32 = 20_000;

/// Refuses a document of which an operation is too deep, too wide or has too many aliases.
pub(crate) fn check(document: &ExecutableDocument, variables: &Variables) -> Result<(), Problem> {
    let mut visitor = Visitor { document, variables, aliases: 0, looks: 0 };
    for (_, operation) in document.operations.iter() {
        visitor.cost(&operation.node.selection_set.node, 1)?;
    }
    Ok(())
}

struct Visitor<'a> {
    document: &'a ExecutableDocument,
    variables: &'a Variables,
    aliases: u32,
    looks: u32,
}

impl Visitor<'_> {
    fn cost(&mut self, set: &SelectionSet, depth: u32) -> Result<u64, Problem> {
        let mut cost: u64 = 0;
        for selection in &set.items {
            self.looks += 1;
            if self.looks > MAX_LOOKS {
                return Err(too_complex("quá nhiều trường", "too many fields"));
            }
            cost = cost.saturating_add(match &selection.node {
                Selection::Field(field) => self.field(&field.node, depth)?,
                Selection::InlineFragment(fragment) => self.cost(&fragment.node.selection_set.node, depth)?,
                Selection::FragmentSpread(spread) => match self.document.fragments.get(&spread.node.fragment_name.node) {
                    // A fragment that spreads itself gets deeper with every turn.
                    Some(fragment) => self.spread(&fragment.node.selection_set.node, depth)?,
                    None => 0,
                },
            });
        }
        if cost > MAX_COST {
            return Err(too_complex(&format!("chi phí trên {MAX_COST}"), &format!("it costs more than {MAX_COST}")));
        }
        Ok(cost)
    }

    fn spread(&mut self, set: &SelectionSet, depth: u32) -> Result<u64, Problem> {
        self.looks += 1;
        self.cost(set, depth)
    }

    fn field(&mut self, field: &Field, depth: u32) -> Result<u64, Problem> {
        if depth > MAX_DEPTH {
            return Err(too_complex(&format!("sâu quá {MAX_DEPTH} tầng"), &format!("it is deeper than {MAX_DEPTH}")));
        }
        if field.alias.is_some() {
            self.aliases += 1;
            if self.aliases > MAX_ALIASES {
                return Err(too_complex(&format!("quá {MAX_ALIASES} bí danh"), &format!("more than {MAX_ALIASES} aliases")));
            }
        }
        let children = self.cost(&field.selection_set.node, depth + 1)?;
        Ok(1 + self.rows(field).saturating_mul(children))
    }

    /// How many rows a field may have: what `first` or `last` says; a connection without them has
    /// the default size.
    fn rows(&self, field: &Field) -> u64 {
        let asked = field.arguments.iter().filter(|(name, _)| matches!(name.node.as_str(), "first" | "last"));
        let counts = asked.filter_map(|(_, value)| match &value.node {
            Value::Number(count) => count.as_u64(),
            Value::Variable(name) => match self.variables.get(name) {
                Some(ConstValue::Number(count)) => count.as_u64(),
                _ => Some(PageRequest::MAX_SIZE.into()),
            },
            _ => None,
        });
        let has_edges = field.selection_set.node.items.iter().any(|selection| match &selection.node {
            Selection::Field(inner) => inner.node.name.node == "edges",
            Selection::InlineFragment(_) | Selection::FragmentSpread(_) => false,
        });
        let default = if has_edges { PageRequest::DEFAULT_SIZE.into() } else { 1 };
        counts.max().unwrap_or(default).max(1)
    }
}

fn too_complex(vi: &str, en: &str) -> Problem {
    Problem::malformed("query_too_complex", format!("Truy vấn quá phức tạp: {vi}."), format!("The query is too complex: {en}."))
}
