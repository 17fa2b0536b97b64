//! One tile: a person or a shared screen.

use super::Here;
use super::hands::HandMark;
use super::hosting::Hosting;
use crate::components::{Avatar, Glyph, Icon};
use crate::state::room::grid::Rect;
use crate::state::room::tiles::Tile;
use crate::t;
use crate::text;
use leptos::prelude::*;
use protocol::room::Seat;
use send_wrapper::SendWrapper;

/// The `video` element for what the media layer calls `key`.
#[component]
pub fn Picture(#[prop(into)] key: Signal<String>, #[prop(optional)] mirrored: bool) -> impl IntoView {
    let Here { call, .. } = expect_context();
    let node = NodeRef::<leptos::html::Video>::new();
    let attached = StoredValue::new(None::<SendWrapper<web_sys::HtmlVideoElement>>);
    Effect::new(move |_| {
        if let Some(video) = node.get() {
            call.attach(&video, &key.get());
            attached.set_value(Some(SendWrapper::new(video)));
        }
    });
    on_cleanup(move || {
        if let Some(Some(video)) = attached.try_get_value() {
            call.detach(&video);
        }
    });
    view! { <video node_ref=node class:mirrored=mirrored autoplay playsinline prop:muted=true></video> }
}

/// `tile` may become none while the tile is on its way out.
#[component]
pub fn TileView(tile: Memo<Option<Tile>>, rect: Memo<Rect>) -> impl IntoView {
    let with = move |read: fn(&Tile) -> bool| tile.with(|tile| tile.as_ref().is_some_and(read));
    let name = Memo::new(move |_| tile.with(|tile| tile.as_ref().map(|tile| tile.name.clone()).unwrap_or_default()));
    let screen = tile.with_untracked(|tile| tile.as_ref().is_some_and(|tile| tile.seat == Seat::Screen));
    let own = Memo::new(move |_| with(|tile| tile.own));
    let picture = Memo::new(move |_| tile.with(|tile| tile.as_ref().and_then(|tile| tile.picture.clone())));
    let lost = Memo::new(move |_| with(|tile| tile.lost));
    let silent = Memo::new(move |_| with(|tile| tile.silent));
    let label = move || if screen { text!("room-screen-of", name = name.get()) } else { name.get() };
    let caption = move || {
        if screen {
            text!("room-screen-of", name = name.get())
        } else if own.get() {
            text!("room-you", name = name.get())
        } else {
            name.get()
        }
    };
    let mirrored = own.get_untracked() && !screen;
    let Hosting { tile_menu, .. } = expect_context();
    let menu = move || tile_menu.get().filter(|_| !own.get()).map(|menu| menu(tile));
    view! {
        <div
            role="group"
            class="tile"
            class:screen=screen
            class:speaking=move || with(|tile| tile.speaking)
            class:lost=lost
            aria-label=label
            style:translate=move || translate(rect.get())
            style:inline-size=move || format!("{}px", rect.get().width)
            style:block-size=move || format!("{}px", rect.get().height)
        >
            <Show
                when=move || picture.with(Option::is_some)
                fallback=move || view! { <div class="tile-face"><Avatar name size="large"/></div> }
            >
                <Picture key=Signal::derive(move || picture.get().unwrap_or_default()) mirrored/>
            </Show>
            <Show when=move || lost.get()>
                <p class="tile-lost"><Icon glyph=Glyph::WifiOff/>{t!("room-lost")}</p>
            </Show>
            <p class="tile-name">
                <Show when=move || !screen && silent.get()>
                    <span class="tile-muted" role="img" aria-label=t!("room-muted")><Icon glyph=Glyph::MicrophoneOff/></span>
                </Show>
                <span>{caption}</span>
            </p>
            <HandMark tile/>
            {menu}
        </div>
    }
}

/// Where a tile stands, for the `translate` property.
pub fn translate(rect: Rect) -> String {
    format!("{}px {}px", rect.left, rect.top)
}
