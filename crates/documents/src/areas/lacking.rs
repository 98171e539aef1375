//! What is still missing of the bodies that there have to be.

use super::acts;
use super::bodies::Planned;
use super::entering::AreaImport;
use super::units::Origin;
use crate::issuer::{IssuerContent, Predecessor};
use crate::store::former::FormerName;
use kernel::{Id, text};

impl AreaImport {
    pub(super) fn id(&self, at: usize) -> Option<Id> {
        self.ids.get(at).copied().flatten()
    }

    pub(super) fn predecessors(&self, planned: &Planned) -> Vec<Predecessor> {
        let told = planned.came_of.iter().filter_map(|origin| {
            Some(Predecessor {
                issuer: self.id(origin.unit)?,
                on: Some(acts::DAY.to_owned()),
                change: origin.change,
                extent: origin.extent,
                basis: origin.basis.map(str::to_owned),
            })
        });
        told.collect()
    }

    /// Whether something is still to be done for a planned body.
    pub(super) fn lacks(&self, at: usize) -> bool {
        let (Some(planned), Some(id)) = (self.planned.get(at), self.id(at)) else { return true };
        let Some(known) = self.known.get(&id) else { return true };
        let follows = |origin: &Origin| self.id(origin.unit).is_some_and(|id| known.followed.contains(&id));
        let (names, code) = self.unknown_former((id, &known.content), planned);
        self.completed((at, planned), &known.content) != known.content
            || !planned.came_of.iter().all(follows)
            || !names.is_empty()
            || code.is_some()
    }

    /// What is told of a body, with what is planned where nothing is told.
    pub(super) fn completed(&self, (at, planned): (usize, &Planned), told: &IssuerContent) -> IssuerContent {
        let plan = &planned.content;
        let or = |told: &Option<String>, plan: &Option<String>| told.clone().or_else(|| plan.clone());
        let undated = told.valid_from.is_none() && told.valid_until.is_none();
        let life = if undated { plan } else { told };
        let same_name = |other: &Planned| text::name_key(&other.content.name) == text::name_key(&plan.name);
        let owner = told.code.as_ref().and_then(|code| self.codes.get(code)).filter(|owner| **owner != at);
        let of_successor = owner.and_then(|owner| self.planned.get(*owner)).is_some_and(same_name);
        IssuerContent {
            code: if of_successor { plan.code.clone() } else { told.code.clone() },
            short_name: or(&told.short_name, &plan.short_name),
            kind: or(&told.kind, &plan.kind),
            level: or(&told.level, &plan.level),
            area_code: or(&told.area_code, &plan.area_code),
            area_name: or(&told.area_name, &plan.area_name),
            parent_id: told.parent_id.or_else(|| planned.parent.and_then(|parent| self.id(parent))),
            valid_from: life.valid_from.clone(),
            valid_until: life.valid_until.clone(),
            ..told.clone()
        }
    }

    /// Names and code under which a body has to be known, and is not yet.
    pub(super) fn unknown_former<'a>(
        &self,
        (id, told): (Id, &IssuerContent),
        planned: &'a Planned,
    ) -> (Vec<FormerName>, Option<&'a str>) {
        let own = FormerName {
            name: planned.content.name.clone(),
            area_name: planned.content.area_name.clone(),
            until: planned.content.valid_until.clone(),
        };
        let by_another = (text::name_key(&own.name) != text::name_key(&told.name)).then_some(own);
        let unknown = |former: &FormerName| {
            let area = former.area_name.as_deref().unwrap_or_default();
            !self.former.contains(&(id, format!("{}|{area}", text::name_key(&former.name))))
        };
        let names = planned.formerly.iter().cloned().chain(by_another).filter(unknown).collect();
        let code = planned.natural_code.as_deref();
        let code = code.filter(|code| told.code.as_deref() != Some(*code) && !self.former.contains(&(id, (*code).to_owned())));
        (names, code)
    }
}
