//! The served schema: types made from the descriptions, rebuilt when one is added.

use super::{inputs, lists, mutations, objects};
use crate::description::Description;
use crate::resource::Served;
use async_graphql::dynamic::{
    Enum, Field, Interface, InterfaceField, Object, Scalar, Schema, SchemaBuilder, SchemaError, TypeRef,
};
use std::sync::Arc;

/// Builds the schema of these resources.
pub(crate) fn build(resources: &[Arc<Served>]) -> Result<Schema, SchemaError> {
    let node = Interface::new("Node")
        .description("Anything with an id.")
        .field(InterfaceField::new("id", TypeRef::named_nn(TypeRef::ID)));
    let mut query = Object::new("Query").description("What can be read.").field(objects::node_field());
    let mut mutation = Object::new("Mutation").description("What can be written: the same as in REST, under the same rules.");
    let mut builder = Schema::build("Query", Some("Mutation"), None)
        .register(node)
        .register(scalar("Date", "A plain day, `YYYY-MM-DD`, in Asia/Ho_Chi_Minh."))
        .register(scalar("DateTime", "A moment, RFC 3339 with offset."))
        .register(scalar("JSON", "Any JSON value."))
        .register(lists::page_info());
    for filter in inputs::kind_filters() {
        builder = builder.register(filter);
    }
    for served in resources {
        let description = served.description();
        builder = register_types(builder, description);
        query = query.field(lists::field(description)).field(objects::one_field(description));
        for field in mutations::fields(description) {
            mutation = mutation.field(field);
        }
    }
    // Limits on depth and cost are our own (`cost`): the introspection of GraphiQL is deeper than data.
    builder.register(query).register(mutation).limit_recursive_depth(64).finish()
}

fn register_types(mut builder: SchemaBuilder, description: &Description) -> SchemaBuilder {
    for object in objects::types(description) {
        builder = builder.register(object);
    }
    for object in lists::types(description) {
        builder = builder.register(object);
    }
    for input in inputs::types(description) {
        builder = builder.register(input);
    }
    builder.register(sort_enum(description))
}

fn scalar(name: &str, text: &str) -> Scalar {
    Scalar::new(name).description(text)
}

fn sort_enum(description: &Description) -> Enum {
    let mut keys = Enum::new(format!("{}Sort", description.type_name())).description("An order; missing values come last.");
    for field in crate::query::sortable(description) {
        let name = field.name.to_uppercase();
        keys = keys.item(format!("{name}_ASC")).item(format!("{name}_DESC"));
    }
    keys
}

/// A field with a description.
pub(super) fn described(field: Field, text: &str) -> Field {
    field.description(text)
}
