//! What hosts did, for organizers: documents and typed results (O2).

use super::registration::PageInfo;
use super::{DateTime, schema};

#[derive(cynic::QueryVariables)]
pub struct HostActionsVariables {
    pub slug: String,
    pub after: Option<String>,
}

/// One page of the log, the newest first.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "HostActionsVariables")]
pub struct HostActions {
    #[arguments(slug: $slug)]
    pub event: Option<WithHostActions>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Event", variables = "HostActionsVariables")]
pub struct WithHostActions {
    #[arguments(first: 50, after: $after)]
    pub host_actions: HostActionConnection,
}

#[derive(cynic::QueryFragment)]
pub struct HostActionConnection {
    pub nodes: Vec<HostAction>,
    pub page_info: PageInfo,
}

/// People and sessions that are gone are nobody.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
pub struct HostAction {
    pub id: cynic::Id,
    pub at: DateTime,
    pub action: HostActionKind,
    pub actor: Option<Named>,
    pub person: Option<Named>,
    pub session: Option<InSession>,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum HostActionKind {
    ApprovedRequest,
    DeclinedRequest,
    DeclinedAllRequests,
    RemovedFromScreen,
    BarredFromScreen,
    LiftedBar,
    Muted,
    RemovedScreenShare,
    RemovedYoutube,
    ClosedRoom,
    LoweredHand,
    LoweredAllHands,
    DeletedMessage,
    PinnedMessage,
    UnpinnedMessage,
    SlowedChat,
    EndedSlowMode,
    PausedChat,
    ResumedChat,
    ChangedSharing,
    ChangedCapacity,
    SwitchedRecordingOn,
    SwitchedRecordingOff,
    StartedRecording,
    RetriedRecording,
    PublishedReplay,
    WithdrewReplay,
    DeletedRecording,
}

#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
#[cynic(graphql_type = "Person")]
pub struct Named {
    pub name: String,
}

#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
#[cynic(graphql_type = "Session")]
pub struct InSession {
    pub id: cynic::Id,
    pub title: String,
}
