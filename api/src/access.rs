//! May they? The one place for permissions: pure functions named after the act. Callers load, then ask.
//!
//! What may not be seen does not exist: the answer is the same as for a wrong id.

mod chat;
mod event;
mod recording;
mod room;
mod screen;
mod session;

pub use chat::{WriteRefusal, Writer, delete_message, edit_message, moderate_chat, read_chat, write_chat};
pub use event::{
    accept_invitation, be_in_venue, block, change_agenda, create_own_session, keep_agenda, manage_event,
    manage_organization, register, see_each_other, see_event, see_host_actions, see_invitations, see_people,
    upload_to_event,
};
pub use recording::{
    delete_recording, direct_recording, manage_recordings, record, seen_recordings, start_recording, watch_recording,
};
pub use room::{Door, close_room, enter, lower_hand, react, see_people_inside};
pub use screen::{
    ShareStanding, direct_screen, hear_requests, may_share, removal_bars, remove_from_screen, request_to_share,
    share_standing,
};
pub use session::{be_admitted, is_among_watchers, is_host, preview, see_sharers, sees_test_run, watch};

use crate::error::{Error, Result};
use crate::ids::{LoginId, OrganizationId, TicketTypeId};
use crate::model::account::Account;

/// Whoever makes a request, resolved once at the edge.
#[derive(Clone, Debug, Default)]
pub struct Caller {
    pub account: Option<Account>,
    /// The sign-in that the request came with.
    pub login: Option<LoginId>,
    /// The organizations that the account is an organizer of.
    pub organizes: Vec<OrganizationId>,
}

impl Caller {
    /// The caller's account; nobody who is not signed in gets further.
    pub fn account(&self) -> Result<&Account> {
        self.account.as_ref().ok_or(Error::Unauthenticated)
    }

    pub fn is_organizer_of(&self, organization: OrganizationId) -> bool {
        self.organizes.contains(&organization)
    }
}

/// What a caller is in one event.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Of the organization that owns the event.
    pub organizer: bool,
    /// With which ticket type; nothing for who is not registered, or is blocked (A7).
    pub ticket: Option<TicketTypeId>,
}

impl Standing {
    pub fn is_registered(&self) -> bool {
        self.ticket.is_some()
    }
}

/// What a person was given for one session.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Claim {
    /// On its invite list (C2, C3).
    pub invited: bool,
    /// Holds one of its ticket types (C3).
    pub holds_ticket: bool,
    /// Came by its link once (C4).
    pub admitted: bool,
    /// One of its moderators (D4). That alone lets nobody in (C5).
    pub moderator: bool,
    /// May go on screen where that is by invitation only (D2).
    pub sharer: bool,
    /// May go on screen where that is moderated (D3).
    pub granted: bool,
    /// Taken off the screen until a host lifts that (D7).
    pub barred: bool,
    /// Speaks in a segment that it is linked to (F6).
    pub speaker: bool,
}

#[cfg(test)]
mod tests;
