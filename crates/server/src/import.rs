//! `congkhai import documents`: one line per file, a progress bar on a terminal.

use crate::cli::{DataOptions, ImportOptions};
use crate::{Failure, installation};
use documents::{Documents, Source, State};
use indicatif::{ProgressBar, ProgressStyle};
use kernel::{Call, Fault, Lang};
use source_text::EXTENSIONS;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The largest file that is read, in bytes.
const MAX_FILE: u64 = 64 << 20;

/// Imports every file; exit 1 when one failed.
pub async fn run(data: &DataOptions, options: &ImportOptions) -> Result<ExitCode, Failure> {
    let db = installation::connect(data).await?;
    installation::must_be_current(&db).await?;
    let (documents, _) = installation::subjects(&db, &installation::files(data)?)?;
    let paths: Vec<PathBuf> = options.paths.iter().flat_map(|path| found(path)).collect();
    let state = if options.draft { State::Draft } else { State::Published };

    let progress = progress(paths.len());
    let mut counts = Counts::default();
    for path in &paths {
        progress.set_message(path.file_name().unwrap_or_default().to_string_lossy().into_owned());
        let line = match outcome(&documents, path, state).await {
            Line::Done(outcome, rest) => {
                counts.add(outcome);
                format!("{outcome:<10} {}{rest}", path.display())
            }
            Line::Skipped => {
                counts.add("skipped");
                let extension = path.extension().unwrap_or_default().to_string_lossy().into_owned();
                format!("{:<10} {}: .{extension}", "skipped", path.display())
            }
            Line::Failed(why) => {
                counts.add("failed");
                format!("{:<10} {}: {why}", "failed", path.display())
            }
        };
        // A reader that closes the pipe early does not stop the import.
        progress.suspend(|| {
            let _ = writeln!(std::io::stdout(), "{line}");
        });
        progress.inc(1);
    }
    progress.finish_and_clear();
    let _ = writeln!(std::io::stdout(), "{}", counts.print());
    db.close().await;
    Ok(if counts.of("failed") == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What became of one file.
enum Line {
    Done(&'static str, String),
    Skipped,
    Failed(String),
}

async fn outcome(documents: &Documents, path: &Path, state: State) -> Line {
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase()).unwrap_or_default();
    if path.exists() && !EXTENSIONS.contains(&extension.as_str()) {
        return Line::Skipped;
    }
    let bytes = match std::fs::metadata(path) {
        Ok(about) if about.len() > MAX_FILE => return Line::Failed(format!("larger than {} MiB", MAX_FILE >> 20)),
        Ok(_) => std::fs::read(path),
        Err(error) => Err(error),
    };
    let bytes = match bytes {
        Ok(bytes) => bytes,
        Err(error) => return Line::Failed(error.to_string()),
    };
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    match documents.import(&Call::operator(), Source { name, bytes: bytes.into(), state }).await {
        Ok(import) => {
            let number = import.number.map(|number| format!("  {number}")).unwrap_or_default();
            let warnings = if import.warnings.is_empty() { String::new() } else { format!("  [{}]", import.warnings.join(", ")) };
            Line::Done(import.outcome.as_str(), format!("{number}{warnings}"))
        }
        Err(error) => {
            tracing::debug!(%error, "a file failed");
            Line::Failed(error.text().get(language()).to_owned())
        }
    }
}

/// The language of the terminal.
pub(crate) fn language() -> Lang {
    let set =
        ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    if set.is_some_and(|value| value.starts_with("vi")) { Lang::Vi } else { Lang::En }
}

/// A file as it is, a folder as the files below it in the order of their names.
fn found(path: &Path) -> Vec<PathBuf> {
    if !path.is_dir() {
        return vec![path.to_owned()];
    }
    let Ok(entries) = std::fs::read_dir(path) else { return vec![path.to_owned()] };
    let mut below: Vec<PathBuf> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    below.sort();
    // A link to a folder may lead in a circle: it is not followed.
    below.retain(|path| !(path.is_symlink() && path.is_dir()));
    below.iter().flat_map(|path| found(path)).collect()
}

/// A bar on a terminal, nothing elsewhere.
pub(crate) fn progress(files: usize) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(files as u64);
    match ProgressStyle::with_template("{bar:30} {pos}/{len}  {eta}  {msg}") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

/// How many files ended how.
#[derive(Default)]
struct Counts(Vec<(&'static str, usize)>);

impl Counts {
    fn add(&mut self, outcome: &'static str) {
        match self.0.iter_mut().find(|(known, _)| *known == outcome) {
            Some((_, count)) => *count += 1,
            None => self.0.push((outcome, 1)),
        }
    }

    fn of(&self, outcome: &str) -> usize {
        self.0.iter().find(|(known, _)| *known == outcome).map_or(0, |(_, count)| *count)
    }

    fn print(&self) -> String {
        let counts: Vec<String> = self.0.iter().map(|(outcome, count)| format!("{count} {outcome}")).collect();
        if counts.is_empty() { "no files".to_owned() } else { counts.join(", ") }
    }
}
