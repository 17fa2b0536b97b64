//! Rooms in GraphQL: their live state, and the way in.

use super::account::Person;
use super::connection::{search as searched, slice};
use super::context::{Ask, parse};
use super::room_person::{RoomPersonConnection, RoomRole};
use super::session::Session;
use crate::error::Error;
use crate::ids::SessionId;
use crate::media_link::{Live, Video};
use crate::ops;
use crate::ops::room::people::Wanted;
use crate::turn;
use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use protocol::room::{Insider, Source, Speaker};

pub(super) struct RoomState {
    session: SessionId,
    live: Live,
    /// It is what a subscription tells, to everybody alike and without a read for any of them.
    told: bool,
}

impl RoomState {
    pub(super) fn of(session: SessionId, live: Live) -> Self {
        Self { session, live, told: false }
    }

    pub(super) fn told(session: SessionId, live: Live) -> Self {
        Self { session, live, told: true }
    }
}

/// The live state of a session's room.
#[Object]
impl RoomState {
    /// The session.
    async fn session_id(&self) -> ID {
        ID(self.session.to_string())
    }

    /// People inside who are not on screen. With `onScreen` that is everybody inside, each of them once.
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

    /// The YouTube video that is shared; nothing while there is none.
    async fn youtube(&self) -> Option<SharedVideo> {
        self.live.youtube.as_ref().map(SharedVideo::from)
    }

    /// Who has raised a hand, in the order in which they did; the first 200.
    async fn hands(&self) -> Vec<Person> {
        let person =
            |hand: &Insider| Person { id: hand.person.clone(), name: hand.name.clone(), account: None, picture: None };
        self.live.hands.up.iter().map(person).collect()
    }

    /// How many have raised a hand.
    async fn hand_count(&self) -> u32 {
        self.live.hands.count
    }

    /// Whether what is on screen is being recorded at this moment. Everybody inside is told before the first packet is kept.
    async fn recording(&self) -> bool {
        self.live.recording
    }

    /// Everybody inside, by name. For those who may be there too, while people see each other in this event, and not before its
    /// time; for hosts always. Nobody for others. `FORBIDDEN` in what `roomChanged` tells: `roomPeopleChanged` tells who comes and
    /// goes.
    #[graphql(complexity = "first.unwrap_or(25).max(0) as usize * child_complexity + 10")]
    async fn people(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only those with this in their name, whatever its case and accents; up to 100 characters.")]
        search: Option<String>,
        #[graphql(desc = "Only those who are this there.")] role: Option<RoomRole>,
        #[graphql(desc = "Entries of the page, 1 to 100; 25 unless given.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which the page begins.")] after: Option<String>,
    ) -> Result<RoomPersonConnection> {
        if self.told {
            return Err(Error::Forbidden("Ask for the people of a room by its session.").into());
        }
        let wanted = Wanted { search: searched(search)?, role: role.map(Into::into) };
        let slice = slice(first, after, |cursor| Some(cursor.to_owned()))?;
        let has_previous = slice.after.is_some();
        let people = ops::room::people::list(ctx.app(), &ctx.caller(), self.session, wanted, slice).await?;
        Ok(RoomPersonConnection::of(people, has_previous))
    }
}

/// A YouTube video that everybody in a room watches at the same position.
#[derive(SimpleObject)]
struct SharedVideo {
    /// Its id at YouTube.
    video_id: String,
    /// Whether it is a live stream, in which nobody seeks.
    live: bool,
    /// Who shares it, and moves it.
    sharer: Person,
    /// Whether it plays.
    playing: bool,
    /// Seconds into the video at the moment `at`; while it plays it goes on by itself.
    position: f64,
    /// How fast it plays, 1 for its own speed.
    rate: f64,
    /// When it stood at `position`.
    at: DateTime<Utc>,
}

impl From<&Video> for SharedVideo {
    fn from(Video { state, at }: &Video) -> Self {
        Self {
            video_id: state.video.clone(),
            live: state.live,
            sharer: Person { id: state.person.clone(), name: state.name.clone(), account: None, picture: None },
            playing: state.playing,
            position: state.position,
            rate: state.rate,
            at: at.utc(),
        }
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
