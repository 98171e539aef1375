//! The content of an edition and the columns that hold it.

use super::{a, col};
use crate::Error;
use crate::address::Address;
use crate::content::{Content, LegalBase};
use crate::found::{Findings, READER};
use kernel::{Id, text};
use sea_orm::QueryResult;
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Expr, ExprTrait, JoinType, Query, SelectStatement, SimpleExpr};

/// How many columns [`select`] has.
pub(crate) const WIDTH: usize = TEXTS.len() + 5;

/// Editions as `e`, with the columns that [`read`] reads.
pub(crate) fn select() -> SelectStatement {
    Query::select()
        .exprs(TEXTS.map(|name| Expr::col((a("e"), a(name)))))
        .exprs(["issuer_id", "source_file_id", "language", "legal_bases"].map(|name| col("e", name)))
        .expr(col("b", "body_text"))
        .from_as(a("document_editions"), a("e"))
        .join_as(JoinType::LeftJoin, a("document_bodies"), a("b"), col("b", "edition_id").equals((a("e"), a("id"))))
        .to_owned()
}

/// The content that a row of [`select`] holds.
pub(crate) fn read(row: &QueryResult) -> Result<Content, Error> {
    let mut at = 0..;
    let mut text = || row.try_get_by_index::<Option<String>>(at.next().unwrap_or_default());
    Ok(Content {
        number: text()?,
        doc_type: text()?,
        title: text()?,
        place: text()?,
        issued_on: text()?,
        effective_on: text()?,
        expires_on: text()?,
        signer_name: text()?,
        signer_title: text()?,
        signer_capacity: text()?,
        gazette_number: text()?,
        gazette_date: text()?,
        issuer_id: row.try_get_by_index::<Option<Uuid>>(12)?.map(Id),
        source_file_id: row.try_get_by_index::<Option<Uuid>>(13)?.map(Id),
        language: row.try_get_by_index(14)?,
        legal_bases: serde_json::from_str::<Vec<LegalBase>>(&row.try_get_by_index::<String>(15)?).map_err(store::Error::from)?,
        body_text: row.try_get_by_index(16)?,
    })
}

/// Plain text columns of an edition, in the order of [`Content`].
const TEXTS: [&str; 12] = [
    "number",
    "doc_type",
    "title",
    "place",
    "issued_on",
    "effective_on",
    "expires_on",
    "signer_name",
    "signer_title",
    "signer_capacity",
    "gazette_number",
    "gazette_date",
];

/// What a row says of a content.
pub(crate) fn values(content: &Content, found: &Findings) -> Result<Vec<(&'static str, SimpleExpr)>, Error> {
    let lower = |value: &Option<String>| SimpleExpr::from(value.as_deref().map(text::lower));
    let bases = serde_json::to_string(&content.legal_bases).map_err(store::Error::from)?;
    let texts = [
        &content.number,
        &content.doc_type,
        &content.title,
        &content.place,
        &content.issued_on,
        &content.effective_on,
        &content.expires_on,
        &content.signer_name,
        &content.signer_title,
        &content.signer_capacity,
        &content.gazette_number,
        &content.gazette_date,
    ];
    let mut values: Vec<(&'static str, SimpleExpr)> =
        TEXTS.into_iter().zip(texts.map(|value| SimpleExpr::from(value.clone()))).collect();
    let address = Address::of(content.number.as_deref(), content.issued_on.as_deref());
    values.extend([
        ("address_type", address.kind.into()),
        ("address_year", address.year.into()),
        ("address_number", address.number.into()),
        ("address_ordinal", address.ordinal.into()),
        ("first_part_on", found.parts.first.clone().into()),
        ("last_part_on", found.parts.last.clone().into()),
        ("parts_unread", found.parts.unread.into()),
        ("reader", READER.into()),
        ("number_lower", lower(&content.number)),
        ("title_lower", lower(&content.title)),
        ("place_lower", lower(&content.place)),
        ("signer_name_lower", lower(&content.signer_name)),
        ("signer_title_lower", lower(&content.signer_title)),
        ("signer_capacity_lower", lower(&content.signer_capacity)),
        ("gazette_number_lower", lower(&content.gazette_number)),
        ("language_lower", text::lower(&content.language).into()),
        ("issuer_id", content.issuer_id.map(|id| id.0).into()),
        ("source_file_id", content.source_file_id.map(|id| id.0).into()),
        ("language", content.language.clone().into()),
        ("legal_bases", bases.into()),
    ]);
    Ok(values)
}
