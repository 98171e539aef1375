//! The types of searches: what is answered, and by what it is filtered.

use super::resource;
use crate::description::{camel, put};
use crate::graphql::connections::{self, beside};
use crate::graphql::objects::{self, Known};
use crate::resource::Served;
use crate::searching;
use crate::searching::schemas;
use async_graphql::dynamic::{Enum, InputObject, InputValue, Object, TypeRef};
use serde_json::{Value, json};
use std::collections::HashSet;
use std::sync::Arc;

/// The orders of hits, with their names in REST.
pub(super) const SORTS: [(&str, &str); 3] = [("RELEVANCE", "relevance"), ("DATE_DESC", "-date"), ("DATE_ASC", "date")];

/// What searches answer.
pub(in crate::graphql) fn objects() -> Vec<Object> {
    let mut made = Vec::new();
    let mut of = |name: &str, schema: &Value| {
        let object = objects::object(name, schema, (None, &Known::new()), &mut made);
        let text = schema.get("description").and_then(Value::as_str).unwrap_or_default();
        object.description(text)
    };
    let hit = of("SearchHit", &hit()).field(resource());
    let suggestion = of("Suggestion", &schemas::suggestion());
    let facet = of("SearchFacet", &facet());
    let facets = beside("facets", TypeRef::named_nn_list_nn("SearchFacet"), "Those that were asked for, in their order.");
    let relaxed = beside(
        "relaxed",
        TypeRef::named_nn(TypeRef::BOOLEAN),
        "Whether hits may lack words of the query: too few have them all.",
    );
    let page = connections::page("Search").field(facets).field(relaxed);
    made.extend([hit, suggestion, facet, connections::edge("Search", "SearchHit"), page]);
    made
}

/// A hit, its highlights as a list: GraphQL has no objects with free names.
fn hit() -> Value {
    let pieces = json!({ "type": "array", "items": { "type": "string" }, "description": "HTML, what was found in `<mark>`." });
    let mut hit = schemas::hit();
    if let Some(properties) = hit.get_mut("properties") {
        put(
            properties,
            "highlights",
            json!({ "type": "array", "items": {
            "type": "object", "required": ["field", "pieces"], "properties": {
                "field": { "type": "string", "description": "`title`, `number`, `heading` or `body`." }, "pieces": pieces } } }),
        );
    }
    hit
}

fn facet() -> Value {
    json!({
        "type": "object", "description": "A facet of what was found.", "required": ["name", "values"],
        "properties": {
            "name": { "type": "string", "description": "Its name, as filters take it." },
            "values": { "type": "array", "items": schemas::facet_value(), "description": "The most frequent first." },
        },
    })
}

/// What hits are filtered by, and how they are sorted.
pub(in crate::graphql) fn inputs(resources: &[Arc<Served>]) -> (Vec<InputObject>, Enum) {
    let text = || TypeRef::named(TypeRef::STRING);
    let list = || TypeRef::named_nn_list(TypeRef::STRING);
    let facet = [("eq", text()), ("in", list()), ("ne", text()), ("nin", list())];
    let dates = ["eq", "gt", "gte", "lt", "lte"].map(|op| (op, TypeRef::named("Date")));
    let mut filter = InputObject::new("SearchFilter").description("Conditions, all of which hold.");
    let mut known = HashSet::new();
    for name in searching::names(resources).iter().map(|name| camel(name)).chain(["date".to_owned()]) {
        let kind = if name == "date" { "SearchDateFilter" } else { "SearchFacetFilter" };
        if known.insert(name.clone()) {
            filter = filter.field(InputValue::new(name, TypeRef::named(kind)));
        }
    }
    let sorts = SORTS.iter().fold(Enum::new("SearchSort").description("An order of hits."), |sorts, (name, _)| sorts.item(*name));
    (vec![filter, input("SearchFacetFilter", facet), input("SearchDateFilter", dates)], sorts)
}

fn input(name: &str, fields: impl IntoIterator<Item = (&'static str, TypeRef)>) -> InputObject {
    let input = InputObject::new(name).description("Comparisons, all of which hold.");
    fields.into_iter().fold(input, |input, (name, kind)| input.field(InputValue::new(name, kind)))
}
