//! Schemas of GeoJSON (RFC 7946).

use super::{Form, object};
use kernel::Row;
use serde_json::{Value as Json, json};

/// A point.
pub(super) fn point(form: Form) -> Row {
    geometry(form, "Point", position())
}

/// A polygon: an outer ring and holes.
pub(super) fn area(form: Form) -> Row {
    let ring = json!({ "type": "array", "minItems": 4, "items": position() });
    geometry(form, "Polygon", json!({ "type": "array", "minItems": 1, "items": ring }))
}

fn geometry(form: Form, kind: &str, coordinates: Json) -> Row {
    let kind = json!({ "type": "string", "enum": [kind] });
    let properties = [("type".to_owned(), kind), ("coordinates".to_owned(), coordinates)].into_iter().collect();
    object::object(form, properties, vec!["type", "coordinates"])
}

fn position() -> Json {
    let degrees = |most: i32| json!({ "type": "number", "minimum": -most, "maximum": most });
    json!({
        "type": "array", "minItems": 2, "maxItems": 2, "prefixItems": [degrees(180), degrees(90)], "items": { "type": "number" },
        "description": "Longitude, then latitude, in degrees (WGS 84)."
    })
}
