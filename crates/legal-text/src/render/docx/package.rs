//! The parts of the package, and the package itself.

use super::super::xml::Xml;
use crate::header::Header;
use std::io::{Cursor, Write};
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The document is larger than the format can hold.
#[derive(Debug, thiserror::Error)]
#[error("the document is too large for a DOCX file")]
pub struct TooLarge(#[source] ZipError);

impl From<ZipError> for TooLarge {
    fn from(error: ZipError) -> Self {
        Self(error)
    }
}

impl From<std::io::Error> for TooLarge {
    fn from(error: std::io::Error) -> Self {
        Self(error.into())
    }
}

/// Puts a document together. `links` are the addresses it leads to, in order.
pub(super) fn package(body: &str, links: &[String], header: &Header) -> Result<Vec<u8>, TooLarge> {
    // The time of every file is the earliest there is.
    let options =
        SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).last_modified_time(DateTime::default());
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let files: [(&str, &str); 8] = [
        ("[Content_Types].xml", include_str!("parts/content_types.xml")),
        ("_rels/.rels", include_str!("parts/package_rels.xml")),
        ("word/document.xml", body),
        ("word/_rels/document.xml.rels", &relations(links)),
        ("word/styles.xml", include_str!("parts/styles.xml")),
        ("word/settings.xml", include_str!("parts/settings.xml")),
        ("word/header1.xml", include_str!("parts/header.xml")),
        ("docProps/core.xml", &properties(header)),
    ];
    for (name, content) in files {
        zip.start_file(name, options)?;
        zip.write_all(content.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}

fn relations(links: &[String]) -> String {
    let mut xml = Xml::new();
    xml.open("Relationships", &[("xmlns", Some("http://schemas.openxmlformats.org/package/2006/relationships"))]);
    let mut relation = |id: &str, kind: &str, target: &str, mode: Option<&str>| {
        let kind = format!("{RELATION}/{kind}");
        let attributes = [("Id", Some(id)), ("Type", Some(kind.as_str())), ("Target", Some(target)), ("TargetMode", mode)];
        xml.empty("Relationship", &attributes);
    };
    relation("styles", "styles", "styles.xml", None);
    relation("settings", "settings", "settings.xml", None);
    relation("header", "header", "header1.xml", None);
    for (at, link) in links.iter().enumerate() {
        relation(&format!("link{at}"), "hyperlink", link, Some("External"));
    }
    xml.finish()
}

fn properties(header: &Header) -> String {
    let mut xml = Xml::new();
    xml.open(
        "cp:coreProperties",
        &[
            ("xmlns:cp", Some("http://schemas.openxmlformats.org/package/2006/metadata/core-properties")),
            ("xmlns:dc", Some("http://purl.org/dc/elements/1.1/")),
            ("xmlns:dcterms", Some("http://purl.org/dc/terms/")),
            ("xmlns:xsi", Some("http://www.w3.org/2001/XMLSchema-instance")),
        ],
    );
    let day = header.issued_on.map(|day| format!("{day}T00:00:00Z"));
    let fields = [
        ("dc:title", header.title.as_deref()),
        ("dc:subject", header.number.as_deref()),
        ("dc:creator", header.issuer.as_deref()),
        ("dc:language", Some("vi-VN")),
    ];
    for (name, value) in fields {
        if let Some(value) = value {
            xml.open(name, &[]);
            xml.text(value);
            xml.close();
        }
    }
    if let Some(day) = day {
        xml.open("dcterms:created", &[("xsi:type", Some("dcterms:W3CDTF"))]);
        xml.text(&day);
        xml.close();
    }
    xml.finish()
}
