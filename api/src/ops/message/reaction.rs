//! Reactions to messages (I1): written one by one, told together.

use super::{announce_all, as_of_wrong_id, there, view};
use crate::access::Caller;
use crate::app::App;
use crate::clock::Time;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::feed::MessageView;
use crate::ids::{MessageId, SessionId};
use crate::limits;
use crate::model;
use crate::model::message::Message;
use crate::ops::chat::{self, Participant};
use crate::validate::{Code, Problem, Problems};
use std::sync::Arc;
use std::time::Duration;

/// Adds an emoji to a message; who has added it already has it once.
pub async fn react(app: &Arc<App>, caller: &Caller, id: MessageId, emoji: String) -> Result<MessageView> {
    reaction(app, caller, id, emoji, |conn, me, (message, emoji), now| {
        me.may_write(&model::chat::find(conn, message.session_id)?)?;
        let known = model::message::reactions_of(conn, &[message.id])?;
        let is_another = known.iter().all(|(_, (known, _))| known != emoji);
        if is_another && known.len() >= limits::EMOJI_OF_MESSAGE {
            let message = "There are many different emoji at this message already. Choose one of them.";
            return Err(Problem::new("emoji", Code::OutOfRange, message).into());
        }
        Ok(model::message::react(conn, message.id, me.account, emoji, now)?)
    })
    .await
}

/// Takes an emoji of one's own back.
pub async fn unreact(app: &Arc<App>, caller: &Caller, id: MessageId, emoji: String) -> Result<MessageView> {
    reaction(app, caller, id, emoji, |conn, me, (message, emoji), _now| {
        Ok(model::message::unreact(conn, message.id, me.account, emoji)?)
    })
    .await
}

/// Changes the reactions to a message, if `work` says that it did. Those who read the chat are told a moment later, of all that
/// came until then: a thousand people may react at once.
async fn reaction<F>(app: &Arc<App>, caller: &Caller, id: MessageId, emoji: String, work: F) -> Result<MessageView>
where
    F: FnOnce(&mut Conn, &Participant, (&Message, &str), Time) -> Result<bool> + Send + 'static,
{
    let account = caller.account()?.id;
    let mut problems = Problems::default();
    let emoji = super::text::emoji(&mut problems, &emoji);
    problems.finish()?;
    app.rates.reaction(&account.to_string())?;
    let (rooms, caller, now) = (app.rooms.clone(), caller.clone(), app.clock.now());
    let write = move |conn: &mut Conn| {
        let session = model::message::session_of(conn, id)?.ok_or(Error::NotFound("message"))?;
        let me = chat::participant(conn, &rooms, (&caller, now), session).map_err(as_of_wrong_id)?;
        let message = there(conn, id)?;
        let changed = work(conn, &me, (&message, &emoji), now)?;
        if changed {
            model::message::set_untold(conn, session, id)?;
        }
        Ok((view::view(conn, message)?, changed))
    };
    let (view, changed) = app.db.write(write).await?;
    let session = view.message.session_id;
    if changed && app.chats.reacted(session, id) {
        tokio::spawn(tell_reactions(Arc::clone(app), session));
    }
    Ok(view)
}

/// Tells, in a moment, of the messages of a chat that were reacted to.
async fn tell_reactions(app: Arc<App>, session: SessionId) {
    tokio::time::sleep(Duration::from_millis(limits::REACTIONS_EVERY_MILLIS)).await;
    tell(&app, session).await;
}

/// Tells what could not be told: because an api ended, or the database did not answer.
pub async fn tell_untold(app: &App) {
    // It is tried again the next time.
    let sessions = app.db.read(|conn| Ok(model::message::untold(conn)?)).await.unwrap_or_default();
    for session in sessions {
        tell(app, session).await;
    }
}

async fn tell(app: &App, session: SessionId) {
    let order = app.chats.in_order(session).await;
    let mut ids = app.chats.take_reacted(session);
    let Ok(_order) = order else { return };
    let write = move |conn: &mut Conn| {
        // Those as well of which this api does not know, and those that an earlier telling took while they were written.
        ids.extend(model::message::take_untold(conn, session)?);
        // The session may be gone by now.
        let rows = model::message::by_ids(conn, &ids)?;
        let ids: Vec<MessageId> = rows.iter().map(|row| row.id).collect();
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let mut chat = model::chat::hold(conn, session)?;
        chat.revision += 1;
        model::message::touch(conn, &ids, chat.revision)?;
        model::chat::save(conn, &chat)?;
        let rows = model::message::by_ids(conn, &ids)?;
        view::views(conn, rows)
    };
    if let Ok(views) = app.db.write(write).await {
        announce_all(app, session, views);
    }
}
