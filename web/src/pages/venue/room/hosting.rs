//! What the room knows of its host controls, which are loaded for hosts alone: the button that opens them, and where they
//! reach into the room.

use super::Here;
use super::panel::{Beside, Panel, PanelButton};
use crate::areas::HostArea;
use crate::components::Glyph;
use crate::state::room::tiles::Tile;
use crate::text;
use leptos::prelude::*;
use std::sync::Arc;

/// What stands on the tile of somebody else.
pub type TileMenu = Arc<dyn Fn(Memo<Option<Tile>>) -> AnyView + Send + Sync>;

/// A context of the room; the host controls fill it in while they are there.
#[derive(Clone, Copy, Default)]
pub struct Hosting {
    /// What is open beside the stage: the host controls, for one.
    pub beside: Beside,
    /// How many people wait for an answer.
    pub waiting: RwSignal<usize>,
    pub tile_menu: RwSignal<Option<TileMenu>>,
}

/// Whether the person is a host of this session now.
pub fn is_host() -> Memo<bool> {
    let Here { session, .. } = expect_context();
    Memo::new(move |_| session.with(|session| session.viewer_is_host))
}

/// Opens and closes the host controls; its badge counts who waits for an answer (D5).
#[component]
pub fn HostButton() -> impl IntoView {
    let Hosting { waiting, .. } = expect_context();
    let host = is_host();
    let label = Signal::derive(move || match waiting.get() {
        0 => text!("host-controls"),
        count => text!("host-controls-waiting", count = count),
    });
    view! {
        <Show when=move || host.get()><PanelButton panel=Panel::Host glyph=Glyph::Shield label badge=waiting/></Show>
    }
}

/// The host controls: there for hosts, whether they are open or not, for they listen for requests as well.
#[component]
pub fn HostSide() -> impl IntoView {
    let host = is_host();
    view! { <Show when=move || host.get()><HostArea/></Show> }
}
