//! Which body a text or a writer means by a name.
//!
//! Names repeat: communes of one name are many, and a body may have the name of one that ended. What tells them apart is
//! the day of issue and the places that are named beside the body. Where that leaves several, none is chosen.

use super::make;
use crate::Error;
use crate::issuer::IssuerContent;
use crate::store::issuers::{self as rows, Made};
use crate::store::naming::{Namesake, namesakes};
use kernel::{Id, text};
use std::collections::BTreeSet;
use std::sync::OnceLock;
use store::WriteTxn;

/// What is known beside the name.
pub(crate) struct Context<'a> {
    /// The day of issue.
    pub issued_on: Option<&'a str>,
    /// The text, in which places may be named.
    pub text: &'a str,
}

/// What became of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Resolved {
    /// The body that is meant.
    Found(Id),
    /// The only body that can be meant, though it did not exist on the day of issue.
    OutsideValidity(Id),
    /// Several may be meant.
    Ambiguous(Vec<Id>),
}

/// Finds the body that a name means, or makes one where no body has or had the name. It stays until the transaction ends.
pub(crate) async fn find_or_make(txn: &WriteTxn, name: String, context: &Context<'_>) -> Result<Resolved, Error> {
    if let Some(resolved) = find(txn, &name, context).await? {
        return Ok(resolved);
    }
    match make(txn, &IssuerContent::named(name)).await? {
        Made::New(id) | Made::Existing(id) => Ok(Resolved::Found(id)),
    }
}

/// Finds the body that a name means; `None` where no body has or had the name. It stays until the transaction ends.
pub(crate) async fn find(txn: &WriteTxn, name: &str, context: &Context<'_>) -> Result<Option<Resolved>, Error> {
    let mut known = namesakes(txn.conn(), &text::name_key(name)).await?;
    let mut places = Vec::new();
    if known.is_empty()
        && let Some((body, around)) = parted(name)
    {
        known = namesakes(txn.conn(), &text::name_key(&body)).await?;
        known.retain(|namesake| named_in(&around, namesake) > 0);
        places = around;
    }
    let resolved = chosen(&known, &places, context);
    match resolved {
        // Only its removal could come between: then there is none of that name.
        Some(Resolved::Found(id) | Resolved::OutsideValidity(id)) if rows::kept(txn.conn(), id).await?.is_none() => Ok(None),
        resolved => Ok(resolved),
    }
}

/// Chooses among bodies of a name: those whose name it was on the day of issue; of them those of which most places are
/// named; of them those that have the name still.
fn chosen(known: &[Namesake], places: &[String], context: &Context<'_>) -> Option<Resolved> {
    let on_the_day: Vec<&Namesake> =
        known.iter().filter(|namesake| context.issued_on.is_none_or(|day| namesake.life().includes(day))).collect();
    let outside = on_the_day.is_empty();
    let mut left = if outside { known.iter().collect() } else { on_the_day };
    if ids(&left).len() > 1 {
        let written = OnceLock::new();
        let text = || written.get_or_init(|| spaced(&ends(context.text))).as_str();
        let score = |namesake: &Namesake| (named_in(places, namesake), named_in_text(text(), namesake));
        let best = left.iter().map(|namesake| score(namesake)).max();
        left.retain(|namesake| Some(score(namesake)) == best);
    }
    if left.iter().any(|namesake| !namesake.former) {
        let present: BTreeSet<Id> = left.iter().filter(|namesake| !namesake.former).filter_map(|namesake| namesake.id).collect();
        left.retain(|namesake| namesake.id.is_some_and(|id| present.contains(&id)));
    }
    match ids(&left).as_slice() {
        [] => None,
        [one] if outside => Some(Resolved::OutsideValidity(*one)),
        [one] => Some(Resolved::Found(*one)),
        several => Some(Resolved::Ambiguous(several.to_vec())),
    }
}

fn ids(namesakes: &[&Namesake]) -> Vec<Id> {
    let ids: BTreeSet<Id> = namesakes.iter().filter_map(|namesake| namesake.id).collect();
    ids.into_iter().collect()
}

/// The places around a body, as keys: of `Xã Tân Lập, tỉnh Sông Lam` that is `tỉnh sông lam`.
fn around(namesake: &Namesake) -> BTreeSet<String> {
    let own = namesake.area_name.as_deref().into_iter().flat_map(|area| area.split(',').skip(1));
    let above = namesake.parent.as_ref();
    let of_parent = above.and_then(|(_, area)| area.as_deref()).into_iter().flat_map(|area| area.split(','));
    let by_name = above.and_then(|(name, _)| unit_of(name));
    own.chain(of_parent).map(str::to_owned).chain(by_name).map(|place| spaced(&place)).collect()
}

/// How many of the places around a body are among these.
fn named_in(places: &[String], namesake: &Namesake) -> usize {
    let around = around(namesake);
    places.iter().filter(|place| around.contains(place.as_str())).count()
}

/// How many of the places around a body a text names.
fn named_in_text(text: &str, namesake: &Namesake) -> usize {
    let said = |place: &String| {
        let short = [("thành phố", " tp "), ("thị xã", " tx ")];
        let short = short.iter().find_map(|(long, short)| Some(format!("{short}{}", place.strip_prefix(&spaced(long))?)));
        text.contains(place.as_str()) || short.is_some_and(|short| text.contains(&one_spaced(&short)))
    };
    around(namesake).iter().filter(|place| said(place)).count()
}

/// How many characters at the beginning and at the end of a text are searched for places: letterhead and preamble, and
/// signature and recipients. Others wait for the transaction in which this happens.
const ENDS: [usize; 2] = [20_000, 5_000];

fn ends(text: &str) -> String {
    let [first, last] = ENDS;
    let from_end = text.char_indices().rev().nth(last.saturating_sub(1)).map_or(0, |(at, _)| at);
    match text.char_indices().nth(first) {
        Some((end, _)) if end < from_end => {
            format!("{} {}", text.get(..end).unwrap_or_default(), text.get(from_end..).unwrap_or_default())
        }
        _ => text.to_owned(),
    }
}

fn one_spaced(text: &str) -> String {
    format!(" {} ", text::one_line(text))
}

/// Words by their keys with one space before, between and after them: what is searched for places, and the places.
fn spaced(written: &str) -> String {
    let words: String = written.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    one_spaced(&text::name_key(&words))
}

/// Words before the proper name of a unit, those of two words first.
const UNITS: [&str; 9] = ["thành phố", "thị trấn", "đặc khu", "thị xã", "tỉnh", "huyện", "quận", "phường", "xã"];

/// Where the words of a unit begin in `words`, from `at` on.
fn unit_at(words: &[&str], at: usize) -> Option<(usize, usize)> {
    (at..words.len()).find_map(|start| {
        UNITS.iter().find_map(|unit| {
            let parts = unit.split(' ').count();
            let said = words.get(start..start + parts)?.join(" ");
            (text::name_key(&said) == text::name_key(unit)).then_some((start, parts))
        })
    })
}

/// `tỉnh Sông Lam` out of `Ủy ban nhân dân tỉnh Sông Lam`.
fn unit_of(name: &str) -> Option<String> {
    let words: Vec<&str> = name.split_whitespace().collect();
    let (start, _) = unit_at(&words, 0)?;
    Some(words.get(start..)?.join(" "))
}

/// Parts `Ủy ban nhân dân xã Tân Lập, tỉnh Sông Lam`, with or without the comma, into the body and the places around it.
fn parted(name: &str) -> Option<(String, Vec<String>)> {
    let apart = name.replace(',', " , ");
    let words: Vec<&str> = apart.split_whitespace().collect();
    let mut ends = Vec::new();
    let (start, parts) = unit_at(&words, 0)?;
    let mut at = start + parts + 1;
    while let Some((start, parts)) = unit_at(&words, at) {
        ends.push(start);
        at = start + parts + 1;
    }
    let body = words.get(..*ends.first()?)?.join(" ");
    ends.push(words.len());
    let places = ends.windows(2).filter_map(|pair| match pair {
        [from, to] => Some(spaced(&words.get(*from..*to)?.join(" "))),
        _ => None,
    });
    Some((body.trim_end_matches([' ', ',']).to_owned(), places.collect()))
}

#[cfg(test)]
mod tests;
