//! Pages as Relay connections.

use super::objects::{RowValue, value};
use super::schema::described;
use async_graphql::Value;
use async_graphql::dynamic::{Field, FieldFuture, FieldValue, Object, ResolverContext, TypeRef};
use kernel::Row;
use std::sync::Arc;

/// A page on its way through the resolvers.
pub(super) struct Connection {
    pub edges: Vec<Edge>,
    pub total: Option<u64>,
    pub next: bool,
    pub previous: bool,
    /// What is told beside the rows.
    pub beside: Row,
}

/// A row with its cursor.
#[derive(Clone)]
pub(super) struct Edge {
    pub cursor: String,
    pub node: RowValue,
}

/// `PageInfo`.
pub(super) fn page_info() -> Object {
    let flag = |name: &'static str, of: fn(&Connection) -> bool| {
        Field::new(name, TypeRef::named_nn(TypeRef::BOOLEAN), move |ctx| {
            FieldFuture::Value(connection(&ctx).map(|c| FieldValue::value(of(&c))))
        })
    };
    let cursor = |name: &'static str, of: fn(&Connection) -> Option<&Edge>| {
        Field::new(name, TypeRef::named(TypeRef::STRING), move |ctx| {
            FieldFuture::Value(connection(&ctx).and_then(|c| of(&c).map(|edge| FieldValue::value(edge.cursor.as_str()))))
        })
    };
    Object::new("PageInfo")
        .description("What lies beside a page.")
        .field(flag("hasNextPage", |page| page.next))
        .field(flag("hasPreviousPage", |page| page.previous))
        .field(cursor("startCursor", |page| page.edges.first()))
        .field(cursor("endCursor", |page| page.edges.last()))
}

fn connection(ctx: &ResolverContext<'_>) -> Option<Arc<Connection>> {
    ctx.parent_value.downcast_ref::<Arc<Connection>>().cloned()
}

/// `XEdge`, whose node is of this type.
pub(super) fn edge(name: &str, node: &str) -> Object {
    Object::new(format!("{name}Edge"))
        .field(Field::new("cursor", TypeRef::named_nn(TypeRef::STRING), |ctx| {
            FieldFuture::Value(ctx.parent_value.downcast_ref::<Edge>().map(|edge| FieldValue::value(edge.cursor.as_str())))
        }))
        .field(Field::new("node", TypeRef::named_nn(node), |ctx| {
            FieldFuture::Value(ctx.parent_value.downcast_ref::<Edge>().map(|edge| FieldValue::owned_any(edge.node.clone())))
        }))
}

/// `XConnection` of `XEdge`.
pub(super) fn page(name: &str) -> Object {
    let total = Field::new("totalCount", TypeRef::named_nn(TypeRef::INT), |ctx| {
        FieldFuture::Value(connection(&ctx).and_then(|page| page.total).map(|total| FieldValue::value(Value::from(total))))
    });
    Object::new(format!("{name}Connection"))
        .field(Field::new("edges", TypeRef::named_nn_list_nn(format!("{name}Edge")), |ctx| {
            FieldFuture::Value(
                connection(&ctx).map(|page| FieldValue::list(page.edges.iter().cloned().map(FieldValue::owned_any))),
            )
        }))
        .field(Field::new("pageInfo", TypeRef::named_nn("PageInfo"), |ctx| {
            FieldFuture::Value(connection(&ctx).map(FieldValue::owned_any))
        }))
        .field(described(total, "The count of all rows; counted only when asked for."))
}

/// A field of what is told beside the rows.
pub(super) fn beside(name: &'static str, kind: TypeRef, text: &str) -> Field {
    let field = Field::new(name, kind, move |ctx| {
        FieldFuture::Value(connection(&ctx).and_then(|page| value(page.beside.get(name)?, &RowValue::told(Row::new()))))
    });
    described(field, text)
}
