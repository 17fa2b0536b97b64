//! Sessions that attendees make while the event is live (N1, N2).

use crate::access::{self, Caller};
use crate::app::App;
use crate::db::Conn;
use crate::error::Result;
use crate::feed::{Audience, SessionView};
use crate::ids::{AccountId, EventId, PictureId};
use crate::limits;
use crate::model;
use crate::model::session::{DisplaySize, Scheduling, Session, ShareAccess, WatchAccess};
use crate::ops;
use crate::sort_key;
use crate::validate::Problems;
use std::sync::Arc;

pub struct OwnSession {
    pub event: EventId,
    pub title: String,
    pub description: String,
    pub moderated: bool,
    pub max_participants: i32,
    /// One that the caller has uploaded to this event.
    pub picture: Option<PictureId>,
    /// What it shows, for who does not see it.
    pub picture_alt: String,
}

/// Makes a session of the caller's: always open and for anyone. The caller is a host of it, in either mode.
pub async fn create(app: &App, caller: &Caller, input: OwnSession) -> Result<SessionView> {
    let account = caller.account()?.id;
    let now = app.clock.now();
    let mut problems = Problems::default();
    let event = input.event;
    let session = row(app, &mut problems, input, account);
    problems.number("maxParticipants", session.max_participants, limits::MAX_PARTICIPANTS);
    let asking = caller.clone();
    let may = move |conn: &mut Conn| {
        let asking = ops::account::again(conn, &asking, now)?;
        let event = ops::seen_event(conn, &asking, event)?;
        let standing = ops::standing(conn, &asking, &event)?;
        access::create_own_session(&asking, &event, standing, event.state(now))?;
        Ok(event)
    };
    // Before it counts against the rate, so that who may not is told so; the transaction asks again.
    let asked = may.clone();
    app.db.read(asked).await?;
    problems.finish()?;
    app.rates.own_session(&account.to_string())?;
    let _order = app.in_order().await?;
    let write = move |conn: &mut Conn| {
        let event = may(conn)?;
        if let Some(picture) = session.picture_id {
            ops::picture::own_used_by_event(conn, event.id, account, "pictureId", picture)?;
        }
        model::session::insert(conn, &session, "")?;
        let view = super::view(conn, session, Arc::new(event))?;
        let reach = super::reach(conn, &view)?;
        Ok((view, reach))
    };
    let (view, reach) = app.db.write(write).await?;
    super::announce_changed(app, &view, reach, Audience::Nobody);
    Ok(view)
}

/// The session with everything that attendees do not choose.
fn row(app: &App, problems: &mut Problems, input: OwnSession, creator: AccountId) -> Session {
    let now = app.clock.now();
    Session {
        id: app.ids.next(),
        event_id: input.event,
        title: problems.line("title", &input.title, limits::TITLE),
        description: problems.text("description", &input.description, limits::DESCRIPTION),
        display_size: DisplaySize::Medium,
        priority: 0,
        watch_access: WatchAccess::Anyone,
        share_access: if input.moderated { ShareAccess::Moderated } else { ShareAccess::Anyone },
        max_participants: input.max_participants,
        youtube_sharing: false,
        record: false,
        record_stopped: None,
        record_starts: 0,
        scheduling: Scheduling::AlwaysOpen,
        sort_key: sort_key::natural(None, &input.title),
        dragged: false,
        link_token: app.ids.secret(),
        deleted_at: None,
        picture_id: input.picture,
        picture_alt: problems.line("pictureAlt", &input.picture_alt, limits::PICTURE_ALT),
        creator_id: Some(creator),
        version: 1,
        created_at: now,
        updated_at: now,
    }
}
