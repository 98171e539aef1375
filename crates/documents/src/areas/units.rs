//! Units with their lives, and what they came of.

use super::acts;
use super::name::UnitName;
use super::reading::{first_name, going_on, lies_in, named, new_row, old_row, steps_by_target};
use super::tables::{Step, TableFault, Tables};
use crate::issuer::{Change, Extent, Level};
use kernel::text;
use std::collections::{HashMap, HashSet};

/// A unit that there is or was. Units stand in an order in which what lies around one, and what it came of, comes before it.
#[derive(Debug, Clone)]
pub(super) struct Unit {
    pub level: Level,
    pub code: String,
    pub name: UnitName,
    /// The units around it, nearest first.
    pub around: Vec<UnitName>,
    pub parent: Option<usize>,
    pub from: Option<&'static str>,
    pub until: Option<&'static str>,
    pub came_of: Vec<Origin>,
    /// How the same unit was called before: its name, what lay around it, and until when.
    pub formerly: Vec<(UnitName, Vec<UnitName>, Option<&'static str>)>,
}

/// What a unit came of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Origin {
    pub unit: usize,
    pub change: Change,
    pub extent: Extent,
    pub basis: Option<&'static str>,
}

/// The units that the tables tell of.
pub(super) fn units(tables: &Tables) -> Result<Vec<Unit>, TableFault> {
    let mut building = Building::default();
    building.provinces(tables)?;
    building.districts(tables)?;
    building.communes(tables)?;
    Ok(building.units)
}

#[derive(Default)]
struct Building {
    units: Vec<Unit>,
    /// Where units stand, by their codes.
    old_provinces: HashMap<String, usize>,
    new_provinces: HashMap<String, usize>,
    districts: HashMap<String, usize>,
    old_communes: HashMap<String, usize>,
}

impl Building {
    fn push(&mut self, unit: Unit) -> usize {
        self.units.push(unit);
        self.units.len() - 1
    }

    fn name(&self, at: usize) -> Vec<UnitName> {
        let unit = self.units.get(at);
        unit.map(|unit| std::iter::once(&unit.name).chain(&unit.around).cloned().collect()).unwrap_or_default()
    }

    fn provinces(&mut self, tables: &Tables) -> Result<(), TableFault> {
        let old = named("old63_provinces", tables.old_provinces.iter().map(old_row))?;
        let new = named("new34_provinces", tables.new_provinces.iter().map(new_row))?;
        let steps = steps_by_target("map_province_old_to_new", &tables.province_steps, |step| {
            let known = old.iter().any(|(code, _)| *code == step.old_code);
            let of_name = |name: &UnitName| name.key() == text::name_key(&step.new_name);
            let target = new.iter().find(|(code, _)| *code == step.new_code);
            target.or_else(|| new.iter().find(|(_, name)| of_name(name))).filter(|_| known).map(|(code, _)| code.clone())
        })?;
        let going_on = going_on(&new, &old, (&steps, &tables.province_steps));
        let stays: HashSet<&str> = going_on.values().map(|step| step.old_code.as_str()).collect();
        for (code, name) in old.iter().filter(|(code, _)| !stays.contains(code.as_str())) {
            let at = self.push(Unit { until: Some(acts::DAY), ..unit(Level::Province, code, name) });
            self.old_provinces.insert(code.clone(), at);
        }
        for (code, name) in &new {
            let mut province = unit(Level::Province, code, name);
            let sources = steps.get(code).map(Vec::as_slice).unwrap_or_default();
            province.formerly.extend(first_name(sources, name).map(|former| (former, Vec::new(), None)));
            let step = going_on.get(code);
            if step.is_none() && !sources.is_empty() {
                province.from = Some(acts::DAY);
                let came_of = sources.iter().filter_map(|step| Some((*step, *self.old_provinces.get(&step.old_code)?)));
                province.came_of = self.origins(came_of.collect(), (Level::Province, Some(acts::PROVINCES)));
            }
            let at = self.push(province);
            self.new_provinces.insert(code.clone(), at);
            if let Some(step) = step {
                self.old_provinces.insert(step.old_code.clone(), at);
            }
        }
        Ok(())
    }

    fn districts(&mut self, tables: &Tables) -> Result<(), TableFault> {
        const TABLE: &str = "old63_districts";
        let names = named(TABLE, tables.old_districts.iter().map(old_row))?;
        for ((code, name), row) in names.iter().zip(&tables.old_districts) {
            let parent = lies_in(TABLE, code, (row.province_code.as_ref(), &self.old_provinces))?;
            let district = Unit {
                around: self.name(parent),
                parent: Some(parent),
                until: Some(acts::DAY),
                ..unit(Level::District, code, name)
            };
            let at = self.push(district);
            self.districts.insert(code.clone(), at);
        }
        Ok(())
    }

    fn communes(&mut self, tables: &Tables) -> Result<(), TableFault> {
        const TABLE: &str = "old63_communes";
        let old = named(TABLE, tables.old_communes.iter().map(old_row))?;
        let new = named("new34_wards", tables.new_communes.iter().map(new_row))?;
        let by_code: HashMap<&str, usize> = new.iter().enumerate().map(|(at, (code, _))| (code.as_str(), at)).collect();
        let province = |at: usize| tables.new_communes.get(at).and_then(|row| row.province_code.clone());
        let by_name: HashMap<(Option<String>, String), usize> =
            new.iter().enumerate().map(|(at, (_, name))| ((province(at), name.key()), at)).collect();
        let old_codes: HashSet<&str> = old.iter().map(|(code, _)| code.as_str()).collect();
        let steps = steps_by_target("map_commune_old_to_new", &tables.commune_steps, |step| {
            let known = old_codes.contains(step.old_code.as_str()) || self.districts.contains_key(&step.old_code);
            // A unit that got another code since is found by its name in its province.
            let of_name = || by_name.get(&(step.new_province_code.clone(), text::name_key(&text::one_line(&step.new_name))));
            let target = by_code.get(step.new_code.as_str()).or_else(of_name).filter(|_| known)?;
            new.get(*target).map(|(code, _)| code.clone())
        })?;
        let going_on = going_on(&new, &old, (&steps, &tables.commune_steps));
        let stays: HashSet<&str> = going_on.values().map(|step| step.old_code.as_str()).collect();
        let mut before: HashMap<&str, (UnitName, Vec<UnitName>)> = HashMap::new();
        for ((code, name), row) in old.iter().zip(&tables.old_communes) {
            let parent = match &row.district_code {
                Some(_) => lies_in(TABLE, code, (row.district_code.as_ref(), &self.districts))?,
                None => lies_in(TABLE, code, (row.province_code.as_ref(), &self.old_provinces))?,
            };
            let around = self.name(parent);
            if stays.contains(code.as_str()) {
                before.insert(code, (name.clone(), around));
                continue;
            }
            let commune = Unit { around, parent: Some(parent), until: Some(acts::DAY), ..unit(Level::Commune, code, name) };
            let at = self.push(commune);
            self.old_communes.insert(code.clone(), at);
        }
        for ((code, name), row) in new.iter().zip(&tables.new_communes) {
            let parent = lies_in("new34_wards", code, (row.province_code.as_ref(), &self.new_provinces))?;
            let mut commune = Unit { around: self.name(parent), parent: Some(parent), ..unit(Level::Commune, code, name) };
            let sources = steps.get(code).map(Vec::as_slice).unwrap_or_default();
            let first = first_name(sources, name);
            commune.formerly.extend(first.iter().map(|former| (former.clone(), self.name(parent), None)));
            // A province that is called otherwise since was named so in the texts of its communes too.
            let provinces = self.units.get(parent).into_iter().flat_map(|province| &province.formerly);
            let first = first.unwrap_or_else(|| name.clone());
            commune.formerly.extend(provinces.map(|(province, _, until)| (first.clone(), vec![province.clone()], *until)));
            match going_on.get(code).and_then(|step| before.remove(step.old_code.as_str())) {
                Some((name, around)) => commune.formerly.push((name, around, Some(acts::DAY))),
                None if sources.is_empty() => {}
                None => {
                    commune.from = Some(acts::DAY);
                    let at = |code: &String| self.old_communes.get(code).or_else(|| self.districts.get(code));
                    let came_of = sources.iter().filter_map(|step| Some((*step, *at(&step.old_code)?)));
                    let basis = row.province_code.as_deref().and_then(acts::of_communes);
                    commune.came_of = self.origins(came_of.collect(), (Level::Commune, basis));
                }
            }
            self.push(commune);
        }
        Ok(())
    }

    fn origins(&self, sources: Vec<(&Step, usize)>, (level, basis): (Level, Option<&'static str>)) -> Vec<Origin> {
        let alone = sources.len() == 1;
        let origin = |(step, unit): (&Step, usize)| {
            let extent = if step.extent == "partial" { Extent::Partial } else { Extent::Whole };
            let same_level = self.units.get(unit).is_some_and(|unit| unit.level == level);
            let change = match (alone, extent) {
                _ if !same_level => Change::Succeeded,
                (false, _) => Change::Merged,
                (true, Extent::Whole) => Change::Renamed,
                (true, Extent::Partial) => Change::Split,
            };
            Origin { unit, change, extent, basis }
        };
        sources.into_iter().map(origin).collect()
    }
}

fn unit(level: Level, code: &str, name: &UnitName) -> Unit {
    Unit {
        level,
        code: code.to_owned(),
        name: name.clone(),
        around: Vec::new(),
        parent: None,
        from: None,
        until: None,
        came_of: Vec::new(),
        formerly: Vec::new(),
    }
}
