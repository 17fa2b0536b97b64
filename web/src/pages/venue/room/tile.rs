//! One tile: a person or a shared screen.

use super::Here;
use super::hands::HandMark;
use super::hosting::Hosting;
use super::looks::Looks;
use super::youtube::VideoTile;
use crate::components::{Avatar, Glyph, Icon};
use crate::live::shim;
use crate::state::room::grid::Rect;
use crate::state::room::tiles::{Key, Tile};
use crate::t;
use crate::text;
use leptos::prelude::*;
use protocol::room::Seat;
use protocol::signalling::Quality;
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;

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
pub fn TileView(key: Key, tile: Memo<Option<Tile>>, rect: Memo<Rect>) -> impl IntoView {
    if tile.with_untracked(|tile| tile.as_ref().is_some_and(|tile| tile.seat == Seat::Youtube)) {
        return view! { <VideoTile tile rect/> }.into_any();
    }
    let with = move |read: fn(&Tile) -> bool| tile.with(|tile| tile.as_ref().is_some_and(read));
    let name = Memo::new(move |_| tile.with(|tile| tile.as_ref().map(|tile| tile.name.clone()).unwrap_or_default()));
    let screen = tile.with_untracked(|tile| tile.as_ref().is_some_and(|tile| tile.seat == Seat::Screen));
    let own = Memo::new(move |_| with(|tile| tile.own));
    let picture = Memo::new(move |_| tile.with(|tile| tile.as_ref().and_then(|tile| tile.picture.clone())));
    let lost = Memo::new(move |_| with(|tile| tile.lost));
    let kept = move || with(|tile| tile.kept);
    let quality = Memo::new(move |_| tile.with(|tile| tile.as_ref().map(|tile| tile.quality).unwrap_or_default()));
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
    let node = NodeRef::<leptos::html::Div>::new();
    follow_full_screen(node, key.clone());
    let fill = move || node.get_untracked().into_iter().for_each(|tile| shim::toggle_full_screen_of(&tile));
    let twice = move |event: leptos::ev::MouseEvent| {
        // What stands on the tile has its presses for itself.
        let pressed = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let is_elsewhere = pressed.is_some_and(|one| matches!(one.closest("button, [popover]"), Ok(Some(_))));
        if !is_elsewhere && shim::can_full_screen() {
            fill();
        }
    };
    let mirrored = own.get_untracked() && !screen;
    let Hosting { tile_menu, .. } = expect_context();
    let menu = move || tile_menu.get().filter(|_| !own.get()).map(|menu| menu(tile));
    view! {
        <div
            node_ref=node
            role="group"
            class="tile"
            class:screen=screen
            class:speaking=move || with(|tile| tile.speaking)
            class:lost=lost
            aria-label=label
            style:translate=move || translate(rect.get())
            style:inline-size=move || format!("{}px", rect.get().width)
            style:block-size=move || format!("{}px", rect.get().height)
            on:dblclick=twice
        >
            <Show
                when=move || picture.with(Option::is_some)
                fallback=move || view! { <div class="tile-face"><Avatar name size="large"/></div> }
            >
                <Picture key=Signal::derive(move || picture.get().unwrap_or_default()) mirrored/>
            </Show>
            <Show when=move || lost.get()>
                <p class="tile-lost"><Icon glyph=Glyph::WifiOff/>{move || if kept() { text!("room-place-kept") } else { text!("room-lost") }}</p>
            </Show>
            <p class="tile-name" title=move || quality_words(quality.get())>
                <Show when=move || !screen && silent.get()>
                    <span class="tile-muted" role="img" aria-label=t!("room-muted")><Icon glyph=Glyph::MicrophoneOff/></span>
                </Show>
                <QualityMark quality/>
                <span>{caption}</span>
            </p>
            <TileTools key label=Signal::derive(label) fill/>
            <HandMark tile/>
            {menu}
        </div>
    }
    .into_any()
}

/// Keeps `Looks` told whether this is the tile that fills the screen.
fn follow_full_screen(node: NodeRef<leptos::html::Div>, key: Key) {
    let Looks { full, .. } = expect_context();
    let listener = StoredValue::new_local(None);
    let own = key.clone();
    Effect::new(move |_| {
        let Some(tile) = node.get() else { return };
        let own = own.clone();
        listener.set_value(Some(shim::watch_full_screen(&tile, move |on| {
            full.try_update(|full| match on {
                true => *full = Some(own.clone()),
                false => _ = full.take_if(|full| *full == own),
            });
        })));
    });
    on_cleanup(move || {
        listener.dispose();
        // The browser goes back by itself when the tile is gone.
        full.try_update(|full| full.take_if(|full| *full == key));
    });
}

/// What everybody can do with a tile: see it large, or on the whole screen (H3).
#[component]
fn TileTools(key: Key, label: Signal<String>, fill: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let looks: Looks = expect_context();
    let own = key.clone();
    let pinned = Memo::new(move |_| looks.pins(&own));
    let pin_label = move || {
        if pinned.get() { text!("tile-unpin", name = label.get()) } else { text!("tile-pin", name = label.get()) }
    };
    let fill_label = t!("tile-fill", name = label.get());
    let pin = NodeRef::<leptos::html::Button>::new();
    let turn = move |_| {
        looks.turn_pin(key.clone());
        // The tile is moved in the page, where what is moved loses the focus. It stays lost when the tile is gone by then.
        request_animation_frame(move || _ = pin.try_get_untracked().flatten().map(|pin| pin.focus()));
    };
    view! {
        <div class="tile-tools">
            <button
                node_ref=pin
                type="button"
                class="tile-tool"
                aria-label=pin_label
                title=pin_label
                aria-pressed=move || if pinned.get() { "true" } else { "false" }
                on:click=turn
            >
                <Icon glyph=Signal::derive(move || if pinned.get() { Glyph::PinOff } else { Glyph::Pin })/>
            </button>
            <Show when=shim::can_full_screen>
                <button type="button" class="tile-tool" aria-label=fill_label title=fill_label on:click=move |_| fill()>
                    <Icon glyph=Glyph::FullScreen/>
                </button>
            </Show>
        </div>
    }
}

/// How well the person is received, where that is worth a word (H4).
#[component]
fn QualityMark(quality: Memo<Quality>) -> impl IntoView {
    let glyph = Signal::derive(move || match quality.get() {
        Quality::Good => Glyph::Signal,
        Quality::Fair => Glyph::SignalMedium,
        Quality::Poor => Glyph::SignalLow,
    });
    view! {
        <Show when=move || quality.get() != Quality::Good>
            <span class="tile-quality" class:poor=move || quality.get() == Quality::Poor role="img" aria-label=move || quality_words(quality.get())>
                <Icon glyph/>
            </span>
        </Show>
    }
}

fn quality_words(quality: Quality) -> String {
    match quality {
        Quality::Good => text!("tile-good"),
        Quality::Fair => text!("tile-fair"),
        Quality::Poor => text!("tile-poor"),
    }
}

/// Where a tile stands, for the `translate` property.
pub fn translate(rect: Rect) -> String {
    format!("{}px {}px", rect.left, rect.top)
}
