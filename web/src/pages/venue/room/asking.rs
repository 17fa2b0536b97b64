//! The way onto the screen for who may not go there without asking: the request, its place in the queue, and why there is
//! none (D3, D5, D7).

use super::Here;
use super::controls::BarButton;
use crate::api::live::Live;
use crate::api::share_request::{
    MyShare, MyShareChanged, OfSession, RequestToShare, RequestToShareInput, RequestToShareVariables,
    WithdrawShareRequest, WithdrawShareRequestInput, WithdrawShareRequestVariables,
};
use crate::api::{Failure, fetch};
use crate::components::{Button, Dialog, Glyph, Kind, Toasts, use_toasts};
use crate::pages::words;
use crate::state::room::sharing::Asking;
use crate::text::place;
use crate::{t, text};
use cynic::{MutationBuilder, SubscriptionBuilder};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::future::Future;

/// What the person may ask for, and what came of it.
#[derive(Clone, Copy)]
struct Request {
    here: Here,
    my: RwSignal<Option<MyShare>>,
    busy: RwSignal<bool>,
    /// The person takes the request back: that it is gone is no news then.
    withdrawing: RwSignal<bool>,
    toasts: Toasts,
}

impl Request {
    fn session(self) -> cynic::Id {
        self.here.session.with_untracked(|session| session.id.clone())
    }

    fn send(self, request: impl Future<Output = Result<MyShare, Failure>> + 'static) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        spawn_local(async move {
            match request.await {
                Ok(my) => _ = self.my.try_set(Some(my)),
                Err(failure) => self.toasts.bad(untrack(|| words::failure(&failure))),
            }
            self.busy.try_set(false);
            self.withdrawing.try_set(false);
        });
    }

    fn ask(self) {
        let variables = RequestToShareVariables { input: RequestToShareInput { session_id: self.session() } };
        let request = fetch::send(RequestToShare::build(variables));
        self.send(async move { Ok(request.await?.request_to_share.session.my_share) });
    }

    fn withdraw(self) {
        self.withdrawing.set(true);
        let variables =
            WithdrawShareRequestVariables { input: WithdrawShareRequestInput { session_id: self.session() } };
        let request = fetch::send(WithdrawShareRequest::build(variables));
        self.send(async move { Ok(request.await?.withdraw_share_request.session.my_share) });
    }
}

/// Where the person stands: told at once, and whenever it changes.
fn standing(here: Here) -> RwSignal<Option<MyShare>> {
    let my = RwSignal::new(None);
    let (live, session_id): (Live, _) = (expect_context(), here.session.with_untracked(|session| session.id.clone()));
    let operation = MyShareChanged::build(OfSession { session_id });
    let changes = live.subscribe(&operation, move |change: Result<MyShareChanged, Failure>| {
        my.try_set(change.ok().map(|change| change.my_share_changed));
    });
    let changes = StoredValue::new_local(changes);
    on_cleanup(move || changes.dispose());
    my
}

#[component]
pub fn Ask() -> impl IntoView {
    let here: Here = expect_context();
    let my = standing(here);
    let toasts = use_toasts();
    let request = Request { here, my, busy: RwSignal::new(false), withdrawing: RwSignal::new(false), toasts };
    let asking = Memo::new(move |_| my.with(|my| my.as_ref().map_or(Asking::Nothing, Asking::from)));
    let leaving = RwSignal::new(false);
    Effect::new(move |before: Option<Asking>| {
        let now = asking.get();
        let before = before.unwrap_or(now);
        if Asking::was_declined(before, now) && !request.withdrawing.get_untracked() {
            toasts.bad(untrack(|| text!("room-declined")));
        }
        if let (Asking::Ask, Asking::Asked(number)) = (before, now) {
            here.say(untrack(|| text!("room-asked-aloud", place = text!("place", number = place(number)))));
        }
        if !matches!(now, Asking::Asked(_)) {
            leaving.set(false);
        }
        now
    });
    // Another place in the queue is another word on the same button.
    let kind = Memo::new(move |_| std::mem::discriminant(&asking.get()));
    let control = move || {
        kind.track();
        match asking.get_untracked() {
            Asking::Nothing => ().into_any(),
            Asking::Ask => view! { <AskButton request/> }.into_any(),
            Asking::Asked(_) => view! { <AskedButton asking on=move |()| leaving.set(true)/> }.into_any(),
            Asking::Approved => {
                view! { <BarButton label=t!("room-share") glyph=Glyph::Camera class="share" disabled=true on=|()| {}/> }
                    .into_any()
            }
            Asking::Barred => view! { <p class="bar-note" role="status">{t!("room-barred")}</p> }.into_any(),
        }
    };
    view! {
        {control}
        <Dialog title=t!("room-withdraw-title") open=leaving>
            <p>{t!("room-withdraw-text")}</p>
            <div class="form-actions">
                <Button label=t!("room-withdraw") kind=Kind::Danger busy=request.busy on=move |()| request.withdraw()/>
                <Button label=t!("room-keep-waiting") on=move |()| leaving.set(false)/>
            </div>
        </Dialog>
    }
}

/// With no host inside it says so: they hear of it elsewhere in the venue (D3).
#[component]
fn AskButton(request: Request) -> impl IntoView {
    let Here { now, .. } = request.here;
    let nobody = Memo::new(move |_| now.with(|now| !now.host_inside));
    let label = Signal::derive(move || if nobody.get() { text!("room-ask-no-host") } else { text!("room-ask") });
    let short = Signal::derive(move || nobody.get().then(|| text!("room-ask-no-host-short")));
    view! { <BarButton label short glyph=Glyph::Hand class="share" on=move |()| request.ask()/> }
}

#[component]
fn AskedButton(asking: Memo<Asking>, #[prop(into)] on: Callback<()>) -> impl IntoView {
    // On its way out it keeps the place that it had.
    let number = Memo::new(move |known: Option<&u32>| match asking.get() {
        Asking::Asked(number) => number,
        _ => known.copied().unwrap_or(1),
    });
    let label = Signal::derive(move || text!("room-asked", place = text!("place", number = place(number.get()))));
    let title = Signal::derive(move || Some(text!("room-asked-hint")));
    view! { <BarButton label glyph=Glyph::Hand class="share asked" title on/> }
}
