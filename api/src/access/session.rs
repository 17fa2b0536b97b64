//! Sessions: who finds and watches one, and what they are there (C1–C5, D4, F6).

use super::event::manage_event;
use super::{Caller, Claim, Standing};
use crate::error::{Error, Result};
use crate::ids::AccountId;
use crate::model::event::Event;
use crate::model::session::{Session, ShareAccess, WatchAccess};

/// Find and watch a session (C1–C5). A draft's are for organizers only (A3).
pub fn watch(standing: Standing, event: &Event, session: &Session, claim: Claim) -> Result<()> {
    let may = standing.organizer || event.published && is_among_watchers(standing, session, claim);
    if may { Ok(()) } else { Err(Error::NotFound("session")) }
}

/// Whether somebody is among those who can watch a session (C5), be its event published already or not.
pub fn is_among_watchers(standing: Standing, session: &Session, claim: Claim) -> bool {
    standing.organizer
        || standing.is_registered()
            && match session.watch_access {
                WatchAccess::Anyone => true,
                WatchAccess::Private => claim.invited,
                WatchAccess::Tickets => claim.holds_ticket || claim.invited,
                WatchAccess::Unlisted => claim.admitted,
            }
}

/// Tell about a session to whoever has its address, registered or not: title, description and cover, for the preview of a
/// link (B3). Only what every attendee finds.
pub fn preview(event: &Event, session: &Session) -> Result<()> {
    if event.published && session.watch_access == WatchAccess::Anyone {
        Ok(())
    } else {
        Err(Error::NotFound("session"))
    }
}

/// See who may go on screen in the sessions of an event by invitation.
pub fn see_sharers(caller: &Caller, event: &Event) -> Result<()> {
    manage_event(caller, event)
}

/// Be admitted to an unlisted session by its link (C4). `same_token` says that the link's token is the right one.
pub fn be_admitted(standing: Standing, event: &Event, session: &Session, same_token: bool) -> Result<()> {
    let unlisted = session.watch_access == WatchAccess::Unlisted;
    if event.published && standing.is_registered() && unlisted && same_token {
        Ok(())
    } else {
        Err(Error::NotFound("session"))
    }
}

/// Whether somebody who may watch is a host of the session: organizers, its moderators while it is moderated (D4), and the
/// attendee who made it (N1).
pub fn is_host(person: AccountId, standing: Standing, session: &Session, claim: Claim) -> bool {
    let own = session.creator_id == Some(person);
    standing.organizer || own || session.share_access == ShareAccess::Moderated && claim.moderator
}

/// See a session before its time, as a test run (F6): organizers, and who speaks in a segment that leads to it.
pub fn sees_test_run(standing: Standing, speaker: bool) -> bool {
    standing.organizer || speaker
}
