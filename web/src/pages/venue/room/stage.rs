//! The stage: header, tiles, and the bar below them (E4, H1, H3).

use super::Here;
use super::around::{Around, Follow};
use super::by_time::{EndedBySchedule, Marks};
use super::chat::{self, ChatButton, Talk};
use super::controls::Controls;
use super::ending_soon::EndingSoon;
use super::hosting::{HostButton, HostSide, Hosting};
use super::info::InfoPanel;
use super::looks::{self, Looks};
use super::panel::{Panel, keep_focus};
use super::people::PeopleButton;
use super::reactions::Flying;
use super::recording::{RecSign, RecordingStopped};
use super::schedule_panel::{SchedulePanel, Strip};
use super::tile::{TileView, translate};
use crate::areas::{ChatArea, RoomPeopleArea};
use crate::browser;
use crate::components::{Avatar, Button, Dialog, Glyph, Icon, IconButton, Kind, PictureSize, UploadedPicture};
use crate::live::shim::{self, Listener};
use crate::pages::venue::card::Placeholder;
use crate::state::room::Phase;
use crate::state::room::grid::Rect;
use crate::state::room::receiving;
use crate::state::room::scene::Scene;
use crate::state::room::tiles::{Key, Stage, Tile};
use crate::t;
use crate::text;
use leptos::prelude::*;
use leptos_router::components::A;
use protocol::room::Seat;
use std::collections::HashMap;

/// Tiles and where they stand.
#[derive(Clone, Debug, Default, PartialEq)]
struct Picture {
    tiles: HashMap<Key, Tile>,
    places: HashMap<Key, Rect>,
    /// In the order in which assistive technology reads them.
    order: Vec<Key>,
    overflow: Option<Rect>,
    hidden: Vec<Tile>,
}

impl Picture {
    fn of(scene: Scene, size: (f64, f64)) -> Self {
        let arrangement = scene.arrange(size);
        let overflow = if scene.hidden.is_empty() { None } else { arrangement.people.last().copied() };
        let mut picture = Self { overflow, hidden: scene.hidden, ..Self::default() };
        let large = scene.large.into_iter().zip(arrangement.screens);
        for (tile, rect) in large.chain(scene.rest.into_iter().zip(arrangement.people)) {
            let key = tile.key();
            picture.order.push(key.clone());
            picture.places.insert(key.clone(), rect);
            picture.tiles.insert(key, tile);
        }
        // A frame that is moved in the page begins anew, also when another tile becomes large: it stays the first.
        let Self { order, tiles, .. } = &mut picture;
        order.sort_by_key(|key| tiles.get(key).is_none_or(|tile| tile.seat != Seat::Youtube));
        picture
    }

    fn standing(&self) -> impl Iterator<Item = (&Tile, Rect)> {
        self.tiles.iter().filter_map(|(key, tile)| Some((tile, *self.places.get(key)?)))
    }
}

#[component]
pub fn StagePage() -> impl IntoView {
    let here: Here = expect_context();
    let Here { session, call, .. } = here;
    let around = Around::of(here);
    provide_context(Looks::new(here));
    let Hosting { beside, .. } = expect_context();
    // Nothing is open at first, also where something was when the person left.
    beside.close();
    let talk: Talk = expect_context();
    chat::follow(talk, around);
    let inside = Memo::new(move |_| {
        call.room.with(|room| i32::try_from(room.counts.viewers as usize + room.on_screen()).unwrap_or(i32::MAX))
    });
    let described = Memo::new(move |_| {
        session.with(|session| !session.description.is_empty() || !session.additional_information.is_empty())
    });
    let title = NodeRef::<leptos::html::H1>::new();
    // The button that led here is gone: the focus goes to what is new.
    Effect::new(move |_| {
        if let Some(title) = title.get() {
            // An element that cannot be focused leaves the focus where it is.
            let _ = title.focus();
        }
    });
    let awake = StoredValue::new_local(shim::keep_awake());
    on_cleanup(move || awake.dispose());
    // The title beside it says what it is.
    let name = Memo::new(move |_| session.with(|session| session.title.clone()));
    let logo = Memo::new(move |_| session.with(|session| session.picture.clone()));
    let reconnecting = Memo::new(move |_| call.room.with(|room| room.phase == Phase::Reconnecting));
    view! {
        <main class="room room-stage">
            <header class="room-head">
                <A href=move || session.with(|session| format!("/e/{}/sessions", session.event.slug)) attr:class="room-back" attr:aria-label=t!("room-back")>
                    <Icon glyph=Glyph::ArrowLeft/>
                </A>
                <div class="room-logo">
                    {move || match logo.get() {
                        Some(picture) => view! { <UploadedPicture picture size=PictureSize::Card/> }.into_any(),
                        None => view! { <Placeholder title=name/> }.into_any(),
                    }}
                </div>
                <h1 node_ref=title tabindex="-1">{move || session.with(|session| session.title.clone())}</h1>
                <RecSign/>
                <Marks/>
                <Strip around on=move |()| beside.turn(Panel::Schedule)/>
                <Show when=move || reconnecting.get()>
                    <p class="room-reconnecting" role="status"><span class="spinner" aria-hidden="true"></span>{t!("room-reconnecting")}</p>
                </Show>
                <Counts/>
                <Show when=move || described.get()>
                    <IconButton label=t!("room-info") icon=Glyph::Info on=move |()| beside.turn(Panel::Info)/>
                </Show>
                <IconButton label=t!("venue-schedule") icon=Glyph::Calendar on=move |()| beside.turn(Panel::Schedule)/>
                <PeopleButton inside/>
                <ChatButton talk/>
                <HostButton/>
            </header>
            <div class="room-banners"><EndedBySchedule inside/><RecordingStopped/><EndingSoon/><Banners/></div>
            <div class="room-middle">
                <Tiles/>
                <Flying/>
                <Show when=move || beside.shows(Panel::Info) && described.get()><InfoPanel beside/></Show>
                <Show when=move || beside.shows(Panel::Chat)><ChatArea/></Show>
                <Show when=move || beside.shows(Panel::People)><RoomPeopleArea/></Show>
                <Show when=move || beside.shows(Panel::Schedule)><SchedulePanel beside around/></Show>
                <HostSide/>
            </div>
            <Controls/>
            <Follow around/>
        </main>
    }
}

#[component]
fn Counts() -> impl IntoView {
    let Here { call, .. } = expect_context();
    let on_screen = Memo::new(move |_| call.room.with(|room| room.on_screen()));
    let watching = Memo::new(move |_| call.room.with(|room| room.counts.viewers));
    view! {
        <p class="room-count">
            <Icon glyph=Glyph::Camera/>
            <span class="room-count-words">{move || text!("room-on-screen", count = on_screen.get())}</span>
            <span class="room-count-number" aria-hidden="true">{move || browser::format_count(on_screen.get())}</span>
        </p>
        <p class="room-count">
            <Icon glyph=Glyph::Viewers/>
            <span class="room-count-words">{move || text!("room-watching", count = watching.get())}</span>
            <span class="room-count-number" aria-hidden="true">{move || browser::format_count(watching.get())}</span>
        </p>
    }
}

/// What stands between the person and the call, with the way on.
#[component]
fn Banners() -> impl IntoView {
    let Here { call, sharing, .. } = expect_context();
    let granted = Memo::new(move |_| call.room.with(|room| room.granted && !room.full(Seat::Person)));
    let offered = Memo::new(move |_| call.room.with(|room| room.offered.is_some()));
    let blocked = Memo::new(move |_| call.room.with(|room| room.sound_blocked));
    // Inside, the server is there: all that can be missing is the packets.
    let unreachable = Memo::new(move |_| call.room.with(|room| room.trouble.is_some()));
    view! {
        // The camera is never taken by itself: the person says when (D6).
        <div role="status" class="room-turn">
            <Show when=move || granted.get() || offered.get()>
                <div class="room-banner good">
                    <Icon glyph=Glyph::Camera/>
                    <p>{move || if offered.get() { text!("room-offered-text") } else { text!("room-granted") }}</p>
                    <Button label=t!("room-go") kind=Kind::Primary on=move |()| sharing.set(true)/>
                    <Show when=move || !offered.get()>
                        <Button label=t!("room-not-now") on=move |()| call.not_now()/>
                    </Show>
                </div>
            </Show>
        </div>
        <Show when=move || blocked.get()>
            <div class="room-banner" role="alert">
                <Icon glyph=Glyph::SpeakerOff/>
                <p>{t!("room-sound-blocked")}</p>
                <Button label=t!("room-sound-on") on=move |()| call.unblock_sound()/>
            </div>
        </Show>
        <Show when=move || unreachable.get()>
            <div class="room-banner" role="alert">
                <Icon glyph=Glyph::WifiOff/>
                <p><strong>{t!("room-no-packets-title")}</strong>" "{t!("room-no-packets")}</p>
            </div>
        </Show>
    }
}

#[component]
fn Tiles() -> impl IntoView {
    let here: Here = expect_context();
    let Here { call, .. } = here;
    let looks: Looks = expect_context();
    let size = RwSignal::new((0.0, 0.0));
    let node = NodeRef::<leptos::html::Div>::new();
    let listener = StoredValue::new_local(None::<Listener>);
    Effect::new(move |_| {
        if let Some(stage) = node.get() {
            let watch = shim::watch_size(&stage, move |width, height| _ = size.try_set((width, height)));
            listener.set_value(Some(watch));
        }
    });
    on_cleanup(move || listener.dispose());
    let picture = Memo::new(move |_| {
        let (view, size) = (looks.view(), size.get());
        let stage = call.room.with(|room| Stage::of(room, view.pinned.as_ref()));
        Picture::of(Scene::of(stage, &view, size), size)
    });
    let shown = Memo::new(move |_| {
        let full = looks.full.get();
        picture
            .with(|picture| receiving::shown(picture.standing(), full.as_ref(), browser::window().device_pixel_ratio()))
    });
    looks::receive(here, shown);
    let empty = Memo::new(move |_| picture.with(|picture| picture.order.is_empty()));
    let more = RwSignal::new(false);
    let hidden = Memo::new(move |_| picture.with(|picture| picture.hidden.clone()));
    view! {
        <div node_ref=node class="stage" role="region" aria-label=t!("room-stage")>
            <For each=move || picture.with(|picture| picture.order.clone()) key=Key::clone let:key>
                {
                    let tile_key = key.clone();
                    let tile = Memo::new(move |_| picture.with(|picture| picture.tiles.get(&tile_key).cloned()));
                    let place_key = key.clone();
                    let rect = Memo::new(move |_| picture.with(|picture| picture.places.get(&place_key).copied().unwrap_or_default()));
                    view! { <TileView key tile rect/> }
                }
            </For>
            {move || picture.with(|picture| picture.overflow).map(|rect| view! {
                <button
                    type="button"
                    class="tile tile-more"
                    style:translate=translate(rect)
                    style:inline-size=format!("{}px", rect.width)
                    style:block-size=format!("{}px", rect.height)
                    on:click=move |_| more.set(true)
                >
                    <Icon glyph=Glyph::People/>
                    <span>{move || text!("room-more-people", count = hidden.with(Vec::len))}</span>
                </button>
            })}
            <Show when=move || empty.get()><Empty/></Show>
        </div>
        <Dialog title=t!("room-more-title") open=more>
            <ul class="room-people">
                <For each=move || hidden.get() key=Tile::key let:tile>
                    <HiddenPerson tile open=more/>
                </For>
            </ul>
        </Dialog>
    }
}

/// Somebody on screen for whom there is no place on the stage, with the way to one.
#[component]
fn HiddenPerson(tile: Tile, open: RwSignal<bool>) -> impl IntoView {
    let looks: Looks = expect_context();
    let (key, name) = (tile.key(), tile.name);
    let called = name.clone();
    let show = move |_| {
        looks.turn_pin(key.clone());
        open.set(false);
        // What opened the list is drawn anew: the focus goes to who is large now.
        keep_focus(".stage");
    };
    view! {
        <li>
            <Avatar name=name.clone() size="small"/>
            <span>{name}</span>
            <button type="button" class="icon-button" aria-label=t!("tile-pin", name = called.clone()) on:click=show>
                <Icon glyph=Glyph::Pin/>
            </button>
        </li>
    }
}

#[component]
fn Empty() -> impl IntoView {
    let Here { call, .. } = expect_context();
    let may_share = Memo::new(move |_| call.room.with(|room| room.may_share));
    view! {
        <div class="stage-empty">
            <div class="stage-empty-icon"><Icon glyph=Glyph::Armchair/></div>
            <h2>{t!("room-empty-title")}</h2>
            <p>{move || if may_share.get() { text!("room-empty-text") } else { text!("room-empty-watch") }}</p>
        </div>
    }
}
