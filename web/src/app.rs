//! The frame of the page: what all screens share, and which address shows which screen.

use crate::api::account::Start;
use crate::api::live::Live;
use crate::api::query::Query;
use crate::api::{DateTime, fetch};
use crate::areas::{AgendaArea, ByMailArea, DashboardArea, HomeArea, OwnAccountArea, PeopleArea, RoomArea, SetUpArea};
use crate::browser;
use crate::components::Toasts;
use crate::components::toast::ToastList;
use crate::pages::account::{SignIn, SignUp};
use crate::pages::confirm_email::ConfirmLater;
use crate::pages::gate::forget_chats_of_others;
use crate::pages::not_found::NotFound;
use crate::pages::venue::Venue;
use crate::pages::venue::reception::Reception;
use crate::pages::venue::sessions::Sessions;
use crate::{text, theme};
use cynic::QueryBuilder;
use leptos::prelude::*;
use leptos_router::components::{ParentRoute, Route, Router, Routes};
use leptos_router::path;
use wasm_bindgen_futures::spawn_local;

/// Shows the page as soon as its texts are here. Where they cannot be had, `ts/main.ts` says so.
pub fn start() {
    console_error_panic_hook::set_once();
    spawn_local(async {
        if text::fetch_first().await.is_ok() {
            mount();
        }
    });
}

fn mount() {
    mount_to_body(App);
    if let Some(performance) = browser::window().performance() {
        // Only a measurement is lost without it.
        let _ = performance.mark("app-mounted");
    }
}

/// Who is here, as a context.
#[derive(Clone, Copy)]
pub struct Me(pub Query<Start>);

/// Milliseconds that a timer of a browser can wait: 24 days.
const LONGEST_WAIT_MS: u32 = 2_000_000_000;

/// The server's time, as a context: the device's clock, corrected at each connection.
#[derive(Clone, Copy)]
pub struct Clock {
    /// By how much the server is ahead.
    ahead: RwSignal<chrono::TimeDelta>,
    /// Now, to the second.
    now: RwSignal<DateTime>,
}

impl Clock {
    fn start() -> Clock {
        let clock = Clock { ahead: RwSignal::default(), now: RwSignal::new(browser::device_time()) };
        gloo_timers::callback::Interval::new(1_000, move || clock.tick()).forget();
        clock
    }

    fn tick(self) {
        self.now.set(browser::device_time() + self.ahead.get_untracked());
    }

    fn correct(self, server: DateTime) {
        self.ahead.set(server - browser::device_time());
        self.tick();
    }

    /// Now; follows each second where it is read reactively.
    pub fn now(self) -> DateTime {
        self.now.get()
    }

    /// Ticks at exactly this moment as well, where it is not days away, as long as the caller's scope lives: what happens then
    /// does not wait for the next second.
    pub fn tick_at(self, moment: DateTime) {
        // Followed: what was set before the server told its time is set anew then.
        let now = browser::device_time() + self.ahead.get();
        let Ok(wait) = u32::try_from((moment - now).num_milliseconds()) else { return };
        if wait < LONGEST_WAIT_MS {
            let timeout = gloo_timers::callback::Timeout::new(wait + 1, move || self.tick());
            let timeout = StoredValue::new_local(Some(timeout));
            on_cleanup(move || timeout.dispose());
        }
    }
}

#[component]
fn App() -> impl IntoView {
    let clock = Clock::start();
    provide_context(clock);
    provide_context(Live::open(move |server| clock.correct(server)));
    provide_context(Toasts::default());
    provide_context(ConfirmLater::default());
    let start = Query::new(|| (), |()| fetch::send(Start::build(())));
    provide_context(Me(start));
    forget_chats_of_others(start);
    // Chosen colours are shown from the first picture on.
    theme::current();
    view! {
        <Router>
            <Routes fallback=NotFound>
                <Route path=path!("/") view=HomeArea/>
                <Route path=path!("/set-up") view=SetUpArea/>
                <Route path=path!("/sign-in") view=SignIn/>
                <Route path=path!("/sign-up") view=SignUp/>
                <Route path=path!("/account") view=OwnAccountArea/>
                <Route path=path!("/forgot-password") view=ByMailArea/>
                <Route path=path!("/reset-password") view=ByMailArea/>
                <Route path=path!("/verify-email") view=ByMailArea/>
                <Route path=path!("/sign-in-link") view=ByMailArea/>
                <Route path=path!("/organizer-invitation") view=ByMailArea/>
                <Route path=path!("/dashboard/*rest") view=DashboardArea/>
                <ParentRoute path=path!("/e/:slug") view=Venue>
                    <Route path=path!("") view=Reception/>
                    <Route path=path!("sessions") view=Sessions/>
                    <Route path=path!("agenda") view=AgendaArea/>
                    <Route path=path!("people") view=PeopleArea/>
                </ParentRoute>
                <Route path=path!("/e/:slug/sessions/:id") view=RoomArea/>
            </Routes>
        </Router>
        <ToastList/>
    }
}
