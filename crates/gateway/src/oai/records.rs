//! Headers and records of documents.

use super::arguments::Format;
use super::failure::Stop;
use super::{Repository, dates, dublin_core, sets};
use crate::xml::Xml;
use documents::{HarvestRecord, HarvestSet, Harvested};

impl Format {
    /// Where its schema is, and its namespace.
    pub(super) fn schema(self) -> (&'static str, &'static str) {
        match self {
            Self::DublinCore => ("http://www.openarchives.org/OAI/2.0/oai_dc.xsd", "http://www.openarchives.org/OAI/2.0/oai_dc/"),
            Self::AkomaNtoso => (
                "https://docs.oasis-open.org/legaldocml/akn-core/v1.0/os/part2-specs/schemas/akomantoso30.xsd",
                "http://docs.oasis-open.org/legaldocml/ns/akn/3.0",
            ),
        }
    }
}

impl Repository<'_> {
    /// What is told of every document, also of one that is gone.
    pub(super) fn header(&self, xml: &mut Xml, one: &Harvested) {
        let status = [("status", "deleted")];
        xml.open("header", if one.gone { &status } else { &[] });
        xml.leaf("identifier", &[], &format!("{}{}", self.identifiers, one.id));
        xml.leaf("datestamp", &[], &dates::print(one.changed_at));
        let issuer = one.issuer_code.clone().map(HarvestSet::IssuedBy);
        let kind = one.doc_type.clone().map(HarvestSet::OfType);
        for spec in issuer.into_iter().chain(kind).filter_map(|set| sets::print(&set)) {
            xml.leaf("setSpec", &[], &spec);
        }
        xml.close("header");
    }

    /// A document with its metadata; without, where it is gone.
    pub(super) async fn write_record(
        &self,
        xml: &mut Xml,
        (one, record): (&Harvested, Option<&HarvestRecord>),
        format: Format,
    ) -> Result<(), Stop> {
        xml.open("record", &[]);
        let Some(record) = record else {
            // Also what was withdrawn since the list was read.
            self.header(xml, &Harvested { gone: true, ..one.clone() });
            xml.close("record");
            return Ok(());
        };
        self.header(xml, one);
        match format {
            Format::DublinCore => {
                xml.open("metadata", &[]);
                dublin_core::write(xml, &self.portal, (one.id, record));
                xml.close("metadata");
            }
            Format::AkomaNtoso => {
                let size = self.app.parts.documents.text_size(one.id).await?;
                let _room = self.app.heavy.enter(size).await.map_err(Stop::Problem)?;
                // Where it cannot be told its header stands alone: one text does not end the list of all others.
                if let Some(told) = self.harvest.akn(one.id, record, &self.portal.origin).await? {
                    xml.open("metadata", &[]);
                    xml.element(&told);
                    xml.close("metadata");
                }
            }
        }
        xml.close("record");
        Ok(())
    }
}
