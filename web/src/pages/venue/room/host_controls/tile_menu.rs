//! What a host can do with a tile of somebody else (D7).

use super::super::Here;
use super::super::hands;
use super::acts::{Acts, Who};
use crate::components::{Glyph, Icon, Menu, use_toasts};
use crate::state::room::tiles::Tile;
use crate::{t, text};
use leptos::prelude::*;
use protocol::room::Seat;

#[component]
pub fn TileMenu(tile: Memo<Option<Tile>>, acts: Acts) -> impl IntoView {
    let screen = tile.with_untracked(|tile| tile.as_ref().is_some_and(|tile| tile.seat == Seat::Screen));
    let silent = Memo::new(move |_| tile.with(|tile| tile.as_ref().is_none_or(|tile| tile.silent)));
    let name = Memo::new(move |_| tile.with(|tile| tile.as_ref().map(|tile| tile.name.clone()).unwrap_or_default()));
    let (here, toasts): (Here, _) = (expect_context(), use_toasts());
    let person = move || tile.with(|tile| tile.as_ref().map(|tile| tile.person.clone()));
    let raised = Memo::new(move |_| {
        !screen && person().is_some_and(|person| here.call.room.with(|room| room.hand_of(&person).is_some()))
    });
    let lower = move |_| {
        if let Some(person) = untrack(person) {
            hands::lower(here, toasts, Some(person));
        }
    };
    let label = Signal::derive(move || {
        if screen { text!("screen-actions", name = name.get()) } else { text!("person-actions", name = name.get()) }
    });
    let with = move |act: fn(Acts, Who)| {
        let who = tile.with_untracked(|tile| {
            tile.as_ref().map(|tile| Who { person: tile.person.clone(), name: tile.name.clone() })
        });
        if let Some(who) = who {
            act(acts, who);
        }
    };
    let first = move || {
        if screen {
            view! {
                <button type="button" class="menu-item" on:click=move |_| with(Acts::end_screen_share)>
                    <Icon glyph=Glyph::ScreenShareOff/>{t!("remove-screen-share")}
                </button>
            }
            .into_any()
        } else {
            view! {
                <button type="button" class="menu-item" disabled=silent on:click=move |_| with(Acts::mute)>
                    <Icon glyph=Glyph::MicrophoneOff/>{t!("mute-for-everyone")}
                </button>
            }
            .into_any()
        }
    };
    view! {
        <div class="tile-menu">
            <Menu label face=move || view! { <Icon glyph=Glyph::More/> }>
                {first()}
                <Show when=move || raised.get()>
                    <button type="button" class="menu-item" on:click=lower>
                        <Icon glyph=Glyph::HandDown/>{t!("hand-lower-theirs")}
                    </button>
                </Show>
                <button type="button" class="menu-item" on:click=move |_| with(Acts::remove)>
                    <Icon glyph=Glyph::Ban/>{t!("remove-from-screen")}
                </button>
            </Menu>
        </div>
    }
}
