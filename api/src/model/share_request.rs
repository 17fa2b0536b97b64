//! Requests to go on screen, and what became of them (D3, D5).

use crate::clock::Time;
use crate::db::Conn;
use crate::ids::{AccountId, EventId, SessionId, ShareRequestId};
use crate::model::account::Account;
use crate::model::page::{Page, Slice, one_more};
use crate::schema::{accounts, sessions, share_requests};
use crate::text_enum;
use diesel::prelude::*;

text_enum! {
    /// What became of a request.
    State { Waiting = "waiting", Approved = "approved", Declined = "declined", Withdrawn = "withdrawn", }
}

#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = share_requests, treat_none_as_default_value = false, check_for_backend(crate::db::Backend))]
pub struct ShareRequest {
    pub id: ShareRequestId,
    pub session_id: SessionId,
    pub account_id: AccountId,
    pub state: State,
    pub created_at: Time,
    /// The host who approved or declined it, while they have an account.
    pub decided_by: Option<AccountId>,
    /// When it ended, however that was.
    pub decided_at: Option<Time>,
}

impl ShareRequest {
    pub fn new(id: ShareRequestId, session_id: SessionId, account_id: AccountId, created_at: Time) -> Self {
        Self { id, session_id, account_id, state: State::Waiting, created_at, decided_by: None, decided_at: None }
    }
}

/// How requests end.
#[derive(Clone, Copy, Debug)]
pub struct End {
    pub state: State,
    pub by: Option<AccountId>,
    pub at: Time,
}

pub fn insert(conn: &mut Conn, request: &ShareRequest) -> QueryResult<()> {
    diesel::insert_into(share_requests::table).values(request).execute(conn).map(drop)
}

pub fn find(conn: &mut Conn, id: ShareRequestId) -> QueryResult<Option<ShareRequest>> {
    share_requests::table.find(id).select(ShareRequest::as_select()).first(conn).optional()
}

/// Ends those of the requests that still wait: of two who decide at the same moment, one finds none. Gives how many it ended.
pub fn end(conn: &mut Conn, ids: &[ShareRequestId], End { state, by, at }: End) -> QueryResult<usize> {
    let waiting = share_requests::table
        .filter(share_requests::id.eq_any(ids.to_vec()))
        .filter(share_requests::state.eq(State::Waiting));
    diesel::update(waiting)
        .set((share_requests::state.eq(state), share_requests::decided_by.eq(by), share_requests::decided_at.eq(at)))
        .execute(conn)
}

/// The person gives back what came of their last request in the session that was approved: it counts as withdrawn.
pub fn give_back(
    conn: &mut Conn,
    session: SessionId,
    account: AccountId,
    at: Time,
) -> QueryResult<Option<ShareRequest>> {
    let approved: Option<ShareRequest> = share_requests::table
        .filter(share_requests::session_id.eq(session))
        .filter(share_requests::account_id.eq(account))
        .filter(share_requests::state.eq(State::Approved))
        .order((share_requests::created_at.desc(), share_requests::id.desc()))
        .select(ShareRequest::as_select())
        .first(conn)
        .optional()?;
    let Some(request) = approved else { return Ok(None) };
    let row = ShareRequest { state: State::Withdrawn, decided_by: None, decided_at: Some(at), ..request };
    diesel::update(share_requests::table.find(row.id))
        .set((
            share_requests::state.eq(row.state),
            share_requests::decided_by.eq(row.decided_by),
            share_requests::decided_at.eq(row.decided_at),
        ))
        .execute(conn)?;
    Ok(Some(row))
}

/// The person's request that waits in the session.
pub fn waiting_of(conn: &mut Conn, session: SessionId, account: AccountId) -> QueryResult<Option<ShareRequest>> {
    share_requests::table
        .filter(share_requests::session_id.eq(session))
        .filter(share_requests::account_id.eq(account))
        .filter(share_requests::state.eq(State::Waiting))
        .select(ShareRequest::as_select())
        .first(conn)
        .optional()
}

/// Everybody who waits in the session, in the order they asked.
pub fn queue(conn: &mut Conn, session: SessionId) -> QueryResult<Vec<ShareRequest>> {
    queues(conn, &[session])
}

/// The same of several sessions, each session's in its order.
pub fn queues(conn: &mut Conn, sessions: &[SessionId]) -> QueryResult<Vec<ShareRequest>> {
    share_requests::table
        .filter(share_requests::session_id.eq_any(sessions.to_vec()))
        .filter(share_requests::state.eq(State::Waiting))
        .order((share_requests::session_id, share_requests::created_at, share_requests::id))
        .select(ShareRequest::as_select())
        .load(conn)
}

/// Where the person waits.
pub fn sessions_of(conn: &mut Conn, account: AccountId) -> QueryResult<Vec<SessionId>> {
    share_requests::table
        .filter(share_requests::account_id.eq(account))
        .filter(share_requests::state.eq(State::Waiting))
        .select(share_requests::session_id)
        .load(conn)
}

/// The sessions of the event in which somebody waits.
pub fn sessions_of_event(conn: &mut Conn, event: EventId) -> QueryResult<Vec<SessionId>> {
    share_requests::table
        .inner_join(sessions::table)
        .filter(sessions::event_id.eq(event))
        .filter(share_requests::state.eq(State::Waiting))
        .select(share_requests::session_id)
        .distinct()
        .load(conn)
}

/// Those who wait in the session with their accounts, in order, after moment and id of the last one seen.
pub fn list(
    conn: &mut Conn,
    session: SessionId,
    Slice { after, first }: Slice<(Time, ShareRequestId)>,
) -> QueryResult<Page<(ShareRequest, Account)>> {
    let mut query = share_requests::table
        .inner_join(accounts::table)
        .filter(share_requests::session_id.eq(session))
        .filter(share_requests::state.eq(State::Waiting))
        .order((share_requests::created_at, share_requests::id))
        .limit(one_more(first))
        .select((ShareRequest::as_select(), Account::as_select()))
        .into_boxed();
    if let Some((at, id)) = after {
        let same_moment = share_requests::created_at.eq(at).and(share_requests::id.gt(id));
        query = query.filter(share_requests::created_at.gt(at).or(same_moment));
    }
    Ok(Page::of(query.load(conn)?, first))
}

/// How many wait in each of these sessions, where there is anybody.
pub fn counts(conn: &mut Conn, sessions: &[SessionId]) -> QueryResult<Vec<(SessionId, i64)>> {
    share_requests::table
        .filter(share_requests::session_id.eq_any(sessions.to_vec()))
        .filter(share_requests::state.eq(State::Waiting))
        .group_by(share_requests::session_id)
        .select((share_requests::session_id, diesel::dsl::count_star()))
        .load(conn)
}

/// In which of these sessions the person waits.
pub fn among(conn: &mut Conn, account: AccountId, sessions: &[SessionId]) -> QueryResult<Vec<SessionId>> {
    share_requests::table
        .filter(share_requests::account_id.eq(account))
        .filter(share_requests::session_id.eq_any(sessions.to_vec()))
        .filter(share_requests::state.eq(State::Waiting))
        .select(share_requests::session_id)
        .load(conn)
}
