//! Changes of the index.

use super::{Inner, open};
use crate::records::Record;
use crate::{Change, Error};
use std::sync::{MutexGuard, PoisonError};
use tantivy::IndexWriter;
use tantivy::TantivyError;
use tantivy::indexer::{IndexWriterOptions, LogMergePolicy};

/// How much is buffered before it is written.
const BUFFER_BYTES: usize = 40_000_000;

/// So many segments of about one size are merged into one.
const MERGED_AT_ONCE: usize = 4;

impl Inner {
    pub(super) fn apply(&self, changes: &[Change]) -> Result<(), Error> {
        if changes.is_empty() {
            return Ok(());
        }
        let mut slot = self.writer_slot();
        // Taken out of its slot: a writer that fails half-way is dropped with what it has buffered.
        let mut writer = self.writer(slot.take())?;
        for change in changes {
            match change {
                Change::Upsert(document) => {
                    writer.delete_term(self.fields.id_term(document.id));
                    for record in Record::all(document) {
                        writer.add_document(self.fields.record(&record, &self.settings))?;
                    }
                }
                Change::Delete(id) => {
                    writer.delete_term(self.fields.id_term(*id));
                }
            }
        }
        writer.commit()?;
        self.reader.reload()?;
        // From now on it is known what the new files are like.
        self.check()?;
        open::trust(&self.folder, &self.settings)?;
        *slot = Some(writer);
        Ok(())
    }

    /// Lets others write the index, or remove it, though somebody may still read it.
    pub(super) fn close(&self) {
        self.writer_slot().take();
    }

    fn writer_slot(&self) -> MutexGuard<'_, Option<IndexWriter>> {
        // A panic leaves the slot empty, which is a state like any other.
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn writer(&self, open: Option<IndexWriter>) -> Result<IndexWriter, Error> {
        if let Some(writer) = open {
            return Ok(writer);
        }
        let options = IndexWriterOptions::builder()
            .num_worker_threads(1)
            .num_merge_threads(1)
            .memory_budget_per_thread(BUFFER_BYTES)
            .build();
        let writer = self.index.writer_with_options(options).map_err(|error| match error {
            TantivyError::LockFailure(..) => Error::Locked,
            other => other.into(),
        })?;
        let mut merging = LogMergePolicy::default();
        // Each segment costs a search some lookups for each word.
        merging.set_min_num_segments(MERGED_AT_ONCE);
        // Texts are revised often: what was replaced must not outweigh what is there.
        merging.set_del_docs_ratio_before_merge(0.3);
        writer.set_merge_policy(Box::new(merging));
        Ok(writer)
    }
}
