//! The verbs on other names of documents. A name is seen where its document is.

use crate::Error;
use crate::alias::{DocumentAliasInput, TABLE, folded};
use crate::content::{Faults, is_told};
use crate::documents::Documents;
use crate::policy::require;
use crate::store::{a, editions};
use crate::texts::seen;
use kernel::query::ListQuery;
use kernel::{Actor, Call, Clock, Found, Id, Page, Permission, Revision, Row, Text, View};
use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use store::outbox::{self, Event};
use store::{Database, Refusal, WriteTxn, sql};

const TYPE: &str = TABLE.resource;

/// Other names of documents.
#[derive(Clone)]
pub struct Aliases {
    db: Database,
    clock: Clock,
}

impl Aliases {
    /// Other names of these documents.
    pub fn of(documents: &Documents) -> Self {
        Self { db: documents.db.clone(), clock: documents.clock.clone() }
    }

    /// One page.
    pub async fn list(&self, actor: &Actor, query: &ListQuery) -> Result<Page<Row>, Error> {
        Ok(TABLE.list(self.db.reader(), query, seen(actor)).await?)
    }

    /// Those of these ids that the caller sees.
    pub async fn get_many(&self, actor: &Actor, ids: &[Id], view: &View) -> Result<Vec<Found>, Error> {
        Ok(TABLE.get_many(self.db.reader(), ids, &view.fields, seen(actor)).await?)
    }

    /// Enters a name; one name leads to one document.
    pub async fn create(&self, call: &Call, input: DocumentAliasInput) -> Result<Found, Error> {
        require(&call.actor, Permission::DocumentsPublish)?;
        let mut faults = Faults(Vec::new());
        faults.at_most("/alias", Some(&input.alias), 200);
        let alias = folded(&input.alias);
        if !is_told(&alias) || alias.contains(char::is_control) {
            faults.add("/alias", "blank", "không được để trống", "must not be blank");
        }
        let document = faults.id("/document_id", Some(input.document_id));
        let (Some(document), true) = (document, faults.0.is_empty()) else {
            return Err(Error::Refused(Refusal::Invalid(faults.0)));
        };
        match self.enter(call, &alias, document).await {
            // Another call entered it in the meantime: now it can be named.
            Err(Error::Refused(Refusal::Store(error))) if error.is_unique_violation() => self.enter(call, &alias, document).await,
            entered => entered,
        }
    }

    async fn enter(&self, call: &Call, alias: &str, document: Id) -> Result<Found, Error> {
        let txn = self.db.begin(call, self.clock.now()).await?;
        if editions::working(txn.conn(), document).await?.is_none() {
            let text = Text::new("không có văn bản này", "there is no such document");
            return Err(Error::Refused(Refusal::field("/document_id", "unknown_document", text)));
        }
        if let Some((other, _)) = holder(txn.conn(), alias).await? {
            return Err(Error::AliasExists { other });
        }
        let id = Id::new(txn.now());
        let values = vec![
            ("id", id.0.into()),
            ("revision", Revision::FIRST.0.into()),
            ("alias", alias.into()),
            ("document_id", document.0.into()),
            ("created_at", txn.now().0.into()),
            ("updated_at", txn.now().0.into()),
        ];
        sql::insert(txn.conn(), TABLE.name, values).await?;
        store::resources::register(&txn, id, TYPE).await?;
        record(&txn, id, "created", Revision::FIRST).await?;
        let found = TABLE.whole(txn.conn(), id).await?.ok_or(Error::Refused(Refusal::NotFound))?;
        txn.commit(&found.row).await?;
        Ok(found)
    }

    /// Removes a name.
    pub async fn delete(&self, call: &Call, id: Id, seen: Revision) -> Result<(), Error> {
        require(&call.actor, Permission::DocumentsPublish)?;
        let txn = self.db.begin(call, self.clock.now()).await?;
        let found = TABLE.whole(txn.conn(), id).await?.ok_or(Error::Refused(Refusal::NotFound))?;
        if found.revision != seen {
            return Err(Error::Refused(Refusal::Stale));
        }
        sql::delete(txn.conn(), TABLE.name, id).await?;
        store::resources::forget(&txn, id).await?;
        record(&txn, id, "deleted", seen.next()).await?;
        Ok(txn.commit(&()).await?)
    }
}

/// The name's own id and the document it leads to.
pub(crate) async fn holder<C: ConnectionTrait>(conn: &C, alias: &str) -> Result<Option<(Id, Id)>, Error> {
    let select = Query::select()
        .columns(["id", "document_id"].map(a))
        .from(a(TABLE.name))
        .and_where(Expr::col(a("alias")).eq(alias))
        .to_owned();
    let Some(row) = conn.query_one(&select).await? else { return Ok(None) };
    Ok(Some((Id(row.try_get_by_index(0)?), Id(row.try_get_by_index(1)?))))
}

async fn record(txn: &WriteTxn, id: Id, action: &'static str, revision: Revision) -> Result<(), Error> {
    Ok(outbox::record(txn, Event { resource_type: TYPE, id, action, revision }).await?)
}
