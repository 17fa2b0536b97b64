//! Everything that is kept about one person, wherever it stands, and taking it away (A8). A new table with
//! something about people gets its part here. Recordings are not about one of them: they stay whole, for organizers to delete.

use crate::clock::Time;
use crate::db::Conn;
use crate::ids::{AccountId, MessageId, PictureId, SessionId};
use crate::limits;
use crate::model::account::Account;
use crate::model::host_action::Action;
use crate::model::message;
use crate::model::picture::Picture;
use crate::model::share_request::State;
use crate::schema::{
    accounts, admissions, agenda_entries, bars, blocked_emails, events, grants, host_actions, invitations, logins,
    mail_tokens, mails, message_reactions, messages, moderators, organizations, organizers, pictures, registrations,
    segment_speakers, segments, sessions, share_requests, sharers, ticket_types,
};
use diesel::prelude::*;

/// In the order in which it was made. Of drafts there is nothing by name: those are for organizers only (A3).
pub struct OwnData {
    /// From when, until when.
    pub logins: Vec<(Time, Time)>,
    pub organizations: Vec<(String, Time)>,
    pub registrations: Vec<Registered>,
    /// Event and when.
    pub blocked: Vec<(String, Time)>,
    pub invitations: Vec<InSession>,
    pub admissions: Vec<InSession>,
    pub moderates: Vec<InSession>,
    pub may_share: Vec<InSession>,
    pub granted: Vec<InSession>,
    pub barred: Vec<InSession>,
    /// What became of them stands beside.
    pub share_requests: Vec<(InSession, State)>,
    /// What they did as a host, or a host did to them, in events by name.
    pub host_actions: Vec<InLog>,
    pub created_sessions: Vec<InSession>,
    /// Event and segment.
    pub speaks_in: Vec<(String, String)>,
    /// Event and segment of My Agenda, and when it was put there (G3).
    pub agenda: Vec<(String, String, Time)>,
    pub messages: Vec<Written>,
    /// Session, emoji and when.
    pub reactions: Vec<(SessionId, String, Time)>,
    pub pictures: Vec<Picture>,
    pub mails: Vec<MailOfOne>,
    pub mail_links: Vec<MailLink>,
}

pub struct Registered {
    pub event: String,
    pub ticket_type: String,
    pub blocked: bool,
    pub muted: bool,
    pub at: Time,
}

/// Since when the person has a part in a session.
pub type InSession = (SessionId, Time);

pub struct InLog {
    pub event: String,
    pub action: Action,
    /// Whether the person did it; otherwise it was done to them.
    pub is_own: bool,
    pub at: Time,
}

/// A message of a chat.
pub struct Written {
    pub session: SessionId,
    pub text: String,
    pub at: Time,
    pub edited_at: Option<Time>,
}

pub struct MailOfOne {
    pub subject: String,
    pub body: String,
    pub written_at: Time,
    pub sent_at: Option<Time>,
}

pub struct MailLink {
    pub purpose: String,
    pub made_at: Time,
    pub ends_at: Time,
    pub used_at: Option<Time>,
}

/// Session and time of the rows of one table that name the account.
macro_rules! in_sessions {
    ($conn:expr, $table:ident, $mine:expr) => {
        $table::table
            .filter($mine)
            .order($table::created_at)
            .select(($table::session_id, $table::created_at))
            .load($conn)?
    };
}

/// What goes by the address alone is only for who has confirmed that it is theirs: anybody may say so.
pub fn of(conn: &mut Conn, account: &Account) -> QueryResult<OwnData> {
    let id = account.id;
    let email = if account.verified_at.is_some() { account.email.clone() } else { String::new() };
    Ok(OwnData {
        logins: logins::table
            .filter(logins::account_id.eq(id))
            .order(logins::created_at)
            .select((logins::created_at, logins::expires_at))
            .load(conn)?,
        organizations: organizers::table
            .inner_join(organizations::table.on(organizations::id.eq(organizers::organization_id)))
            .filter(organizers::account_id.eq(id))
            .order(organizers::created_at)
            .select((organizations::name, organizers::created_at))
            .load(conn)?,
        registrations: registered(conn, id)?,
        blocked: blocked_emails::table
            .inner_join(events::table.on(events::id.eq(blocked_emails::event_id)))
            .filter(blocked_emails::email.eq(email.clone()))
            .filter(events::published.eq(true))
            .order(blocked_emails::created_at)
            .select((events::name, blocked_emails::created_at))
            .load(conn)?,
        invitations: in_sessions!(
            conn,
            invitations,
            invitations::account_id.eq(id).or(invitations::email.eq(email.clone()))
        ),
        admissions: in_sessions!(conn, admissions, admissions::account_id.eq(id)),
        moderates: in_sessions!(conn, moderators, moderators::account_id.eq(id)),
        may_share: in_sessions!(conn, sharers, sharers::account_id.eq(id)),
        granted: in_sessions!(conn, grants, grants::account_id.eq(id)),
        barred: in_sessions!(conn, bars, bars::account_id.eq(id)),
        share_requests: share_requests::table
            .filter(share_requests::account_id.eq(id))
            .order((share_requests::created_at, share_requests::id))
            .select(((share_requests::session_id, share_requests::created_at), share_requests::state))
            .load(conn)?,
        host_actions: in_log(conn, id)?,
        created_sessions: sessions::table
            .filter(sessions::creator_id.eq(id))
            .order(sessions::created_at)
            .select((sessions::id, sessions::created_at))
            .load(conn)?,
        speaks_in: segment_speakers::table
            .inner_join(segments::table.on(segments::id.eq(segment_speakers::segment_id)))
            .inner_join(events::table.on(events::id.eq(segments::event_id)))
            .filter(segment_speakers::account_id.eq(id))
            .filter(events::published.eq(true))
            .filter(segments::published.eq(true))
            .order(segments::starts_at)
            .select((events::name, segments::name))
            .load(conn)?,
        agenda: agenda_entries::table
            .inner_join(segments::table.on(segments::id.eq(agenda_entries::segment_id)))
            .inner_join(events::table.on(events::id.eq(segments::event_id)))
            .filter(agenda_entries::account_id.eq(id))
            .filter(events::published.eq(true))
            .filter(segments::published.eq(true))
            .order(agenda_entries::created_at)
            .select((events::name, segments::name, agenda_entries::created_at))
            .load(conn)?,
        messages: written(conn, id)?,
        reactions: message_reactions::table
            .inner_join(messages::table)
            .filter(message_reactions::account_id.eq(id))
            .order(message_reactions::created_at)
            .select((messages::session_id, message_reactions::emoji, message_reactions::created_at))
            .load(conn)?,
        pictures: pictures::table
            .filter(pictures::account_id.eq(id))
            .order(pictures::id)
            .select(Picture::as_select())
            .load(conn)?,
        mails: mails_to(conn, &email)?,
        mail_links: links_for(conn, id, &email)?,
    })
}

fn registered(conn: &mut Conn, id: AccountId) -> QueryResult<Vec<Registered>> {
    let rows = registrations::table
        .inner_join(events::table)
        .inner_join(ticket_types::table)
        .filter(registrations::account_id.eq(id))
        .filter(events::published.eq(true))
        .order(registrations::created_at)
        .select((
            events::name,
            ticket_types::name,
            registrations::blocked,
            registrations::muted,
            registrations::created_at,
        ))
        .load::<(String, String, bool, bool, Time)>(conn)?;
    let named = |(event, ticket_type, blocked, muted, at)| Registered { event, ticket_type, blocked, muted, at };
    Ok(rows.into_iter().map(named).collect())
}

fn in_log(conn: &mut Conn, id: AccountId) -> QueryResult<Vec<InLog>> {
    let rows = host_actions::table
        .inner_join(events::table)
        .filter(host_actions::actor_id.eq(id).or(host_actions::person_id.eq(id)))
        .filter(events::published.eq(true))
        .order(host_actions::id)
        .select((events::name, host_actions::action, host_actions::actor_id, host_actions::created_at))
        .load::<(String, Action, Option<AccountId>, Time)>(conn)?;
    let named = |(event, action, actor, at)| InLog { event, action, is_own: actor == Some(id), at };
    Ok(rows.into_iter().map(named).collect())
}

fn written(conn: &mut Conn, id: AccountId) -> QueryResult<Vec<Written>> {
    let rows = messages::table
        .filter(messages::account_id.eq(id))
        .filter(messages::deleted_at.is_null())
        .order((messages::created_at, messages::session_id, messages::number))
        .select((messages::session_id, messages::text, messages::created_at, messages::edited_at))
        .load::<(SessionId, String, Time, Option<Time>)>(conn)?;
    Ok(rows.into_iter().map(|(session, text, at, edited_at)| Written { session, text, at, edited_at }).collect())
}

fn mails_to(conn: &mut Conn, email: &str) -> QueryResult<Vec<MailOfOne>> {
    let rows = mails::table
        .filter(mails::recipient.eq(email.to_owned()))
        .order(mails::created_at)
        .select((mails::subject, mails::body, mails::created_at, mails::sent_at))
        .load::<(String, String, Time, Option<Time>)>(conn)?;
    let named = |(subject, body, written_at, sent_at)| MailOfOne { subject, body, written_at, sent_at };
    Ok(rows.into_iter().map(named).collect())
}

fn links_for(conn: &mut Conn, id: AccountId, email: &str) -> QueryResult<Vec<MailLink>> {
    let rows = mail_tokens::table
        .filter(mail_tokens::account_id.eq(id).or(mail_tokens::email.eq(email.to_owned())))
        .order(mail_tokens::created_at)
        .select((mail_tokens::purpose, mail_tokens::created_at, mail_tokens::expires_at, mail_tokens::used_at))
        .load::<(String, Time, Time, Option<Time>)>(conn)?;
    let named = |(purpose, made_at, ends_at, used_at)| MailLink { purpose, made_at, ends_at, used_at };
    Ok(rows.into_iter().map(named).collect())
}

/// The sessions in which the person has a part that others see: they are another one without them.
pub fn sessions_with(conn: &mut Conn, id: AccountId) -> QueryResult<Vec<SessionId>> {
    let mut found: Vec<SessionId> =
        moderators::table.filter(moderators::account_id.eq(id)).select(moderators::session_id).load(conn)?;
    found
        .extend(sharers::table.filter(sharers::account_id.eq(id)).select(sharers::session_id).load::<SessionId>(conn)?);
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

/// The person's own pictures.
pub fn own_pictures(conn: &mut Conn, id: AccountId) -> QueryResult<Vec<PictureId>> {
    pictures::table
        .filter(pictures::account_id.eq(id))
        .filter(pictures::event_id.is_null())
        .select(pictures::id)
        .load(conn)
}

/// Takes the account away with all that names it. What goes by the address goes too, if it is known to be
/// theirs, but for the lists of whom organizers keep
/// out of their events: otherwise deleting an account would undo that (A7). Of messages it stays that there were some; gives
/// those that chats have to hear of.
pub fn delete(conn: &mut Conn, account: &Account, now: Time) -> QueryResult<Vec<MessageId>> {
    if account.verified_at.is_some() {
        let email = account.email.clone();
        diesel::delete(mails::table.filter(mails::recipient.eq(email.clone()))).execute(conn)?;
        diesel::delete(mail_tokens::table.filter(mail_tokens::email.eq(email.clone()))).execute(conn)?;
        diesel::delete(invitations::table.filter(invitations::email.eq(email))).execute(conn)?;
    }
    let erased = message::erase_all_of(conn, account.id, now, limits::ERASED_TOLD)?;
    // The rest follows by its references.
    diesel::delete(accounts::table.find(account.id)).execute(conn)?;
    Ok(erased)
}
