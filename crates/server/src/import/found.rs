//! What there is to import below the paths that are given.

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
    below.iter().flat_map(|path| found(path)).collect()
}

/// The end of a name, in lower case.
pub fn extension(path: &Path) -> String {
    path.extension().map(|extension| extension.to_string_lossy().to_lowercase()).unwrap_or_default()
}

/// Whether a file has one document a line.
pub fn has_lines(path: &Path) -> bool {
    LINES.contains(&extension(path).as_str())
}
