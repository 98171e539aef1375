//! Checking of data: the compiled validator, and the rules that JSON Schema cannot say.

mod finish;
mod geo;
mod interval;
mod nul;
mod prepare;
pub(crate) mod rules;

use crate::definition::Definition;
use crate::told::fault;
use crate::{faults, limits};
use kernel::{FieldFault, Row};
use serde_json::Value as Json;

impl Definition {
    /// Checks the own fields of an entry and returns them as they are stored: in NFC, without `null`s,
    /// in the order of the definition, with the companions of rich text and the HTML of paragraphs.
    ///
    /// Companions that are given are not looked at: what was read can be written back. Pointers of
    /// faults are into `data`.
    pub fn check(&self, data: Row) -> Result<Row, Vec<FieldFault>> {
        let data = prepare::row(&self.fields, data);
        if serde_json::to_string(&data).map_or(usize::MAX, |text| text.len()) > limits::DATA {
            let max = limits::DATA;
            let (vi, en) = (format!("nội dung lớn nhất {max} byte"), format!("the content has at most {max} bytes"));
            return Err(vec![fault("", "too_large", vi, en)]);
        }
        let value = Json::Object(data);
        let mut told = Vec::new();
        if let Some(validator) = &self.validator {
            told.extend(validator.iter_errors(&value).take(limits::FAULTS).flat_map(|error| faults::faults(&error)));
        }
        let mut own = Vec::new();
        nul::find(&value, "", &mut own);
        let Json::Object(data) = value else { return Err(told) };
        let data = finish::row(&self.fields, data, &mut own);
        let mut told = rules::merged(told, own);
        told.truncate(limits::FAULTS);
        if told.is_empty() { Ok(data) } else { Err(told) }
    }
}
