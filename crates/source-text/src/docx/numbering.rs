//! Automatic numbering: the labels that Word writes before the paragraphs of lists.

mod count;
mod read;

use super::styles::Styles;
use count::Counting;
pub(super) use count::roman;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Levels a list has.
const LEVELS: usize = 9;
/// Word counts no further.
const LARGEST: u32 = 32_767;

/// A level of a list.
#[derive(Debug, Clone, Default)]
struct Level {
    start: u32,
    counting: Counting,
    /// `%1` stands for the number of the first level.
    text: String,
    /// Whether nothing parts the label from the text.
    tight: bool,
    /// The level, counted from 1, from which on this one begins again; 0 is never.
    restart: Option<u8>,
    /// Whether all numbers in the label are plain ones.
    legal: bool,
    hidden: bool,
    capitals: bool,
    /// The paragraph style that is this level.
    style: Option<String>,
}

/// What several lists have in common; they count on together.
#[derive(Debug, Default)]
struct Pattern {
    levels: BTreeMap<u8, Level>,
    /// The list style that has the levels.
    link: Option<String>,
}

/// A list.
#[derive(Debug, Default)]
struct List {
    pattern: i64,
    starts: BTreeMap<u8, u32>,
    levels: BTreeMap<u8, Level>,
}

/// The lists of a document.
#[derive(Debug, Default)]
struct Lists {
    patterns: HashMap<i64, Pattern>,
    by_id: HashMap<i64, List>,
}

/// The lists of a document, and how far they have counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    lists: Lists,
    counts: HashMap<i64, [Option<u32>; LEVELS]>,
    begun: HashSet<i64>,
}

/// Where a paragraph is in the lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    list: i64,
    level: u8,
}

impl Numbering {
    /// The place of a paragraph with a style, and with what it says itself of list and level.
    pub(super) fn place(&self, styles: &Styles, style: Option<&str>, list: Option<i64>, level: Option<u8>) -> Option<Place> {
        let by_style = || styles.chain(style).find_map(|(_, style)| style.list);
        // List 0 takes a paragraph out of the list that its style has.
        let id = list.or_else(by_style).filter(|id| *id != 0)?;
        let known = self.lists.by_id.get(&id)?;
        let linked = || {
            styles.chain(style).find_map(|(name, _)| {
                let (_, levels) = self.lists.pattern(styles, known)?;
                levels.iter().find(|(_, level)| level.style.as_deref() == Some(name)).map(|(number, _)| *number)
            })
        };
        let stated = || styles.chain(style).find_map(|(_, style)| style.level);
        let inherited = || if list.is_none() { linked().or_else(stated) } else { stated() };
        let level = level.or_else(inherited).unwrap_or(0);
        (usize::from(level) < LEVELS).then_some(Place { list: id, level })
    }

    /// Counts one further at a place, and gives the label that is shown there, with what parts it from the text.
    pub(super) fn label(&mut self, styles: &Styles, place: Place) -> Option<String> {
        let list = self.lists.by_id.get(&place.list)?;
        let (pattern, levels) = self.lists.pattern(styles, list)?;
        let level_of = |number: u8| list.levels.get(&number).or_else(|| levels.get(&number));
        let start_of = |number: u8| {
            let own = list.starts.get(&number).copied();
            own.or_else(|| level_of(number).map(|level| level.start)).unwrap_or(0).min(LARGEST)
        };
        let counts = self.counts.entry(pattern).or_default();
        if self.begun.insert(place.list) {
            for number in list.starts.keys() {
                if let Some(count) = counts.get_mut(usize::from(*number)) {
                    *count = None;
                }
            }
        }
        for (number, count) in (0_u8..).zip(counts.iter_mut()) {
            if number == place.level {
                *count = Some(count.map_or(start_of(number), |count| (count + 1).min(LARGEST)));
            } else if number > place.level {
                let restarts = level_of(number).and_then(|level| level.restart).is_none_or(|from| place.level < from);
                *count = count.filter(|_| !restarts);
            }
        }
        let level = level_of(place.level)?;
        if level.hidden {
            return None;
        }
        let number = |index: u8| {
            let count = counts.get(usize::from(index)).copied().flatten().unwrap_or_else(|| start_of(index));
            let counting = if level.legal { Counting::default() } else { level_of(index)?.counting };
            Some(counting.write(count))
        };
        let mut label = level.fill(number);
        if level.capitals {
            label = label.to_uppercase();
        }
        if !label.is_empty() && !level.tight {
            label.push(' ');
        }
        Some(label)
    }
}

impl Lists {
    /// The pattern of a list; one that refers to a list style is that of the list the style has.
    fn pattern<'n>(&'n self, styles: &Styles, list: &'n List) -> Option<(i64, &'n BTreeMap<u8, Level>)> {
        let pattern = self.patterns.get(&list.pattern)?;
        let linked = || {
            let link = pattern.link.as_deref()?;
            let id = styles.chain(Some(link)).find_map(|(_, style)| style.list)?;
            let id = self.by_id.get(&id)?.pattern;
            Some((id, &self.patterns.get(&id)?.levels))
        };
        if pattern.levels.is_empty() { linked() } else { Some((list.pattern, &pattern.levels)) }
    }
}

impl Level {
    /// The label with its numbers; a level that is not there has none.
    fn fill(&self, number: impl Fn(u8) -> Option<String>) -> String {
        if self.counting == Counting::Bullet {
            return self.text.clone();
        }
        let mut label = String::new();
        let mut rest = self.text.chars().peekable();
        while let Some(c) = rest.next() {
            let place = rest.peek().and_then(|digit| digit.to_digit(10)).filter(|digit| c == '%' && *digit > 0);
            match place.and_then(|digit| u8::try_from(digit - 1).ok()) {
                Some(index) => {
                    rest.next();
                    label.push_str(&number(index).unwrap_or_default());
                }
                None => label.push(c),
            }
        }
        label
    }
}
