//! Original files, byte for byte.

use super::{Trouble, beside, hex};
use documents::{Documents, FileRecord, FileStream};
use futures_util::TryStreamExt;
use kernel::{Actor, Id};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// The longest name of a file, in bytes: what file systems take, with room for what is put behind it.
const LONGEST: usize = 200;

/// Where a file is kept among others: under its document and its content, since names repeat.
pub fn path(document: Id, record: &FileRecord) -> String {
    let content = record.sha256.get(..12).unwrap_or(&record.sha256);
    format!("{document}/{content}/{}", safe(&record.name))
}

/// A name without what leads elsewhere or is refused by some file system; a long one keeps its end.
fn safe(name: &str) -> String {
    let kept = |c: char| if c.is_control() || "/\\:*?\"<>|".contains(c) { '_' } else { c };
    let name: String = name.trim().chars().map(kept).collect();
    let (stem, end) = name.rsplit_once('.').map_or((name.as_str(), String::new()), |(stem, end)| (stem, format!(".{end}")));
    let end = if end.len() > 20 { String::new() } else { end };
    let mut short = String::new();
    for c in stem.trim_start_matches('.').chars() {
        if short.len() + c.len_utf8() + end.len() > LONGEST {
            break;
        }
        short.push(c);
    }
    if short.is_empty() { format!("file{end}") } else { short + &end }
}

/// Writes a file piece by piece; what comes has to be what was kept.
pub async fn copy(mut from: FileStream, to: &mut impl Write, record: &FileRecord) -> Result<(), Trouble> {
    let mut hash = Sha256::new();
    while let Some(piece) = from.try_next().await.map_err(documents::Error::from)? {
        hash.update(&piece);
        to.write_all(&piece)?;
    }
    if hex(hash) == record.sha256 {
        return Ok(());
    }
    Err(Trouble::Document(format!("the file {} is not what was kept: its SHA-256 has changed", record.id).into()))
}

/// A folder beside lines, with the original files.
pub struct Folder {
    path: PathBuf,
    name: String,
    documents: Documents,
    actor: Actor,
}

impl Folder {
    pub fn beside(lines: &Path, documents: Documents, actor: Actor) -> Self {
        let path = beside(lines, ".files");
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Self { path, name, documents, actor }
    }

    /// Copies a file and gives its path as seen from the lines. One that is there already is not copied again.
    pub async fn copy(&self, document: Id, record: &FileRecord) -> Result<String, Trouble> {
        let below = path(document, record);
        let to = self.path.join(&below);
        let told = format!("{}/{below}", self.name);
        if std::fs::metadata(&to).is_ok_and(|kept| i64::try_from(kept.len()) == Ok(record.size)) {
            return Ok(told);
        }
        let Some((_, stream)) = self.documents.file(&self.actor, document, record.id).await? else {
            return Err(Trouble::Document(format!("the file {} is gone", record.id).into()));
        };
        if let Some(folder) = to.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let part = beside(&to, ".part");
        let mut file = BufWriter::new(File::create(&part)?);
        let copied = copy(stream, &mut file, record).await;
        if let Err(trouble) = copied {
            let _ = std::fs::remove_file(&part);
            return Err(trouble);
        }
        file.flush()?;
        std::fs::rename(&part, &to)?;
        Ok(told)
    }
}

#[cfg(test)]
mod tests {
    use super::safe;

    #[test]
    fn a_name_leads_nowhere_and_keeps_its_end() {
        for (name, kept) in [
            ("quyết định 1.pdf", "quyết định 1.pdf"),
            ("../../etc/passwd", "_.._etc_passwd"),
            ("..", "file."),
            ("a\nb:c.txt", "a_b_c.txt"),
            ("", "file"),
        ] {
            assert_eq!(safe(name), kept, "{name}");
        }
        let long = format!("{}.docx", "ữ".repeat(300));
        assert!(safe(&long).len() <= 200 && safe(&long).ends_with("ữ.docx"));
    }
}
