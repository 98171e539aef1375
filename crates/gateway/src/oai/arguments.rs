//! What a harvester asks: the six verbs with their arguments, and nothing else.

use super::dates::Stamp;
use super::failure::Failure;
use super::{sets, token};
use documents::{HarvestSet, Wanted};
use kernel::{CursorKey, Id, Instant};

/// A format in which records are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    DublinCore,
    AkomaNtoso,
}

impl Format {
    pub const ALL: [Self; 2] = [Self::DublinCore, Self::AkomaNtoso];

    pub fn prefix(self) -> &'static str {
        match self {
            Self::DublinCore => "oai_dc",
            Self::AkomaNtoso => "akn",
        }
    }

    pub fn parse(prefix: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.prefix() == prefix)
    }

    /// What a document has to have to be told in it.
    pub fn wanted(self) -> Wanted {
        match self {
            Self::DublinCore => Wanted::Anything,
            Self::AkomaNtoso => Wanted::Text,
        }
    }
}

/// What a list tells of each document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    Headers,
    Records,
}

impl Of {
    pub fn verb(self) -> &'static str {
        match self {
            Self::Headers => "ListIdentifiers",
            Self::Records => "ListRecords",
        }
    }
}

/// A list, from its beginning or from where a token says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct List {
    pub of: Of,
    pub format: Format,
    pub from: Option<Instant>,
    pub before: Option<Instant>,
    pub set: HarvestSet,
    pub after: Option<(Instant, Id)>,
    /// How many came before.
    pub count: i64,
}

/// A request that is understood.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Asked {
    Identify,
    Formats(Option<String>),
    /// The last set that was told.
    Sets(Option<(String, i64)>),
    List(List),
    Record(String, Format),
}

/// The arguments that a verb takes.
struct Arguments<'a>(&'a [(String, String)]);

impl Asked {
    /// Reads what was given, in any order.
    pub fn read(given: &[(String, String)], key: &CursorKey) -> Result<Self, Failure> {
        let verbs: Vec<&str> = given.iter().filter(|(name, _)| name == "verb").map(|(_, verb)| verb.as_str()).collect();
        let verb = match verbs.as_slice() {
            [verb] => *verb,
            [] => return Err(Failure::BadVerb("The argument verb is missing.".to_owned())),
            _ => return Err(Failure::BadVerb("The argument verb is repeated.".to_owned())),
        };
        let arguments = Arguments(given);
        match verb {
            "Identify" => arguments.only(&[]).map(|()| Self::Identify),
            "ListMetadataFormats" => {
                arguments.only(&["identifier"])?;
                Ok(Self::Formats(arguments.identifier()?))
            }
            "ListSets" => {
                arguments.only(&["resumptionToken"])?;
                let after = arguments.get("resumptionToken").map(|given| token::open_sets(key, given));
                Ok(Self::Sets(after.transpose()?))
            }
            "ListIdentifiers" => arguments.list(Of::Headers, key),
            "ListRecords" => arguments.list(Of::Records, key),
            "GetRecord" => {
                arguments.only(&["identifier", "metadataPrefix"])?;
                let identifier = arguments.identifier()?.ok_or_else(|| missing("identifier"))?;
                Ok(Self::Record(identifier, arguments.format()?))
            }
            _ => Err(Failure::BadVerb("The verb argument is not one of the verbs of OAI-PMH.".to_owned())),
        }
    }
}

impl<'a> Arguments<'a> {
    fn get(&self, name: &str) -> Option<&'a str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Refuses arguments that the verb does not take, or that are given twice.
    fn only(&self, names: &[&str]) -> Result<(), Failure> {
        let mut seen: Vec<&str> = Vec::new();
        for (name, _) in self.0.iter().filter(|(name, _)| name != "verb") {
            if !names.contains(&name.as_str()) {
                let names = if names.is_empty() { "none" } else { &names.join(", ") };
                return Err(Failure::BadArgument(format!("The verb takes only these arguments: {names}.")));
            }
            if seen.contains(&name.as_str()) {
                return Err(Failure::BadArgument(format!("The argument {name} is repeated.")));
            }
            seen.push(name);
        }
        Ok(())
    }

    fn list(&self, of: Of, key: &CursorKey) -> Result<Asked, Failure> {
        self.only(&["from", "until", "set", "metadataPrefix", "resumptionToken"])?;
        if let Some(given) = self.get("resumptionToken") {
            if self.0.len() > 2 {
                return Err(Failure::BadArgument("The argument resumptionToken must be the only one besides verb.".to_owned()));
            }
            return token::open(key, of, given).map(Asked::List);
        }
        let (from, until) = (self.stamp("from")?, self.stamp("until")?);
        if let (Some(from), Some(until)) = (from, until) {
            if from.granularity != until.granularity {
                return Err(Failure::BadArgument("The arguments from and until must have the same granularity.".to_owned()));
            }
            if from.begins > until.begins {
                return Err(Failure::BadArgument("The argument from must not be later than until.".to_owned()));
            }
        }
        let told = self.get("set");
        if told.is_some_and(|set| !sets::is_spec(set)) {
            return Err(Failure::BadArgument("The argument set is not a valid setSpec.".to_owned()));
        }
        let format = self.format()?;
        let set = told.map_or(Some(HarvestSet::All), sets::parse).ok_or(Failure::NoRecordsMatch)?;
        let (from, before) = (from.map(|from| from.begins), until.map(|until| until.ends));
        Ok(Asked::List(List { of, format, from, before, set, after: None, count: 0 }))
    }

    fn stamp(&self, name: &str) -> Result<Option<Stamp>, Failure> {
        let parse = |given| {
            let wrong =
                || Failure::BadArgument(format!("The argument {name} must have the form YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ."));
            Stamp::parse(given).ok_or_else(wrong)
        };
        self.get(name).map(parse).transpose()
    }

    fn format(&self) -> Result<Format, Failure> {
        let prefix = self.get("metadataPrefix").ok_or_else(|| missing("metadataPrefix"))?;
        if prefix.is_empty() || !prefix.chars().all(sets::is_mark) {
            return Err(Failure::BadArgument("The argument metadataPrefix is not a valid prefix.".to_owned()));
        }
        Format::parse(prefix).ok_or_else(|| Failure::CannotDisseminateFormat(prefix.to_owned()))
    }

    /// An identifier is a URI.
    fn identifier(&self) -> Result<Option<String>, Failure> {
        let Some(identifier) = self.get("identifier") else { return Ok(None) };
        let allowed = |c: char| c.is_ascii_graphic() && !"\"<>\\^`{|}[]%#".contains(c);
        let has_scheme = identifier.split_once(':').is_some_and(|(scheme, _)| {
            scheme.starts_with(|c: char| c.is_ascii_alphabetic())
                && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
        });
        if has_scheme && identifier.len() <= 500 && identifier.chars().all(allowed) {
            return Ok(Some(identifier.to_owned()));
        }
        Err(Failure::BadArgument("The argument identifier is not a valid URI.".to_owned()))
    }
}

fn missing(name: &str) -> Failure {
    Failure::BadArgument(format!("The argument {name} is missing."))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn read(query: &str) -> Result<Asked, Failure> {
        Asked::read(&crate::rest::link::decoded(query).unwrap(), &CursorKey::new([7; 32]))
    }

    fn code(query: &str) -> &'static str {
        read(query).map_or_else(|failure| failure.code(), |_| "understood")
    }

    #[test]
    fn each_verb_takes_its_arguments_once_and_no_others() {
        for good in [
            "verb=Identify",
            "verb=ListMetadataFormats",
            "verb=ListMetadataFormats&identifier=oai:a:b",
            "verb=ListSets",
            "metadataPrefix=oai_dc&verb=ListRecords",
            "verb=ListIdentifiers&metadataPrefix=akn&from=2026-01-01&until=2026-01-01&set=type:quyet-dinh",
            "verb=GetRecord&identifier=oai:a:b&metadataPrefix=oai_dc",
        ] {
            assert_eq!(code(good), "understood", "{good}");
        }
        for bad in ["", "verb=", "verb=identify", "verb=Identify&verb=Identify", "verb=Nothing&from=x"] {
            assert_eq!(code(bad), "badVerb", "{bad}");
        }
        for bad in [
            "verb=Identify&from=2026-01-01",
            "verb=ListRecords",
            "verb=ListRecords&metadataPrefix=oai_dc&metadataPrefix=oai_dc",
            "verb=ListRecords&metadataPrefix=oai_dc&from=2026-02-01&until=2026-01-01",
            "verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-01&until=2026-01-01T00:00:00Z",
            "verb=ListRecords&metadataPrefix=oai_dc&from=",
            "verb=ListRecords&metadataPrefix=oai_dc&set=a b",
            "verb=ListRecords&metadataPrefix=oai_dc&resumptionToken=x",
            "verb=ListRecords&metadataPrefix=<",
            "verb=GetRecord&metadataPrefix=oai_dc",
            "verb=GetRecord&identifier=oai:a:b",
            "verb=GetRecord&identifier=invalid\"id&metadataPrefix=oai_dc",
            "verb=ListSets&identifier=oai:a:b",
        ] {
            assert_eq!(code(bad), "badArgument", "{bad}");
        }
        assert_eq!(code("verb=ListRecords&metadataPrefix=marc"), "cannotDisseminateFormat");
        assert_eq!(code("verb=ListRecords&metadataPrefix=oai_dc&set=subject:x"), "noRecordsMatch");
        assert_eq!(code("verb=ListRecords&resumptionToken=x"), "badResumptionToken");
        assert_eq!(code("verb=ListSets&resumptionToken="), "badResumptionToken");
    }
}
