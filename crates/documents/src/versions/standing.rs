//! What a reader has to know of the force of what is read, above the text: that it has ended, has not begun, is suspended,
//! or that another wording holds now (Luật Ban hành văn bản quy phạm pháp luật: hiệu lực của văn bản).

use super::expression::Expression;
use super::version::Version;
use crate::Status;
use crate::validity::Cause;
use kernel::parse_date;

/// `31/12/2025`.
pub(super) fn day(day: &str) -> Option<String> {
    parse_date(day).map(|day| format!("{:02}/{:02}/{}", day.day(), u8::from(day.month()), day.year()))
}

/// A provision as people cite it: `điểm đ khoản 2 Điều 9`, from the inside out.
pub(super) fn place(eid: &str) -> String {
    let name = |part: &str| {
        let (kind, num) = part.split_once('_').unwrap_or((part, ""));
        let num = num.split('-').next().unwrap_or_default();
        Some(match kind {
            "art" => format!("Điều {num}"),
            "para" => format!("khoản {num}"),
            "point" => format!("điểm {}", num.replace("dd", "đ")),
            "subpoint" => format!("tiết {}", num.replace("dd", "đ")),
            "att" if num.is_empty() => "phần kèm theo".to_owned(),
            "att" => format!("phần kèm theo {num}"),
            "form" => format!("mẫu {num}"),
            "chp" => format!("Chương {num}"),
            "sec" => format!("Mục {num}"),
            "part" => format!("Phần {num}"),
            _ => return None,
        })
    };
    let parts: Vec<&str> = eid.split("__").collect();
    let in_article = parts.iter().any(|part| part.starts_with("art_"));
    // What groups articles is not cited.
    let grouped =
        |part: &&&str| !(in_article && ["chp_", "sec_", "part_", "subsec_"].iter().any(|group| part.starts_with(group)));
    let names: Vec<String> = parts.iter().rev().filter(grouped).filter_map(|part| name(part)).collect();
    if names.is_empty() { eid.to_owned() } else { names.join(" ") }
}

impl Expression {
    /// What is to be said today of the document and of this wording of it, in Vietnamese.
    pub(super) fn standing(&self, version: &Version) -> Vec<String> {
        let validity = self.history.validity(&self.today);
        let because = validity.because.first();
        let mut told = Vec::new();
        match Status::parse(&validity.status) {
            Some(Status::Expired) => told.extend(because.map(|cause| format!("Văn bản đã hết hiệu lực{}.", since(cause)))),
            Some(Status::Suspended) => {
                let until = because.and_then(|cause| cause.until.as_deref()).and_then(day);
                let until = until.map(|day| format!(", đến ngày {day}")).unwrap_or_default();
                told.extend(because.map(|cause| format!("Văn bản đang ngưng hiệu lực{}{until}.", since(cause))));
            }
            Some(Status::NotYetInForce) => {
                let from = self.history.effective_on().as_deref().and_then(day);
                told.extend(from.map(|day| format!("Văn bản chưa có hiệu lực; có hiệu lực từ ngày {day}.")));
            }
            Some(Status::InForce | Status::PartlyInForce | Status::Unknown) | None => {
                let end = self.history.ends_on().and_then(day);
                told.extend(end.map(|day| format!("Văn bản hết hiệu lực từ ngày {day}.")));
            }
        }
        let superseded = version.until.as_ref().filter(|until| {
            **until <= self.today && self.history.versions.iter().any(|other| other.from.as_ref() == Some(until))
        });
        told.extend(
            superseded
                .and_then(|until| day(until))
                .map(|day| format!("Đây là nội dung trước ngày {day}; từ ngày đó văn bản có nội dung sửa đổi.")),
        );
        told
    }
}

/// ` từ ngày 01/01/2026 theo 47/2025/NQ-HĐND`
fn since(cause: &Cause) -> String {
    let on = cause.on.as_deref().and_then(day).map(|day| format!(" từ ngày {day}")).unwrap_or_default();
    let by = cause.number.as_ref().map(|number| format!(" theo {number}")).unwrap_or_default();
    on + &by
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn provisions_are_cited_from_the_inside_out() {
        assert_eq!(place("chp_2__art_9__para_2__point_dd"), "điểm đ khoản 2 Điều 9");
        assert_eq!(place("att_1__chp_1__art_4a"), "Điều 4a phần kèm theo 1");
        assert_eq!(place("chp_3"), "Chương 3");
        assert_eq!(place("preamble"), "preamble");
    }
}
