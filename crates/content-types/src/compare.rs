//! What a new definition changes.

use crate::definition::Definition;
use crate::field::FieldDef;
use crate::form;
use crate::loosening;
use crate::stage::Stage;

/// The difference between two definitions of one content type.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Changes {
    /// Fields that were not there.
    pub added: Vec<String>,
    /// Fields that are no longer there.
    pub removed: Vec<String>,
    /// Fields that lists can now be filtered or sorted by, or whose values are kept in another column.
    pub newly_indexed: Vec<String>,
    /// Fields that lists can no longer be filtered or sorted by.
    pub no_longer_indexed: Vec<String>,
    /// Whether the words or the title of an entry are found otherwise, so that entries have to be indexed again.
    pub search: bool,
    /// Stages that entries may stand in and that are no more.
    pub removed_stages: Vec<Stage>,
    /// Whether an entry that was valid may no longer be, so that entries have to be checked again.
    pub stricter: bool,
}

/// Compares a definition with the one that takes its place.
pub fn compare(old: &Definition, new: &Definition) -> Changes {
    let absent = |from: &Definition, field: &&FieldDef| from.field(&field.name).is_none();
    let added: Vec<&FieldDef> = new.fields.iter().filter(|field| absent(old, field)).collect();
    let removed: Vec<&FieldDef> = old.fields.iter().filter(|field| absent(new, field)).collect();
    let column = |of: &Definition, name: &str| of.field(name).and_then(FieldDef::index_column);
    let indexed = |field: &&FieldDef| {
        field.index_column().is_some_and(|now| column(old, &field.name) != Some(now)) || became_list(old, field)
    };
    let dropped = |field: &&FieldDef| field.index_column().is_some() && column(new, &field.name).is_none();
    let kept = || new.fields.iter().filter_map(|now| Some((old.field(&now.name)?, now)));
    Changes {
        stricter: !removed.is_empty() || added.iter().any(|field| demands(field)) || kept().any(|(was, now)| tightened(was, now)),
        search: old.display != new.display || searched(old) != searched(new) || kept().any(|(was, now)| reworded(was, now)),
        newly_indexed: names(new.fields.iter().filter(indexed)),
        no_longer_indexed: names(old.fields.iter().filter(dropped)),
        removed_stages: old.stages.iter().copied().filter(|stage| !new.stages.contains(stage)).collect(),
        added: names(added.into_iter()),
        removed: names(removed.into_iter()),
    }
}

fn names<'a>(fields: impl Iterator<Item = &'a FieldDef>) -> Vec<String> {
    fields.map(|field| field.name.clone()).collect()
}

/// Whether an indexed field became a list or stopped being one.
fn became_list(old: &Definition, field: &FieldDef) -> bool {
    field.index_column().is_some() && old.field(&field.name).is_some_and(|was| was.many != field.many)
}

fn demands(field: &FieldDef) -> bool {
    field.required || field.required_to_publish
}

/// Whether a value that was valid may no longer be, or is stored otherwise.
fn tightened(was: &FieldDef, now: &FieldDef) -> bool {
    let demanded = (now.required && !was.required) || (demands(now) && !demands(was));
    let shared = was.localizable != now.localizable;
    demanded || shared || !loosening::admits(&form::of_shape(&now.shape), &form::of_shape(&was.shape))
}

fn searched(definition: &Definition) -> Vec<&str> {
    definition.fields.iter().filter(|field| field.searchable).map(|field| field.name.as_str()).collect()
}

/// Whether the words of a searchable field are others: its shape changed, or the labels of its choices.
fn reworded(was: &FieldDef, now: &FieldDef) -> bool {
    now.searchable && (was.kind != now.kind || was.many != now.many || was.choices() != now.choices())
}
