//! What every handler stands on.

use crate::content::Content;
use crate::dcat::Changes;
use crate::heavy::Heavy;
use crate::limits::Limits;
use crate::metrics::Metrics;
use crate::pages::Sitemaps;
use crate::resource::Registry;
use crate::tokens::Tokens;
use accounts::Accounts;
use documents::Documents;
use jobs::Wake;
use kernel::{Clock, CursorKey};
use search::SearchIndex;
use std::sync::Arc;
use store::Database;

/// Figures an operator sets.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The largest JSON body, in bytes.
    pub max_body: usize,
    /// The largest uploaded file, in bytes.
    pub max_file: usize,
    /// The largest form, in bytes: all its files together.
    pub max_form: usize,
    /// The most files in one import.
    pub max_files: usize,
    /// Logins that one address may try per minute.
    pub logins_per_minute: u32,
    /// Public writes, such as reports of violations, that one address may make per minute.
    pub public_writes_per_minute: u32,
    /// Scheme and host under which the server is reached from outside; where none is set, what each request names.
    pub public_url: Option<String>,
    /// Reads that one address may make per minute; no limit where none is set.
    pub reads_per_minute: Option<u32>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            max_body: 1 << 20,
            max_file: 20 << 20,
            max_form: 100 << 20,
            max_files: 100,
            logins_per_minute: 30,
            public_writes_per_minute: 10,
            public_url: None,
            reads_per_minute: None,
        }
    }
}

/// The parts the gateway is made of.
pub struct Parts {
    /// The database.
    pub db: Database,
    /// Time.
    pub clock: Clock,
    /// Key of the cursors.
    pub cursors: CursorKey,
    /// Accounts.
    pub accounts: Accounts,
    /// Documents, for imports and files.
    pub documents: Documents,
    /// Media, for uploads and files.
    pub media: media::Library,
    /// Content types and their entries.
    pub content: Content,
    /// The resources that are served.
    pub registry: Arc<Registry>,
    /// The search index.
    pub search: Arc<dyn SearchIndex>,
    /// The consumer of events that fills it.
    pub search_consumer: &'static str,
    /// Wakes whoever follows changes.
    pub wake: Wake,
    /// Figures.
    pub settings: Settings,
}

/// The gateway at work.
pub struct App {
    pub(crate) parts: Parts,
    pub(crate) tokens: Tokens,
    pub(crate) limits: Limits,
    pub(crate) heavy: Heavy,
    pub(crate) metrics: Metrics,
    pub(crate) sitemaps: Sitemaps,
    pub(crate) changes: Changes,
}

impl App {
    /// Puts the parts together; makes the first token key where there is none.
    pub async fn new(parts: Parts) -> Result<Self, accounts::Error> {
        let tokens = Tokens::load(&parts.accounts).await?;
        let limits = Limits::new(&parts.settings);
        Ok(Self {
            tokens,
            limits,
            heavy: Heavy::new(),
            metrics: Metrics::new(),
            sitemaps: Sitemaps::default(),
            changes: Changes::default(),
            parts,
        })
    }

    /// The registry, to serve more resources while running.
    pub fn registry(&self) -> &Registry {
        &self.parts.registry
    }
}
