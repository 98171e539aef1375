//! What became of every text: a line on the terminal, a line in the report, a count.

use super::language;
use super::lines::Wrong;
use crate::Failure;
use documents::{Error, Import};
use kernel::{Fault, Kind, Text};
use serde_json::{Value, json};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::time::Instant;

/// What became of one text.
pub struct Told {
    pub place: Place,
    pub outcome: Outcome,
}

/// Where a text stands.
#[derive(Clone)]
pub struct Place {
    pub file: String,
    /// The line, from 1, where the file has one document a line.
    pub line: Option<usize>,
}

impl Place {
    pub fn print(&self) -> String {
        match self.line {
            Some(line) => format!("{}:{line}", self.file),
            None => self.file.clone(),
        }
    }
}

/// How it ended.
pub enum Outcome {
    Done(Import),
    /// The end of its name, which is none of those that are read.
    Skipped(String),
    Failed(Failed),
}

/// Why a text was not imported.
pub struct Failed {
    /// A stable code where there is one.
    code: Option<&'static str>,
    why: String,
    /// Pointer, code and sentence of every field at fault.
    faults: Vec<(String, &'static str, String)>,
}

impl Failed {
    /// A sentence alone.
    pub fn because(why: &Text) -> Self {
        Self { code: None, why: why.get(language()).to_owned(), faults: Vec::new() }
    }

    /// What a verb refused. Whoever runs the program may know what lies behind a fault of the system.
    pub fn refused(error: &Error) -> Self {
        let faults: Vec<_> =
            error.fields().into_iter().map(|fault| (fault.pointer, fault.code, fault.text.get(language()).to_owned())).collect();
        let text = error.text().get(language()).to_owned();
        let why = match error.kind() {
            Kind::Internal | Kind::Unavailable => format!("{text} ({error})"),
            _ if faults.is_empty() => text,
            _ => faults.iter().map(|(pointer, _, text)| format!("{pointer}: {text}")).collect::<Vec<_>>().join("; "),
        };
        Self { code: Some(error.code()), why, faults }
    }
}

impl From<Wrong> for Failed {
    fn from(wrong: Wrong) -> Self {
        let Wrong { pointer, code, why } = wrong;
        let why = why.get(language()).to_owned();
        let told = if pointer.is_empty() { why.clone() } else { format!("{pointer}: {why}") };
        Self { code: Some(code), why: told, faults: vec![(pointer, code, why)] }
    }
}

/// Counts and tells.
pub struct Report {
    file: Option<BufWriter<File>>,
    counts: Vec<(&'static str, usize)>,
    begun: Instant,
}

impl Report {
    pub fn to(file: Option<&Path>) -> Result<Self, Failure> {
        let file = match file {
            Some(path) => Some(BufWriter::new(File::create(path).map_err(|error| format!("{}: {error}", path.display()))?)),
            None => None,
        };
        Ok(Self { file, counts: Vec::new(), begun: Instant::now() })
    }

    /// Takes note of one text and gives the line for the terminal.
    pub fn tell(&mut self, told: &Told) -> std::io::Result<String> {
        let name = told.outcome.name();
        match self.counts.iter_mut().find(|(known, _)| *known == name) {
            Some((_, count)) => *count += 1,
            None => self.counts.push((name, 1)),
        }
        if let Some(file) = &mut self.file {
            writeln!(file, "{}", told.to_json())?;
        }
        Ok(format!("{name:<10} {}{}", told.place.print(), told.outcome.rest()))
    }

    /// Writes what was told so far, so that it is there whatever comes.
    pub fn flush(&mut self) -> std::io::Result<()> {
        self.file.as_mut().map_or(Ok(()), Write::flush)
    }

    pub fn of(&self, outcome: &str) -> usize {
        self.counts.iter().find(|(known, _)| *known == outcome).map_or(0, |(_, count)| *count)
    }

    /// The last line.
    pub fn summary(&self) -> String {
        let counts: Vec<String> = self.counts.iter().map(|(outcome, count)| format!("{count} {outcome}")).collect();
        if counts.is_empty() {
            return "no files".to_owned();
        }
        let all: usize = self.counts.iter().map(|(_, count)| count).sum();
        let seconds = self.begun.elapsed().as_secs_f64();
        format!("{} in {seconds:.1} s ({:.0} a second)", counts.join(", "), all as f64 / seconds.max(0.001))
    }
}

impl Outcome {
    fn name(&self) -> &'static str {
        match self {
            Self::Done(import) => import.outcome.as_str(),
            Self::Skipped(_) => "skipped",
            Self::Failed(_) => "failed",
        }
    }

    fn rest(&self) -> String {
        match self {
            Self::Done(import) => {
                let number = import.number.as_ref().map(|number| format!("  {number}")).unwrap_or_default();
                let warnings =
                    if import.warnings.is_empty() { String::new() } else { format!("  [{}]", import.warnings.join(", ")) };
                format!("{number}{warnings}")
            }
            Self::Skipped(extension) => format!(": .{extension}"),
            Self::Failed(failed) => format!(": {}", failed.why),
        }
    }
}

impl Told {
    fn to_json(&self) -> Value {
        let mut told = json!({ "file": self.place.print(), "outcome": self.outcome.name(), "warnings": [] });
        let mut tell = |name: &str, value: Value| told.as_object_mut().and_then(|told| told.insert(name.to_owned(), value));
        if let Some(line) = self.place.line {
            tell("line", line.into());
        }
        match &self.outcome {
            Outcome::Done(import) => {
                tell("id", import.id.to_string().into());
                tell("number", import.number.clone().into());
                tell("warnings", import.warnings.clone().into());
                tell("notes", json!(import.notes));
            }
            Outcome::Skipped(_) => {}
            Outcome::Failed(Failed { code, why, faults }) => {
                tell("code", json!(code));
                tell("detail", why.clone().into());
                let errors = faults.iter().map(|(pointer, code, why)| json!({ "pointer": pointer, "code": code, "detail": why }));
                tell("errors", errors.collect());
            }
        }
        told
    }
}
