//! The texts of all files, in order, as many at a time as there is room for.

use super::found::{extension, has_lines};
use super::lines::{Described, Lines, unreadable};
use super::report::{Failed, Outcome, Place};
use futures_util::{Stream, stream};
use source_text::EXTENSIONS;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// What texts that are under way may take together, in units of 64 KiB.
const ROOM: u32 = 2048;

/// A text before it is read.
pub struct Text {
    pub place: Place,
    pub from: From,
    /// Held until it is entered.
    pub room: Option<OwnedSemaphorePermit>,
}

/// Where a text comes from.
pub enum From {
    File(PathBuf),
    Line(Box<Described>),
    Nowhere(Outcome),
}

struct Texts {
    paths: std::vec::IntoIter<PathBuf>,
    lines: Option<(String, Lines)>,
    room: Arc<Semaphore>,
}

/// The texts of these files; a file with one document a line is read as it is needed.
pub fn texts(paths: Vec<PathBuf>) -> impl Stream<Item = Text> {
    let texts = Texts { paths: paths.into_iter(), lines: None, room: Arc::new(Semaphore::new(ROOM as usize)) };
    stream::unfold(texts, |mut texts| async move { Some((texts.next().await?, texts)) })
}

impl Texts {
    async fn next(&mut self) -> Option<Text> {
        loop {
            if let Some((file, lines)) = &mut self.lines {
                let file = file.clone();
                let Some(line) = lines.next() else {
                    self.lines = None;
                    continue;
                };
                let place = Place { file, line: Some(line.number) };
                let from = match line.read {
                    Ok(described) => From::Line(Box::new(described)),
                    Err(wrong) => From::Nowhere(Outcome::Failed(wrong.into())),
                };
                return Some(self.placed(place, from, line.size).await);
            }
            let path = self.paths.next()?;
            let place = Place { file: path.display().to_string(), line: None };
            if path.is_dir() {
                let folder = || kernel::Text::new("là thư mục", "a folder");
                let why = std::fs::read_dir(&path).err().map_or_else(folder, |error| unreadable(&error));
                return Some(Text { place, from: From::Nowhere(Outcome::Failed(Failed::because(&why))), room: None });
            }
            if has_lines(&path) && path.exists() {
                match Lines::open(&path) {
                    Ok(lines) => self.lines = Some((place.file, lines)),
                    Err(error) => {
                        let from = From::Nowhere(Outcome::Failed(Failed::because(&unreadable(&error))));
                        return Some(Text { place, from, room: None });
                    }
                }
                continue;
            }
            if path.exists() && !EXTENSIONS.contains(&extension(&path).as_str()) {
                return Some(Text { place, from: From::Nowhere(Outcome::Skipped(extension(&path))), room: None });
            }
            let size = size_of(&path);
            return Some(self.placed(place, From::File(path), size).await);
        }
    }

    /// Waits until there is room for a text. Those before it have theirs, so that they go on.
    async fn placed(&self, place: Place, from: From, size: u64) -> Text {
        let file = match &from {
            From::Line(described) => described.file.as_deref().map_or(0, size_of),
            From::File(_) | From::Nowhere(_) => 0,
        };
        let units = u32::try_from((size + file) >> 16).unwrap_or(ROOM).clamp(1, ROOM);
        let room = self.room.clone().acquire_many_owned(units).await.ok();
        Text { place, from, room }
    }
}

fn size_of(path: &Path) -> u64 {
    std::fs::metadata(path).map_or(0, |about| about.len())
}
