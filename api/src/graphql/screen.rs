//! What hosts do about people on screen, in GraphQL (D7).

use super::account::Person;
use super::connection::connection;
use super::context::{Ask, parse};
use super::loaders::PersonOf;
use super::session::SessionPayload;
use crate::model;
use crate::ops::screen::{self, Target};
use async_graphql::{Context, Enum, ID, InputObject, Object, Result};
use chrono::{DateTime, Utc};

/// What somebody on screen sends.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "protocol::room::Source")]
enum ScreenSource {
    /// A microphone's sound.
    Microphone,
    /// A camera's picture.
    Camera,
    /// The picture of a shared screen.
    Screen,
    /// The sound of a shared screen.
    ScreenAudio,
}

pub(super) struct ScreenBar {
    pub row: model::bar::Bar,
    pub account: model::account::Account,
}

/// Somebody who stays off a session's screen until a host lifts that. Seen by hosts of the session.
#[Object]
impl ScreenBar {
    /// Who.
    async fn person(&self) -> Person {
        Person::from(&self.account)
    }

    /// Who took them off the screen, while they have an account.
    async fn barred_by(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        let Some(host) = self.row.barred_by else { return Ok(None) };
        Ok(ctx.loaders().load_one(PersonOf(host)).await?.as_ref().map(Person::from))
    }

    /// Since when.
    async fn created_at(&self) -> DateTime<Utc> {
        self.row.created_at.utc()
    }
}

connection!(ScreenBarConnection, ScreenBarEdge, ScreenBar, "people who stay off the screen");

/// For `removeFromScreen`.
#[derive(InputObject)]
struct RemoveFromScreenInput {
    /// The session.
    session_id: ID,
    /// The person.
    person_id: ID,
}

/// For `liftBar`.
#[derive(InputObject)]
struct LiftBarInput {
    /// The session.
    session_id: ID,
    /// The person.
    person_id: ID,
}

/// For `muteOnScreen`.
#[derive(InputObject)]
struct MuteOnScreenInput {
    /// The session.
    session_id: ID,
    /// The person.
    person_id: ID,
    /// What of theirs.
    source: ScreenSource,
}

/// For `removeScreenShare`.
#[derive(InputObject)]
struct RemoveScreenShareInput {
    /// The session.
    session_id: ID,
    /// The person.
    person_id: ID,
}

/// For `removeYoutube`.
#[derive(InputObject)]
struct RemoveYoutubeInput {
    /// The session.
    session_id: ID,
}

fn target(session: &ID, person: &ID) -> Result<Target> {
    Ok(Target { session: parse(session, "session")?, person: parse(person, "person")? })
}

#[derive(Default)]
pub(super) struct ScreenMutation;

#[Object]
impl ScreenMutation {
    /// Takes a person off the screen with everything that they send, and takes back that they may go there: where it is moderated
    /// they must ask again. By an organizer, or in a session of one's own, they are also barred from its screen until a host
    /// lifts that. For hosts; a host is taken off by organizers only, and organizers are never barred.
    async fn remove_from_screen(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The session and the person.")] input: RemoveFromScreenInput,
    ) -> Result<SessionPayload> {
        let target = target(&input.session_id, &input.person_id)?;
        Ok(SessionPayload { session: screen::remove(ctx.app(), &ctx.caller(), target).await?.into() })
    }

    /// Lets a person back on the screen who was barred, in the way in which others come there. For hosts.
    async fn lift_bar(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The session and the person.")] input: LiftBarInput,
    ) -> Result<SessionPayload> {
        let target = target(&input.session_id, &input.person_id)?;
        Ok(SessionPayload { session: screen::lift_bar(ctx.app(), &ctx.caller(), target).await?.into() })
    }

    /// Mutes what a person sends, for everyone; they may unmute it again. Who has lost the connection comes back muted. For hosts.
    /// `UNAVAILABLE` while media could not hear of it.
    async fn mute_on_screen(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The session, the person, and what to mute.")] input: MuteOnScreenInput,
    ) -> Result<SessionPayload> {
        let target = target(&input.session_id, &input.person_id)?;
        let muted = screen::mute(ctx.app(), &ctx.caller(), target, input.source.into()).await?;
        Ok(SessionPayload { session: muted.into() })
    }

    /// Ends a person's screen share; they stay on screen otherwise, and may share again. For hosts; that of a host is ended by
    /// organizers only. `UNAVAILABLE` while media could not hear of it.
    async fn remove_screen_share(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The session and the person.")] input: RemoveScreenShareInput,
    ) -> Result<SessionPayload> {
        let target = target(&input.session_id, &input.person_id)?;
        Ok(SessionPayload { session: screen::remove_share(ctx.app(), &ctx.caller(), target).await?.into() })
    }

    /// Ends the YouTube video that somebody shares; they may share another one. For hosts. `UNAVAILABLE` while media could not hear
    /// of it.
    async fn remove_youtube(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The session.")] input: RemoveYoutubeInput,
    ) -> Result<SessionPayload> {
        let id = parse(&input.session_id, "session")?;
        Ok(SessionPayload { session: screen::youtube::remove(ctx.app(), &ctx.caller(), id).await?.into() })
    }
}
