//! A search that was saved, read as `GET /v1/search` reads it.

use crate::problem::Problem;
use crate::resource::Catalog;
use crate::rest::body::invalid;
use crate::rest::params::segments;
use crate::searching::Asked;
use kernel::FieldFault;
use kernel::Text;

/// What a saved search may ask for: what is found, not how it is shown.
const PARAMETERS: [&str; 3] = ["q", "filter", "as_of"];

/// Reads a saved search; none asks for all that is published. What is wrong is told at its pointer.
pub(crate) fn read_saved(search: &[(String, String)], catalog: &Catalog) -> Result<Asked, Problem> {
    let is_known = |name: &String| segments(name).first().is_some_and(|head| PARAMETERS.contains(&head.as_str()));
    let unknown = |(at, (name, _)): (usize, &(String, String))| {
        let text = Text::new(
            format!("không lưu tham số {name}; dùng được: q, filter[…], as_of"),
            format!("the parameter {name} is not saved; there are: q, filter[…], as_of"),
        );
        FieldFault::new(format!("/search/{at}/0"), "unknown_parameter", text)
    };
    let faults: Vec<FieldFault> = search.iter().enumerate().filter(|(_, (name, _))| !is_known(name)).map(unknown).collect();
    if !faults.is_empty() {
        return Err(invalid(faults));
    }
    if search.is_empty() {
        return Ok(Asked::nothing());
    }
    Asked::read(search, catalog).map_err(|problem| at_its_pointer(search, &problem))
}

/// What is wrong with a parameter of an address, told of a member of a body.
fn at_its_pointer(search: &[(String, String)], problem: &Problem) -> Problem {
    let named = |fault: &FieldFault| {
        let name = fault.pointer.trim_start_matches('?');
        // Of several of one name the first is as good as any.
        let at = search.iter().position(|(known, _)| known == name);
        let member = if fault.code == "unknown_parameter" { 0 } else { 1 };
        let pointer = at.map_or_else(|| "/search".to_owned(), |at| format!("/search/{at}/{member}"));
        FieldFault { pointer, ..fault.clone() }
    };
    let faults: Vec<FieldFault> = problem.fields.iter().map(named).collect();
    if faults.is_empty() {
        invalid(vec![FieldFault::new("/search", problem.code, problem.text.clone())])
    } else {
        invalid(faults)
    }
}
