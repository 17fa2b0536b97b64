//! What organizers do to the list of sessions as a whole: order, copies, many at once, and taking a deletion back.

use super::context::{Ask, parse};
use super::event::Event;
use super::session::{DisplaySize, Session, SessionPayload, ShareAccess, WatchAccess, tickets};
use crate::clock::Time;
use crate::error::Error;
use crate::ids::SessionId;
use crate::limits;
use crate::local_time;
use crate::model::event;
use crate::model::session::Wanted;
use crate::ops;
use crate::ops::session::many::ManyPatch;
use crate::ops::session::order::Place;
use crate::validate::{Code, Problem};
use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use chrono::{Datelike, NaiveDate};
use chrono_tz::Tz;

/// Which sessions are wanted. Within each list any entry will do; every list that is given and not empty has to be met.
#[derive(InputObject, Default)]
pub(super) struct SessionFilter {
    /// Active on one of these dates, as the calendar of the event's time zone has them: shown by a published segment. Always
    /// open sessions are active on every date. Up to 100.
    dates: Option<Vec<NaiveDate>>,
    /// Available to holders of one of these ticket types, those that anyone may watch included. Up to 100.
    ticket_type_ids: Option<Vec<ID>>,
    /// With one of these tags, in any case. Up to 100.
    tags: Option<Vec<String>>,
}

impl SessionFilter {
    pub(super) fn wanted(self, event: &event::Event, search: Option<String>) -> std::result::Result<Wanted, Error> {
        let dates = few("dates", self.dates.unwrap_or_default())?;
        let tickets = few("ticketTypeIds", self.ticket_type_ids.unwrap_or_default())?;
        let tags = few("tags", self.tags.unwrap_or_default())?;
        let zone = local_time::zone(&event.time_zone);
        let days: std::result::Result<_, Error> = dates.into_iter().map(|date| day(zone, date)).collect();
        let tickets: std::result::Result<_, _> = tickets.iter().map(|id| parse(id, "ticket type")).collect();
        Ok(Wanted {
            search,
            days: days?,
            tickets: tickets?,
            tags: tags.into_iter().map(|tag| tag.trim().to_lowercase()).collect(),
        })
    }
}

fn day(zone: Tz, date: NaiveDate) -> std::result::Result<(Time, Time), Error> {
    let message = "dates must be in a year that an event may be in.";
    let unusual = || Problem::new("dates", Code::OutOfRange, message).into();
    limits::YEARS.contains(&date.year()).then(|| local_time::day(zone, date)).ok_or_else(unusual)
}

fn few<T>(field: &'static str, list: Vec<T>) -> std::result::Result<Vec<T>, Error> {
    if list.len() <= limits::FILTER {
        return Ok(list);
    }
    let message = format!("{field} has {} entries at the most.", limits::FILTER);
    Err(Problem::new(field, Code::OutOfRange, message).into())
}

/// One to a hundred sessions, each once.
fn some(ids: &[ID]) -> std::result::Result<Vec<SessionId>, Error> {
    if ids.is_empty() || ids.len() > limits::SESSIONS_AT_ONCE {
        let message = format!("ids has 1 to {} entries.", limits::SESSIONS_AT_ONCE);
        return Err(Problem::new("ids", Code::OutOfRange, message).into());
    }
    let mut ids: Vec<SessionId> = ids.iter().map(|id| parse(id, "session")).collect::<std::result::Result<_, _>>()?;
    // In one order everywhere: two of these at once must not wait for each other.
    ids.sort_by_key(SessionId::to_string);
    ids.dedup();
    Ok(ids)
}

/// For `moveSession`: one of the two neighbours.
#[derive(InputObject)]
struct MoveSessionInput {
    /// The session.
    id: ID,
    /// It goes right after this one, of the same event and priority.
    after_id: Option<ID>,
    /// It goes right before this one, of the same event and priority.
    before_id: Option<ID>,
}

/// For `duplicateSession`.
#[derive(InputObject)]
struct DuplicateSessionInput {
    /// The session to copy.
    id: ID,
}

/// For `restoreSession`.
#[derive(InputObject)]
struct RestoreSessionInput {
    /// The session that was deleted.
    id: ID,
}

/// For `restoreSessions`.
#[derive(InputObject)]
struct RestoreSessionsInput {
    /// The sessions that were deleted, 1 to 100, of one event.
    ids: Vec<ID>,
}

/// For `deleteSessions`.
#[derive(InputObject)]
struct DeleteSessionsInput {
    /// The sessions, 1 to 100, of one event.
    ids: Vec<ID>,
}

/// For `updateSessions`: what is not given stays.
#[derive(InputObject)]
struct UpdateSessionsInput {
    /// The sessions, 1 to 100, of one event.
    ids: Vec<ID>,
    /// Tags that each gets beside those it has, up to 10; none may end up with more than 10.
    add_tags: Option<Vec<String>>,
    /// Tags that each loses, in any case.
    remove_tags: Option<Vec<String>>,
    /// Who can watch.
    watch_access: Option<WatchAccess>,
    /// The ticket types whose holders can watch, for `TICKETS`, instead of those that each has.
    ticket_type_ids: Option<Vec<ID>>,
    /// Who can share audio and video.
    share_access: Option<ShareAccess>,
    /// True to invite those on screen of each that becomes INVITE_ONLY. Without it, those leave the screen who were not chosen
    /// before.
    invite_on_screen: Option<bool>,
    /// How wide the cards are.
    display_size: Option<DisplaySize>,
    /// Whether a YouTube video may be shared.
    youtube_sharing: Option<bool>,
}

/// Sessions after a change of all of them.
#[derive(SimpleObject)]
struct SessionsPayload {
    /// The sessions.
    sessions: Vec<Session>,
}

/// The sessions are in no list any more.
#[derive(SimpleObject)]
struct DeleteSessionsPayload {
    /// The ids that they had.
    ids: Vec<ID>,
    /// The event that they belonged to.
    event: Event,
}

#[derive(Default)]
pub(super) struct SessionListMutation;

#[Object]
impl SessionListMutation {
    /// Puts a session beside another one of the same priority. For organizers.
    async fn move_session(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The session, and beside which it goes.")] input: MoveSessionInput,
    ) -> Result<SessionPayload> {
        let id = parse(&input.id, "session")?;
        let place = match (input.after_id, input.before_id) {
            (Some(after), None) => Place::After(parse(&after, "session")?),
            (None, Some(before)) => Place::Before(parse(&before, "session")?),
            _ => {
                return Err(
                    Error::from(Problem::new("afterId", Code::Required, "Give either afterId or beforeId.")).into()
                );
            }
        };
        Ok(SessionPayload { session: ops::session::order::put(ctx.app(), &ctx.caller(), id, place).await?.into() })
    }

    /// Makes a copy of a session: settings, tags, invite list, moderators; no segments and another link. For organizers.
    async fn duplicate_session(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The session to copy.")] input: DuplicateSessionInput,
    ) -> Result<SessionPayload> {
        let id = parse(&input.id, "session")?;
        Ok(SessionPayload { session: ops::session::copy::duplicate(ctx.app(), &ctx.caller(), id).await?.into() })
    }

    /// Takes the deletion of a session back, within 10 seconds of it. For organizers.
    async fn restore_session(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The session.")] input: RestoreSessionInput,
    ) -> Result<SessionPayload> {
        let ids = vec![parse(&input.id, "session")?];
        let restored = ops::session::removal::restore(ctx.app(), &ctx.caller(), ids).await?;
        let session = restored.into_iter().next().ok_or(Error::NotFound("session"))?;
        Ok(SessionPayload { session: session.into() })
    }

    /// Takes the deletion of many sessions back, within 10 seconds of it: of all or none. For organizers.
    async fn restore_sessions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The sessions.")] input: RestoreSessionsInput,
    ) -> Result<SessionsPayload> {
        let restored = ops::session::removal::restore(ctx.app(), &ctx.caller(), some(&input.ids)?).await?;
        Ok(SessionsPayload { sessions: restored.into_iter().map(Session::from).collect() })
    }

    /// Deletes many sessions, all or none; see `deleteSession`. For organizers.
    async fn delete_sessions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The sessions.")] input: DeleteSessionsInput,
    ) -> Result<DeleteSessionsPayload> {
        let event = ops::session::removal::delete(ctx.app(), &ctx.caller(), some(&input.ids)?).await?;
        Ok(DeleteSessionsPayload { ids: input.ids, event: Event(event) })
    }

    /// Changes many sessions alike, all or none. For organizers.
    async fn update_sessions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The sessions, and what to change.")] input: UpdateSessionsInput,
    ) -> Result<SessionsPayload> {
        let ids = some(&input.ids)?;
        let patch = ManyPatch {
            add_tags: input.add_tags.unwrap_or_default(),
            remove_tags: few("removeTags", input.remove_tags.unwrap_or_default())?,
            watch_access: input.watch_access.map(Into::into),
            tickets: input.ticket_type_ids.map(tickets).transpose()?,
            share_access: input.share_access.map(Into::into),
            invite_on_screen: input.invite_on_screen.unwrap_or(false),
            display_size: input.display_size.map(Into::into),
            youtube_sharing: input.youtube_sharing,
        };
        let views = ops::session::many::update(ctx.app(), &ctx.caller(), ids, patch).await?;
        Ok(SessionsPayload { sessions: views.into_iter().map(Session::from).collect() })
    }
}
