//! Who may share in a session, told to media, to everybody there, and to its hosts (D1–D9).

use crate::app::App;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::feed::{Audience, Change, Queue, ShareRequestChange, ShareRequestView, Sharing, SharingChange, Told, Topic};
use crate::ids::{AccountId, EventId, SessionId};
use crate::model;
use crate::model::session::{Session, ShareAccess};
use crate::ops;
use protocol::link::FromApi;
use std::collections::HashSet;
use std::sync::Arc;

/// Of whose rights media hears.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Whose {
    /// Only who waits has changed.
    Nobodys,
    One(AccountId),
    /// By approval: when every seat is taken, the next free one is theirs (D5).
    Approved(AccountId),
    Everybodys,
}

/// What somebody is in a session has changed, and with that who may share: each is told, and media with them (D1–D4, D8).
pub(crate) async fn sharing_changed(app: &App, id: SessionId, whose: Whose) -> Result<()> {
    let told = rights_changed(app, id, whose).await;
    // After the rights, which nothing may keep back.
    match whose {
        Whose::Nobodys => {}
        Whose::One(person) | Whose::Approved(person) => super::people::changed(app, id, Some(person)).await,
        Whose::Everybodys => super::people::changed(app, id, None).await,
    }
    told
}

/// The same where everybody stays what they are.
pub(crate) async fn rights_changed(app: &App, id: SessionId, whose: Whose) -> Result<()> {
    let _order = app.in_order().await?;
    tell_sharing(app, id, whose, Vec::new()).await
}

/// The same, with the requests that were made or have ended by it. Whoever calls it holds the order of changes.
pub(crate) async fn tell_sharing(
    app: &App,
    id: SessionId,
    whose: Whose,
    requests: Vec<ShareRequestView>,
) -> Result<()> {
    let people = match whose {
        Whose::Nobodys => Vec::new(),
        Whose::One(person) | Whose::Approved(person) => vec![person],
        Whose::Everybodys => app.rooms.people(id),
    };
    if people.is_empty() && requests.is_empty() && app.feed.listeners(Topic::Sharing(id)) == 0 {
        return Ok(());
    }
    let Some(change) = sharing_now(app, id).await? else { return Ok(()) };
    let asked = matches!(whose, Whose::Approved(_));
    let commands = people.into_iter().map(|person| right(&change.sharing, person, asked)).collect();
    app.rooms.send_many(commands).await;
    let change = Arc::new(change);
    app.feed.publish(Topic::Sharing(id), Change::Sharing(Arc::clone(&change)));
    tell_hosts(app, &change, requests);
    Ok(())
}

/// What media hears of one person's rights.
pub(super) fn right(sharing: &Sharing, person: AccountId, asked: bool) -> FromApi {
    let session = sharing.session.id.to_string();
    let (share, host) = (sharing.may(person), sharing.is_host(person));
    FromApi::Rights { session, person: person.to_string(), share, host, asked }
}

fn tell_hosts(app: &App, sharing: &Arc<SharingChange>, requests: Vec<ShareRequestView>) {
    let event: EventId = sharing.sharing.session.event_id;
    let change = |view| Arc::new(ShareRequestChange { view, sharing: Arc::clone(sharing), told: Told::default() });
    let changes: Vec<Arc<ShareRequestChange>> = requests.into_iter().map(change).collect();
    match &changes[..] {
        [] => {}
        [only] => app.feed.publish(Topic::ShareRequests(event), Change::ShareRequest(Arc::clone(only))),
        _ => app.feed.publish(Topic::ShareRequests(event), Change::ShareRequests(changes.into())),
    }
}

/// Who may share in the session now, and whom that concerns; nothing when it is gone.
pub(crate) async fn sharing_now(app: &App, id: SessionId) -> Result<Option<SharingChange>> {
    let known = app.rooms.place(id);
    app.db
        .read(move |conn| {
            let Some(session) = model::session::find(conn, id)? else { return Ok(None) };
            // An invite list may be long, so it is read only when the session has changed since the last time.
            let audience = match known.filter(|known| known.version >= session.version) {
                Some(known) => known.audience,
                None => ops::session::unchecked(conn, id)?.map_or(Audience::Nobody, |(_, reach)| reach.audience),
            };
            Ok(Some(SharingChange { sharing: read_sharing(conn, session)?, audience }))
        })
        .await
}

/// Who may share in a session. Of what its mode does not go by nothing is read.
pub(crate) fn read_sharing(conn: &mut Conn, session: Session) -> Result<Sharing> {
    let event = model::event::find(conn, session.event_id)?.ok_or(Error::NotFound("event"))?;
    let (id, mode) = (session.id, session.share_access);
    let moderated = mode == ShareAccess::Moderated;
    let set = |people: Vec<AccountId>| people.into_iter().collect::<HashSet<_>>();
    Ok(Sharing {
        organizers: set(model::organization::organizer_ids(conn, event.organization_id)?),
        moderators: if moderated { set(model::moderator::accounts_of(conn, id)?) } else { HashSet::new() },
        sharers: match mode {
            ShareAccess::InviteOnly => set(model::sharer::accounts_of(conn, id)?),
            ShareAccess::Anyone | ShareAccess::Moderated => HashSet::new(),
        },
        granted: if moderated { set(model::grant::accounts_of(conn, id)?) } else { HashSet::new() },
        barred: set(model::bar::accounts_of(conn, id)?),
        queue: if moderated { Queue::of(&model::share_request::queue(conn, id)?) } else { Queue::default() },
        session,
    })
}
