//! What is asked for by the path of a legal address.

use percent_encoding::percent_decode_str;

/// The endings of addresses, each a form.
const ENDINGS: [&str; 6] = ["json", "jsonld", "html", "akn", "txt", "docx"];

/// The segments of a path, decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Path {
    /// What names the work: issuing authority, kind, year, number; or another name.
    pub work: Vec<String>,
    /// Which text of it.
    pub rest: Rest,
}

/// Which text of a work.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Rest {
    /// The language, as the address names it.
    pub language: Option<String>,
    pub day: Option<String>,
    pub eid: Option<String>,
    /// The form.
    pub ending: Option<&'static str>,
}

/// How many segments name a work.
const WORK: usize = 4;

impl Path {
    /// Reads what follows `/eli/vn/`; none where it is not text.
    pub fn parse(path: &str) -> Option<Self> {
        let decoded = path.split('/').map(|segment| percent_decode_str(segment).decode_utf8().ok().map(|text| text.into_owned()));
        let mut work: Vec<String> = decoded.collect::<Option<_>>()?;
        // No name has them, and databases refuse some.
        if work.iter().any(|segment| segment.contains(char::is_control)) {
            return None;
        }
        let mut rest = Rest::default();
        let last = work.last_mut()?;
        if let Some(ending) = ENDINGS.into_iter().find(|ending| last.strip_suffix(ending).is_some_and(|rest| rest.ends_with('.')))
        {
            last.truncate(last.len() - ending.len() - 1);
            rest.ending = Some(ending);
        }
        if let Some((before, eid)) = last.split_once('~') {
            rest.eid = Some(eid.to_owned());
            *last = before.to_owned();
        }
        if work.len() == WORK + 1 {
            let expression = work.pop()?;
            let (language, day) =
                expression.split_once('@').map_or((expression.as_str(), None), |(language, day)| (language, Some(day)));
            rest.language = Some(language.to_owned());
            rest.day = day.map(str::to_owned);
        }
        Some(Self { work, rest })
    }
}

impl Rest {
    /// The same behind the address of a work.
    pub fn behind(&self, work: &str) -> String {
        let mut path = work.to_owned();
        if let Some(language) = &self.language {
            path.push('/');
            path.push_str(language);
        }
        for (mark, part) in [('@', self.day.as_deref()), ('~', self.eid.as_deref()), ('.', self.ending)] {
            if let Some(part) = part {
                path.push(mark);
                path.push_str(part);
            }
        }
        path
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_path_names_work_text_provision_and_form() {
        let read = |path: &str| Path::parse(path).unwrap();
        let whole = read("song-lam.ubnd/qd-ubnd/2024/40/vie@2024-11-10~art_9__para_6.akn");
        assert_eq!(whole.work, ["song-lam.ubnd", "qd-ubnd", "2024", "40"]);
        let rest = &whole.rest;
        assert_eq!(
            (rest.language.as_deref(), rest.day.as_deref(), rest.eid.as_deref(), rest.ending),
            (Some("vie"), Some("2024-11-10"), Some("art_9__para_6"), Some("akn"))
        );
        assert_eq!(rest.behind("/eli/vn/x"), "/eli/vn/x/vie@2024-11-10~art_9__para_6.akn");
        let bare = read("song-lam.ubnd/qd-ubnd/2024/40~art_1.json");
        assert_eq!((bare.work.len(), bare.rest.eid.as_deref(), bare.rest.ending), (4, Some("art_1"), Some("json")));
        assert_eq!(read("40/2024/Q%C4%90-UBND").work, ["40", "2024", "QĐ-UBND"]);
        assert_eq!(read("song-lam.ubnd/qd-ubnd/2024/40.xyz").rest.ending, None);
        assert_eq!(Path::parse("a/b/c/%FF"), None);
        assert_eq!(Path::parse("a/b/c%00/1"), None);
    }
}
