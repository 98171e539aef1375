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
