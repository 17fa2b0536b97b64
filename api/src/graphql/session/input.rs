//! What mutations of sessions are given.

use super::choice::{DisplaySize, Scheduling, ShareAccess, WatchAccess};
use crate::error::Error;
use crate::ids::{Id, TicketTypeId};
use crate::validate::{Code, Problem};
use async_graphql::{ID, InputObject, MaybeUndefined};

/// The ids of ticket types. What is none is no ticket type of the event.
pub(in crate::graphql) fn tickets(ids: Vec<ID>) -> std::result::Result<Vec<TicketTypeId>, Error> {
    let unknown = || Problem::new("ticketTypeIds", Code::NotFound, "There is no such ticket type in this event.");
    ids.iter().map(|id| TicketTypeId::parse(id).ok_or_else(|| unknown().into())).collect()
}

/// For `createSession`.
#[derive(InputObject)]
pub(super) struct CreateSessionInput {
    /// The event that it belongs to.
    pub event_id: ID,
    /// Its title, 1 to 60 characters.
    pub title: String,
    /// What it is about, up to 140 characters.
    pub description: Option<String>,
    /// More about it, as HTML: headings, lists, links, pictures that were uploaded to the event, videos of YouTube and Vimeo.
    /// It is sanitised; up to 20,000 characters of HTML are kept after that, with up to 20 pictures.
    pub additional_information: Option<String>,
    /// Up to 10 tags of up to 30 characters; those that differ only in case are one.
    pub tags: Option<Vec<String>>,
    /// How wide its card is; MEDIUM unless given.
    pub display_size: Option<DisplaySize>,
    /// Its place in lists, higher first; 0 unless given.
    pub priority: Option<i32>,
    /// Who can watch; ANYONE unless given.
    pub watch_access: Option<WatchAccess>,
    /// The ticket types whose holders can watch, for `TICKETS`: at least one then.
    pub ticket_type_ids: Option<Vec<ID>>,
    /// Who can share audio and video; ANYONE unless given.
    pub share_access: Option<ShareAccess>,
    /// Seats on screen at the most, 1 to 50; 50 unless given.
    pub max_participants: Option<i32>,
    /// Whether a YouTube video may be shared; false unless given.
    pub youtube_sharing: Option<bool>,
    /// Whether it is recorded; false unless given.
    pub record: Option<bool>,
    /// When it is open; ALWAYS_OPEN unless given.
    pub scheduling: Option<Scheduling>,
    /// Its cover: a picture that was uploaded to the event.
    pub picture_id: Option<ID>,
    /// What the cover says to who does not see it, up to 140 characters.
    pub picture_alt: Option<String>,
}

/// For `updateSession`: what is not given stays.
#[derive(InputObject)]
pub(super) struct UpdateSessionInput {
    /// The session.
    pub id: ID,
    /// The version that the change was made for: with another one it is refused (`CONFLICT`).
    pub version: Option<i64>,
    /// Its title, 1 to 60 characters.
    pub title: Option<String>,
    /// What it is about, up to 140 characters.
    pub description: Option<String>,
    /// More about it, as HTML: headings, lists, links, pictures that were uploaded to the event, videos of YouTube and Vimeo.
    /// It is sanitised; up to 20,000 characters of HTML are kept after that, with up to 20 pictures.
    pub additional_information: Option<String>,
    /// Up to 10 tags of up to 30 characters, instead of those it has.
    pub tags: Option<Vec<String>>,
    /// How wide its card is.
    pub display_size: Option<DisplaySize>,
    /// Its place in lists, higher first.
    pub priority: Option<i32>,
    /// Who can watch. Those inside who no longer may leave at once.
    pub watch_access: Option<WatchAccess>,
    /// The ticket types whose holders can watch, instead of those it has. Those inside who no longer may leave at once.
    pub ticket_type_ids: Option<Vec<ID>>,
    /// Who can share audio and video. It applies at once: those on screen stay there when it becomes MODERATED; those who may no
    /// longer share leave the screen; and who waits for a host waits no more when it was MODERATED.
    pub share_access: Option<ShareAccess>,
    /// True to invite those on screen when `shareAccess` becomes INVITE_ONLY. Without it, those leave the screen who were not
    /// chosen before.
    pub invite_on_screen: Option<bool>,
    /// Seats on screen at the most, 1 to 50. Lowering it removes nobody.
    pub max_participants: Option<i32>,
    /// Whether a YouTube video may be shared. Switched off, one that is shared ends.
    pub youtube_sharing: Option<bool>,
    /// Whether it is recorded, which applies at once: switched on while people are on screen it begins, switched off the block ends.
    /// Refused for a session that an attendee made.
    pub record: Option<bool>,
    /// When it is open.
    pub scheduling: Option<Scheduling>,
    /// Its cover: a picture that was uploaded to the event; null takes it away.
    pub picture_id: MaybeUndefined<ID>,
    /// What the cover says to who does not see it, up to 140 characters.
    pub picture_alt: Option<String>,
    /// True to take the session off the schedule when it becomes always open. Without it, that is refused for a session with
    /// segments, with their names (`IN_USE` of `scheduling`).
    pub unlink_segments: Option<bool>,
}

/// For `deleteSession`.
#[derive(InputObject)]
pub(super) struct DeleteSessionInput {
    /// The session.
    pub id: ID,
}
