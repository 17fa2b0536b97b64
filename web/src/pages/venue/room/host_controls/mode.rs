//! Who can share, changed while the room is live (D9): for organizers, whose session it is.

use super::super::Here;
use super::acts::Acts;
use super::known::Known;
use crate::api::fetch;
use crate::api::screen::{ChangeSharing, ChangeSharingInput, ChangeSharingVariables};
use crate::api::session::ShareAccess;
use crate::pages::inviting::InviteOnScreen;
use crate::{t, text};
use cynic::MutationBuilder;
use leptos::prelude::*;

const MODES: [(&str, ShareAccess); 3] =
    [("anyone", ShareAccess::Anyone), ("invite", ShareAccess::InviteOnly), ("moderated", ShareAccess::Moderated)];

fn said(mode: ShareAccess) -> String {
    match mode {
        ShareAccess::Anyone => text!("share-anyone"),
        ShareAccess::InviteOnly => text!("share-invite-only"),
        ShareAccess::Moderated => text!("share-moderated"),
    }
}

#[component]
pub fn Mode(known: Known, acts: Acts) -> impl IntoView {
    view! { <Show when=move || known.can_edit.get()><Choose known acts/></Show> }
}

#[component]
fn Choose(known: Known, acts: Acts) -> impl IntoView {
    let Here { call, .. } = expect_context();
    let (asking, busy) = (RwSignal::new(false), RwSignal::new(false));
    // What is chosen counts when the server has it; until then the field shows it, and after a refusal what it was.
    let chosen = RwSignal::new(None::<ShareAccess>);
    let shown = move || chosen.get().or(known.access.get());
    let on_screen = Memo::new(move |_| {
        call.room.with(|room| {
            let others = room.speakers.iter().filter(|speaker| Some(&speaker.person) != room.me.as_ref());
            others.map(|speaker| speaker.name.clone()).collect::<Vec<_>>()
        })
    });
    let send = move |share_access: ShareAccess, invite_on_screen: Option<bool>| {
        busy.set(true);
        let input = ChangeSharingInput { id: acts.session(), share_access: Some(share_access), invite_on_screen };
        let told = fetch::tell(ChangeSharing::build(ChangeSharingVariables { input }));
        let after = Box::new(move || {
            busy.try_set(false);
            chosen.try_set(None);
        });
        acts.send_and(told, untrack(|| text!("saved")), after);
    };
    let change = move |event| {
        let typed = event_target_value(&event);
        let Some((_, mode)) = MODES.into_iter().find(|(name, _)| *name == typed) else { return };
        chosen.set(Some(mode));
        if mode == ShareAccess::InviteOnly && !on_screen.with_untracked(Vec::is_empty) {
            asking.set(true);
        } else {
            send(mode, None);
        }
    };
    // Closed without an answer: nothing changes.
    Effect::new(move |before: Option<bool>| {
        let now = asking.get();
        if before == Some(true) && !now && !busy.get_untracked() {
            chosen.set(None);
        }
        now
    });
    let answer = move |invite: bool| {
        send(ShareAccess::InviteOnly, Some(invite));
        asking.set(false);
    };
    view! {
        <section class="host-section" aria-label=t!("share-access")>
            <label class="host-mode">
                <h3>{t!("share-access")}</h3>
                <select disabled=busy on:change=change>
                    {MODES.into_iter().map(|(value, mode)| view! {
                        <option value=value prop:selected=move || shown() == Some(mode)>{move || said(mode)}</option>
                    }).collect_view()}
                </select>
            </label>
        </section>
        <InviteOnScreen open=asking on_screen answer/>
    }
}
