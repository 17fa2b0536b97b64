//! What another answer to who can share means for those on screen while a session is live (D9).

use crate::app::App;
use crate::clock::Time;
use crate::db::Conn;
use crate::error::Result;
use crate::ids::{AccountId, Id, SessionId};
use crate::limits;
use crate::media_link::Rooms;
use crate::model;
use crate::model::session::{Session, ShareAccess};
use crate::ops;
use crate::validate::{Code, Problem};

/// What to do about those on screen when who can share changes.
#[derive(Clone)]
pub(super) struct Stage {
    rooms: Rooms,
    /// Whether they are invited where that becomes by invitation only.
    invite: bool,
}

impl Stage {
    pub(super) fn new(app: &App, invite: bool) -> Self {
        Self { rooms: app.rooms.clone(), invite }
    }

    /// Gives those on screen what they need to stay there, before the session's mode becomes `to`. To moderated: each gets a
    /// grant. To invite only: each is invited, if that is wanted. Everybody else who may no longer share leaves by what media
    /// hears afterwards.
    pub(super) fn carry_over(&self, conn: &mut Conn, session: &Session, to: ShareAccess, now: Time) -> Result<()> {
        let stays = match to {
            ShareAccess::Moderated => true,
            ShareAccess::InviteOnly => self.invite,
            ShareAccess::Anyone => false,
        };
        if to == session.share_access || !stays {
            return Ok(());
        }
        let id = session.id;
        let people = self.on_screen(conn, id)?;
        // Media may not have said yet that somebody left who lost the right by the last change: they are not carried on.
        let before = ops::room::read_sharing(conn, session.clone())?;
        let sharing = ops::room::read_sharing(conn, Session { share_access: to, ..session.clone() })?;
        let guest =
            |person: &AccountId| before.may(*person) && !sharing.may(*person) && !sharing.barred.contains(person);
        let guests: Vec<AccountId> = people.into_iter().filter(guest).collect();
        if to == ShareAccess::InviteOnly {
            make_room(conn, id, guests.len())?;
        }
        for person in guests {
            match to {
                ShareAccess::Moderated => model::grant::insert_once(conn, id, person, now)?,
                ShareAccess::InviteOnly | ShareAccess::Anyone => model::sharer::insert_once(conn, id, person, now)?,
            };
        }
        Ok(())
    }

    /// As far as they have an account.
    fn on_screen(&self, conn: &mut Conn, id: SessionId) -> Result<Vec<AccountId>> {
        let live = self.rooms.live(id);
        let people: Vec<AccountId> =
            live.speakers.iter().filter_map(|speaker| AccountId::parse(&speaker.person)).collect();
        if people.is_empty() {
            return Ok(people);
        }
        Ok(model::account::by_ids(conn, &people)?.into_iter().map(|account| account.id).collect())
    }
}

fn make_room(conn: &mut Conn, id: SessionId, more: usize) -> Result<()> {
    let count = usize::try_from(model::sharer::count(conn, id)?).unwrap_or(usize::MAX);
    if count.saturating_add(more) <= limits::SHARERS {
        return Ok(());
    }
    let message = format!("A session has {} people who may share at the most. Remove somebody first.", limits::SHARERS);
    Err(Problem::new("inviteOnScreen", Code::OutOfRange, message).into())
}
