//! What hosts do with who is on screen, and with who may be: documents and typed results (D7, D9).

use super::schema;
use super::session::ShareAccess;
use super::share_request::{Asked, Asker, ShareRequestConnection};

#[derive(cynic::QueryVariables)]
pub struct ScreenVariables {
    pub id: cynic::Id,
    pub after: Option<String>,
}

/// What the host controls show of a session, with a page of those who wait, in order.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "ScreenVariables")]
pub struct Screen {
    #[arguments(id: $id)]
    pub session: Option<ScreenOf>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Session", variables = "ScreenVariables")]
pub struct ScreenOf {
    pub share_access: ShareAccess,
    /// Who can share is the organizers' to change.
    pub viewer_can_edit: bool,
    #[arguments(first: 100)]
    pub bars: ScreenBarConnection,
    #[arguments(first: 100, after: $after)]
    pub share_requests: ShareRequestConnection,
}

#[derive(cynic::QueryFragment)]
pub struct ScreenBarConnection {
    pub nodes: Vec<ScreenBar>,
}

/// Somebody who is kept off the screen until a host lets them back.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
pub struct ScreenBar {
    pub person: Asker,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct RemoveFromScreenInput {
    pub session_id: cynic::Id,
    pub person_id: cynic::Id,
}

#[derive(cynic::QueryVariables)]
pub struct RemoveFromScreenVariables {
    pub input: RemoveFromScreenInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "RemoveFromScreenVariables")]
pub struct RemoveFromScreen {
    #[arguments(input: $input)]
    pub remove_from_screen: Asked,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct LiftBarInput {
    pub session_id: cynic::Id,
    pub person_id: cynic::Id,
}

#[derive(cynic::QueryVariables)]
pub struct LiftBarVariables {
    pub input: LiftBarInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "LiftBarVariables")]
pub struct LiftBar {
    #[arguments(input: $input)]
    pub lift_bar: Asked,
}

/// What can be muted.
#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScreenSource {
    Microphone,
    Camera,
    Screen,
    ScreenAudio,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct MuteOnScreenInput {
    pub session_id: cynic::Id,
    pub person_id: cynic::Id,
    pub source: ScreenSource,
}

#[derive(cynic::QueryVariables)]
pub struct MuteOnScreenVariables {
    pub input: MuteOnScreenInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "MuteOnScreenVariables")]
pub struct MuteOnScreen {
    #[arguments(input: $input)]
    pub mute_on_screen: Asked,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct RemoveScreenShareInput {
    pub session_id: cynic::Id,
    pub person_id: cynic::Id,
}

#[derive(cynic::QueryVariables)]
pub struct RemoveScreenShareVariables {
    pub input: RemoveScreenShareInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "RemoveScreenShareVariables")]
pub struct RemoveScreenShare {
    #[arguments(input: $input)]
    pub remove_screen_share: Asked,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct RemoveYoutubeInput {
    pub session_id: cynic::Id,
}

#[derive(cynic::QueryVariables)]
pub struct RemoveYoutubeVariables {
    pub input: RemoveYoutubeInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "RemoveYoutubeVariables")]
pub struct RemoveYoutube {
    #[arguments(input: $input)]
    pub remove_youtube: Asked,
}

/// Who can share, as a change of nothing else.
#[derive(cynic::InputObject, Clone, Debug)]
#[cynic(graphql_type = "UpdateSessionInput")]
pub struct ChangeSharingInput {
    pub id: cynic::Id,
    pub share_access: Option<ShareAccess>,
    /// Whether those on screen are invited (D9).
    pub invite_on_screen: Option<bool>,
}

#[derive(cynic::QueryVariables)]
pub struct ChangeSharingVariables {
    pub input: ChangeSharingInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "ChangeSharingVariables")]
pub struct ChangeSharing {
    #[arguments(input: $input)]
    pub update_session: Asked,
}
