//! Rooms in GraphQL: their live state, and the way in.

use super::account::Person;
use super::context::{Ask, parse};
use super::session::Session;
use crate::ids::SessionId;
use crate::media_link::Live;
use crate::ops;
use crate::turn;
use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use protocol::room::{Source, Speaker};

pub(super) struct RoomState {
    session: SessionId,
    live: Live,
}

impl RoomState {
    pub(super) fn of(session: SessionId, live: Live) -> Self {
        Self { session, live }
    }
}

/// The live state of a session's room.
#[Object]
impl RoomState {
    /// The session.
    async fn session_id(&self) -> ID {
        ID(self.session.to_string())
    }

    /// People inside who are not on screen.
    async fn viewer_count(&self) -> u32 {
        self.live.counts.viewers
    }

    /// Seats in use, those held for people whose connection broke included.
    async fn seats_in_use(&self) -> u32 {
        self.live.counts.seats
    }

    /// Whether a host of the session is inside.
    async fn host_inside(&self) -> bool {
        self.live.hosts > 0
    }

    /// Who is on screen, 50 at the most.
    async fn on_screen(&self) -> Vec<OnScreenPerson> {
        self.live.speakers.iter().map(OnScreenPerson::from).collect()
    }
}

/// A person on screen.
#[derive(SimpleObject)]
struct OnScreenPerson {
    /// Who.
    person: Person,
    /// Sends a microphone's sound, muted or not. True also while the seat is held for who has lost the connection, a minute
    /// at the most; the same for the two below.
    microphone: bool,
    /// Sends a camera's picture.
    camera: bool,
    /// Shares a screen.
    screen: bool,
}

impl From<&Speaker> for OnScreenPerson {
    fn from(speaker: &Speaker) -> Self {
        Self {
            person: Person { id: speaker.person.clone(), name: speaker.name.clone(), account: None, picture: None },
            microphone: speaker.sources.contains(&Source::Microphone),
            camera: speaker.sources.contains(&Source::Camera),
            screen: speaker.sources.contains(&Source::Screen),
        }
    }
}

/// For `joinSession`.
#[derive(InputObject)]
struct JoinSessionInput {
    /// The session.
    session_id: ID,
    /// The secret part of the link that the caller came with, for an unlisted session: admits them, as `admit` does.
    link_token: Option<String>,
}

/// The way into a room.
#[derive(SimpleObject)]
struct JoinSessionPayload {
    /// The signed permission to enter, for the first message to media.
    pass: String,
    /// Until when the pass opens the room. Being inside lasts longer.
    expires_at: DateTime<Utc>,
    /// Where media speaks to browsers: a WebSocket address, or `:PORT/path` on the page's own host.
    media_url: String,
    /// TURN servers for browsers that reach media no other way; none where the installation has none.
    ice_servers: Vec<IceServer>,
    /// The session.
    session: Session,
}

/// A TURN server, with a credential of the caller's own that ends by itself.
#[derive(SimpleObject)]
struct IceServer {
    /// Its addresses, `turn:` or `turns:`.
    urls: Vec<String>,
    /// The name to show it.
    username: String,
    /// What belongs to the name.
    credential: String,
    /// Until when it lets the caller in.
    expires_at: DateTime<Utc>,
}

impl From<turn::IceServer> for IceServer {
    fn from(server: turn::IceServer) -> Self {
        let turn::IceServer { urls, username, credential, expires_at } = server;
        Self { urls, username, credential, expires_at: expires_at.utc() }
    }
}

/// For `closeRoom`.
#[derive(InputObject)]
struct CloseRoomInput {
    /// The session.
    session_id: ID,
}

/// The room is empty.
#[derive(SimpleObject)]
struct CloseRoomPayload {
    /// The session, which stays.
    session: Session,
    /// How many were inside.
    closed: usize,
}

#[derive(Default)]
pub(super) struct RoomMutation;

#[Object]
impl RoomMutation {
    /// Gives a pass for a session's room: to those who may watch it, while the event is live; to organizers earlier too.
    async fn join_session(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The session.")] input: JoinSessionInput,
    ) -> Result<JoinSessionPayload> {
        let id = parse(&input.session_id, "session")?;
        let link = input.link_token.map(|token| ctx.link(token));
        let entrance = ops::room::join(ctx.app(), &ctx.caller(), id, link).await?;
        Ok(JoinSessionPayload {
            pass: entrance.pass,
            expires_at: entrance.expires_at.utc(),
            media_url: entrance.media_url,
            ice_servers: entrance.ice_servers.into_iter().map(IceServer::from).collect(),
            session: entrance.session.into(),
        })
    }

    /// Ends a room for everybody inside, as hosts want when its time is over: they are told that it was closed. The session stays,
    /// and whoever may enter it may come again. For its hosts. `UNAVAILABLE` while nobody inside could hear of it.
    async fn close_room(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The session.")] input: CloseRoomInput,
    ) -> Result<CloseRoomPayload> {
        let id = parse(&input.session_id, "session")?;
        let (session, closed) = ops::room::close(ctx.app(), &ctx.caller(), id).await?;
        Ok(CloseRoomPayload { session: session.into(), closed })
    }
}
