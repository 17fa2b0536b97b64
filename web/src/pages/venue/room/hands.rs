//! Raised hands: the own one in the bar, those of people on screen on their tiles, and what hosts do about them (I3).

use super::Here;
use super::controls::BarButton;
use crate::api::fetch;
use crate::api::room_people::{
    LowerAllHands, LowerAllHandsInput, LowerAllHandsVariables, LowerHand, LowerHandInput, LowerHandVariables,
};
use crate::components::{Glyph, Icon, Toasts};
use crate::live::shim;
use crate::pages::words;
use crate::state::room::tiles::Tile;
use crate::text::place;
use crate::{browser, text};
use cynic::MutationBuilder;
use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::room::Seat;

/// Raises the own hand and lowers it, also by `H` (H8).
#[component]
pub fn HandButton() -> impl IntoView {
    let here: Here = expect_context();
    let Here { call, .. } = here;
    let up = Memo::new(move |_| call.room.with(|room| room.hand_up));
    let own = Memo::new(move |_| call.room.with(|room| room.own_hand()));
    let turn = move || {
        if let Some(up) = call.room.try_with_untracked(|room| room.hand_up) {
            call.raise_hand(!up);
        }
    };
    let label = Signal::derive(move || match (up.get(), own.get()) {
        (false, _) => text!("hand-raise"),
        (true, Some(number)) => text!("hand-raised", place = text!("place", number = place(number))),
        (true, None) => text!("hand-lower"),
    });
    let short = Signal::derive(move || {
        Some(match (up.get(), own.get()) {
            (false, _) => text!("hand-raise"),
            (true, Some(number)) => text!("hand-raised-short", place = text!("place", number = place(number))),
            (true, None) => text!("hand-lower"),
        })
    });
    let listener = StoredValue::new_local(shim::on_shortcut(move |key| {
        if key == "h" {
            turn();
        }
    }));
    on_cleanup(move || listener.dispose());
    let disabled = Memo::new(move |_| here.is_away());
    view! {
        <BarButton label short glyph=Glyph::Hand shortcut="H" class="hand" pressed=up disabled on=move |()| turn()/>
    }
}

/// On the tile of who has raised a hand: which in order.
#[component]
pub fn HandMark(tile: Memo<Option<Tile>>) -> impl IntoView {
    let Here { call, .. } = expect_context();
    let number = Memo::new(move |_| {
        let person = tile.with(|tile| Some(tile.as_ref().filter(|tile| tile.seat == Seat::Person)?.person.clone()))?;
        call.room.with(|room| room.hand_of(&person))
    });
    move || number.get().map(|number| view! { <p class="tile-hand"><Mark number/></p> })
}

/// A hand with its number.
#[component]
pub fn Mark(number: u32) -> impl IntoView {
    let label = move || text!("hand-mark", place = text!("place", number = place(number)));
    view! {
        <span class="hand-mark" role="img" aria-label=label>
            <Icon glyph=Glyph::Hand/><span>{browser::format_count(number)}</span>
        </span>
    }
}

/// A host lowers the hand of somebody, or every hand.
pub fn lower(here: Here, toasts: Toasts, person: Option<String>) {
    let session_id = here.session.with_untracked(|session| session.id.clone());
    let told = match person {
        Some(person) => {
            let input = LowerHandInput { session_id, person_id: cynic::Id::new(person) };
            fetch::tell(LowerHand::build(LowerHandVariables { input }))
        }
        None => fetch::tell(LowerAllHands::build(LowerAllHandsVariables { input: LowerAllHandsInput { session_id } })),
    };
    spawn_local(async move {
        // What was done is seen.
        if let Err(failure) = told.await {
            toasts.bad(untrack(|| words::failure(&failure)));
        }
    });
}
