//! A second session like one that is there (B8).

use super::{announce, managed, reach, view};
use crate::access::Caller;
use crate::app::App;
use crate::db::Conn;
use crate::error::Result;
use crate::feed::{Audience, SessionChange, SessionView, Told};
use crate::ids::SessionId;
use crate::limits;
use crate::model;
use crate::model::session::Session;
use crate::sort_key;

const COPY: &str = " (copy)";

/// Makes a session with the settings, tags, invite list, moderators, sharers and ticket types of another one; never with its
/// segments, its link, who was admitted by that, or who made it.
pub async fn duplicate(app: &App, caller: &Caller, source: SessionId) -> Result<SessionView> {
    caller.account()?;
    let (caller, now) = (caller.clone(), app.clock.now());
    let (id, link_token): (SessionId, _) = (app.ids.next(), app.ids.secret());
    let _order = app.in_order().await?;
    let write = move |conn: &mut Conn| {
        let of = managed(conn, &caller, now, source)?;
        let title = title(&of.session.title);
        let copy = Session {
            id,
            sort_key: sort_key::natural(None, &title),
            title,
            dragged: false,
            link_token,
            deleted_at: None,
            creator_id: None,
            record_stopped: None,
            record_starts: i64::from(of.session.record),
            version: 1,
            created_at: now,
            updated_at: now,
            ..Session::clone(&of.session)
        };
        model::session::insert(conn, &copy, &of.additional_information)?;
        model::session::copy_lists(conn, source, id)?;
        let view = view(conn, copy, of.event)?;
        let reach = reach(conn, &view)?;
        Ok((view, reach))
    };
    let (view, reach) = app.db.write(write).await?;
    let after = Some((view.clone(), reach));
    let change = SessionChange { id, version: 1, after, seen_before: Audience::Nobody, told: Told::default() };
    announce(app, view.event.id, change);
    Ok(view)
}

/// The title with a mark, within the limit.
fn title(of: &str) -> String {
    let kept = limits::TITLE.end() - COPY.chars().count();
    let title: String = of.chars().take(kept).collect();
    format!("{}{COPY}", title.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn b8_the_title_of_a_copy_says_so_within_the_limit() {
        assert_eq!(title("Maps"), "Maps (copy)");
        let long = title(&"🎉".repeat(60));
        assert_eq!(long.chars().count(), 60);
        assert!(long.ends_with("🎉 (copy)"));
    }
}
