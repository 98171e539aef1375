//! Failures of the protocol: told in the answer, not as a problem.

use crate::problem::Problem;

/// Why a request has no other answer.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Failure {
    BadVerb(String),
    BadArgument(String),
    BadResumptionToken,
    CannotDisseminateFormat(String),
    IdDoesNotExist(String),
    NoRecordsMatch,
}

impl Failure {
    pub fn code(&self) -> &'static str {
        match self {
            Self::BadVerb(_) => "badVerb",
            Self::BadArgument(_) => "badArgument",
            Self::BadResumptionToken => "badResumptionToken",
            Self::CannotDisseminateFormat(_) => "cannotDisseminateFormat",
            Self::IdDoesNotExist(_) => "idDoesNotExist",
            Self::NoRecordsMatch => "noRecordsMatch",
        }
    }

    pub fn text(&self) -> String {
        match self {
            Self::BadVerb(told) | Self::BadArgument(told) => told.clone(),
            Self::BadResumptionToken => "The resumptionToken is not valid for this verb.".to_owned(),
            Self::CannotDisseminateFormat(format) => format!("The metadata format {format} is not available for this request."),
            Self::IdDoesNotExist(identifier) => format!("There is no item with the identifier {identifier}."),
            Self::NoRecordsMatch => "No records match the request.".to_owned(),
        }
    }
}

/// Why an answer is not written to its end.
pub(super) enum Stop {
    Failure(Failure),
    Problem(Problem),
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

impl From<documents::Error> for Stop {
    fn from(error: documents::Error) -> Self {
        Self::Problem(error.into())
    }
}
