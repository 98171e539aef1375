//! `congkhai reindex`: builds the search index anew beside the one that answers, which it then replaces.

use crate::cli::{DataOptions, ReindexOptions, SearchOptions};
use crate::search_index;
use crate::{Failure, installation};
use gateway::{Filling, Subjects};
use indicatif::{ProgressBar, ProgressStyle};
use kernel::{Call, Clock, Id, Revision};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};
use store::outbox::{self, Event};
use webhooks::{Reach, Webhooks};

/// How long the command waits for the server to take the index up.
const WAITED_FOR: Duration = Duration::from_secs(60);

/// Builds the index of everything, or has the resources of one type read again.
pub async fn run(data: &DataOptions, search: &SearchOptions, options: &ReindexOptions) -> Result<ExitCode, Failure> {
    let db = installation::connect(data).await?;
    installation::must_be_current(&db).await?;
    let clock = Clock::System;
    let files = installation::files(data)?;
    let library = media::Library::new(db.clone(), &files, clock.clone(), media::Limits::default());
    let (documents, issuers) = installation::subjects(&db, &files)?;
    let content = installation::content(&db, &clock);
    let secret = installation::secret(&data.data)?;
    let webhooks = Webhooks::new(db.clone(), clock.clone(), &secret, Reach::default());
    let subjects = Subjects { documents, issuers, media: library, content: content.clone(), webhooks };
    let registry = Arc::new(gateway::built_in(subjects)?);
    content.serve_by(registry.clone()).await?;
    let filling = Filling::new(registry, content);

    let begun = Instant::now();
    let event = match &options.only {
        Some(name) => {
            let known = filling.types();
            if !known.contains(name) {
                return Err(format!("there is no type {name}; there are: {}", known.join(", ")).into());
            }
            Told { resource_type: format!("search-again:{name}"), id: Id::new(clock.now()), revision: Revision::FIRST }
        }
        None => {
            let seen = jobs::newest_position(&db).await?;
            let id = Id::new(clock.now());
            let index = search_index::beside(data, search, &id.to_string()).await?;
            let bar = ProgressBar::new_spinner();
            bar.set_style(ProgressStyle::with_template("{spinner} {msg} {per_sec}")?);
            bar.enable_steady_tick(Duration::from_millis(120));
            let total = filling.all(index.as_ref(), &|of, done| bar.set_message(format!("{of}: {done}"))).await;
            let total = total.map_err(|error| error.to_string())?;
            bar.finish_and_clear();
            eprintln!("{total} resources indexed in {:.1} s.", begun.elapsed().as_secs_f64());
            if total == 0 {
                // What nothing is in cannot be told from what was never built.
                eprintln!("Nothing is published: the index stays as it is.");
                db.close().await;
                return Ok(ExitCode::SUCCESS);
            }
            Told { resource_type: "search-index".to_owned(), id, revision: Revision(seen) }
        }
    };
    let txn = db.begin(&Call::operator(), clock.now()).await?;
    let told = Event { resource_type: &event.resource_type, id: event.id, action: "rebuilt", revision: event.revision };
    outbox::record(&txn, told).await?;
    txn.commit(&()).await?;
    let code = match options.only {
        Some(_) => {
            eprintln!("The server reads them again; /metrics tells how far it is (search_lag_events).");
            ExitCode::SUCCESS
        }
        None => taken_up(data, search, &event.id.to_string()).await,
    };
    db.close().await;
    Ok(code)
}

struct Told {
    resource_type: String,
    id: Id,
    revision: Revision,
}

/// Waits until the server answers from the new index.
async fn taken_up(data: &DataOptions, search: &SearchOptions, name: &str) -> ExitCode {
    let begun = Instant::now();
    while begun.elapsed() < WAITED_FOR {
        if search_index::is_current(data, search, name) {
            eprintln!("Searches are answered from the new index.");
            return ExitCode::SUCCESS;
        }
        if !search_index::is_served(data) {
            eprintln!("The server takes the new index up as soon as it runs.");
            return ExitCode::SUCCESS;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    eprintln!("The server takes the new index up once it has followed what was changed before; /metrics tells how far it is.");
    ExitCode::SUCCESS
}
