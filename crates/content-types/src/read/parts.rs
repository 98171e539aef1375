//! Parts of stored data.

use crate::definition::Definition;
use crate::field::FieldDef;
use kernel::Row;

impl Definition {
    /// Parts data into what lists send and what they leave out.
    pub fn split(&self, data: Row) -> (Row, Row) {
        let heavy = self.heavy();
        let (left_out, light): (Vec<_>, Vec<_>) = data.into_iter().partition(|(name, _)| heavy.contains(&name.as_str()));
        (light.into_iter().collect(), left_out.into_iter().collect())
    }

    /// The values that all languages of an entry share, companions included.
    pub fn shared(&self, data: &Row) -> Row {
        let names = self.fields.iter().filter(|field| !field.localizable).flat_map(FieldDef::stored_names);
        names.filter_map(|name| Some((name.clone(), data.get(name)?.clone()))).collect()
    }
}
