//! An editor's desk: documents and issuers over one test database, and callers by name.

use documents::{
    Action, DocumentInput, Documents, Error, Import, IssuerInput, IssuerName, Issuers, Source, State, document_fields,
};
use kernel::query::{Direction, Filter, ListQuery, Op, Projection, SortKey, Test, Value};
use kernel::{Actor, Call, Clock, Fault, Found, Id, PageRequest, Row, View};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::json;
use std::sync::atomic::Ordering;
use store::Files;
use testkit::TestDatabase;

pub const LAI_CHAU: &str = "Ủy ban nhân dân tỉnh Lai Châu";

pub struct Desk {
    pub test: TestDatabase,
    pub documents: Documents,
    pub issuers: Issuers,
    pub editor: Call,
    clock: Clock,
}

/// A decision of the province of Lai Châu of 2 December 2020 under this number.
pub fn document(number: &str) -> DocumentInput {
    DocumentInput {
        number: Some(number.to_owned()),
        doc_type: Some("quyet-dinh".to_owned()),
        title: Some(format!("Về việc số {}", number.replace('/', " "))),
        issuer: Some(IssuerName { name: LAI_CHAU.to_owned() }),
        issued_on: Some("2020-12-02".to_owned()),
        ..DocumentInput::default()
    }
}

pub fn published(input: DocumentInput) -> DocumentInput {
    DocumentInput { state: Some(State::Published), ..input }
}

pub fn issuer(name: &str) -> IssuerInput {
    IssuerInput { name: name.to_owned(), ..IssuerInput::default() }
}

pub fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

pub fn id(found: &Found) -> Id {
    Id::parse(found.row["id"].as_str().unwrap()).unwrap()
}

pub fn object(value: serde_json::Value) -> Row {
    value.as_object().unwrap().clone()
}

/// Pointer and code of every field at fault.
pub fn faults(error: &impl Fault) -> Vec<(String, &'static str)> {
    let mut faults: Vec<_> = error.fields().into_iter().map(|fault| (fault.pointer, fault.code)).collect();
    faults.sort_unstable();
    faults
}

pub fn every_field() -> Projection {
    let names = ["type", "issuer", "legal_bases", "body_text", "source_file_id", "revision"];
    Projection(document_fields().into_iter().map(|field| field.name).chain(names.map(Into::into)).collect())
}

pub fn question(state: kernel::query::State) -> ListQuery {
    ListQuery {
        as_of: None,
        filter: Filter::default(),
        sort: vec![SortKey { field: "number".into(), direction: Direction::Asc }],
        fields: Projection(vec!["number".into(), "title".into()]),
        state,
        lang: None,
        page: PageRequest { size: 100, ..PageRequest::default() },
    }
}

pub fn is(field: &'static str, op: Op, values: &[&str]) -> Filter {
    let values = values.iter().map(|text| Value::Text((*text).to_owned())).collect();
    Filter::Test(Test { field: field.into(), op, values })
}

impl Desk {
    pub fn of(test: TestDatabase) -> Self {
        let clock = testkit::clock();
        let files = Files::in_folder(&test.folder.path().join("files")).unwrap();
        let documents = Documents::new(test.db.clone(), files, testkit::reader(), clock.clone());
        let issuers = Issuers::new(test.db.clone(), clock.clone());
        Self { documents, issuers, editor: Call::of(testkit::editor()), clock, test }
    }

    pub fn pass(&self, seconds: i64) {
        if let Clock::Fixed(at) = &self.clock {
            at.fetch_add(seconds * 1_000_000, Ordering::Relaxed);
        }
    }

    pub async fn create(&self, input: DocumentInput) -> Found {
        self.documents.create(&self.editor, input).await.unwrap()
    }

    pub async fn revise(&self, seen: &Found, patch: serde_json::Value) -> Result<Found, Error> {
        self.documents.revise(&self.editor, id(seen), seen.revision, object(patch)).await
    }

    pub async fn patch(&self, seen: &Found, patch: serde_json::Value) -> Found {
        self.revise(seen, patch).await.unwrap()
    }

    pub async fn publish(&self, seen: &Found) -> Found {
        self.documents.transition(&self.editor, id(seen), seen.revision, (Action::Publish, None)).await.unwrap()
    }

    pub async fn withdraw(&self, seen: &Found) -> Found {
        self.documents.transition(&self.editor, id(seen), seen.revision, (Action::Withdraw, Some("lý do"))).await.unwrap()
    }

    pub async fn seen_by(&self, actor: &Actor, id: Id, state: kernel::query::State) -> Option<Row> {
        let view = View { as_of: None, fields: every_field(), state, lang: kernel::Language::Source };
        self.documents.get(actor, id, &view).await.unwrap().map(|found| found.row)
    }

    /// What everybody sees.
    pub async fn live(&self, id: Id) -> Option<Row> {
        self.seen_by(&Actor::Anonymous, id, kernel::query::State::Published).await
    }

    /// What is worked on.
    pub async fn working(&self, id: Id) -> Option<Row> {
        self.seen_by(&self.editor.actor, id, kernel::query::State::Draft).await
    }

    /// The working copy as a writer last saw it.
    pub async fn present(&self, id: Id) -> Found {
        let view =
            View { as_of: None, fields: every_field(), state: kernel::query::State::Draft, lang: kernel::Language::Source };
        self.documents.get(&self.editor.actor, id, &view).await.unwrap().unwrap()
    }

    /// The numbers of a list of published documents, or of working copies.
    pub async fn numbers(&self, query: &ListQuery) -> Vec<String> {
        let page = self.documents.list(&self.editor.actor, query).await.unwrap();
        page.items.iter().map(|(_, row)| row["number"].as_str().unwrap_or("-").to_owned()).collect()
    }

    pub async fn import(&self, name: &str, bytes: impl Into<Vec<u8>>) -> Import {
        self.try_import(name, bytes, State::Published).await.unwrap()
    }

    pub async fn try_import(&self, name: &str, bytes: impl Into<Vec<u8>>, state: State) -> Result<Import, Error> {
        let source = Source { name: name.to_owned(), bytes: bytes.into().into(), state };
        self.documents.import(&self.editor, source).await
    }

    pub async fn count(&self, table: &str) -> i64 {
        let sql = format!("SELECT count(*) FROM {table}");
        let statement = Statement::from_string(self.test.db.backend(), sql);
        self.test.db.reader().query_one_raw(statement).await.unwrap().unwrap().try_get_by_index(0).unwrap()
    }

    /// Does to the database what no verb does.
    pub async fn run(&self, sql: &str) {
        let txn = self.test.db.begin(&self.editor, testkit::now()).await.unwrap();
        txn.conn().execute_unprepared(sql).await.unwrap();
        txn.commit(&()).await.unwrap();
    }

    /// Action and revision of every event of a resource.
    pub async fn events(&self, of: Id) -> Vec<(String, i64)> {
        let select = sea_orm::sea_query::Query::select()
            .columns(["action", "revision", "resource_id"].map(sea_orm::sea_query::Alias::new))
            .from(sea_orm::sea_query::Alias::new("events"))
            .to_owned();
        let rows = self.test.db.reader().query_all(&select).await.unwrap();
        let mut events: Vec<(String, i64)> = rows
            .iter()
            .filter(|row| row.try_get_by_index::<sea_orm::prelude::Uuid>(2).unwrap() == of.0)
            .map(|row| (row.try_get_by_index(0).unwrap(), row.try_get_by_index(1).unwrap()))
            .collect();
        events.sort_by_key(|(_, revision)| *revision);
        events
    }
}

/// The events as they are compared.
pub fn events(list: &[(&str, i64)]) -> Vec<(String, i64)> {
    list.iter().map(|(action, revision)| ((*action).to_owned(), *revision)).collect()
}

/// A legal basis by number and day.
pub fn basis(number: &str, issued_on: Option<&str>) -> serde_json::Value {
    json!({ "number": number, "issued_on": issued_on })
}

/// A decision as it is printed, with the lines of `more` before its signature.
pub fn printed(number: &str, title: &str, more: &str) -> String {
    format!(
        "ỦY BAN NHÂN DÂN\nTỈNH LAI CHÂU\n-------\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n---------------\n\
         Số: {number}\nLai Châu, ngày 02 tháng 12 năm 2020\n\nQUYẾT ĐỊNH\n{title}\n\nỦY BAN NHÂN DÂN TỈNH LAI CHÂU\n\n\
         Căn cứ Luật Tổ chức chính quyền địa phương số 77/2015/QH13 ngày 19 tháng 6 năm 2015;\n\nQUYẾT ĐỊNH:\n\n\
         Điều 1. Ban hành kèm theo Quyết định này quy chế của tỉnh.\n{more}\n\
         TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nTrần Tiến Dũng\n"
    )
}
