//! From rows to what a reader sees, by projection: a column that is not asked for is not read.

use super::{a, col};
use kernel::query::{Field, FieldKind, Name, Projection};
use kernel::{Instant, Row};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use sea_orm::QueryResult;
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Alias, Expr, Query, SelectStatement};
use serde_json::Value;
use store::{Column, Error};

/// How a field is read from its column.
#[derive(Clone, Copy)]
enum Shape {
    Type,
    Url,
    Text,
    Id,
    Number,
    Bool,
    Instant,
    Json,
}

/// Every field of a media item in the order in which it is sent.
const FIELDS: [(&str, Shape); 24] = [
    ("id", Shape::Id),
    ("type", Shape::Type),
    ("kind", Shape::Text),
    ("media_type", Shape::Text),
    ("file_name", Shape::Text),
    ("url", Shape::Url),
    ("size", Shape::Number),
    ("sha256", Shape::Text),
    ("width", Shape::Number),
    ("height", Shape::Number),
    ("title", Shape::Text),
    ("alt", Shape::Json),
    ("alt_missing", Shape::Bool),
    ("caption", Shape::Json),
    ("transcript", Shape::Text),
    ("captions_id", Shape::Id),
    ("licence", Shape::Text),
    ("credit", Shape::Text),
    ("language", Shape::Text),
    ("visibility", Shape::Text),
    ("uploaded_by", Shape::Id),
    ("revision", Shape::Number),
    ("created_at", Shape::Instant),
    ("updated_at", Shape::Instant),
];

/// The names of all fields.
pub(crate) fn every_field() -> Vec<Name> {
    FIELDS.iter().map(|(name, _)| (*name).into()).collect()
}

/// The fields by which media can be filtered and sorted.
pub fn media_fields() -> Vec<Field> {
    use FieldKind::{Boolean, Id, Instant, Integer, Text};
    let field = |name: &'static str, kind, nullable, sortable| Field { name: name.into(), kind, nullable, sortable };
    vec![
        field("id", Id, false, false),
        field("kind", Text, false, true),
        field("media_type", Text, false, true),
        field("file_name", Text, false, true),
        field("title", Text, true, true),
        field("size", Integer, false, true),
        field("sha256", Text, false, false),
        field("width", Integer, true, false),
        field("height", Integer, true, false),
        field("alt_missing", Boolean, false, false),
        field("captions_id", Id, true, false),
        field("language", Text, true, false),
        field("visibility", Text, false, false),
        field("uploaded_by", Id, true, false),
        field("created_at", Instant, false, true),
        field("updated_at", Instant, false, true),
    ]
}

/// The same as SQL.
pub(crate) fn media_columns() -> Vec<Column> {
    media_fields()
        .into_iter()
        .map(|field| {
            let expr = Expr::col((a("media"), Alias::new(field.name.as_ref())));
            let lower = match field.name.as_ref() {
                "file_name" => col("file_name_lower"),
                "title" => col("title_lower"),
                _ => expr.clone(),
            };
            Column { lower, ..Column::plain(field, expr) }
        })
        .collect()
}

/// What may stand in a part of a path as it is.
const IN_PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Where the file of a media item is given out.
pub(crate) fn url(id: &str, file_name: &str) -> String {
    format!("/media/{id}/{}", utf8_percent_encode(file_name, IN_PATH))
}

/// Media items as rows.
pub(crate) struct MediaRows {
    shapes: Vec<(&'static str, Shape, usize)>,
    width: usize,
    select: SelectStatement,
}

impl MediaRows {
    /// Reads these fields, `id` and `type` always.
    pub fn new(fields: &Projection) -> Self {
        let mut select = Query::select();
        select.from(a("media"));
        let mut shapes = Vec::with_capacity(FIELDS.len());
        let mut width = 0;
        for (name, shape) in FIELDS {
            // Relations' ids are sent always.
            if !(matches!(name, "id" | "type" | "captions_id") || fields.has(name)) {
                continue;
            }
            shapes.push((name, shape, width));
            match shape {
                Shape::Type => continue,
                Shape::Url => select.expr(col("file_name")),
                _ => select.expr(Expr::col((a("media"), Alias::new(name)))),
            };
            width += 1;
        }
        Self { shapes, width, select }
    }

    /// The SELECT and how many columns it projects.
    pub fn select(&self) -> (SelectStatement, usize) {
        (self.select.clone(), self.width)
    }

    /// One row as it is sent.
    pub fn read(&self, row: &QueryResult) -> Result<Row, Error> {
        let mut sent = Row::with_capacity(self.shapes.len());
        for &(name, shape, at) in &self.shapes {
            let value = match shape {
                Shape::Type => Value::from("media"),
                Shape::Url => url(&row.try_get_by_index::<Uuid>(0)?.to_string(), &row.try_get_by_index::<String>(at)?).into(),
                Shape::Text => row.try_get_by_index::<Option<String>>(at)?.into(),
                Shape::Id => row.try_get_by_index::<Option<Uuid>>(at)?.map(|id| id.to_string()).into(),
                Shape::Number => row.try_get_by_index::<Option<i64>>(at)?.into(),
                Shape::Bool => row.try_get_by_index::<bool>(at)?.into(),
                Shape::Instant => row.try_get_by_index::<Option<i64>>(at)?.map(|at| Instant(at).print()).into(),
                Shape::Json => serde_json::from_str(&row.try_get_by_index::<String>(at)?)?,
            };
            sent.insert(name.to_owned(), value);
        }
        Ok(sent)
    }
}
