//! What hosts did: the log of an event (O2).

use crate::clock::Time;
use crate::db::Conn;
use crate::ids::{AccountId, EventId, HostActionId, SessionId};
use crate::model::page::{Page, Slice, one_more};
use crate::schema::host_actions;
use crate::text_enum;
use diesel::prelude::*;

text_enum! {
    /// What was done.
    Action {
        ApprovedRequest = "approved_request",
        DeclinedRequest = "declined_request",
        DeclinedAllRequests = "declined_all_requests",
        RemovedFromScreen = "removed_from_screen",
        BarredFromScreen = "barred_from_screen",
        LiftedBar = "lifted_bar",
        Muted = "muted",
        RemovedScreenShare = "removed_screen_share",
        RemovedYoutube = "removed_youtube",
        ClosedRoom = "closed_room",
        LoweredHand = "lowered_hand",
        LoweredAllHands = "lowered_all_hands",
        DeletedMessage = "deleted_message",
        PinnedMessage = "pinned_message",
        UnpinnedMessage = "unpinned_message",
        SlowedChat = "slowed_chat",
        EndedSlowMode = "ended_slow_mode",
        PausedChat = "paused_chat",
        ResumedChat = "resumed_chat",
        ChangedSharing = "changed_sharing",
        ChangedCapacity = "changed_capacity",
        SwitchedRecordingOn = "switched_recording_on",
        SwitchedRecordingOff = "switched_recording_off",
        StartedRecording = "started_recording",
        RetriedRecording = "retried_recording",
        PublishedReplay = "published_replay",
        WithdrewReplay = "withdrew_replay",
        DeletedRecording = "deleted_recording",
    }
}

#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = host_actions, treat_none_as_default_value = false, check_for_backend(crate::db::Backend))]
pub struct HostAction {
    pub id: HostActionId,
    pub event_id: EventId,
    /// While there is one.
    pub session_id: Option<SessionId>,
    /// Who did it, while they have an account.
    pub actor_id: Option<AccountId>,
    pub action: Action,
    /// To whom, if it was about one person and while they have an account.
    pub person_id: Option<AccountId>,
    pub created_at: Time,
}

pub fn insert(conn: &mut Conn, action: &HostAction) -> QueryResult<()> {
    diesel::insert_into(host_actions::table).values(action).execute(conn).map(drop)
}

/// The event's log, the newest first, after the last one seen.
pub fn list(
    conn: &mut Conn,
    event: EventId,
    Slice { after, first }: Slice<HostActionId>,
) -> QueryResult<Page<HostAction>> {
    let mut query = host_actions::table.filter(host_actions::event_id.eq(event)).into_boxed();
    if let Some(after) = after {
        query = query.filter(host_actions::id.lt(after));
    }
    let rows =
        query.order(host_actions::id.desc()).limit(one_more(first)).select(HostAction::as_select()).load(conn)?;
    Ok(Page::of(rows, first))
}

pub fn count(conn: &mut Conn, event: EventId) -> QueryResult<i64> {
    host_actions::table.filter(host_actions::event_id.eq(event)).count().get_result(conn)
}
