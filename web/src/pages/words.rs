//! What went wrong, in words a person can act on: by code, in the reader's language.

use crate::api::{Code, Failure, Problem, ProblemCode};
use crate::text;

/// A whole request's failure.
pub fn failure(failure: &Failure) -> String {
    match failure {
        Failure::Offline => text!("failure-offline"),
        Failure::Garbled => text!("failure-garbled"),
        Failure::TooOften { .. } => text!("failure-rate-limited"),
        Failure::Refused { code, .. } => match code {
            Code::Unauthenticated => text!("failure-unauthenticated"),
            Code::Forbidden => text!("failure-forbidden"),
            Code::NotFound => text!("failure-not-found"),
            Code::InvalidInput => text!("failure-invalid-input"),
            Code::Conflict => text!("failure-conflict"),
            Code::WrongCredentials => text!("failure-wrong-credentials"),
            Code::RateLimited => text!("failure-rate-limited"),
            Code::NotOpen => text!("failure-not-open"),
            Code::Unavailable => text!("failure-unavailable"),
            Code::Internal | Code::Unknown => text!("failure-internal"),
        },
    }
}

/// One field's problem.
pub fn problem(problem: &Problem) -> String {
    let limit = problem.limit.unwrap_or_default();
    let (names, count) = (in_the_way(problem), problem.names.len() + problem.more as usize);
    match (problem.code, problem.field.as_str()) {
        (ProblemCode::OutOfRange, "maxParticipants") => text!("problem-max-participants"),
        (ProblemCode::OutOfRange, "priority") => text!("problem-priority"),
        (ProblemCode::OutOfRange, "endsAt") => text!("problem-event-length"),
        (ProblemCode::OutOfRange, "additionalInformation") => text!("problem-rich-many"),
        (ProblemCode::OutOfRange, "capacity") => text!("problem-capacity"),
        (ProblemCode::TooLong, "csv") => text!("problem-file-size"),
        (ProblemCode::OutOfRange, "segmentStartsAt" | "segmentEndsAt") => text!("problem-outside-event"),
        (ProblemCode::Invalid, "segmentEndsAt") => text!("problem-ends-at"),
        (ProblemCode::Taken, "segmentStartsAt") => match problem.names.as_slice() {
            [own, other] => text!("overlaps", name = own.clone(), others = text!("quoted", name = other.clone())),
            _ => text!("problem-time-taken"),
        },
        (ProblemCode::OutOfRange, "segmentsOfEvent") => text!("problem-many-segments"),
        (ProblemCode::OutOfRange, "sessionIds") if count > 0 => text!("problem-session-segments", names = names),
        (ProblemCode::OutOfRange, "sessionIds") => text!("problem-many-sessions", limit = limit),
        (ProblemCode::InUse, "startsAt" | "endsAt") if count > 0 => {
            text!("problem-segments-outside", names = names, count = count)
        }
        (ProblemCode::Invalid | ProblemCode::Required, "segmentUrl") => text!("problem-https"),
        (ProblemCode::OutOfRange, "beforeMinutes" | "afterMinutes") => text!("problem-display-minutes"),
        (ProblemCode::OutOfRange, "chatRetentionDays" | "recordingRetentionDays") => text!("problem-chat-days"),
        (ProblemCode::InUse, "scheduling") => text!("problem-linked-to-segments"),
        (ProblemCode::Invalid, "sessionIds") => text!("problem-session-open"),
        (ProblemCode::NotFound, "speakerIds") => text!("problem-speaker"),
        (ProblemCode::Required, "csv") => text!("problem-file-columns"),
        (ProblemCode::OutOfRange, "csv") => text!("problem-file-bounds"),
        (ProblemCode::Invalid, "csv") if problem.limit.is_some() => text!("problem-file-line", line = limit),
        (ProblemCode::Invalid, "csv") => text!("problem-file-text"),
        (ProblemCode::Required, "ticketTypeIds") => text!("problem-choose-tickets"),
        (ProblemCode::Required, "ticketTypeId") => text!("problem-choose-ticket"),
        (ProblemCode::Required, _) => text!("problem-required"),
        (ProblemCode::TooLong, _) => text!("problem-too-long", limit = limit),
        (ProblemCode::TooShort, _) => text!("problem-too-short", limit = limit),
        (ProblemCode::OutOfRange, _) => text!("problem-out-of-range"),
        (ProblemCode::Invalid, "additionalInformation") => text!("problem-rich-foreign"),
        (ProblemCode::NotFound, "additionalInformation") => text!("problem-rich-picture"),
        (ProblemCode::Invalid, "email" | "invited" | "moderator" | "sharer") => text!("problem-email"),
        (ProblemCode::Invalid, "slug") => text!("problem-slug"),
        (ProblemCode::Invalid, "currentPassword") => text!("problem-current-password"),
        (ProblemCode::Invalid, "endsAt") => text!("problem-ends-at"),
        (ProblemCode::Taken, "email") => text!("problem-email-taken"),
        (ProblemCode::Taken, "slug") => text!("problem-slug-taken"),
        (ProblemCode::Taken, _) => text!("problem-taken"),
        (ProblemCode::Skipped, _) => text!("problem-skipped-time"),
        (ProblemCode::NotFound, "email" | "moderator" | "sharer") => text!("problem-email-not-found"),
        (ProblemCode::NotFound, _) => text!("problem-not-found"),
        (ProblemCode::InUse, _) => text!("problem-in-use"),
        (ProblemCode::Invalid | ProblemCode::Unknown, _) => text!("problem-invalid"),
    }
}

/// The names of what is in the way, as a sentence has them.
fn in_the_way(problem: &Problem) -> String {
    let names: Vec<String> = problem.names.iter().map(|name| text!("quoted", name = name.clone())).collect();
    match problem.more {
        0 => names.join(", "),
        more => text!("names-and-more", names = names.join(", "), count = more),
    }
}

/// What an event is now.
pub fn event_state(state: crate::api::event::EventState) -> String {
    use crate::api::event::EventState;
    match state {
        EventState::Draft => text!("state-draft"),
        EventState::Upcoming => text!("state-upcoming"),
        EventState::Live => text!("state-live"),
        EventState::Ended => text!("state-ended"),
    }
}
