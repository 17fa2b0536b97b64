//! Mails that wait to be sent, or were. A mail is written in the transaction of what causes it.

use crate::clock::Time;
use crate::db::Conn;
use crate::ids::{MailId, MailTokenId};
use crate::on_each;
use crate::schema::mails;
use diesel::prelude::*;

#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = mails, treat_none_as_default_value = false, check_for_backend(crate::db::Backend))]
pub struct Mail {
    pub id: MailId,
    pub recipient: String,
    pub subject: String,
    /// With `{token}` where the token stands: what is kept opens nothing.
    pub body: String,
    pub token_id: Option<MailTokenId>,
    pub created_at: Time,
    /// How often sending it was tried.
    pub attempts: i32,
    /// When it is tried next; nothing once it was sent or given up.
    pub next_at: Option<Time>,
    pub sent_at: Option<Time>,
    /// What the mail server said the last time it refused.
    pub failure: Option<String>,
}

/// Rows in one statement.
const BATCH: usize = 500;

pub fn insert_all(conn: &mut Conn, rows: &[Mail]) -> QueryResult<()> {
    for some in rows.chunks(BATCH) {
        on_each!(conn, native => diesel::insert_into(mails::table).values(some).execute(native))?;
    }
    Ok(())
}

pub fn find(conn: &mut Conn, id: MailId) -> QueryResult<Option<Mail>> {
    mails::table.find(id).select(Mail::as_select()).first(conn).optional()
}

/// What is to be tried now, what waits longest first; held until the transaction ends. What somebody else holds is left out:
/// whoever waits for one mail while holding others waits for ever, where those are deleted in another order.
pub fn due(conn: &mut Conn, now: Time, count: i64) -> QueryResult<Vec<Mail>> {
    let due = mails::table.filter(mails::next_at.le(now)).order((mails::next_at, mails::id)).limit(count);
    match conn {
        Conn::Pg(pg) => due.select(Mail::as_select()).for_update().skip_locked().load(pg),
        Conn::Sqlite(sqlite) => due.select(Mail::as_select()).load(sqlite),
    }
}

/// When the next one is to be tried.
pub fn next_due(conn: &mut Conn) -> QueryResult<Option<Time>> {
    mails::table.select(diesel::dsl::min(mails::next_at)).first(conn)
}

/// Takes a mail for sending, so that no other process does: it is due again at `again` should this one be lost meanwhile.
/// Whether it was still there to be taken.
pub fn claim(conn: &mut Conn, mail: &Mail, again: Time) -> QueryResult<bool> {
    diesel::update(mails::table.find(mail.id).filter(mails::next_at.eq(mail.next_at)))
        .set((mails::next_at.eq(again), mails::attempts.eq(mail.attempts + 1)))
        .execute(conn)
        .map(|rows| rows > 0)
}

pub fn sent(conn: &mut Conn, id: MailId, now: Time) -> QueryResult<()> {
    diesel::update(mails::table.find(id))
        .set((mails::next_at.eq(None::<Time>), mails::sent_at.eq(now), mails::failure.eq(None::<String>)))
        .execute(conn)
        .map(drop)
}

/// It was refused: tried again at `again`, or never.
pub fn refused(conn: &mut Conn, id: MailId, why: &str, again: Option<Time>) -> QueryResult<()> {
    diesel::update(mails::table.find(id))
        .set((mails::next_at.eq(again), mails::failure.eq(why)))
        .execute(conn)
        .map(drop)
}

/// The newest first.
pub fn latest(conn: &mut Conn, count: i64) -> QueryResult<Vec<Mail>> {
    mails::table.order(mails::id.desc()).limit(count).select(Mail::as_select()).load(conn)
}

pub fn count_waiting(conn: &mut Conn) -> QueryResult<i64> {
    mails::table.filter(mails::next_at.is_not_null()).count().get_result(conn)
}

/// Forgets what was sent, or given up, and was written before `before`.
pub fn delete_done(conn: &mut Conn, before: Time) -> QueryResult<()> {
    diesel::delete(mails::table.filter(mails::next_at.is_null()).filter(mails::created_at.lt(before)))
        .execute(conn)
        .map(drop)
}
