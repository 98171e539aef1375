//! The served schema: types made from the descriptions, rebuilt when one is added.

use super::{blocks, connections, inputs, lists, mutations, objects, parts, search};
use crate::description::{Description, camel};
use crate::resource::{RegisterError, Served};
use async_graphql::dynamic::{
    Enum, Field, InputObject, Interface, InterfaceField, Object, Scalar, Schema, SchemaBuilder, Type, TypeRef, Union,
};
use std::collections::HashSet;
use std::sync::Arc;

/// Builds the schema of these resources; a name that two of them would take is refused.
pub(crate) fn build(resources: &[Arc<Served>]) -> Result<Schema, RegisterError> {
    let known = resources.iter().map(|served| served.description().name.clone()).collect();
    let node = Interface::new("Node")
        .description("Anything with an id.")
        .field(InterfaceField::new("id", TypeRef::named_nn(TypeRef::ID)));
    let mut query = Root::new(Object::new("Query").description("What can be read."));
    query.add("node".into(), objects::node_field())?;
    for (name, field) in search::fields() {
        query.add(name.to_owned(), field)?;
    }
    let text = "What can be written: the same as in REST, under the same rules.";
    let mut mutation = Root::new(Object::new("Mutation").description(text));
    let mut types = Types::new(Schema::build("Query", Some("Mutation"), None));
    types.add(node)?;
    types.add(scalar("Date", "A plain day, `YYYY-MM-DD`, in Asia/Ho_Chi_Minh."))?;
    types.add(scalar("DateTime", "A moment, RFC 3339 with offset."))?;
    types.add(scalar("JSON", "Any JSON value."))?;
    types.add(connections::page_info())?;
    types.add_all(inputs::kind_filters())?;
    types.add_all(search::objects())?;
    let (filters, sorts) = search::inputs(resources);
    types.add_all(filters)?;
    types.add(sorts)?;
    if resources.iter().any(|served| served.description().schema.to_string().contains("\"x-blocks\"")) {
        let (union, components) = blocks::types(&known);
        types.add(union)?;
        types.add_all(components)?;
        types.add_all(blocks::inputs())?;
    }
    types.add_all(parts::types(resources.iter().map(|served| served.description()), &known))?;
    for served in resources {
        let description = served.description();
        types.add_all(objects::types(description, &known))?;
        types.add_all(lists::types(description))?;
        types.add_all(inputs::types(description))?;
        types.add(sort_enum(description))?;
        query.add(camel(&description.plural), lists::field(description))?;
        query.add(camel(&description.name), objects::one_field(description))?;
        for (name, field) in mutations::fields(description) {
            mutation.add(name, field)?;
        }
    }
    types.add(query.object)?;
    types.add(mutation.object)?;
    // Limits on depth and cost are our own (`cost`): the introspection of GraphiQL is deeper than data.
    types.builder.limit_recursive_depth(64).finish().map_err(|error| RegisterError::GraphQl(error.to_string()))
}

/// The types of a schema, each name once.
struct Types {
    builder: SchemaBuilder,
    taken: HashSet<String>,
}

impl Types {
    fn new(builder: SchemaBuilder) -> Self {
        let taken = ["Int", "Float", "String", "Boolean", "ID", "Subscription"].map(str::to_owned).into();
        Self { builder, taken }
    }

    fn add(&mut self, added: impl Named) -> Result<(), RegisterError> {
        if !self.taken.insert(added.name().to_owned()) {
            return Err(RegisterError::NameTaken(added.name().to_owned()));
        }
        let builder = std::mem::replace(&mut self.builder, Schema::build("", None, None));
        self.builder = builder.register(added);
        Ok(())
    }

    fn add_all<T: Named>(&mut self, added: impl IntoIterator<Item = T>) -> Result<(), RegisterError> {
        added.into_iter().try_for_each(|added| self.add(added))
    }
}

/// A type that tells its name.
trait Named: Into<Type> {
    fn name(&self) -> &str;
}

macro_rules! named {
    ($($kind:ty),*) => {
        $(impl Named for $kind {
            fn name(&self) -> &str {
                self.type_name()
            }
        })*
    };
}

named!(Object, InputObject, Enum, Interface, Scalar, Union);

/// A root type, each of its fields once.
struct Root {
    object: Object,
    taken: HashSet<String>,
}

impl Root {
    fn new(object: Object) -> Self {
        Self { object, taken: HashSet::new() }
    }

    fn add(&mut self, name: String, field: Field) -> Result<(), RegisterError> {
        if !self.taken.insert(name.clone()) {
            return Err(RegisterError::NameTaken(name));
        }
        let object = std::mem::replace(&mut self.object, Object::new(""));
        self.object = object.field(field);
        Ok(())
    }
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
