//! How an event's venue behaves: documents and typed results (A5, A6, A8).

use super::event::{EventIdVariablesFields, SlugVariablesFields};
use super::schema;
use serde::Serialize;

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
    /// Days for which messages of its chats are kept; for ever without (A8).
    pub chat_retention_days: Option<i32>,
    /// Days for which its recordings are kept; for ever without (A8).
    pub recording_retention_days: Option<i32>,
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
    /// The version that the change was made for, where another one is refused.
    pub version: Option<i32>,
    pub before_minutes: Option<i32>,
    pub after_minutes: Option<i32>,
    pub attendees_create_sessions: Option<bool>,
    pub people_visible: Option<bool>,
    pub agenda_enabled: Option<bool>,
    #[cynic(skip_serializing_if = "KeepChange::is_none")]
    pub chat_retention_days: KeepChange,
    #[cynic(skip_serializing_if = "KeepChange::is_none")]
    pub recording_retention_days: KeepChange,
}

/// What a change does with how long something is kept. Left out of an input, it stays; null keeps it for ever.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum KeepChange {
    None,
    ForEver,
    Days(i32),
}

impl KeepChange {
    pub fn is_none(&self) -> bool {
        *self == Self::None
    }
}

impl Serialize for KeepChange {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::None | Self::ForEver => serializer.serialize_none(),
            Self::Days(days) => days.serialize(serializer),
        }
    }
}

impl cynic::schema::IsScalar<i32> for KeepChange {
    type SchemaType = i32;
}

impl cynic::coercions::CoercesTo<Option<i32>> for KeepChange {}

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
