//! The way onto the screen for who may not go there without asking: the request, its place in the queue, and why there is
//! none (D3, D5, D7).

use super::Here;
use super::controls::BarButton;
use crate::api::Failure;
use crate::api::fetch::{self, Told};
use crate::api::live::Live;
use crate::api::share_request::{
    MyShareChanged, OfSession, RequestToShare, RequestToShareInput, RequestToShareVariables, WithdrawShareRequest,
    WithdrawShareRequestInput, WithdrawShareRequestVariables,
};
use crate::components::{Button, Dialog, Glyph, Kind, Toasts, use_toasts};
use crate::pages::words;
use crate::state::room::sharing::Asking;
use crate::text::place;
use crate::{t, text};
use cynic::{MutationBuilder, SubscriptionBuilder};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What the person may ask for, and what came of it.
#[derive(Clone, Copy)]
struct Request {
    here: Here,
    busy: RwSignal<bool>,
    /// The person takes the request back: that it is gone is no news then.
    withdrawing: RwSignal<bool>,
    toasts: Toasts,
}

impl Request {
    fn session(self) -> cynic::Id {
        self.here.session.with_untracked(|session| session.id.clone())
    }

    /// What comes of it is told by the subscription: until then it is on its way.
    fn send(self, request: Told) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        spawn_local(async move {
            if let Err(failure) = request.await {
                self.toasts.bad(untrack(|| words::failure(&failure)));
                self.settled();
            }
        });
    }

    fn settled(self) {
        self.busy.try_set(false);
        self.withdrawing.try_set(false);
    }

    fn ask(self) {
        let variables = RequestToShareVariables { input: RequestToShareInput { session_id: self.session() } };
        self.send(fetch::tell(RequestToShare::build(variables)));
    }

    fn withdraw(self) {
        self.withdrawing.set(true);
        let variables =
            WithdrawShareRequestVariables { input: WithdrawShareRequestInput { session_id: self.session() } };
        self.send(fetch::tell(WithdrawShareRequest::build(variables)));
    }
}

/// Where the person stands: told at once, and whenever it changes.
fn standing(here: Here) -> RwSignal<Asking> {
    let asking = RwSignal::new(Asking::Nothing);
    let (live, session_id): (Live, _) = (expect_context(), here.session.with_untracked(|session| session.id.clone()));
    let operation = MyShareChanged::build(OfSession { session_id });
    let changes = live.subscribe(&operation, move |change: Result<MyShareChanged, Failure>| {
        asking.try_set(change.map_or(Asking::Nothing, |change| Asking::from(&change.my_share_changed)));
    });
    let changes = StoredValue::new_local(changes);
    on_cleanup(move || changes.dispose());
    asking
}

#[component]
pub fn Ask() -> impl IntoView {
    let here: Here = expect_context();
    let asking = standing(here);
    let toasts = use_toasts();
    let request = Request { here, busy: RwSignal::new(false), withdrawing: RwSignal::new(false), toasts };
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
        if before != now {
            request.settled();
        }
        if !matches!(now, Asking::Asked(_)) {
            leaving.set(false);
        }
        now
    });
    let kind = Memo::new(move |_| asking.with(|asking| Shown::of(*asking)));
    let control = move || match kind.get() {
        Shown::Nothing => ().into_any(),
        Shown::Button => view! { <AskButton request asking on_withdraw=move |()| leaving.set(true)/> }.into_any(),
        Shown::Barred => view! { <p class="bar-note" role="status">{t!("room-barred")}</p> }.into_any(),
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

/// One button from the request to the answer, so that it keeps the focus.
#[derive(Clone, Copy, PartialEq)]
enum Shown {
    Nothing,
    Button,
    Barred,
}

impl Shown {
    fn of(asking: Asking) -> Self {
        match asking {
            Asking::Nothing => Self::Nothing,
            Asking::Ask | Asking::Asked(_) | Asking::Approved => Self::Button,
            Asking::Barred => Self::Barred,
        }
    }
}

/// With no host inside it says so: they hear of it elsewhere in the venue (D3). Who was approved while every seat is taken sees their
/// turn, and may give it back (D5).
#[component]
fn AskButton(request: Request, asking: RwSignal<Asking>, #[prop(into)] on_withdraw: Callback<()>) -> impl IntoView {
    let Here { call, now, .. } = request.here;
    let turn = Memo::new(move |_| {
        let waiting = call.room.with(|room| room.waiting);
        waiting.filter(|_| asking.get() == Asking::Approved)
    });
    let nobody = Memo::new(move |_| now.with(|now| !now.host_inside));
    let sending = Memo::new(move |_| request.busy.get() && asking.get() == Asking::Ask);
    let asked = Memo::new(move |_| matches!(asking.get(), Asking::Asked(_)));
    let label = Signal::derive(move || match (asking.get(), turn.get()) {
        (Asking::Asked(number), _) => text!("room-asked", place = text!("place", number = place(number))),
        (Asking::Ask, _) if nobody.get() => text!("room-ask-no-host"),
        (Asking::Ask, _) => text!("room-ask"),
        (_, Some(number)) => text!("room-next-seat", place = text!("place", number = place(number))),
        (Asking::Approved | Asking::Nothing | Asking::Barred, None) => text!("room-share"),
    });
    let short = Signal::derive(move || match asking.get() {
        Asking::Ask if sending.get() => Some(text!("room-asking")),
        Asking::Ask if nobody.get() => Some(text!("room-ask-no-host-short")),
        _ => None,
    });
    let title = Signal::derive(move || match (asked.get(), turn.get()) {
        (true, _) => Some(text!("room-asked-hint")),
        (false, Some(_)) => Some(text!("room-next-seat-hint")),
        (false, None) => None,
    });
    let glyph = Signal::derive(move || if asking.get() == Asking::Approved { Glyph::Camera } else { Glyph::Hand });
    let disabled = Memo::new(move |_| asking.get() == Asking::Approved && turn.get().is_none());
    let press = move |()| match asking.get_untracked() {
        Asking::Ask => request.ask(),
        Asking::Asked(_) => on_withdraw.run(()),
        Asking::Approved if turn.get_untracked().is_some() => on_withdraw.run(()),
        Asking::Approved | Asking::Nothing | Asking::Barred => {}
    };
    view! {
        <div class="asking" class:asked=asked>
            <BarButton label short glyph class="share" title disabled on=press/>
        </div>
    }
}
