//! Resolves names, and passes on only what messages may go to: the connection is made to the very addresses that were looked
//! at, so a name that means something else a moment later gains nothing.

use crate::reach::Reach;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::net::SocketAddr;

/// A name that leads where messages may not go.
#[derive(Debug, thiserror::Error)]
#[error("the name leads to an address that messages may not go to")]
pub(crate) struct Refused;

/// A name that leads nowhere.
#[derive(Debug, thiserror::Error)]
#[error("the name is not known")]
pub(crate) struct Unknown;

/// The resolver of names.
pub(crate) struct Guard(pub(crate) Reach);

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let reach = self.0;
        Box::pin(async move {
            let found: Vec<SocketAddr> = match tokio::net::lookup_host((name.as_str(), 0)).await {
                Ok(found) => found.collect(),
                Err(_) => return Err(Unknown.into()),
            };
            if found.is_empty() {
                return Err(Unknown.into());
            }
            // One that is inside makes all of them suspect.
            if found.iter().any(|address| !reach.takes(address.ip())) {
                return Err(Refused.into());
            }
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}
