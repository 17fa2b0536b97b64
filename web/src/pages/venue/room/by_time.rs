//! What the schedule says about the room: not yet, a test run before its time, or over (F5, F6).

use super::Here;
use super::closing::CloseForAll;
use super::entrance::Cover;
use super::session::Session;
use crate::api::DateTime;
use crate::app::Clock;
use crate::areas::ReplaysArea;
use crate::browser::{self, Style};
use crate::components::{Button, Glyph, Icon};
use crate::pages::venue::countdown::Countdown;
use crate::state::timing::Timing;
use crate::{t, text};
use leptos::prelude::*;
use leptos_router::components::A;

/// Where the session stands now, by the server's time: it turns at its very moment.
pub fn timing(session: RwSignal<Session>) -> Memo<Timing> {
    let clock: Clock = expect_context();
    let next = Memo::new(move |_| {
        let now = clock.now();
        session.with(|session| {
            let moments = session.windows.iter().flat_map(|window| [window.opens_at, window.closes_at]);
            moments.filter(|moment| *moment > now).min()
        })
    });
    Effect::new(move |_| next.get().into_iter().for_each(|moment| clock.tick_at(moment)));
    Memo::new(move |_| {
        let now = clock.now();
        session.with(|session| session.timing(now))
    })
}

/// When the person has to wait for the session to open: who comes early does not (F6).
pub fn closed_until(session: &Session, timing: Timing) -> Option<DateTime> {
    match timing {
        Timing::Before(opens_at) if !session.test_run && !session.viewer_is_host => Some(opens_at),
        _ => None,
    }
}

/// In place of the entrance until the session opens, which it does by itself (F5).
#[component]
pub fn Before(opens_at: DateTime) -> impl IntoView {
    let Here { session, .. } = expect_context();
    let title = Memo::new(move |_| session.with(|session| session.title.clone()));
    let zone = browser::own_zone();
    let there = move || {
        session.with(|session| {
            let zone = &session.event.time_zone;
            browser::is_elsewhere(zone, &[opens_at]).then(|| browser::format_instant(opens_at, zone, Style::MomentZone))
        })
    };
    view! {
        <div class="entrance">
            <section class="entrance-card">
                <Cover/>
                <A href=move || session.with(|session| format!("/e/{}", session.event.slug)) attr:class="entrance-back">
                    <Icon glyph=Glyph::ArrowLeft/>{t!("to-reception")}
                </A>
                <p class="entrance-event">{move || session.with(|session| session.event.name.clone())}</p>
                <h1>{move || title.get()}</h1>
                <p role="status">{move || text!("opens-at", at = browser::format_instant(opens_at, &zone, Style::Moment))}</p>
                {move || there().map(|there| view! { <p class="muted small">{there}</p> })}
                <Countdown until=Signal::stored(opens_at)/>
                <p class="entrance-hint">{t!("opens-by-itself")}</p>
                <div class="entrance-actions"><FileLink/></div>
            </section>
            <ReplaysArea/>
        </div>
    }
}

/// The times of the session as a file for a calendar.
#[component]
fn FileLink() -> impl IntoView {
    let Here { session, .. } = expect_context();
    let href = move || session.with(|session| format!("/e/{}/sessions/{}.ics", session.event.slug, session.bare_id()));
    view! {
        <a class="button secondary" href=href rel="external" download>
            <Icon glyph=Glyph::CalendarFile/><span>{t!("add-to-calendar")}</span>
        </a>
    }
}

/// What sets the session apart: only its link leads here (C4), or it is not its time yet (F6).
#[component]
pub fn Marks() -> impl IntoView {
    let Here { session, timing, .. } = expect_context();
    let unlisted = Memo::new(move |_| session.with(Session::is_unlisted));
    let test_run = Memo::new(move |_| {
        matches!(timing.get(), Timing::Before(_)) && session.with(|session| session.test_run || session.viewer_is_host)
    });
    // The spaces set them apart where they stand in a line of text.
    view! {
        " "
        <Show when=move || unlisted.get()>
            <span class="badge with-icon" title=t!("unlisted-hint")><Icon glyph=Glyph::Link/>{t!("unlisted")}</span>
        </Show>
        " "
        <Show when=move || test_run.get()>
            <span class="badge good" title=t!("test-run-hint")>{t!("test-run")}</span>
        </Show>
    }
}

/// To hosts, after the session has ended by the schedule: who is still inside goes on, until a host closes the room (F5).
#[component]
pub fn EndedBySchedule(#[prop(into)] inside: Signal<i32>) -> impl IntoView {
    let Here { session, timing, .. } = expect_context();
    let open = RwSignal::new(false);
    let over = Memo::new(move |_| timing.get() == Timing::Over);
    let host = Memo::new(move |_| session.with(|session| session.viewer_is_host));
    let occupied = Memo::new(move |_| inside.get() > 0);
    view! {
        <Show when=move || over.get() && host.get() && occupied.get()>
            <div class="room-banner" role="status">
                <Icon glyph=Glyph::Clock/>
                <p>{move || text!("ended-by-schedule-inside", count = inside.get())}</p>
                <Button label=t!("close-for-all") on=move |()| open.set(true)/>
            </div>
        </Show>
        <CloseForAll open inside/>
    }
}
