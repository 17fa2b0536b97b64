//! What the steps to a live event say, by what the event is (A3): what was true before a step is not after it.

use crate::api::event::EventState;

/// The key of the text of "Publish the event".
pub fn publish(state: EventState) -> &'static str {
    match state {
        EventState::Draft => "step-publish-text",
        EventState::Upcoming | EventState::Live => "step-published-text",
        EventState::Ended => "registration-closed",
    }
}

/// That of "Invite people".
pub fn invite(state: EventState) -> &'static str {
    match state {
        EventState::Draft | EventState::Upcoming | EventState::Live => "step-invite-text",
        EventState::Ended => "registration-closed",
    }
}

/// That of "Go live".
pub fn live(state: EventState) -> &'static str {
    match state {
        EventState::Draft | EventState::Upcoming => "step-live-text",
        EventState::Live => "step-live-now",
        EventState::Ended => "visible-event-over",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a3_no_step_speaks_of_what_is_to_come_when_it_has_come() {
        let says = |state| [publish(state), invite(state), live(state)];
        assert_eq!(says(EventState::Draft), ["step-publish-text", "step-invite-text", "step-live-text"]);
        assert_eq!(says(EventState::Upcoming), ["step-published-text", "step-invite-text", "step-live-text"]);
        assert_eq!(says(EventState::Live), ["step-published-text", "step-invite-text", "step-live-now"]);
        assert_eq!(says(EventState::Ended), ["registration-closed", "registration-closed", "visible-event-over"]);
    }
}
