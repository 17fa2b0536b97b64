//! What clients can watch. Each change carries what its payload needs; nothing is read again for a subscriber.

use super::context::{Ask, Lagged, parse};
use super::event::Event;
use super::room::RoomState;
use super::session::Session;
use crate::access::{self, Caller, Standing};
use crate::app::App;
use crate::error::{Error, Result};
use crate::feed::{Audience, Change, Topic};
use crate::ids::{EventId, SessionId};
use crate::media_link::Live;
use crate::model::event;
use crate::ops;
use async_graphql::{Context, ID, SimpleObject, Subscription as GraphqlSubscription};
use futures_util::Stream;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

/// A session was made, changed or deleted.
#[derive(SimpleObject)]
struct SessionChange {
    /// The session.
    session_id: ID,
    /// As it is now; nothing when it was deleted, or when the subscriber does not find it any more.
    session: Option<Session>,
}

pub struct Subscription;

/// What clients can watch.
#[GraphqlSubscription]
impl Subscription {
    /// Every change of a session that the subscriber finds, or found before the change. For those in the venue.
    async fn session_changed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The event whose sessions to watch.")] event_id: ID,
    ) -> async_graphql::Result<impl Stream<Item = async_graphql::Result<SessionChange>>> {
        let watch = Watch::new(ctx, parse(&event_id, "event")?, Place::Venue).await?;
        Ok(watch.listen(Topic::Event, |watcher, change| match change {
            Change::Session(change) => {
                let after = change.after.as_ref().filter(|view| watcher.finds(&view.audience));
                (after.is_some() || watcher.finds(&change.seen_before)).then(|| SessionChange {
                    session_id: ID(change.id.to_string()),
                    session: after.cloned().map(Session::from),
                })
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
        let watch = Watch::new(ctx, parse(&event_id, "event")?, Place::Outside).await?;
        Ok(watch.listen(Topic::Event, |watcher, change| match change {
            Change::Event(event) => access::see_event(&watcher.caller, event).is_ok().then(|| Event(Arc::clone(event))),
            _ => None,
        }))
    }

    /// The live state of rooms whenever it changes, at most once a second for each. For those who find the session.
    async fn room_changed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The event whose rooms to watch.")] event_id: ID,
        #[graphql(desc = "One session instead of all.")] session_id: Option<ID>,
    ) -> async_graphql::Result<impl Stream<Item = async_graphql::Result<RoomState>>> {
        let event = parse(&event_id, "event")?;
        let session: Option<SessionId> = session_id.map(|id| parse(&id, "session")).transpose()?;
        let watch = Watch::new(ctx, event, Place::Venue).await?;
        if let Some(id) = session {
            let found = ops::session::find(ctx.app(), &ctx.caller(), id).await?;
            found.filter(|view| view.event.id == event).ok_or(Error::NotFound("session"))?;
        }
        let topic = move |event| session.map_or(Topic::Rooms(event), Topic::Room);
        Ok(watch.listen(topic, |watcher, change| match change {
            Change::Room(change) if watcher.finds(&change.audience) => {
                let live = Live { counts: change.counts, speakers: Arc::clone(&change.speakers) };
                Some(RoomState::of(change.session, live))
            }
            _ => None,
        }))
    }
}

/// Where one must be allowed to be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Outside,
    Venue,
}

/// Who watches an event, asked again when what they may do changes.
struct Watcher {
    caller: Arc<Caller>,
    standing: Standing,
}

impl Watcher {
    fn finds(&self, audience: &Audience) -> bool {
        let invited = self.caller.account.as_ref().is_some_and(|account| audience.includes(account.id));
        self.standing.organizer && *audience != Audience::Nobody || self.standing.registered && invited
    }
}

/// A subscription to an event's changes, not listening yet.
struct Watch {
    app: Arc<App>,
    event: EventId,
    place: Place,
    watcher: Watcher,
    lagged: Lagged,
}

impl Watch {
    async fn new(ctx: &Context<'_>, event: EventId, place: Place) -> Result<Self> {
        let app = Arc::clone(ctx.app());
        let watcher = watcher(&app, ctx.caller(), event, place).await?;
        let lagged = ctx.data_opt::<Lagged>().cloned().unwrap_or_default();
        Ok(Self { app, event, place, watcher, lagged })
    }

    /// What `pick` makes of the topic's changes for this watcher, until they may not watch any more.
    fn listen<T: Send + 'static>(
        self,
        topic: impl FnOnce(EventId) -> Topic,
        pick: impl Fn(&Watcher, &Change) -> Option<T> + Send + 'static,
    ) -> impl Stream<Item = async_graphql::Result<T>> {
        let changes = self.app.feed.subscribe(topic(self.event));
        let accounts = self.app.feed.subscribe(Topic::Accounts);
        let state = Some((self, changes, accounts, pick));
        futures_util::stream::unfold(state, |state| async move {
            let (mut watch, mut changes, mut accounts, pick) = state?;
            loop {
                match watch.next(&mut changes, &mut accounts).await {
                    Ok(Some(change)) => {
                        if let Some(item) = pick(&watch.watcher, &change) {
                            return Some((Ok(item), Some((watch, changes, accounts, pick))));
                        }
                    }
                    Ok(None) => return None,
                    Err(error) => return Some((Err(error.into()), None)),
                }
            }
        })
    }

    /// The next change; nothing when this subscription fell behind, which ends its socket.
    async fn next(
        &mut self,
        changes: &mut Receiver<Change>,
        accounts: &mut Receiver<Change>,
    ) -> Result<Option<Change>> {
        loop {
            let received = tokio::select! {
                biased;
                change = accounts.recv() => change,
                change = changes.recv() => change,
            };
            match received {
                Ok(Change::Standing(account)) => {
                    if self.watcher.caller.account.as_ref().is_some_and(|own| own.id == account) {
                        let caller = ops::account::again(&self.app, &self.watcher.caller).await?;
                        self.watcher = watcher(&self.app, Arc::new(caller), self.event, self.place).await?;
                    }
                }
                Ok(Change::LoginEnded(_)) => {}
                Ok(change) => return Ok(Some(change)),
                Err(RecvError::Lagged(_) | RecvError::Closed) => {
                    self.lagged.0.store(true, Ordering::Relaxed);
                    return Ok(None);
                }
            }
        }
    }
}

async fn watcher(app: &App, caller: Arc<Caller>, event: EventId, place: Place) -> Result<Watcher> {
    let asking = Arc::clone(&caller);
    let (event, standing): (event::Event, Standing) = app
        .db
        .read(move |conn| {
            let event = ops::seen_event(conn, &asking, event)?;
            let standing = ops::standing(conn, &asking, &event)?;
            Ok((event, standing))
        })
        .await?;
    if place == Place::Venue {
        access::be_in_venue(&caller, &event, standing)?;
    }
    Ok(Watcher { caller, standing })
}
