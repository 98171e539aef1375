//! Sample content of a fictional province, entered by the ordinary importer.

use documents::{Documents, Outcome, Source, State};
use include_dir::{Dir, include_dir};
use jobs::Wake;
use kernel::Call;

static DOCUMENTS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../schema/demo/documents");

/// Enters the sample documents; those that are there already stay as they are.
pub async fn fill(documents: Documents, wake: Wake) {
    let mut entered = 0;
    for file in DOCUMENTS.files() {
        let name = file.path().to_string_lossy().into_owned();
        let source = Source { name: name.clone(), bytes: file.contents().into(), state: State::Published };
        match documents.import(&Call::operator(), source).await {
            Ok(import) if import.outcome != Outcome::Unchanged => entered += 1,
            Ok(_) => {}
            Err(error) => tracing::warn!(%error, file = name, "a sample document was not entered"),
        }
    }
    wake.wake();
    if entered > 0 {
        tracing::info!(entered, "sample documents of a fictional province entered");
    }
}
