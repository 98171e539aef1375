//! Where the acts are that a text cites.

use kernel::text::name_key;
use legal_text::{Citation, Target};
use std::collections::HashMap;

/// The paths of acts by number and by name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Places {
    by_number: HashMap<String, String>,
    by_title: HashMap<String, String>,
}

impl Places {
    /// The places of acts: numbers, names and path of each.
    pub fn of<const N: usize>(acts: impl Iterator<Item = ([Option<String>; N], [Option<String>; N], String)>) -> Self {
        let mut places = Self::default();
        for (numbers, titles, path) in acts {
            for number in numbers.into_iter().flatten() {
                places.by_number.entry(name_key(&number)).or_insert_with(|| path.clone());
            }
            for title in titles.into_iter().flatten() {
                places.by_title.entry(name_key(&title)).or_insert_with(|| path.clone());
            }
        }
        places
    }

    /// The path of what a citation means: of the act, or of the provision where it names just one.
    pub fn of_citation(&self, citation: &Citation) -> Option<String> {
        let Target::Act { number, title, .. } = &citation.target else { return None };
        let known = |places: &HashMap<String, String>, name: &Option<String>| places.get(&name_key(name.as_ref()?)).cloned();
        let path = known(&self.by_number, number).or_else(|| known(&self.by_title, title))?;
        Some(match citation.provisions.as_slice() {
            [one] if path.starts_with("/eli/") => format!("{path}~{one}"),
            _ => path,
        })
    }
}
