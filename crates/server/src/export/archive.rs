//! An archive: a file for each text, the original files, a list of all, and checksums.

use super::originals::{copy, path};
use super::{Trouble, Written, beside};
use crate::Failure;
use crate::cli::ExportOptions;
use documents::{Documents, FileRecord, Format, TextQuery};
use kernel::{Actor, Id, Locale, Row, parse_date};
use serde_json::{Value, json};
use std::fs::File;
use std::io::{BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// Texts of every version in every language, as Akoma Ntoso.
pub struct Archive {
    documents: Documents,
    zip: ZipWriter<BufWriter<File>>,
    /// What is told of every document, one a line.
    list: Aside,
    /// Checksums, as `sha256sum -c` reads them.
    sums: Aside,
    public_url: String,
    with_files: bool,
}

impl Archive {
    pub fn new(documents: Documents, file: File, part: &Path, options: &ExportOptions) -> Result<Self, Failure> {
        Ok(Self {
            documents,
            zip: ZipWriter::new(BufWriter::new(file)),
            list: Aside::new(beside(part, ".list"))?,
            sums: Aside::new(beside(part, ".sums"))?,
            public_url: options.public_url.clone(),
            with_files: options.originals,
        })
    }

    /// Writes everything of a document.
    pub async fn write(&mut self, row: &Row) -> Result<Written, Trouble> {
        let id = row.get("id").and_then(Value::as_str).and_then(Id::parse);
        let id = id.ok_or_else(|| Trouble::Document("a document without an id".into()))?;
        let texts = self.texts(id, row).await?;
        let mut files = Vec::new();
        for record in self.documents.files(&Actor::Anonymous, id).await?.unwrap_or_default() {
            let mut told =
                json!({ "name": record.name, "media_type": record.media_type, "size": record.size, "sha256": record.sha256 });
            if self.with_files {
                let name = self.original(id, &record).await?;
                if let Some(told) = told.as_object_mut() {
                    told.insert("file".to_owned(), name.into());
                }
            }
            files.push(told);
        }
        let without_text = texts.is_empty();
        let mut told = row.clone();
        told.insert("texts".to_owned(), texts.into());
        told.insert("files".to_owned(), files.into());
        self.list.line(&Value::Object(told).to_string())?;
        Ok(if without_text { Written::WithoutText } else { Written::Whole })
    }

    /// Writes every version of the text in every language.
    async fn texts(&mut self, id: Id, row: &Row) -> Result<Vec<Value>, Trouble> {
        let mut languages = vec![row.get("language").and_then(Value::as_str).unwrap_or("vi").to_owned()];
        let (mut at, mut texts) = (0, Vec::new());
        while let Some(language) = languages.get(at).cloned() {
            let lang = Locale::parse(&language);
            for version in self.documents.versions(&Actor::Anonymous, id, lang.as_ref()).await?.unwrap_or_default() {
                let from = version.get("from").and_then(Value::as_str);
                let query = TextQuery { as_of: from.and_then(parse_date), eid: None, lang: lang.clone() };
                let Some(found) = self.documents.expression(&Actor::Anonymous, id, &query).await? else { continue };
                for other in found.languages() {
                    if !languages.contains(other) {
                        languages.push(other.clone());
                    }
                }
                let address = found.address().unwrap_or_else(|| format!("/documents/{id}/{}@{}", found.language(), found.from()));
                let name = format!("{}.akn", downward(&address));
                let told = json!({ "file": name, "language": found.language(), "from": found.from() });
                let rendition = found.render(Format::Akn, self.public_url.clone()).await?;
                self.add(&name, &rendition.bytes)?;
                texts.push(told);
            }
            at += 1;
        }
        Ok(texts)
    }

    async fn original(&mut self, document: Id, record: &FileRecord) -> Result<String, Trouble> {
        let name = format!("files/{}", path(document, record));
        let Some((_, stream)) = self.documents.file(&Actor::Anonymous, document, record.id).await? else {
            return Err(Trouble::Document(format!("the file {} is gone", record.id).into()));
        };
        let packed = !record.media_type.starts_with("text/");
        self.begin(&name, if packed { CompressionMethod::Stored } else { CompressionMethod::Deflated })?;
        copy(stream, &mut self.zip, record).await?;
        self.sums.line(&format!("{}  {name}", record.sha256))?;
        Ok(name)
    }

    fn add(&mut self, name: &str, bytes: &[u8]) -> Result<(), Trouble> {
        self.begin(name, CompressionMethod::Deflated)?;
        self.zip.write_all(bytes)?;
        Ok(self.sums.line(&format!("{}  {name}", store::sha256_hex(bytes)))?)
    }

    fn begin(&mut self, name: &str, method: CompressionMethod) -> Result<(), Trouble> {
        // The same documents give the same archive.
        let options = SimpleFileOptions::default().compression_method(method).last_modified_time(DateTime::default());
        self.zip.start_file(name, options).map_err(|error| match error {
            zip::result::ZipError::Io(error) => Trouble::Everything(error.into()),
            // A name that is taken, say.
            other => Trouble::Document(format!("{name}: {other}").into()),
        })
    }

    /// Writes list and checksums, and gives the file.
    pub fn finish(mut self) -> Result<File, Failure> {
        let fatal = |trouble| match trouble {
            Trouble::Document(error) | Trouble::Everything(error) => error,
        };
        self.begin("manifest.ndjson", CompressionMethod::Deflated).map_err(fatal)?;
        let sha256 = self.list.pour(&mut self.zip)?;
        self.sums.line(&format!("{sha256}  manifest.ndjson"))?;
        self.begin("SHA256SUMS", CompressionMethod::Deflated).map_err(fatal)?;
        self.sums.pour(&mut self.zip)?;
        Ok(self.zip.finish()?.into_inner().map_err(std::io::IntoInnerError::into_error)?)
    }
}

/// An address as a path below a folder, wherever it is unpacked.
fn downward(address: &str) -> String {
    let parts = address.split('/').filter(|part| !part.is_empty());
    parts.map(|part| if part.starts_with('.') { format!("_{part}") } else { part.to_owned() }).collect::<Vec<_>>().join("/")
}

/// Lines that are kept aside until they are poured into the archive: there may be millions.
struct Aside {
    path: PathBuf,
    file: BufWriter<File>,
}

impl Aside {
    fn new(path: PathBuf) -> Result<Self, Failure> {
        let file = File::create(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(Self { file: BufWriter::new(file), path })
    }

    fn line(&mut self, line: &str) -> std::io::Result<()> {
        writeln!(self.file, "{line}")
    }

    /// Writes all lines and gives their SHA-256.
    fn pour(&mut self, to: &mut impl Write) -> std::io::Result<String> {
        self.file.flush()?;
        std::io::copy(&mut BufReader::new(File::open(&self.path)?), to)?;
        super::checksum(&self.path)
    }
}

impl Drop for Aside {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.path);
    }
}
