//! Asking the api for the permission to enter a room.

use super::address;
use super::engine;
use super::machine::{Grant, Refusal};
use crate::api::{Code, Failure, fetch, schema};
use crate::browser;
use cynic::MutationBuilder;

#[derive(cynic::QueryVariables)]
struct JoinVariables {
    input: JoinSessionInput,
}

#[derive(cynic::InputObject)]
struct JoinSessionInput {
    session_id: cynic::Id,
    link_token: Option<String>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "JoinVariables")]
struct JoinSession {
    #[arguments(input: $input)]
    join_session: JoinSessionPayload,
}

#[derive(cynic::QueryFragment)]
struct JoinSessionPayload {
    pass: String,
    media_url: String,
    ice_servers: Vec<IceServer>,
}

#[derive(cynic::QueryFragment)]
struct IceServer {
    urls: Vec<String>,
    username: String,
    credential: String,
}

impl From<IceServer> for engine::IceServer {
    fn from(IceServer { urls, username, credential }: IceServer) -> Self {
        Self { urls, username, credential }
    }
}

/// A pass for `session`, and where to show it.
pub async fn ask(session: &str) -> Result<Grant, Refusal> {
    let link_token = browser::link_token();
    let variables = JoinVariables { input: JoinSessionInput { session_id: session.into(), link_token } };
    let JoinSessionPayload { pass, media_url, ice_servers } =
        fetch::send(JoinSession::build(variables)).await.map_err(refusal)?.join_session;
    let location = browser::window().location();
    let protocol = location.protocol().unwrap_or_default();
    let hostname = location.hostname().unwrap_or_default();
    let url = address::signalling(&media_url, &protocol, &hostname);
    Ok(Grant { pass, url, ice_servers: ice_servers.into_iter().map(Into::into).collect() })
}

fn refusal(failure: Failure) -> Refusal {
    match failure.code() {
        Some(Code::NotFound | Code::Forbidden) => Refusal::NotFound,
        Some(Code::NotOpen) => Refusal::NotOpen,
        Some(Code::Unauthenticated) => Refusal::SignedOut,
        _ => Refusal::Temporary,
    }
}
