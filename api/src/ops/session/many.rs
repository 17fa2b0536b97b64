//! The same change of many sessions at once (B8).

use super::stage::Stage;
use super::{Changed, Changing, managed};
use crate::access::Caller;
use crate::app::App;
use crate::db::Conn;
use crate::error::Result;
use crate::feed::SessionView;
use crate::ids::{SessionId, TagId, TicketTypeId};
use crate::limits;
use crate::model;
use crate::model::session::{DisplaySize, Patch, ShareAccess, WatchAccess};
use crate::ops::room::{Whose, sharing_changed};
use crate::ops::{segment, share_request};
use crate::validate::{Code, Problem, Problems};
use std::sync::Arc;

/// What to change in each; `None` and nothing leave it as it is.
#[derive(Default)]
pub struct ManyPatch {
    pub add_tags: Vec<String>,
    pub remove_tags: Vec<String>,
    pub watch_access: Option<WatchAccess>,
    pub tickets: Option<Vec<TicketTypeId>>,
    pub share_access: Option<ShareAccess>,
    /// Whether those on screen are invited where sharing becomes by invitation only (D9).
    pub invite_on_screen: bool,
    pub display_size: Option<DisplaySize>,
    pub youtube_sharing: Option<bool>,
}

/// Changes sessions of one event: all of them or none.
pub async fn update(app: &App, caller: &Caller, ids: Vec<SessionId>, input: ManyPatch) -> Result<Vec<SessionView>> {
    let mut problems = Problems::default();
    let add = crate::ops::tag::checked(app, &mut problems, "session", &input.add_tags);
    let fresh = ids.iter().map(|_| (0..limits::TAGS).map(|_| app.ids.next()).collect::<Vec<TagId>>());
    let each: Vec<(SessionId, Vec<TagId>)> = ids.iter().copied().zip(fresh).collect();
    let tickets = input.tickets.map(|tickets| super::chosen_tickets(&mut problems, tickets));
    problems.finish()?;
    let (actor, log): (_, Vec<_>) = (caller.account()?.id, ids.iter().map(|_| super::fresh_log(app)).collect());
    let (caller, now) = (caller.clone(), app.clock.now());
    let order = app.in_order().await?;
    let sharing = input.share_access.is_some();
    let stage = Stage::new(app, input.invite_on_screen);
    let write = move |conn: &mut Conn| {
        let (mut changes, mut requests): (Vec<Changed>, _) = (Vec::new(), Vec::new());
        let ids: Vec<SessionId> = each.iter().map(|(id, _)| *id).collect();
        let mut led = None;
        for ((id, fresh), log) in each.into_iter().zip(log) {
            model::session::lock(conn, id)?;
            let before = managed(conn, &caller, now, id)?;
            let changing = Changing::begin(conn, before)?;
            let before = &changing.before;
            match &led {
                None => led = Some((segment::around(conn, &ids, &before.event)?, Arc::clone(&before.event))),
                Some((_, event)) => super::of_event(before, event)?,
            }
            let tags = tags_after(before, &add, &input.remove_tags)?;
            if let Some(tags) = tags {
                let tags: Vec<(TagId, String)> = fresh.into_iter().zip(tags).collect();
                model::tag::replace(conn, before.event.id, id, &tags)?;
            }
            if input.watch_access.is_some() || tickets.is_some() {
                let access = input.watch_access.unwrap_or(before.session.watch_access);
                super::set_tickets(conn, &before.session, access, tickets.as_deref())?;
            }
            let patch = Patch {
                watch_access: input.watch_access,
                share_access: input.share_access,
                display_size: input.display_size,
                youtube_sharing: input.youtube_sharing,
                ..Patch::default()
            };
            if let Some(mode) = patch.share_access {
                stage.carry_over(conn, &before.session, mode, now)?;
            }
            super::write_down(conn, &before.session, &patch, (actor, log, now))?;
            let changed = changing.finish(conn, &patch, now)?;
            requests.extend(share_request::settle(conn, &changed.after.event, &changed.after.session, now)?);
            changes.push(changed);
        }
        let segments = match led {
            Some((around, event)) => around.changes(conn, &event)?,
            None => Vec::new(),
        };
        Ok((changes, segments, requests))
    };
    let (changes, segments, requests) = app.db.write(write).await?;
    let views: Vec<SessionView> = changes.into_iter().map(|changed| changed.announce(app)).collect();
    // They show the sessions, to those who find them (C7).
    if let Some(view) = views.first() {
        segment::announce(app, view.event.id, segments);
    }
    share_request::tell_each(app, requests).await?;
    // Those inside are told in an order of their own.
    drop(order);
    for view in views.iter().filter(|_| sharing) {
        sharing_changed(app, view.session.id, Whose::Everybodys).await?;
    }
    Ok(views)
}

/// The session's tags with these more and without those; nothing when they stay as they are.
fn tags_after(session: &SessionView, add: &[(TagId, String)], remove: &[String]) -> Result<Option<Vec<String>>> {
    let remove: Vec<String> = remove.iter().map(|name| name.trim().to_lowercase()).collect();
    let mut tags: Vec<String> =
        session.tags.iter().filter(|tag| !remove.contains(&tag.to_lowercase())).cloned().collect();
    for (_, name) in add {
        if tags.iter().all(|tag| tag.to_lowercase() != name.to_lowercase()) {
            tags.push(name.clone());
        }
    }
    if tags.len() > limits::TAGS {
        let message = format!(
            "\"{}\" would have {} tags; {} is the most. Take some away first.",
            session.session.title,
            tags.len(),
            limits::TAGS
        );
        return Err(Problem::new("addTags", Code::OutOfRange, message).into());
    }
    Ok((tags[..] != session.tags[..]).then_some(tags))
}
