//! How the chat of a session stands: its counters and its settings (I1).

use crate::db::{Both, Conn};
use crate::ids::{MessageId, SessionId};
use crate::schema::chats;
use diesel::prelude::*;

#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = chats, treat_none_as_default_value = false, check_for_backend(crate::db::Backend))]
pub struct Chat {
    pub session_id: SessionId,
    /// Of the newest message.
    pub last_number: i64,
    /// Counts every change of it and of its messages: of two copies the higher one is newer.
    pub revision: i64,
    /// Between two messages of one person; 0 without slow mode.
    pub slow_seconds: i32,
    /// Only hosts may write.
    pub paused: bool,
    pub pinned_message_id: Option<MessageId>,
}

impl Chat {
    /// One in which nothing has happened yet.
    fn new(session_id: SessionId) -> Self {
        Self { session_id, last_number: 0, revision: 0, slow_seconds: 0, paused: false, pinned_message_id: None }
    }
}

/// The chat of a session that exists.
pub fn find(conn: &mut Conn, session: SessionId) -> QueryResult<Chat> {
    let found = chats::table.find(session).select(Chat::as_select()).first(conn).optional()?;
    Ok(found.unwrap_or_else(|| Chat::new(session)))
}

/// The same, for one transaction at a time: so its counters have no gap, and go up in the order in which changes are there to
/// be read.
pub fn hold(conn: &mut Conn, session: SessionId) -> QueryResult<Chat> {
    let insert = diesel::insert_into(chats::table).values(Chat::new(session));
    Both(insert.on_conflict(chats::session_id).do_nothing()).execute(conn)?;
    if let Conn::Pg(pg) = conn {
        chats::table.find(session).select(chats::session_id).for_update().first::<SessionId>(pg)?;
    }
    find(conn, session)
}

/// Writes what was held and changed.
pub fn save(conn: &mut Conn, chat: &Chat) -> QueryResult<()> {
    diesel::update(chats::table.find(chat.session_id))
        .set((
            chats::last_number.eq(chat.last_number),
            chats::revision.eq(chat.revision),
            chats::slow_seconds.eq(chat.slow_seconds),
            chats::paused.eq(chat.paused),
            chats::pinned_message_id.eq(chat.pinned_message_id),
        ))
        .execute(conn)
        .map(drop)
}
