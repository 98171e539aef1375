//! A content type.

use crate::field::FieldDef;
use crate::parse;
use crate::parse::written;
use crate::stage::Stage;
use crate::{form, patterns};
use jsonschema::Validator;
use kernel::{FieldFault, Row, Text};
use serde_json::{Value as Json, json};
use std::sync::Arc;

/// A content type: what its entries hold and how they come to be published.
#[derive(Debug, Clone)]
pub struct Definition {
    pub(crate) name: String,
    pub(crate) plural: String,
    pub(crate) title: Text,
    pub(crate) description: Option<Text>,
    pub(crate) requirement: Option<String>,
    pub(crate) stages: Vec<Stage>,
    pub(crate) display: String,
    /// The `description` of the schema.
    pub(crate) about: Option<String>,
    pub(crate) fields: Vec<FieldDef>,
    pub(crate) validator: Option<Arc<Validator>>,
}

impl Definition {
    /// Reads a definition, or tells everything that is wrong with it; pointers are into the definition.
    pub fn parse(value: &Json) -> Result<Self, Vec<FieldFault>> {
        parse::definition(value)
    }

    /// The definition in its normal form, which reads back as the same definition.
    pub fn to_json(&self) -> Json {
        let mut members = Row::new();
        members.insert("name".into(), self.name.as_str().into());
        members.insert("plural".into(), self.plural.as_str().into());
        members.insert("title".into(), written(&self.title));
        members.extend(self.description.as_ref().map(|text| ("description".into(), written(text))));
        members.extend(self.requirement.as_ref().map(|text| ("requirement".into(), text.as_str().into())));
        let stages: Vec<&str> = self.stages.iter().map(|stage| stage.as_str()).collect();
        members.insert("workflow".into(), json!({ "stages": stages }));
        let titles = self.field(&self.display).is_some_and(|field| field.kind.is_text() && !field.many);
        if titles {
            members.insert("display".into(), self.display.as_str().into());
        }
        members.insert("schema".into(), form::definition(self));
        Json::Object(members)
    }

    /// The name of the type, in kebab case.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The name of many, in kebab case.
    pub fn plural(&self) -> &str {
        &self.plural
    }

    /// What editors see it called.
    pub fn title(&self) -> &Text {
        &self.title
    }

    /// What it is for.
    pub fn description(&self) -> Option<&Text> {
        self.description.as_ref()
    }

    /// The requirement that it answers.
    pub fn requirement(&self) -> Option<&str> {
        self.requirement.as_deref()
    }

    /// The name of the property that titles an entry.
    pub fn display(&self) -> &str {
        &self.display
    }

    /// The stages of its workflow, in order.
    pub fn stages(&self) -> &[Stage] {
        &self.stages
    }

    /// Its fields, in the order of the definition.
    pub fn fields(&self) -> &[FieldDef] {
        &self.fields
    }

    /// The field of this name.
    pub fn field(&self, name: &str) -> Option<&FieldDef> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// The JSON Schema of the own fields as an author writes them.
    pub fn data_schema(&self) -> Json {
        form::data_schema(self)
    }

    /// The own fields as they are sent: any may be null, and rich text is followed by its companions.
    pub fn view_properties(&self) -> Row {
        form::view_properties(self)
    }

    /// The names of what lists leave out, companions included: rich text, blocks and areas.
    pub fn heavy(&self) -> Vec<&str> {
        let heavy = self.fields.iter().filter(|field| field.heavy());
        heavy.flat_map(FieldDef::stored_names).map(String::as_str).collect()
    }

    /// Compiles the validator of data.
    pub(crate) fn compiled(mut self) -> Result<Self, String> {
        let validator = patterns::options().build(&form::checked(&self)).map_err(|error| error.to_string())?;
        self.validator = Some(Arc::new(validator));
        Ok(self)
    }
}

impl PartialEq for Definition {
    fn eq(&self, other: &Self) -> bool {
        self.to_json() == other.to_json()
    }
}
