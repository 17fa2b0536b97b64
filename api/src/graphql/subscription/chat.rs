//! What is told of the chat of one session (I1). Who reads there is asked when they begin, and again when their rights or the
//! session change: between that, messages come without the database being read.

use super::Watcher;
use crate::app::App;
use crate::error::{Error, Result};
use crate::feed::{Change, ChatView, MessageChange, SessionChange, Topic};
use crate::graphql::chat::Chat;
use crate::graphql::context::{AsNow, Ask, Lagged};
use crate::graphql::message::Message;
use crate::graphql::once::Once;
use crate::ids::SessionId;
use crate::limits;
use crate::model::message::Place;
use crate::ops;
use crate::ops::chat::Participant;
use crate::timing::Timing;
use async_graphql::Context;
use futures_util::Stream;
use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

/// The messages of the chat that changed after `revision`, each once as it is now, then every change as it comes; without a
/// revision only what comes.
pub(super) async fn messages(
    ctx: &Context<'_>,
    id: SessionId,
    revision: Option<i64>,
) -> Result<impl Stream<Item = async_graphql::Result<Once<Message>>>> {
    let mut watch = ChatWatch::new(ctx, Topic::Messages(id), id).await?;
    if let Some(revision) = revision {
        ops::chat::can_catch_up(&watch.app, id, revision).await?;
        watch.told = revision;
        // Whoever was told of a change was told of all messages that are in it.
        watch.missed = Some((revision, i64::MAX));
    }
    Ok(watch.listen(|change| match change {
        Change::Message(message) => Some(Once::shared(Message::from(message.view.clone()), change)),
        _ => None,
    }))
}

/// Every change of the chat's settings.
pub(super) async fn settings(
    ctx: &Context<'_>,
    id: SessionId,
) -> Result<impl Stream<Item = async_graphql::Result<Once<Chat>>>> {
    let watch = ChatWatch::new(ctx, Topic::Chat(id), id).await?;
    Ok(watch.listen(|change| match change {
        Change::Chat(chat) => Some(Once::shared(Chat::from(ChatView::clone(&chat.view)), change)),
        _ => None,
    }))
}

/// A subscription to the chat of a session.
struct ChatWatch {
    app: Arc<App>,
    id: SessionId,
    watcher: Watcher,
    /// What the resolvers of a payload go by.
    caller: AsNow,
    changes: Receiver<Change>,
    /// Came together with others, and is still to be told.
    waiting: VecDeque<Change>,
    /// From where on what was missed is still to be read.
    missed: Option<Place>,
    /// Up to which change the subscriber knows of all from the database: what was heard of these meanwhile is told already.
    told: i64,
    account: Receiver<Change>,
    access: Receiver<Change>,
    /// Of the event, of which one session counts.
    sessions: Receiver<Change>,
    lagged: Lagged,
}

impl ChatWatch {
    async fn new(ctx: &Context<'_>, topic: Topic, id: SessionId) -> Result<Self> {
        let app = Arc::clone(ctx.app());
        let caller = ctx.request().caller_as_now();
        let account = caller.get().account()?.id;
        let event = ops::chat::event_of(&app, id).await?;
        // Listening before asking: what changes in between is then heard.
        let changes = app.feed.subscribe(topic);
        let account = app.feed.subscribe(Topic::Account(account));
        let access = app.feed.subscribe(Topic::Access(event));
        let sessions = app.feed.subscribe(Topic::Event(event));
        let watcher = watcher(&app, &caller, id).await?;
        let lagged = ctx.data_opt::<Lagged>().cloned().unwrap_or_default();
        let (waiting, missed, told) = (VecDeque::new(), None, i64::MIN);
        Ok(Self { app, id, watcher, caller, changes, waiting, missed, told, account, access, sessions, lagged })
    }

    /// What `pick` makes of the chat's changes, until the subscriber may not read them any more.
    fn listen<T: Send + 'static>(
        self,
        pick: impl Fn(&Change) -> Option<T> + Send + 'static,
    ) -> impl Stream<Item = async_graphql::Result<T>> {
        futures_util::stream::unfold(Some((self, pick)), |state| async move {
            let (mut watch, pick) = state?;
            loop {
                match watch.next().await {
                    Ok(Some(change)) => {
                        if let Some(item) = pick(&change) {
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
            if self.waiting.is_empty()
                && let Some(place) = self.missed.take()
            {
                self.catch_up(place).await?;
            }
            let heard = tokio::select! {
                biased;
                change = self.account.recv() => change,
                change = self.access.recv() => change,
                change = self.sessions.recv() => change,
                () = std::future::ready(()), if !self.waiting.is_empty() => return Ok(self.waiting.pop_front()),
                change = self.changes.recv() => change,
            };
            match heard {
                Ok(Change::Standing | Change::AccessChanged) => self.ask_again().await?,
                Ok(Change::Session(change)) => self.session_changed(&change).await?,
                Ok(Change::Sessions(all)) => {
                    for change in all.iter() {
                        self.session_changed(change).await?;
                    }
                }
                Ok(Change::Messages(all)) => {
                    let fresh = all.iter().filter(|change| change.view.message.revision > self.told);
                    self.waiting.extend(fresh.cloned().map(Change::Message));
                }
                Ok(Change::Message(change)) if change.view.message.revision <= self.told => {}
                Ok(change @ (Change::Message(_) | Change::Chat(_))) => return Ok(Some(change)),
                Ok(_) => {}
                Err(RecvError::Lagged(_) | RecvError::Closed) => {
                    self.lagged.0.store(true, Ordering::Relaxed);
                    return Ok(None);
                }
            }
        }
    }

    /// Reads more of what was missed. What is heard meanwhile waits, and what of it was read is dropped then: changes are there to
    /// be read in the order of their revisions.
    async fn catch_up(&mut self, place: Place) -> Result<()> {
        let views = ops::chat::missed(&self.app, self.id, place).await?;
        if let Some(last) = views.last() {
            self.told = last.message.revision;
            let place = (last.message.revision, last.message.number);
            self.missed = (views.len() == limits::MISSED_PAGE).then_some(place);
        }
        self.waiting.extend(views.into_iter().map(|view| Change::Message(MessageChange::new(view))));
        Ok(())
    }

    /// Ends for who may not watch the session any more (C6), and before its time for who may not come early (F5). Who may is known
    /// from the change itself: a thousand people read the same chat.
    async fn session_changed(&mut self, change: &SessionChange) -> Result<()> {
        if change.id != self.id {
            return Ok(());
        }
        let Some((view, reach)) = &change.after else { return Err(Error::NotFound("session")) };
        if !self.watcher.finds(&reach.audience) {
            return Err(Error::NotFound("session"));
        }
        let timing = Timing::of(view.session.scheduling, &view.windows, self.app.clock.now());
        if matches!(timing, Timing::Before(_)) && !self.watcher.standing.organizer {
            self.ask_again().await?;
        }
        Ok(())
    }

    async fn ask_again(&mut self) -> Result<()> {
        self.watcher = watcher(&self.app, &self.caller, self.id).await?;
        Ok(())
    }
}

/// Asks who the caller is now and whether they may read the chat, and keeps that for the resolvers.
async fn watcher(app: &App, caller: &AsNow, id: SessionId) -> Result<Watcher> {
    let Participant { caller: renewed, event, standing, .. } = ops::chat::take_part(app, caller.get(), id).await?;
    let renewed = Arc::new(renewed);
    caller.set(Arc::clone(&renewed));
    Ok(Watcher { caller: renewed, event: Arc::new(event), standing })
}
