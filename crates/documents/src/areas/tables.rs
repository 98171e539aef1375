//! The tables as they are published.

use serde::Deserialize;

/// The seven tables.
#[derive(Debug, Clone, Default)]
pub struct Tables {
    /// Provinces before the mergers.
    pub old_provinces: Vec<OldUnit>,
    /// Districts, all of which have ended.
    pub old_districts: Vec<OldUnit>,
    /// Communes before the mergers.
    pub old_communes: Vec<OldUnit>,
    /// Provinces since.
    pub new_provinces: Vec<NewUnit>,
    /// Communes since.
    pub new_communes: Vec<NewUnit>,
    /// What became of the provinces.
    pub province_steps: Vec<Step>,
    /// What became of the communes.
    pub commune_steps: Vec<Step>,
}

/// A unit before the mergers.
#[derive(Debug, Clone, Deserialize)]
pub struct OldUnit {
    /// Its code (mã đơn vị hành chính).
    pub code: String,
    /// Its full name, `Xã Tân Lập`.
    pub name: String,
    /// The code of its district, where it was in one.
    pub district_code: Option<String>,
    /// The code of its province, where it is none itself.
    pub province_code: Option<String>,
}

/// A unit since the mergers.
#[derive(Debug, Clone, Deserialize)]
pub struct NewUnit {
    /// Its code.
    pub code: String,
    /// Its full name, `Xã Tân Lập`.
    pub full_name: String,
    /// The code of its province, where it is none itself.
    pub province_code: Option<String>,
}

/// A unit that went, or a part of which went, into another.
#[derive(Debug, Clone, Deserialize)]
pub struct Step {
    /// The code of the unit that was.
    pub old_code: String,
    /// The code of the unit that is.
    pub new_code: String,
    /// Its name on the first day.
    pub new_name: String,
    /// The code of its province, of a commune.
    pub new_province_code: Option<String>,
    /// `full` or `partial`.
    #[serde(rename = "type")]
    pub extent: String,
}

/// What is wrong with the tables.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TableFault {
    /// Two units of a table have one code.
    #[error("{table}: the code {code} is there twice")]
    Twice {
        /// The table.
        table: &'static str,
        /// The code.
        code: String,
    },
    /// A code is no code, or a name does not begin with what sort of unit it is.
    #[error("{table}: the unit {code} cannot be read: {name}")]
    Unreadable {
        /// The table.
        table: &'static str,
        /// The code.
        code: String,
        /// The name.
        name: String,
    },
    /// A unit lies in one that is not there.
    #[error("{table}: the unit {code} lies in {parent}, which is not there")]
    Nowhere {
        /// The table.
        table: &'static str,
        /// The code.
        code: String,
        /// What it lies in.
        parent: String,
    },
    /// A unit is said to have gone from, or into, one that is not there.
    #[error("{table}: {old_code} went into {new_code}, one of which is not there")]
    Unknown {
        /// The table.
        table: &'static str,
        /// What went.
        old_code: String,
        /// Into what.
        new_code: String,
    },
}
