//! The states of an edition, and the actions that lead from one to the next (C-30).

use content_types::Stage;

/// The state of an edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Being written.
    Draft,
    /// Handed in.
    Submitted,
    /// Somebody reviews it.
    InReview,
    /// Approved by somebody who did not write it.
    Approved,
    /// Seen by everybody, or superseded since.
    Published,
    /// Withdrawn, moved or gone.
    Withdrawn,
    /// Taken down for a violation.
    TakenDown,
}

impl State {
    const ALL: [Self; 7] =
        [Self::Draft, Self::Submitted, Self::InReview, Self::Approved, Self::Published, Self::Withdrawn, Self::TakenDown];

    /// The state as it is printed.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::InReview => "in-review",
            Self::Approved => "approved",
            Self::Published => "published",
            Self::Withdrawn => "withdrawn",
            Self::TakenDown => "taken-down",
        }
    }

    /// Every state as it is printed.
    pub fn names() -> [&'static str; 7] {
        Self::ALL.map(Self::as_str)
    }

    pub(crate) fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// The state that a step of the review leads to; `None` where it does not fit.
    pub(crate) fn after(self, review: Review, stages: &[Stage]) -> Option<Self> {
        let reviewed = stages.contains(&Stage::InReview);
        match (review, self) {
            (Review::Submit, Self::Draft | Self::Withdrawn) => Some(Self::Submitted),
            (Review::Begin, Self::Submitted) if reviewed => Some(Self::InReview),
            (Review::Approve, Self::Submitted) if !reviewed => Some(Self::Approved),
            (Review::Approve, Self::InReview) => Some(Self::Approved),
            (Review::Reject, Self::Submitted | Self::InReview | Self::Approved) => Some(Self::Draft),
            _ => None,
        }
    }
}

/// A step of the review.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Review {
    Submit,
    Begin,
    Approve,
    Reject,
}

/// What can be done with an entry besides writing it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Hands it in.
    Submit,
    /// Begins to review it.
    Review,
    /// Approves it.
    Approve,
    /// Gives it back with a reason.
    Reject,
    /// Shows it to everybody.
    Publish,
    /// Publishes or withdraws it later.
    Schedule,
    /// Takes back what was scheduled.
    Unschedule,
    /// Shows it no more: with an explanation, a redirect, or gone.
    Withdraw,
    /// Takes it down for a violation (C-34).
    Takedown,
    /// Names who is to deal with it.
    Assign,
    /// Says something about it.
    Comment,
    /// Makes an edition in another language (C-35).
    Translate,
    /// Sends a translation to its translator.
    Send,
    /// Makes an earlier version the working copy again.
    Restore,
    /// Drops what is pending: the live edition is the working copy again.
    Discard,
}

impl Action {
    /// Every action by name.
    pub const ALL: [(&'static str, Self); 15] = [
        ("submit", Self::Submit),
        ("review", Self::Review),
        ("approve", Self::Approve),
        ("reject", Self::Reject),
        ("publish", Self::Publish),
        ("schedule", Self::Schedule),
        ("unschedule", Self::Unschedule),
        ("withdraw", Self::Withdraw),
        ("takedown", Self::Takedown),
        ("assign", Self::Assign),
        ("comment", Self::Comment),
        ("translate", Self::Translate),
        ("send", Self::Send),
        ("restore", Self::Restore),
        ("discard", Self::Discard),
    ];

    /// The action of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(known, _)| *known == name).map(|(_, action)| action)
    }

    /// Its name.
    pub fn as_str(self) -> &'static str {
        Self::ALL.into_iter().find(|(_, action)| *action == self).map_or("", |(name, _)| name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: &[Stage] = &[Stage::Submitted, Stage::Approved];
    const REVIEWED: &[Stage] = &[Stage::Submitted, Stage::InReview, Stage::Approved];

    #[test]
    fn the_review_goes_one_way_and_back_to_the_draft() {
        use Review::{Approve, Reject, Submit};
        assert_eq!(State::Draft.after(Submit, PLAIN), Some(State::Submitted));
        assert_eq!(State::Submitted.after(Approve, PLAIN), Some(State::Approved));
        assert_eq!(State::Submitted.after(Review::Begin, PLAIN), None, "this type has no such stage");
        for from in [State::Submitted, State::InReview, State::Approved] {
            assert_eq!(from.after(Reject, REVIEWED), Some(State::Draft));
        }
        for from in [State::Draft, State::Approved, State::Published, State::Withdrawn, State::TakenDown] {
            assert_eq!(from.after(Approve, PLAIN), None);
        }
    }

    #[test]
    fn a_stage_that_a_type_asks_for_cannot_be_skipped() {
        assert_eq!(State::Submitted.after(Review::Approve, REVIEWED), None);
        assert_eq!(State::Submitted.after(Review::Begin, REVIEWED), Some(State::InReview));
        assert_eq!(State::InReview.after(Review::Approve, REVIEWED), Some(State::Approved));
    }

    #[test]
    fn every_name_is_read_back() {
        for state in State::ALL {
            assert_eq!(State::parse(state.as_str()), Some(state));
        }
        for (name, action) in Action::ALL {
            assert_eq!((Action::parse(name), action.as_str()), (Some(action), name));
        }
    }
}
