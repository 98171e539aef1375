//! Sets: documents by issuing authority and by kind. A set holds what those below it hold.

use super::failure::Stop;
use super::{Repository, token};
use crate::xml::Xml;
use documents::{HarvestSet, doc_type_name};

/// Sets on one page.
const PAGE: usize = 100;

const BY_ISSUER: &str = "issuer";
const BY_TYPE: &str = "type";

/// A character of a set or a prefix.
pub(super) fn is_mark(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-_.!~*'()".contains(c)
}

/// Whether the text names a set that there could be.
pub(super) fn is_spec(text: &str) -> bool {
    text.len() <= 400 && text.split(':').all(|part| !part.is_empty() && part.chars().all(is_mark))
}

/// The part of the collection that a set is; none where no set of ours is called so.
pub(super) fn parse(spec: &str) -> Option<HarvestSet> {
    match spec.split_once(':') {
        None if spec == BY_ISSUER => Some(HarvestSet::Issued),
        None if spec == BY_TYPE => Some(HarvestSet::Typed),
        Some((BY_ISSUER, code)) => Some(HarvestSet::IssuedBy(code.to_owned())),
        Some((BY_TYPE, slug)) => Some(HarvestSet::OfType(slug.to_owned())),
        _ => None,
    }
}

/// The set that is this part of the collection.
pub(super) fn print(set: &HarvestSet) -> Option<String> {
    match set {
        HarvestSet::All => None,
        HarvestSet::Issued => Some(BY_ISSUER.to_owned()),
        HarvestSet::IssuedBy(code) => Some(format!("{BY_ISSUER}:{code}")),
        HarvestSet::Typed => Some(BY_TYPE.to_owned()),
        HarvestSet::OfType(slug) => Some(format!("{BY_TYPE}:{slug}")),
    }
}

impl Repository<'_> {
    /// A page of the sets, in the order of their names.
    pub(super) async fn sets(&self, after: Option<(String, i64)>, xml: &mut Xml) -> Result<(), Stop> {
        let (after, count) = after.map_or((None, 0), |(last, count)| (Some(last), count));
        let mut found = self.sets_after(after.as_deref()).await?;
        let more = found.len() > PAGE;
        found.truncate(PAGE);
        xml.open("ListSets", &[]);
        for (spec, name) in &found {
            xml.open("set", &[]);
            xml.leaf("setSpec", &[], spec);
            xml.leaf("setName", &[], name);
            xml.close("set");
        }
        let next = count + i64::try_from(found.len()).unwrap_or(0);
        let token = found.last().filter(|_| more).map(|(last, _)| token::seal_sets(&self.app.parts.cursors, (last, next)));
        if token.is_some() || after.is_some() {
            xml.leaf("resumptionToken", &[("cursor", &count.to_string())], &token.unwrap_or_default());
        }
        xml.close("ListSets");
        Ok(())
    }

    /// One set more than a page, where there is one.
    async fn sets_after(&self, after: Option<&str>) -> Result<Vec<(String, String)>, Stop> {
        let behind = |spec: &str| after.is_none_or(|after| spec > after);
        let mut found = Vec::new();
        if behind(BY_ISSUER) {
            found.push((BY_ISSUER.to_owned(), "Văn bản theo cơ quan ban hành".to_owned()));
        }
        if after.is_none_or(|after| parse(after).is_some_and(|set| matches!(set, HarvestSet::Issued | HarvestSet::IssuedBy(_)))) {
            let code = after.and_then(|after| after.split_once(':')).map(|(_, code)| code);
            let issuers = self.harvest.issuers(code, PAGE as u64 + 1).await?;
            found.extend(issuers.into_iter().map(|(code, name)| (format!("{BY_ISSUER}:{code}"), name)));
        }
        if found.len() <= PAGE {
            if behind(BY_TYPE) {
                found.push((BY_TYPE.to_owned(), "Văn bản theo loại".to_owned()));
            }
            for slug in self.harvest.doc_types().await? {
                let spec = format!("{BY_TYPE}:{slug}");
                if behind(&spec) {
                    found.push((spec, doc_type_name(&slug).unwrap_or(&slug).to_owned()));
                }
            }
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_set_has_one_name() {
        for spec in ["issuer", "issuer:lang-son.ubnd", "type", "type:quyet-dinh"] {
            assert!(is_spec(spec));
            assert_eq!(print(&parse(spec).unwrap()).as_deref(), Some(spec));
        }
        for spec in ["", ":", "a:", "a b", "type:quyết-định", "issuer/x"] {
            assert!(!is_spec(spec), "{spec}");
        }
        assert_eq!((parse("subject:x"), parse("issuers")), (None, None));
    }
}
