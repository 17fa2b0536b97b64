//! The chat of a session as a whole (I1): who takes part in it, what of it they read, and what hosts do about it.

use crate::access::{self, Caller, Door, Standing, WriteRefusal, Writer};
use crate::app::App;
use crate::clock::Time;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::feed::{Change, ChatChange, ChatView, MessageView, Told, Topic};
use crate::ids::{AccountId, EventId, HostActionId, MessageId, SessionId};
use crate::limits;
use crate::media_link::Rooms;
use crate::model;
use crate::model::chat::Chat;
use crate::model::event::Event;
use crate::model::host_action::Action;
use crate::model::message::{Place, Stretch};
use crate::model::page::Page;
use crate::model::session::Session;
use crate::ops::host_action::Acted;
use crate::ops::list::Total;
use crate::ops::message::view;
use crate::timing::Timing;
use crate::validate::{Code, Problem, Problems};
use std::sync::Arc;

/// Somebody who may read a session's chat.
pub(crate) struct Participant {
    pub caller: Caller,
    pub account: AccountId,
    pub event: Event,
    pub standing: Standing,
    pub host: bool,
    /// May be in the room before its time.
    early: bool,
    muted: bool,
    door: Door,
}

impl Participant {
    /// Whether they may write there now.
    pub(crate) fn may_write(&self, chat: &Chat) -> std::result::Result<(), WriteRefusal> {
        let writer = Writer { host: self.host, muted: self.muted, paused: chat.paused };
        access::write_chat(self.standing, self.early, self.door, writer)
    }
}

/// The caller as they stand towards the session's chat, if they may read it.
pub(crate) fn participant(
    conn: &mut Conn,
    rooms: &Rooms,
    (caller, now): (&Caller, Time),
    id: SessionId,
) -> Result<Participant> {
    let caller = super::account::again(conn, caller, now)?;
    let account = caller.account()?.id;
    let session = model::session::find(conn, id)?.ok_or(Error::NotFound("session"))?;
    let (event, standing, claim) = super::session::let_watch(conn, &caller, &session)?;
    let door = door(conn, rooms, (&session, &event, now), Some(account))?;
    let host = access::is_host(account, standing, &session, claim);
    let early = host || claim.speaker;
    access::read_chat(standing, early, door)?;
    let registration = model::registration::in_event(conn, event.id, account)?;
    let muted = registration.is_some_and(|registration| registration.muted);
    Ok(Participant { caller, account, event, standing, host, early, muted, door })
}

/// The session's room as this person finds it; without one, as somebody does who has never been there.
pub(crate) fn door(
    conn: &mut Conn,
    rooms: &Rooms,
    (session, event, now): (&Session, &Event, Time),
    person: Option<AccountId>,
) -> Result<Door> {
    let windows = model::segment::windows(conn, &[session.id])?;
    let windows: Vec<_> = windows.into_iter().map(|(_, window)| window).collect();
    Ok(Door {
        state: event.state(now),
        timing: Timing::of(session.scheduling, &windows, now),
        occupied: rooms.is_occupied(session.id, now),
        was_inside: person.is_some_and(|person| rooms.was_inside(session.id, person)),
    })
}

/// What somebody reads who may read; nothing for whom there is no chat, or none yet.
fn unless_hidden<T>(read: Result<T>) -> Result<Option<T>> {
    match read {
        Ok(found) => Ok(Some(found)),
        Err(Error::NotFound(_) | Error::NotOpen(_) | Error::Unauthenticated) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The chat, if the caller may read it; nothing otherwise.
pub async fn find(app: &App, caller: &Caller, id: SessionId) -> Result<Option<ChatView>> {
    let (rooms, caller, now) = (app.rooms.clone(), caller.clone(), app.clock.now());
    let read = move |conn: &mut Conn| {
        participant(conn, &rooms, (&caller, now), id)?;
        let chat = model::chat::find(conn, id)?;
        view::of_chat(conn, chat)
    };
    unless_hidden(app.db.read(read).await)
}

/// Why the caller may not write in the chat now; nothing for who may.
pub async fn refusal(app: &App, caller: &Caller, id: SessionId) -> Result<Option<WriteRefusal>> {
    let (rooms, caller, now) = (app.rooms.clone(), caller.clone(), app.clock.now());
    let read = move |conn: &mut Conn| {
        let me = participant(conn, &rooms, (&caller, now), id)?;
        Ok(me.may_write(&model::chat::find(conn, id)?).err())
    };
    let found = unless_hidden(app.db.read(read).await)?;
    Ok(found.unwrap_or(Some(WriteRefusal::NotOpen("The chat is not open."))))
}

/// A part of a chat.
pub struct History {
    pub page: Page<MessageView>,
    /// The page has every change up to this one, and maybe some after it.
    pub revision: i64,
    pub total: Total,
}

/// A part of the chat, in its order; none of it for who may not read it.
pub async fn history(app: &App, caller: &Caller, id: SessionId, stretch: Stretch) -> Result<History> {
    let (rooms, caller, now) = (app.rooms.clone(), caller.clone(), app.clock.now());
    let read = move |conn: &mut Conn| {
        participant(conn, &rooms, (&caller, now), id)?;
        // Before the page: what changes in between is told once more, rather than never.
        let revision = model::chat::find(conn, id)?.revision;
        let Page { rows, has_next } = model::message::stretch(conn, id, stretch)?;
        let page = Page { rows: view::views(conn, rows)?, has_next };
        Ok(History { page, revision, total: Total::MessagesOf(id) })
    };
    let nothing = || History { page: Page::empty(), revision: 0, total: Total::Nothing };
    Ok(unless_hidden(app.db.read(read).await)?.unwrap_or_else(nothing))
}

/// The event of a session, for who has still to be asked for.
pub(crate) async fn event_of(app: &App, id: SessionId) -> Result<EventId> {
    let session = app.db.read(move |conn| Ok(model::session::find(conn, id)?)).await?;
    Ok(session.ok_or(Error::NotFound("session"))?.event_id)
}

/// See [`participant`].
pub(crate) async fn take_part(app: &App, caller: Arc<Caller>, id: SessionId) -> Result<Participant> {
    let (rooms, now) = (app.rooms.clone(), app.clock.now());
    app.db.read(move |conn| participant(conn, &rooms, (&caller, now), id)).await
}

/// Fails for who would have to be told more than is told at once, and for who knows of changes that never were, as after a
/// backup was restored: both read the history anew.
pub(crate) async fn can_catch_up(app: &App, id: SessionId, revision: i64) -> Result<()> {
    let read = move |conn: &mut Conn| {
        let unknown = model::chat::find(conn, id)?.revision < revision;
        Ok(unknown || model::message::is_far_behind(conn, id, revision, limits::MISSED)?)
    };
    match app.db.read(read).await? {
        true => Err(Error::Conflict("Too much has changed since. Load the messages again, and go on from there.")),
        false => Ok(()),
    }
}

/// What of the chat has changed after `place`, for who was away; not all of it at once.
pub(crate) async fn missed(app: &App, id: SessionId, place: Place) -> Result<Vec<MessageView>> {
    let read = move |conn: &mut Conn| {
        let rows = model::message::changed_after(conn, id, place, limits::MISSED_PAGE)?;
        view::views(conn, rows)
    };
    app.db.read(read).await
}

/// What to change; `None` leaves a field as it is.
#[derive(Default)]
pub struct ChatPatch {
    pub slow_seconds: Option<i32>,
    pub paused: Option<bool>,
}

/// Slows the chat down, pauses it, lets it go on.
pub async fn update(app: &App, caller: &Caller, id: SessionId, patch: ChatPatch) -> Result<ChatView> {
    let mut problems = Problems::default();
    if let Some(seconds) = patch.slow_seconds {
        problems.number("slowSeconds", seconds, limits::SLOW_SECONDS);
    }
    problems.finish()?;
    change(app, caller, id, move |_conn, chat| {
        chat.slow_seconds = patch.slow_seconds.unwrap_or(chat.slow_seconds);
        chat.paused = patch.paused.unwrap_or(chat.paused);
        Ok(())
    })
    .await
}

/// Pins a message, in place of the one that is pinned.
pub async fn pin(app: &App, caller: &Caller, message: MessageId) -> Result<ChatView> {
    let id = super::message::session_of(app, caller, message).await?;
    let pinned = change(app, caller, id, move |conn, chat| {
        chat.pinned_message_id = Some(super::message::there(conn, message)?.id);
        Ok(())
    });
    pinned.await.map_err(super::message::as_of_wrong_id)
}

pub async fn unpin(app: &App, caller: &Caller, id: SessionId) -> Result<ChatView> {
    change(app, caller, id, |_conn, chat| {
        chat.pinned_message_id = None;
        Ok(())
    })
    .await
}

/// Changes the settings of a chat that the caller is a host of, and tells everybody who reads it.
async fn change<F>(app: &App, caller: &Caller, id: SessionId, work: F) -> Result<ChatView>
where
    F: FnOnce(&mut Conn, &mut Chat) -> Result<()> + Send + 'static,
{
    caller.account()?;
    let (rooms, caller, now) = (app.rooms.clone(), caller.clone(), app.clock.now());
    let log: [HostActionId; SETTINGS] = std::array::from_fn(|_| app.ids.next());
    let _order = app.chats.in_order(id).await?;
    let write = move |conn: &mut Conn| {
        let me = participant(conn, &rooms, (&caller, now), id)?;
        access::moderate_chat(me.host)?;
        let mut chat = model::chat::hold(conn, id)?;
        let before = chat.clone();
        work(conn, &mut chat)?;
        chat.revision += 1;
        model::chat::save(conn, &chat)?;
        let view = view::of_chat(conn, chat)?;
        for (log, action) in log.into_iter().zip(acts(&before, &view.chat)) {
            let pins = action == Action::PinnedMessage;
            let person = view.pinned.as_ref().filter(|_| pins).and_then(|pinned| pinned.message.account_id);
            let acted = Acted { id: log, actor: me.account, action, person, at: now };
            super::host_action::write_in(conn, (me.event.id, id), acted)?;
        }
        Ok(view)
    };
    let view = app.db.write(write).await?;
    announce(app, view.clone());
    Ok(view)
}

/// What a chat has that hosts set.
const SETTINGS: usize = 3;

/// What a host did who made the one of the other, as it is written down; nothing where all stayed as it was.
fn acts(before: &Chat, after: &Chat) -> Vec<Action> {
    let slow = (before.slow_seconds != after.slow_seconds).then_some(if after.slow_seconds > 0 {
        Action::SlowedChat
    } else {
        Action::EndedSlowMode
    });
    let paused =
        (before.paused != after.paused).then_some(if after.paused { Action::PausedChat } else { Action::ResumedChat });
    let pinned = (before.pinned_message_id != after.pinned_message_id).then_some(match after.pinned_message_id {
        Some(_) => Action::PinnedMessage,
        None => Action::UnpinnedMessage,
    });
    slow.into_iter().chain(paused).chain(pinned).collect()
}

/// Tells that the settings of a chat are others, or what is pinned in it.
pub(crate) fn announce(app: &App, view: ChatView) {
    let topic = Topic::Chat(view.chat.session_id);
    app.feed.publish(topic, Change::Chat(Arc::new(ChatChange { view, told: Told::default() })));
}

/// Forgets what is older than its event keeps it (A8).
pub(crate) async fn forget(app: &App, now: Time) {
    let work = move |conn: &mut Conn| {
        for (event, days) in model::event::forgetful(conn)? {
            model::message::delete_before(conn, event, now.plus_seconds(-i64::from(days) * 24 * 3600))?;
        }
        Ok(())
    };
    // It is tried again the next time.
    let _ = app.db.write(work).await;
}

/// Nobody is mentioned who may not be in the room: they would be told what they may not see.
pub(crate) fn may_be_mentioned(conn: &mut Conn, id: SessionId, people: &[AccountId]) -> Result<()> {
    if people.len() > limits::MENTIONS {
        let message = format!("A message mentions {} people at the most.", limits::MENTIONS);
        return Err(Problem::new("text", Code::OutOfRange, message).into());
    }
    if people.is_empty() || super::room::lost_among(conn, id, people)?.is_some_and(|lost| lost.is_empty()) {
        return Ok(());
    }
    let message = "Somebody who is mentioned cannot watch this session. Mention people who can.";
    Err(Problem::new("text", Code::NotFound, message).into())
}
