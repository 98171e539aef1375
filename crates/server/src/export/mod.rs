//! `congkhai export documents`: everything that is published, or all working copies, as lines of JSON or as an archive of
//! Akoma Ntoso.
//!
//! A page at a time is held in memory. The file is written beside its place and moved there when it is whole; its SHA-256
//! is written beside it, as `sha256sum -c` reads it.

mod archive;
mod originals;
mod pages;
mod rows;

use crate::cli::{DataOptions, ExportFormat, ExportOptions};
use crate::import::progress;
use crate::{Failure, installation};
use archive::Archive;
use documents::{Documents, Relations};
use indicatif::ProgressBar;
use kernel::query::State;
use kernel::{Actor, Row};
use originals::Folder;
use pages::Pages;
use rows::Rows;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Exports; exit 1 when a document could not be written.
pub async fn run(data: &DataOptions, options: &ExportOptions) -> Result<ExitCode, Failure> {
    if options.draft && options.format == ExportFormat::Akn {
        return Err("drafts have no text in force: export them with --format ndjson".into());
    }
    let db = installation::connect(data).await?;
    installation::must_be_current(&db).await?;
    let (documents, _) = installation::subjects(&db, &installation::files(data)?)?;
    let part = beside(&options.file, ".part");
    let written = write(documents, options, &part).await;
    if written.is_err() {
        let _ = std::fs::remove_file(&part);
    }
    let counts = written?;
    let sha256 = checksum(&part).and_then(|sha256| {
        std::fs::rename(&part, &options.file)?;
        let name = options.file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        std::fs::write(beside(&options.file, ".sha256"), format!("{sha256}  {name}\n"))?;
        Ok(sha256)
    });
    let sha256 = sha256.map_err(|error| format!("{}: {error}", options.file.display()))?;
    db.close().await;
    let _ = writeln!(std::io::stdout(), "{}  {sha256}", counts.print());
    Ok(if counts.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What cannot be written.
enum Trouble {
    /// This document; others can.
    Document(Failure),
    /// Anything more.
    Everything(Failure),
}

impl From<documents::Error> for Trouble {
    fn from(error: documents::Error) -> Self {
        Self::Document(error.into())
    }
}

impl From<std::io::Error> for Trouble {
    fn from(error: std::io::Error) -> Self {
        Self::Everything(error.into())
    }
}

/// How many documents ended how.
#[derive(Default)]
struct Counts {
    written: usize,
    without_text: usize,
    failed: usize,
}

impl Counts {
    fn print(&self) -> String {
        let without = if self.without_text > 0 { format!(" ({} without a text)", self.without_text) } else { String::new() };
        format!("{} documents{without}, {} failed", self.written, self.failed)
    }
}

/// Whether a text was there to be written.
enum Written {
    Whole,
    WithoutText,
}

/// Where documents are written.
enum Out {
    Lines(Box<Lines>),
    Archive(Box<Archive>),
}

/// One document a line.
struct Lines {
    file: BufWriter<File>,
    rows: Rows,
    originals: Option<Folder>,
}

impl Lines {
    async fn write(&mut self, row: Row) -> Result<Written, Trouble> {
        let row = self.rows.whole(row, self.originals.as_ref()).await?;
        // Whole before it is written: half a line cannot be taken back.
        let line = serde_json::to_vec(&row).map_err(|error| Trouble::Document(error.into()))?;
        self.file.write_all(&line)?;
        self.file.write_all(b"\n")?;
        Ok(Written::Whole)
    }
}

impl Out {
    /// Writes what there is of a document.
    async fn write(&mut self, row: Row) -> Result<Written, Trouble> {
        match self {
            Self::Lines(lines) => lines.write(row).await,
            Self::Archive(archive) => archive.write(&row).await,
        }
    }

    fn finish(self) -> Result<(), Failure> {
        let file = match self {
            Self::Lines(lines) => lines.file.into_inner().map_err(std::io::IntoInnerError::into_error)?,
            Self::Archive(archive) => archive.finish()?,
        };
        Ok(file.sync_all()?)
    }
}

async fn write(documents: Documents, options: &ExportOptions, part: &Path) -> Result<Counts, Failure> {
    let told = |error: std::io::Error| format!("{}: {error}", part.display());
    let file = File::create(part).map_err(told)?;
    let (state, actor) = if options.draft { (State::Draft, Actor::Operator) } else { (State::Published, Actor::Anonymous) };
    let mut pages = Pages::new(documents.clone(), actor.clone(), state, options.format);
    let mut out = match options.format {
        ExportFormat::Ndjson => {
            let originals = options.originals.then(|| Folder::beside(&options.file, documents.clone(), actor.clone()));
            let rows = Rows { relations: Relations::of(&documents), documents, actor, state };
            Out::Lines(Box::new(Lines { file: BufWriter::new(file), rows, originals }))
        }
        ExportFormat::Akn => Out::Archive(Box::new(Archive::new(documents, file, part, options)?)),
    };
    let mut counts = Counts::default();
    let mut bar: Option<ProgressBar> = None;
    while let Some((rows, total)) = pages.next().await? {
        let bar = bar.get_or_insert_with(|| progress(usize::try_from(total).unwrap_or_default()));
        for row in rows {
            let id = row.get("id").and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
            match out.write(row).await {
                Ok(Written::Whole) => counts.written += 1,
                Ok(Written::WithoutText) => {
                    counts.written += 1;
                    counts.without_text += 1;
                }
                Err(Trouble::Document(error)) => {
                    counts.failed += 1;
                    bar.suspend(|| eprintln!("failed     {id}: {error}"));
                }
                Err(Trouble::Everything(error)) => return Err(format!("{}: {error}", part.display()).into()),
            }
            bar.inc(1);
        }
    }
    if let Some(bar) = bar {
        bar.finish_and_clear();
    }
    out.finish()?;
    Ok(counts)
}

/// A path with something at the end of its name.
fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    name.into()
}

fn checksum(path: &Path) -> std::io::Result<String> {
    let mut hash = Sha256::new();
    let mut reader = BufReader::new(File::open(path)?);
    let mut piece = vec![0; 1 << 16];
    loop {
        match reader.read(&mut piece)? {
            0 => return Ok(hex(hash)),
            read => hash.update(piece.get(..read).unwrap_or_default()),
        }
    }
}

fn hex(hash: Sha256) -> String {
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
