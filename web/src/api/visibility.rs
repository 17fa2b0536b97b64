//! What the dashboard's list asks of sessions beside what every list does: why they are (in)visible (B9), and their picture in its
//! smallest size. Documents and typed results.

use super::event::EventIdVariablesFields;
use super::picture::PictureVariant;
use super::registration::PageInfo;
use super::session::SessionsVariablesFields;
use super::{DateTime, schema};

/// One sentence, which the page puts into words.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
#[cynic(graphql_type = "VisibilitySentence")]
pub struct Sentence {
    pub code: VisibilityCode,
    pub at: Option<DateTime>,
    pub names: Vec<String>,
    pub count: i32,
    pub waiting: i32,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum VisibilityCode {
    EventIsDraft,
    EventIsOver,
    OpensWithEvent,
    AlwaysOpen,
    NotLinked,
    SegmentsAreDrafts,
    Opens,
    OpenUntil,
    Over,
    ForEverybody,
    ForInvited,
    ForNobody,
    ForTicketHolders,
    ForThoseWithTheLink,
    ModeratorsCannotWatch,
    SharersCannotWatch,
}

impl VisibilityCode {
    /// Whether somebody should look at it: nobody finds the session, or somebody who is chosen for it does not.
    pub fn is_warning(self) -> bool {
        matches!(
            self,
            Self::NotLinked
                | Self::SegmentsAreDrafts
                | Self::ForNobody
                | Self::ModeratorsCannotWatch
                | Self::SharersCannotWatch
        )
    }
}

/// One page of the sentences of an event's sessions.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "SessionsVariables")]
pub struct Visibilities {
    #[arguments(slug: $slug)]
    pub event: Option<EventVisibilities>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Event", variables = "SessionsVariables")]
pub struct EventVisibilities {
    #[arguments(first: 100, after: $after)]
    pub sessions: VisibilityConnection,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "SessionConnection")]
pub struct VisibilityConnection {
    pub nodes: Vec<Visibility>,
    pub page_info: PageInfo,
}

#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
#[cynic(graphql_type = "Session")]
pub struct Visibility {
    pub id: cynic::Id,
    pub visibility: Vec<Sentence>,
    pub picture: Option<Thumb>,
}

#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
#[cynic(graphql_type = "Picture")]
pub struct Thumb {
    pub is_animated: bool,
    pub thumb: PictureVariant,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Subscription", variables = "EventIdVariables")]
pub struct VisibilityChanged {
    #[arguments(eventId: $event_id)]
    pub session_changed: VisibilityChange,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "SessionChange")]
pub struct VisibilityChange {
    pub session: Option<Visibility>,
}
