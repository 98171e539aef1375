//! Resumption tokens: all that a list needs to go on, signed, so that nothing is kept here.

use super::arguments::{Format, List, Of};
use super::failure::Failure;
use super::sets;
use documents::HarvestSet;
use kernel::query::Value;
use kernel::{CursorKey, Id, Instant, Position};

/// What a token of the list of sets belongs to.
const SETS: &str = "oai ListSets";

fn context(of: Of) -> String {
    format!("oai {}", of.verb())
}

/// The token of what follows this list.
pub(super) fn seal(key: &CursorKey, list: &List, (changed_at, id): (Instant, Id)) -> String {
    let moment = |at: Option<Instant>| at.map_or(Value::Null, |at| Value::Int(at.0));
    let keys = vec![
        Value::Text(list.format.prefix().to_owned()),
        moment(list.from),
        moment(list.before),
        sets::print(&list.set).map_or(Value::Null, Value::Text),
        Value::Int(list.count),
        Value::Int(changed_at.0),
    ];
    key.seal(&context(list.of), &Position { keys, id })
}

/// The list that a token belongs to, from where it says.
pub(super) fn open(key: &CursorKey, of: Of, token: &str) -> Result<List, Failure> {
    let position = key.open(&context(of), token).map_err(|_| Failure::BadResumptionToken)?;
    read(of, &position).ok_or(Failure::BadResumptionToken)
}

fn read(of: Of, position: &Position) -> Option<List> {
    let [Value::Text(prefix), from, before, set, Value::Int(count), Value::Int(changed_at)] = position.keys.as_slice() else {
        return None;
    };
    let moment = |value: &Value| match value {
        Value::Int(at) => Some(Instant(*at)),
        _ => None,
    };
    let set = match set {
        Value::Text(set) => sets::parse(set)?,
        _ => HarvestSet::All,
    };
    Some(List {
        of,
        format: Format::parse(prefix)?,
        from: moment(from),
        before: moment(before),
        set,
        after: Some((Instant(*changed_at), position.id)),
        count: *count,
    })
}

/// The token of the sets behind this one.
pub(super) fn seal_sets(key: &CursorKey, (last, count): (&str, i64)) -> String {
    let keys = vec![Value::Text(last.to_owned()), Value::Int(count)];
    key.seal(SETS, &Position { keys, id: Id(uuid::Uuid::nil()) })
}

/// The last set that was told, and how many there were.
pub(super) fn open_sets(key: &CursorKey, token: &str) -> Result<(String, i64), Failure> {
    let position = key.open(SETS, token).map_err(|_| Failure::BadResumptionToken)?;
    match position.keys.as_slice() {
        [Value::Text(last), Value::Int(count)] => Ok((last.clone(), *count)),
        _ => Err(Failure::BadResumptionToken),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_token_holds_its_whole_list_and_opens_no_other() {
        let key = CursorKey::new([7; 32]);
        let place = (Instant(1_795_000_000_123_456), Id::new(Instant(5)));
        let list = List {
            of: Of::Records,
            format: Format::AkomaNtoso,
            from: Some(Instant(-5)),
            before: None,
            set: HarvestSet::IssuedBy("song-lam.ubnd".into()),
            after: None,
            count: 300,
        };
        let token = seal(&key, &list, place);
        assert_eq!(open(&key, Of::Records, &token).unwrap(), List { after: Some(place), ..list });
        assert_eq!(open(&key, Of::Headers, &token), Err(Failure::BadResumptionToken));
        assert_eq!(open_sets(&key, &token), Err(Failure::BadResumptionToken));
        assert_eq!(open_sets(&key, &seal_sets(&key, ("issuer:a", 100))).unwrap(), ("issuer:a".to_owned(), 100));
    }
}
