//! What is told of an issuing authority, checked: lines are lines, days are days, all text is NFC.

use super::checks;
use super::kind::proposed;
use super::{IssuerInput, Life, Predecessor, PredecessorInput};
use crate::Error;
use crate::content::Faults;
use kernel::Id;
use store::Refusal;
use validator::Validate;

/// The checked content of an issuing authority; slug and code may still have to be made.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct IssuerContent {
    pub name: String,
    pub slug: Option<String>,
    pub code: Option<String>,
    pub short_name: Option<String>,
    pub kind: Option<String>,
    pub level: Option<String>,
    pub area_code: Option<String>,
    pub area_name: Option<String>,
    pub parent_id: Option<Id>,
    pub valid_from: Option<String>,
    pub valid_until: Option<String>,
    pub predecessors: Vec<Predecessor>,
}

impl IssuerContent {
    /// Checks what a writer sent, as far as that can be told without other bodies.
    pub fn parse(input: IssuerInput) -> Result<Self, Error> {
        let mut faults = Faults(Vec::new());
        if let Err(errors) = input.validate() {
            faults.lengths("", &errors);
        }
        let valid_from = faults.date("/valid_from", input.valid_from);
        let content = Self {
            name: faults.line("/name", Some(input.name)).unwrap_or_default(),
            slug: input.slug.inspect(|slug| checks::slug(&mut faults, slug)),
            code: input.code.inspect(|code| checks::code(&mut faults, code)),
            short_name: faults.line("/short_name", input.short_name),
            kind: input.kind.inspect(|kind| checks::kind(&mut faults, kind)),
            level: input.level.inspect(|level| checks::level(&mut faults, level)),
            area_code: input.area_code.inspect(|code| checks::area_code(&mut faults, code)),
            area_name: faults.line("/area_name", input.area_name),
            parent_id: input.parent_id.and_then(|id| checks::id(&mut faults, "/parent_id", &id)),
            valid_until: faults.date("/valid_until", input.valid_until),
            predecessors: checks::predecessors(&mut faults, input.predecessors.unwrap_or_default(), valid_from.as_ref()),
            valid_from,
        };
        checks::life(&mut faults, content.life());
        if faults.0.is_empty() { Ok(content) } else { Err(Error::Refused(Refusal::Invalid(faults.0))) }
    }

    /// A body of which nothing but its name is known.
    pub fn named(name: String) -> Self {
        Self { name, ..Self::default() }.proposed()
    }

    /// The same, with what its name tells where nothing else is told.
    pub fn proposed(mut self) -> Self {
        let (kind, level) = proposed(&self.name);
        self.kind = self.kind.or_else(|| kind.map(str::to_owned));
        self.level = self.level.or_else(|| level.map(str::to_owned));
        self
    }

    /// The days on which it exists.
    pub fn life(&self) -> Life<'_> {
        Life { from: self.valid_from.as_deref(), until: self.valid_until.as_deref() }
    }

    /// What a writer would send to get this content: the target of a merge patch.
    pub fn as_input(&self) -> IssuerInput {
        let predecessor = |it: &Predecessor| PredecessorInput {
            issuer_id: it.issuer.to_string(),
            on: it.on.clone(),
            change: Some(it.change.as_str().to_owned()),
            extent: Some(it.extent.as_str().to_owned()),
            basis: it.basis.clone(),
            ..PredecessorInput::default()
        };
        IssuerInput {
            name: self.name.clone(),
            slug: self.slug.clone(),
            code: self.code.clone(),
            short_name: self.short_name.clone(),
            kind: self.kind.clone(),
            level: self.level.clone(),
            area_code: self.area_code.clone(),
            area_name: self.area_name.clone(),
            parent_id: self.parent_id.map(|id| id.to_string()),
            valid_from: self.valid_from.clone(),
            valid_until: self.valid_until.clone(),
            predecessors: Some(self.predecessors.iter().map(predecessor).collect()),
        }
    }
}
