//! The people in the room, beside the stage (I2): raised hands in their order, hosts, who is on screen, and everybody else by name.

mod list;
mod rows;

use super::Here;
use super::hosting::{Hosting, is_host};
use super::panel::{Panel, PanelButton, PanelFrame};
use crate::components::Glyph;
use crate::{browser, t, text};
use leptos::prelude::*;
use list::{Everybody, Inside, Search};
use rows::Sections;

/// Opens and closes the list; its name says how many are inside, and to hosts how many have raised a hand.
#[component]
pub fn PeopleButton(#[prop(into)] inside: Signal<i32>) -> impl IntoView {
    let Here { call, .. } = expect_context();
    let host = is_host();
    let hands = Memo::new(move |_| if host.get() { call.room.with(|room| room.hands.count as usize) } else { 0 });
    let label = Signal::derive(move || match hands.get() {
        0 => text!("people-button", count = inside.get()),
        hands => text!("people-button-hands", count = inside.get(), hands = hands),
    });
    view! {
        <PanelButton panel=Panel::People glyph=Glyph::People label badge=hands class="people-button">
            <span aria-hidden="true">{move || browser::format_number(inside.get())}</span>
        </PanelButton>
    }
}

#[component]
pub fn PeoplePanel() -> impl IntoView {
    let here: Here = expect_context();
    let Hosting { beside, .. } = expect_context();
    let inside = Inside::follow(here);
    let count = move || inside.crowd.with(|crowd| crowd.total());
    let head = view! {
        <h2>{t!("people-in-room")}</h2>
        <Show when=move || inside.shows_everybody() && !inside.is_searched()>
            <p class="muted">{move || browser::format_number(count())}</p>
        </Show>
    }
    .into_any();
    view! {
        <PanelFrame beside label=t!("people-in-room") class="room-people" head close=t!("people-close")>
            <Search inside/>
            <Everybody inside><Sections inside/></Everybody>
        </PanelFrame>
    }
}
