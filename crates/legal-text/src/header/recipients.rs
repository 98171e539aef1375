//! The list of recipients: `Nơi nhận:`.

use std::sync::LazyLock;

use regex::Regex;

use crate::layout::Source;
use crate::pattern;

static HEADING: LazyLock<Regex> = LazyLock::new(|| pattern(r"Nơi\s{1,3}[Nn]hận|NƠI\s{1,3}NHẬN"));

/// Tells whether a line opens the list of recipients; a sentence may speak of a `nơi nhận` too.
pub(super) fn opens_recipients(text: &str) -> bool {
    HEADING.find(text).is_some_and(|found| found.start() == 0 && is_heading(text.get(found.end()..).unwrap_or_default()))
}

fn is_heading(after: &str) -> bool {
    let rest = after.trim_start_matches(['*', ' ', '\u{a0}']);
    rest.is_empty() || rest.starts_with([':', '.', '-', '/', '|', '\n', '\r', ';', '_'])
}

/// The first line, from `from` on, that opens the list.
pub(super) fn recipients_line(source: &Source<'_>, from: usize) -> Option<usize> {
    let base = source.start(from);
    let text = source.slice(from..source.lines());
    HEADING.find_iter(text).find_map(|found| {
        let line = source.line_at(base + found.start());
        let before = text.get(source.start(line).saturating_sub(base)..found.start()).unwrap_or_default();
        let before = before.trim_end_matches(['*', ' ', '_', '\u{a0}', '\t', '\\']);
        // In a text that lost its lines the list follows the end of the last article.
        let opens =
            before.is_empty() || before.ends_with(['|', '/', ':', '>', '#']) || before.ends_with("---") || before.ends_with("/.");
        (opens && is_heading(text.get(found.end()..).unwrap_or_default())).then_some(line)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_is_told_from_a_sentence() {
        for heading in ["Nơi nhận:", "Nơi nhận", "NƠI NHẬN :", "Nơi nhận.-"] {
            assert!(opens_recipients(heading), "{heading}");
        }
        assert!(!opens_recipients("Nơi nhận hồ sơ là Sở Lam."));
        let line = |text: &str| recipients_line(&Source::of(text), 0);
        assert_eq!(line("Điều 1.\nGhi nơi nhận.\n| *Nơi nhận:* | TM."), Some(2));
        assert_eq!(line("Điều 3. Thi hành./. Nơi nhận: - Như Điều 3"), Some(0));
        assert_eq!(line("Ghi rõ Nơi nhận: ở cuối"), None);
    }
}
