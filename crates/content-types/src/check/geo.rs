//! GeoJSON (RFC 7946): points and polygons in range.

use crate::limits;
use crate::told::{fault, under};
use kernel::{FieldFault, Row};
use serde_json::Value as Json;

/// Checks a point.
pub(super) fn point(members: &Row, at: &str, faults: &mut Vec<FieldFault>) {
    if let Some(coordinates) = coordinates(members, "Point", at, faults) {
        faults.extend(position(coordinates, &format!("{at}/coordinates")));
    }
}

/// Checks a polygon: rings of at least four positions, closed, 10,000 positions in all.
pub(super) fn area(members: &Row, at: &str, faults: &mut Vec<FieldFault>) {
    let Some(coordinates) = coordinates(members, "Polygon", at, faults) else { return };
    let at = format!("{at}/coordinates");
    let Some(rings) = coordinates.as_array().filter(|rings| !rings.is_empty()) else {
        faults.push(fault(at, "invalid_geometry", "phải là danh sách các vòng", "must be a list of rings"));
        return;
    };
    let count: usize = rings.iter().filter_map(Json::as_array).map(Vec::len).sum();
    if count > limits::POSITIONS || rings.len() > limits::POSITIONS {
        let max = limits::POSITIONS;
        faults.push(fault(at, "too_many", format!("nhiều nhất {max} điểm"), format!("at most {max} positions")));
        return;
    }
    for (index, ring) in rings.iter().enumerate() {
        self::ring(ring, &format!("{at}/{index}"), faults);
    }
}

fn ring(ring: &Json, at: &str, faults: &mut Vec<FieldFault>) {
    let positions = ring.as_array().map(Vec::as_slice).unwrap_or_default();
    if positions.len() < 4 {
        faults.push(fault(at, "invalid_geometry", "một vòng có ít nhất 4 điểm", "a ring has at least 4 positions"));
        return;
    }
    let wrong = positions.iter().enumerate().find_map(|(index, given)| position(given, &format!("{at}/{index}")));
    if let Some(wrong) = wrong {
        faults.push(wrong);
    } else if positions.first() != positions.last() {
        let (vi, en) =
            ("vòng chưa khép: điểm cuối phải là điểm đầu", "the ring is not closed: the last position must be the first");
        faults.push(fault(at, "open_ring", vi, en));
    }
}

/// The coordinates of a geometry of this kind.
fn coordinates<'a>(members: &'a Row, kind: &str, at: &str, faults: &mut Vec<FieldFault>) -> Option<&'a Json> {
    for name in members.keys().filter(|name| !matches!(name.as_str(), "type" | "coordinates")) {
        let (vi, en) = (format!("không có trường {name}"), format!("there is no field {name}"));
        faults.push(fault(under(at, name), "unknown_field", vi, en));
    }
    if members.get("type").is_none_or(|given| given != kind) {
        faults.push(fault(format!("{at}/type"), "unknown_value", format!("phải là {kind}"), format!("must be {kind}")));
    }
    let coordinates = members.get("coordinates");
    if coordinates.is_none() {
        faults.push(fault(format!("{at}/coordinates"), "required", "không được thiếu", "must be given"));
    }
    coordinates
}

fn position(value: &Json, at: &str) -> Option<FieldFault> {
    let numbers: Option<Vec<f64>> = value.as_array().and_then(|items| items.iter().map(Json::as_f64).collect());
    match numbers.as_deref() {
        Some([longitude, latitude]) if longitude.abs() <= 180.0 && latitude.abs() <= 90.0 => None,
        Some([_, _]) => {
            let vi = "kinh độ từ -180 đến 180 đứng trước, vĩ độ từ -90 đến 90 đứng sau";
            Some(fault(at, "out_of_range", vi, "longitude, -180 to 180, comes first, then latitude, -90 to 90"))
        }
        _ => Some(fault(at, "invalid_geometry", "phải là [kinh độ, vĩ độ]", "must be [longitude, latitude]")),
    }
}
