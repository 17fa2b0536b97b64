//! How long it is until something begins (A3, F5).

use crate::api::DateTime;
use crate::app::Clock;
use crate::t;
use leptos::prelude::*;

#[component]
pub fn Countdown(#[prop(into)] until: Signal<DateTime>) -> impl IntoView {
    let clock: Clock = expect_context();
    let part = move |unit: i64, of: i64| {
        let seconds = (until.get() - clock.now()).num_seconds().max(0);
        (if of == 0 { seconds } else { seconds % of }) / unit
    };
    let (day, hour, minute) = (24 * 3600, 3600, 60);
    // Seconds are not read aloud: a sentence beside it says when it begins.
    view! {
        <div class="countdown" role="timer" aria-live="off">
            <div><strong>{move || part(day, 0)}</strong><span>{t!("countdown-days", count = part(day, 0))}</span></div>
            <div><strong>{move || part(hour, day)}</strong><span>{t!("countdown-hours", count = part(hour, day))}</span></div>
            <div><strong>{move || part(minute, hour)}</strong><span>{t!("countdown-minutes", count = part(minute, hour))}</span></div>
            <div><strong>{move || part(1, minute)}</strong><span>{t!("countdown-seconds", count = part(1, minute))}</span></div>
        </div>
    }
}
