//! The schemas that a definition becomes.

mod geo;
mod leaf;
mod object;

pub(crate) use object::nullable;

use crate::definition::Definition;
use crate::field::FieldDef;
use crate::parse::FLAGS;
use crate::shape::companions;
use kernel::Row;
use serde_json::{Value as Json, json};

/// Which schema is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// The definition itself.
    Definition,
    /// What authors write.
    Written,
    /// What is validated, once `null`s are taken away; rules say the rest.
    Checked,
    /// What readers get.
    Sent,
}

/// The `schema` of a definition.
pub(crate) fn definition(definition: &Definition) -> Json {
    let mut schema = whole(definition, Form::Definition);
    schema.extend(definition.about.as_ref().map(|text| ("description".into(), text.as_str().into())));
    Json::Object(schema)
}

/// The schema of own fields as they are written.
pub(crate) fn data_schema(definition: &Definition) -> Json {
    Json::Object(whole(definition, Form::Written))
}

/// The schema that data are validated by.
pub(crate) fn checked(definition: &Definition) -> Json {
    Json::Object(whole(definition, Form::Checked))
}

/// The own fields as they are sent.
pub(crate) fn view_properties(definition: &Definition) -> Row {
    let mut properties = Row::new();
    for field in &definition.fields {
        let schema = object::property(Form::Sent, &field.shape, all_notes(field), false);
        properties.insert(field.name.clone(), schema);
        if field.shape.is_rich() {
            properties.extend(companion_properties(&field.name));
        }
    }
    properties
}

/// The companions of a rich text as they are sent.
fn companion_properties(name: &str) -> [(String, Json); 2] {
    let [html, text] = companions(name);
    let of = |what: &str| json!({ "type": ["string", "null"], "readOnly": true, "description": format!("{what} of `{name}`.") });
    [(html, of("The sanitised HTML")), (text, of("The plain text, one paragraph per line,"))]
}

fn whole(definition: &Definition, form: Form) -> Row {
    let fields = &definition.fields;
    let property =
        |field: &FieldDef| (field.name.clone(), object::property(form, &field.shape, all_notes(field), field.required));
    let required = fields.iter().filter(|field| field.required).map(|field| field.name.as_str());
    object::object(form, fields.iter().map(property).collect(), required.collect())
}

/// The annotations of a field.
fn all_notes(field: &FieldDef) -> Row {
    let set = [field.localizable, field.searchable, field.filterable, field.sortable, field.required_to_publish];
    let flags = FLAGS.into_iter().zip(set).filter(|(_, set)| *set);
    field.notes.clone().into_iter().chain(flags.map(|(flag, _)| (flag.to_owned(), true.into()))).collect()
}

/// The schema of a shape as a definition states it, without annotations of the field.
pub(crate) fn of_shape(shape: &crate::shape::Shape) -> Json {
    object::property(Form::Definition, shape, Row::new(), false)
}
