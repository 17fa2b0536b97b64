//! Seats and viewers, and how many of these go well with so many of those (E3). It warns; it turns nobody away.

use super::super::Here;
use crate::browser;
use crate::state::room::capacity::{Load, comfortable};
use crate::{t, text};
use leptos::prelude::*;
use protocol::room::Counts;

#[component]
pub fn Capacity() -> impl IntoView {
    let Here { call, .. } = expect_context();
    let counts = Memo::new(move |_| call.room.with(|room| room.counts));
    let most = Memo::new(move |_| comfortable(counts.with(|counts| counts.seats)));
    let load = Memo::new(move |_| counts.with(|Counts { viewers, seats, .. }| Load::of(*viewers, *seats)));
    let number = |number: u32| browser::format_number(i32::try_from(number).unwrap_or(i32::MAX));
    let viewers = move || {
        text!("room-capacity-viewers", count = number(counts.with(|counts| counts.viewers)), most = number(most.get()))
    };
    let seats =
        move || counts.with(|counts| text!("room-capacity-seats", count = counts.seats, most = counts.max_seats));
    let warning = move || match load.get() {
        Load::Fine => None,
        Load::Near => Some(text!("room-capacity-near")),
        Load::Over => Some(text!("room-capacity-over")),
    };
    view! {
        <section class="host-section" aria-label=t!("room-capacity")>
            <h3>{t!("room-capacity")}</h3>
            <meter
                min="0"
                max=move || most.get()
                high=move || f64::from(most.get()) * 0.9
                optimum="0"
                value=move || counts.with(|counts| counts.viewers)
                aria-label=t!("room-capacity")
                aria-valuetext=viewers
            ></meter>
            <p class="small">{viewers}" · "{seats}</p>
            <p class="small host-warning" role="status">{warning}</p>
        </section>
    }
}
