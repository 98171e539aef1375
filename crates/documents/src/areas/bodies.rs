//! The bodies that there have to be.

use super::codes::{UnitCode, codes};
use super::name::UnitName;
use super::units::{Origin, Unit};
use crate::issuer::IssuerContent;
use crate::store::former::FormerName;
use kernel::{Slug, text};
use std::collections::HashSet;

/// A body that there has to be. Bodies stand in an order in which its parent and those before it come before it.
#[derive(Debug, Clone)]
pub(super) struct Planned {
    /// All that is told of it, other bodies apart; with slug and code.
    pub content: IssuerContent,
    pub parent: Option<usize>,
    pub came_of: Vec<Origin>,
    /// The code it would have if no other had it: an address with it leads here too.
    pub natural_code: Option<String>,
    pub formerly: Vec<FormerName>,
    /// The names of the units around its own, as keys.
    pub around: Vec<String>,
}

/// Kind, name and short name of the bodies of every unit.
const BODIES: [[&str; 3]; 2] = [["ubnd", "Ủy ban nhân dân", "UBND"], ["hdnd", "Hội đồng nhân dân", "HĐND"]];

/// The bodies of these units: of each its committee, then its council.
pub(super) fn bodies(units: &[Unit]) -> Vec<Planned> {
    let codes = codes(units);
    let mut planned: Vec<Planned> = units
        .iter()
        .zip(&codes)
        .flat_map(|(unit, code)| BODIES.iter().enumerate().map(move |(which, names)| body(unit, code, (which, names))))
        .collect();
    give_slugs(&mut planned);
    planned
}

fn body(unit: &Unit, code: &UnitCode, (which, names): (usize, &[&str; 3])) -> Planned {
    let [kind, name, short] = names;
    let place = |at: usize| at * BODIES.len() + which;
    let former = |(unit, around, until): &(UnitName, Vec<UnitName>, Option<&str>)| FormerName {
        name: format!("{name} {}", unit.inside()),
        area_name: Some(area(unit, around)),
        until: until.map(str::to_owned),
    };
    Planned {
        content: IssuerContent {
            name: format!("{name} {}", unit.name.inside()),
            slug: None,
            code: Some(format!("{}.{kind}", code.code)),
            short_name: Some(format!("{short} {}", unit.name.inside())),
            kind: Some((*kind).to_owned()),
            level: Some(unit.level.as_str().to_owned()),
            area_code: Some(unit.code.clone()),
            area_name: Some(area(&unit.name, &unit.around)),
            parent_id: None,
            valid_from: unit.from.map(str::to_owned),
            valid_until: unit.until.map(str::to_owned),
            predecessors: Vec::new(),
        },
        parent: unit.parent.map(place),
        came_of: unit.came_of.iter().map(|origin| Origin { unit: place(origin.unit), ..*origin }).collect(),
        natural_code: code.natural.as_ref().map(|natural| format!("{natural}.{kind}")),
        formerly: unit.formerly.iter().map(former).collect(),
        around: unit.around.iter().map(|name| text::name_key(&name.inside())).collect(),
    }
}

/// `Xã Tân Lập, huyện Bến Thượng, tỉnh Sông Lam`.
fn area(unit: &UnitName, around: &[UnitName]) -> String {
    around.iter().fold(unit.full(), |area, name| format!("{area}, {}", name.inside()))
}

/// Slugs of names and the units around; those that exist go first, others have the year or the area code behind.
fn give_slugs(planned: &mut [Planned]) {
    let mut taken = HashSet::new();
    for ended in [false, true] {
        for body in planned.iter_mut().filter(|body| body.content.valid_until.is_some() == ended) {
            let year = body.content.valid_until.as_ref().and_then(|day| day.get(..4));
            let around: Vec<&str> =
                body.content.area_name.as_deref().into_iter().flat_map(|area| area.split(',').skip(1)).collect();
            let plain = format!("{} {}", body.content.name, around.join(" "));
            let code = body.content.area_code.clone().unwrap_or_default();
            let dated = year.map(|year| format!("{plain} den {year}")).into_iter();
            let wanted = std::iter::once(plain.clone()).chain(dated).chain([format!("{plain} {code}")]);
            let slug = wanted.filter_map(|text| Slug::of(&text)).map(|slug| slug.as_str().to_owned());
            body.content.slug = slug.into_iter().find(|slug| taken.insert(slug.clone()));
        }
    }
}
