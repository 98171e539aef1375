//! What a writer tells of an issuing authority.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

/// A new issuing authority.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(title = "IssuerInput")]
pub struct IssuerInput {
    /// Full name. Bodies that exist at the same time may share one only where `area_code`, `area_name` or `parent_id` tells
    /// them apart.
    #[schema(
        min_length = 1,
        max_length = 300,
        pattern = r"^[^\u0000-\u001f]*[0-9A-Za-z\u00c0-\u167f\u1681-\u1fff\u2c00-\u2fff\u3040-\ud7ff][^\u0000-\u001f]*$"
    )]
    #[validate(length(max = 300))]
    pub name: String,
    /// Slug, made of the name unless given.
    #[schema(nullable = false, max_length = 200, pattern = "^[a-z0-9]+(-[a-z0-9]+)*$")]
    #[validate(length(max = 200))]
    pub slug: Option<String>,
    /// Code in legal addresses, made of the name unless given: `lang-son.ubnd`. A former code of another body is free for
    /// its successors only.
    #[schema(nullable = false, max_length = 100, pattern = r"^[a-z0-9]+([.-][a-z0-9]+)*$")]
    #[validate(length(max = 100))]
    pub code: Option<String>,
    /// Name in short.
    #[schema(
        max_length = 200,
        pattern = r"^[^\u0000-\u001f]*[0-9A-Za-z\u00c0-\u167f\u1681-\u1fff\u2c00-\u2fff\u3040-\ud7ff][^\u0000-\u001f]*$"
    )]
    #[validate(length(max = 200))]
    pub short_name: Option<String>,
    /// What sort of body it is; of a new one proposed from its name unless given.
    #[schema(
        pattern = "^(quoc-hoi|ubtvqh|chu-tich-nuoc|chinh-phu|thu-tuong|bo|co-quan-ngang-bo|toa-an|vien-kiem-sat|kiem-toan|tong-cuc|cuc|chi-cuc|ct-ubnd|vp-ubnd|ubnd|tt-hdnd|vp-hdnd|hdnd|ddbqh|so|ban|phong|thanh-tra|trung-tam)$"
    )]
    pub kind: Option<String>,
    /// Where it stands; of a new one proposed from its name unless given.
    #[schema(pattern = "^(central|province|district|commune|other)$")]
    pub level: Option<String>,
    /// Code of its administrative unit.
    #[schema(pattern = "^[0-9]{2,10}$")]
    pub area_code: Option<String>,
    /// Its administrative unit and those around it, parted by commas: `Xã Tân Lập, huyện Bến Thượng, tỉnh Sông Lam`.
    #[schema(
        max_length = 300,
        pattern = r"^[^\u0000-\u001f]*[0-9A-Za-z\u00c0-\u167f\u1681-\u1fff\u2c00-\u2fff\u3040-\ud7ff][^\u0000-\u001f]*$"
    )]
    #[validate(length(max = 300))]
    pub area_name: Option<String>,
    /// The body above it.
    #[schema(format = "uuid")]
    pub parent_id: Option<String>,
    /// First day on which it exists.
    #[schema(format = Date)]
    pub valid_from: Option<String>,
    /// First day on which it no longer exists.
    #[schema(format = Date)]
    pub valid_until: Option<String>,
    /// The bodies that it followed; a list that is sent takes the place of the whole list.
    #[schema(nullable = false, max_items = 200)]
    #[validate(length(max = 200), nested)]
    pub predecessors: Option<Vec<PredecessorInput>>,
}

/// A body that a new or changed one followed.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PredecessorInput {
    /// The predecessor.
    #[schema(format = "uuid")]
    pub issuer_id: String,
    /// First day on which the successor acts in its place; `valid_from` of the successor unless given.
    #[schema(format = Date)]
    pub on: Option<String>,
    /// What happened, `succeeded` unless given.
    #[schema(nullable = false, pattern = "^(merged|split|renamed|dissolved|succeeded|moved)$")]
    pub change: Option<String>,
    /// How much of it went over, `whole` unless given.
    #[schema(nullable = false, pattern = "^(whole|partial)$")]
    pub extent: Option<String>,
    /// Number of the act that ordered it.
    #[schema(
        max_length = 100,
        pattern = r"^[^\u0000-\u001f]*[0-9A-Za-z\u00c0-\u167f\u1681-\u1fff\u2c00-\u2fff\u3040-\ud7ff][^\u0000-\u001f]*$"
    )]
    #[validate(length(max = 100))]
    pub basis: Option<String>,
    /// As it was read, so that it may be sent back; it changes nothing.
    #[serde(default, skip_serializing)]
    #[schema(read_only)]
    pub name: Option<String>,
    /// As it was read, so that it may be sent back; it changes nothing.
    #[serde(default, skip_serializing)]
    #[schema(read_only)]
    pub code: Option<String>,
}
