//! `congkhai import issuers`: bodies of administrative units from tables, a few in each transaction, beside a running server.

use crate::cli::{DataOptions, IssuerImportOptions};
use crate::{Failure, import, installation};
use documents::areas::{AreaImport, AreaSummary, Tables};
use kernel::Call;
use serde::de::DeserializeOwned;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// The largest table that is read, in bytes.
const MAX_TABLE: u64 = 64 << 20;
/// How long a transaction takes in more bodies: others wait for it.
const SHORT: Duration = Duration::from_millis(20);
/// The most bodies of one transaction.
const MOST: usize = 400;

/// Imports the tables of a folder.
pub async fn run(data: &DataOptions, options: &IssuerImportOptions) -> Result<ExitCode, Failure> {
    let tables = tables(&options.folder)?;
    let db = installation::connect(data).await?;
    installation::must_be_current(&db).await?;
    let (_, issuers) = installation::subjects(&db, &installation::files(data)?)?;
    let mut areas = issuers.import_areas(&Call::operator(), &tables).await?;
    enter(&mut areas).await?;
    let _ = writeln!(std::io::stdout(), "{}", printed(&areas.summary().await?));
    db.close().await;
    Ok(ExitCode::SUCCESS)
}

/// Enters all of them, in short transactions.
async fn enter(areas: &mut AreaImport) -> Result<(), Failure> {
    let progress = import::progress(areas.len());
    while areas.done() < areas.len() {
        let begun = Instant::now();
        areas.enter(MOST, SHORT).await?;
        progress.set_position(areas.done() as u64);
        tracing::debug!(done = areas.done(), milliseconds = begun.elapsed().as_millis(), "entered some bodies");
        // Whoever waits to write goes first: SQLite keeps no queue.
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    progress.finish_and_clear();
    Ok(())
}

fn tables(folder: &Path) -> Result<Tables, Failure> {
    Ok(Tables {
        old_provinces: rows(folder, "old63_provinces.csv")?,
        old_districts: rows(folder, "old63_districts.csv")?,
        old_communes: rows(folder, "old63_communes.csv")?,
        new_provinces: rows(folder, "new34_provinces.csv")?,
        new_communes: rows(folder, "new34_wards.csv")?,
        province_steps: rows(folder, "map_province_old_to_new.csv")?,
        commune_steps: rows(folder, "map_commune_old_to_new.csv")?,
    })
}

/// The rows of a table; columns are found by their names, and those that are not asked for are passed over.
fn rows<T: DeserializeOwned>(folder: &Path, name: &str) -> Result<Vec<T>, Failure> {
    let path = folder.join(name);
    let failed = |why: String| Failure::from(format!("{}: {why}", path.display()));
    let size = std::fs::metadata(&path).map_err(|error| failed(error.to_string()))?.len();
    if size > MAX_TABLE {
        return Err(failed(format!("larger than {} MiB", MAX_TABLE >> 20)));
    }
    let bytes = std::fs::read(&path).map_err(|error| failed(error.to_string()))?;
    // What spreadsheets put before UTF-8 is no part of the first column's name.
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(bytes);
    reader.deserialize().collect::<Result<_, _>>().map_err(|error| failed(error.to_string()))
}

fn printed(summary: &AreaSummary) -> String {
    let AreaSummary { made, completed, unchanged, doubtful, outside_validity } = *summary;
    let mut lines = format!("{made} made, {completed} completed, {unchanged} unchanged");
    if doubtful > 0 {
        lines += &format!("\n{doubtful} bodies were there under a name that several units have: they stay as they are");
    }
    if outside_validity > 0 {
        lines += &format!("\n{outside_validity} documents were issued when their issuer was not there yet, or no longer");
    }
    lines
}
