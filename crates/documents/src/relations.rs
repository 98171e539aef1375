//! The verbs on relations: readers list them, editors confirm, reject and add.

use crate::documents::{Documents, invalid};
use crate::policy::{may_read, require};
use crate::relation::RelationInput;
use crate::store::relation_rows::{self as rows, RelationRows, Stored, relation_columns};
use crate::store::{a, col, harvest, searched};
use crate::{Error, store as tables};
use kernel::query::{ListQuery, Projection, State};
use kernel::{
    Actor, Call, Clock, FieldFault, Found, Id, Page, Permission, Revision, Row, Text, View, merge_patch, parse_date, text,
};
use legal_text::{FindError, LegalText, Relation};
use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use serde_json::Value;
use store::outbox::{self, Event};
use store::{Database, Listing, Refusal, WriteTxn};

const TYPE: &str = "relation";

/// Relations between documents.
#[derive(Clone)]
pub struct Relations {
    documents: Documents,
    db: Database,
    clock: Clock,
}

impl Relations {
    /// Relations of these documents.
    pub fn of(documents: &Documents) -> Self {
        Self { documents: documents.clone(), db: documents.db.clone(), clock: documents.clock.clone() }
    }

    /// One page: those of published documents that are not rejected, or all of the working copies.
    pub async fn list(&self, actor: &Actor, query: &ListQuery) -> Result<Page<Row>, Error> {
        may_read(actor, query.state)?;
        let reader = RelationRows::new(&query.fields, query.state);
        let (select, width) = reader.select();
        let columns = relation_columns();
        let listing = Listing { select, width, columns: &columns, id: col("r", "id") };
        Ok(store::list(self.db.reader(), listing, query, |row| reader.read(row)).await?)
    }

    /// Those of these ids that the caller sees.
    pub async fn get_many(&self, actor: &Actor, ids: &[Id], view: &View) -> Result<Vec<Found>, Error> {
        may_read(actor, view.state)?;
        // An editor sees one by its id whatever its standing.
        let state = if crate::policy::sees_drafts(actor) { State::Draft } else { view.state };
        let reader = RelationRows::new(&view.fields, state);
        let (mut select, width) = reader.select();
        select.expr(col("r", "revision")).and_where(col("r", "id").is_in(ids.iter().map(|id| id.0)));
        let mut found: Vec<Found> = Vec::with_capacity(ids.len());
        for row in self.db.reader().query_all(&select).await? {
            found.push(Found { revision: Revision(row.try_get_by_index(width)?), row: reader.read(&row)? });
        }
        Ok(found)
    }

    /// Enters a relation that no text states, or that the reader has missed.
    pub async fn create(&self, call: &Call, input: RelationInput) -> Result<Found, Error> {
        require(&call.actor, Permission::DocumentsPublish)?;
        let mut stored = Stored::parse(input)?;
        self.touches_what_is_there(call, &stored).await?;
        let txn = self.db.begin(call, self.clock.now()).await?;
        stored.complete(&txn).await?;
        let id = Id::new(txn.now());
        rows::insert(txn.conn(), id, &stored, txn.now()).await?;
        store::resources::register(&txn, id, TYPE).await?;
        harvest::touch(&txn, &[stored.document_id]).await?;
        searched::touch(&txn, stored.target_id).await?;
        record(&txn, id, "created", Revision::FIRST).await?;
        finish(txn, id).await
    }

    /// Confirms, rejects or changes a relation by a merge patch. What was found keeps where it was found.
    pub async fn revise(&self, call: &Call, id: Id, seen: Revision, patch: Row) -> Result<Found, Error> {
        require(&call.actor, Permission::DocumentsPublish)?;
        let mut txn = self.db.begin(call, self.clock.now()).await?;
        let (mut before, mut changed) = patched(&txn, (id, seen), patch.clone()).await?;
        if changed.provisions != before.provisions || changed.target_id != before.target_id {
            // Reading texts takes long: nobody waits for it to write.
            drop(txn);
            self.touches_what_is_there(call, &changed).await?;
            txn = self.db.begin(call, self.clock.now()).await?;
            (before, changed) = patched(&txn, (id, seen), patch).await?;
        }
        if changed != before {
            rows::update(txn.conn(), (id, seen), &changed, txn.now()).await?;
            // What the reader found has no id of its own until somebody decides about it.
            if store::resources::type_of(txn.conn(), id).await?.is_none() {
                store::resources::register(&txn, id, TYPE).await?;
            }
            harvest::touch(&txn, &[changed.document_id]).await?;
            searched::touch(&txn, before.target_id.into_iter().chain(changed.target_id)).await?;
            record(&txn, id, "updated", seen.next()).await?;
        }
        finish(txn, id).await
    }

    /// Provisions that an editor names are some of a text of the target, where it has a text here.
    async fn touches_what_is_there(&self, call: &Call, stored: &Stored) -> Result<(), Error> {
        let Some(target) = stored.target_id.filter(|_| !stored.provisions.is_empty()) else { return Ok(()) };
        let Some(history) = self.documents.history(&call.actor, target, None).await? else { return Ok(()) };
        if history.versions.is_empty() {
            return Ok(());
        }
        let wanted = stored.provisions.clone();
        let search = move || {
            // What is ambiguous is there more than once.
            let found =
                |eid: &str, read: &LegalText| !matches!(legal_text::find(&read.nodes, eid), Err(FindError::NoSuchProvision(_)));
            let is_there = |eid: &str| history.versions.iter().any(|version| found(eid, &version.read));
            wanted.iter().enumerate().filter(|(_, eid)| !is_there(eid)).map(|(at, _)| at).collect::<Vec<usize>>()
        };
        let missing = tokio::task::spawn_blocking(search).await.map_err(|_| Error::Unreadable)?;
        let text = || Text::new("văn bản không có điều khoản này", "the document has no such provision");
        let fault = |at: usize| FieldFault::new(format!("/provisions/{at}"), "unknown_provision", text());
        let faults: Vec<FieldFault> = missing.into_iter().map(fault).collect();
        if faults.is_empty() { Ok(()) } else { Err(Error::Refused(Refusal::Invalid(faults))) }
    }

    /// Removes a relation that an editor entered; what was found in a text is rejected instead.
    pub async fn delete(&self, call: &Call, id: Id, seen: Revision) -> Result<(), Error> {
        require(&call.actor, Permission::DocumentsPublish)?;
        let txn = self.db.begin(call, self.clock.now()).await?;
        let before = rows::locked(txn.conn(), id).await?.ok_or(Error::Refused(Refusal::NotFound))?;
        if before.revision != seen {
            return Err(Error::Refused(Refusal::Stale));
        }
        if before.origin != "editor" {
            return Err(Error::FoundInText);
        }
        let delete = Query::delete().from_table(a("document_relations")).and_where(Expr::col(a("id")).eq(id.0)).to_owned();
        txn.conn().execute(&delete).await?;
        store::resources::forget(&txn, id).await?;
        harvest::touch(&txn, &[before.stored.document_id]).await?;
        searched::touch(&txn, before.stored.target_id).await?;
        record(&txn, id, "deleted", seen.next()).await?;
        Ok(txn.commit(&()).await?)
    }
}

impl Stored {
    /// Checks what an editor sent.
    pub(crate) fn parse(input: RelationInput) -> Result<Self, Error> {
        let mut faults = Vec::new();
        let mut fault = |pointer: &str, code: &'static str, vi: &str, en: &str| {
            faults.push(FieldFault::new(pointer, code, Text::new(vi, en)));
        };
        let document_id = Id::parse(&input.document_id);
        if document_id.is_none() {
            fault("/document_id", "invalid_id", "không phải là mã định danh (UUID)", "not a UUID");
        }
        let relation = Relation::parse(&input.relation);
        if relation.is_none() {
            fault("/relation", "unknown_relation", "không có quan hệ này", "there is no such relation");
        }
        let target_id = input.target_id.as_deref().map(Id::parse);
        if target_id == Some(None) {
            fault("/target_id", "invalid_id", "không phải là mã định danh (UUID)", "not a UUID");
        }
        let target_id = target_id.flatten();
        let line = |value: Option<String>| value.map(|value| text::one_line(&text::nfc(value))).filter(|value| !value.is_empty());
        let (target_number, target_title) = (line(input.target_number), line(input.target_title));
        if target_id.is_none() && target_number.is_none() && target_title.is_none() {
            fault(
                "/target_id",
                "required",
                "cần target_id, target_number hoặc target_title",
                "target_id, target_number or target_title is needed",
            );
        }
        if target_id.is_some() && target_id == document_id {
            fault("/target_id", "own_target", "văn bản không tác động lên chính nó", "a document does nothing to itself");
        }
        let mut day = |pointer: &str, value: Option<String>| {
            let parsed = value.as_deref().map(parse_date);
            if parsed == Some(None) {
                fault(pointer, "invalid_date", "cần ngày dạng YYYY-MM-DD", "a day as YYYY-MM-DD is needed");
            }
            parsed.flatten().map(kernel::print_date)
        };
        let target_issued_on = day("/target_issued_on", input.target_issued_on);
        let effective_on = day("/effective_on", input.effective_on);
        let until_on = day("/until_on", input.until_on);
        if until_on.is_some() && until_on <= effective_on {
            fault("/until_on", "until_before_from", "phải sau ngày bắt đầu", "must come after the first day");
        }
        for (at, eid) in input.provisions.iter().enumerate() {
            let known =
                !eid.is_empty() && eid.len() <= 200 && eid.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
            if !known {
                fault(
                    &format!("/provisions/{at}"),
                    "invalid_eid",
                    "không phải mã điều khoản như art_5__para_2",
                    "not an id of a provision such as art_5__para_2",
                );
            }
        }
        if input.provisions.len() > 500 {
            fault("/provisions", "too_many", "nhiều nhất 500", "at most 500");
        }
        let standing = input.standing.unwrap_or_else(|| "confirmed".to_owned());
        if !["found", "confirmed", "rejected"].contains(&standing.as_str()) {
            fault("/standing", "unknown_standing", "found, confirmed, rejected", "found, confirmed, rejected");
        }
        if input.note.as_ref().is_some_and(|note| note.chars().count() > 2000 || note.contains('\0')) {
            fault("/note", "too_long", "dài nhất 2000 ký tự", "at most 2000 characters");
        }
        let (Some(document_id), Some(relation), true) = (document_id, relation, faults.is_empty()) else {
            return Err(Error::Refused(Refusal::Invalid(faults)));
        };
        Ok(Self {
            document_id,
            relation: relation.as_str(),
            target_id,
            target_number,
            target_title,
            target_issued_on,
            whole: input.whole.unwrap_or(input.provisions.is_empty()),
            provisions: input.provisions,
            effective_on,
            until_on,
            standing,
            note: input.note.map(text::nfc),
        })
    }

    /// Finds the documents that are named, and takes the number of the target from it.
    async fn complete(&mut self, txn: &WriteTxn) -> Result<(), Error> {
        let missing = |pointer: &str| {
            let text = Text::new("không có văn bản này", "there is no such document");
            Error::Refused(Refusal::Invalid(vec![FieldFault::new(pointer, "unknown_document", text)]))
        };
        let Some(acting) = tables::editions::working(txn.conn(), self.document_id).await? else {
            return Err(missing("/document_id"));
        };
        if let Some(target) = self.target_id {
            let working = tables::editions::working(txn.conn(), target).await?.ok_or_else(|| missing("/target_id"))?;
            // What was found wrongly can always be rejected.
            if self.standing != "rejected" {
                self.comes_after(acting.content.issued_on.as_deref(), working.content.issued_on.as_deref())?;
            }
            self.target_number = self.target_number.take().or(working.content.number);
            self.target_title = self.target_title.take().or(working.content.title);
            self.target_issued_on = self.target_issued_on.take().or(working.content.issued_on);
        }
        Ok(())
    }

    /// An act does nothing to one that is issued later, and nothing happens to an act before there is one.
    fn comes_after(&self, acting: Option<&str>, target: Option<&str>) -> Result<(), Error> {
        let Some(target) = target else { return Ok(()) };
        let refused = |pointer: &str, code: &'static str, text: Text| {
            Err(Error::Refused(Refusal::Invalid(vec![FieldFault::new(pointer, code, text)])))
        };
        if acting.is_some_and(|acting| acting < target) {
            let text = Text::new(
                format!("văn bản này ban hành sau, ngày {target}"),
                format!("that document was issued later, on {target}"),
            );
            return refused("/target_id", "issued_later", text);
        }
        if self.effective_on.as_deref().is_some_and(|on| on < target) {
            let text = Text::new(
                format!("không được trước ngày ban hành {target} của văn bản chịu tác động"),
                format!("must not be before {target}, when the other document was issued"),
            );
            return refused("/effective_on", "before_issue", text);
        }
        Ok(())
    }

    fn as_input(&self) -> RelationInput {
        RelationInput {
            document_id: self.document_id.to_string(),
            relation: self.relation.to_owned(),
            target_id: self.target_id.map(|id| id.to_string()),
            target_number: self.target_number.clone(),
            target_title: self.target_title.clone(),
            target_issued_on: self.target_issued_on.clone(),
            whole: Some(self.whole),
            provisions: self.provisions.clone(),
            effective_on: self.effective_on.clone(),
            until_on: self.until_on.clone(),
            standing: Some(self.standing.clone()),
            note: self.note.clone(),
        }
    }
}

/// A relation as it is, locked, and with a merge patch applied; the caller must have seen the present revision.
async fn patched(txn: &WriteTxn, (id, seen): (Id, Revision), patch: Row) -> Result<(Stored, Stored), Error> {
    let before = rows::locked(txn.conn(), id).await?.ok_or(Error::Refused(Refusal::NotFound))?;
    if before.revision != seen {
        return Err(Error::Refused(Refusal::Stale));
    }
    let mut target = match serde_json::to_value(before.stored.as_input()) {
        Ok(Value::Object(target)) => target,
        Ok(_) | Err(_) => Row::new(),
    };
    target.retain(|_, value| *value != Value::Null);
    merge_patch(&mut target, patch);
    let input: RelationInput = serde_json::from_value(Value::Object(target)).map_err(|_| invalid("", "invalid_patch"))?;
    let mut changed = Stored::parse(input)?;
    if changed.document_id != before.stored.document_id {
        return Err(invalid("/document_id", "immutable"));
    }
    changed.complete(txn).await?;
    Ok((before.stored, changed))
}

async fn record(txn: &WriteTxn, id: Id, action: &'static str, revision: Revision) -> Result<(), Error> {
    Ok(outbox::record(txn, Event { resource_type: TYPE, id, action, revision }).await?)
}

async fn finish(txn: WriteTxn, id: Id) -> Result<Found, Error> {
    let reader = RelationRows::new(&Projection(rows::every_field()), State::Draft);
    let (mut select, width) = reader.select();
    select.expr(col("r", "revision")).and_where(col("r", "id").eq(id.0));
    let row = txn.conn().query_one(&select).await?.ok_or(Error::Refused(Refusal::NotFound))?;
    let found = Found { revision: Revision(row.try_get_by_index(width)?), row: reader.read(&row)? };
    txn.commit(&found.row).await?;
    Ok(found)
}
