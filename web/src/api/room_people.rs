//! Who is in a room, and their raised hands: documents and typed results (I2, I3).

use super::registration::PageInfo;
use super::schema;
use super::share_request::{Asked, Asker};

/// What somebody is in the session.
#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RoomRole {
    Host,
    Speaker,
    Attendee,
}

#[derive(cynic::QueryVariables)]
pub struct RoomPeopleVariables {
    pub id: cynic::Id,
    pub search: Option<String>,
    pub after: Option<String>,
    /// Always hosts.
    pub hosts: Option<RoomRole>,
}

/// A page of everybody inside, by name, and the hosts among them.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "RoomPeopleVariables")]
pub struct RoomPeople {
    #[arguments(id: $id)]
    pub session: Option<SessionPeople>,
}

#[derive(cynic::QueryFragment, Clone)]
#[cynic(graphql_type = "Session", variables = "RoomPeopleVariables")]
pub struct SessionPeople {
    pub event: Seeing,
    pub room: Inside,
}

/// Whether attendees see each other (A6).
#[derive(cynic::QueryFragment, Clone)]
#[cynic(graphql_type = "Event")]
pub struct Seeing {
    pub people_visible: bool,
}

#[derive(cynic::QueryFragment, Clone)]
#[cynic(graphql_type = "RoomState", variables = "RoomPeopleVariables")]
pub struct Inside {
    #[arguments(search: $search, first: 100, after: $after)]
    pub people: RoomPeoplePage,
    #[cynic(rename = "people", alias)]
    #[arguments(role: $hosts, first: 100)]
    pub hosts: RoomHosts,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "RoomPersonConnection")]
pub struct RoomPeoplePage {
    pub nodes: Vec<RoomPerson>,
    pub page_info: PageInfo,
    pub total_count: i32,
    /// Up to which change the page is true.
    pub revision: i32,
}

impl RoomPeoplePage {
    /// Where the next page begins, when there is one.
    pub fn more(&self) -> Option<String> {
        self.page_info.end_cursor.clone().filter(|_| self.page_info.has_next_page)
    }
}

#[derive(cynic::QueryFragment, Clone)]
#[cynic(graphql_type = "RoomPersonConnection")]
pub struct RoomHosts {
    pub nodes: Vec<RoomPerson>,
}

#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
pub struct RoomPerson {
    pub person: Asker,
    pub role: RoomRole,
    pub sort_key: String,
}

#[derive(cynic::QueryVariables)]
pub struct InSession {
    pub session_id: cynic::Id,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Subscription", variables = "InSession")]
pub struct RoomPeopleChanged {
    #[arguments(sessionId: $session_id)]
    pub room_people_changed: RoomPeopleChange,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub struct RoomPeopleChange {
    pub revision: i32,
    pub joined: Vec<RoomPerson>,
    pub left: Vec<cynic::Id>,
    pub count: i32,
    /// The list has to be read again.
    pub anew: bool,
}

/// The same, without what these people are.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Subscription", variables = "InSession")]
pub struct PresenceChanged {
    #[arguments(sessionId: $session_id)]
    pub room_people_changed: Presence,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "RoomPeopleChange")]
pub struct Presence {
    pub joined: Vec<Present>,
    pub left: Vec<cynic::Id>,
    pub anew: bool,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "RoomPerson")]
pub struct Present {
    pub person: PresentPerson,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Person")]
pub struct PresentPerson {
    pub id: cynic::Id,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct LowerHandInput {
    pub session_id: cynic::Id,
    pub person_id: cynic::Id,
}

#[derive(cynic::QueryVariables)]
pub struct LowerHandVariables {
    pub input: LowerHandInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "LowerHandVariables")]
pub struct LowerHand {
    #[arguments(input: $input)]
    pub lower_hand: Asked,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct LowerAllHandsInput {
    pub session_id: cynic::Id,
}

#[derive(cynic::QueryVariables)]
pub struct LowerAllHandsVariables {
    pub input: LowerAllHandsInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "LowerAllHandsVariables")]
pub struct LowerAllHands {
    #[arguments(input: $input)]
    pub lower_all_hands: Asked,
}
