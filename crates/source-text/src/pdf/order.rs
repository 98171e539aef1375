//! The order in which lines are read.

use super::line::{Line, weave};

/// A page whose lines go back up this often, of all steps from line to line, was drawn in no order.
const DISORDER: f64 = 0.25;
/// Pages with fewer steps are left as they are.
const FEWEST: usize = 8;

/// Brings the lines of a page in the order they are read: as they are drawn, which keeps cells and columns together. Only
/// where that is no order at all they go from top to bottom, and from left to right.
pub(super) fn in_reading_order(mut lines: Vec<Line>) -> Vec<Line> {
    if is_disordered(&lines) {
        lines.sort_by(|one, two| one.direction.cmp(&two.direction).then(one.v.total_cmp(&two.v)));
        let mut rows: Vec<Vec<Line>> = Vec::new();
        for line in lines {
            let row = rows.last_mut().filter(|row| {
                let first = row.first();
                first.is_some_and(|first| first.is_level_with(line.v, line.size, line.direction))
            });
            match row {
                Some(row) => row.push(line),
                None => rows.push(vec![line]),
            }
        }
        rows.iter_mut().for_each(|row| row.sort_by(|one, two| one.from.total_cmp(&two.from)));
        return weave(rows.into_iter().flatten().collect());
    }
    lines
}

fn is_disordered(lines: &[Line]) -> bool {
    let steps = lines.len().saturating_sub(1);
    let goes_back = |pair: &&[Line]| match pair {
        [one, two] => {
            let up = one.v - two.v > 0.5 * one.size;
            let left = two.from < one.from + one.size && two.to < one.to + one.size;
            let back = one.is_level_with(two.v, two.size, two.direction) && two.to <= one.from;
            one.direction == two.direction && (up && left || back)
        }
        _ => false,
    };
    let back = lines.windows(2).filter(goes_back).count();
    #[expect(clippy::cast_precision_loss, reason = "a share needs no more digits")]
    let share = back as f64 / steps.max(1) as f64;
    steps >= FEWEST && share > DISORDER
}
