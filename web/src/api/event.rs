//! Events: documents and typed results.

use super::account::Organization;
use super::picture::{Picture, PictureChange};
use super::{DateTime, schema};

/// What an event is now (A3).
#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventState {
    Draft,
    Upcoming,
    Live,
    Ended,
}

#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
pub struct Event {
    pub id: cynic::Id,
    pub slug: String,
    pub name: String,
    pub description: String,
    pub starts_at: DateTime,
    pub ends_at: DateTime,
    /// IANA name.
    pub time_zone: String,
    pub state: EventState,
    pub picture: Option<Picture>,
    pub version: i32,
    /// Whether attendees may make sessions while it is live (A6, N1).
    pub attendees_create_sessions: bool,
    /// Whether attendees see the list of people (A6).
    pub people_visible: bool,
    /// Whether people keep an agenda (A6).
    pub agenda_enabled: bool,
    pub viewer_is_organizer: bool,
    pub viewer_registration: Option<OwnRegistration>,
    pub organization: Organization,
}

#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
#[cynic(graphql_type = "Registration")]
pub struct OwnRegistration {
    pub id: cynic::Id,
    pub blocked: bool,
    pub muted: bool,
}

impl Event {
    /// Whether the person may be in the venue.
    pub fn is_open_to_viewer(&self) -> bool {
        self.viewer_is_organizer || self.viewer_registration.as_ref().is_some_and(|own| !own.blocked)
    }

    /// Whether the person sees who else is in the event (A6).
    pub fn shows_people_to_viewer(&self) -> bool {
        self.viewer_is_organizer || self.people_visible
    }

    /// Whether an organizer muted the person in it (A7).
    pub fn is_viewer_muted(&self) -> bool {
        self.viewer_registration.as_ref().is_some_and(|own| own.muted)
    }

    /// Whether an organizer removed the person from it (A7).
    pub fn is_closed_to_viewer(&self) -> bool {
        !self.viewer_is_organizer && self.viewer_registration.as_ref().is_some_and(|own| own.blocked)
    }
}

#[derive(cynic::QueryVariables)]
pub struct SlugVariables {
    pub slug: String,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "SlugVariables")]
pub struct EventBySlug {
    #[arguments(slug: $slug)]
    pub event: Option<Event>,
}

#[derive(cynic::QueryVariables)]
pub struct EventIdVariables {
    pub event_id: cynic::Id,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Subscription", variables = "EventIdVariables")]
pub struct EventChanged {
    #[arguments(eventId: $event_id)]
    pub event_changed: Event,
}

/// The event as the person sees it, whenever what they are in it changes.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Subscription", variables = "EventIdVariables")]
pub struct MyStandingChanged {
    #[arguments(eventId: $event_id)]
    pub my_standing_changed: Event,
}

/// The caller's events: those of their organizations, and those they are registered for.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
#[cynic(graphql_type = "Query")]
pub struct MyEvents {
    pub me: Option<Me>,
}

#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
#[cynic(graphql_type = "Account")]
pub struct Me {
    pub organizations: Vec<OrganizationEvents>,
    #[arguments(first: 50)]
    pub registrations: RegisteredEvents,
}

#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
#[cynic(graphql_type = "Organization")]
pub struct OrganizationEvents {
    pub id: cynic::Id,
    pub name: String,
    #[arguments(first: 50)]
    pub events: EventConnection,
}

#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
pub struct EventConnection {
    pub nodes: Vec<EventItem>,
}

#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
#[cynic(graphql_type = "RegistrationConnection")]
pub struct RegisteredEvents {
    pub nodes: Vec<RegisteredEvent>,
}

#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
#[cynic(graphql_type = "Registration")]
pub struct RegisteredEvent {
    pub event: EventItem,
}

/// An event in a list.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
#[cynic(graphql_type = "Event")]
pub struct EventItem {
    pub id: cynic::Id,
    pub slug: String,
    pub name: String,
    pub starts_at: DateTime,
    pub ends_at: DateTime,
    pub time_zone: String,
    pub state: EventState,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct CreateEventInput {
    pub organization_id: cynic::Id,
    pub slug: String,
    pub name: String,
    pub description: Option<String>,
    pub starts_at: DateTime,
    pub ends_at: DateTime,
    pub time_zone: String,
}

#[derive(cynic::QueryVariables)]
pub struct CreateEventVariables {
    pub input: CreateEventInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "CreateEventVariables")]
pub struct CreateEvent {
    #[arguments(input: $input)]
    pub create_event: EventPayload,
}

#[derive(cynic::QueryFragment)]
pub struct EventPayload {
    pub event: Event,
}

/// Everything that the page of the basics edits.
#[derive(cynic::InputObject, Clone, Debug)]
pub struct UpdateEventInput {
    pub id: cynic::Id,
    /// The version that the change was made for, where another one is refused.
    pub version: Option<i32>,
    pub slug: Option<String>,
    pub name: Option<String>,
    pub description: Option<String>,
    pub starts_at: Option<DateTime>,
    pub ends_at: Option<DateTime>,
    pub time_zone: Option<String>,
    #[cynic(skip_serializing_if = "PictureChange::is_keep")]
    pub picture_id: PictureChange,
}

#[derive(cynic::QueryVariables)]
pub struct UpdateEventVariables {
    pub input: UpdateEventInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "UpdateEventVariables")]
pub struct UpdateEvent {
    #[arguments(input: $input)]
    pub update_event: EventPayload,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct PublishEventInput {
    pub id: cynic::Id,
    pub published: bool,
}

#[derive(cynic::QueryVariables)]
pub struct PublishEventVariables {
    pub input: PublishEventInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "PublishEventVariables")]
pub struct PublishEvent {
    #[arguments(input: $input)]
    pub publish_event: EventPayload,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct OpenEventInput {
    pub id: cynic::Id,
}

#[derive(cynic::QueryVariables)]
pub struct OpenEventVariables {
    pub input: OpenEventInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "OpenEventVariables")]
pub struct OpenEvent {
    #[arguments(input: $input)]
    pub open_event: EventPayload,
}
