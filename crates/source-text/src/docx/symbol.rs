//! Characters of symbol fonts, which Word keeps in the private area from U+F000 on.

/// What a character of a font shows, as Unicode; `None` where that is not known.
pub(super) fn shown(font: Option<&str>, c: char) -> Option<char> {
    let code = u32::from(c);
    let font = font.unwrap_or_default().to_ascii_lowercase();
    let symbolic = font.starts_with("wingdings") || font == "symbol" || font == "webdings";
    let low = match code {
        0xf000..=0xf0ff => code - 0xf000,
        0x20..=0xff if symbolic => code,
        0xe000..=0xf8ff => return None,
        _ => return Some(c),
    };
    let low = u8::try_from(low).ok()?;
    match font.as_str() {
        "symbol" => in_symbol(low),
        "wingdings" => in_wingdings(low),
        "wingdings 2" => in_wingdings_2(low),
        _ if symbolic => None,
        // Another font in the private area: most such fonts have Latin letters in their places.
        _ => match low {
            0xb7 => Some('•'),
            0xa7 => Some('▪'),
            0x20..=0x7e => Some(char::from(low)),
            _ => None,
        },
    }
}

fn in_symbol(code: u8) -> Option<char> {
    const CAPITALS: &str = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ";
    const SMALL: &str = "αβχδεφγηιϕκλμνοπθρστυϖωξψζ";
    let in_row = |row: &str, first: u8| row.chars().nth(usize::from(code - first));
    match code {
        b'A'..=b'Z' => in_row(CAPITALS, b'A'),
        b'a'..=b'z' => in_row(SMALL, b'a'),
        0x22 => Some('∀'),
        0x24 => Some('∃'),
        0x27 => Some('∋'),
        0x2a => Some('∗'),
        0x2d => Some('−'),
        0x40 => Some('≅'),
        0x5c => Some('∴'),
        0x5e => Some('⊥'),
        0x20..=0x7d => Some(char::from(code)),
        0x7e => Some('∼'),
        0xa2 => Some('′'),
        0xa3 => Some('≤'),
        0xa4 => Some('⁄'),
        0xa5 => Some('∞'),
        0xab => Some('↔'),
        0xac => Some('←'),
        0xad => Some('↑'),
        0xae => Some('→'),
        0xaf => Some('↓'),
        0xb0 => Some('°'),
        0xb1 => Some('±'),
        0xb2 => Some('″'),
        0xb3 => Some('≥'),
        0xb4 => Some('×'),
        0xb6 => Some('∂'),
        0xb7 => Some('•'),
        0xb8 => Some('÷'),
        0xb9 => Some('≠'),
        0xba => Some('≡'),
        0xbb => Some('≈'),
        0xbc => Some('…'),
        0xc6 => Some('∅'),
        0xc7 => Some('∩'),
        0xc8 => Some('∪'),
        0xcc => Some('⊂'),
        0xcd => Some('⊆'),
        0xce => Some('∈'),
        0xcf => Some('∉'),
        0xd0 => Some('∠'),
        0xd1 => Some('∇'),
        0xd5 => Some('∏'),
        0xd6 => Some('√'),
        0xd7 => Some('⋅'),
        0xdb => Some('⇔'),
        0xdc => Some('⇐'),
        0xde => Some('⇒'),
        0xe5 => Some('∑'),
        0xf2 => Some('∫'),
        _ => None,
    }
}

fn in_wingdings(code: u8) -> Option<char> {
    match code {
        0x20 => Some(' '),
        0x21 => Some('✏'),
        0x22 => Some('✂'),
        0x28 => Some('☎'),
        0x2a => Some('✉'),
        0x46 => Some('☞'),
        0x6c => Some('●'),
        0x6d => Some('❍'),
        0x6e => Some('■'),
        0x6f | 0x70 | 0xa8 => Some('□'),
        0x71 | 0x72 => Some('❑'),
        0x73 => Some('⬧'),
        0x74 => Some('⧫'),
        0x75 => Some('◆'),
        0x76 => Some('❖'),
        0x77 => Some('⬥'),
        0x9f => Some('•'),
        0xa1 => Some('○'),
        0xa7 => Some('▪'),
        0xab => Some('★'),
        0xd8 => Some('➢'),
        0xdf => Some('←'),
        0xe0 => Some('→'),
        0xe1 => Some('↑'),
        0xe2 => Some('↓'),
        0xe8 => Some('➔'),
        0xef => Some('⇦'),
        0xf0 => Some('⇨'),
        0xfb => Some('✗'),
        0xfc => Some('✓'),
        0xfd => Some('☒'),
        0xfe => Some('☑'),
        _ => None,
    }
}

fn in_wingdings_2(code: u8) -> Option<char> {
    match code {
        0x50 => Some('✓'),
        0x4f => Some('✗'),
        0x52 => Some('☑'),
        0x51 => Some('☒'),
        0xa3 | 0x30 => Some('□'),
        0x97 | 0x98 => Some('●'),
        _ => None,
    }
}
