//! Going on screen: who may, who asks, and who decides (D1–D9).

use super::{Claim, Standing};
use crate::error::{Error, Result};
use crate::model::session::{Session, ShareAccess};

/// How somebody who may watch stands to going on screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShareStanding {
    /// Without asking (D1, D2, D4).
    MayShare,
    /// By asking a host (D3).
    MayAsk,
    /// Has asked, and waits.
    Waiting,
    /// By a grant.
    Approved,
    /// Watches (D2).
    MayNot,
    /// Until a host lifts that (D7).
    Barred,
}

impl ShareStanding {
    /// The same of who has asked already, if `asked`.
    pub fn once_asked(self, asked: bool) -> Self {
        if asked && self == Self::MayAsk { Self::Waiting } else { self }
    }
}

/// How somebody who may watch stands to going on screen (D1–D4, D7). Organizers cannot be barred.
pub fn share_standing(standing: Standing, session: &Session, host: bool, claim: Claim) -> ShareStanding {
    if claim.barred && !standing.organizer {
        return ShareStanding::Barred;
    }
    match session.share_access {
        ShareAccess::Anyone => ShareStanding::MayShare,
        ShareAccess::InviteOnly if host || claim.sharer => ShareStanding::MayShare,
        ShareAccess::InviteOnly => ShareStanding::MayNot,
        ShareAccess::Moderated if host => ShareStanding::MayShare,
        ShareAccess::Moderated if claim.granted => ShareStanding::Approved,
        ShareAccess::Moderated => ShareStanding::MayAsk,
    }
}

/// Whether somebody who may watch may go on screen now.
pub fn may_share(standing: Standing, session: &Session, host: bool, claim: Claim) -> bool {
    matches!(share_standing(standing, session, host, claim), ShareStanding::MayShare | ShareStanding::Approved)
}

/// Ask the hosts of a session that one may watch to go on screen (D3): also muted (A7), and with no host inside.
pub fn request_to_share(standing: Standing, session: &Session, host: bool, claim: Claim) -> Result<()> {
    match share_standing(standing, session, host, claim) {
        ShareStanding::MayAsk | ShareStanding::Waiting => Ok(()),
        ShareStanding::MayShare => Err(Error::Forbidden("You may go on screen here without asking.")),
        ShareStanding::Approved => Err(Error::Conflict("You may go on screen: a host has approved it already.")),
        ShareStanding::MayNot => Err(Error::Forbidden("Only people whom the organizers chose go on screen here.")),
        ShareStanding::Barred => {
            Err(Error::Forbidden("You were taken off the screen of this session. You can ask once a host lifts that."))
        }
    }
}

/// Do what hosts of a session do about who goes on screen: answer requests (D3), mute for everyone, lift a bar (D7).
pub fn direct_screen(host: bool) -> Result<()> {
    if host { Ok(()) } else { Err(Error::Forbidden("Only hosts of this session may do that.")) }
}

/// Hear of the requests of an event. `host` says that the caller is a host of one of its sessions, or may become one when
/// that is moderated.
pub fn hear_requests(host: bool) -> Result<()> {
    if host { Ok(()) } else { Err(Error::Forbidden("Only hosts of a session of this event hear of requests.")) }
}

/// Take somebody, or what they show, off the screen (D7). `other` says that they are a host themselves: moderators do not
/// take each other or the organizers off.
pub fn remove_from_screen(actor: Standing, host: bool, other: bool) -> Result<()> {
    direct_screen(host)?;
    if other && !actor.organizer {
        return Err(Error::Forbidden("Only organizers take a host off the screen."));
    }
    Ok(())
}

/// Whether being taken off the screen also keeps somebody from it until a host lifts that (D7): by an organizer, or in a
/// session of one's `own` (N1). Organizers cannot be barred.
pub fn removal_bars(actor: Standing, own: bool, person: Standing) -> bool {
    (actor.organizer || own) && !person.organizer
}
