//! Asking to go on screen, and what hosts answer: documents and typed results (D3, D5).

use super::picture::Picture;
use super::registration::PageInfo;
use super::{DateTime, schema};

/// What the person may do about going on screen.
#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShareStanding {
    MayShare,
    MayAsk,
    Waiting,
    Approved,
    MayNot,
    Barred,
}

#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
pub struct MyShare {
    pub state: ShareStanding,
    /// The place in the queue, from 1, while a request waits.
    pub position: Option<i32>,
    pub request_id: Option<cynic::Id>,
}

#[derive(cynic::QueryVariables)]
pub struct OfSession {
    pub session_id: cynic::Id,
}

/// As it is now, and then whenever it changes.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Subscription", variables = "OfSession")]
pub struct MyShareChanged {
    #[arguments(sessionId: $session_id)]
    pub my_share_changed: MyShare,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct RequestToShareInput {
    pub session_id: cynic::Id,
}

#[derive(cynic::QueryVariables)]
pub struct RequestToShareVariables {
    pub input: RequestToShareInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "RequestToShareVariables")]
pub struct RequestToShare {
    #[arguments(input: $input)]
    pub request_to_share: Asked,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct WithdrawShareRequestInput {
    pub session_id: cynic::Id,
}

#[derive(cynic::QueryVariables)]
pub struct WithdrawShareRequestVariables {
    pub input: WithdrawShareRequestInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "WithdrawShareRequestVariables")]
pub struct WithdrawShareRequest {
    #[arguments(input: $input)]
    pub withdraw_share_request: Asked,
}

/// What comes of it is told by the subscription.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "SessionPayload")]
pub struct Asked {
    pub session: InSession,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Session")]
pub struct InSession {
    pub id: cynic::Id,
}

/// What has become of a request.
#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShareRequestState {
    Waiting,
    Approved,
    Declined,
    Withdrawn,
}

/// Somebody with their picture.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
#[cynic(graphql_type = "Person")]
pub struct Asker {
    pub id: cynic::Id,
    pub name: String,
    pub picture: Option<Picture>,
}

#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
pub struct ShareRequest {
    pub id: cynic::Id,
    pub person: Asker,
    pub requested_at: DateTime,
    pub state: ShareRequestState,
    /// In the room, where they hear of the answer.
    pub inside: bool,
    pub decided_by: Option<Decider>,
}

/// The host who answered.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
#[cynic(graphql_type = "Person")]
pub struct Decider {
    pub name: String,
}

#[derive(cynic::QueryFragment)]
pub struct ShareRequestConnection {
    pub nodes: Vec<ShareRequest>,
    pub page_info: PageInfo,
}

#[derive(cynic::QueryVariables)]
pub struct OfEvent {
    pub event_id: cynic::Id,
}

/// In every session of the event that the person is a host of.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Subscription", variables = "OfEvent")]
pub struct ShareRequestsChanged {
    #[arguments(eventId: $event_id)]
    pub share_requests_changed: ShareRequestChange,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub struct ShareRequestChange {
    pub session_id: cynic::Id,
    pub request: ShareRequest,
    pub waiting_count: i32,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct ApproveShareRequestInput {
    pub id: cynic::Id,
}

#[derive(cynic::QueryVariables)]
pub struct ApproveShareRequestVariables {
    pub input: ApproveShareRequestInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "ApproveShareRequestVariables")]
pub struct ApproveShareRequest {
    #[arguments(input: $input)]
    pub approve_share_request: Decided,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct DeclineShareRequestInput {
    pub id: cynic::Id,
}

#[derive(cynic::QueryVariables)]
pub struct DeclineShareRequestVariables {
    pub input: DeclineShareRequestInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "DeclineShareRequestVariables")]
pub struct DeclineShareRequest {
    #[arguments(input: $input)]
    pub decline_share_request: Decided,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "ShareRequestPayload")]
pub struct Decided {
    pub session: InSession,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct DeclineAllShareRequestsInput {
    pub session_id: cynic::Id,
}

#[derive(cynic::QueryVariables)]
pub struct DeclineAllShareRequestsVariables {
    pub input: DeclineAllShareRequestsInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "DeclineAllShareRequestsVariables")]
pub struct DeclineAllShareRequests {
    #[arguments(input: $input)]
    pub decline_all_share_requests: DeclineAllShareRequestsPayload,
}

#[derive(cynic::QueryFragment)]
pub struct DeclineAllShareRequestsPayload {
    pub declined: i32,
}

#[derive(cynic::QueryVariables)]
pub struct QueuesVariables {
    pub slug: String,
    pub after: Option<String>,
}

/// One page of an event's sessions, with how many ask in each: nobody where the person is no host.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "QueuesVariables")]
pub struct Queues {
    #[arguments(slug: $slug)]
    pub event: Option<EventQueues>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Event", variables = "QueuesVariables")]
pub struct EventQueues {
    #[arguments(first: 100, after: $after)]
    pub sessions: QueuePage,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "SessionConnection")]
pub struct QueuePage {
    pub nodes: Vec<Queue>,
    pub page_info: PageInfo,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "Session")]
pub struct Queue {
    pub id: cynic::Id,
    pub title: String,
    #[arguments(first: 1)]
    pub share_requests: QueueLength,
}

/// Without those who ask, the api counts for all sessions together.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "ShareRequestConnection")]
pub struct QueueLength {
    pub total_count: i32,
}

#[derive(cynic::QueryVariables)]
pub struct TitleVariables {
    pub id: cynic::Id,
}

/// What a session is called that somebody asks in.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "TitleVariables")]
pub struct Title {
    #[arguments(id: $id)]
    pub session: Option<Titled>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Session")]
pub struct Titled {
    pub title: String,
}
