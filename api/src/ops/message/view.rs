//! Messages with all that a chat shows of them, in as many statements for a page as for one.

use crate::db::Conn;
use crate::error::{Error, Result};
use crate::feed::{ChatView, Known, MessageView, Quote};
use crate::ids::{AccountId, MessageId, PictureId};
use crate::model;
use crate::model::chat::Chat;
use crate::model::message::Message;
use crate::model::picture::Picture;
use itertools::Itertools;
use std::collections::HashMap;
use std::sync::Arc;

/// In the order of the rows.
pub(crate) fn views(conn: &mut Conn, rows: Vec<Message>) -> Result<Vec<MessageView>> {
    let ids: Vec<MessageId> = rows.iter().filter(|row| row.deleted_at.is_none()).map(|row| row.id).collect();
    let answered: Vec<MessageId> = rows.iter().filter_map(|row| row.reply_to_id).collect();
    let quoted: HashMap<MessageId, Arc<Message>> = read(&answered, |ids| model::message::by_ids(conn, ids))?
        .into_iter()
        .map(|row| (row.id, Arc::new(row)))
        .collect();
    let mentioned: HashMap<MessageId, Vec<AccountId>> = rows
        .iter()
        .chain(quoted.values().map(|row| &**row))
        .map(|row| (row.id, super::text::mentioned(&row.text)))
        .collect();
    let authors = rows.iter().chain(quoted.values().map(|row| &**row)).filter_map(|row| row.account_id);
    let people = known(conn, authors.chain(mentioned.values().flatten().copied()).unique().collect())?;
    let mut reactions = read(&ids, |ids| model::message::reactions_of(conn, ids))?.into_iter().into_group_map();
    let author = |row: &Message| row.account_id.and_then(|id| people.get(&id).cloned());
    let mentions = |row: &Message| {
        let of = mentioned.get(&row.id).into_iter().flatten();
        of.filter_map(|id| people.get(id).cloned()).collect()
    };
    let quote = |quoted: &Arc<Message>| Quote {
        author: author(quoted),
        mentions: mentions(quoted),
        message: Arc::clone(quoted),
    };
    let view = |row: Message| MessageView {
        author: author(&row),
        reply_to: row.reply_to_id.and_then(|id| quoted.get(&id)).map(quote),
        mentions: mentions(&row),
        reactions: reactions.remove(&row.id).unwrap_or_default().into(),
        message: Arc::new(row),
    };
    Ok(rows.into_iter().map(view).collect())
}

pub(crate) fn view(conn: &mut Conn, row: Message) -> Result<MessageView> {
    views(conn, vec![row])?.pop().ok_or(Error::Internal)
}

/// The message as it is now.
pub(crate) fn find(conn: &mut Conn, id: MessageId) -> Result<MessageView> {
    let row = model::message::find(conn, id)?.ok_or(Error::NotFound("message"))?;
    view(conn, row)
}

/// The chat with what is pinned in it.
pub(crate) fn of_chat(conn: &mut Conn, chat: Chat) -> Result<ChatView> {
    let pinned = chat.pinned_message_id.map(|id| find(conn, id)).transpose()?;
    Ok(ChatView { chat, pinned })
}

/// Those of the people who have an account still, with their pictures.
fn known(conn: &mut Conn, ids: Vec<AccountId>) -> Result<HashMap<AccountId, Known>> {
    let accounts = read(&ids, |ids| model::account::by_ids(conn, ids))?;
    let pictures: Vec<PictureId> = accounts.iter().filter_map(|account| account.picture_id).collect();
    let pictures: HashMap<PictureId, Arc<Picture>> = read(&pictures, |ids| model::picture::by_ids(conn, ids))?
        .into_iter()
        .map(|picture| (picture.id, Arc::new(picture)))
        .collect();
    let known = |account: model::account::Account| {
        let picture = account.picture_id.and_then(|id| pictures.get(&id).cloned());
        (account.id, Known { account: Arc::new(account), picture })
    };
    Ok(accounts.into_iter().map(known).collect())
}

/// Asks for nothing when nothing is wanted.
fn read<I, T, E>(ids: &[I], ask: impl FnOnce(&[I]) -> std::result::Result<Vec<T>, E>) -> Result<Vec<T>>
where
    Error: From<E>,
{
    if ids.is_empty() { Ok(Vec::new()) } else { Ok(ask(ids)?) }
}
