//! Seats and viewers, and how many of these go well with so many of those (E3). It warns; it turns nobody away.

use super::super::Here;
use crate::browser::format_count;
use crate::state::room::capacity::{Load, comfortable};
use crate::{t, text};
use leptos::prelude::*;

#[component]
pub fn Capacity() -> impl IntoView {
    let Here { call, .. } = expect_context();
    let counts = move || call.room.with(|room| room.counts);
    let most = move || comfortable(counts().seats);
    let viewers = Memo::new(move |_| {
        text!("room-capacity-viewers", count = format_count(counts().viewers), most = format_count(most()))
    });
    let seats = Memo::new(move |_| text!("room-capacity-seats", count = counts().seats, most = counts().max_seats));
    let warning = Memo::new(move |_| match Load::of(counts().viewers, counts().seats) {
        Load::Fine => String::new(),
        Load::Near => text!("room-capacity-near"),
        Load::Over => text!("room-capacity-over"),
    });
    view! {
        <section class="host-section" aria-label=t!("room-capacity")>
            <h3>{t!("room-capacity")}</h3>
            <meter
                min="0"
                max=most
                high=move || most() / 10 * 9
                optimum="0"
                value=move || counts().viewers
                aria-label=t!("room-capacity")
                aria-valuetext=viewers
            ></meter>
            <p class="small">{viewers}" · "{seats}</p>
            <p class="small host-warning" role="status">{warning}</p>
        </section>
    }
}
