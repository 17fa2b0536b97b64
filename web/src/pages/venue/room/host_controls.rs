//! What only hosts see in a room: who asks to go on screen, who is there, how recording stands, and what else they decide (D3, D5, D7, D9,
//! E3, K2).

mod acts;
mod barred;
mod capacity;
mod known;
mod mode;
mod on_screen;
mod recording;
mod requests;
mod ring;
mod tile_menu;

use super::Here;
use super::closing::CloseForAll;
use super::hosting::Hosting;
use super::panel::{Panel, PanelFrame};
use crate::components::{Button, Glyph, Skeleton};
use crate::pages::gate::Failed;
use crate::state::room::tiles::Tile;
use crate::t;
use acts::Acts;
use known::Known;
use leptos::prelude::*;
use ring::{Ring, RingButton};
use std::sync::Arc;

/// Listens for requests from the moment that the host is inside; shows itself when it is opened.
#[component]
pub fn HostControls() -> impl IntoView {
    let here: Here = expect_context();
    let Hosting { beside, waiting, tile_menu } = expect_context();
    let ring = Ring::remembered();
    let known = Known::follow(here, beside, ring);
    let acts = Acts::new(here, known);
    Effect::new(move |_| waiting.set(known.count()));
    tile_menu
        .set(Some(Arc::new(move |tile: Memo<Option<Tile>>| view! { <tile_menu::TileMenu tile acts/> }.into_any())));
    on_cleanup(move || {
        tile_menu.try_set(None);
        waiting.try_set(0);
        // Who is no host any more has no controls; what else is open stays so.
        if beside.shows_untracked(Panel::Host) {
            beside.close();
        }
    });
    view! { <Show when=move || beside.shows(Panel::Host)><Drawer known acts ring/></Show> }
}

#[component]
fn Drawer(known: Known, acts: Acts, ring: Ring) -> impl IntoView {
    let Here { call, .. } = expect_context();
    let Hosting { beside, .. } = expect_context();
    let closing = RwSignal::new(false);
    let there = Memo::new(move |_| known.access.with(Option::is_some));
    let inside = Signal::derive(move || {
        call.room.with(|room| i32::try_from(room.counts.viewers as usize + room.on_screen()).unwrap_or(i32::MAX))
    });
    let head = view! { <h2>{t!("host-controls")}</h2><RingButton ring/> }.into_any();
    view! {
        <PanelFrame beside label=t!("host-controls") class="room-host" head close=t!("host-controls-close")>
            <capacity::Capacity/>
            <recording::Recording/>
            {move || match (known.failure(), there.get()) {
                (Some(failure), _) => view! { <Failed failure again=move |()| known.reload()/> }.into_any(),
                (None, false) => view! { <Skeleton shape="row"/> }.into_any(),
                (None, true) => ().into_any(),
            }}
            <requests::RequestList known acts/>
            <on_screen::OnScreen acts/>
            <barred::Barred known acts/>
            <mode::Mode known acts/>
            <section class="host-section">
                <Button label=t!("close-for-all") icon=Glyph::Leave on=move |()| closing.set(true)/>
            </section>
            <CloseForAll open=closing inside/>
        </PanelFrame>
    }
}
