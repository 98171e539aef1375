//! What an index is told about the language, as data.

use crate::words::{Form, forms};
use std::collections::BTreeMap;

/// How an index reads texts and queries. An index made with other settings is of another form.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    pub(crate) abbreviations: Vec<Abbreviation>,
}

/// A short form and what it stands for; who looks for one finds the other.
#[derive(Debug, Clone)]
pub(crate) struct Abbreviation {
    /// One word.
    pub(crate) short: Form,
    /// Two words or more.
    pub(crate) long: Vec<Form>,
    /// Both as they are written.
    pub(crate) written: (String, String),
}

/// Why settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// It is no JSON object of texts.
    #[error("abbreviations are one JSON object, each name an abbreviation, each value what it stands for: {0}")]
    Form(#[from] serde_json::Error),
    /// An abbreviation is not one word, or stands for less than two.
    #[error("the abbreviation {0:?} has to be one word that stands for two words or more")]
    Words(String),
}

impl Settings {
    /// Reads abbreviations: `{"UBND": "ủy ban nhân dân", …}`; a name that begins with `$` is a remark.
    pub fn parse(json: &str) -> Result<Self, SettingsError> {
        let read: BTreeMap<String, String> = serde_json::from_str(json)?;
        let mut abbreviations = Vec::with_capacity(read.len());
        for (short, long) in read.into_iter().filter(|(short, _)| !short.starts_with('$')) {
            let (mut one, many) = (forms(&short), forms(&long));
            match (one.pop(), one.is_empty(), many.len()) {
                (Some(word), true, 2..) => {
                    abbreviations.push(Abbreviation { short: word, long: many, written: (short, long) });
                }
                _ => return Err(SettingsError::Words(short)),
            }
        }
        // The longest first: what contains another is found before it.
        abbreviations.sort_by_key(|abbreviation| std::cmp::Reverse(abbreviation.long.len()));
        Ok(Self { abbreviations })
    }

    /// What a word stands for.
    pub(crate) fn long(&self, folded: &str) -> Option<&[Form]> {
        let known = self.abbreviations.iter().find(|abbreviation| abbreviation.short.folded == folded)?;
        Some(&known.long)
    }

    /// Tells these settings from others.
    pub(crate) fn fingerprint(&self) -> String {
        let lines = self.abbreviations.iter().map(|one| format!("{}={}\n", one.written.0, one.written.1));
        lines.collect()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn abbreviations_are_read_and_faults_are_named() {
        let settings = Settings::parse(r#"{"$comment": "x", "UBND": "Ủy ban nhân dân"}"#).unwrap();
        let long: Vec<&str> = settings.long("ubnd").unwrap().iter().map(|form| form.folded.as_str()).collect();
        assert_eq!(long, ["uy", "ban", "nhan", "dan"]);
        for wrong in [r#"{"U B": "ủy ban"}"#, r#"{"UB": "ủy"}"#, r#"{"": "ủy ban"}"#] {
            assert!(matches!(Settings::parse(wrong), Err(SettingsError::Words(_))), "{wrong}");
        }
        assert!(matches!(Settings::parse("[]"), Err(SettingsError::Form(_))));
    }
}
