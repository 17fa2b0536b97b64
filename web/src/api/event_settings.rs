//! How an event's venue behaves: documents and typed results (A5, A6).

use super::event::{EventIdVariablesFields, SlugVariablesFields};
use super::schema;

#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
#[cynic(graphql_type = "Event")]
pub struct Settings {
    pub id: cynic::Id,
    pub version: i32,
    /// Minutes for which a scheduled session is shown before its segment starts, and after it has ended (A5).
    pub before_minutes: i32,
    pub after_minutes: i32,
    pub attendees_create_sessions: bool,
    pub people_visible: bool,
    pub agenda_enabled: bool,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "SlugVariables")]
pub struct EventSettings {
    #[arguments(slug: $slug)]
    pub event: Option<Settings>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Subscription", variables = "EventIdVariables")]
pub struct SettingsChanged {
    #[arguments(eventId: $event_id)]
    pub event_changed: Settings,
}

/// What is not given stays.
#[derive(cynic::InputObject, Clone, Debug)]
#[cynic(graphql_type = "UpdateEventInput")]
pub struct UpdateSettingsInput {
    pub id: cynic::Id,
    pub before_minutes: Option<i32>,
    pub after_minutes: Option<i32>,
    pub attendees_create_sessions: Option<bool>,
    pub people_visible: Option<bool>,
    pub agenda_enabled: Option<bool>,
}

#[derive(cynic::QueryVariables)]
pub struct UpdateSettingsVariables {
    pub input: UpdateSettingsInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "UpdateSettingsVariables")]
pub struct UpdateSettings {
    #[arguments(input: $input)]
    pub update_event: SettingsPayload,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "EventPayload")]
pub struct SettingsPayload {
    pub event: Settings,
}
