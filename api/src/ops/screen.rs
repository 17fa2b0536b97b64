//! What hosts do about people on screen (D7): mute for everyone, take off the screen, end a screen share alone, lift a bar.

pub mod youtube;

use crate::access::{self, Caller, Standing};
use crate::app::App;
use crate::clock::Time;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::feed::SessionView;
use crate::ids::{AccountId, HostActionId, SessionId};
use crate::model;
use crate::model::account::Account;
use crate::model::bar::Bar;
use crate::model::host_action::Action;
use crate::model::page::Slice;
use crate::model::session::Patch;
use crate::model::share_request::{End, State};
use crate::ops;
use crate::ops::host_action::Acted;
use crate::ops::list::{Listed, Total};
use crate::ops::room::{Whose, tell_sharing};
use crate::ops::session::{Changing, Watched};
use protocol::link::FromApi;
use protocol::room::{Seat, Source};

/// A person in a session's room.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    pub session: SessionId,
    pub person: AccountId,
}

/// Takes a person off the screen, and their grant: they must ask again. By an organizer, or in a session of one's own, they are
/// barred as well. Passes from before open the room no more, since they say that the person may share.
pub async fn remove(app: &App, caller: &Caller, target: Target) -> Result<SessionView> {
    let account = caller.account()?.id;
    let Target { session, person } = target;
    let (asking, now, log) = (caller.clone(), app.clock.now(), app.ids.next());
    let _order = app.in_order().await?;
    let live = app.rooms.live(session);
    let on_screen = !live.sources(person).is_empty() || live.shares_youtube(person);
    let write = move |conn: &mut Conn| {
        let Scene { view, actor, host, person: theirs, other_host } = scene(conn, &asking, now, target)?;
        access::remove_from_screen(actor, host, other_host)?;
        let bars = access::removal_bars(actor, view.session.creator_id == Some(account), theirs);
        let mut changes = on_screen;
        if bars {
            let bar = Bar { session_id: session, account_id: person, barred_by: Some(account), created_at: now };
            changes |= model::bar::insert_once(conn, &bar)?;
        }
        changes |= model::grant::delete(conn, session, person)?;
        let end = End { state: State::Declined, by: Some(account), at: now };
        let declined = ops::share_request::end_of(conn, session, person, end)?;
        changes |= !declined.is_empty();
        if changes {
            let action = if bars { Action::BarredFromScreen } else { Action::RemovedFromScreen };
            ops::host_action::write(conn, &view, acted(log, account, action, person, now))?;
        }
        Ok((Changing::begin(conn, view)?.finish(conn, &Patch::default(), now)?, declined))
    };
    let (changed, declined) = app.db.write(write).await?;
    let after = changed.announce(app);
    // Before the right goes, so that the person is told that a host did it.
    for seat in [Seat::Person, Seat::Screen, Seat::Youtube] {
        app.rooms.send(&stop(target, seat));
    }
    tell_sharing(app, session, Whose::One(person), declined).await?;
    Ok(after)
}

/// Lets a person back on the screen who was barred: in the way in which others come there.
pub async fn lift_bar(app: &App, caller: &Caller, target: Target) -> Result<SessionView> {
    let account = caller.account()?.id;
    let Target { session, person } = target;
    let (asking, now, log) = (caller.clone(), app.clock.now(), app.ids.next());
    let _order = app.in_order().await?;
    let write = move |conn: &mut Conn| {
        model::session::lock(conn, session)?;
        let asking = ops::account::again(conn, &asking, now)?;
        let Watched { view, standing, claim } = ops::session::watched(conn, &asking, session)?;
        access::direct_screen(access::is_host(account, standing, &view.session, claim))?;
        // Also of who may not watch any more: they may come back.
        if !model::bar::delete(conn, session, person)? {
            return Err(Error::NotFound("person"));
        }
        ops::host_action::write(conn, &view, acted(log, account, Action::LiftedBar, person, now))?;
        Ok(view)
    };
    let view = app.db.write(write).await?;
    tell_sharing(app, session, Whose::One(person), Vec::new()).await?;
    Ok(view)
}

/// Mutes what a person sends, for everyone. They may unmute it again.
pub async fn mute(app: &App, caller: &Caller, target: Target, source: Source) -> Result<SessionView> {
    let sent = app.rooms.live(target.session).sources(target.person).contains(&source);
    let action = sent.then_some(Action::Muted);
    let view = act(app, caller, target, (action, |_, host, _| access::direct_screen(host))).await?;
    let (session, person) = (target.session.to_string(), target.person.to_string());
    app.rooms.send(&FromApi::Mute { session, person, source });
    Ok(view)
}

/// Ends a person's screen share; they stay on screen, and may share again.
pub async fn remove_share(app: &App, caller: &Caller, target: Target) -> Result<SessionView> {
    let shared =
        app.rooms.live(target.session).sources(target.person).iter().any(|source| source.seat() == Seat::Screen);
    let action = shared.then_some(Action::RemovedScreenShare);
    let view = act(app, caller, target, (action, access::remove_from_screen)).await?;
    app.rooms.send(&stop(target, Seat::Screen));
    Ok(view)
}

/// Those who are barred, the earliest first, for hosts of the session; nobody for others.
pub async fn bars(
    app: &App,
    host: bool,
    id: SessionId,
    slice: Slice<(Time, AccountId)>,
) -> Result<Listed<(Bar, Account)>> {
    if access::direct_screen(host).is_err() {
        return Ok(Listed::nothing());
    }
    let page = app.db.read(move |conn| Ok(model::bar::list(conn, id, slice)?)).await?;
    Ok(Listed { page, total: Total::BarsOf(id) })
}

fn stop(Target { session, person }: Target, seat: Seat) -> FromApi {
    FromApi::StopSeat { session: session.to_string(), person: person.to_string(), seat }
}

fn acted(id: HostActionId, actor: AccountId, action: Action, person: AccountId, at: Time) -> Acted {
    Acted { id, actor, action, person: Some(person), at }
}

/// Whether somebody may do it, by what they are, whether they are a host, and whether the other one is.
pub(super) type May = fn(Standing, bool, bool) -> Result<()>;

/// What changes nothing but what is on screen now: it is only written down, and not even that without an action, where nothing is
/// heard of that it could end. Media is told all the same, since it may know more.
pub(super) async fn act(
    app: &App,
    caller: &Caller,
    target: Target,
    (action, may): (impl Into<Option<Action>>, May),
) -> Result<SessionView> {
    let action: Option<Action> = action.into();
    let account = caller.account()?.id;
    // Without a node nobody would hear of it, and it would look as if it were done.
    if !app.rooms.is_linked() {
        return Err(Error::Unavailable);
    }
    let (asking, now, log) = (caller.clone(), app.clock.now(), app.ids.next());
    let write = move |conn: &mut Conn| {
        let Scene { view, actor, host, other_host, .. } = scene(conn, &asking, now, target)?;
        may(actor, host, other_host)?;
        if let Some(action) = action {
            ops::host_action::write(conn, &view, acted(log, account, action, target.person, now))?;
        }
        Ok(view)
    };
    app.db.write(write).await
}

/// What is done in a room as a whole: how it is written down, if it is, about whom, and whether a host, or who is none, may.
pub(super) type Deed<A> = (A, Option<AccountId>, fn(bool) -> Result<()>);

/// What hosts do in a room as a whole, or about somebody who need not have an account any more: `work` does in the same transaction
/// what is to be done besides writing it down.
pub(super) async fn act_in<A, T, F>(
    app: &App,
    caller: &Caller,
    session: SessionId,
    (action, person, may): Deed<A>,
    work: F,
) -> Result<T>
where
    A: Into<Option<Action>>,
    T: Send + 'static,
    F: FnOnce(&mut Conn, SessionView, Time) -> Result<T> + Send + 'static,
{
    let action: Option<Action> = action.into();
    let account = caller.account()?.id;
    // Without a node nobody would hear of it, and it would look as if it were done.
    if !app.rooms.is_linked() {
        return Err(Error::Unavailable);
    }
    let (asking, now, log) = (caller.clone(), app.clock.now(), app.ids.next());
    let write = move |conn: &mut Conn| {
        model::session::lock(conn, session)?;
        let asking = ops::account::again(conn, &asking, now)?;
        let Watched { view, standing, claim } = ops::session::watched(conn, &asking, session)?;
        may(access::is_host(account, standing, &view.session, claim))?;
        let there = person.map(|id| model::account::find(conn, id)).transpose()?.flatten();
        let person = there.map(|account| account.id);
        if let Some(action) = action {
            ops::host_action::write(conn, &view, Acted { id: log, actor: account, action, person, at: now })?;
        }
        work(conn, view, now)
    };
    app.db.write(write).await
}

/// Who wants to do something about whom.
struct Scene {
    view: SessionView,
    actor: Standing,
    host: bool,
    person: Standing,
    /// Whether the person is a host as well.
    other_host: bool,
}

/// The session as the caller sees it, and the person, who must be among those who can watch it.
fn scene(conn: &mut Conn, caller: &Caller, now: Time, Target { session, person }: Target) -> Result<Scene> {
    model::session::lock(conn, session)?;
    let caller = ops::account::again(conn, caller, now)?;
    let account = caller.account()?.id;
    let Watched { view, standing, claim } = ops::session::watched(conn, &caller, session)?;
    let host = access::is_host(account, standing, &view.session, claim);
    // Who is no host learns nothing of the person.
    access::direct_screen(host)?;
    let ticket = model::registration::among(conn, view.event.id, &[person])?.first().map(|(_, ticket)| *ticket);
    let organizer = model::organization::organizer_ids(conn, view.event.organization_id)?.contains(&person);
    let theirs = Standing { organizer, ticket };
    let given = ops::session::claim(conn, &view.session, person, theirs)?;
    if !access::is_among_watchers(theirs, &view.session, given) {
        return Err(Error::NotFound("person"));
    }
    let other_host = access::is_host(person, theirs, &view.session, given);
    Ok(Scene { view, actor: standing, host, person: theirs, other_host })
}
