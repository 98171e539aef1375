//! Times of a resource that do not overlap, so that a resource is counted once on every day.

use crate::{SearchDocument, Times};
use time::Date;

/// The resource with each day in one of its times: of those that overlap the first is kept.
pub(super) fn disjoint(mut document: SearchDocument) -> SearchDocument {
    let mut kept: Vec<Times> = Vec::with_capacity(document.times.len());
    for times in document.times {
        let mut left = vec![times];
        for taken in &kept {
            left = left.into_iter().flat_map(|times| without(times, taken)).collect();
        }
        kept.extend(left);
    }
    document.times = kept;
    document
}

/// What is left of some times without others.
fn without(times: Times, taken: &Times) -> Vec<Times> {
    let (from, until) = (begin(times.from), end(times.until));
    let (taken_from, taken_until) = (begin(taken.from), end(taken.until));
    if taken_until <= from || until <= taken_from {
        return if from < until { vec![times] } else { Vec::new() };
    }
    let mut left = Vec::with_capacity(2);
    if from < taken_from {
        left.push(Times { until: taken.from, ..times.clone() });
    }
    if taken_until < until {
        left.push(Times { from: taken.until, ..times });
    }
    left
}

fn begin(day: Option<Date>) -> Date {
    day.unwrap_or(Date::MIN)
}

fn end(day: Option<Date>) -> Date {
    day.unwrap_or(Date::MAX)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use kernel::{Id, parse_date};

    fn told(times: &[(&str, &str)]) -> Vec<(String, String)> {
        let day = |text: &str| if text.is_empty() { None } else { Some(parse_date(text).unwrap()) };
        let of = |(from, until): &(&str, &str)| Times {
            from: day(from),
            until: day(until),
            in_force: true,
            facets: crate::Facets::new(),
            passages: [].into(),
        };
        let document = SearchDocument {
            id: Id::parse("00000000-0000-7000-8000-000000000001").unwrap(),
            resource_type: "document".into(),
            number: None,
            title: String::new(),
            date: None,
            facets: crate::Facets::new(),
            times: times.iter().map(of).collect(),
        };
        let told = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
        disjoint(document).times.iter().map(|times| (told(times.from), told(times.until))).collect()
    }

    #[test]
    fn every_day_is_in_one_of_the_times() {
        let some = |times: &[(&str, &str)]| -> Vec<(String, String)> {
            times.iter().map(|(from, until)| ((*from).to_owned(), (*until).to_owned())).collect()
        };
        let apart = [("", "2020-01-01"), ("2020-01-01", "")];
        assert_eq!(told(&apart), some(&apart));
        let (within, around) = (("2020-01-01", "2021-01-01"), ("", ""));
        assert_eq!(told(&[within, around]), some(&[within, ("", "2020-01-01"), ("2021-01-01", "")]));
        assert_eq!(told(&[around, within]), some(&[around]));
        assert_eq!(told(&[("2020-01-01", "2020-06-01"), ("2020-03-01", "2021-01-01")]).len(), 2);
    }
}
