//! The verbs on texts that editors enter. A text is seen where its document is.

use crate::Error;
use crate::content::{Faults, is_told};
use crate::documents::{Documents, invalid};
use crate::policy::{require, sees_drafts};
use crate::store::files::{self, Seen};
use crate::store::{a, editions, searched, texts};
use crate::text::{EnteredTextInput, TABLE};
use kernel::query::ListQuery;
use kernel::{Actor, Call, Found, Id, Locale, Page, Permission, Revision, Row, Text, View, merge_patch, text};
use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Condition, Expr, ExprTrait, Query};
use serde_json::Value;
use store::outbox::{self, Event};
use store::{Refusal, WriteTxn, sql};

const TYPE: &str = TABLE.resource;

/// The largest file that a text is read from, in bytes.
const MAX_FILE: u64 = 64 << 20;

/// Texts that editors enter.
#[derive(Clone)]
pub struct EnteredTexts {
    documents: Documents,
}

/// A text, checked.
struct Checked {
    document: Id,
    language: Option<Locale>,
    valid_from: String,
    basis: Option<String>,
    body: Option<String>,
    file: Option<Id>,
}

impl Checked {
    fn parse(input: EnteredTextInput) -> Result<Self, Error> {
        let mut faults = Faults(Vec::new());
        let language = input.language.as_deref().map(Locale::parse);
        if language == Some(None) {
            faults.add("/language", "invalid_language", "không phải mã ngôn ngữ như vi, en", "not a language tag such as vi, en");
        }
        faults.at_most("/basis", input.basis.as_ref(), 500);
        if input.body_text.is_some() == input.file_id.is_some() {
            faults.add(
                "/body_text",
                "text_or_file",
                "cần một trong hai: body_text hoặc file_id",
                "give body_text or file_id, one of them",
            );
        }
        if input.body_text.as_deref().is_some_and(|body| !is_told(body) || body.contains('\0')) {
            faults.add("/body_text", "blank", "không được để trống", "must not be blank");
        }
        let document = faults.id("/document_id", Some(input.document_id));
        let valid_from = faults.date("/valid_from", Some(input.valid_from)).unwrap_or_default();
        let basis = faults.line("/basis", input.basis);
        let file = faults.id("/file_id", input.file_id);
        match document {
            Some(document) if faults.0.is_empty() => {
                Ok(Self { document, language: language.flatten(), valid_from, basis, body: input.body_text.map(text::nfc), file })
            }
            _ => Err(Error::Refused(Refusal::Invalid(faults.0))),
        }
    }
}

impl EnteredTexts {
    /// Texts of these documents.
    pub fn of(documents: &Documents) -> Self {
        Self { documents: documents.clone() }
    }

    /// One page.
    pub async fn list(&self, actor: &Actor, query: &ListQuery) -> Result<Page<Row>, Error> {
        Ok(TABLE.list(self.documents.db.reader(), query, seen(actor)).await?)
    }

    /// Those of these ids that the caller sees.
    pub async fn get_many(&self, actor: &Actor, ids: &[Id], view: &View) -> Result<Vec<Found>, Error> {
        Ok(TABLE.get_many(self.documents.db.reader(), ids, &view.fields, seen(actor)).await?)
    }

    /// Enters a text: everybody who sees the document sees it at once.
    pub async fn create(&self, call: &Call, input: EnteredTextInput) -> Result<Found, Error> {
        require(&call.actor, Permission::DocumentsPublish)?;
        let checked = Checked::parse(input)?;
        let body = self.body(&checked).await?;
        match self.enter(call, &checked, &body).await {
            // Another call entered one in the meantime: now it can be named.
            Err(Error::Refused(Refusal::Store(error))) if error.is_unique_violation() => self.enter(call, &checked, &body).await,
            entered => entered,
        }
    }

    async fn enter(&self, call: &Call, checked: &Checked, body: &str) -> Result<Found, Error> {
        let txn = self.documents.db.begin(call, self.documents.clock.now()).await?;
        let document = editions::working(txn.conn(), checked.document).await?.ok_or_else(|| {
            let text = Text::new("không có văn bản này", "there is no such document");
            Error::Refused(Refusal::field("/document_id", "unknown_document", text))
        })?;
        let own = document.content.language;
        let language = checked.language.as_ref().map_or(own.as_str(), Locale::as_str).to_owned();
        free(&txn, None, (checked.document, &language, &checked.valid_from)).await?;
        let id = Id::new(txn.now());
        let kind = if language == own { "consolidation" } else { "translation" };
        let values = vec![
            ("id", id.0.into()),
            ("revision", Revision::FIRST.0.into()),
            ("document_id", checked.document.0.into()),
            ("language", language.into()),
            ("valid_from", checked.valid_from.as_str().into()),
            ("kind", kind.into()),
            ("body_text", body.into()),
            ("file_id", checked.file.map(|file| file.0).into()),
            ("basis", checked.basis.clone().into()),
            ("created_at", txn.now().0.into()),
            ("updated_at", txn.now().0.into()),
        ];
        sql::insert(txn.conn(), TABLE.name, values).await?;
        store::resources::register(&txn, id, TYPE).await?;
        searched::touch(&txn, [checked.document]).await?;
        record(&txn, id, "created", Revision::FIRST).await?;
        finish(txn, id).await
    }

    /// Changes a text by a merge patch.
    pub async fn revise(&self, call: &Call, id: Id, seen: Revision, patch: Row) -> Result<Found, Error> {
        require(&call.actor, Permission::DocumentsPublish)?;
        let before = TABLE.whole(self.documents.db.reader(), id).await?.ok_or(Error::Refused(Refusal::NotFound))?;
        let mut row = before.row.clone();
        let told = |name: &str| matches!(name, "document_id" | "language" | "valid_from" | "basis" | "body_text" | "file_id");
        row.retain(|name, value: &mut Value| told(name) && *value != Value::Null);
        // The text is what was read from the file, unless another file or another text is told.
        row.remove(if patch.contains_key("file_id") { "body_text" } else { "file_id" });
        merge_patch(&mut row, patch);
        let input: EnteredTextInput = serde_json::from_value(Value::Object(row)).map_err(|_| invalid("", "invalid_patch"))?;
        let checked = Checked::parse(input)?;
        let same = |name: &str, value: &str| before.row.get(name).and_then(Value::as_str) == Some(value);
        if !same("document_id", &checked.document.to_string()) {
            return Err(invalid("/document_id", "immutable"));
        }
        let language = before.row.get("language").and_then(Value::as_str).unwrap_or_default();
        if checked.language.as_ref().map(Locale::as_str) != Some(language) {
            return Err(invalid("/language", "immutable"));
        }
        let body = self.body(&checked).await?;
        let txn = self.documents.db.begin(call, self.documents.clock.now()).await?;
        free(&txn, Some(id), (checked.document, language, &checked.valid_from)).await?;
        let file = match checked.file {
            Some(file) => Some(file),
            None => before.row.get("file_id").and_then(Value::as_str).and_then(Id::parse).filter(|_| same("body_text", &body)),
        };
        let values = vec![
            ("valid_from", checked.valid_from.into()),
            ("basis", checked.basis.into()),
            ("body_text", body.into()),
            ("file_id", file.map(|file| file.0).into()),
            ("updated_at", txn.now().0.into()),
        ];
        if !sql::advance(txn.conn(), TABLE.name, (id, seen), values).await? {
            return Err(Error::Refused(Refusal::Stale));
        }
        searched::touch(&txn, [checked.document]).await?;
        record(&txn, id, "updated", seen.next()).await?;
        finish(txn, id).await
    }

    /// Removes a text: that of its day is then made from what acts say.
    pub async fn delete(&self, call: &Call, id: Id, seen: Revision) -> Result<(), Error> {
        require(&call.actor, Permission::DocumentsPublish)?;
        let txn = self.documents.db.begin(call, self.documents.clock.now()).await?;
        let found = TABLE.whole(txn.conn(), id).await?.ok_or(Error::Refused(Refusal::NotFound))?;
        if found.revision != seen {
            return Err(Error::Refused(Refusal::Stale));
        }
        sql::delete(txn.conn(), TABLE.name, id).await?;
        let document = found.row.get("document_id").and_then(Value::as_str).and_then(Id::parse);
        searched::touch(&txn, document).await?;
        store::resources::forget(&txn, id).await?;
        record(&txn, id, "deleted", seen.next()).await?;
        Ok(txn.commit(&()).await?)
    }

    /// The words: those told, or those of a file of the document.
    async fn body(&self, checked: &Checked) -> Result<String, Error> {
        if let Some(body) = &checked.body {
            return Ok(body.clone());
        }
        let refused = |code, vi: &str, en: &str| Error::Refused(Refusal::field("/file_id", code, Text::new(vi, en)));
        let unknown = || refused("unknown_file", "văn bản không có tệp này", "the document has no such file");
        let file = checked.file.ok_or_else(unknown)?;
        let record = files::one(self.documents.db.reader(), checked.document, file, Seen::All).await?.ok_or_else(unknown)?;
        let bytes = self.documents.files.read(&record.sha256, MAX_FILE).await?;
        let text = self.documents.sources.read(&record.name, bytes, |reading| reading.text).await?;
        text.filter(|text| is_told(text)).ok_or_else(|| {
            refused(
                "file_without_text",
                "tệp không có văn bản đọc được (bản quét)",
                "the file has no text that can be read (a scan)",
            )
        })
    }
}

/// Which texts a caller sees: those of published documents; editors see all.
pub(crate) fn seen(actor: &Actor) -> Condition {
    if sees_drafts(actor) {
        return Condition::all();
    }
    let live = Query::select().column(a("document_id")).from(a("document_editions")).and_where(Expr::col(a("live"))).to_owned();
    Condition::all().add(Expr::col(a("document_id")).in_subquery(live))
}

/// Refuses a second text for the same language and day.
async fn free(txn: &WriteTxn, id: Option<Id>, (document, language, day): (Id, &str, &str)) -> Result<(), Error> {
    let select = Query::select()
        .column(a("id"))
        .from(a(TABLE.name))
        .and_where(Expr::col(a("document_id")).eq(document.0))
        .and_where(Expr::col(a("language")).eq(language))
        .and_where(Expr::col(a("valid_from")).eq(day))
        .to_owned();
    match txn.conn().query_one(&select).await? {
        Some(row) => {
            let other = Id(row.try_get_by_index(0)?);
            if Some(other) == id { Ok(()) } else { Err(Error::TextExists { other }) }
        }
        None => Ok(()),
    }
}

async fn record(txn: &WriteTxn, id: Id, action: &'static str, revision: Revision) -> Result<(), Error> {
    Ok(outbox::record(txn, Event { resource_type: TYPE, id, action, revision }).await?)
}

async fn finish(txn: WriteTxn, id: Id) -> Result<Found, Error> {
    let found = TABLE.whole(txn.conn(), id).await?.ok_or(Error::Refused(Refusal::NotFound))?;
    txn.commit(&found.row).await?;
    Ok(found)
}

impl Documents {
    /// How many bytes the texts of a document have together; nothing is read of them.
    pub async fn text_size(&self, id: Id) -> Result<u64, Error> {
        texts::size(self.db.reader(), id).await
    }
}
