//! A text as phrases are looked for in it: in one line, without marks of conversions, each tone where new spelling puts it.

/// The text, and where its bytes come from.
#[derive(Debug)]
pub(super) struct View<'t> {
    source: &'t str,
    pub text: String,
    /// Where a run of bytes begins: in the view, and in the source.
    runs: Vec<(usize, usize)>,
}

impl<'t> View<'t> {
    pub fn of(source: &'t str) -> Self {
        let mut view = Self { source, text: String::with_capacity(source.len()), runs: Vec::new() };
        let mut characters = source.char_indices().peekable();
        let mut previous = ' ';
        while let Some((at, c)) = characters.next() {
            match c {
                '*' | '\\' | '\u{200b}' | '\u{feff}' | '\u{ad}' => continue,
                c if c.is_whitespace() => {
                    if !view.text.is_empty() && !view.text.ends_with(' ') {
                        view.push(' ', at);
                    }
                    previous = ' ';
                    continue;
                }
                _ => {}
            }
            let next = characters.peek().copied();
            let pair = next.filter(|_| !matches!(previous, 'q' | 'Q')).and_then(|(_, next)| moved(c, next));
            if let (Some((first, second)), Some((second_at, _))) = (pair, next) {
                view.push(first, at);
                view.push(second, second_at);
                previous = second;
                characters.next();
                continue;
            }
            view.push(c, at);
            previous = c;
        }
        view
    }

    fn push(&mut self, c: char, source: usize) {
        let at = self.text.len();
        let goes_on = self.runs.last().is_some_and(|(view, from)| source >= *from && at - view == source - from);
        if !goes_on {
            self.runs.push((at, source));
        }
        self.text.push(c);
    }

    /// The place in the source of the byte at `at`.
    pub fn source(&self, at: usize) -> usize {
        let run = self.runs.partition_point(|(view, _)| *view <= at).saturating_sub(1);
        self.runs.get(run).map_or(0, |(view, source)| source + (at - view.min(&at)))
    }

    /// The place in the source after the character that ends at `at`.
    pub fn source_end(&self, at: usize) -> usize {
        let Some(last) = self.text.get(..at).and_then(|before| before.chars().next_back()) else { return 0 };
        let start = self.source(at - last.len_utf8());
        // A tone that was moved makes letters of another length.
        let printed = self.source.get(start..).and_then(|rest| rest.chars().next());
        start + printed.map_or(0, char::len_utf8)
    }

    /// The first byte of the view that comes from a place in the source or after it.
    pub fn at_source(&self, source: usize) -> usize {
        let run = self.runs.partition_point(|(_, from)| *from <= source).saturating_sub(1);
        let Some((view, from)) = self.runs.get(run) else { return 0 };
        let end = self.runs.get(run + 1).map_or(self.text.len(), |(view, _)| *view);
        (view + source.saturating_sub(*from)).min(end)
    }
}

/// `uỷ` as `ủy`, `oà` as `òa`: a vowel before one that bears a tone.
fn moved(first: char, second: char) -> Option<(char, char)> {
    const O: [char; 5] = ['ò', 'ó', 'ỏ', 'õ', 'ọ'];
    const U: [char; 5] = ['ù', 'ú', 'ủ', 'ũ', 'ụ'];
    const BIG_O: [char; 5] = ['Ò', 'Ó', 'Ỏ', 'Õ', 'Ọ'];
    const BIG_U: [char; 5] = ['Ù', 'Ú', 'Ủ', 'Ũ', 'Ụ'];
    const TONED: [(char, [char; 5]); 6] = [
        ('a', ['à', 'á', 'ả', 'ã', 'ạ']),
        ('e', ['è', 'é', 'ẻ', 'ẽ', 'ẹ']),
        ('y', ['ỳ', 'ý', 'ỷ', 'ỹ', 'ỵ']),
        ('A', ['À', 'Á', 'Ả', 'Ã', 'Ạ']),
        ('E', ['È', 'É', 'Ẻ', 'Ẽ', 'Ẹ']),
        ('Y', ['Ỳ', 'Ý', 'Ỷ', 'Ỹ', 'Ỵ']),
    ];
    let (plain, tone) = TONED.iter().find_map(|(plain, toned)| Some((*plain, toned.iter().position(|c| *c == second)?)))?;
    let bears = match (first, plain.to_ascii_lowercase()) {
        ('o', 'a' | 'e') => O,
        ('u', 'y') => U,
        ('O', 'a' | 'e') => BIG_O,
        ('U', 'y') => BIG_U,
        _ => return None,
    };
    Some((*bears.get(tone)?, plain))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn spellings_and_line_breaks_meet() {
        let source = "của **Uỷ\nban** nhân dân, hoà giải, quý, thuỳ mị";
        let view = View::of(source);
        assert_eq!(view.text, "của Ủy ban nhân dân, hòa giải, quý, thùy mị");
        for (phrase, printed) in [("Ủy ban", "Uỷ\nban"), ("hòa giải", "hoà giải"), ("quý", "quý"), ("thùy", "thuỳ"), ("mị", "mị")]
        {
            let at = view.text.find(phrase).unwrap();
            assert_eq!(&source[view.source(at)..view.source_end(at + phrase.len())], printed);
            assert_eq!(view.at_source(view.source(at)), at);
        }
    }
}
