//! What a link says of itself where somebody pastes it: to machines, which are signed in nowhere (B3).

use crate::access::{self, Caller};
use crate::app::App;
use crate::db::Conn;
use crate::error::Result;
use crate::ids::{PictureId, SessionId};
use crate::model;
use crate::picture::{Size, Variant};

pub struct Preview {
    pub title: String,
    pub description: String,
    pub url: String,
    /// Address and alternate text.
    pub picture: Option<(String, String)>,
}

/// Of an event's reception. Nothing for drafts, as for a wrong address.
pub async fn of_event(app: &App, slug: String) -> Result<Option<Preview>> {
    let found = app.db.read(move |conn| published(conn, &slug)).await?;
    let Some((event, picture)) = found else { return Ok(None) };
    Ok(Some(Preview {
        title: event.name,
        description: event.description,
        url: format!("{}/e/{}", app.public_url, event.slug),
        picture: picture.map(|path| (format!("{}{path}", app.public_url), String::new())),
    }))
}

/// Of a session that every registered attendee finds. Nothing for all others, as for a wrong address (C2–C4).
pub async fn of_session(app: &App, slug: String, id: SessionId) -> Result<Option<Preview>> {
    let read = move |conn: &mut Conn| {
        let Some((event, cover)) = published(conn, &slug)? else { return Ok(None) };
        let session = model::session::find(conn, id)?;
        let Some(session) = session.filter(|session| session.event_id == event.id) else { return Ok(None) };
        if access::preview(&event, &session).is_err() {
            return Ok(None);
        }
        let picture = match address(conn, session.picture_id)? {
            Some(path) => Some((path, session.picture_alt.clone())),
            None => cover.map(|path| (path, String::new())),
        };
        Ok(Some((event, session, picture)))
    };
    let Some((event, session, picture)) = app.db.read(read).await? else { return Ok(None) };
    Ok(Some(Preview {
        title: format!("{} · {}", session.title, event.name),
        description: session.description,
        url: format!("{}/e/{}/sessions/{}", app.public_url, event.slug, session.id.bare()),
        picture: picture.map(|(path, alt)| (format!("{}{path}", app.public_url), alt)),
    }))
}

/// An event that everybody may see, with its cover.
fn published(conn: &mut Conn, slug: &str) -> Result<Option<(model::event::Event, Option<String>)>> {
    // PostgreSQL takes no NUL, and no slug has one.
    if slug.contains('\0') {
        return Ok(None);
    }
    let stranger = Caller::default();
    let event = model::event::by_slug(conn, slug)?.filter(|event| access::see_event(&stranger, event).is_ok());
    let Some(event) = event else { return Ok(None) };
    let picture = address(conn, event.picture_id)?;
    Ok(Some((event, picture)))
}

fn address(conn: &mut Conn, picture: Option<PictureId>) -> Result<Option<String>> {
    let Some(id) = picture else { return Ok(None) };
    let found = model::picture::find(conn, id)?;
    Ok(found.map(|picture| picture.address(Variant { size: Size::Full, still: true })))
}
