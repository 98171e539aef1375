//! What became of every text: a line on the terminal, a line in the report, a count.

use crate::Failure;
use documents::Import;
use serde_json::{Value, json};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::time::Instant;

/// What became of one text.
pub struct Told {
    /// The file, and the line where it has one document a line.
    pub place: String,
    pub outcome: Outcome,
}

/// How it ended.
pub enum Outcome {
    Done(Import),
    Skipped(String),
    /// A stable code where there is one, and a sentence.
    Failed(Option<&'static str>, String),
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
        Ok(format!("{name:<10} {}{}", told.place, told.outcome.rest()))
    }

    pub fn of(&self, outcome: &str) -> usize {
        self.counts.iter().find(|(known, _)| *known == outcome).map_or(0, |(_, count)| *count)
    }

    /// Writes the report to its end and gives the last line.
    pub fn finish(&mut self) -> std::io::Result<String> {
        if let Some(file) = &mut self.file {
            file.flush()?;
        }
        let counts: Vec<String> = self.counts.iter().map(|(outcome, count)| format!("{count} {outcome}")).collect();
        if counts.is_empty() {
            return Ok("no files".to_owned());
        }
        let all: usize = self.counts.iter().map(|(_, count)| count).sum();
        let seconds = self.begun.elapsed().as_secs_f64();
        Ok(format!("{} in {seconds:.1} s ({:.0} a second)", counts.join(", "), all as f64 / seconds.max(0.001)))
    }
}

impl Outcome {
    fn name(&self) -> &'static str {
        match self {
            Self::Done(import) => import.outcome.as_str(),
            Self::Skipped(_) => "skipped",
            Self::Failed(..) => "failed",
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
            Self::Failed(_, why) => format!(": {why}"),
        }
    }
}

impl Told {
    fn to_json(&self) -> Value {
        let name = self.outcome.name();
        match &self.outcome {
            Outcome::Done(import) => json!({
                "file": self.place, "outcome": name, "id": import.id.to_string(), "number": import.number, "warnings": import.warnings,
            }),
            Outcome::Skipped(_) => json!({ "file": self.place, "outcome": name, "warnings": [] }),
            Outcome::Failed(code, why) => {
                json!({ "file": self.place, "outcome": name, "warnings": [], "code": code, "detail": why })
            }
        }
    }
}
