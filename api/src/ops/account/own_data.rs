//! A person's own data: all of it as one document, and its end (A8).

use super::{still, tell_ended};
use crate::access::Caller;
use crate::app::App;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::feed::{Change, ShareRequestView, Topic};
use crate::ids::{AccountId, LoginId, PictureId, SessionId};
use crate::model;
use crate::model::account::Account;
use crate::model::own_data::{InSession, OwnData};
use crate::picture::{Size, Variant};
use crate::validate::{Code, Problem};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::net::IpAddr;

/// Everything that is kept about the caller. Of passwords and links there is only what cannot be used, so that stands not in it.
pub async fn export(app: &App, caller: &Caller) -> Result<Value> {
    let id = caller.account()?.id;
    let caller = caller.clone();
    let (account, data, names) = app
        .db
        .read(move |conn| {
            let account = model::account::find(conn, id)?.ok_or(Error::Unauthenticated)?;
            let data = model::own_data::of(conn, &account)?;
            let names = names(conn, &caller, &data)?;
            Ok((account, data, names))
        })
        .await?;
    Ok(written(app, &account, data, &names))
}

/// Event and title of the sessions that the person has a part in and may watch. The others stay without a name: this is no way
/// around who may watch (C1–C4).
fn names(conn: &mut Conn, caller: &Caller, data: &OwnData) -> Result<Names> {
    let mut names = Names::new();
    let lists = [
        &data.invitations,
        &data.admissions,
        &data.moderates,
        &data.may_share,
        &data.granted,
        &data.barred,
        &data.created_sessions,
    ];
    let asked = data.share_requests.iter().map(|(asked, _)| asked);
    for (id, _) in lists.into_iter().flatten().chain(asked) {
        if names.contains_key(id) {
            continue;
        }
        let Some(session) = model::session::find(conn, *id)? else { continue };
        if let Ok((event, ..)) = crate::ops::session::let_watch(conn, caller, &session) {
            names.insert(*id, (event.name, session.title));
        }
    }
    Ok(names)
}

type Names = HashMap<SessionId, (String, String)>;

fn written(app: &App, account: &Account, data: OwnData, names: &Names) -> Value {
    let in_sessions = |rows: Vec<InSession>| -> Vec<Value> {
        let named = |(id, at): InSession| {
            let (event, title) = names.get(&id).map(|(event, title)| (event, title)).unzip();
            json!({ "event": event, "session": title, "at": at.utc() })
        };
        rows.into_iter().map(named).collect()
    };
    let list = |values: Vec<Value>| Value::Array(values);
    let picture = |picture: &model::picture::Picture| {
        let address = picture.address(Variant { size: Size::Full, still: false });
        json!({ "address": format!("{}{address}", app.public_url), "uploadedAt": picture.created_at.utc(),
            "width": picture.width, "height": picture.height, "isOwn": picture.event_id.is_none() })
    };
    json!({
        "account": {
            "id": account.id.to_string(), "email": account.email, "name": account.name, "headline": account.headline,
            "hasPassword": !account.password_hash.is_empty(), "createdAt": account.created_at.utc(),
            "verifiedAt": account.verified_at.map(|at| at.utc()),
            "pictureId": account.picture_id.map(|id| id.to_string()),
        },
        "signIns": list(data.logins.into_iter()
            .map(|(from, until)| json!({ "at": from.utc(), "endsAt": until.utc() })).collect()),
        "organizerOf": list(data.organizations.into_iter()
            .map(|(name, since)| json!({ "organization": name, "since": since.utc() })).collect()),
        "registrations": list(data.registrations.into_iter().map(|row| json!({
            "event": row.event, "ticketType": row.ticket_type, "blocked": row.blocked, "muted": row.muted,
            "at": row.at.utc(),
        })).collect()),
        "keptOutOf": list(data.blocked.into_iter()
            .map(|(event, at)| json!({ "event": event, "at": at.utc() })).collect()),
        "invitations": in_sessions(data.invitations),
        "admissions": in_sessions(data.admissions),
        "moderatorOf": in_sessions(data.moderates),
        "mayShareIn": in_sessions(data.may_share),
        "approvedToShareIn": in_sessions(data.granted),
        "barredFromScreenOf": in_sessions(data.barred),
        "shareRequests": list(data.share_requests.into_iter().map(|((id, at), state)| {
            let (event, title) = names.get(&id).map(|(event, title)| (event, title)).unzip();
            json!({ "event": event, "session": title, "state": state.as_str(), "at": at.utc() })
        }).collect()),
        "hostActions": list(data.host_actions.into_iter().map(|row| json!({
            "event": row.event, "action": row.action.as_str(), "isOwn": row.is_own, "at": row.at.utc(),
        })).collect()),
        "createdSessions": in_sessions(data.created_sessions),
        "speakerIn": list(data.speaks_in.into_iter()
            .map(|(event, segment)| json!({ "event": event, "segment": segment })).collect()),
        "agenda": list(data.agenda.into_iter()
            .map(|(event, segment, at)| json!({ "event": event, "segment": segment, "at": at.utc() })).collect()),
        "pictures": list(data.pictures.iter().map(picture).collect()),
        "mails": list(data.mails.into_iter().map(|row| json!({
            "subject": row.subject, "text": row.body, "writtenAt": row.written_at.utc(),
            "sentAt": row.sent_at.map(|at| at.utc()),
        })).collect()),
        "mailedLinks": list(data.mail_links.into_iter().map(|row| json!({
            "purpose": row.purpose, "madeAt": row.made_at.utc(), "endsAt": row.ends_at.utc(),
            "usedAt": row.used_at.map(|at| at.utc()),
        })).collect()),
    })
}

/// Deletes the caller's account with all that belongs to it, and whatever is open with it ends at once. `confirmation` is the
/// password; of an account without one, its address.
pub async fn delete(app: &App, caller: &Caller, from: IpAddr, confirmation: String) -> Result<()> {
    let id = caller.account()?.id;
    app.rates.sign_in(&caller.account()?.email, from)?;
    let known = app.db.read(move |conn| Ok(model::account::find(conn, id)?)).await?.ok_or(Error::Unauthenticated)?;
    confirm(app, &known, confirmation).await?;
    let (caller, now) = (caller.clone(), app.clock.now());
    let order = app.in_order().await?;
    let mut gone = app
        .db
        .write(move |conn| {
            super::again(conn, &caller, now)?.account()?;
            still(conn, &known)?;
            stays_organized(conn, id)?;
            let gone = Gone {
                logins: model::login::delete_all(conn, id)?,
                sessions: model::own_data::sessions_with(conn, id)?,
                pictures: model::own_data::own_pictures(conn, id)?,
                requests: crate::ops::share_request::withdraw_everywhere(conn, id, now)?,
            };
            // Passes that the person has out open nothing any more.
            let mut events = model::registration::events_of(conn, id)?;
            for organization in model::organization::of_organizer(conn, id)? {
                events.extend(model::event::ids_of_organization(conn, organization)?);
            }
            model::session::raise_versions(conn, &events, now)?;
            model::own_data::delete(conn, &known)?;
            Ok(gone)
        })
        .await?;
    crate::ops::share_request::tell_each(app, std::mem::take(&mut gone.requests)).await?;
    drop(order);
    end(app, id, gone).await
}

/// What is told after a deletion, and tidied.
struct Gone {
    logins: Vec<LoginId>,
    sessions: Vec<SessionId>,
    pictures: Vec<PictureId>,
    /// They waited for a host by these.
    requests: Vec<ShareRequestView>,
}

async fn end(app: &App, id: AccountId, gone: Gone) -> Result<()> {
    tell_ended(app, id, gone.logins);
    app.feed.publish(Topic::Account(id), Change::Standing);
    crate::ops::room::access_changed(app, id).await?;
    crate::ops::picture::forget(app, &gone.pictures).await;
    crate::ops::session::announce_again(app, move |_conn| Ok(gone.sessions)).await
}

async fn confirm(app: &App, account: &Account, confirmation: String) -> Result<()> {
    let (right, message) = if account.password_hash.is_empty() {
        (confirmation.trim().to_lowercase() == account.email, "Enter your own email address.")
    } else {
        let right = app.passwords.verify(confirmation, Some(account.password_hash.clone())).await?;
        (right, "The password is wrong.")
    };
    if right { Ok(()) } else { Err(Problem::new("confirmation", Code::Invalid, message).into()) }
}

/// No organization is left without an organizer (A2).
fn stays_organized(conn: &mut Conn, id: AccountId) -> Result<()> {
    for organization in model::organization::of_organizer(conn, id)? {
        model::organization::lock(conn, organization)?;
        if model::organization::organizer_ids(conn, organization)? == [id] {
            let message = "You are the last organizer of your organization. Add another organizer first, then delete your \
                           account.";
            return Err(Error::Conflict(message));
        }
    }
    Ok(())
}
