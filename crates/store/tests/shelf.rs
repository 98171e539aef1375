//! A small table of the tests' own, and what a list over it should be, computed in Rust.

use kernel::query::{Direction, Field, FieldKind, Filter, ListQuery, Op, Projection, SortKey, State, Test, Value};
use kernel::{Call, Id, Instant, Page, PageRequest, Place, Position, Total, text};
use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query};
use std::cmp::Ordering;
use store::{Backend, Column, Database, Listing};

/// One row of the table.
#[derive(Debug, Clone, PartialEq)]
pub struct Thing {
    pub id: Id,
    pub label: String,
    pub name: Option<String>,
    pub rank: Option<i64>,
    pub flag: bool,
    pub owner: Option<Id>,
}

/// A thing without a name, a rank or an owner.
pub fn thing(label: &str) -> Thing {
    Thing { id: fresh(), label: label.to_owned(), name: None, rank: None, flag: false, owner: None }
}

/// A thing of this name, with its name as its label.
pub fn named(name: &str) -> Thing {
    Thing { name: Some(text::nfc(name)), ..thing(name) }
}

pub fn fresh() -> Id {
    Id::new(testkit::now())
}

impl Thing {
    pub fn value(&self, field: &str) -> Value {
        match field {
            "id" => Value::Id(self.id),
            "label" => Value::Text(self.label.clone()),
            "name" => self.name.clone().map_or(Value::Null, Value::Text),
            "rank" => self.rank.map_or(Value::Null, Value::Int),
            "flag" => Value::Bool(self.flag),
            "owner" => self.owner.map_or(Value::Null, Value::Id),
            other => panic!("no field {other}"),
        }
    }
}

/// The order of two values that are there; text by code point.
pub fn order(a: &Value, b: &Value) -> Ordering {
    match (a, b) {
        (Value::Text(a), Value::Text(b)) => a.cmp(b),
        (Value::Int(a), Value::Int(b)) => a.cmp(b),
        (Value::Bool(a), Value::Bool(b)) => a.cmp(b),
        (Value::Id(a), Value::Id(b)) => a.cmp(b),
        _ => panic!("{a:?} and {b:?} do not compare"),
    }
}

/// Things in the order of `sort`, missing values last, ties by id in the direction of the last key.
pub fn sorted(things: &[Thing], sort: &[SortKey]) -> Vec<Thing> {
    let turn = |order: Ordering, direction| if direction == Direction::Desc { order.reverse() } else { order };
    let mut things = things.to_vec();
    things.sort_by(|a, b| {
        for key in sort {
            let order = match (a.value(&key.field), b.value(&key.field)) {
                (Value::Null, Value::Null) => Ordering::Equal,
                (Value::Null, _) => Ordering::Greater,
                (_, Value::Null) => Ordering::Less,
                (a, b) => turn(order(&a, &b), key.direction),
            };
            if order != Ordering::Equal {
                return order;
            }
        }
        turn(a.id.cmp(&b.id), sort.last().map_or(Direction::Asc, |key| key.direction))
    });
    things
}

/// Reads `name,-rank` as an order.
pub fn by(sort: &str) -> Vec<SortKey> {
    sort.split(',')
        .filter(|key| !key.is_empty())
        .map(|key| match key.strip_prefix('-') {
            Some(field) => SortKey { field: field.to_owned().into(), direction: Direction::Desc },
            None => SortKey { field: key.to_owned().into(), direction: Direction::Asc },
        })
        .collect()
}

pub fn test(field: &str, op: Op, values: impl IntoIterator<Item = Value>) -> Filter {
    Filter::Test(Test { field: field.to_owned().into(), op, values: values.into_iter().collect() })
}

pub fn words(text: &str) -> Value {
    Value::Text(text.to_owned())
}

/// A question that states nothing: every row, by id.
pub fn question() -> ListQuery {
    ListQuery {
        as_of: None,
        filter: Filter::default(),
        sort: Vec::new(),
        fields: Projection(Vec::new()),
        state: State::Published,
        lang: None,
        page: PageRequest { size: 100, ..PageRequest::default() },
    }
}

pub fn page(size: usize, place: Place) -> PageRequest {
    PageRequest { size: u32::try_from(size).unwrap(), place, total: Total::Skip }
}

/// The table.
pub struct Shelf {
    pub db: Database,
    columns: Vec<Column>,
}

impl Shelf {
    pub async fn with(db: &Database, things: &[Thing]) -> Self {
        let [id, text, int, bool] = match db.backend() {
            Backend::Postgres => ["uuid", "text COLLATE \"C\"", "bigint", "boolean"],
            _ => ["BLOB", "TEXT", "INTEGER", "BOOLEAN"],
        };
        let txn = db.begin(&Call::operator(), testkit::now()).await.unwrap();
        let table = format!(
            "CREATE TABLE things (id {id} PRIMARY KEY, label {text} NOT NULL, name {text}, name_lower {text}, rank {int}, \
             flag {bool} NOT NULL, owner {id})"
        );
        txn.conn().execute_unprepared(&table).await.unwrap();
        txn.commit(&()).await.unwrap();
        let shelf = Self { db: db.clone(), columns: columns() };
        shelf.add(things).await;
        shelf
    }

    pub async fn add(&self, things: &[Thing]) {
        let txn = self.db.begin(&Call::operator(), Instant(0)).await.unwrap();
        for thing in things {
            let insert = Query::insert()
                .into_table(Alias::new("things"))
                .columns(["id", "label", "name", "name_lower", "rank", "flag", "owner"].map(Alias::new))
                .values_panic([
                    thing.id.0.into(),
                    thing.label.clone().into(),
                    thing.name.clone().into(),
                    thing.name.as_deref().map(text::lower).into(),
                    thing.rank.into(),
                    thing.flag.into(),
                    thing.owner.map(|id| id.0).into(),
                ])
                .to_owned();
            txn.conn().execute(&insert).await.unwrap();
        }
        txn.commit(&()).await.unwrap();
    }

    pub async fn remove(&self, id: Id) {
        let txn = self.db.begin(&Call::operator(), Instant(0)).await.unwrap();
        let delete = Query::delete().from_table(Alias::new("things")).and_where(Expr::col(Alias::new("id")).eq(id.0)).to_owned();
        assert_eq!(txn.conn().execute(&delete).await.unwrap().rows_affected(), 1);
        txn.commit(&()).await.unwrap();
    }

    pub async fn list(&self, query: &ListQuery) -> Page<String> {
        let select = Query::select().column(Alias::new("label")).from(Alias::new("things")).to_owned();
        let listing = Listing { select, width: 1, columns: &self.columns, id: Expr::col(Alias::new("id")) };
        store::list(self.db.reader(), listing, query, |row| Ok(row.try_get_by_index(0)?)).await.unwrap()
    }

    /// The labels of the rows for which the filter holds, sorted.
    pub async fn matching(&self, filter: Filter) -> Vec<String> {
        labels(&self.list(&ListQuery { filter, sort: by("label"), ..question() }).await)
    }
}

pub fn labels(page: &Page<String>) -> Vec<String> {
    page.items.iter().map(|(_, label)| label.clone()).collect()
}

pub fn positions(page: &Page<String>) -> Vec<Position> {
    page.items.iter().map(|(position, _)| position.clone()).collect()
}

fn columns() -> Vec<Column> {
    let column = |name: &'static str, kind, nullable| {
        let expr = Expr::col(Alias::new(name));
        let lower = if name == "name" { Expr::col(Alias::new("name_lower")) } else { expr.clone() };
        Column { lower, ..Column::plain(Field { name: name.into(), kind, nullable, sortable: true }, expr) }
    };
    vec![
        column("id", FieldKind::Id, false),
        column("label", FieldKind::Text, false),
        column("name", FieldKind::Text, true),
        column("rank", FieldKind::Integer, true),
        column("flag", FieldKind::Boolean, false),
        column("owner", FieldKind::Id, true),
    ]
}
