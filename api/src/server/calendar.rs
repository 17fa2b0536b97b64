//! The schedule for calendar programs: one segment, the times of one session, and a person's feed (G3).

use super::State;
use crate::app::App;
use crate::auth;
use crate::error::{Error, Result};
use crate::ids::{Id, SegmentId, SessionId};
use crate::ops::agenda::{self, Calendar, Entry};
use actix_web::http::header;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use icalendar::{Component, Event, EventLike, Property};

/// How often calendar programs should ask for a feed again.
const REFRESH: &str = "PT15M";

/// `GET /e/{slug}/segments/{id}.ics`, for who sees the segment.
pub async fn segment(request: HttpRequest, place: Path<(String, String)>, state: Data<State>) -> HttpResponse {
    let (slug, id) = place.into_inner();
    let found = async {
        let caller = auth::caller(&state.app, &request).await?;
        let id = SegmentId::parse(&format!("segment:{id}")).ok_or(Error::NotFound("segment"))?;
        agenda::segment(&state.app, &caller, slug, id).await
    };
    answer(&state.app, &request, found.await)
}

/// `GET /e/{slug}/sessions/{id}.ics`, for who may watch the session.
pub async fn session(request: HttpRequest, place: Path<(String, String)>, state: Data<State>) -> HttpResponse {
    let (slug, id) = place.into_inner();
    let found = async {
        let caller = auth::caller(&state.app, &request).await?;
        let id = SessionId::parse(&format!("session:{id}")).ok_or(Error::NotFound("session"))?;
        agenda::session(&state.app, &caller, slug, id).await
    };
    answer(&state.app, &request, found.await)
}

/// `GET /feeds/{token}.ics`: whoever has the address is who it was made for.
pub async fn feed(request: HttpRequest, token: Path<String>, state: Data<State>) -> HttpResponse {
    let found = agenda::feed(&state.app, &token).await;
    answer(&state.app, &request, found)
}

fn answer(app: &App, request: &HttpRequest, found: Result<Calendar>) -> HttpResponse {
    match found {
        Ok(calendar) => file(request, folded(&text(app, &calendar)), &calendar.event.slug),
        Err(Error::Unavailable) => HttpResponse::ServiceUnavailable().finish(),
        Err(Error::Internal) => HttpResponse::InternalServerError().finish(),
        // What may not be seen answers as what does not exist.
        Err(_) => HttpResponse::NotFound().content_type("text/plain").body("not found"),
    }
}

fn file(request: &HttpRequest, text: String, name: &str) -> HttpResponse {
    let tag = format!("\"{}\"", &protocol::pass::digest(&text)[..32]);
    let known = request.headers().get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let caching = (header::CACHE_CONTROL, "private, max-age=60");
    if known.is_some_and(|known| known.split(',').any(|one| one.trim().trim_start_matches("W/") == tag)) {
        return HttpResponse::NotModified().insert_header((header::ETAG, tag)).insert_header(caching).finish();
    }
    HttpResponse::Ok()
        .content_type("text/calendar; charset=utf-8")
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.ics\"")))
        .insert_header((header::ETAG, tag))
        .insert_header(caching)
        .body(text)
}

/// Times are in UTC, which every calendar program shows in its reader's zone.
fn text(app: &App, calendar: &Calendar) -> String {
    let mut file = icalendar::Calendar::empty();
    file.append_property(Property::new("VERSION", "2.0"))
        .append_property(Property::new("PRODID", "-//Roundtable//Schedule//EN"))
        .append_property(Property::new("CALSCALE", "GREGORIAN"))
        .append_property(Property::new("METHOD", "PUBLISH"))
        .append_property(Property::new("X-PUBLISHED-TTL", REFRESH))
        .append_property(Property::new("REFRESH-INTERVAL", REFRESH).add_parameter("VALUE", "DURATION").done())
        .name(&calendar.event.name);
    for entry in &calendar.entries {
        file.push(event(app, calendar, entry));
    }
    file.to_string()
}

fn event(app: &App, Calendar { event: of, .. }: &Calendar, Entry { segment, sessions }: &Entry) -> Event {
    let reception = format!("{}/e/{}", app.public_url, of.slug);
    let link = |id: &SessionId| format!("{reception}/sessions/{}", id.bare());
    let url = match sessions.as_slice() {
        [(only, _)] => link(only),
        _ => reception.clone(),
    };
    let mut about = vec![segment.description.clone()];
    about.extend(sessions.iter().map(|(id, title)| format!("{title}: {}", link(id))));
    if sessions.is_empty() {
        about.push(reception.clone());
    }
    about.retain(|line| !line.is_empty());
    let host = url::Url::parse(&app.public_url).ok().and_then(|url| url.host_str().map(str::to_owned));
    Event::with_uid(&format!("{}@{}", segment.id.bare(), host.as_deref().unwrap_or("roundtable")))
        .sequence(u32::try_from(segment.version).unwrap_or(u32::MAX))
        .timestamp(segment.updated_at.utc())
        .last_modified(segment.updated_at.utc())
        .starts(segment.starts_at.utc())
        .ends(segment.ends_at.utc())
        .summary(&segment.name)
        .description(&about.join("\n"))
        .url(&url)
        .done()
}

/// Octets of a line at the most.
const LINE: usize = 75;

/// The lines folded once more: the crate forgets the space before a last piece, which may then be one octet too long.
fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.replace("\r\n ", "").split_terminator("\r\n") {
        let mut octets = 0;
        for character in line.chars() {
            if octets + character.len_utf8() > LINE {
                out.push_str("\r\n ");
                octets = 1;
            }
            octets += character.len_utf8();
            out.push(character);
        }
        out.push_str("\r\n");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn g3_no_line_is_longer_than_75_octets_and_no_character_is_torn() {
        let line = format!("SUMMARY:{}{}", "a".repeat(66), "🎉".repeat(40));
        let out = folded(&format!("{line}\r\nEND:VEVENT\r\n"));
        assert!(out.split("\r\n").all(|line| line.len() <= LINE), "{out}");
        assert_eq!(out.replace("\r\n ", ""), format!("{line}\r\nEND:VEVENT\r\n"));
    }
}
