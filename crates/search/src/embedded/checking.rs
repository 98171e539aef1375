//! Notices that files of the index are gone or were changed by somebody else.

use super::Inner;
use crate::Error;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::PoisonError;
use std::time::SystemTime;

/// Length and time of files that are written once.
pub(super) type Seen = HashMap<PathBuf, (u64, Option<SystemTime>)>;

impl Inner {
    /// Looks at every file that belongs to the index.
    pub(super) fn check(&self) -> Result<(), Error> {
        let files = self.index.load_metas()?.list_segment_files();
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let mut now = Seen::with_capacity(files.len());
        for file in files {
            let found = std::fs::metadata(self.folder.join(&file));
            let found = match found {
                Ok(found) => (found.len(), found.modified().ok()),
                // Only files that were there before are missed: the list may hold optional ones, and may be old by now.
                Err(_) if !seen.contains_key(&file) => continue,
                Err(error) => return self.gone(&file, &error.to_string()),
            };
            if seen.get(&file).is_some_and(|known| *known != found) {
                return self.gone(&file, "it was changed");
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
