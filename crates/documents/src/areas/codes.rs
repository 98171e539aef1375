//! Codes and slugs of bodies that one can build without searching.
//!
//! `lang-son` a province · `dong-da.ha-noi` a district or a commune of today · `tan-lap.loc-binh.lang-son` a commune that
//! ended, with its district. A name that two have is told apart by the sort of the unit (`huyen-loc-binh.lang-son`), then by
//! its area code; a province that ended and left its name to another has the year (`lao-cai-den-2025`). Those that exist go
//! first.

use super::acts;
use super::units::Unit;
use crate::issuer::Level;
use kernel::{Slug, text};
use std::collections::{HashMap, HashSet};

/// The code of a unit without that of its body, and the one it would have if nobody else had it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct UnitCode {
    pub code: String,
    pub natural: Option<String>,
}

/// A code for each unit, each once.
pub(super) fn codes(units: &[Unit]) -> Vec<UnitCode> {
    let mut settled = Settled { codes: vec![UnitCode::default(); units.len()], taken: HashSet::new() };
    let group = |level: Level, ended: bool| {
        let of = move |(_, unit): &(usize, &Unit)| unit.level == level && unit.until.is_some() == ended;
        units.iter().enumerate().filter(of).collect::<Vec<_>>()
    };
    for (level, ended) in [
        (Level::Province, false),
        (Level::Province, true),
        (Level::Commune, false),
        (Level::District, true),
        (Level::Commune, true),
    ] {
        let candidates = |(at, unit): (usize, &Unit)| (at, settled.candidates(units, unit));
        let group: Vec<_> = group(level, ended).into_iter().map(candidates).collect();
        settled.settle(group, ended && level != Level::Commune);
    }
    settled.codes
}

struct Settled {
    codes: Vec<UnitCode>,
    taken: HashSet<String>,
}

/// What a unit may be called, from the shortest to one that nobody else has.
type Candidates = [String; 3];

impl Settled {
    fn candidates(&self, units: &[Unit], unit: &Unit) -> Candidates {
        let (own, sorted) = (own(unit), sorted(unit));
        if unit.level == Level::Province {
            let year = acts::DAY.get(..4).unwrap_or_default();
            return match unit.until {
                Some(_) => [own.clone(), format!("{own}-den-{year}"), format!("{own}-{}-den-{year}", unit.code)],
                None => [own.clone(), sorted.clone(), format!("{sorted}-{}", unit.code)],
            };
        }
        let around = match (unit.level, unit.until, unit.parent) {
            (Level::Commune, Some(_), Some(parent)) => self.codes.get(parent).map(|code| code.code.clone()).unwrap_or_default(),
            _ => unit.parent.and_then(|parent| units.get(parent)).map(self::own).unwrap_or_default(),
        };
        [format!("{own}.{around}"), format!("{sorted}.{around}"), format!("{sorted}-{}.{around}", unit.code)]
    }

    /// Gives each of a group its first candidate that is free and that no other of the group has.
    fn settle(&mut self, mut group: Vec<(usize, Candidates)>, keep_natural: bool) {
        let natural = counted(&group, 0);
        for rank in 0..3 {
            let wanted = counted(&group, rank);
            group.retain(|(at, candidates)| {
                let Some(code) = candidates.get(rank) else { return false };
                if rank < 2 && (wanted.get(code) != Some(&1) || self.taken.contains(code)) {
                    return true;
                }
                let mut code = code.clone();
                while !self.taken.insert(code.clone()) {
                    code.push_str("-2");
                }
                let first = candidates.first().filter(|first| **first != code && natural.get(*first) == Some(&1));
                if let Some(slot) = self.codes.get_mut(*at) {
                    *slot = UnitCode { natural: first.filter(|_| keep_natural).cloned(), code };
                }
                false
            });
        }
    }
}

fn counted(group: &[(usize, Candidates)], rank: usize) -> HashMap<String, usize> {
    let mut counted = HashMap::new();
    for code in group.iter().filter_map(|(_, candidates)| candidates.get(rank)) {
        *counted.entry(code.clone()).or_insert(0) += 1;
    }
    counted
}

/// The longest part that a name makes of a code; with it no code is longer than one may be.
const LONGEST: usize = 24;

/// The name of a unit as part of a code; one without a Latin letter or digit has its area code.
fn slug(unit: &Unit) -> String {
    let mut slug = Slug::of(&unit.name.own).map_or_else(|| unit.code.clone(), |slug| slug.as_str().to_owned());
    slug.truncate(LONGEST);
    slug.trim_end_matches('-').to_owned()
}

/// `tan-lap`; a unit that is only numbered keeps its sort, `quan-1`.
fn own(unit: &Unit) -> String {
    let slug = slug(unit);
    if slug.bytes().any(|byte| byte.is_ascii_lowercase()) { slug } else { sorted(unit) }
}

/// `xa-tan-lap`.
fn sorted(unit: &Unit) -> String {
    format!("{}-{}", text::slugify(unit.name.sort), slug(unit))
}
