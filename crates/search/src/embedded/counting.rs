//! How often values of facets occur among what was found.

use super::layout::facet_column;
use crate::Error;
use std::collections::{BTreeMap, HashMap};
use tantivy::{DocId, Searcher};

type Counts = BTreeMap<String, Vec<(String, u64)>>;

/// Facets of nothing.
pub(super) fn none(wanted: &[(String, usize)]) -> Counts {
    wanted.iter().map(|(name, _)| (name.clone(), Vec::new())).collect()
}

/// Counts the values of facets among heads, given by segment: the most frequent first, equals by their value.
pub(super) fn count(searcher: &Searcher, heads: &[Vec<DocId>], wanted: &[(String, usize)]) -> Result<Counts, Error> {
    let mut all = none(wanted);
    for (name, most) in wanted {
        let mut counted: HashMap<String, u64> = HashMap::new();
        for (segment, heads) in searcher.segment_readers().iter().zip(heads) {
            let Some(column) = segment.fast_fields().str(&facet_column(name))? else { continue };
            let mut by_value: Vec<u64> = vec![0; column.dictionary().num_terms()];
            for head in heads {
                for value in column.term_ords(*head) {
                    if let Some(count) = usize::try_from(value).ok().and_then(|value| by_value.get_mut(value)) {
                        *count += 1;
                    }
                }
            }
            for (value, count) in (0..).zip(by_value).filter(|(_, count)| *count > 0) {
                let mut text = String::new();
                column.ord_to_str(value, &mut text).map_err(tantivy::TantivyError::from)?;
                *counted.entry(text).or_default() += count;
            }
        }
        let mut counted: Vec<(String, u64)> = counted.into_iter().collect();
        counted.sort_by(|(a, many), (b, more)| more.cmp(many).then_with(|| a.cmp(b)));
        counted.truncate(*most);
        all.insert(name.clone(), counted);
    }
    Ok(all)
}
