//! Notices that files of the index are gone or were changed by somebody else.

use super::Inner;
use crate::Error;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::PoisonError;
use std::time::SystemTime;
use tantivy::index::SegmentComponent;

/// Length and time of files that are written once.
pub(super) type Seen = HashMap<PathBuf, (u64, Option<SystemTime>)>;

impl Inner {
    /// Looks at every file that belongs to the index.
    pub(super) fn check(&self) -> Result<(), Error> {
        let metas = self.index.load_metas()?;
        let mut files = metas.list_segment_files();
        // What a segment has deleted it tells in a file of its own, if anything.
        for segment in metas.segments.iter().filter(|segment| !segment.has_deletes()) {
            files.remove(&segment.relative_path(SegmentComponent::Delete));
        }
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let mut now = Seen::with_capacity(files.len());
        for file in files {
            let found = std::fs::metadata(self.folder.join(&file));
            let found = match found {
                Ok(found) => (found.len(), found.modified().ok()),
                Err(error) => {
                    self.gone(&file, &error.to_string())?;
                    continue;
                }
            };
            if seen.get(&file).is_some_and(|known| *known != found) {
                self.gone(&file, "it was changed")?;
                continue;
            }
            now.insert(file, found);
        }
        *seen = now;
        Ok(())
    }

    fn gone(&self, file: &std::path::Path, why: &str) -> Result<(), Error> {
        // A merge may have replaced it since the list was read.
        if !self.index.load_metas()?.list_segment_files().contains(file) {
            return Ok(());
        }
        Err(Error::Damaged(format!("{}: {why}", file.display())))
    }
}
