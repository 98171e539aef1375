//! Units with their lives, and what they came of.

use super::acts;
use super::tables::{NewUnit, OldUnit, Step, TableFault, Tables};
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

/// `Xã Tân Lập` as its sort, `xã`, and its own name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct UnitName {
    pub sort: &'static str,
    pub own: String,
}

const SORTS: [&str; 9] = ["thành phố", "thị xã", "thị trấn", "đặc khu", "tỉnh", "quận", "huyện", "phường", "xã"];
/// The longest name of a unit, in characters.
const LONGEST: usize = 60;

impl UnitName {
    fn read(full: &str) -> Option<Self> {
        let full = text::nfc(text::one_line(full));
        if full.chars().count() > LONGEST || full.contains(['\0', ',']) {
            return None;
        }
        SORTS.iter().find_map(|sort| {
            let words = sort.split(' ').count();
            let own: Vec<&str> = full.split(' ').skip(words).collect();
            let said: Vec<&str> = full.split(' ').take(words).collect();
            let fits = text::name_key(&said.join(" ")) == text::name_key(sort);
            (fits && own.iter().any(|word| word.chars().any(char::is_alphanumeric)))
                .then(|| Self { sort, own: own.join(" ") })
        })
    }

    /// Inside a sentence: `xã Tân Lập`. The city of that name is always written with a capital.
    pub fn inside(&self) -> String {
        match self.own.as_str() {
            "Hồ Chí Minh" => self.full(),
            own => format!("{} {own}", self.sort),
        }
    }

    /// By itself: `Xã Tân Lập`.
    pub fn full(&self) -> String {
        let mut chars = self.sort.chars();
        let first = chars.next().map(|first| first.to_uppercase().collect::<String>()).unwrap_or_default();
        format!("{first}{} {}", chars.as_str(), self.own)
    }

    fn key(&self) -> String {
        text::name_key(&self.full())
    }
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
            let district =
                Unit { around: self.name(parent), parent: Some(parent), until: Some(acts::DAY), ..unit(Level::District, code, name) };
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

fn old_row(row: &OldUnit) -> (&str, &str) {
    (&row.code, &row.name)
}

fn new_row(row: &NewUnit) -> (&str, &str) {
    (&row.code, &row.full_name)
}

/// The units of a table by code and name, in its order.
fn named<'a>(
    table: &'static str,
    rows: impl Iterator<Item = (&'a str, &'a str)>,
) -> Result<Vec<(String, UnitName)>, TableFault> {
    let mut seen = HashSet::new();
    let read = |(code, name): (&'a str, &'a str)| {
        let unreadable = || TableFault::Unreadable { table, code: code.to_owned(), name: name.to_owned() };
        let is_code = (2..=10).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_digit());
        let name = UnitName::read(name).filter(|_| is_code).ok_or_else(unreadable)?;
        if !seen.insert(code) {
            return Err(TableFault::Twice { table, code: code.to_owned() });
        }
        Ok((code.to_owned(), name))
    };
    rows.map(read).collect()
}

fn lies_in(
    table: &'static str,
    code: &str,
    (parent, known): (Option<&String>, &HashMap<String, usize>),
) -> Result<usize, TableFault> {
    let parent = parent.cloned().unwrap_or_default();
    known.get(&parent).copied().ok_or_else(|| TableFault::Nowhere { table, code: code.to_owned(), parent })
}

/// The steps that lead into each unit, by its code, which `target` finds.
fn steps_by_target<'a>(
    table: &'static str,
    steps: &'a [Step],
    target: impl Fn(&Step) -> Option<String>,
) -> Result<HashMap<String, Vec<&'a Step>>, TableFault> {
    let mut by_target: HashMap<String, Vec<&Step>> = HashMap::new();
    for step in steps {
        let code = target(step).ok_or_else(|| TableFault::Unknown {
            table,
            old_code: step.old_code.clone(),
            new_code: step.new_code.clone(),
        })?;
        let known = by_target.entry(code).or_default();
        if known.iter().any(|other| other.old_code == step.old_code) {
            return Err(TableFault::Twice { table, code: format!("{} → {}", step.old_code, step.new_code) });
        }
        known.push(step);
    }
    Ok(by_target)
}

/// The units that go on as they were, by their codes, with the step that says so: the only one into the unit, and the only
/// one from it, whole and under the same name.
fn going_on<'a>(
    new: &[(String, UnitName)],
    old: &[(String, UnitName)],
    (by_target, steps): (&HashMap<String, Vec<&'a Step>>, &'a [Step]),
) -> HashMap<String, &'a Step> {
    let names: HashMap<&str, String> = old.iter().map(|(code, name)| (code.as_str(), name.key())).collect();
    let mut from: HashMap<&str, usize> = HashMap::new();
    for step in steps {
        *from.entry(step.old_code.as_str()).or_default() += 1;
    }
    let goes_on = |step: &&&Step| {
        let name = text::name_key(&text::one_line(&step.new_name));
        step.extent != "partial"
            && from.get(step.old_code.as_str()) == Some(&1)
            && names.get(step.old_code.as_str()) == Some(&name)
    };
    let only = |code: &String| match by_target.get(code)?.as_slice() {
        [step] => Some((code.clone(), *Some(step).filter(goes_on)?)),
        _ => None,
    };
    new.iter().filter_map(|(code, _)| only(code)).collect()
}

/// The name that a unit had on its first day, where it has another now.
fn first_name(steps: &[&Step], now: &UnitName) -> Option<UnitName> {
    let first = UnitName::read(&steps.first()?.new_name)?;
    (first.key() != now.key()).then_some(first)
}
