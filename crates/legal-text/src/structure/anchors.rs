//! Where attachments begin: regulations issued with an act, appendices, forms.

use super::ahead::Ahead;
use super::number;
use crate::layout::is_capitals;
use crate::lines::Lines;
use crate::lower;
use crate::node::Kind;
use kernel::text::one_line;

/// A line that opens an attachment.
#[derive(Debug, Clone)]
pub(super) struct Anchor {
    pub kind: Kind,
    pub num: Option<String>,
    /// The line after its title.
    pub body: usize,
    /// Whether a statement says what it was issued with, or its own word stands alone on the line.
    pub certain: bool,
}

/// Titles of what is issued with an act as a document of its own.
const REGULATIONS: [&str; 16] = [
    "quy chế",
    "quy định",
    "điều lệ",
    "quy trình",
    "nội quy",
    "quy tắc",
    "quy chuẩn",
    "quy ước",
    "hướng dẫn",
    "chương trình",
    "kế hoạch",
    "đề án",
    "phương án",
    "chiến lược",
    "bộ quy tắc",
    "tiêu chí",
];
/// Titles of lists and figures issued with an act.
const APPENDED: [&str; 9] =
    ["danh mục", "danh sách", "bảng", "biểu", "định mức", "bộ định mức", "bộ đơn giá", "đơn giá", "bảng giá"];
const TITLE_LINES: usize = 16;

/// The attachment that a line begins, if it begins one. `act_is_over` tells whether the act's own provisions have ended.
pub(super) fn anchor((lines, ahead): (&Lines<'_>, &Ahead), at: usize, act_is_over: bool) -> Option<Anchor> {
    let bare = lines.bare(at);
    let first = bare.chars().next()?;
    if !first.is_uppercase() && !first.is_alphabetic() && first != '(' {
        return None;
    }
    appendix(lines, at).or_else(|| form(lines, at).filter(|_| act_is_over)).or_else(|| titled((lines, ahead), at, act_is_over))
}

/// `PHỤ LỤC II`, alone or with its title.
fn appendix(lines: &Lines<'_>, at: usize) -> Option<Anchor> {
    let bare = lines.bare(at);
    if !bare.starts_with(['P', 'p']) {
        return None;
    }
    let rest = ["PHỤ LỤC", "Phụ lục", "Phụ Lục", "PHỤ LUC", "Phu lục"].iter().find_map(|word| bare.strip_prefix(word));
    let (rest, next) = match rest {
        Some(rest) => (rest, at + 1),
        // `PHỤ` / `LỤC I`
        None if matches!(bare, "PHỤ" | "Phụ") => {
            let next = lines.bare(at + 1);
            (next.strip_prefix("LỤC").or_else(|| next.strip_prefix("lục"))?, at + 2)
        }
        None => return None,
    };
    if rest.chars().next().is_some_and(char::is_alphabetic) {
        return None;
    }
    let rest = rest.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | ':' | '.' | '-' | '–'));
    let numbered = rest.strip_prefix("số").or_else(|| rest.strip_prefix("SỐ")).map_or(rest, str::trim);
    let word =
        numbered.split(|c: char| c.is_whitespace() || matches!(c, ':' | '.' | '-' | '–' | '*' | '(')).next().unwrap_or_default();
    let is_number = word.chars().next().is_some_and(|c| c.is_ascii_digit()) && word.len() <= 6
        || number::roman(word).is_some()
        || (word.chars().count() == 1 && word.chars().all(char::is_uppercase));
    let title = numbered.get(word.len()..).unwrap_or_default().trim_matches(|c: char| !c.is_alphanumeric() && c != '(');
    let alone = numbered.is_empty() || (is_number && title.is_empty());
    let headed = is_number
        && (is_capitals(title)
            || title.starts_with('(')
            || title.starts_with(char::is_uppercase) && numbered.len() < 160 && !bare.ends_with([';', '.', ',']));
    if !(alone || headed) || !stands_apart(lines, at) {
        return None;
    }
    // A line that a sentence runs over: `… quy định tại` / `Phụ lục I`.
    if alone && lines.bare(next).starts_with(char::is_lowercase) {
        return None;
    }
    let num = is_number.then(|| word.to_owned());
    Some(Anchor { kind: Kind::Appendix, num, body: title_end(lines, next), certain: true })
}

/// `Mẫu số 02`, `Biểu mẫu 3`.
fn form(lines: &Lines<'_>, at: usize) -> Option<Anchor> {
    let bare = lines.bare(at);
    if !bare.starts_with(['M', 'B', 'm', 'b']) {
        return None;
    }
    let joined = if matches!(bare, "Mẫu" | "MẪU" | "Mẫu số" | "MẪU SỐ") {
        format!("{bare} {}", lines.bare(at + 1))
    } else {
        bare.to_owned()
    };
    let words = lower(joined.get(..joined.char_indices().nth(60).map_or(joined.len(), |(end, _)| end))?);
    let rest = ["mẫu số", "biểu mẫu số", "biểu mẫu", "biểu số", "mẫu biểu số", "mẫu"]
        .iter()
        .find_map(|word| words.strip_prefix(word))?;
    let rest = rest.trim_start_matches([' ', ':', '.', '*']);
    let numbered = rest.starts_with(|c: char| c.is_ascii_digit())
        || rest.split([' ', '.', ':', '-', '/']).next().is_some_and(|word| number::roman(&word.to_uppercase()).is_some());
    let short = bare.chars().count() <= 200 && !bare.ends_with([';', ',']);
    // A list of forms names one after the other.
    if !numbered || !short || is_list_of_forms(lines, at) || !stands_apart(lines, at) {
        return None;
    }
    let num = rest
        .split(|c: char| c.is_whitespace() || matches!(c, ':' | ')' | ',' | '*' | '('))
        .next()
        .map(|num| num.trim_end_matches('.').to_uppercase());
    Some(Anchor { kind: Kind::Form, num, body: at + 1, certain: true })
}

/// Whether another form is named within the next lines.
fn is_list_of_forms(lines: &Lines<'_>, at: usize) -> bool {
    (at + 1..at + 4).any(|line| {
        let bare = lines.bare(line);
        bare.starts_with("Mẫu ") && bare.chars().nth(4).is_some_and(|c| c.is_ascii_digit() || c == 's')
    })
}

/// A title in capitals with the statement `(Ban hành kèm theo …)` below it; after the act's end, a title in capitals.
fn titled((lines, ahead): (&Lines<'_>, &Ahead), at: usize, act_is_over: bool) -> Option<Anchor> {
    if !is_title_line(lines, at) || is_name(lines.bare(at)) || (!act_is_over && !stands_apart(lines, at)) {
        return None;
    }
    let bare = lines.bare(at);
    let mut statement = None;
    let mut line = at;
    while line < lines.len() && line - at < TITLE_LINES {
        if states_issue(lines.bare(line)) && (line > at || lines.bare(line).starts_with('(')) {
            statement = Some(line);
            break;
        }
        if line > at && (super::tail::opens_signature(lines, line) || is_name(lines.bare(line))) {
            return None;
        }
        let goes_on = line == at
            || is_title_line(lines, line)
            || lines.get(line).is_some_and(|line| line.is_rule())
            || lines.bare(line).starts_with('(');
        if !goes_on
            || super::marker::marker(lines.bare(line), lines.bare(line + 1))
                .is_some_and(|found| matches!(found.sort, super::marker::Sort::Worded(_)))
        {
            break;
        }
        line += 1;
    }
    let word = lower(&one_line(bare));
    let regulation = REGULATIONS.iter().any(|title| word.starts_with(title));
    let appended = APPENDED.iter().any(|title| word.starts_with(title));
    match statement {
        Some(statement) => {
            let kind = if regulation || !appended && ahead.gives_articles(statement) { Kind::Attachment } else { Kind::Appendix };
            Some(Anchor { kind, num: None, body: statement_end(lines, statement), certain: true })
        }
        None if act_is_over && (is_capitals(bare) || regulation || appended) && !is_notice(bare) => {
            let body = title_end(lines, at + 1);
            let kind = if ahead.gives_articles(body) { Kind::Attachment } else { Kind::Appendix };
            Some(Anchor { kind, num: None, body, certain: false })
        }
        // The word alone, then the first chapter or article.
        None if is_capitals(bare) && REGULATIONS.contains(&word.as_str()) => {
            let body = title_end(lines, at + 1);
            let begins_anew = super::marker::marker(lines.bare(body), lines.bare(body + 1)).is_some_and(|found| {
                matches!(found.sort, super::marker::Sort::Worded(Kind::Chapter | Kind::Article | Kind::Part))
                    && is_first(found.num)
            });
            begins_anew.then_some(Anchor { kind: Kind::Attachment, num: None, body, certain: true })
        }
        None => None,
    }
}

/// What a portal prints below an act.
fn is_notice(bare: &str) -> bool {
    bare.starts_with("FILE ") || bare.starts_with("MỤC LỤC VĂN BẢN")
}

fn is_first(num: &str) -> bool {
    matches!(num, "1" | "I")
}

/// `(Ban hành kèm theo Quyết định số …)`, `(Kèm theo …)`.
pub(super) fn states_issue(bare: &str) -> bool {
    let inner = bare.trim_start_matches(['(', ' ', '*', '_']);
    let opened = inner.len() < bare.len();
    if opened {
        let start = inner.get(..inner.char_indices().nth(24).map_or(inner.len(), |(end, _)| end)).unwrap_or_default();
        let start = lower(start);
        ["ban hành kèm", "kèm theo", "được ban hành", "đính kèm", "ban hành theo", "phê duyệt kèm", "ban hành kem"]
            .iter()
            .any(|word| start.starts_with(word))
    } else {
        inner.starts_with("Ban hành kèm theo")
            && inner.contains(" số")
            && ["Quyết", "Nghị", "Thông", "Chỉ"].iter().any(|kind| inner.contains(&format!("theo {kind}")))
            || inner.starts_with("Kèm theo Quyết")
            || inner.starts_with("Kèm theo Nghị")
    }
}

/// The line after the statement, which may be wrapped.
fn statement_end(lines: &Lines<'_>, from: usize) -> usize {
    let opened = lines.bare(from).contains('(');
    for line in from..lines.len().min(from + 8) {
        let bare = lines.bare(line);
        if !opened || bare.contains(')') || lines.bare(line + 1).is_empty() && lines.get(line + 1).is_some_and(|next| next.gap) {
            return line + 1;
        }
    }
    from + 1
}

/// The line after a title: its lines in capitals or bold, and the statement below them.
fn title_end(lines: &Lines<'_>, from: usize) -> usize {
    let mut line = from;
    while line < lines.len() && line - from < TITLE_LINES {
        if states_issue(lines.bare(line)) {
            return statement_end(lines, line);
        }
        let is_rule = lines.get(line).is_some_and(|line| line.is_rule());
        let begins_table = lines.whole(line).starts_with('|');
        if begins_table
            || !(is_rule || is_title_line(lines, line))
            || super::marker::marker(lines.bare(line), lines.bare(line + 1)).is_some()
        {
            break;
        }
        line += 1;
    }
    line
}

/// A line of a title: in capitals, or bold and short of a sentence.
pub(super) fn is_title_line(lines: &Lines<'_>, at: usize) -> bool {
    let bare = lines.bare(at);
    let Some(line) = lines.get(at) else { return false };
    if bare.is_empty() || bare.len() > 400 {
        return false;
    }
    is_capitals(bare)
        || (line.bold && !bare.ends_with(['.', ';', ':', ',']) && bare.chars().filter(|c| c.is_alphabetic()).take(2).count() == 2)
}

/// Whether a title may stand here: after a closed line, a gap or another title.
pub(super) fn stands_apart(lines: &Lines<'_>, at: usize) -> bool {
    if lines.get(at).is_some_and(|line| line.gap) {
        return true;
    }
    let Some(before) = at.checked_sub(1) else { return true };
    let before = lines.bare(before);
    before.is_empty()
        || before.ends_with(['.', ';', ':', '/', ')', '”', '"', '|'])
        || is_capitals(before)
        || is_name(before)
        || lines.is_page_number(at - 1)
}

/// Two to six words, each with a capital: a signer's name.
pub(super) fn is_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    (2..=6).contains(&words.len())
        && words.iter().all(|word| {
            let mut letters = word.chars();
            letters.next().is_some_and(char::is_uppercase) && letters.all(|c| c.is_alphabetic() || matches!(c, '.' | '’' | '\''))
        })
        && !is_capitals(text)
}
