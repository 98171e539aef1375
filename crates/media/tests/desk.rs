//! A picture desk: a library over one test database, files that are what they say, and callers by name.

use bytes::Bytes;
use futures_util::{Stream, TryStreamExt, stream};
use kernel::query::{Filter, ListQuery, Op, Projection, Test, Value};
use kernel::{Actor, Call, Fault, Found, Id, PageRequest, Row};
use media::{Error, Library, Limits, MediaFile, MediaInput, Upload, media_fields};
use sea_orm::{ConnectionTrait, Statement};
use std::convert::Infallible;
use std::path::{Path, PathBuf};
use testkit::TestDatabase;

pub struct Desk {
    pub test: TestDatabase,
    pub library: Library,
    pub editor: Call,
}

pub fn object(value: serde_json::Value) -> Row {
    value.as_object().unwrap().clone()
}

pub fn id(found: &Found) -> Id {
    Id::parse(found.row["id"].as_str().unwrap()).unwrap()
}

pub fn told(found: &Found, field: &str) -> String {
    found.row[field].as_str().unwrap().to_owned()
}

/// Pointer and code of every field at fault.
pub fn faults(error: &impl Fault) -> Vec<(String, &'static str)> {
    error.fields().into_iter().map(|fault| (fault.pointer, fault.code)).collect()
}

/// Bytes in pieces as a network brings them.
pub fn pieces(bytes: impl Into<Bytes>, size: usize) -> impl Stream<Item = Result<Bytes, Infallible>> + Unpin {
    let bytes = bytes.into();
    let pieces: Vec<_> = (0..bytes.len()).step_by(size).map(|at| bytes.slice(at..(at + size).min(bytes.len()))).collect();
    stream::iter(pieces.into_iter().map(Ok))
}

/// A picture of two colours, left and right, of this size.
pub fn picture(width: u32, height: u32, format: image::ImageFormat) -> Vec<u8> {
    let left = image::Rgb([200, 30, 30]);
    let right = image::Rgb([30, 30, 200]);
    let picture = image::RgbImage::from_fn(width, height, |x, _| if x < width / 2 { left } else { right });
    let mut out = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut out, format).unwrap();
    out.into_inner()
}

pub fn png(width: u32, height: u32) -> Vec<u8> {
    picture(width, height, image::ImageFormat::Png)
}

pub fn jpeg(width: u32, height: u32) -> Vec<u8> {
    picture(width, height, image::ImageFormat::Jpeg)
}

/// The same JPEG as a camera writes it that was held upright: to be turned by 90°, with the place where it was taken.
pub fn upright(jpeg: &[u8]) -> Vec<u8> {
    // TIFF, little-endian; IFD0: orientation 6, and a pointer to the GPS directory with one field.
    let mut exif = b"Exif\0\0II*\0\x08\0\0\0\x02\0".to_vec();
    exif.extend(b"\x12\x01\x03\0\x01\0\0\0\x06\0\0\0");
    exif.extend(b"\x25\x88\x04\0\x01\0\0\0\x26\0\0\0");
    exif.extend(b"\0\0\0\0\x01\0\x1d\0\x02\0\x0b\0\0\0\x38\0\0\0\0\0\0\0");
    exif.extend(b"2020:12:02\0GPS-SECRET");
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], b"\xff\xe1", &length, &exif, &jpeg[2..]].concat()
}

impl Desk {
    pub fn of(test: TestDatabase) -> Self {
        Self::with(test, Limits::default())
    }

    pub fn with(test: TestDatabase, limits: Limits) -> Self {
        let files = testkit::files(test.folder.path());
        let library = Library::new(test.db.clone(), &files, testkit::clock(), limits);
        Self { library, editor: Call::of(testkit::editor()), test }
    }

    pub async fn send(&self, name: &str, bytes: impl Into<Bytes>) -> Result<Found, Error> {
        self.send_as(name, None, bytes).await
    }

    pub async fn send_as(&self, name: &str, declared: Option<&str>, bytes: impl Into<Bytes>) -> Result<Found, Error> {
        let upload =
            Upload { file_name: name.to_owned(), declared_type: declared.map(str::to_owned), fields: MediaInput::default() };
        self.library.upload(&self.editor, upload, pieces(bytes, 70_000)).await
    }

    pub async fn send_with(&self, name: &str, bytes: impl Into<Bytes>, fields: MediaInput) -> Found {
        let upload = Upload { file_name: name.to_owned(), declared_type: None, fields };
        self.library.upload(&self.editor, upload, pieces(bytes, 70_000)).await.unwrap()
    }

    pub async fn open(&self, found: &Found) -> MediaFile {
        self.library.open(&self.editor.actor, id(found)).await.unwrap().unwrap()
    }

    pub async fn bytes(&self, found: &Found) -> Vec<u8> {
        let file = self.open(found).await;
        let stream = self.library.read(&file, None).await.unwrap();
        stream.map_ok(|piece| piece.to_vec()).try_concat().await.unwrap()
    }

    pub async fn revise(&self, seen: &Found, patch: serde_json::Value) -> Result<Found, Error> {
        self.library.revise(&self.editor, id(seen), seen.revision, object(patch)).await
    }

    pub async fn delete(&self, seen: &Found) -> Result<(), Error> {
        self.library.delete(&self.editor, id(seen), seen.revision).await
    }

    /// The file names that a caller is shown for a filter, by name.
    pub async fn listed(&self, actor: &Actor, filter: Filter) -> Vec<String> {
        let sort = vec![kernel::query::SortKey { field: "file_name".into(), direction: kernel::query::Direction::Asc }];
        let fields = Projection(vec!["file_name".into()]);
        let page = PageRequest { size: 100, ..PageRequest::default() };
        let query = ListQuery { as_of: None, filter, sort, fields, state: kernel::query::State::Published, lang: None, page };
        let page = self.library.list(actor, &query).await.unwrap();
        page.items.into_iter().map(|(_, row)| row["file_name"].as_str().unwrap().to_owned()).collect()
    }

    /// What lies in the folder of this subject; `None` where files lie in a bucket.
    pub fn left(&self) -> Option<Vec<PathBuf>> {
        std::env::var_os("CONGKHAI_TEST_S3").is_none().then(|| files_in(&self.test.folder.path().join("files")))
    }

    /// Asserts that nothing lies there, once what was dropped has gone.
    pub async fn assert_nothing_left(&self) {
        for _ in 0..200 {
            let nothing = match self.left() {
                Some(files) => files.is_empty(),
                None => tokio::task::spawn_blocking(testkit::no_unfinished_upload).await.unwrap(),
            };
            if nothing {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        panic!("{:?}", self.left());
    }

    pub async fn count(&self, table: &str) -> i64 {
        let statement = Statement::from_string(self.test.db.backend(), format!("SELECT COUNT(*) FROM {table}"));
        self.test.db.reader().query_one_raw(statement).await.unwrap().unwrap().try_get_by_index(0).unwrap()
    }

    pub async fn events(&self) -> Vec<(String, i64)> {
        let statement = Statement::from_string(
            self.test.db.backend(),
            "SELECT action, revision FROM events WHERE type = 'media' ORDER BY id",
        );
        let rows = self.test.db.reader().query_all_raw(statement).await.unwrap();
        rows.iter().map(|row| (row.try_get_by_index(0).unwrap(), row.try_get_by_index(1).unwrap())).collect()
    }
}

pub fn files_in(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files_in(&path)) } else { found.push(path) }
    }
    found
}

pub fn is(field: &'static str, op: Op, values: &[&str]) -> Filter {
    let kind = media_fields().into_iter().find(|known| known.name == field).unwrap().kind;
    let values = values.iter().map(|raw| kind.parse(raw).unwrap()).collect::<Vec<Value>>();
    Filter::Test(Test { field: field.into(), op, values })
}

pub fn everything() -> Filter {
    Filter::default()
}
