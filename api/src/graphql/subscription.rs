//! What clients can watch. Each change carries what its payload needs; nothing is read again for a subscriber.

mod chat;

use super::chat::Chat;
use super::context::{AsNow, Ask, Lagged, parse};
use super::event::Event;
use super::message::Message;
use super::once::Once;
use super::room::RoomState;
use super::segment::{Reader, Segment};
use super::session::Session;
use crate::access::{self, Caller, Standing};
use crate::app::App;
use crate::clock::Time;
use crate::error::{Error, Result};
use crate::feed::{self, Audience, Change, Seen, SessionView, Topic};
use crate::ids::{EventId, SessionId};
use crate::media_link::Live;
use crate::model::event;
use crate::ops;
use crate::timing::Timing;
use async_graphql::{Context, ID, SimpleObject, Subscription};
use futures_util::{Stream, StreamExt, stream};
use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

/// A session was made, changed or deleted.
#[derive(SimpleObject)]
struct SessionChange {
    /// The session.
    session_id: ID,
    /// The version that it has by this change, its deletion included: of two changes the higher one is newer.
    version: i64,
    /// As it is now; nothing when it was deleted, or when the subscriber does not find it any more.
    session: Option<Session>,
}

/// A segment was taken into the caller's agenda, or out of it.
#[derive(SimpleObject)]
struct AgendaChange {
    /// The segment.
    segment_id: ID,
    /// Whether it is in the agenda now.
    included: bool,
}

/// A segment was made, changed or deleted, or others see it now.
#[derive(SimpleObject)]
struct SegmentChange {
    /// The segment.
    segment_id: ID,
    /// The version that it has by this change, its deletion included: of two changes the higher one is newer.
    version: i64,
    /// As it is now; nothing when it was deleted, or when the subscriber does not see it any more.
    segment: Option<Segment>,
}

#[derive(Default)]
pub(super) struct ChangeSubscription;

#[Subscription]
impl ChangeSubscription {
    /// Every change of a session that the subscriber finds, or found before the change. For those in the venue.
    async fn session_changed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The event whose sessions to watch.")] event_id: ID,
        #[graphql(desc = "One session instead of all.")] session_id: Option<ID>,
    ) -> async_graphql::Result<impl Stream<Item = async_graphql::Result<Once<SessionChange>>>> {
        let event = parse(&event_id, "event")?;
        let only: Option<SessionId> = session_id.map(|id| parse(&id, "session")).transpose()?;
        let watch = Watch::new(ctx, Topic::Event(event), event, Place::Venue).await?;
        let app = Arc::clone(ctx.app());
        Ok(watch.listen(move |watcher, change| match change {
            Change::Session(session) if only.is_none_or(|only| only == session.id) => {
                let after = session.after.as_ref().filter(|(_, reach)| watcher.finds(&reach.audience));
                let after = after.map(|(view, _)| view);
                let early = after.is_some_and(|view| watcher.is_early(view, app.clock.now()));
                let payload = SessionChange {
                    session_id: ID(session.id.to_string()),
                    version: session.version,
                    session: after.map(|view| Session::told(view.clone(), early)),
                };
                match after {
                    // A few, who are told more than all the others.
                    Some(_) if early => Some(Once::alone(payload)),
                    Some(_) => Some(Once::shared(payload, change)),
                    None => watcher.finds(&session.seen_before).then(|| Once::alone(payload)),
                }
            }
            _ => None,
        }))
    }

    /// Every change of a segment that the subscriber sees, or saw before the change, with the sessions in it that they find. For
    /// those in the venue.
    async fn segment_changed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The event whose schedule to watch.")] event_id: ID,
    ) -> async_graphql::Result<impl Stream<Item = async_graphql::Result<Once<SegmentChange>>>> {
        let event = parse(&event_id, "event")?;
        let watch = Watch::new(ctx, Topic::Event(event), event, Place::Venue).await?;
        Ok(watch.listen(|watcher, change| match change {
            Change::Segment(segment) => {
                let after = segment.after.as_ref().filter(|view| watcher.sees(&view.seen));
                let payload = SegmentChange {
                    segment_id: ID(segment.id.to_string()),
                    version: segment.version,
                    segment: after.map(|view| {
                        let reader = Reader::of(&watcher.caller, watcher.standing);
                        Segment::seen(view, reader, |audience| watcher.finds(audience))
                    }),
                };
                match after {
                    // Who finds all of its sessions is told the same as others who do.
                    Some(view) if view.sessions.iter().all(|(_, audience)| watcher.finds(audience)) => {
                        Some(Once::shared(payload, change))
                    }
                    Some(_) => Some(Once::alone(payload)),
                    None => watcher.sees(&segment.seen_before).then(|| Once::alone(payload)),
                }
            }
            _ => None,
        }))
    }

    /// The event whenever it changes, also when its state turns with the clock. For those who can see it.
    async fn event_changed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The event to watch.")] event_id: ID,
    ) -> async_graphql::Result<impl Stream<Item = async_graphql::Result<Event>>> {
        let event = parse(&event_id, "event")?;
        let watch = Watch::new(ctx, Topic::Event(event), event, Place::Outside).await?;
        Ok(watch.listen(|watcher, change| match change {
            Change::Event(event) => access::see_event(&watcher.caller, event).is_ok().then(|| Event(Arc::clone(event))),
            _ => None,
        }))
    }

    /// The event as the caller sees it, whenever what they are in it changes: another ticket type, removed, let in again. What
    /// they find in it may then be something else. For those who are signed in.
    async fn my_standing_changed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The event.")] event_id: ID,
    ) -> async_graphql::Result<impl Stream<Item = async_graphql::Result<Event>>> {
        let event = parse(&event_id, "event")?;
        let account = ctx.caller().account()?.id;
        let watch = Watch::new(ctx, Topic::Account(account), event, Place::Outside).await?;
        Ok(watch.listen(|watcher, change| match change {
            Change::Standing => Some(Event(Arc::clone(&watcher.event))),
            _ => None,
        }))
    }

    /// What the caller takes into their agenda of the event, and out of it, in whichever of their windows.
    async fn agenda_changed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The event.")] event_id: ID,
    ) -> async_graphql::Result<impl Stream<Item = async_graphql::Result<AgendaChange>>> {
        let event = parse(&event_id, "event")?;
        ctx.caller().account()?;
        // A watch hears of its own account anyway: that topic once more would tell everything twice.
        let watch = Watch::new(ctx, Topic::Access(event), event, Place::Venue).await?;
        Ok(watch.listen(move |_watcher, change| match change {
            Change::Agenda { event: of, segment, included } if *of == event => {
                Some(AgendaChange { segment_id: ID(segment.to_string()), included: *included })
            }
            _ => None,
        }))
    }

    /// The live state of rooms whenever it changes, at most once a second for each; of one session also at once, so that nothing is
    /// missed after a query. For those who find the session, before it opens for organizers alone.
    async fn room_changed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The event whose rooms to watch.")] event_id: ID,
        #[graphql(desc = "One session instead of all.")] session_id: Option<ID>,
    ) -> async_graphql::Result<impl Stream<Item = async_graphql::Result<Once<RoomState>>>> {
        let event = parse(&event_id, "event")?;
        let session: Option<SessionId> = session_id.map(|id| parse(&id, "session")).transpose()?;
        let topic = session.map_or(Topic::Rooms(event), Topic::Room);
        let watch = Watch::new(ctx, topic, event, Place::Venue).await?;
        let mut first = None;
        if let Some(id) = session {
            let found = ops::session::find(ctx.app(), &ctx.caller(), id).await?;
            let view = found.filter(|view| view.event.id == event).ok_or(Error::NotFound("session"))?;
            // Listening by now: what changes in between is heard.
            let now = ops::room::state_now(ctx.app(), &view).await?;
            first = room_told(&watch.watcher, &Change::Room(now));
        }
        Ok(stream::iter(first.map(Ok)).chain(watch.listen(room_told)))
    }

    /// The messages of a session's chat as they are sent, edited, deleted and reacted to, in the order of their changes. For those
    /// who may read it; it ends with `NOT_FOUND` or `NOT_OPEN` when they may not any more.
    async fn message_changed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The session.")] session_id: ID,
        #[graphql(
            desc = "The last change that the subscriber knows: what has changed since comes first, each message once as it is \
                    now. CONFLICT when that is over 1,000 messages, or when there was no such change: then the list of messages \
                    has to be read again. Without it, only what happens from now on."
        )]
        after_revision: Option<i64>,
    ) -> async_graphql::Result<impl Stream<Item = async_graphql::Result<Once<Message>>>> {
        Ok(chat::messages(ctx, parse(&session_id, "session")?, after_revision).await?)
    }

    /// The chat of a session whenever it is set in another way, or another message is pinned. For those who may read it; it ends
    /// as `messageChanged` does.
    async fn chat_changed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The session.")] session_id: ID,
    ) -> async_graphql::Result<impl Stream<Item = async_graphql::Result<Once<Chat>>>> {
        Ok(chat::settings(ctx, parse(&session_id, "session")?).await?)
    }
}

/// What a watcher hears of a room, if it is for them.
fn room_told(watcher: &Watcher, change: &Change) -> Option<Once<RoomState>> {
    match change {
        Change::Room(room) if watcher.finds(&room.audience) => {
            let (counts, speakers) = (room.counts, Arc::clone(&room.speakers));
            let (youtube, hands) = (room.youtube.clone(), Arc::clone(&room.hands));
            let live = Live { counts, speakers, hosts: room.hosts, youtube, hands, recording: room.recording };
            Some(Once::shared(RoomState::told(room.session, live), change))
        }
        _ => None,
    }
}

/// Where one must be allowed to be.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Outside,
    Venue,
}

/// Who watches an event, asked again when what they may do changes.
pub(super) struct Watcher {
    caller: Arc<Caller>,
    event: Arc<event::Event>,
    pub standing: Standing,
}

impl Watcher {
    pub(super) fn finds(&self, audience: &Audience) -> bool {
        let included = self.caller.account.as_ref().zip(self.standing.ticket);
        self.standing.organizer && *audience != Audience::Nobody
            || included.is_some_and(|(account, ticket)| audience.includes(account.id, ticket))
    }

    /// Whether they see the session before its time, and it is before that now (F6).
    fn is_early(&self, view: &SessionView, now: Time) -> bool {
        let timing = Timing::of(view.session.scheduling, &view.windows, now);
        let speaks = self.caller.account.as_ref().is_some_and(|account| view.speakers.contains(&account.id));
        matches!(timing, Timing::Before(_)) && access::sees_test_run(self.standing, speaks)
    }

    fn sees(&self, seen: &Seen) -> bool {
        let included = self.caller.account.as_ref().zip(self.standing.ticket);
        self.standing.organizer && *seen != Seen::Nobody
            || included.is_some_and(|(account, ticket)| seen.includes(account.id, ticket))
    }
}

/// A subscription to changes in an event.
pub(super) struct Watch {
    app: Arc<App>,
    event: EventId,
    place: Place,
    pub watcher: Watcher,
    /// What the resolvers of a payload go by.
    caller: AsNow,
    changes: Receiver<Change>,
    /// Came together with others, and is still to be told.
    waiting: VecDeque<Change>,
    /// Of the watcher's own account; strangers have none.
    account: Option<Receiver<Change>>,
    access: Receiver<Change>,
    lagged: Lagged,
}

impl Watch {
    pub(super) async fn new(ctx: &Context<'_>, topic: Topic, event: EventId, place: Place) -> Result<Self> {
        let app = Arc::clone(ctx.app());
        let caller = ctx.request().caller_as_now();
        // Listening before asking: what changes in between is then heard.
        let changes = app.feed.subscribe(topic);
        let account = caller.get().account.as_ref().map(|account| app.feed.subscribe(Topic::Account(account.id)));
        let access = app.feed.subscribe(Topic::Access(event));
        let watcher = watcher(&app, &caller, event, place).await?;
        let lagged = ctx.data_opt::<Lagged>().cloned().unwrap_or_default();
        let waiting = VecDeque::new();
        Ok(Self { app, event, place, watcher, caller, changes, waiting, account, access, lagged })
    }

    /// What `pick` makes of the topic's changes for this watcher, until they may not watch any more.
    pub(super) fn listen<T: Send + 'static>(
        self,
        pick: impl FnMut(&Watcher, &Change) -> Option<T> + Send + 'static,
    ) -> impl Stream<Item = async_graphql::Result<T>> {
        stream::unfold(Some((self, pick)), |state| async move {
            let (mut watch, mut pick) = state?;
            loop {
                match watch.next().await {
                    Ok(Some(change)) => {
                        if let Some(item) = pick(&watch.watcher, &change) {
                            return Some((Ok(item), Some((watch, pick))));
                        }
                    }
                    Ok(None) => return None,
                    Err(error) => return Some((Err(error.into()), None)),
                }
            }
        })
    }

    /// The next change; nothing when this subscription fell behind, which ends its socket.
    async fn next(&mut self) -> Result<Option<Change>> {
        loop {
            let (told, received) = tokio::select! {
                biased;
                change = feed::next(&mut self.account) => (false, change),
                change = self.access.recv() => (false, change),
                () = std::future::ready(()), if !self.waiting.is_empty() => return Ok(self.waiting.pop_front()),
                change = self.changes.recv() => (true, change),
            };
            match received {
                Ok(change @ (Change::Standing | Change::AccessChanged)) => {
                    self.watcher = watcher(&self.app, &self.caller, self.event, self.place).await?;
                    // It is what is watched, where an account is.
                    if told {
                        return Ok(Some(change));
                    }
                }
                Ok(Change::LoginEnded(_)) => {}
                Ok(Change::Rooms(rooms)) => self.waiting.extend(rooms.iter().cloned().map(Change::Room)),
                Ok(Change::Sessions(all)) => self.waiting.extend(all.iter().cloned().map(Change::Session)),
                Ok(Change::Segments(all)) => self.waiting.extend(all.iter().cloned().map(Change::Segment)),
                Ok(Change::ShareRequests(all)) => self.waiting.extend(all.iter().cloned().map(Change::ShareRequest)),
                Ok(Change::Recordings(all)) => self.waiting.extend(all.iter().cloned().map(Change::Recording)),
                Ok(change) => return Ok(Some(change)),
                Err(RecvError::Lagged(_) | RecvError::Closed) => {
                    self.lagged.0.store(true, Ordering::Relaxed);
                    return Ok(None);
                }
            }
        }
    }
}

/// Asks who the caller is now and whether they may watch, and keeps that for the resolvers.
async fn watcher(app: &App, caller: &AsNow, event: EventId, place: Place) -> Result<Watcher> {
    let (asking, now) = (caller.get(), app.clock.now());
    let (renewed, event, standing): (Caller, event::Event, Standing) = app
        .db
        .read(move |conn| {
            let caller = ops::account::again(conn, &asking, now)?;
            let event = ops::seen_event(conn, &caller, event)?;
            let standing = ops::standing(conn, &caller, &event)?;
            Ok((caller, event, standing))
        })
        .await?;
    if place == Place::Venue {
        access::be_in_venue(&renewed, &event, standing)?;
    }
    let (renewed, event) = (Arc::new(renewed), Arc::new(event));
    caller.set(Arc::clone(&renewed));
    Ok(Watcher { caller: renewed, event, standing })
}
