//! Pictures: upload, see, use, tidy up (B3).

use crate::access::{self, Caller};
use crate::app::App;
use crate::clock::Time;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::ids::{AccountId, EventId, PictureId};
use crate::limits;
use crate::model;
use crate::model::picture::Picture;
use crate::picture::{self, Made, MediaType, Refusal, Variant};
use crate::validate::{Code, Problem};
use std::sync::Arc;
use std::time::Duration;

/// What a picture is uploaded for.
#[derive(Clone, Copy, Debug)]
pub enum Purpose {
    /// A cover, or additional information, in this event.
    Event(EventId),
    /// The caller's own picture (A8).
    Own,
}

/// Looks at a picture, makes it anew and keeps it. Nothing is kept of one that is refused, nor of one that could not be
/// written whole.
pub async fn upload(app: &App, caller: &Caller, purpose: Purpose, bytes: Vec<u8>) -> Result<Picture> {
    caller.account()?;
    let now = app.clock.now();
    let who = caller.clone();
    // Before it takes a processor.
    app.db.read(move |conn| uploader(conn, &who, now, purpose)).await?;
    let made = make(app, bytes).await?;
    let mut row = row(app.ids.next(), now, &made)?;
    let caller = caller.clone();
    let row = app
        .db
        .write(move |conn| {
            row.account_id = Some(uploader(conn, &caller, now, purpose)?);
            row.event_id = match purpose {
                Purpose::Event(event) => Some(event),
                Purpose::Own => None,
            };
            model::picture::insert(conn, &row)?;
            Ok(row)
        })
        .await?;
    // The row first: what stays behind when the process ends here is tidied up with it.
    for (variant, bytes) in made.files {
        if let Err(error) = app.files.put(&name(row.id, variant), bytes).await {
            forget(app, &[row.id]).await;
            return Err(error);
        }
    }
    Ok(row)
}

/// Who uploads, if they may.
fn uploader(conn: &mut Conn, caller: &Caller, now: Time, purpose: Purpose) -> Result<AccountId> {
    let caller = super::account::again(conn, caller, now)?;
    let account = caller.account()?.id;
    if let Purpose::Event(event) = purpose {
        let event = super::seen_event(conn, &caller, event)?;
        let standing = super::standing(conn, &caller, &event)?;
        access::upload_to_event(&caller, &event, standing, event.state(now))?;
    }
    if model::picture::count_unused(conn, account)? >= limits::PICTURES_UNUSED {
        let message = "You have uploaded many pictures that nothing shows. Use some of them, or come back tomorrow.";
        return Err(Error::Conflict(message));
    }
    Ok(account)
}

async fn make(app: &App, bytes: Vec<u8>) -> Result<Made> {
    let wait = Duration::from_secs(limits::PICTURE_WAIT_SECONDS);
    let places = Arc::clone(&app.picture_places).acquire_owned();
    let place = tokio::time::timeout(wait, places).await.map_err(|_late| Error::Unavailable)?;
    let place = place.map_err(|_closed| Error::Unavailable)?;
    let made = tokio::task::spawn_blocking(move || {
        // Held to the end, also when the client is gone by then.
        let _place = place;
        picture::make(&bytes)
    });
    // A decoder that panics has met a picture that it cannot read.
    made.await.unwrap_or(Err(Refusal::Broken)).map_err(|refusal| refusal.problem().into())
}

fn row(id: PictureId, now: Time, made: &Made) -> Result<Picture> {
    let side = |pixels: u32| i32::try_from(pixels).map_err(|_error| Error::from(Refusal::TooManyPixels.problem()));
    Ok(Picture {
        id,
        event_id: None,
        account_id: None,
        width: side(made.width)?,
        height: side(made.height)?,
        animated: made.animated,
        media_type: made.media_type,
        still_media_type: made.still_media_type,
        unused_since: Some(now),
        created_at: now,
    })
}

/// A picture's bytes for who may see it; for others it does not exist.
pub async fn open(app: &App, caller: &Caller, id: PictureId, variant: Variant) -> Result<(MediaType, Vec<u8>)> {
    let missing = || Error::NotFound("picture");
    let caller = caller.clone();
    let picture = app
        .db
        .read(move |conn| {
            let picture = model::picture::find(conn, id)?.ok_or_else(missing)?;
            if may_see(conn, &caller, &picture)? { Ok(picture) } else { Err(missing()) }
        })
        .await?;
    let (variant, media_type) = picture.stored(variant);
    let bytes = app.files.get(&name(id, variant)).await?.ok_or_else(missing)?;
    Ok((media_type, bytes))
}

/// Whoever may see something that shows it: a session that they may watch, an event, a person. And who uploaded it, and who
/// runs the event that it was uploaded to.
fn may_see(conn: &mut Conn, caller: &Caller, picture: &Picture) -> Result<bool> {
    if let Some(account) = &caller.account
        && (picture.account_id == Some(account.id) || model::picture::is_of_a_person(conn, picture.id)?)
    {
        return Ok(true);
    }
    if let Some(event) = picture.event_id
        && let Some(event) = model::event::find(conn, event)?
        && access::manage_event(caller, &event).is_ok()
    {
        return Ok(true);
    }
    if model::picture::events_covered(conn, picture.id)?.iter().any(|event| access::see_event(caller, event).is_ok()) {
        return Ok(true);
    }
    let covered = model::picture::sessions_covered(conn, picture.id)?;
    for session in &covered {
        let event = model::event::find(conn, session.event_id)?;
        if event.is_some_and(|event| access::preview(&event, session).is_ok()) {
            return Ok(true);
        }
    }
    for session in covered.iter().chain(&model::picture::sessions_with_it_in_their_text(conn, picture.id)?) {
        match super::session::let_watch(conn, caller, session) {
            Ok(_) => return Ok(true),
            Err(Error::NotFound(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(false)
}

/// Makes sure that these stay while the event shows them. They must have been uploaded to it, each given once.
pub(crate) fn used_by_event(conn: &mut Conn, event: EventId, field: &'static str, ids: &[PictureId]) -> Result<()> {
    if ids.is_empty() || model::picture::keep_in_event(conn, event, ids)? == ids.len() {
        return Ok(());
    }
    Err(missing(field).into())
}

fn missing(field: &'static str) -> Problem {
    let message = format!("{field} names a picture that this event does not have. Upload it again.");
    Problem::new(field, Code::NotFound, message)
}

/// The same of one picture that this account has uploaded itself: the id of another one gives nobody a sight of it (N1).
pub(crate) fn own_used_by_event(
    conn: &mut Conn,
    event: EventId,
    account: AccountId,
    field: &'static str,
    id: PictureId,
) -> Result<()> {
    if model::picture::by_ids(conn, &[id])?.iter().any(|picture| picture.account_id == Some(account)) {
        used_by_event(conn, event, field, &[id])
    } else {
        Err(missing(field).into())
    }
}

/// Takes away what nothing has shown for a day.
pub(crate) async fn tidy(app: &App, now: Time) {
    let before = now.plus_seconds(-limits::PICTURE_UNUSED_SECONDS);
    let unused = app.db.write(move |conn| Ok(model::picture::give_up_unused(conn, now, before)?)).await;
    if let Ok(unused) = unused {
        forget(app, &unused).await;
    }
}

/// The files first: while there is a row, what is left of them is found again by the next tidying.
pub(crate) async fn forget(app: &App, ids: &[PictureId]) {
    let mut gone = Vec::new();
    for id in ids {
        let mut all = true;
        for variant in Variant::ALL {
            all &= app.files.delete(&name(*id, variant)).await.is_ok();
        }
        gone.extend(all.then_some(*id));
    }
    if !gone.is_empty() {
        // It is tried again the next time.
        let _ = app.db.write(move |conn| Ok(model::picture::delete(conn, &gone)?)).await;
    }
}

fn name(id: PictureId, variant: Variant) -> String {
    format!("pictures/{}/{}", id.bare(), variant.as_str())
}
