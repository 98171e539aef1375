//! Files with one document a line: its fields as a writer sends them, and perhaps the files of its text and beside it.

use super::MAX_FILE;
use kernel::{Row, Text};
use serde_json::Value;
use serde_json::error::Category;
use std::fs::File;
use std::io::{BufRead, BufReader, ErrorKind, Read};
use std::path::{Component, Path, PathBuf};

/// What spreadsheets and editors put before UTF-8.
const BOM: &[u8] = b"\xef\xbb\xbf";

/// The lines of a file, one at a time.
pub struct Lines {
    path: PathBuf,
    reader: BufReader<File>,
    number: usize,
    ended: bool,
}

/// A line, or why it is none.
pub struct Line {
    /// From 1.
    pub number: usize,
    /// Its bytes.
    pub size: u64,
    pub read: Result<Described, Wrong>,
}

/// A document of which fields are told.
pub struct Described {
    pub fields: Row,
    /// The file that its text is read from.
    pub file: Option<PathBuf>,
    /// The files beside its text.
    pub attached: Vec<Attached>,
}

/// A file beside a text.
#[derive(Clone)]
pub struct Attached {
    pub path: PathBuf,
    /// What it has to be, where that is told.
    pub sha256: Option<String>,
}

/// What is wrong with a line.
pub struct Wrong {
    /// A JSON pointer; empty for the whole line.
    pub pointer: String,
    pub code: &'static str,
    pub why: Text,
}

impl Lines {
    pub fn open(path: &Path) -> std::io::Result<Self> {
        Ok(Self { path: path.to_owned(), reader: BufReader::new(File::open(path)?), number: 0, ended: false })
    }

    /// The next line that is not empty. One that is longer than a file may be is passed over; a file that cannot be read on
    /// ends there.
    pub fn next(&mut self) -> Option<Line> {
        while !self.ended {
            self.number += 1;
            let mut line = Vec::new();
            let read = match self.reader.by_ref().take(MAX_FILE + 1).read_until(b'\n', &mut line) {
                Ok(0) => break,
                Ok(_) if line.len() as u64 > MAX_FILE => {
                    self.ended = self.pass_over().is_err();
                    Err(wrong("", "line_too_long", larger("dài hơn", "longer than")))
                }
                Ok(_) => {
                    let bare = line.strip_prefix(BOM).filter(|_| self.number == 1).unwrap_or(&line);
                    if bare.trim_ascii().is_empty() {
                        continue;
                    }
                    self.described(bare.trim_ascii_end())
                }
                Err(error) => {
                    self.ended = true;
                    Err(wrong("", "unreadable", unreadable(&error)))
                }
            };
            return Some(Line { number: self.number, size: line.len() as u64, read });
        }
        None
    }

    /// Passes over the rest of a line.
    fn pass_over(&mut self) -> std::io::Result<()> {
        loop {
            let piece = self.reader.fill_buf()?;
            let end = piece.iter().position(|byte| *byte == b'\n');
            let passed = end.map_or(piece.len(), |at| at + 1);
            self.reader.consume(passed);
            if end.is_some() || passed == 0 {
                return Ok(());
            }
        }
    }

    fn described(&self, line: &[u8]) -> Result<Described, Wrong> {
        let mut fields = match serde_json::from_slice(line) {
            Ok(Value::Object(fields)) => fields,
            Ok(_) => return Err(wrong("", "invalid_line", Text::new("không phải đối tượng JSON", "not a JSON object"))),
            Err(error) => return Err(wrong("", "invalid_line", malformed(&error))),
        };
        let file = match fields.remove("file") {
            None | Some(Value::Null) => None,
            Some(name) => Some(self.below("/file", &name)?),
        };
        let mut attached = Vec::new();
        for (at, told) in fields.get("files").and_then(Value::as_array).into_iter().flatten().enumerate() {
            if let Some(name) = told.get("file").filter(|name| !name.is_null()) {
                let path = self.below(&format!("/files/{at}/file"), name)?;
                let sha256 = told.get("sha256").and_then(Value::as_str).map(str::to_owned);
                attached.push(Attached { path, sha256 });
            }
        }
        attached.retain(|one| Some(&one.path) != file.as_ref());
        Ok(Described { fields, file, attached })
    }

    /// A file below the folder of the lines; a link does not lead out.
    fn below(&self, pointer: &str, name: &Value) -> Result<PathBuf, Wrong> {
        let Some(name) = name.as_str() else {
            let text = Text::new("không phải tên tệp", "not the name of a file");
            return Err(wrong(pointer, "invalid_file", text));
        };
        let told = |error: std::io::Error| wrong(pointer, "unreadable_file", of(name, unreadable(&error)));
        let outside = || {
            let text = Text::new("không nằm trong thư mục của tệp dòng", "not below the folder of the lines");
            wrong(pointer, "file_outside", of(name, text))
        };
        let relative = Path::new(name);
        if !relative.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir)) {
            return Err(outside());
        }
        let folder = self.path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let folder = folder.canonicalize().map_err(told)?;
        let path = folder.join(relative).canonicalize().map_err(told)?;
        if !path.starts_with(&folder) {
            return Err(outside());
        }
        if !path.is_file() {
            return Err(wrong(pointer, "invalid_file", of(name, Text::new("không phải tệp", "not a file"))));
        }
        Ok(path)
    }
}

/// Says which file it is about.
pub(super) fn of(name: &str, text: Text) -> Text {
    Text::new(format!("{name}: {}", text.vi), format!("{name}: {}", text.en))
}

/// Says how large a file may be.
pub(super) fn larger(vi: &str, en: &str) -> Text {
    let most = MAX_FILE >> 20;
    Text::new(format!("{vi} {most} MiB"), format!("{en} {most} MiB"))
}

/// Why a file cannot be read.
pub(super) fn unreadable(error: &std::io::Error) -> Text {
    match error.kind() {
        ErrorKind::NotFound => Text::new("không có tệp này", "there is no such file"),
        ErrorKind::PermissionDenied => Text::new("không có quyền đọc", "it may not be read"),
        _ => Text::new(format!("không đọc được ({error})"), format!("it cannot be read ({error})")),
    }
}

fn malformed(error: &serde_json::Error) -> Text {
    let column = error.column();
    match error.classify() {
        Category::Eof => Text::new("JSON bị cắt ngang, chưa kết thúc", "the JSON breaks off before its end"),
        _ => Text::new(format!("JSON sai cú pháp ở cột {column}"), format!("the JSON is malformed at column {column}")),
    }
}

fn wrong(pointer: &str, code: &'static str, why: Text) -> Wrong {
    Wrong { pointer: pointer.to_owned(), code, why }
}
