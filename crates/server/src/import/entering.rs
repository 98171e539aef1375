//! Texts are read, and entered in their order.

use super::lines::Attached;
use super::report::{Failed, Outcome, Place, Told};
use super::texts::{From, Text};
use super::{MAX_FILE, lines};
use documents::{Described, Documents, Error, Import, Prepared, Ready, Source, State};
use kernel::{Actor, Call, Fault, Kind};
use std::path::Path;
use std::time::Duration;
use store::Refusal;
use tokio::sync::OwnedSemaphorePermit;

/// How long others may begin to write, between two transactions.
const PAUSE: Duration = Duration::from_millis(3);

/// How often a database that is busy is asked again; each time it was waited for already.
const PATIENCE: u32 = 5;

/// Texts that fail one after the other for reasons that lie in the machine, until there is no use in going on.
const IN_VAIN: u32 = 5;

/// A text that was read.
pub struct Readied {
    place: Place,
    read: Result<Ready, Outcome>,
    attached: Vec<Attached>,
    /// Given back once it is entered.
    room: Option<OwnedSemaphorePermit>,
    /// Whether the machine is at fault.
    in_vain: bool,
}

/// Reads a text in a task of its own: nobody waits with it for others while it holds a connection to the database, and
/// where it breaks down no other does.
pub async fn read(documents: Documents, state: State, text: Text) -> Readied {
    let place = text.place.clone();
    tokio::spawn(readied(documents, state, text)).await.unwrap_or_else(|error| {
        tracing::error!(%error, "a text broke its reader");
        let why = kernel::Text::new("không đọc được văn bản này", "the text cannot be read");
        let read = Err(Outcome::Failed(Failed::because(&why)));
        Readied { place, read, attached: Vec::new(), room: None, in_vain: false }
    })
}

async fn readied(documents: Documents, state: State, text: Text) -> Readied {
    let Text { place, from, room } = text;
    let call = Call::operator();
    let (read, attached) = match from {
        From::Nowhere(outcome) => return Readied { place, read: Err(outcome), attached: Vec::new(), room, in_vain: false },
        From::File(path) => (source_of(&path, state).map(|source| (None, Some(source))), Vec::new()),
        From::Line(line) => {
            let lines::Described { fields, file, attached } = *line;
            let source = file.as_deref().map(|path| source_of(path, state)).transpose();
            (source.map(|source| (Some(fields), source)), attached)
        }
    };
    let read = match read {
        Err(failed) => Err((Outcome::Failed(failed), false)),
        Ok((None, Some(source))) => documents.prepare(&call, source).await.map_err(refused),
        Ok((fields, source)) => {
            let fields = fields.unwrap_or_default();
            documents.prepare_described(&call, Described { fields, source, state }).await.map_err(refused)
        }
    };
    let (read, in_vain) = match read {
        Ok(ready) => (Ok(ready), false),
        Err((outcome, in_vain)) => (Err(outcome), in_vain),
    };
    Readied { place, read, attached, room, in_vain }
}

fn refused(error: Error) -> (Outcome, bool) {
    let in_vain = matches!(error, Error::Refused(Refusal::Store(_)));
    (Outcome::Failed(Failed::refused(&error)), in_vain)
}

fn source_of(path: &Path, state: State) -> Result<Source, Failed> {
    let unreadable = |error: std::io::Error| Failed::because(&lines::unreadable(&error));
    if std::fs::metadata(path).map_err(unreadable)?.len() > MAX_FILE {
        return Err(Failed::because(&lines::larger("lớn hơn", "larger than")));
    }
    let bytes = std::fs::read(path).map_err(unreadable)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok(Source { name, bytes: bytes.into(), state })
}

/// Enters what was read.
pub struct Entering {
    documents: Documents,
    state: State,
    in_vain: u32,
}

impl Entering {
    pub fn new(documents: Documents, state: State) -> Self {
        Self { documents, state, in_vain: 0 }
    }

    /// Whether there is no use in going on.
    pub fn is_hopeless(&self) -> bool {
        self.in_vain >= IN_VAIN
    }

    /// Enters texts together and tells what became of each; fewer than were given where there is no use in going on.
    pub async fn enter(&mut self, batch: Vec<Readied>) -> Vec<Told> {
        let mut ready: Vec<Prepared> = Vec::with_capacity(batch.len());
        let mut waiting = Vec::with_capacity(batch.len());
        for readied in batch {
            let outcome = match readied.read {
                Ok(Ready::New(prepared)) => {
                    ready.push(*prepared);
                    None
                }
                Ok(Ready::Known(import)) => Some(Outcome::Done(import)),
                Err(outcome) => Some(outcome),
            };
            waiting.push((readied.place, outcome, readied.attached, readied.room, readied.in_vain));
        }
        let mut entered = self.all(&ready).await.into_iter();
        let mut told = Vec::with_capacity(waiting.len());
        for (place, outcome, attached, _room, in_vain) in waiting {
            let (outcome, in_vain) = match outcome {
                Some(outcome) => (outcome, in_vain),
                None => match entered.next() {
                    Some(Ok(import)) => (Outcome::Done(import), false),
                    Some(Err(error)) => refused(error),
                    None => break,
                },
            };
            self.in_vain = if in_vain { self.in_vain + 1 } else { 0 };
            told.push(Told { place, outcome: self.with_attached(outcome, attached).await });
            if self.is_hopeless() {
                break;
            }
        }
        told
    }

    async fn all(&self, ready: &[Prepared]) -> Vec<Result<Import, Error>> {
        let call = Call::operator();
        let mut done = Vec::with_capacity(ready.len());
        let mut tries = 0;
        let mut failed = 0;
        while let Some(rest) = ready.get(done.len()..).filter(|rest| !rest.is_empty()) {
            // Whoever cannot enter anything together may enter this one alone.
            let some = if tries == 0 { rest } else { rest.get(..1).unwrap_or(rest) };
            match self.documents.enter_some(&call, some).await {
                Ok(entered) => {
                    (tries, failed) = (0, 0);
                    done.extend(entered);
                    // Whoever waits to write goes first: SQLite keeps no queue.
                    tokio::time::sleep(PAUSE).await;
                }
                Err(error) if tries == 0 || error.kind() == Kind::Unavailable && tries < PATIENCE => {
                    tries += 1;
                    tracing::warn!(%error, "nothing could be entered, trying again");
                    tokio::time::sleep(Duration::from_secs(u64::from(tries))).await;
                }
                Err(error) => {
                    tries = 0;
                    failed += 1;
                    done.push(Err(error));
                    if failed >= IN_VAIN {
                        break;
                    }
                }
            }
        }
        done
    }

    /// Attaches the files beside a text that its document does not have yet.
    async fn with_attached(&self, outcome: Outcome, attached: Vec<Attached>) -> Outcome {
        let Outcome::Done(import) = &outcome else { return outcome };
        if attached.is_empty() {
            return outcome;
        }
        let kept = match self.documents.files(&Actor::Operator, import.id).await {
            Ok(kept) => kept.unwrap_or_default(),
            Err(error) => return Outcome::Failed(Failed::refused(&error)),
        };
        for one in attached {
            let source = match source_of(&one.path, self.state) {
                Ok(source) => source,
                Err(failed) => return Outcome::Failed(failed),
            };
            let sha256 = store::sha256_hex(&source.bytes);
            if one.sha256.is_some_and(|told| !told.eq_ignore_ascii_case(&sha256)) {
                let why = kernel::Text::new("SHA-256 khác với giá trị được nêu", "another SHA-256 than is told");
                return Outcome::Failed(Failed::because(&lines::of(&one.path.display().to_string(), why)));
            }
            if kept.iter().any(|file| file.sha256 == sha256) {
                continue;
            }
            if let Err(error) = self.documents.attach(&Call::operator(), import.id, source).await {
                return Outcome::Failed(Failed::refused(&error));
            }
        }
        outcome
    }
}
