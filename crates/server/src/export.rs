//! `congkhai export documents`: everything that is published, as lines of JSON or as an archive of Akoma Ntoso.
//!
//! A page at a time is held in memory. The file is written beside its place and moved there when it is whole; its SHA-256
//! is written beside it, as `sha256sum -c` reads it.

use crate::cli::{DataOptions, ExportFormat, ExportOptions};
use crate::import::progress;
use crate::{Failure, installation};
use documents::{Documents, Format, TextQuery};
use kernel::query::{Direction, Filter, ListQuery, Projection, SortKey};
use kernel::{Actor, Id, Locale, PageRequest, Place, Row, Total, parse_date};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// Exports; exit 1 when a document could not be written.
pub async fn run(data: &DataOptions, options: &ExportOptions) -> Result<ExitCode, Failure> {
    let db = installation::connect(data).await?;
    installation::must_be_current(&db).await?;
    let (documents, _) = installation::subjects(&db, &installation::files(data)?)?;
    let told = |error: std::io::Error| format!("{}: {error}", options.file.display());
    let beside = beside(&options.file, ".part");
    let file = File::create(&beside).map_err(told)?;
    let mut out = match options.format {
        ExportFormat::Ndjson => Out::Lines(BufWriter::new(file)),
        ExportFormat::Akn => Out::Archive(Box::new(Archive::new(file))),
    };
    let written = all(&documents, options, &mut out).await;
    let (documents, failed) = match written {
        Ok(counts) => counts,
        Err(error) => {
            let _ = std::fs::remove_file(&beside);
            return Err(error);
        }
    };
    out.finish()?;
    let sha256 = checksum(&beside).map_err(told)?;
    std::fs::rename(&beside, &options.file).map_err(told)?;
    let name = options.file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    std::fs::write(self::beside(&options.file, ".sha256"), format!("{sha256}  {name}\n")).map_err(told)?;
    db.close().await;
    println!("{documents} documents, {failed} failed  {sha256}");
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
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
            0 => return Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()),
            read => hash.update(piece.get(..read).unwrap_or_default()),
        }
    }
}

/// Where documents are written.
enum Out {
    Lines(BufWriter<File>),
    Archive(Box<Archive>),
}

impl Out {
    fn finish(self) -> Result<(), Failure> {
        match self {
            Self::Lines(mut lines) => Ok(lines.flush()?),
            Self::Archive(archive) => archive.finish(),
        }
    }
}

/// An archive with a file for each text, and their checksums at its end.
struct Archive {
    zip: ZipWriter<BufWriter<File>>,
    sums: Vec<String>,
}

impl Archive {
    fn new(file: File) -> Self {
        Self { zip: ZipWriter::new(BufWriter::new(file)), sums: Vec::new() }
    }

    fn add(&mut self, name: &str, bytes: &[u8]) -> Result<(), Failure> {
        // The same documents give the same archive.
        let options =
            SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).last_modified_time(DateTime::default());
        self.zip.start_file(name, options)?;
        self.zip.write_all(bytes)?;
        self.sums.push(format!("{}  {name}", store::sha256_hex(bytes)));
        Ok(())
    }

    fn finish(mut self) -> Result<(), Failure> {
        let sums = self.sums.join("\n") + "\n";
        self.add("SHA256SUMS", sums.as_bytes())?;
        self.zip.finish()?.flush()?;
        Ok(())
    }
}

/// Writes every document; how many, and how many could not be written.
async fn all(documents: &Documents, options: &ExportOptions, out: &mut Out) -> Result<(usize, usize), Failure> {
    let fields = match options.format {
        ExportFormat::Ndjson => documents::every_document_field(),
        ExportFormat::Akn => vec!["language".into()],
    };
    let mut place = Place::Start;
    let (mut written, mut failed) = (0, 0);
    let mut bar = None;
    loop {
        let total = if bar.is_none() { Total::Count } else { Total::Skip };
        let query = ListQuery {
            filter: Filter::default(),
            sort: vec![SortKey { field: "published_at".into(), direction: Direction::Desc }],
            fields: Projection(fields.clone()),
            state: kernel::query::State::Published,
            lang: None,
            as_of: None,
            page: PageRequest { size: PageRequest::MAX_SIZE, place, total },
        };
        let page = documents.list(&Actor::Anonymous, &query).await?;
        let bar = bar.get_or_insert_with(|| progress(usize::try_from(page.total.unwrap_or_default()).unwrap_or_default()));
        let Some((last, _)) = page.items.last() else { break };
        place = Place::After(last.clone());
        for (_, row) in &page.items {
            match write(documents, options, row, out).await {
                Ok(()) => written += 1,
                Err(error) => {
                    failed += 1;
                    let id = row.get("id").and_then(Value::as_str).unwrap_or_default();
                    bar.suspend(|| eprintln!("failed     {id}: {error}"));
                }
            }
            bar.inc(1);
        }
        if !page.more_after {
            bar.finish_and_clear();
            break;
        }
    }
    Ok((written, failed))
}

async fn write(documents: &Documents, options: &ExportOptions, row: &Row, out: &mut Out) -> Result<(), Failure> {
    let archive = match out {
        Out::Lines(lines) => {
            serde_json::to_writer(&mut *lines, row)?;
            return Ok(writeln!(lines)?);
        }
        Out::Archive(archive) => archive,
    };
    let id = row.get("id").and_then(Value::as_str).and_then(Id::parse).ok_or("a document without an id")?;
    let own = row.get("language").and_then(Value::as_str).unwrap_or("vi").to_owned();
    let mut languages = vec![own];
    let mut at = 0;
    while let Some(language) = languages.get(at).cloned() {
        let lang = Locale::parse(&language);
        for version in documents.versions(&Actor::Anonymous, id, lang.as_ref()).await?.unwrap_or_default() {
            let from = version.get("from").and_then(Value::as_str);
            let query = TextQuery { as_of: from.and_then(parse_date), eid: None, lang: lang.clone() };
            let Some(found) = documents.expression(&Actor::Anonymous, id, &query).await? else { continue };
            for other in found.languages() {
                if !languages.contains(other) {
                    languages.push(other.clone());
                }
            }
            let address = found.address().unwrap_or_else(|| format!("/documents/{id}/{}@{}", found.language(), found.from()));
            let name = format!("{}.akn", address.trim_start_matches('/'));
            let rendition = found.render(Format::Akn, options.public_url.clone()).await?;
            archive.add(&name, &rendition.bytes)?;
        }
        at += 1;
    }
    Ok(())
}
