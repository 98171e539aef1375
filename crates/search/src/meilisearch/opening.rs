//! Finds or makes an index on a server, and puts its settings right.

use super::address::Address;
use super::asking::{Federation, Nothing};
use super::layout::KEY;
use super::wire::Wire;
use super::{Meilisearch, faults, form};
use crate::{Error, Settings};
use meilisearch_sdk::client::Client;
use meilisearch_sdk::task_info::TaskInfo;
use serde::Deserialize;
use serde_json::{Map, Value};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

/// The least version that joins federated hits of one resource.
const LEAST_VERSION: (u64, u64) = (1, 40);
/// How long the start waits for settings: a large index is made anew for some of them.
const SETTLING: Duration = Duration::from_secs(600);
/// The key of the document that tells what an index is filled by.
pub(super) const MARK: &str = "mark";

/// An index that was found or made on a server.
pub struct OpenedMeilisearch {
    /// The index.
    pub index: Meilisearch,
    /// Whether it must be filled from the first event: it is new, or of an older form, or was
    /// never written to since. What it holds it still answers with.
    pub rebuilt: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct There {
    primary_key: Option<String>,
}

#[derive(Deserialize)]
struct Marked {
    mark: String,
}

impl Meilisearch {
    /// Reaches the server at `meilisearch://host:7700` (`meilisearchs://` for TLS) and its index
    /// `<prefix>_records`, which is made where there is none.
    pub async fn connect(url: &str, key: Option<&str>, prefix: &str, settings: Settings) -> Result<OpenedMeilisearch, Error> {
        let wire = Wire::to(&Address::parse(url)?, key)?;
        heed_version(&wire).await?;
        let uid = format!("{}_records", named(prefix)?);
        Self::over(wire, uid, Arc::new(settings)).await
    }

    /// Opens or makes the index of this name.
    pub(super) async fn over(wire: Wire, uid: String, settings: Arc<Settings>) -> Result<OpenedMeilisearch, Error> {
        // The library keeps no key: the wire has it.
        let client = Client::new_with_client(wire.base(), None::<String>, wire.clone());
        let index = Self { client, wire, uid, settings, is_marked: AtomicBool::new(false) };
        index.make().await?;
        index.settle().await?;
        index.probe().await?;
        let rebuilt = !index.has_mark().await?;
        index.is_marked.store(!rebuilt, std::sync::atomic::Ordering::Relaxed);
        Ok(OpenedMeilisearch { index, rebuilt })
    }

    /// Makes the index where there is none.
    async fn make(&self) -> Result<(), Error> {
        match self.wire.get::<There>(&format!("/indexes/{}", self.uid)).await {
            Ok(There { primary_key: None }) => {}
            Ok(There { primary_key: Some(there) }) if there == KEY => return Ok(()),
            Ok(_) => return Err(Error::Failed(format!("the index {} on the server is somebody else's", self.uid))),
            Err(Error::Unknown(_)) => {}
            Err(other) => return Err(other),
        }
        let made = self.done(self.client.create_index(&self.uid, Some(KEY)).await).await;
        // Another process may have made it meanwhile.
        match self.wire.get::<There>(&format!("/indexes/{}", self.uid)).await? {
            There { primary_key: Some(there) } if there == KEY => Ok(()),
            _ => made,
        }
    }

    /// Puts settings right that are not as they should be.
    async fn settle(&self) -> Result<(), Error> {
        let path = format!("/indexes/{}/settings", self.uid);
        let there: Map<String, Value> = self.wire.get(&path).await?;
        let other = form::drift(&form::settings(), &there);
        if other.is_empty() {
            return Ok(());
        }
        let names: Vec<&str> = other.keys().map(String::as_str).collect();
        tracing::warn!(index = self.uid, settings = names.join(" "), "settings of the search index are put right");
        let task: TaskInfo = self.wire.patch(&path, &other).await?;
        match tokio::time::timeout(SETTLING, self.done(Ok(task))).await {
            Ok(done) => done,
            Err(_) => {
                tracing::warn!(index = self.uid, "the search server is still busy with the settings; it answers as before");
                Ok(())
            }
        }
    }

    /// Tries what a server that is too old does not know.
    async fn probe(&self) -> Result<(), Error> {
        let ask = self.asking(String::new(), String::new());
        self.together::<Nothing>(&[ask], &Federation::page(0, 1)).await?;
        Ok(())
    }

    /// Whether the index was filled by what fills it now.
    pub(super) async fn has_mark(&self) -> Result<bool, Error> {
        match self.wire.get::<Marked>(&format!("/indexes/{}/documents/{MARK}", self.uid)).await {
            Ok(marked) => Ok(marked.mark == form::mark(&self.settings)),
            // The document or the index is not there.
            Err(Error::Unknown(_)) => Ok(false),
            Err(other) => Err(other),
        }
    }

    /// Tells whether the index can be read, and whether it holds all that it was given.
    pub(super) async fn is_whole(&self) -> Result<(), Error> {
        self.wire.get::<There>(&format!("/indexes/{}", self.uid)).await?;
        if self.is_marked.load(std::sync::atomic::Ordering::Relaxed) && !self.has_mark().await? {
            return Err(Error::Damaged("it was emptied on the server".to_owned()));
        }
        Ok(())
    }
}

/// Refuses a server that tells that it is too old. A key for some indexes only may not ask.
async fn heed_version(wire: &Wire) -> Result<(), Error> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Version {
        pkg_version: String,
    }
    let pkg_version = match wire.get("/version").await {
        Ok(Version { pkg_version }) => pkg_version,
        Err(Error::Away(why)) if why == faults::NO_RIGHT => return Ok(()),
        Err(other) => return Err(other),
    };
    let mut numbers = pkg_version.split('.').map(|number| number.parse::<u64>().ok());
    let (Some(Some(major)), Some(Some(minor))) = (numbers.next(), numbers.next()) else {
        return Err(Error::Failed("the server tells no version: is it Meilisearch?".to_owned()));
    };
    let (least_major, least_minor) = LEAST_VERSION;
    if (major, minor) < LEAST_VERSION {
        let least = format!("{least_major}.{least_minor}");
        return Err(Error::Failed(format!("Meilisearch {pkg_version} is too old: {least} or newer is needed")));
    }
    if major > least_major {
        tracing::warn!(version = pkg_version, "this version of Meilisearch was never tried");
    }
    Ok(())
}

/// A name, where it can be a part of the name of an index.
pub(super) fn named(name: &str) -> Result<&str, Error> {
    let is_fit = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if name.is_empty() || name.len() > 100 || !name.chars().all(is_fit) {
        return Err(Error::Failed("names of indexes are made of letters, digits, - and _, a hundred at most".to_owned()));
    }
    Ok(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_plain() {
        assert!(named("lai-chau_2").is_ok());
        for name in ["", "a/b", "sở", "a b", &"a".repeat(101)] {
            assert!(named(name).is_err(), "{name}");
        }
    }
}
