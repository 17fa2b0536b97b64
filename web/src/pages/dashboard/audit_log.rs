//! What hosts did in the event's sessions, the newest first (O2).

use crate::api::fetch;
use crate::api::host_action::{HostAction, HostActionKind, HostActions, HostActionsVariables, Named};
use crate::api::query::Pages;
use crate::browser::{self, Style};
use crate::components::{Avatar, EmptyState, Glyph};
use crate::pages::event::CurrentEvent;
use crate::pages::paged::Paged;
use crate::pages::submit::page_title;
use crate::{t, text};
use cynic::QueryBuilder;
use leptos::prelude::*;

#[component]
pub fn AuditLog() -> impl IntoView {
    page_title(|| text!("audit-log"));
    let current: CurrentEvent = expect_context();
    let pages = Pages::new(
        move || current.slug(),
        |slug, after| async move {
            let event = fetch::send(HostActions::build(HostActionsVariables { slug, after })).await?.event;
            Ok(event.map(|event| (event.host_actions.nodes, event.host_actions.page_info)))
        },
    );
    let empty = || {
        view! { <EmptyState icon=Glyph::Shield title=t!("audit-log-empty-title") text=t!("audit-log-empty-text")/> }
            .into_any()
    };
    view! {
        <div class="page-head">
            <div><h1>{t!("audit-log")}</h1><p class="muted">{t!("audit-log-text")}</p></div>
        </div>
        <Paged pages key=|one: &HostAction| one.id.inner().to_owned() row=|one| view! { <Row one/> } empty/>
    }
}

/// Who is gone has no name any more.
fn name(of: Option<&Named>) -> String {
    of.map_or_else(|| text!("somebody-gone"), |one| one.name.clone())
}

fn sentence(one: &HostAction) -> String {
    let (actor, person) = (name(one.actor.as_ref()), name(one.person.as_ref()));
    match one.action {
        HostActionKind::ApprovedRequest => text!("did-approve", actor = actor, person = person),
        HostActionKind::DeclinedRequest => text!("did-decline", actor = actor, person = person),
        HostActionKind::DeclinedAllRequests => text!("did-decline-all", actor = actor),
        HostActionKind::RemovedFromScreen => text!("did-remove", actor = actor, person = person),
        HostActionKind::BarredFromScreen => text!("did-bar", actor = actor, person = person),
        HostActionKind::LiftedBar => text!("did-let-back", actor = actor, person = person),
        HostActionKind::Muted => text!("did-mute", actor = actor, person = person),
        HostActionKind::RemovedScreenShare => text!("did-end-screen", actor = actor, person = person),
        HostActionKind::RemovedYoutube => match one.person {
            Some(_) => text!("did-end-video", actor = actor, person = person),
            None => text!("did-end-a-video", actor = actor),
        },
        HostActionKind::ClosedRoom => text!("did-close-room", actor = actor),
        HostActionKind::LoweredHand => text!("did-lower-hand", actor = actor, person = person),
        HostActionKind::LoweredAllHands => text!("did-lower-all-hands", actor = actor),
        HostActionKind::DeletedMessage => text!("did-delete-message", actor = actor, person = person),
        HostActionKind::PinnedMessage => text!("did-pin-message", actor = actor, person = person),
        HostActionKind::UnpinnedMessage => text!("did-unpin-message", actor = actor),
        HostActionKind::SlowedChat => text!("did-slow-chat", actor = actor),
        HostActionKind::EndedSlowMode => text!("did-end-slow-mode", actor = actor),
        HostActionKind::PausedChat => text!("did-pause-chat", actor = actor),
        HostActionKind::ResumedChat => text!("did-resume-chat", actor = actor),
        HostActionKind::ChangedSharing => text!("did-change-sharing", actor = actor),
        HostActionKind::ChangedCapacity => text!("did-change-capacity", actor = actor),
        HostActionKind::SwitchedRecordingOn => text!("did-switch-recording-on", actor = actor),
        HostActionKind::SwitchedRecordingOff => text!("did-switch-recording-off", actor = actor),
        HostActionKind::StartedRecording => text!("did-start-recording", actor = actor),
        HostActionKind::RetriedRecording => text!("did-retry-recording", actor = actor),
        HostActionKind::PublishedReplay => text!("did-publish-replay", actor = actor),
        HostActionKind::WithdrewReplay => text!("did-withdraw-replay", actor = actor),
        HostActionKind::DeletedRecording => text!("did-delete-recording", actor = actor),
    }
}

#[component]
fn Row(one: HostAction) -> impl IntoView {
    let zone = browser::own_zone();
    let (at, who) = (one.at, one.actor.clone());
    let face = Signal::derive(move || name(who.as_ref()));
    let session = one.session.as_ref().map(|session| format!("{} · ", session.title));
    view! {
        <li class="row person-row">
            <Avatar name=face/>
            <div class="row-name">
                <span>{move || sentence(&one)}</span>
                <span class="muted small">
                    {session}<time datetime=at.to_rfc3339()>{move || browser::format_instant(at, &zone, Style::Moment)}</time>
                </span>
            </div>
        </li>
    }
}
