//! Entering the bodies of administrative units, a few in each transaction.

use super::bodies::{Planned, bodies};
use super::matching::{Matches, matches};
use super::tables::{TableFault, Tables};
use super::{acts, units};
use crate::Error;
use crate::issuer::IssuerContent;
use crate::issuers::{self, Issuers};
use crate::policy::require;
use crate::store::areas as rows;
use crate::store::former;
use crate::store::issuers::{self as issuer_rows, Made, StoredIssuer};
use crate::store::successions;
use kernel::{Call, Id, Instant, Permission};
use std::collections::{HashMap, HashSet};
use std::time::Duration;
use store::{Refusal, WriteTxn};

/// What came of an import of administrative units.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct AreaSummary {
    /// Bodies that were made.
    pub made: usize,
    /// Bodies that were there and of which more is known now.
    pub completed: usize,
    /// Bodies that were there as they have to be.
    pub unchanged: usize,
    /// Bodies that were there and whose name several of the units have: they stay as they are.
    pub doubtful: usize,
    /// Documents that were issued when their issuer was not there yet, or no longer.
    pub outside_validity: u64,
}

/// Why administrative units were not imported.
#[derive(Debug, thiserror::Error)]
pub enum AreaError {
    /// The tables do not hold together.
    #[error(transparent)]
    Tables(#[from] TableFault),
    /// The bodies could not be entered.
    #[error(transparent)]
    Issuers(#[from] Error),
}

/// An import of administrative units that goes on a few bodies at a time.
pub struct AreaImport {
    issuers: Issuers,
    call: Call,
    pub(super) planned: Vec<Planned>,
    /// The planned codes, to know one that a body holds in the place of its successor.
    pub(super) codes: HashMap<String, usize>,
    /// Which body each planned one is, as far as that is known.
    pub(super) ids: Vec<Option<Id>>,
    pub(super) known: HashMap<Id, Known>,
    pub(super) former: HashSet<(Id, String)>,
    next: usize,
    summary: AreaSummary,
}

/// A body that was there when the import began.
pub(super) struct Known {
    pub content: IssuerContent,
    pub followed: Vec<Id>,
}

/// What became of one planned body.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Made,
    Completed,
    Unchanged,
}

/// How often a transaction that others were in the way of is tried.
const TRIES: u32 = 5;

impl Issuers {
    /// Reads which units the tables tell of, and which of their bodies are there.
    pub async fn import_areas(&self, call: &Call, tables: &Tables) -> Result<AreaImport, AreaError> {
        require(&call.actor, Permission::IssuersWrite)?;
        let planned = bodies(&units::units(tables)?);
        let conn = self.db.reader();
        let present = rows::every_body(conn).await?;
        let issued = rows::issued_around(conn, acts::DAY).await?;
        let Matches { found, doubtful } = matches(&planned, &present, &issued);
        let mut followed = rows::every_succession(conn).await?;
        let mut known = |body: StoredIssuer| {
            (body.id, Known { content: body.content, followed: followed.remove(&body.id).unwrap_or_default() })
        };
        let codes = planned.iter().enumerate().filter_map(|(at, body)| Some((body.content.code.clone()?, at)));
        Ok(AreaImport {
            issuers: self.clone(),
            call: call.clone(),
            codes: codes.collect(),
            ids: found,
            known: present.into_iter().map(&mut known).collect(),
            former: rows::every_former(conn).await?,
            next: 0,
            summary: AreaSummary { doubtful: doubtful.len(), ..AreaSummary::default() },
            planned,
        })
    }
}

impl AreaImport {
    /// How many bodies there have to be.
    pub fn len(&self) -> usize {
        self.planned.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.planned.is_empty()
    }

    /// How many of them have been seen to.
    pub fn done(&self) -> usize {
        self.next
    }

    /// Sees to the next bodies in one transaction: at most so many, and no more once it has been open so long.
    pub async fn enter(&mut self, most: usize, within: Duration) -> Result<(), Error> {
        let end = self.next.saturating_add(most.max(1)).min(self.planned.len());
        let before: Vec<Option<Id>> = self.ids.get(self.next..end).map(<[_]>::to_vec).unwrap_or_default();
        let mut tries = 1;
        let outcomes = loop {
            match self.enter_until(end, within).await {
                Err(Error::Refused(Refusal::Store(error)))
                    if tries < TRIES && (error.is_passing() || error.is_unique_violation()) =>
                {
                    tries += 1;
                    for (slot, id) in self.ids.iter_mut().skip(self.next).zip(&before) {
                        *slot = *id;
                    }
                }
                done => break done?,
            }
        };
        let count = |outcome| outcomes.iter().filter(|other| **other == outcome).count();
        self.summary.made += count(Outcome::Made);
        self.summary.completed += count(Outcome::Completed);
        self.summary.unchanged += count(Outcome::Unchanged);
        self.next += outcomes.len();
        Ok(())
    }

    /// What came of it.
    pub async fn summary(&self) -> Result<AreaSummary, Error> {
        let outside_validity = rows::issued_outside_validity(self.issuers.db.reader()).await?;
        Ok(AreaSummary { outside_validity, ..self.summary })
    }

    /// What became of the next ones; the transaction begins with the first of which something is missing.
    async fn enter_until(&mut self, end: usize, within: Duration) -> Result<Vec<Outcome>, Error> {
        let mut open: Option<(WriteTxn, Instant)> = None;
        let mut outcomes = Vec::with_capacity(end - self.next);
        for at in self.next..end {
            let Some(planned) = self.planned.get(at).filter(|_| self.lacks(at)) else {
                outcomes.push(Outcome::Unchanged);
                continue;
            };
            let (txn, begun) = match &mut open {
                Some(open) => open,
                None => {
                    let txn = self.issuers.db.begin(&self.call, self.issuers.clock.now()).await?;
                    issuers::one_writer(&txn).await?;
                    open.insert((txn, self.issuers.clock.now()))
                }
            };
            let (id, outcome) = self.enter_one(txn, (at, planned)).await?;
            let passed = self.issuers.clock.now().0 - begun.0;
            if let Some(slot) = self.ids.get_mut(at) {
                *slot = Some(id);
            }
            outcomes.push(outcome);
            if u128::try_from(passed).is_ok_and(|passed| passed >= within.as_micros()) {
                break;
            }
        }
        if let Some((txn, _)) = open {
            txn.commit(&()).await?;
        }
        Ok(outcomes)
    }

    async fn enter_one(&self, txn: &WriteTxn, (at, planned): (usize, &Planned)) -> Result<(Id, Outcome), Error> {
        if let Some(id) = self.id(at)
            && let Some(stored) = issuer_rows::locked(txn.conn(), id).await?
        {
            return Ok((id, self.complete(txn, (at, planned), stored).await?));
        }
        let mut content = IssuerContent {
            parent_id: planned.parent.and_then(|parent| self.id(parent)),
            predecessors: self.predecessors(planned),
            ..planned.content.clone()
        };
        if let Some(slug) = &content.slug
            && issuer_rows::holder(txn.conn(), "slug", slug).await?.is_some()
        {
            content.slug = None;
        }
        if let Some(code) = &content.code {
            let (mut free, mut number) = (code.clone(), 1);
            while issuer_rows::holder(txn.conn(), "code", &free).await?.is_some() {
                number += 1;
                free = format!("{code}-{number}");
            }
            content.code = Some(free);
        }
        match issuers::make(txn, &content).await? {
            Made::New(id) => {
                self.keep_former(txn, (id, &content), planned).await?;
                Ok((id, Outcome::Made))
            }
            // Made by another since the import began.
            Made::Existing(id) => match issuer_rows::locked(txn.conn(), id).await? {
                Some(stored) => Ok((id, self.complete(txn, (at, planned), stored).await?)),
                None => Err(Error::Refused(Refusal::Stale)),
            },
        }
    }

    async fn complete(&self, txn: &WriteTxn, of: (usize, &Planned), stored: StoredIssuer) -> Result<Outcome, Error> {
        let told = successions::of(txn.conn(), stored.id).await?;
        let stored = StoredIssuer { content: IssuerContent { predecessors: told, ..stored.content }, ..stored };
        let mut content = self.completed(of, &stored.content);
        for predecessor in self.predecessors(of.1) {
            if content.predecessors.iter().all(|known| known.issuer != predecessor.issuer) {
                content.predecessors.push(predecessor);
            }
        }
        if content.code != stored.content.code
            && let Some(code) = &content.code
            && issuer_rows::holder(txn.conn(), "code", code).await?.is_some()
        {
            content.code.clone_from(&stored.content.code);
        }
        let changed = content != stored.content;
        if changed {
            issuers::save(txn, &stored, &content).await?;
        }
        let kept = self.keep_former(txn, (stored.id, &content), of.1).await?;
        if kept && !changed {
            issuers::touch(txn, &[stored.id]).await?;
        }
        Ok(if changed || kept { Outcome::Completed } else { Outcome::Unchanged })
    }

    /// Keeps the names and codes under which a body is known besides its present ones; whether there were new ones.
    async fn keep_former(&self, txn: &WriteTxn, of: (Id, &IssuerContent), planned: &Planned) -> Result<bool, Error> {
        let (names, code) = self.unknown_former(of, planned);
        for name in &names {
            former::keep_name(txn.conn(), of.0, name).await?;
        }
        if let (Some(code), Some(present)) = (code, &of.1.code) {
            former::keep_code(txn.conn(), of.0, (code, present)).await?;
        }
        Ok(!names.is_empty() || code.is_some())
    }
}
