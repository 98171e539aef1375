//! Names of units.

use kernel::text;

/// `Xã Tân Lập` as its sort, `xã`, and its own name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct UnitName {
    pub sort: &'static str,
    pub own: String,
}

const SORTS: [&str; 9] = ["thành phố", "thị xã", "thị trấn", "đặc khu", "tỉnh", "quận", "huyện", "phường", "xã"];
/// The longest name of a unit, in characters.
const LONGEST: usize = 60;

impl UnitName {
    pub fn read(full: &str) -> Option<Self> {
        let full = text::nfc(text::one_line(full));
        if full.chars().count() > LONGEST || full.contains(['\0', ',']) {
            return None;
        }
        SORTS.iter().find_map(|sort| {
            let words = sort.split(' ').count();
            let own: Vec<&str> = full.split(' ').skip(words).collect();
            let said: Vec<&str> = full.split(' ').take(words).collect();
            let fits = text::name_key(&said.join(" ")) == text::name_key(sort);
            (fits && own.iter().any(|word| word.chars().any(char::is_alphanumeric))).then(|| Self { sort, own: own.join(" ") })
        })
    }

    /// Inside a sentence: `xã Tân Lập`. The city of that name is always written with a capital.
    pub fn inside(&self) -> String {
        match self.own.as_str() {
            "Hồ Chí Minh" => self.full(),
            own => format!("{} {own}", self.sort),
        }
    }

    /// By itself: `Xã Tân Lập`.
    pub fn full(&self) -> String {
        let mut chars = self.sort.chars();
        let first = chars.next().map(|first| first.to_uppercase().collect::<String>()).unwrap_or_default();
        format!("{first}{} {}", chars.as_str(), self.own)
    }

    /// The same however it is written.
    pub fn key(&self) -> String {
        text::name_key(&self.full())
    }
}
