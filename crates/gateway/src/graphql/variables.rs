//! Variables that are not given: an entry of an input object whose value is such a variable counts
//! as not given either, as GraphQL has it, so that a patch leaves the field as it is.

use async_graphql::Variables;
use async_graphql::parser::types::{
    Directive, DocumentOperations, ExecutableDocument, OperationDefinition, Selection, SelectionSet,
};
use async_graphql::{Name, Positioned};
use async_graphql_value::Value;
use std::collections::HashSet;

/// Takes what hangs on variables that are neither given nor have a default out of the document, for
/// the operation that will run.
pub(crate) fn leave_out_absent(document: &mut ExecutableDocument, operation: Option<&str>, variables: &Variables) {
    let Some(running) = running(document, operation) else { return };
    let absent: HashSet<Name> = running
        .variable_definitions
        .iter()
        .map(|definition| &definition.node)
        .filter(|definition| definition.default_value.is_none() && definition.var_type.node.nullable)
        .map(|definition| definition.name.node.clone())
        .filter(|name| !variables.contains_key(name))
        .collect();
    if absent.is_empty() {
        return;
    }
    let mut pruning = Pruning { absent: &absent, kept: HashSet::new() };
    pruning.selections(&mut running.selection_set.node);
    for fragment in document.fragments.values_mut() {
        pruning.selections(&mut fragment.node.selection_set.node);
    }
    let kept = pruning.kept;
    if let Some(running) = self::running(document, operation) {
        running.variable_definitions.retain(|definition| {
            let name = &definition.node.name.node;
            !absent.contains(name) || kept.contains(name)
        });
    }
}

fn running<'a>(document: &'a mut ExecutableDocument, operation: Option<&str>) -> Option<&'a mut OperationDefinition> {
    match &mut document.operations {
        DocumentOperations::Single(single) => Some(&mut single.node),
        DocumentOperations::Multiple(several) => {
            several.iter_mut().find(|(name, _)| Some(name.as_str()) == operation).map(|(_, found)| &mut found.node)
        }
    }
}

struct Pruning<'a> {
    absent: &'a HashSet<Name>,
    /// Absent variables that are still used, in lists and directives, where they are null.
    kept: HashSet<Name>,
}

impl Pruning<'_> {
    fn selections(&mut self, set: &mut SelectionSet) {
        for selection in &mut set.items {
            match &mut selection.node {
                Selection::Field(field) => {
                    self.entries(&mut field.node.arguments);
                    self.directives(&field.node.directives);
                    self.selections(&mut field.node.selection_set.node);
                }
                Selection::InlineFragment(fragment) => {
                    self.directives(&fragment.node.directives);
                    self.selections(&mut fragment.node.selection_set.node);
                }
                Selection::FragmentSpread(spread) => self.directives(&spread.node.directives),
            }
        }
    }

    fn directives(&mut self, directives: &[Positioned<Directive>]) {
        for (_, value) in directives.iter().flat_map(|directive| &directive.node.arguments) {
            self.note(&value.node);
        }
    }

    fn entries(&mut self, arguments: &mut Vec<(Positioned<Name>, Positioned<Value>)>) {
        arguments.retain_mut(|(_, value)| self.value(&mut value.node));
    }

    /// Prunes a value; `false` when it is itself an absent variable.
    fn value(&mut self, value: &mut Value) -> bool {
        match value {
            Value::Variable(name) => !self.absent.contains(name),
            Value::Object(entries) => {
                let names: Vec<Name> = entries.keys().cloned().collect();
                for name in names {
                    if entries.get_mut(&name).is_some_and(|entry| !self.value(entry)) {
                        entries.shift_remove(&name);
                    }
                }
                true
            }
            Value::List(items) => {
                for item in items {
                    if !self.value(item) {
                        self.note(item);
                    }
                }
                true
            }
            _ => true,
        }
    }

    fn note(&mut self, value: &Value) {
        match value {
            Value::Variable(name) if self.absent.contains(name) => {
                self.kept.insert(name.clone());
            }
            Value::Object(entries) => entries.values().for_each(|entry| self.note(entry)),
            Value::List(items) => items.iter().for_each(|item| self.note(item)),
            _ => {}
        }
    }
}
