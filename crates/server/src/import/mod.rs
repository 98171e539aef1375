//! `congkhai import documents`: one line per text, a progress bar on a terminal, a report.
//!
//! Texts are read a few at once and entered together, in their order. What was entered before is passed over without being
//! read, so that a run that was broken off is begun again by the same command.

mod found;
mod lines;
mod report;

use crate::cli::{DataOptions, ImportOptions};
use crate::{Failure, installation};
use documents::{Described, Documents, Error, Prepared, Ready, Source, State};
use found::{extension, found, has_lines};
use futures_util::{Stream, StreamExt, stream};
use indicatif::{ProgressBar, ProgressStyle};
use kernel::{Call, Fault, Lang};
use lines::Lines;
use report::{Outcome, Report, Told};
use source_text::EXTENSIONS;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};

/// The largest file that is read, in bytes.
const MAX_FILE: u64 = 64 << 20;

/// Texts that are under way at once, and entered together at most.
const AT_ONCE: usize = 32;

/// What texts that are under way may take together, in units of 64 KiB.
const ROOM: u32 = 2048;

/// Imports every text; exit 1 when one failed.
pub async fn run(data: &DataOptions, options: &ImportOptions) -> Result<ExitCode, Failure> {
    let db = installation::connect(data).await?;
    installation::must_be_current(&db).await?;
    let (documents, _) = installation::subjects(&db, &installation::files(data)?)?;
    let paths: Vec<PathBuf> = options.paths.iter().flat_map(|path| found(path)).collect();
    let state = if options.draft { State::Draft } else { State::Published };
    let mut report = Report::to(options.report.as_deref())?;
    let progress = progress(paths.len());
    let room = Arc::new(Semaphore::new(ROOM as usize));

    // Reading goes on while what was read is entered.
    let (sender, mut read) = mpsc::channel(AT_ONCE);
    let reading = documents.clone();
    tokio::spawn(async move {
        let read = texts(paths, state).map(|text| prepare(&reading, &room, text)).buffered(AT_ONCE);
        let mut read = std::pin::pin!(read);
        while let Some(readied) = read.next().await {
            if sender.send(readied).await.is_err() {
                return;
            }
        }
    });
    let mut batch = Vec::with_capacity(AT_ONCE);
    while read.recv_many(&mut batch, AT_ONCE).await > 0 {
        let batch = std::mem::take(&mut batch);
        if let Some(last) = batch.last() {
            progress.set_message(last.place.clone());
        }
        for told in enter(&documents, batch).await {
            let line = report.tell(&told)?;
            // A reader that closes the pipe early does not stop the import.
            progress.suspend(|| {
                let _ = writeln!(std::io::stdout(), "{line}");
            });
            progress.inc(1);
        }
    }
    progress.finish_and_clear();
    let _ = writeln!(std::io::stdout(), "{}", report.finish()?);
    db.close().await;
    Ok(if report.of("failed") == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// A text before it is read.
struct Text {
    place: String,
    from: From,
}

enum From {
    Described(Box<Described>),
    None(Outcome),
    File(PathBuf, State),
}

/// The texts of these files, in order; a file with one document a line is read as it is needed.
fn texts(paths: Vec<PathBuf>, state: State) -> impl Stream<Item = Text> {
    stream::iter(paths).flat_map(move |path| {
        let place = path.display().to_string();
        if has_lines(&path) && path.exists() {
            return match Lines::open(&path) {
                Ok(lines) => of_lines(lines, place, state).boxed(),
                Err(error) => one(Text { place, from: From::None(Outcome::Failed(None, error.to_string())) }),
            };
        }
        if path.exists() && !EXTENSIONS.contains(&extension(&path).as_str()) {
            return one(Text { place, from: From::None(Outcome::Skipped(extension(&path))) });
        }
        one(Text { place, from: From::File(path, state) })
    })
}

fn one(text: Text) -> stream::BoxStream<'static, Text> {
    stream::iter([text]).boxed()
}

fn of_lines(lines: Lines, place: String, state: State) -> impl Stream<Item = Text> {
    stream::unfold(lines, move |mut lines| {
        let line = lines.next(state);
        let place = place.clone();
        async move {
            let line = line?;
            let from = match line.read {
                Ok(described) => From::Described(Box::new(described)),
                Err(why) => From::None(Outcome::Failed(None, why)),
            };
            Some((Text { place: format!("{place}:{}", line.number), from }, lines))
        }
    })
}

/// A text that was read, with the room it takes.
struct Readied {
    place: String,
    read: Result<Ready, Outcome>,
    _room: Option<OwnedSemaphorePermit>,
}

async fn prepare(documents: &Documents, room: &Arc<Semaphore>, text: Text) -> Readied {
    let call = Call::operator();
    let (bytes, source) = match text.from {
        From::None(outcome) => return Readied { place: text.place, read: Err(outcome), _room: None },
        From::Described(described) => {
            let room = take(room, described.source.as_ref().map_or(0, |source| source.bytes.len() as u64)).await;
            let read = documents.prepare_described(&call, *described).await.map_err(|error| failed(&error));
            return Readied { place: text.place, read, _room: room };
        }
        From::File(path, state) => (std::fs::metadata(&path).map_or(0, |about| about.len()), (path, state)),
    };
    let room = take(room, bytes).await;
    let read = match source_of(&source.0, source.1) {
        Ok(source) => documents.prepare(&call, source).await.map_err(|error| failed(&error)),
        Err(outcome) => Err(outcome),
    };
    Readied { place: text.place, read, _room: room }
}

/// Waits until there is room for so many bytes.
async fn take(room: &Arc<Semaphore>, bytes: u64) -> Option<OwnedSemaphorePermit> {
    let units = u32::try_from(bytes >> 16).unwrap_or(ROOM).clamp(1, ROOM);
    room.clone().acquire_many_owned(units).await.ok()
}

fn source_of(path: &Path, state: State) -> Result<Source, Outcome> {
    let told = |error: std::io::Error| Outcome::Failed(None, error.to_string());
    if std::fs::metadata(path).map_err(told)?.len() > MAX_FILE {
        return Err(Outcome::Failed(None, format!("larger than {} MiB", MAX_FILE >> 20)));
    }
    let bytes = std::fs::read(path).map_err(told)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok(Source { name, bytes: bytes.into(), state })
}

/// Enters what was read, all of it together, and tells what became of each text.
async fn enter(documents: &Documents, batch: Vec<Readied>) -> Vec<Told> {
    let mut told: Vec<(String, Option<Outcome>)> = Vec::with_capacity(batch.len());
    let mut ready: Vec<Prepared> = Vec::new();
    let mut rooms = Vec::with_capacity(batch.len());
    for readied in batch {
        rooms.push(readied._room);
        let outcome = match readied.read {
            Ok(Ready::New(prepared)) => {
                ready.push(*prepared);
                None
            }
            Ok(Ready::Known(import)) => Some(Outcome::Done(import)),
            Err(outcome) => Some(outcome),
        };
        told.push((readied.place, outcome));
    }
    let mut entered = documents.enter_all(&Call::operator(), ready).await.into_iter();
    let mut next = || match entered.next() {
        Some(Ok(import)) => Outcome::Done(import),
        Some(Err(error)) => failed(&error),
        None => Outcome::Failed(None, String::new()),
    };
    told.into_iter().map(|(place, outcome)| Told { place, outcome: outcome.unwrap_or_else(&mut next) }).collect()
}

fn failed(error: &Error) -> Outcome {
    tracing::debug!(%error, "a text failed");
    let fields: Vec<String> =
        error.fields().iter().map(|fault| format!("{}: {}", fault.pointer, fault.text.get(language()))).collect();
    let why = if fields.is_empty() { error.text().get(language()).to_owned() } else { fields.join("; ") };
    Outcome::Failed(Some(error.code()), why)
}

/// The language of the terminal.
pub(crate) fn language() -> Lang {
    let set =
        ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    if set.is_some_and(|value| value.starts_with("vi")) { Lang::Vi } else { Lang::En }
}

/// A bar on a terminal, nothing elsewhere.
pub(crate) fn progress(files: usize) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(files as u64);
    match ProgressStyle::with_template("{bar:30} {pos}/{len}  {per_sec}  {eta}  {msg}") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
