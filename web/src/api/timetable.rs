//! The schedule as the venue shows it, and My Agenda: documents and typed results (G1, G3).

use super::event::{EventIdVariablesFields, SlugVariablesFields};
use super::schema;

pub use super::event::EventIdVariables;
pub use super::segment::{LinkedSession, Segment, SegmentChange, SegmentChanged, SegmentConnection, SegmentKind};

#[derive(cynic::QueryVariables)]
pub struct TimetableVariables {
    pub slug: String,
    pub after: Option<String>,
}

/// One page of an event's schedule, and which of it are in the person's agenda.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "TimetableVariables")]
pub struct TimetablePage {
    #[arguments(slug: $slug)]
    pub event: Option<EventTimetable>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Event", variables = "TimetableVariables")]
pub struct EventTimetable {
    pub my_agenda: Vec<cynic::Id>,
    #[arguments(first: 100, after: $after)]
    pub segments: SegmentConnection,
}

/// Which segments are in the person's agenda.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "SlugVariables")]
pub struct Marks {
    #[arguments(slug: $slug)]
    pub event: Option<EventMarks>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Event")]
pub struct EventMarks {
    pub my_agenda: Vec<cynic::Id>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Subscription", variables = "EventIdVariables")]
pub struct AgendaChanged {
    #[arguments(eventId: $event_id)]
    pub agenda_changed: AgendaChange,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub struct AgendaChange {
    pub segment_id: cynic::Id,
    pub included: bool,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct AddToAgendaInput {
    pub segment_id: cynic::Id,
}

#[derive(cynic::QueryVariables)]
pub struct AddToAgendaVariables {
    pub input: AddToAgendaInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "AddToAgendaVariables")]
pub struct AddToAgenda {
    #[arguments(input: $input)]
    pub add_to_agenda: AgendaPayload,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct RemoveFromAgendaInput {
    pub segment_id: cynic::Id,
}

#[derive(cynic::QueryVariables)]
pub struct RemoveFromAgendaVariables {
    pub input: RemoveFromAgendaInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "RemoveFromAgendaVariables")]
pub struct RemoveFromAgenda {
    #[arguments(input: $input)]
    pub remove_from_agenda: AgendaPayload,
}

#[derive(cynic::QueryFragment)]
pub struct AgendaPayload {
    pub segment_id: cynic::Id,
}

#[derive(cynic::QueryVariables)]
pub struct FeedVariables {
    pub slug: String,
}

/// The secret address of the person's calendar feed.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "FeedVariables")]
pub struct Feed {
    #[arguments(slug: $slug)]
    pub event: Option<EventFeed>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Event")]
pub struct EventFeed {
    pub my_feed_url: Option<String>,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct RotateFeedInput {
    pub event_id: cynic::Id,
}

#[derive(cynic::QueryVariables)]
pub struct RotateFeedVariables {
    pub input: RotateFeedInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "RotateFeedVariables")]
pub struct RotateFeed {
    #[arguments(input: $input)]
    pub rotate_feed: RotateFeedPayload,
}

#[derive(cynic::QueryFragment)]
pub struct RotateFeedPayload {
    pub url: String,
}
