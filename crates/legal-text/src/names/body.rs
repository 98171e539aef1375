//! The name of a body in normal case.

use kernel::text::one_line;

use super::known::{KINDS_OF_BODY, LEVELS};
use super::{capitalised, cased_like, core, field_at, known_name_at};

/// No name of a body has more words; what is longer is no name.
const LONGEST: usize = 40;

/// Writes the name of a body in normal case: `ỦY BAN NHÂN DÂN TỈNH SÔNG LAM` becomes
/// `Ủy ban nhân dân tỉnh Sông Lam`. Abbreviations `UBND` and `HĐND` are written out.
pub(crate) fn body_name(printed: &str) -> String {
    let spelt = spell_out(printed);
    let words: Vec<&str> = spelt.split_whitespace().take(LONGEST).collect();
    let mut written = Written::default();
    while let Some(rest) = words.get(written.words.len()..).filter(|rest| !rest.is_empty()) {
        let field = if written.ends_kind_of_body() { field_at(rest) } else { None };
        if let Some(name) = field.or_else(|| known_name_at(rest)) {
            for (word, model) in rest.iter().zip(name) {
                written.push(cased_like(word, model));
            }
            continue;
        }
        let word = rest.first().map(|word| word.to_lowercase()).unwrap_or_default();
        let named = written.ends_level()
            // `Bộ trưởng` and `Cục trưởng` are offices; after one, the body it heads is named.
            || written.ends_office() && KINDS_OF_BODY.contains(&[word.as_str()].as_slice())
            || written.ends_kind_of_body() && word != "trưởng" && !LEVELS.iter().any(|level| level.first() == Some(&word.as_str()));
        written.push(if named { capitalised(&word) } else { word });
    }
    let name = written.words.join(" ").replace("thành phố Hồ Chí Minh", "Thành phố Hồ Chí Minh");
    let name = name.split(" nước Cộng hòa xã hội").next().unwrap_or_default();
    capitalised(name)
}

/// The words written so far, and each in lower case.
#[derive(Default)]
struct Written {
    words: Vec<String>,
    lower: Vec<String>,
}

impl Written {
    fn push(&mut self, word: String) {
        self.lower.push(word.to_lowercase());
        self.words.push(word);
    }

    /// Inside the name of a place: everything after `tỉnh`, `huyện`, … is capitalised.
    fn ends_level(&self) -> bool {
        (0..4).any(|after| {
            let Some(level_ends) = self.lower.len().checked_sub(after) else { return false };
            let (before, name) = self.lower.split_at(level_ends);
            let level = LEVELS.iter().any(|level| ends_with(before, level));
            level && !name.iter().any(|word| word == "và" || word.contains(','))
        })
    }

    fn ends_office(&self) -> bool {
        self.lower.last().is_some_and(|last| matches!(last.as_str(), "trưởng" | "đốc"))
    }

    fn ends_kind_of_body(&self) -> bool {
        KINDS_OF_BODY.iter().any(|kind| ends_with(&self.lower, kind))
    }
}

fn ends_with(words: &[String], phrase: &[&str]) -> bool {
    words.last().map(String::as_str) == phrase.last().copied()
        && words.len() >= phrase.len()
        && words.iter().rev().zip(phrase.iter().rev()).all(|(word, part)| word == part)
}

/// The name with its abbreviations written out, in one line.
pub(super) fn spell_out(printed: &str) -> String {
    let line = one_line(printed);
    let words = line.split_whitespace().map(|word| match core(word).to_lowercase().as_str() {
        "ubnd" => word.replacen(core(word), "Ủy ban nhân dân", 1),
        "hđnd" => word.replacen(core(word), "Hội đồng nhân dân", 1),
        "tp" | "t.p" => "thành phố".to_owned(),
        _ => word.to_owned(),
    });
    words.collect::<Vec<_>>().join(" ")
}
