//! Requests to go on screen: asking a host, taking that back, and what hosts answer (D3, D5).

use crate::access::{self, Caller};
use crate::app::App;
use crate::clock::Time;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::feed::{SessionView, ShareRequestView};
use crate::ids::{AccountId, EventId, SessionId, ShareRequestId};
use crate::limits;
use crate::model;
use crate::model::account::Account;
use crate::model::event::Event;
use crate::model::host_action::Action;
use crate::model::page::Slice;
use crate::model::session::{Patch, Session, ShareAccess};
use crate::model::share_request::{End, ShareRequest, State};
use crate::ops;
use crate::ops::host_action::Acted;
use crate::ops::list::{Listed, Total};
use crate::ops::room::{Whose, tell_sharing};
use crate::ops::session::{Changing, Watched};
use crate::validate::{Code, Problem};
use itertools::{Either, Itertools};
use std::collections::HashMap;
use std::sync::Arc;

/// For whom there is no such request: nobody but hosts, and who made it, knows of it.
const MISSING: Error = Error::NotFound("request");

/// Asks the hosts of the session, at any time at which one may be in its room. Who waits already goes on waiting.
pub async fn request(app: &App, caller: &Caller, id: SessionId) -> Result<SessionView> {
    let person = caller.account()?.id;
    let (asking, now, request) = (caller.clone(), app.clock.now(), app.ids.next());
    let rooms = app.rooms.clone();
    let _order = app.in_order().await?;
    let write = move |conn: &mut Conn| {
        model::session::lock(conn, id)?;
        let asking = ops::account::again(conn, &asking, now)?;
        let Watched { view, standing, claim } = ops::session::watched(conn, &asking, id)?;
        let host = access::is_host(person, standing, &view.session, claim);
        access::request_to_share(standing, &view.session, host, claim)?;
        access::enter(standing, claim.speaker, ops::room::door(&rooms, &view, person, now))?;
        if model::share_request::waiting_of(conn, id, person)?.is_some() {
            return Ok((view, Vec::new()));
        }
        make_room(conn, id)?;
        let row = ShareRequest::new(request, id, person, now);
        model::share_request::insert(conn, &row)?;
        Ok((view, views(conn, vec![row])?))
    };
    let (view, made) = app.db.write(write).await?;
    if !made.is_empty() {
        tell_sharing(app, id, Whose::Nobodys, made).await?;
    }
    Ok(view)
}

fn make_room(conn: &mut Conn, id: SessionId) -> Result<()> {
    let waiting = model::share_request::counts(conn, &[id])?.first().map_or(0, |(_, count)| *count);
    if usize::try_from(waiting).is_ok_and(|waiting| waiting < limits::SHARE_REQUESTS) {
        return Ok(());
    }
    let message = format!("{} people wait here already. Ask again in a while.", limits::SHARE_REQUESTS);
    Err(Problem::new("sessionId", Code::OutOfRange, message).into())
}

/// Takes the caller's request back, or the right that came of it, so that somebody else gets the place. Passes from before that open
/// the room no more, since they say that the person may share.
pub async fn withdraw(app: &App, caller: &Caller, id: SessionId) -> Result<SessionView> {
    let person = caller.account()?.id;
    let (asking, now) = (caller.clone(), app.clock.now());
    let _order = app.in_order().await?;
    let write = move |conn: &mut Conn| {
        model::session::lock(conn, id)?;
        let asking = ops::account::again(conn, &asking, now)?;
        let view = ops::session::watched(conn, &asking, id)?.view;
        if let Some(waiting) = model::share_request::waiting_of(conn, id, person)? {
            let withdrawn = ended(conn, vec![waiting], End { state: State::Withdrawn, by: None, at: now })?;
            return Ok((Either::Left(view), withdrawn));
        }
        // A right from before says nothing where nobody has to ask.
        let moderated = view.session.share_access == ShareAccess::Moderated;
        if !moderated || !model::grant::delete(conn, id, person)? {
            return Err(Error::Conflict("You do not wait here any more: look at what became of it."));
        }
        let request = model::share_request::give_back(conn, id, person, now)?;
        let withdrawn = views(conn, request.into_iter().collect())?;
        Ok((Either::Right(Changing::begin(conn, view)?.finish(conn, &Patch::default(), now)?), withdrawn))
    };
    let (done, withdrawn) = app.db.write(write).await?;
    let (view, whose) = match done {
        Either::Left(view) => (view, Whose::Nobodys),
        Either::Right(changed) => (changed.announce(app), Whose::One(person)),
    };
    tell_sharing(app, id, whose, withdrawn).await?;
    Ok(view)
}

/// Gives the person who asked a grant. Of two hosts who decide at the same moment the second is told who was faster.
pub async fn approve(app: &App, caller: &Caller, id: ShareRequestId) -> Result<(SessionView, ShareRequestView)> {
    decide(app, caller, id, Action::ApprovedRequest).await
}

/// Refuses a request, for this time: the person may ask again.
pub async fn decline(app: &App, caller: &Caller, id: ShareRequestId) -> Result<(SessionView, ShareRequestView)> {
    decide(app, caller, id, Action::DeclinedRequest).await
}

async fn decide(
    app: &App,
    caller: &Caller,
    id: ShareRequestId,
    action: Action,
) -> Result<(SessionView, ShareRequestView)> {
    let account = caller.account()?.id;
    let (asking, now, log) = (caller.clone(), app.clock.now(), app.ids.next());
    let approves = action == Action::ApprovedRequest;
    let _order = app.in_order().await?;
    let write = move |conn: &mut Conn| {
        let (request, view) = decidable(conn, &asking, now, id)?;
        let (session, person) = (view.session.id, request.account_id);
        let state = if approves { State::Approved } else { State::Declined };
        let decided = ended(conn, vec![request], End { state, by: Some(account), at: now })?;
        let Some(decided) = decided.into_iter().next() else { return Err(overtaken(conn, id)?) };
        if approves {
            model::grant::insert_once(conn, session, person, now)?;
        }
        let acted = Acted { id: log, actor: account, action, person: Some(person), at: now };
        ops::host_action::write(conn, &view, acted)?;
        Ok((view, decided))
    };
    let (view, decided) = app.db.write(write).await?;
    let whose = if approves { Whose::Approved(decided.request.account_id) } else { Whose::Nobodys };
    tell_sharing(app, view.session.id, whose, vec![decided.clone()]).await?;
    Ok((view, decided))
}

/// A request that the caller may decide, waiting still or not, and its session.
fn decidable(conn: &mut Conn, caller: &Caller, now: Time, id: ShareRequestId) -> Result<(ShareRequest, SessionView)> {
    let request = model::share_request::find(conn, id)?.ok_or(MISSING)?;
    model::session::lock(conn, request.session_id)?;
    let caller = ops::account::again(conn, caller, now)?;
    let person = caller.account()?.id;
    let watched = ops::session::watched(conn, &caller, request.session_id).map_err(|error| match error {
        Error::NotFound(_) => MISSING,
        other => other,
    })?;
    let Watched { view, standing, claim } = watched;
    let host = access::is_host(person, standing, &view.session, claim);
    access::direct_screen(host).map_err(|refused| if request.account_id == person { refused } else { MISSING })?;
    // Who lost the session at this very moment waits no more (C6).
    let may = ops::room::watchers_among(conn, &view.event, &view.session, &[request.account_id])?;
    if may.is_empty() { Err(MISSING) } else { Ok((request, view)) }
}

/// Why a request cannot be decided any more.
fn overtaken(conn: &mut Conn, id: ShareRequestId) -> Result<Error> {
    let request = model::share_request::find(conn, id)?.ok_or(MISSING)?;
    let verdict = match request.state {
        State::Approved => "approved",
        State::Declined => "declined",
        State::Waiting | State::Withdrawn => return Ok(Error::Conflict("This request was withdrawn already.")),
    };
    let by = match request.decided_by {
        Some(host) => model::account::find(conn, host)?.map(|host| host.name),
        None => None,
    };
    let by = by.unwrap_or_else(|| "Somebody".into());
    Ok(Error::Overtaken(format!("{by} has {verdict} this request already.")))
}

/// Refuses everybody who waits in the session; gives how many these are.
pub async fn decline_all(app: &App, caller: &Caller, id: SessionId) -> Result<(SessionView, usize)> {
    let account = caller.account()?.id;
    let (asking, now, log) = (caller.clone(), app.clock.now(), app.ids.next());
    let _order = app.in_order().await?;
    let write = move |conn: &mut Conn| {
        model::session::lock(conn, id)?;
        let asking = ops::account::again(conn, &asking, now)?;
        let Watched { view, standing, claim } = ops::session::watched(conn, &asking, id)?;
        access::direct_screen(access::is_host(account, standing, &view.session, claim))?;
        let waiting = model::share_request::queue(conn, id)?;
        let declined = ended(conn, waiting, End { state: State::Declined, by: Some(account), at: now })?;
        if !declined.is_empty() {
            let action = Action::DeclinedAllRequests;
            ops::host_action::write(conn, &view, Acted { id: log, actor: account, action, person: None, at: now })?;
        }
        Ok((view, declined))
    };
    let (view, declined) = app.db.write(write).await?;
    let count = declined.len();
    if count > 0 {
        tell_sharing(app, id, Whose::Nobodys, declined).await?;
    }
    Ok((view, count))
}

/// Those who wait in the session, in order, for its hosts; nobody for others.
pub async fn list(
    app: &App,
    host: bool,
    id: SessionId,
    slice: Slice<(Time, ShareRequestId)>,
) -> Result<Listed<(ShareRequest, Account)>> {
    if access::direct_screen(host).is_err() {
        return Ok(Listed::nothing());
    }
    let page = app.db.read(move |conn| Ok(model::share_request::list(conn, id, slice)?)).await?;
    Ok(Listed { page, total: Total::WaitingIn(id) })
}

/// Whether the person is a host of a session of the event, or will be one when it is moderated.
pub async fn hosts_in(app: &App, event: EventId, person: AccountId) -> Result<bool> {
    let read = move |conn: &mut Conn| {
        Ok(model::moderator::is_one_in(conn, event, person)? || model::session::made_one_in(conn, event, person)?)
    };
    app.db.read(read).await
}

/// Ends requests of one session; gives nothing when somebody else has done so since they were read.
fn ended(conn: &mut Conn, requests: Vec<ShareRequest>, end: End) -> Result<Vec<ShareRequestView>> {
    let ids: Vec<ShareRequestId> = requests.iter().map(|request| request.id).collect();
    if ids.is_empty() || model::share_request::end(conn, &ids, end)? < ids.len() {
        return Ok(Vec::new());
    }
    let over = |request: ShareRequest| ShareRequest {
        state: end.state,
        decided_by: end.by,
        decided_at: Some(end.at),
        ..request
    };
    views(conn, requests.into_iter().map(over).collect())
}

/// Ends what a person waits for in a session.
pub(crate) fn end_of(
    conn: &mut Conn,
    session: SessionId,
    person: AccountId,
    end: End,
) -> Result<Vec<ShareRequestView>> {
    let waiting = model::share_request::waiting_of(conn, session, person)?;
    ended(conn, waiting.into_iter().collect(), end)
}

/// Ends the requests of everybody who need not, or may not, ask here any more: it is not moderated any more (D9), they lost it
/// (C6), or are a host of it now (D4).
pub(crate) fn settle(conn: &mut Conn, event: &Event, session: &Session, now: Time) -> Result<Vec<ShareRequestView>> {
    let waiting = model::share_request::queue(conn, session.id)?;
    if waiting.is_empty() {
        return Ok(Vec::new());
    }
    let people: Vec<AccountId> = waiting.iter().map(|request| request.account_id).collect();
    let watchers = ops::room::watchers_among(conn, event, session, &people)?;
    let sharing = ops::room::read_sharing(conn, session.clone())?;
    let stays = |person: AccountId| watchers.contains(&person) && sharing.of(person).waiting.is_some();
    let over = waiting.into_iter().filter(|request| !stays(request.account_id)).collect();
    ended(conn, over, End { state: State::Withdrawn, by: None, at: now })
}

/// A person lost or gained access somewhere: see [`settle`]. Whoever calls it holds the order of changes.
pub(crate) async fn access_changed(app: &App, person: AccountId) -> Result<()> {
    let sessions = app.db.read(move |conn| Ok(model::share_request::sessions_of(conn, person)?)).await?;
    settle_all(app, sessions).await
}

/// The same of everybody who waits in an event, which was published or made a draft.
pub(crate) async fn event_access_changed(app: &App, event: EventId) -> Result<()> {
    let _order = app.in_order().await?;
    let sessions = app.db.read(move |conn| Ok(model::share_request::sessions_of_event(conn, event)?)).await?;
    settle_all(app, sessions).await
}

async fn settle_all(app: &App, mut sessions: Vec<SessionId>) -> Result<()> {
    if sessions.is_empty() {
        return Ok(());
    }
    // In one order everywhere: two of these at once must not wait for each other.
    sessions.sort_unstable();
    let now = app.clock.now();
    let write = move |conn: &mut Conn| {
        let mut over = Vec::new();
        for id in sessions {
            model::session::lock(conn, id)?;
            // One whose deletion can be taken back still has a queue (B8).
            let Some(session) = model::session::even_deleted(conn, id)? else { continue };
            let Some(event) = model::event::find(conn, session.event_id)? else { continue };
            over.extend(settle(conn, &event, &session, now)?);
        }
        Ok(over)
    };
    tell_each(app, app.db.write(write).await?).await
}

/// Ends what a person who deletes their account waits for, for [`tell_each`] once that is done.
pub(crate) fn withdraw_everywhere(conn: &mut Conn, person: AccountId, now: Time) -> Result<Vec<ShareRequestView>> {
    let mut withdrawn = Vec::new();
    for session in model::share_request::sessions_of(conn, person)? {
        withdrawn.extend(end_of(conn, session, person, End { state: State::Withdrawn, by: None, at: now })?);
    }
    Ok(withdrawn)
}

/// Tells of requests that ended in several sessions. Whoever calls it holds the order of changes.
pub(crate) async fn tell_each(app: &App, requests: Vec<ShareRequestView>) -> Result<()> {
    for (session, requests) in requests.into_iter().into_group_map_by(|view| view.request.session_id) {
        tell_sharing(app, session, Whose::Nobodys, requests).await?;
    }
    Ok(())
}

/// Adds the people that requests name; one whose person is gone is left out.
fn views(conn: &mut Conn, requests: Vec<ShareRequest>) -> Result<Vec<ShareRequestView>> {
    if requests.is_empty() {
        return Ok(Vec::new());
    }
    let named = requests.iter().flat_map(|request| [Some(request.account_id), request.decided_by]);
    let named: Vec<AccountId> = named.flatten().sorted_unstable().dedup().collect();
    let people: HashMap<AccountId, Arc<Account>> =
        model::account::by_ids(conn, &named)?.into_iter().map(|account| (account.id, Arc::new(account))).collect();
    let view = |request: ShareRequest| {
        let person = Arc::clone(people.get(&request.account_id)?);
        let decided_by = request.decided_by.and_then(|host| people.get(&host).cloned());
        Some(ShareRequestView { request, person, decided_by })
    };
    Ok(requests.into_iter().filter_map(view).collect())
}
