//! Issuing bodies (cơ quan ban hành) as a reader sees them.

mod checks;
mod code;
mod content;
mod input;
mod kind;
mod life;
mod succession;

pub use input::{IssuerInput, PredecessorInput};

pub(crate) use code::{is_code, propose_code};
pub(crate) use content::IssuerContent;
pub(crate) use kind::Level;
pub(crate) use life::Life;
pub(crate) use succession::{Change, Extent, Predecessor, untimely};

use serde::Deserialize;
use utoipa::ToSchema;

/// An issuing authority: who signs and issues legal documents.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[schema(title = "Issuer")]
pub struct Issuer {
    /// Stable id.
    #[schema(format = "uuid")]
    pub id: String,
    /// Always `issuer`.
    pub r#type: String,
    /// Full name, e.g. `Ủy ban nhân dân tỉnh Lạng Sơn`. Communes of one name are many: `area_name` tells them apart.
    pub name: String,
    /// Its name as a slug.
    pub slug: String,
    /// Its code in legal addresses, e.g. `lang-son.ubnd`; no other authority has it.
    pub code: String,
    /// Its name in short, e.g. `UBND tỉnh Lạng Sơn`.
    pub short_name: Option<String>,
    /// What sort of body it is, as a slug: `ubnd hdnd bo so chinh-phu …`.
    pub kind: Option<String>,
    /// Where it stands: `central province district commune other`.
    pub level: Option<String>,
    /// Code of its administrative unit (mã đơn vị hành chính).
    pub area_code: Option<String>,
    /// Its administrative unit and those around it: `Xã Tân Lập, huyện Bến Thượng, tỉnh Sông Lam`.
    pub area_name: Option<String>,
    /// The body above it, e.g. that of the commune's province.
    #[schema(format = "uuid")]
    pub parent_id: Option<String>,
    /// First day on which it exists; null where it always did, or nobody knows.
    #[schema(format = Date)]
    pub valid_from: Option<String>,
    /// First day on which it no longer exists.
    #[schema(format = Date)]
    pub valid_until: Option<String>,
    /// Counts every change, and every change of its successors.
    pub revision: i64,
    /// When it was entered.
    #[schema(format = DateTime)]
    pub created_at: String,
    /// When it was last changed.
    #[schema(format = DateTime)]
    pub updated_at: String,
    /// The bodies that it followed, in the order in which they were told.
    pub predecessors: Vec<Relative>,
    /// The bodies that followed it, oldest first.
    pub successors: Vec<Relative>,
    /// Names that it had before; texts that name it so are found to be its own.
    pub former_names: Vec<String>,
    /// Codes that it had before; legal addresses with them lead on.
    pub former_codes: Vec<String>,
}

/// A body that another followed, or that followed it.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct Relative {
    /// The other body.
    #[schema(format = "uuid")]
    pub issuer_id: String,
    /// Its name.
    pub name: String,
    /// Its code.
    pub code: String,
    /// First day on which the successor acts in its place.
    #[schema(format = Date)]
    pub on: Option<String>,
    /// What happened: `merged split renamed dissolved succeeded moved`.
    pub change: String,
    /// How much of the predecessor went over: `whole partial`.
    pub extent: String,
    /// Number of the act that ordered it, e.g. `202/2025/QH15`.
    pub basis: Option<String>,
}
