//! Who asks to go on screen, in order: approved or declined by whichever host is first (D5).

use super::super::Here;
use super::acts::Acts;
use super::ring::Ring;
use crate::api::live::Live;
use crate::api::query::Query;
use crate::api::session::ShareAccess;
use crate::api::share_request::{
    ApproveShareRequest, ApproveShareRequestInput, ApproveShareRequestVariables, DeclineAllShareRequests,
    DeclineAllShareRequestsInput, DeclineAllShareRequestsVariables, DeclineShareRequest, DeclineShareRequestInput,
    DeclineShareRequestVariables, OfEvent, ShareRequest, ShareRequestState, ShareRequests, ShareRequestsChanged,
    ShareRequestsVariables,
};
use crate::api::{Code, Failure, fetch};
use crate::app::Clock;
use crate::components::{Avatar, Button, Dialog, Glyph, IconButton, Kind, Skeleton, Toasts, use_toasts};
use crate::live::shim;
use crate::pages::gate::Failed;
use crate::pages::gathered::Gathered;
use crate::pages::venue::host_news::{self, Place};
use crate::pages::words;
use crate::state::Loaded;
use crate::state::share_queue::ShareQueue;
use crate::{t, text};
use cynic::{MutationBuilder, QueryBuilder, SubscriptionBuilder};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::future::Future;

/// The queue as it is now.
#[derive(Clone, Copy)]
pub struct Requests {
    queue: RwSignal<Loaded<ShareQueue>>,
    query: Query<Vec<ShareRequest>>,
    heard: StoredValue<Vec<ShareRequest>>,
    /// How many this host has decided: what was pressed is gone then.
    decided: RwSignal<u32>,
    toasts: Toasts,
}

impl Requests {
    /// Fetches the queue, keeps it by what is pushed from then on, and rings for each new request. Those of other sessions that
    /// the person is a host of are told as well.
    pub fn follow(here: Here, ring: Ring) -> Self {
        let (id, event_id) = here.session.with_untracked(|session| (session.id.clone(), session.event.id.clone()));
        let (heard, asked) = (StoredValue::new(Vec::new()), id.clone());
        let query = Query::kept(
            move || asked.clone(),
            move |id| {
                heard.set_value(Vec::new());
                all(id)
            },
        );
        let (queue, decided, toasts) = (RwSignal::new(Loaded::Waiting), RwSignal::new(0), use_toasts());
        let requests = Self { queue, query, heard, decided, toasts };
        Effect::new(move |_| {
            query.value.with(|answer| {
                requests.queue.set(answer.map(|list| ShareQueue::new(list.clone()).with(heard.get_value())));
            });
        });
        let elsewhere = Gathered::new(move |changes| {
            let slug = here.session.with_untracked(|session| session.event.slug.clone());
            host_news::tell(requests.toasts, &slug, changes, Place::Room);
        });
        let live: Live = expect_context();
        let changes = live.subscribe(
            &ShareRequestsChanged::build(OfEvent { event_id }),
            move |change: Result<ShareRequestsChanged, Failure>| match change {
                Ok(ShareRequestsChanged { share_requests_changed: change }) if change.session_id == id => {
                    let name = change.request.person.name.clone();
                    if requests.take(change.request) {
                        ring.ring();
                        here.say(untrack(|| text!("asks-aloud", name = name)));
                    }
                }
                Ok(ShareRequestsChanged { share_requests_changed: change }) => elsewhere.take(change),
                // What one may see has changed: ask again.
                Err(_) => query.reload(),
            },
        );
        let changes = StoredValue::new_local(changes);
        on_cleanup(move || changes.dispose());
        requests
    }

    /// How many wait.
    pub fn count(self) -> usize {
        self.queue.with(|queue| queue.here().map_or(0, |queue| queue.waiting().len()))
    }

    /// Takes a request as it is now, and says whether it is a new one.
    fn take(self, request: ShareRequest) -> bool {
        self.heard.try_update_value(|heard| heard.push(request.clone()));
        let new = self.queue.try_update(|queue| queue.here_mut().map(|queue| queue.apply(request)));
        new.flatten().unwrap_or(false)
    }

    fn approve(self, request: &ShareRequest, done: RwSignal<bool>) {
        let input = ApproveShareRequestInput { id: request.id.clone() };
        let answer = fetch::send(ApproveShareRequest::build(ApproveShareRequestVariables { input }));
        self.answer(request, done, async move { Ok(answer.await?.approve_share_request.request) });
    }

    fn decline(self, request: &ShareRequest, done: RwSignal<bool>) {
        let input = DeclineShareRequestInput { id: request.id.clone() };
        let answer = fetch::send(DeclineShareRequest::build(DeclineShareRequestVariables { input }));
        self.answer(request, done, async move { Ok(answer.await?.decline_share_request.request) });
    }

    /// Sends a decision. Who comes second is told who decided (D5).
    fn answer(
        self,
        request: &ShareRequest,
        busy: RwSignal<bool>,
        answer: impl Future<Output = Result<ShareRequest, Failure>> + 'static,
    ) {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let request = request.clone();
        spawn_local(async move {
            match answer.await {
                Ok(decided) => {
                    self.take(decided);
                    self.decided.try_update(|decided| *decided += 1);
                }
                Err(Failure::Refused { code: Code::Conflict | Code::NotFound, .. }) => {
                    self.toasts.bad(untrack(|| self.decided_already(&request)));
                    self.query.reload();
                }
                Err(failure) => self.toasts.bad(untrack(|| words::failure(&failure))),
            }
            busy.try_set(false);
        });
    }

    /// What another host did with it, or the person.
    fn decided_already(self, request: &ShareRequest) -> String {
        let known = self
            .queue
            .try_with_untracked(|queue| queue.here().and_then(|queue| queue.decision(request.id.inner()).cloned()));
        let name = request.person.name.clone();
        let Some(known) = known.flatten() else { return text!("request-decided", name = name) };
        match (known.state, known.decided_by.map(|host| host.name)) {
            (ShareRequestState::Approved, Some(host)) => text!("request-approved-by", host = host, name = name),
            (ShareRequestState::Declined, Some(host)) => text!("request-declined-by", host = host, name = name),
            (ShareRequestState::Withdrawn, _) => text!("request-withdrawn", name = name),
            _ => text!("request-decided", name = name),
        }
    }
}

/// Every page of the queue.
async fn all(id: cynic::Id) -> Result<Vec<ShareRequest>, Failure> {
    let (mut list, mut after) = (Vec::new(), None);
    loop {
        let variables = ShareRequestsVariables { id: id.clone(), after };
        let Some(session) = fetch::send(ShareRequests::build(variables)).await?.session else { return Ok(list) };
        list.extend(session.share_requests.nodes);
        if !session.share_requests.page_info.has_next_page {
            return Ok(list);
        }
        after = session.share_requests.page_info.end_cursor;
    }
}

#[derive(Clone, PartialEq)]
enum Shown {
    Waiting,
    Failed(Failure),
    Empty,
    List,
}

/// Only where people ask: in a moderated session, or while somebody still waits.
#[component]
pub fn RequestList(requests: Requests, acts: Acts) -> impl IntoView {
    let moderated = Memo::new(move |_| {
        let access = |screen: &Loaded<Option<crate::api::screen::ScreenOf>>| {
            screen.here().and_then(|screen| screen.as_ref().map(|screen| screen.share_access))
        };
        acts.screen.value.with(access) == Some(ShareAccess::Moderated)
    });
    let shown = Memo::new(move |_| {
        requests.queue.with(|queue| match queue {
            Loaded::Waiting => Shown::Waiting,
            Loaded::Failed(failure) => Shown::Failed(failure.clone()),
            Loaded::Here(queue) if queue.waiting().is_empty() => Shown::Empty,
            Loaded::Here(_) => Shown::List,
        })
    });
    let count = Memo::new(move |_| requests.count());
    let declining = RwSignal::new(false);
    let (rows, title) = (NodeRef::<leptos::html::Ul>::new(), NodeRef::<leptos::html::H3>::new());
    // The focus goes on to the next one who asks.
    Effect::new(move |before: Option<u32>| {
        let now = requests.decided.get();
        if before.is_some_and(|before| before != now) {
            request_animation_frame(move || match rows.get_untracked().filter(|rows| rows.is_connected()) {
                Some(rows) => shim::keep_focus_in(&rows),
                // An element that cannot be focused leaves the focus where it is.
                None => _ = title.get_untracked().map(|title| title.focus()),
            });
        }
        now
    });
    let list =
        move || requests.queue.with(|queue| queue.here().map(|queue| queue.waiting().to_vec()).unwrap_or_default());
    let content = move || match shown.get() {
        Shown::Waiting => view! { <Skeleton shape="row"/> }.into_any(),
        Shown::Failed(failure) => view! { <Failed failure again=move |()| requests.query.reload()/> }.into_any(),
        Shown::Empty => view! { <p class="host-empty">{t!("requests-empty")}</p> }.into_any(),
        Shown::List => view! {
            <ul node_ref=rows class="host-list">
                <For each=list key=|request| request.id.inner().to_owned() let:request><Row request requests/></For>
            </ul>
        }
        .into_any(),
    };
    view! {
        <Show when=move || moderated.get() || { count.get() > 0 }>
            <section class="host-section" aria-label=t!("requests")>
                <div class="host-head">
                    <h3 node_ref=title tabindex="-1">{t!("requests")}</h3>
                    <Show when=move || { count.get() > 1 }>
                        <Button label=t!("decline-all") on=move |()| declining.set(true)/>
                    </Show>
                </div>
                {content}
            </section>
        </Show>
        <DecliningAll requests acts open=declining count/>
    }
}

#[component]
fn Row(request: ShareRequest, requests: Requests) -> impl IntoView {
    let clock: Clock = expect_context();
    let busy = RwSignal::new(false);
    let since = request.requested_at;
    let minutes = Memo::new(move |_| (clock.now() - since).num_minutes().max(0));
    let (name, picture) = (request.person.name.clone(), Signal::stored(request.person.picture.clone()));
    let request = StoredValue::new(request);
    let (approved, declined) = (name.clone(), name.clone());
    view! {
        <li class="host-row">
            <Avatar name=name.clone() picture/>
            <div class="host-name">
                <strong>{name}</strong>
                <span class="small">{move || text!("waits-since", count = minutes.get())}</span>
            </div>
            <div class="host-actions host-answer">
                <IconButton
                    label=t!("approve-person", name = approved.clone())
                    icon=Glyph::Check
                    disabled=busy
                    on=move |()| request.with_value(|request| requests.approve(request, busy))
                />
                <IconButton
                    label=t!("decline-person", name = declined.clone())
                    icon=Glyph::Close
                    disabled=busy
                    on=move |()| request.with_value(|request| requests.decline(request, busy))
                />
            </div>
        </li>
    }
}

#[component]
fn DecliningAll(requests: Requests, acts: Acts, open: RwSignal<bool>, count: Memo<usize>) -> impl IntoView {
    let busy = RwSignal::new(false);
    let decline = move |()| {
        busy.set(true);
        let variables =
            DeclineAllShareRequestsVariables { input: DeclineAllShareRequestsInput { session_id: acts.session() } };
        spawn_local(async move {
            if let Err(failure) = fetch::send(DeclineAllShareRequests::build(variables)).await {
                acts.toasts.bad(untrack(|| words::failure(&failure)));
            }
            requests.query.reload();
            busy.try_set(false);
            open.try_set(false);
        });
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
