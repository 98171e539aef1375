//! Where files lie: a folder, or a bucket that speaks S3.

use crate::Error;
use object_store::aws::AmazonS3Builder;
use object_store::prefix::PrefixStore;
use object_store::{ClientOptions, ObjectStore};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// Where files are: parsed from a folder or `s3://BUCKET/PREFIX`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FilesUrl {
    /// A folder of this machine, or one that several machines share.
    Folder(PathBuf),
    /// A bucket. Credentials, region and endpoint are those of the variables `AWS_ACCESS_KEY_ID`,
    /// `AWS_SECRET_ACCESS_KEY`, `AWS_REGION`, `AWS_ENDPOINT_URL` …; `AWS_ALLOW_HTTP=true` is for stand-ins without TLS.
    S3 {
        /// Its name.
        bucket: String,
        /// What every key in it begins with; may be empty.
        prefix: String,
    },
}

impl FilesUrl {
    /// Reads `s3://BUCKET`, `s3://BUCKET/PREFIX`, `file://FOLDER` or a folder.
    pub fn parse(url: &str) -> Result<Self, Error> {
        if let Some(rest) = url.strip_prefix("s3://") {
            let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
            let of_a_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-' | '_');
            if !(3..=63).contains(&bucket.len()) || !bucket.chars().all(of_a_name) {
                return Err(Error::UnknownFilesUrl);
            }
            return Ok(Self::S3 { bucket: bucket.to_owned(), prefix: prefix.trim_matches('/').to_owned() });
        }
        let folder = url.strip_prefix("file://").unwrap_or(url);
        if folder.is_empty() || folder.contains("://") { Err(Error::UnknownFilesUrl) } else { Ok(Self::Folder(folder.into())) }
    }
}

/// A request carries at most one part of an upload, or asks for a copy inside the bucket; a copy of a long film takes time.
const REQUEST: Duration = Duration::from_secs(300);

pub(super) fn bucket(name: &str, prefix: &str) -> Result<Arc<dyn ObjectStore>, Error> {
    // Whoever came first has chosen; every choice in this tree is the same.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let patience = ClientOptions::new().with_timeout(REQUEST).with_connect_timeout(Duration::from_secs(10));
    let allow_http = std::env::var("AWS_ALLOW_HTTP").is_ok_and(|value| matches!(value.as_str(), "true" | "1"));
    let store =
        AmazonS3Builder::from_env().with_client_options(patience).with_allow_http(allow_http).with_bucket_name(name).build()?;
    Ok(if prefix.is_empty() { Arc::new(store) } else { Arc::new(PrefixStore::new(store, prefix)) })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_url_names_its_place() {
        let s3 = |bucket: &str, prefix: &str| FilesUrl::S3 { bucket: bucket.into(), prefix: prefix.into() };
        assert_eq!(FilesUrl::parse("s3://cong-khai").unwrap(), s3("cong-khai", ""));
        assert_eq!(FilesUrl::parse("s3://cong-khai/tinh/lai-chau/").unwrap(), s3("cong-khai", "tinh/lai-chau"));
        assert_eq!(FilesUrl::parse("file:///var/files").unwrap(), FilesUrl::Folder("/var/files".into()));
        assert_eq!(FilesUrl::parse("data/files").unwrap(), FilesUrl::Folder("data/files".into()));
        for bad in ["", "s3://", "s3:///a", "s3://A B/c", "gs://bucket", "file://"] {
            assert!(FilesUrl::parse(bad).is_err(), "{bad}");
        }
    }
}
