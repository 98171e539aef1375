//! Files with one document a line: its fields as a writer sends them, and perhaps the file of its text.

use super::MAX_FILE;
use documents::{Described, Source, State};
use serde_json::Value;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Component, Path, PathBuf};

/// The lines of a file, one at a time.
pub struct Lines {
    path: PathBuf,
    reader: BufReader<File>,
    number: usize,
}

/// A line, or why it is none.
pub struct Line {
    /// From 1.
    pub number: usize,
    pub read: Result<Described, String>,
}

impl Lines {
    pub fn open(path: &Path) -> std::io::Result<Self> {
        Ok(Self { path: path.to_owned(), reader: BufReader::new(File::open(path)?), number: 0 })
    }

    /// The next line that is not empty. A line that is longer than a file may be ends the reading.
    pub fn next(&mut self, state: State) -> Option<Line> {
        loop {
            self.number += 1;
            let mut line = Vec::new();
            match self.reader.by_ref().take(MAX_FILE + 1).read_until(b'\n', &mut line) {
                Ok(0) => return None,
                Ok(_) => {}
                Err(error) => return Some(Line { number: self.number, read: Err(error.to_string()) }),
            }
            if line.len() as u64 > MAX_FILE {
                // The rest of it is passed over.
                let mut rest = Vec::new();
                while let Ok(read) = self.reader.by_ref().take(MAX_FILE).read_until(b'\n', &mut rest) {
                    if read == 0 || rest.ends_with(b"\n") {
                        break;
                    }
                    rest.clear();
                }
                return Some(Line { number: self.number, read: Err(format!("longer than {} MiB", MAX_FILE >> 20)) });
            }
            if !line.iter().all(u8::is_ascii_whitespace) {
                return Some(Line { number: self.number, read: self.described(&line, state) });
            }
        }
    }

    fn described(&self, line: &[u8], state: State) -> Result<Described, String> {
        let mut fields = match serde_json::from_slice(line) {
            Ok(Value::Object(fields)) => fields,
            Ok(_) => return Err("not a JSON object".to_owned()),
            Err(error) => return Err(error.to_string()),
        };
        let source = match fields.remove("file") {
            None | Some(Value::Null) => None,
            Some(Value::String(name)) => Some(self.source(&name, state)?),
            Some(_) => return Err("/file: not the name of a file".to_owned()),
        };
        Ok(Described { fields, source, state })
    }

    /// A file below the folder of the lines.
    fn source(&self, name: &str, state: State) -> Result<Source, String> {
        let told = |error: std::io::Error| format!("/file: {name}: {error}");
        let relative = Path::new(name);
        if !relative.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir)) {
            return Err(format!("/file: {name}: not below the folder of the file"));
        }
        let folder = self.path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let folder = folder.canonicalize().map_err(told)?;
        let path = folder.join(relative).canonicalize().map_err(told)?;
        if !path.starts_with(&folder) {
            return Err(format!("/file: {name}: not below the folder of the file"));
        }
        if path.metadata().map_err(told)?.len() > MAX_FILE {
            return Err(format!("/file: {name}: larger than {} MiB", MAX_FILE >> 20));
        }
        let bytes = std::fs::read(&path).map_err(told)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Ok(Source { name, bytes: bytes.into(), state })
    }
}
