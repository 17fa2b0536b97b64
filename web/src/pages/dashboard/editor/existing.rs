//! The form of a session that is there: what others save meanwhile shows, and when somebody deletes it, what is typed can
//! become a new one.

use super::adding::adding;
use super::draft::{Draft, Fields, base_of, follow};
use super::form::Editor;
use crate::api::session::{
    Saved, Session, SessionChange, SessionIdVariables, SessionNow, ShareAccess, UpdateSession, UpdateSessionInput,
    UpdateSessionVariables, WatchAccess,
};
use crate::api::{Failure, fetch};
use crate::components::{ButtonLink, Glyph, Icon, use_toasts};
use crate::drafts;
use crate::pages::dashboard::chosen_people::{ChosenPeople, Role};
use crate::pages::dashboard::invite_list::InviteList;
use crate::pages::dashboard::inviting::{Inviting, InvitingDialog};
use crate::pages::dashboard::session_details::Known;
use crate::pages::dashboard::unlisted_link::UnlistedLink;
use crate::pages::dashboard::visibility::VisibilitySection;
use crate::pages::event::{CurrentEvent, Programme};
use crate::pages::submit::page_title;
use crate::state::saving::{self, Base, Outcome};
use crate::state::session_form::Typed;
use crate::{t, text};
use cynic::{MutationBuilder, QueryBuilder};
use leptos::prelude::*;
use std::sync::Arc;

#[component]
pub fn Existing(first: Arc<Session>, session: Memo<Option<Arc<Session>>>, details: Known) -> impl IntoView {
    let current: CurrentEvent = expect_context();
    let programme: Programme = expect_context();
    let id = first.id.clone();
    let key = format!("session.{}", id.inner());
    let saved = base_of(&first, &details.now.get_untracked());
    let draft = Draft::new(Fields::of(saved.typed.clone()), saved, &key);
    follow(draft, session, details);
    let toasts = use_toasts();
    let inside =
        Signal::derive(move || session.get().map(|session| session.room.clone()).filter(|room| room.people() > 0));
    let gone = Memo::new(move |_| session.with(Option::is_none));
    let title = Memo::new(move |known: Option<&String>| {
        session.get().map(|session| session.title.clone()).or_else(|| known.cloned()).unwrap_or_default()
    });
    page_title(move || title.get());
    let sent_id = id.clone();
    let add = adding(draft, key.clone());
    let inviting = Inviting::new(inside);
    let send = Callback::new(move |()| {
        if gone.get_untracked() {
            return add();
        }
        let typed = untrack(|| draft.typed());
        if draft.saved.with_untracked(|saved| typed.closes_screen(saved)) && inviting.must_ask() {
            return;
        }
        let base = draft.base();
        // Before the answer to whether those on screen are invited, which counts once, is taken.
        if let Err(failure) = typed.update(sent_id.clone(), &base.typed) {
            return draft.sending.problems.set(failure);
        }
        let (unlink_segments, invite_on_screen) =
            (draft.fields.unlink.get_untracked().then_some(true), inviting.take());
        let input = move |input: UpdateSessionInput| UpdateSessionInput { unlink_segments, invite_on_screen, ..input };
        let (key, began) = (key.clone(), base.typed.clone());
        draft.sending.send(save_typed(sent_id.clone(), typed.clone(), base, input), move |outcome| {
            let (was_saved, Saved { session: now, details: saved }) = match outcome {
                Outcome::Saved(now) => (true, now),
                Outcome::Met(now) => (false, now),
            };
            let neat = base_of(&now, &saved);
            programme.apply(SessionChange::now(now));
            match (was_saved, draft.sending.is_left()) {
                (true, true) => {
                    toasts.good(text!("saved"));
                    return drafts::settle(&key, typed);
                }
                // What was typed is still there when the form is opened again.
                (false, true) => return toasts.bad(text!("failure-conflict")),
                (true, false) => {
                    toasts.good(text!("saved"));
                    draft.settle(&began, &typed, neat);
                }
                (false, false) => {}
            }
            details.take(saved);
            // Also of what somebody saved after that, which may have been told of first.
            if let Some(session) = session.get_untracked() {
                draft.take_over(details.now.with_untracked(|details| base_of(&session, details)));
            }
        });
    });
    let watched_by = Memo::new(move |_| draft.saved.with(|saved| saved.watch_access));
    let shared_by = Memo::new(move |_| draft.saved.with(|saved| saved.share_access));
    let unlisted = move || watched_by.get() == WatchAccess::Unlisted;
    let has_list = move || matches!(watched_by.get(), WatchAccess::Private | WatchAccess::Tickets);
    let about_list = Signal::derive(move || match watched_by.get() {
        WatchAccess::Tickets => text!("invite-list-tickets-text"),
        _ => text!("invite-list-text"),
    });
    let version = Memo::new(move |_| session.get().map(|session| session.version));
    let (invited_to, chosen_for) = (id.clone(), id.clone());
    let chosen = move || match shared_by.get() {
        ShareAccess::Anyone => ().into_any(),
        ShareAccess::InviteOnly => {
            view! { <ChosenPeople session_id=chosen_for.clone() role=Role::Sharer details/> }.into_any()
        }
        ShareAccess::Moderated => {
            view! { <ChosenPeople session_id=chosen_for.clone() role=Role::Moderator details/> }.into_any()
        }
    };
    let recordable = first.creator.is_none();
    let of_session = format!("/recordings?session={}", first.bare_id());
    let recordings = Signal::derive(move || format!("/dashboard/{}{of_session}", current.slug()));
    let room = format!("/sessions/{}", first.bare_id());
    let open_room = Signal::derive(move || format!("/e/{}{room}", current.slug()));
    let save = Signal::derive(move || if gone.get() { text!("add-as-new") } else { text!("save") });
    view! {
        <div class="page-head">
            <h1>{title}</h1>
            <div class="toolbar">
                {recordable.then(|| view! { <ButtonLink label=t!("recordings") href=recordings icon=Glyph::Film/> })}
                <Show when=move || !gone.get()>
                    <ButtonLink label=t!("open-room") href=open_room icon=Glyph::Venue/>
                </Show>
            </div>
        </div>
        <Show when=move || gone.get()>
            <div class="notice" role="status"><Icon glyph=Glyph::Alert/><p>{t!("deleted-meanwhile")}</p></div>
        </Show>
        <Show when=move || !gone.get()>
            <VisibilitySection sentences=Signal::derive(move || details.now.with(|details| details.visibility.clone()))/>
        </Show>
        <Editor draft send label=save new=false recordable inside session=Some(first.id.clone())/>
        <InvitingDialog inviting send/>
        <Show when=move || unlisted() && !gone.get()><UnlistedLink session/></Show>
        <Show when=move || has_list() && !gone.get()>
            <InviteList session_id=invited_to.clone() version about=about_list/>
        </Show>
        {move || (!gone.get()).then(&chosen)}
    }
}

/// Saves what was typed, on top of what others save meanwhile; `also` adds what no field holds.
async fn save_typed(
    id: cynic::Id,
    typed: Typed,
    base: Base<Typed>,
    also: impl Fn(UpdateSessionInput) -> UpdateSessionInput,
) -> Result<Outcome<Saved>, Failure> {
    let send = |typed: &Typed, base: &Base<Typed>| {
        let version = Some(base.version);
        let input = typed.update(id.clone(), &base.typed);
        send_input(input.map(|input| also(UpdateSessionInput { version, ..input })))
    };
    let base_of = |now: &Saved| base_of(&now.session, &now.details);
    saving::save(typed, base, send, || read(id.clone()), base_of).await
}

async fn send_input(input: Result<UpdateSessionInput, Failure>) -> Result<Saved, Failure> {
    let answer = fetch::send(UpdateSession::build(UpdateSessionVariables { input: input? })).await?;
    Ok(answer.update_session.session)
}

async fn read(id: cynic::Id) -> Result<Saved, Failure> {
    let answer = fetch::send(SessionNow::build(SessionIdVariables { id })).await?;
    answer.session.ok_or_else(Failure::gone)
}
