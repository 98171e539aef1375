//! What ordered the mergers of 2025.

/// The first day of the units that came of the mergers, on which those before them, and all districts, were no more.
pub(super) const DAY: &str = "2025-07-01";

/// The act that merged provinces.
pub(super) const PROVINCES: &str = "202/2025/QH15";

/// The acts of 16 June 2025 that merged the communes of each province, by the code of the province.
const COMMUNES: [(&str, &str); 34] = [
    ("01", "1656/NQ-UBTVQH15"),
    ("04", "1657/NQ-UBTVQH15"),
    ("08", "1684/NQ-UBTVQH15"),
    ("11", "1661/NQ-UBTVQH15"),
    ("12", "1670/NQ-UBTVQH15"),
    ("14", "1681/NQ-UBTVQH15"),
    ("15", "1673/NQ-UBTVQH15"),
    ("19", "1683/NQ-UBTVQH15"),
    ("20", "1672/NQ-UBTVQH15"),
    ("22", "1679/NQ-UBTVQH15"),
    ("24", "1658/NQ-UBTVQH15"),
    ("25", "1676/NQ-UBTVQH15"),
    ("31", "1669/NQ-UBTVQH15"),
    ("33", "1666/NQ-UBTVQH15"),
    ("37", "1674/NQ-UBTVQH15"),
    ("38", "1686/NQ-UBTVQH15"),
    ("40", "1678/NQ-UBTVQH15"),
    ("42", "1665/NQ-UBTVQH15"),
    ("44", "1680/NQ-UBTVQH15"),
    ("46", "1675/NQ-UBTVQH15"),
    ("48", "1659/NQ-UBTVQH15"),
    ("51", "1677/NQ-UBTVQH15"),
    ("52", "1664/NQ-UBTVQH15"),
    ("56", "1667/NQ-UBTVQH15"),
    ("66", "1660/NQ-UBTVQH15"),
    ("68", "1671/NQ-UBTVQH15"),
    ("75", "1662/NQ-UBTVQH15"),
    ("79", "1685/NQ-UBTVQH15"),
    ("80", "1682/NQ-UBTVQH15"),
    ("82", "1663/NQ-UBTVQH15"),
    ("86", "1687/NQ-UBTVQH15"),
    ("91", "1654/NQ-UBTVQH15"),
    ("92", "1668/NQ-UBTVQH15"),
    ("96", "1655/NQ-UBTVQH15"),
];

/// The act that merged the communes of a province.
pub(super) fn of_communes(province_code: &str) -> Option<&'static str> {
    COMMUNES.iter().find(|(code, _)| *code == province_code).map(|(_, act)| *act)
}
