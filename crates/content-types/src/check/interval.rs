//! Intervals: a start, and an end of the same kind that is not before it.

use crate::told::{fault, under};
use kernel::{FieldFault, Instant, Row, parse_date};
use serde_json::Value as Json;

/// A point of time of either kind; those of one kind compare.
#[derive(Debug, Clone, Copy)]
enum Point {
    Day(i32),
    Moment(Instant),
}

impl Point {
    fn parse(text: &str) -> Option<Self> {
        let day = || parse_date(text).map(|date| Self::Day(date.to_julian_day()));
        day().or_else(|| Instant::parse(text).map(Self::Moment))
    }
}

/// Checks an interval; an end that is null is left out.
pub(super) fn checked(members: &Row, at: &str, faults: &mut Vec<FieldFault>) -> Row {
    for name in members.keys().filter(|name| !matches!(name.as_str(), "start" | "end")) {
        let (vi, en) = (format!("không có trường {name}"), format!("there is no field {name}"));
        faults.push(fault(under(at, name), "unknown_field", vi, en));
    }
    let start = members.get("start").filter(|start| !start.is_null());
    if start.is_none() {
        faults.push(fault(format!("{at}/start"), "required", "không được thiếu", "must be given"));
    }
    let end = members.get("end").filter(|end| !end.is_null());
    let start_point = start.and_then(|start| point(start, format!("{at}/start"), faults));
    let end_point = end.and_then(|end| point(end, format!("{at}/end"), faults));
    let mut wrong = |code, vi: &str, en: &str| faults.push(fault(format!("{at}/end"), code, vi, en));
    let in_order = match (start_point, end_point) {
        (Some(Point::Day(start)), Some(Point::Day(end))) => start <= end,
        (Some(Point::Moment(start)), Some(Point::Moment(end))) => start <= end,
        (Some(_), Some(_)) => {
            wrong(
                "mixed_interval",
                "phải cùng loại với start: ngày hoặc thời điểm",
                "must be of the kind of the start: a day or a moment",
            );
            true
        }
        _ => true,
    };
    if !in_order {
        wrong("interval_order", "không được trước start", "must not be before the start");
    }
    let kept = [("start", start), ("end", end)].into_iter();
    kept.filter_map(|(name, value)| Some((name.to_owned(), value?.clone()))).collect()
}

fn point(value: &Json, at: String, faults: &mut Vec<FieldFault>) -> Option<Point> {
    let point = value.as_str().and_then(Point::parse);
    if point.is_none() {
        let vi = "không phải là ngày YYYY-MM-DD hoặc thời điểm YYYY-MM-DDThh:mm:ss+07:00";
        let en = "not a day YYYY-MM-DD or a moment YYYY-MM-DDThh:mm:ss+07:00";
        faults.push(fault(at, "invalid_date", vi, en));
    }
    point
}
