//! Messages of a chat (I1): send, edit, delete, react. Each change is counted, and told in the order in which it was counted.

mod reaction;
mod text;
pub(crate) mod view;
pub(crate) mod written;

pub use reaction::{react, tell_untold, unreact};

use crate::access::{self, Caller};
use crate::app::App;
use crate::clock::Time;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::feed::{Change, ChatView, MessageChange, MessageView, Topic};
use crate::ids::{AccountId, MessageId, SessionId};
use crate::limits;
use crate::model;
use crate::model::chat::Chat;
use crate::model::host_action::Action;
use crate::model::message::Message;
use crate::ops::chat::{self, Participant};
use crate::ops::host_action::Acted;
use crate::validate::{Code, Problem, Problems};
use itertools::Itertools;
use std::sync::Arc;

pub struct NewMessage {
    pub session: SessionId,
    pub text: String,
    /// What the client calls it: what is sent twice is kept once.
    pub client_id: String,
    pub reply_to: Option<MessageId>,
}

/// Sends a message. One that has come already is given as it is now.
pub async fn send(app: &App, caller: &Caller, input: NewMessage) -> Result<MessageView> {
    let account = caller.account()?.id;
    let mut problems = Problems::default();
    let text = text::cleaned(&mut problems, &input.text);
    let client_id = problems.line("clientId", &input.client_id, limits::CLIENT_ID);
    problems.finish()?;
    app.rates.message(&account.to_string())?;
    let (rooms, caller, session, reply_to) = (app.rooms.clone(), caller.clone(), input.session, input.reply_to);
    let _order = app.chats.in_order(session).await?;
    // Once it is this message's turn, so that times go up with the numbers.
    let (id, now): (MessageId, _) = (app.ids.next(), app.clock.now());
    let write = move |conn: &mut Conn| {
        let me = chat::participant(conn, &rooms, (&caller, now), session)?;
        let mut chat = model::chat::hold(conn, session)?;
        if let Some(sent) = model::message::sent(conn, session, me.account, &client_id)? {
            return Ok((view::view(conn, sent)?, false));
        }
        me.may_write(&chat)?;
        wait(conn, &me, &chat, now)?;
        chat::may_be_mentioned(conn, session, &text::mentioned(&text))?;
        if let Some(answered) = reply_to {
            answerable(conn, session, answered)?;
        }
        chat.last_number += 1;
        chat.revision += 1;
        model::chat::save(conn, &chat)?;
        let message = Message {
            id,
            session_id: session,
            number: chat.last_number,
            revision: chat.revision,
            account_id: Some(me.account),
            client_id,
            text,
            from_host: me.host,
            reply_to_id: reply_to,
            created_at: now,
            edited_at: None,
            deleted_at: None,
            deleted_by: None,
        };
        model::message::insert(conn, &message)?;
        Ok((view::view(conn, message)?, true))
    };
    let (view, is_new) = app.db.write(write).await?;
    if is_new {
        announce(app, view.clone());
    }
    Ok(view)
}

/// Slow mode: a while between two messages of one person, hosts apart.
fn wait(conn: &mut Conn, me: &Participant, chat: &Chat, now: Time) -> Result<()> {
    if chat.slow_seconds == 0 || me.host {
        return Ok(());
    }
    let Some(last) = model::message::last_sent_at(conn, chat.session_id, me.account)? else { return Ok(()) };
    let left = last.plus_seconds(chat.slow_seconds.into()).millis() - now.millis();
    match u64::try_from(left) {
        Ok(left @ 1..) => Err(Error::SlowMode { seconds: left.div_ceil(1000) }),
        _ => Ok(()),
    }
}

/// Only what is in the same chat can be answered.
fn answerable(conn: &mut Conn, session: SessionId, id: MessageId) -> Result<()> {
    let found = model::message::find(conn, id)?;
    if found.is_some_and(|message| message.session_id == session && message.deleted_at.is_none()) {
        return Ok(());
    }
    let message = "The message that you answer is not there any more.";
    Err(Problem::new("replyToId", Code::NotFound, message).into())
}

/// Changes what an own message says.
pub async fn edit(app: &App, caller: &Caller, id: MessageId, text: String) -> Result<MessageView> {
    let mut problems = Problems::default();
    let text = text::cleaned(&mut problems, &text);
    problems.finish()?;
    change(app, caller, id, move |conn, Changing { me, chat, message, now }| {
        access::edit_message(me.account, message.account_id)?;
        me.may_write(chat)?;
        let before = text::mentioned(&message.text);
        let fresh: Vec<AccountId> =
            text::mentioned(&text).into_iter().filter(|person| !before.contains(person)).collect();
        chat::may_be_mentioned(conn, chat.session_id, &fresh)?;
        Ok(model::message::set_text(conn, message.id, &text, chat.revision, now)?)
    })
    .await
}

/// Takes away what a message says: one's own, also when one may not write any more; hosts any.
pub async fn delete(app: &App, caller: &Caller, id: MessageId) -> Result<MessageView> {
    let log = app.ids.next();
    change(app, caller, id, move |conn, Changing { me, chat, message, now }| {
        access::delete_message(me.account, message.account_id, me.host)?;
        if message.account_id != Some(me.account) {
            let (action, person) = (Action::DeletedMessage, message.account_id);
            let acted = Acted { id: log, actor: me.account, action, person, at: now };
            super::host_action::write_in(conn, (me.event.id, chat.session_id), acted)?;
        }
        if chat.pinned_message_id == Some(message.id) {
            chat.pinned_message_id = None;
        }
        Ok(model::message::erase(conn, message.id, me.account, chat.revision, now)?)
    })
    .await
}

/// A message while it is changed: the chat's revision is that of the change already.
struct Changing<'a> {
    me: &'a Participant,
    chat: &'a mut Chat,
    message: &'a Message,
    now: Time,
}

/// Changes a message that is there, and tells everybody who reads its chat.
async fn change<F>(app: &App, caller: &Caller, id: MessageId, work: F) -> Result<MessageView>
where
    F: FnOnce(&mut Conn, Changing<'_>) -> Result<()> + Send + 'static,
{
    let session = session_of(app, caller, id).await?;
    let (rooms, caller, now) = (app.rooms.clone(), caller.clone(), app.clock.now());
    let _order = app.chats.in_order(session).await?;
    let write = move |conn: &mut Conn| {
        let me = chat::participant(conn, &rooms, (&caller, now), session).map_err(as_of_wrong_id)?;
        let mut chat = model::chat::hold(conn, session)?;
        let pinned = chat.pinned_message_id;
        let message = there(conn, id)?;
        chat.revision += 1;
        work(conn, Changing { me: &me, chat: &mut chat, message: &message, now })?;
        model::chat::save(conn, &chat)?;
        // What is pinned is shown with the chat.
        let chat = if pinned == Some(id) { Some(view::of_chat(conn, chat)?) } else { None };
        Ok((view::find(conn, id)?, chat))
    };
    let (view, chat): (MessageView, Option<ChatView>) = app.db.write(write).await?;
    announce(app, view.clone());
    if let Some(chat) = chat {
        chat::announce(app, chat);
    }
    Ok(view)
}

/// The message, unless it is deleted.
pub(crate) fn there(conn: &mut Conn, id: MessageId) -> Result<Message> {
    let found = model::message::find(conn, id)?.filter(|message| message.deleted_at.is_none());
    found.ok_or(Error::NotFound("message"))
}

/// The session of a message, for who is signed in; whether they may read its chat is still to be asked.
pub(crate) async fn session_of(app: &App, caller: &Caller, id: MessageId) -> Result<SessionId> {
    caller.account()?;
    let session = app.db.read(move |conn| Ok(model::message::session_of(conn, id)?)).await?;
    session.ok_or(Error::NotFound("message"))
}

/// A message that somebody may not read does not exist for them.
pub(crate) fn as_of_wrong_id(error: Error) -> Error {
    match error {
        Error::NotFound(_) | Error::NotOpen(_) => Error::NotFound("message"),
        other => other,
    }
}

/// Tells of messages that were taken away with the account that wrote them (A8). In the order of their changes, which are one in
/// each chat.
pub(crate) async fn announce_erased(app: &App, ids: Vec<MessageId>) -> Result<()> {
    for some in ids.chunks(limits::ERASED_TOLD) {
        let some = some.to_vec();
        let read = move |conn: &mut Conn| {
            let rows = model::message::by_ids(conn, &some)?;
            let mut chats = Vec::new();
            for (session, views) in
                view::views(conn, rows)?.into_iter().into_group_map_by(|view| view.message.session_id)
            {
                let chat = model::chat::find(conn, session)?;
                chats.push((view::of_chat(conn, chat)?, views));
            }
            Ok(chats)
        };
        for (chat, views) in app.db.read(read).await? {
            announce_all(app, chat.chat.session_id, views);
            // What was pinned may be gone.
            chat::announce(app, chat);
        }
    }
    Ok(())
}

/// Whoever wrote somewhere: the chats to hold while their account is deleted.
pub(crate) async fn sessions_of(app: &App, person: AccountId) -> Result<Vec<SessionId>> {
    app.db.read(move |conn| Ok(model::message::sessions_of(conn, person)?)).await
}

fn announce(app: &App, view: MessageView) {
    let topic = Topic::Messages(view.message.session_id);
    app.feed.publish(topic, Change::Message(MessageChange::new(view)));
}

fn announce_all(app: &App, session: SessionId, views: Vec<MessageView>) {
    let changes: Vec<Arc<MessageChange>> = views.into_iter().map(MessageChange::new).collect();
    app.feed.publish(Topic::Messages(session), Change::Messages(changes.into()));
}
