//! Who asks to go on screen, in order: approved or declined by whichever host is first (D5).

use super::acts::Acts;
use super::known::Known;
use crate::api::fetch::{self, Told};
use crate::api::session::ShareAccess;
use crate::api::share_request::{
    ApproveShareRequest, ApproveShareRequestInput, ApproveShareRequestVariables, DeclineAllShareRequests,
    DeclineAllShareRequestsInput, DeclineAllShareRequestsVariables, DeclineShareRequest, DeclineShareRequestInput,
    DeclineShareRequestVariables, ShareRequest, ShareRequestState,
};
use crate::api::{Code, Failure};
use crate::app::Clock;
use crate::components::{Avatar, Button, Dialog, Glyph, IconButton, Kind, Toasts, use_toasts};
use crate::live::shim;
use crate::pages::words;
use crate::{t, text};
use cynic::MutationBuilder;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What answers.
#[derive(Clone, Copy)]
struct Answers {
    known: Known,
    /// How many this host has decided: what was pressed is gone then.
    decided: RwSignal<u32>,
    toasts: Toasts,
}

impl Answers {
    fn approve(self, request: &ShareRequest, busy: RwSignal<bool>) {
        let input = ApproveShareRequestInput { id: request.id.clone() };
        let told = fetch::tell(ApproveShareRequest::build(ApproveShareRequestVariables { input }));
        self.send(request.clone(), told, busy);
    }

    fn decline(self, request: &ShareRequest, busy: RwSignal<bool>) {
        let input = DeclineShareRequestInput { id: request.id.clone() };
        let told = fetch::tell(DeclineShareRequest::build(DeclineShareRequestVariables { input }));
        self.send(request.clone(), told, busy);
    }

    /// Sends a decision. Who comes second is told who decided (D5).
    fn send(self, request: ShareRequest, told: Told, busy: RwSignal<bool>) {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            match told.await {
                Ok(()) => {
                    self.known.queue.try_update(|queue| queue.remove(request.id.inner()));
                    self.decided.try_update(|decided| *decided += 1);
                }
                Err(Failure::Refused { code: Code::Conflict | Code::NotFound, .. }) => {
                    self.toasts.bad(untrack(|| self.decided_already(&request)));
                    self.known.reload();
                }
                Err(failure) => self.toasts.bad(untrack(|| words::failure(&failure))),
            }
            busy.try_set(false);
        });
    }

    /// What another host did with it, or the person.
    fn decided_already(self, request: &ShareRequest) -> String {
        let known = self.known.queue.try_with_untracked(|queue| queue.decision(request.id.inner()).cloned()).flatten();
        let name = text::name(&request.person.name);
        match known.map(|known| (known.state, known.decided_by.map(|host| text::name(&host.name)))) {
            Some((ShareRequestState::Approved, Some(host))) => text!("request-approved-by", host = host, name = name),
            Some((ShareRequestState::Declined, Some(host))) => text!("request-declined-by", host = host, name = name),
            Some((ShareRequestState::Withdrawn, _)) => text!("request-withdrawn", name = name),
            _ => text!("request-decided", name = name),
        }
    }
}

/// Only where people ask: in a moderated session, or while somebody still waits.
#[component]
pub fn RequestList(known: Known, acts: Acts) -> impl IntoView {
    let answers = Answers { known, decided: RwSignal::new(0), toasts: use_toasts() };
    let moderated = move || known.access.get() == Some(ShareAccess::Moderated);
    let count = Memo::new(move |_| known.count());
    let declining = RwSignal::new(false);
    let (rows, title) = (NodeRef::<leptos::html::Ul>::new(), NodeRef::<leptos::html::H3>::new());
    // The focus goes on to the next one who asks.
    Effect::new(move |before: Option<u32>| {
        let now = answers.decided.get();
        if before.is_some_and(|before| before != now) {
            request_animation_frame(move || match rows.get_untracked().filter(|rows| rows.is_connected()) {
                Some(rows) => shim::keep_focus_in(&rows),
                // An element that cannot be focused leaves the focus where it is.
                None => _ = title.get_untracked().map(|title| title.focus()),
            });
        }
        now
    });
    // The names of those who have the next free seats, while every one is taken (D5).
    let next = Memo::new(move |_| known.queue.with(|queue| queue.approved().collect::<Vec<_>>().join(", ")));
    let list = move || known.queue.with(|queue| queue.waiting().to_vec());
    view! {
        <Show when=move || moderated() || { count.get() > 0 }>
            <section class="host-section" aria-label=t!("requests")>
                <div class="host-head">
                    <h3 node_ref=title tabindex="-1">{t!("requests")}</h3>
                    <Show when=move || { count.get() > 1 }>
                        <Button label=t!("decline-all") on=move |()| declining.set(true)/>
                    </Show>
                </div>
                <Show
                    when=move || { count.get() > 0 }
                    fallback=move || view! { <p class="host-empty">{t!("requests-empty")}</p> }
                >
                    <ul node_ref=rows class="host-list">
                        <For each=list key=|request| request.id.inner().to_owned() let:request><Row request answers/></For>
                    </ul>
                </Show>
                <Show when=move || !next.with(String::is_empty)>
                    <p class="host-empty">{move || text!("requests-next", names = next.get())}</p>
                </Show>
            </section>
        </Show>
        <DecliningAll acts open=declining count/>
    }
}

#[component]
fn Row(request: ShareRequest, answers: Answers) -> impl IntoView {
    let clock: Clock = expect_context();
    let busy = RwSignal::new(false);
    let since = request.requested_at;
    let id = request.id.inner().to_owned();
    let away = Memo::new(move |_| answers.known.queue.with(|queue| queue.is_away(&id)));
    let waits = Memo::new(move |_| {
        let waits = text!("waits-since", count = (clock.now() - since).num_minutes().max(0));
        if away.get() { format!("{waits} · {}", text!("waits-outside")) } else { waits }
    });
    let (name, picture) = (request.person.name.clone(), Signal::stored(request.person.picture.clone()));
    let request = StoredValue::new(request);
    let (approved, declined) = (name.clone(), name.clone());
    view! {
        <li class="host-row">
            <Avatar name=name.clone() picture/>
            <div class="host-name">
                <strong>{name}</strong>
                <span class="small">{waits}</span>
            </div>
            <div class="host-actions host-answer">
                <IconButton
                    label=t!("approve-person", name = approved.clone())
                    icon=Glyph::Check
                    disabled=busy
                    on=move |()| request.with_value(|request| answers.approve(request, busy))
                />
                <IconButton
                    label=t!("decline-person", name = declined.clone())
                    icon=Glyph::Close
                    disabled=busy
                    on=move |()| request.with_value(|request| answers.decline(request, busy))
                />
            </div>
        </li>
    }
}

#[component]
fn DecliningAll(acts: Acts, open: RwSignal<bool>, count: Memo<usize>) -> impl IntoView {
    let busy = RwSignal::new(false);
    let decline = move |()| {
        busy.set(true);
        let input = DeclineAllShareRequestsInput { session_id: acts.session() };
        let told = fetch::tell(DeclineAllShareRequests::build(DeclineAllShareRequestsVariables { input }));
        let after = Box::new(move || {
            busy.try_set(false);
            open.try_set(false);
        });
        acts.send_and(told, untrack(|| text!("all-were-declined")), after);
    };
    view! {
        <Dialog title=t!("decline-all-title") open>
            <p>{move || text!("decline-all-text", count = count.get())}</p>
            <div class="form-actions">
                <Button label=t!("decline-all") kind=Kind::Danger busy on=decline/>
                <Button label=t!("cancel") on=move |()| open.set(false)/>
            </div>
        </Dialog>
    }
}
