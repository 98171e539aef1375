//! One reference that a text makes.

use super::Target;
use super::relation::Relation;
use crate::header::iso_day;
use serde::Serialize;
use time::Date;

/// One reference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Citation {
    /// Where it stands: from its first word to its number or date.
    pub span: (usize, usize),
    /// It in one line, without marks.
    pub text: String,
    /// The number of the cited act, where it is printed here.
    pub number: Option<String>,
    /// The title of a law that is cited by it, without the name of the kind.
    pub title: Option<String>,
    /// The day of issue, where it is printed here.
    #[serde(serialize_with = "iso_day::serialize")]
    pub issued_on: Option<Date>,
    /// The provisions, as ids without what groups articles; none where the whole act is meant.
    pub provisions: Vec<String>,
    /// What is done with the cited act here.
    pub relation: Relation,
    /// Whether that is done to the whole act, not to some of its provisions.
    pub whole: bool,
    /// The day from which that is done, where the text names one beside the citation.
    #[serde(serialize_with = "iso_day::serialize")]
    pub from: Option<Date>,
    /// The first day on which it no longer is.
    #[serde(serialize_with = "iso_day::serialize")]
    pub until: Option<Date>,
    /// The act that is meant.
    pub target: Target,
    /// The id of the node it stands in.
    pub eid: String,
}
