//! `congkhai import documents`: one line per text, a progress bar on a terminal, a report.
//!
//! Texts are read a few at once and entered together, in their order, while the next are read. What was entered before is
//! passed over without being read, so that a run that was broken off is begun again by the same command.

mod entering;
mod found;
mod lines;
mod report;
mod texts;

use crate::cli::{DataOptions, ImportOptions};
use crate::{Failure, installation};
use documents::State;
use entering::{Entering, read};
use found::{count, found};
use futures_util::StreamExt;
use indicatif::{ProgressBar, ProgressStyle};
use kernel::Lang;
use report::Report;
use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use texts::texts;
use tokio::sync::mpsc;

/// The largest file that is read, in bytes.
const MAX_FILE: u64 = 64 << 20;

/// Texts that are read at once, and entered together at most.
const AT_ONCE: usize = 32;

/// Imports every text; exit 1 when one failed.
pub async fn run(data: &DataOptions, options: &ImportOptions) -> Result<ExitCode, Failure> {
    let db = installation::connect(data).await?;
    installation::must_be_current(&db).await?;
    let (documents, _) = installation::subjects(&db, &installation::files(data)?)?;
    let mut report = Report::to(options.report.as_deref())?;
    let paths = paths(options);
    let state = if options.draft { State::Draft } else { State::Published };
    let progress = progress(if std::io::stderr().is_terminal() { count(&paths) } else { paths.len() });

    let (sender, mut readied) = mpsc::channel(AT_ONCE);
    let reading = documents.clone();
    tokio::spawn(async move {
        let read = texts(paths).map(|text| read(reading.clone(), state, text)).buffered(AT_ONCE);
        let mut read = std::pin::pin!(read);
        while let Some(readied) = read.next().await {
            if sender.send(readied).await.is_err() {
                return;
            }
        }
    });
    let mut entering = Entering::new(documents, state);
    let mut batch = Vec::with_capacity(AT_ONCE);
    while !entering.is_hopeless() && readied.recv_many(&mut batch, AT_ONCE).await > 0 {
        for told in entering.enter(std::mem::take(&mut batch)).await {
            let line = report.tell(&told)?;
            progress.set_message(told.place.print());
            // A reader that closes the pipe early does not stop the import.
            progress.suspend(|| {
                let _ = writeln!(std::io::stdout(), "{line}");
            });
            progress.inc(1);
        }
        report.flush()?;
    }
    progress.finish_and_clear();
    let _ = writeln!(std::io::stdout(), "{}", report.summary());
    drop(readied);
    db.close().await;
    if entering.is_hopeless() {
        return Err("stopped, for nothing can be kept any more; the same command goes on where it was".into());
    }
    Ok(if report.of("failed") == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The files to import, in order, without the report about them.
fn paths(options: &ImportOptions) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = options.paths.iter().flat_map(|path| found(path)).collect();
    if let Some(report) = options.report.as_ref().and_then(|report| report.canonicalize().ok()) {
        let name = report.file_name().map(ToOwned::to_owned);
        paths.retain(|path| path.file_name() != name.as_deref() || path.canonicalize().ok().as_ref() != Some(&report));
    }
    paths
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
