//! Messages: what people write in the chat of a session (I1), and the reactions to it.

use crate::clock::Time;
use crate::db::{Both, Conn};
use crate::ids::{AccountId, EventId, MessageId, SessionId};
use crate::model::chat;
use crate::model::page::{Page, one_more};
use crate::schema::{message_reactions, messages, sessions, untold_reactions};
use diesel::dsl::{count_star, min};
use diesel::prelude::*;

#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = messages, treat_none_as_default_value = false, check_for_backend(crate::db::Backend))]
pub struct Message {
    pub id: MessageId,
    pub session_id: SessionId,
    /// Its place in the chat: counts up without a gap.
    pub number: i64,
    /// The change of the chat by which it is what it is.
    pub revision: i64,
    /// Who wrote it, while they have an account.
    pub account_id: Option<AccountId>,
    /// What the client calls it.
    pub client_id: String,
    /// Empty once it is deleted.
    pub text: String,
    /// Whoever wrote it was a host of the session then.
    pub from_host: bool,
    pub reply_to_id: Option<MessageId>,
    pub created_at: Time,
    pub edited_at: Option<Time>,
    pub deleted_at: Option<Time>,
    pub deleted_by: Option<AccountId>,
}

/// A part of a chat, between the numbers of two messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    pub after: Option<i64>,
    pub before: Option<i64>,
    pub part: Part,
}

/// So many messages, from one end of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    First(usize),
    Last(usize),
}

/// A place among the changes of a chat: after everything of this revision up to this number.
pub type Place = (i64, i64);

pub fn insert(conn: &mut Conn, message: &Message) -> QueryResult<()> {
    diesel::insert_into(messages::table).values(message).execute(conn).map(drop)
}

/// Also one that is deleted.
pub fn find(conn: &mut Conn, id: MessageId) -> QueryResult<Option<Message>> {
    messages::table.find(id).select(Message::as_select()).first(conn).optional()
}

/// In the order of their changes.
pub fn by_ids(conn: &mut Conn, ids: &[MessageId]) -> QueryResult<Vec<Message>> {
    messages::table
        .filter(messages::id.eq_any(ids.to_vec()))
        .order((messages::revision, messages::number))
        .select(Message::as_select())
        .load(conn)
}

pub fn session_of(conn: &mut Conn, id: MessageId) -> QueryResult<Option<SessionId>> {
    messages::table.find(id).select(messages::session_id).first(conn).optional()
}

/// The message that the person's client calls so, if it has come already.
pub fn sent(conn: &mut Conn, session: SessionId, account: AccountId, client_id: &str) -> QueryResult<Option<Message>> {
    messages::table
        .filter(messages::session_id.eq(session))
        .filter(messages::account_id.eq(account))
        .filter(messages::client_id.eq(client_id))
        .select(Message::as_select())
        .first(conn)
        .optional()
}

/// When the person last wrote in the chat, deleted or not.
pub fn last_sent_at(conn: &mut Conn, session: SessionId, account: AccountId) -> QueryResult<Option<Time>> {
    messages::table
        .filter(messages::session_id.eq(session))
        .filter(messages::account_id.eq(account))
        .order(messages::number.desc())
        .select(messages::created_at)
        .first(conn)
        .optional()
}

/// A part of the chat in its order; `has_next` says whether there is more of it beyond the end that it was not counted from.
pub fn stretch(conn: &mut Conn, session: SessionId, stretch: Stretch) -> QueryResult<Page<Message>> {
    let mut query = messages::table.filter(messages::session_id.eq(session)).select(Message::as_select()).into_boxed();
    if let Some(after) = stretch.after {
        query = query.filter(messages::number.gt(after));
    }
    if let Some(before) = stretch.before {
        query = query.filter(messages::number.lt(before));
    }
    match stretch.part {
        Part::First(count) => Ok(Page::of(query.order(messages::number).limit(one_more(count)).load(conn)?, count)),
        Part::Last(count) => {
            let rows = query.order(messages::number.desc()).limit(one_more(count)).load(conn)?;
            let mut page = Page::of(rows, count);
            page.rows.reverse();
            Ok(page)
        }
    }
}

pub fn count(conn: &mut Conn, session: SessionId) -> QueryResult<i64> {
    messages::table.filter(messages::session_id.eq(session)).count().get_result(conn)
}

/// What of the chat has changed after `place`, each message once as it is now, in the order of their last changes.
pub fn changed_after(
    conn: &mut Conn,
    session: SessionId,
    (revision, number): Place,
    most: usize,
) -> QueryResult<Vec<Message>> {
    let later = messages::revision.eq(revision).and(messages::number.gt(number));
    messages::table
        .filter(messages::session_id.eq(session))
        .filter(messages::revision.gt(revision).or(later))
        .order((messages::revision, messages::number))
        .limit(i64::try_from(most).unwrap_or(i64::MAX))
        .select(Message::as_select())
        .load(conn)
}

/// Whether more than so many messages have changed after `revision`. They are not counted: a chat may be long.
pub fn is_far_behind(conn: &mut Conn, session: SessionId, revision: i64, most: usize) -> QueryResult<bool> {
    let beyond = messages::table
        .filter(messages::session_id.eq(session))
        .filter(messages::revision.gt(revision))
        .order((messages::revision, messages::number))
        .offset(i64::try_from(most).unwrap_or(i64::MAX))
        .limit(1)
        .select(messages::number);
    Ok(beyond.first::<i64>(conn).optional()?.is_some())
}

pub fn set_text(conn: &mut Conn, id: MessageId, text: &str, revision: i64, now: Time) -> QueryResult<()> {
    diesel::update(messages::table.find(id))
        .set((messages::text.eq(text), messages::edited_at.eq(now), messages::revision.eq(revision)))
        .execute(conn)
        .map(drop)
}

/// Takes the text and the reactions away; that there was a message stays, so that numbers have no gap.
pub fn erase(conn: &mut Conn, id: MessageId, by: AccountId, revision: i64, now: Time) -> QueryResult<()> {
    diesel::delete(message_reactions::table.filter(message_reactions::message_id.eq(id))).execute(conn)?;
    diesel::update(messages::table.find(id))
        .set((
            messages::text.eq(""),
            messages::deleted_at.eq(now),
            messages::deleted_by.eq(by),
            messages::revision.eq(revision),
        ))
        .execute(conn)
        .map(drop)
}

/// The same with everything that one person ever wrote, one change in each chat (A8). Gives the messages, newest first, at the
/// most so many of each chat.
pub fn erase_all_of(conn: &mut Conn, account: AccountId, now: Time, most: usize) -> QueryResult<Vec<MessageId>> {
    let mut erased = Vec::new();
    for session in sessions_of(conn, account)? {
        let mut chat = chat::hold(conn, session)?;
        let theirs = messages::table
            .filter(messages::session_id.eq(session))
            .filter(messages::account_id.eq(account))
            .filter(messages::deleted_at.is_null());
        let newest: Vec<MessageId> = theirs
            .order(messages::number.desc())
            .limit(i64::try_from(most).unwrap_or(i64::MAX))
            .select(messages::id)
            .load(conn)?;
        chat.revision += 1;
        diesel::update(theirs)
            .set((messages::text.eq(""), messages::deleted_at.eq(now), messages::revision.eq(chat.revision)))
            .execute(conn)?;
        if let Some(pinned) = chat.pinned_message_id
            && find(conn, pinned)?.is_some_and(|pinned| pinned.account_id == Some(account))
        {
            chat.pinned_message_id = None;
        }
        chat::save(conn, &chat)?;
        erased.extend(newest);
    }
    Ok(erased)
}

/// The sessions in which the person wrote something that is still there, by id.
pub fn sessions_of(conn: &mut Conn, account: AccountId) -> QueryResult<Vec<SessionId>> {
    messages::table
        .filter(messages::account_id.eq(account))
        .filter(messages::deleted_at.is_null())
        .order(messages::session_id)
        .select(messages::session_id)
        .distinct()
        .load(conn)
}

/// Counts these as changed.
pub fn touch(conn: &mut Conn, ids: &[MessageId], revision: i64) -> QueryResult<()> {
    diesel::update(messages::table.filter(messages::id.eq_any(ids.to_vec())))
        .set(messages::revision.eq(revision))
        .execute(conn)
        .map(drop)
}

/// Removes for good what was written in an event before then.
pub fn delete_before(conn: &mut Conn, event: EventId, before: Time) -> QueryResult<()> {
    let of_event = sessions::table.filter(sessions::event_id.eq(event)).select(sessions::id);
    diesel::delete(
        messages::table.filter(messages::session_id.eq_any(of_event)).filter(messages::created_at.lt(before)),
    )
    .execute(conn)
    .map(drop)
}

/// Adds a reaction; whether it was not there yet.
pub fn react(conn: &mut Conn, id: MessageId, account: AccountId, emoji: &str, now: Time) -> QueryResult<bool> {
    let row = (
        message_reactions::message_id.eq(id),
        message_reactions::account_id.eq(account),
        message_reactions::emoji.eq(emoji),
        message_reactions::created_at.eq(now),
    );
    let insert = diesel::insert_into(message_reactions::table).values(row);
    let key = (message_reactions::message_id, message_reactions::account_id, message_reactions::emoji);
    Both(insert.on_conflict(key).do_nothing()).execute(conn).map(|rows| rows > 0)
}

/// Whether there was such a reaction.
pub fn unreact(conn: &mut Conn, id: MessageId, account: AccountId, emoji: &str) -> QueryResult<bool> {
    diesel::delete(message_reactions::table.find((id, account, emoji))).execute(conn).map(|rows| rows > 0)
}

/// The emoji at each of the messages with how many people chose them, in the order in which they came.
pub fn reactions_of(conn: &mut Conn, ids: &[MessageId]) -> QueryResult<Vec<(MessageId, (String, i64))>> {
    let mut rows: Vec<(MessageId, String, i64, Option<Time>)> = message_reactions::table
        .filter(message_reactions::message_id.eq_any(ids.to_vec()))
        .group_by((message_reactions::message_id, message_reactions::emoji))
        .select((
            message_reactions::message_id,
            message_reactions::emoji,
            count_star(),
            min(message_reactions::created_at),
        ))
        .load(conn)?;
    rows.sort_by(|(_, a, _, first), (_, b, _, second)| (first, a).cmp(&(second, b)));
    Ok(rows.into_iter().map(|(id, emoji, count, _)| (id, (emoji, count))).collect())
}

/// What the person has chosen at each of the messages, in the order in which they did.
pub fn reactions_by(conn: &mut Conn, account: AccountId, ids: &[MessageId]) -> QueryResult<Vec<(MessageId, String)>> {
    message_reactions::table
        .filter(message_reactions::account_id.eq(account))
        .filter(message_reactions::message_id.eq_any(ids.to_vec()))
        .order((message_reactions::created_at, message_reactions::emoji))
        .select((message_reactions::message_id, message_reactions::emoji))
        .load(conn)
}

/// Those who read the chat are still to be told of reactions to the message.
pub fn set_untold(conn: &mut Conn, session: SessionId, id: MessageId) -> QueryResult<()> {
    let row = (untold_reactions::message_id.eq(id), untold_reactions::session_id.eq(session));
    let insert = diesel::insert_into(untold_reactions::table).values(row);
    Both(insert.on_conflict(untold_reactions::message_id).do_nothing()).execute(conn).map(drop)
}

/// The messages of a chat whose reactions are to be told: whoever takes them does.
pub fn take_untold(conn: &mut Conn, session: SessionId) -> QueryResult<Vec<MessageId>> {
    let ids: Vec<MessageId> = untold_reactions::table
        .filter(untold_reactions::session_id.eq(session))
        .select(untold_reactions::message_id)
        .load(conn)?;
    diesel::delete(untold_reactions::table.filter(untold_reactions::message_id.eq_any(ids.clone()))).execute(conn)?;
    Ok(ids)
}

/// The sessions in whose chats there is something of that.
pub fn untold(conn: &mut Conn) -> QueryResult<Vec<SessionId>> {
    untold_reactions::table.select(untold_reactions::session_id).distinct().load(conn)
}
