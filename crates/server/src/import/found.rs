//! What there is to import below the paths that are given.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

/// Ends of the names of files with one document a line.
const LINES: [&str; 2] = ["ndjson", "jsonl"];

/// A file as it is, a folder as the files below it in the order of their names.
pub fn found(path: &Path) -> Vec<PathBuf> {
    if !path.is_dir() {
        return vec![path.to_owned()];
    }
    let Ok(entries) = std::fs::read_dir(path) else { return vec![path.to_owned()] };
    let mut below: Vec<PathBuf> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    below.sort();
    // A link to a folder may lead in a circle: it is not followed.
    below.retain(|path| !(path.is_symlink() && path.is_dir()));
    below.retain(|path| !belongs_to_lines(path));
    below.iter().flat_map(|path| found(path)).collect()
}

/// Whether a folder has the files of an export beside it: they come in with its lines.
fn belongs_to_lines(folder: &Path) -> bool {
    extension(folder) == "files" && has_lines(&folder.with_extension("")) && folder.with_extension("").is_file()
}

/// The end of a name, in lower case.
pub fn extension(path: &Path) -> String {
    path.extension().map(|extension| extension.to_string_lossy().to_lowercase()).unwrap_or_default()
}

/// Whether a file has one document a line.
pub fn has_lines(path: &Path) -> bool {
    LINES.contains(&extension(path).as_str())
}

/// How many texts these files have, about: a line may be empty, or the last without an end.
pub fn count(paths: &[PathBuf]) -> usize {
    paths.iter().map(|path| if has_lines(path) { count_lines(path).unwrap_or(1) } else { 1 }).sum()
}

fn count_lines(path: &Path) -> std::io::Result<usize> {
    let mut reader = BufReader::with_capacity(1 << 16, std::fs::File::open(path)?);
    let mut lines = 0;
    loop {
        let piece = reader.fill_buf()?;
        if piece.is_empty() {
            return Ok(lines);
        }
        lines += piece.iter().filter(|byte| **byte == b'\n').count();
        let read = piece.len();
        reader.consume(read);
    }
}
