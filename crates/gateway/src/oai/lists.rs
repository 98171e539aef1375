//! `ListIdentifiers` and `ListRecords`: pages of the collection in the order of its changes.

use super::arguments::{Format, List, Of};
use super::failure::{Failure, Stop};
use super::{Repository, token};
use crate::xml::Xml;
use documents::{HarvestQuery, HarvestRecord, Harvested};
use kernel::Id;
use std::collections::HashMap;

/// Documents on one page.
const PAGE: u64 = 100;
/// Documents on one page where each is told with its text.
const PAGE_OF_TEXTS: u64 = 20;
/// A page that is longer than this ends, in bytes: texts are long.
const LONGEST: usize = 8 << 20;

impl Repository<'_> {
    pub(super) async fn list(&self, list: List, xml: &mut Xml) -> Result<(), Stop> {
        let texts = list.of == Of::Records && list.format == Format::AkomaNtoso;
        let query = HarvestQuery {
            from: list.from,
            before: list.before,
            set: list.set.clone(),
            wanted: list.format.wanted(),
            after: list.after,
            size: if texts { PAGE_OF_TEXTS } else { PAGE },
        };
        let (found, mut more) = self.harvest.page(&query).await?;
        if found.is_empty() {
            return Err(Failure::NoRecordsMatch.into());
        }
        let records = match list.of {
            Of::Headers => HashMap::new(),
            Of::Records => self.harvest.records(&seen(&found)).await?,
        };
        xml.open(list.of.verb(), &[]);
        let mut last = None;
        let mut told = 0;
        for one in &found {
            if xml.len() > LONGEST {
                more = true;
                break;
            }
            match list.of {
                Of::Headers => self.header(xml, one),
                Of::Records => self.write_record(xml, (one, records.get(&one.id)), list.format).await?,
            }
            last = Some((one.changed_at, one.id));
            told += 1;
        }
        let follows = List { count: list.count + told, ..list.clone() };
        let token = last.filter(|_| more).map(|last| token::seal(&self.app.parts.cursors, &follows, last));
        if token.is_some() || list.after.is_some() {
            xml.leaf("resumptionToken", &[("cursor", &list.count.to_string())], &token.unwrap_or_default());
        }
        xml.close(list.of.verb());
        Ok(())
    }

    /// One record, in a format.
    pub(super) async fn record(&self, identifier: &str, format: Format, xml: &mut Xml) -> Result<(), Stop> {
        let one = self.known(identifier).await?;
        if !format_of(&one).contains(&format) {
            return Err(Failure::CannotDisseminateFormat(format.prefix().to_owned()).into());
        }
        let records: HashMap<Id, HarvestRecord> = self.harvest.records(&seen(std::slice::from_ref(&one))).await?;
        xml.open("GetRecord", &[]);
        self.write_record(xml, (&one, records.get(&one.id)), format).await?;
        xml.close("GetRecord");
        Ok(())
    }

    /// The formats, of one document or of all.
    pub(super) async fn formats(&self, identifier: Option<&str>, xml: &mut Xml) -> Result<(), Stop> {
        let formats = match identifier {
            Some(identifier) => format_of(&self.known(identifier).await?),
            None => Format::ALL.to_vec(),
        };
        xml.open("ListMetadataFormats", &[]);
        for format in formats {
            let (schema, namespace) = format.schema();
            xml.open("metadataFormat", &[]);
            xml.leaf("metadataPrefix", &[], format.prefix());
            xml.leaf("schema", &[], schema);
            xml.leaf("metadataNamespace", &[], namespace);
            xml.close("metadataFormat");
        }
        xml.close("ListMetadataFormats");
        Ok(())
    }

    /// The document that an identifier names.
    async fn known(&self, identifier: &str) -> Result<Harvested, Stop> {
        let id = identifier.strip_prefix(&self.identifiers).and_then(Id::parse);
        let found = match id {
            Some(id) => self.harvest.one(id).await?,
            None => None,
        };
        found.ok_or_else(|| Failure::IdDoesNotExist(identifier.to_owned()).into())
    }
}

fn seen(found: &[Harvested]) -> Vec<Id> {
    found.iter().filter(|one| !one.gone).map(|one| one.id).collect()
}

/// The formats in which a document is told.
fn format_of(one: &Harvested) -> Vec<Format> {
    let told = |format: &Format| *format == Format::DublinCore || one.has_text;
    Format::ALL.into_iter().filter(told).collect()
}
