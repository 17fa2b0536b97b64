//! Moderators (D4) and sharers (D2) of a session in GraphQL.

use super::context::{Ask, parse};
use super::session::SessionPayload;
use crate::ops::chosen::{self, Role};
use async_graphql::{Context, ID, InputObject, Object, Result};

/// For `addModerator`.
#[derive(InputObject)]
struct AddModeratorInput {
    /// The session.
    session_id: ID,
    /// The email address of a person who is registered for the event.
    email: String,
    /// Also invite the person, if they are not among those who can watch; false unless given, and refused then with the
    /// problem `invite`/`REQUIRED`.
    invite: Option<bool>,
}

/// For `removeModerator`.
#[derive(InputObject)]
struct RemoveModeratorInput {
    /// The session.
    session_id: ID,
    /// The person.
    person_id: ID,
}

/// For `addSharer`.
#[derive(InputObject)]
struct AddSharerInput {
    /// The session.
    session_id: ID,
    /// The email address of a person who is registered for the event.
    email: String,
    /// Also invite the person, if they are not among those who can watch; false unless given, and refused then with the
    /// problem `invite`/`REQUIRED`.
    invite: Option<bool>,
}

/// For `removeSharer`.
#[derive(InputObject)]
struct RemoveSharerInput {
    /// The session.
    session_id: ID,
    /// The person.
    person_id: ID,
}

async fn add(
    ctx: &Context<'_>,
    role: Role,
    session: &ID,
    email: String,
    invite: Option<bool>,
) -> Result<SessionPayload> {
    let id = parse(session, "session")?;
    let view = chosen::add(ctx.app(), &ctx.caller(), id, role, email, invite.unwrap_or(false)).await?;
    Ok(SessionPayload { session: view.into() })
}

async fn remove(ctx: &Context<'_>, role: Role, session: &ID, person: &ID) -> Result<SessionPayload> {
    let (id, person) = (parse(session, "session")?, parse(person, "person")?);
    let view = chosen::remove(ctx.app(), &ctx.caller(), id, role, person).await?;
    Ok(SessionPayload { session: view.into() })
}

#[derive(Default)]
pub(super) struct ChosenMutation;

#[Object]
impl ChosenMutation {
    /// Makes somebody a moderator of a session, who is a host of it while it is moderated. They must be registered for the
    /// event and be among those who can watch. For organizers.
    async fn add_moderator(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The session and the person.")] input: AddModeratorInput,
    ) -> Result<SessionPayload> {
        add(ctx, Role::Moderator, &input.session_id, input.email, input.invite).await
    }

    /// Takes a moderator's powers back. For organizers.
    async fn remove_moderator(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The session and the person.")] input: RemoveModeratorInput,
    ) -> Result<SessionPayload> {
        remove(ctx, Role::Moderator, &input.session_id, &input.person_id).await
    }

    /// Lets somebody go on screen where that is by invitation only. They must be registered for the event and be among those
    /// who can watch. For organizers.
    async fn add_sharer(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The session and the person.")] input: AddSharerInput,
    ) -> Result<SessionPayload> {
        add(ctx, Role::Sharer, &input.session_id, input.email, input.invite).await
    }

    /// Takes that back: the person leaves the screen, and goes on watching. For organizers.
    async fn remove_sharer(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The session and the person.")] input: RemoveSharerInput,
    ) -> Result<SessionPayload> {
        remove(ctx, Role::Sharer, &input.session_id, &input.person_id).await
    }
}
