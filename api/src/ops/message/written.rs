//! What people said in a chat before anybody came to look: the chats of the demo and of the seed.

use crate::app::App;
use crate::db::Conn;
use crate::error::Result;
use crate::ids::{AccountId, MessageId, SessionId};
use crate::model;
use crate::model::message::Message;

/// One message; people and messages go by their place among those that are given.
pub(crate) struct Said {
    pub by: usize,
    pub text: String,
    pub seconds_ago: i64,
    pub reply_to: Option<usize>,
    pub reactions: Vec<(usize, &'static str)>,
    pub pinned: bool,
}

impl Said {
    pub(crate) fn new(by: usize, seconds_ago: i64, text: impl Into<String>) -> Self {
        Self { by, text: text.into(), seconds_ago, reply_to: None, reactions: Vec::new(), pinned: false }
    }
}

/// Writes it all into the chat of a session where nobody has written yet. The first of the people is its host.
pub(crate) async fn write(app: &App, session: SessionId, people: Vec<AccountId>, said: Vec<Said>) -> Result<()> {
    let now = app.clock.now();
    let ids: Vec<MessageId> = said.iter().map(|_| app.ids.next()).collect();
    let write = move |conn: &mut Conn| {
        let mut chat = model::chat::hold(conn, session)?;
        for (one, id) in said.iter().zip(&ids) {
            chat.last_number += 1;
            chat.revision += 1;
            let at = now.plus_seconds(-one.seconds_ago);
            let message = Message {
                id: *id,
                session_id: session,
                number: chat.last_number,
                revision: chat.revision,
                account_id: people.get(one.by).copied(),
                client_id: format!("written-{}", chat.last_number),
                text: one.text.clone(),
                from_host: one.by == 0,
                reply_to_id: one.reply_to.and_then(|answered| ids.get(answered).copied()),
                created_at: at,
                edited_at: None,
                deleted_at: None,
                deleted_by: None,
            };
            model::message::insert(conn, &message)?;
            for (person, emoji) in &one.reactions {
                if let Some(person) = people.get(*person) {
                    model::message::react(conn, *id, *person, emoji, at)?;
                }
            }
            if one.pinned {
                chat.pinned_message_id = Some(*id);
            }
        }
        Ok(model::chat::save(conn, &chat)?)
    };
    app.db.write(write).await
}
