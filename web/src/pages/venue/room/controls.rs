//! The bar below the stage: everything a person does in the room (E2, H8).

use super::Here;
use super::hands::HandButton;
use super::looks::LayoutMenu;
use super::reactions::ReactButton;
use super::recording::is_recorded;
use super::share_dialog::{DevicesDialog, ShareDialog};
use super::shortcuts::Shortcuts;
use super::words;
use super::youtube::{VideoButton, VideoDialog};
use crate::areas::AskArea;
use crate::components::{Glyph, Icon, use_toasts};
use crate::live::call::Call;
use crate::live::shim::{self, CaptureProblem};
use crate::state::room::Room;
use crate::state::room::sharing::Sharing;
use crate::t;
use crate::text;
use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::room::{Seat, Source};

/// One of the own sources as the bar shows it.
#[derive(Clone, Copy, PartialEq)]
enum Sending {
    No,
    Muted,
    Yes,
}

fn sending(room: &Room, source: Source) -> Sending {
    match room.own.get(&source) {
        None => Sending::No,
        Some(own) if own.muted => Sending::Muted,
        Some(_) => Sending::Yes,
    }
}

#[component]
pub fn Controls() -> impl IntoView {
    let Here { call, sharing, .. } = expect_context();
    let seated = Memo::new(move |_| call.room.with(|room| room.seated(Seat::Person)));
    // Who may not go on screen has at the most something to ask for (D2, D3).
    let may = Memo::new(move |_| call.room.with(|room| room.may_share));
    // Whoever waits for a seat may give that back, where they asked for it (D5).
    let at_once = Memo::new(move |_| may.get() && call.room.with(|room| room.waiting.is_none()));
    let bar = NodeRef::<leptos::html::Div>::new();
    // The button that was pressed goes with the change: the focus stays in the bar.
    Effect::new(move |before: Option<(bool, bool)>| {
        let now = (seated.get(), at_once.get());
        if before.is_some_and(|before| before != now) {
            request_animation_frame(move || bar.get_untracked().into_iter().for_each(|bar| shim::keep_focus_in(&bar)));
        }
        now
    });
    let may_screen =
        move || shim::can_share_screen() && (may.get() || call.room.with(|room| room.seated(Seat::Screen)));
    let (devices, video) = (RwSignal::new(false), RwSignal::new(false));
    // Its button is gone then, and what it asks for is no question any more.
    Effect::new(move |_| {
        if seated.get() || !may.get() {
            sharing.set(false);
        }
    });
    view! {
        <div node_ref=bar class="room-bar" role="group" aria-label=t!("room-controls")>
            <Show when=move || seated.get() fallback=move || view! { <WayOn at_once/> }>
                <Toggle
                    source=Source::Microphone
                    shortcut="M"
                    glyphs=(Glyph::Microphone, Glyph::MicrophoneOff)
                    labels=("room-mute", "room-unmute")
                    short=("room-mute-short", "room-unmute-short")
                />
                <Toggle
                    source=Source::Camera
                    shortcut="V"
                    glyphs=(Glyph::Camera, Glyph::CameraOff)
                    labels=("room-camera-off", "room-camera-on")
                    short=("room-camera-off-short", "room-camera-on-short")
                />
            </Show>
            <Show when=may_screen><ScreenButton/></Show>
            <VideoButton open=video/>
            <Show when=move || seated.get()>
                <BarButton
                    label=t!("room-unshare")
                    glyph=Glyph::Armchair
                    on=move |()| call.stop_sharing(vec![Source::Microphone, Source::Camera])
                />
            </Show>
            <HandButton/>
            <ReactButton/>
            <span class="room-bar-gap"></span>
            <LayoutMenu/>
            <BarButton label=t!("room-devices") glyph=Glyph::Sliders on=move |()| devices.set(true)/>
            <Show when=shim::can_full_screen><FullScreenButton/></Show>
            <BarButton label=t!("room-leave") glyph=Glyph::Leave class="leave" on=move |()| call.leave()/>
        </div>
        <ShareDialog open=sharing/>
        <DevicesDialog open=devices/>
        <VideoDialog open=video/>
        <Shortcuts/>
    }
}

/// A drawing with its words below it, which narrow screens leave to assistive technology.
#[component]
pub fn BarButton(
    #[prop(into)] label: Signal<String>,
    /// What is written, where that is shorter than the name.
    #[prop(optional, into)]
    short: MaybeProp<String>,
    #[prop(into)] glyph: Signal<Glyph>,
    #[prop(into)] on: Callback<()>,
    #[prop(optional)] class: &'static str,
    #[prop(optional, into)] disabled: Signal<bool>,
    #[prop(optional, into)] title: MaybeProp<String>,
    #[prop(optional)] shortcut: Option<&'static str>,
    /// Marks what is switched off and could be on.
    #[prop(optional, into)]
    off: Signal<bool>,
    /// Of what is either on or off.
    #[prop(optional, into)]
    pressed: MaybeProp<bool>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class=format!("bar-button {class}")
            class:off=off
            aria-label=label
            aria-keyshortcuts=shortcut
            aria-pressed=move || pressed.get().map(|pressed| if pressed { "true" } else { "false" })
            title=move || title.get().unwrap_or_else(|| match shortcut {
                Some(key) => format!("{} ({key})", label.get()),
                None => label.get(),
            })
            disabled=disabled
            on:click=move |_| on.run(())
        >
            <Icon glyph/>
            <span class="bar-label" aria-hidden="true">{move || short.get().unwrap_or_else(|| label.get())}</span>
        </button>
    }
}

/// What leads onto the screen: at once, when a seat is free, or by asking (D2, D3).
#[component]
fn WayOn(at_once: Memo<bool>) -> impl IntoView {
    move || if at_once.get() { view! { <ShareButton/> }.into_any() } else { view! { <AskArea/> }.into_any() }
}

#[component]
fn ShareButton() -> impl IntoView {
    let Here { call, sharing: open, .. } = expect_context();
    let sharing = Memo::new(move |_| call.room.with(Sharing::of));
    let taken = Memo::new(move |_| sharing.get().is_taken());
    let label = Signal::derive(move || match sharing.get() {
        Sharing::Share | Sharing::MayNot => text!("room-share"),
        // Who waits has another button in a moment.
        Sharing::Full | Sharing::NextSeat(_) => text!("room-full"),
        Sharing::Offered(seconds) => text!("room-offered", seconds = seconds),
    });
    let title = Signal::derive(move || taken.get().then(|| text!("room-full-hint")));
    // A dialog for a place that is gone meanwhile would only lead to a refusal.
    Effect::new(move |_| {
        if taken.get() {
            open.set(false);
        }
    });
    view! {
        <BarButton
            label
            glyph=Glyph::Camera
            class="share"
            title
            disabled=taken
            on=move |()| open.set(true)
        />
    }
}

#[component]
fn ScreenButton() -> impl IntoView {
    let Here { call, .. } = expect_context();
    let toasts = use_toasts();
    let shares = Memo::new(move |_| call.room.with(|room| room.seated(Seat::Screen)));
    let full = Memo::new(move |_| call.room.with(|room| room.full(Seat::Screen)));
    let label = Signal::derive(move || match (shares.get(), full.get()) {
        (true, _) => text!("room-stop-screen"),
        (false, true) => text!("room-screen-full"),
        (false, false) => text!("room-share-screen"),
    });
    let short = Signal::derive(move || shares.get().then(|| text!("room-stop-screen-short")));
    let glyph = Signal::derive(move || if shares.get() { Glyph::ScreenShareOff } else { Glyph::ScreenShare });
    let recorded = is_recorded();
    // No dialog comes before it that could say so.
    let title = Signal::derive(move || match (shares.get(), full.get(), recorded.get()) {
        (false, true, _) => Some(text!("room-full-hint")),
        (false, false, true) => Some(text!("rec-told")),
        _ => None,
    });
    let press = move |()| {
        if shares.get_untracked() {
            call.stop_sharing(vec![Source::Screen, Source::ScreenAudio]);
            return;
        }
        spawn_local(async move {
            match call.open(Source::Screen).await {
                Ok(sources) => call.share(sources),
                Err(problem) => tell(toasts, Source::Screen, problem),
            }
        });
    };
    view! { <BarButton label short glyph title disabled=full on=press/> }
}

#[component]
fn Toggle(
    source: Source,
    shortcut: &'static str,
    /// Each pair: while it is sent, and while it is not.
    glyphs: (Glyph, Glyph),
    labels: (&'static str, &'static str),
    short: (&'static str, &'static str),
) -> impl IntoView {
    let Here { call, .. } = expect_context();
    let toasts = use_toasts();
    let on = Memo::new(move |_| call.room.with(|room| sending(room, source) == Sending::Yes));
    let label = Signal::derive(move || if on.get() { text!(labels.0) } else { text!(labels.1) });
    let short = Signal::derive(move || Some(if on.get() { text!(short.0) } else { text!(short.1) }));
    let glyph = Signal::derive(move || if on.get() { glyphs.0 } else { glyphs.1 });
    view! {
        <BarButton
            label
            short
            glyph
            shortcut
            off=Signal::derive(move || !on.get())
            on=move |()| toggle(call, toasts, source)
        />
    }
}

/// Mutes or unmutes; a source that is not sent yet is added to what is.
pub fn toggle(call: Call, toasts: crate::components::Toasts, source: Source) {
    let now = call.room.with_untracked(|room| sending(room, source));
    spawn_local(async move {
        let done = match now {
            Sending::Yes => call.set_muted(source, true).await,
            Sending::Muted => call.set_muted(source, false).await,
            Sending::No => call.open(source).await.map(|sources| call.share(sources)),
        };
        if let Err(problem) = done {
            tell(toasts, source, problem);
        }
    });
}

fn tell(toasts: crate::components::Toasts, source: Source, problem: CaptureProblem) {
    if let Some(text) = untrack(|| words::capture(source, problem)) {
        toasts.bad(text);
    }
}

#[component]
fn FullScreenButton() -> impl IntoView {
    let on = RwSignal::new(false);
    let listener = StoredValue::new_local(shim::on_full_screen_changed(move |now| _ = on.try_set(now)));
    on_cleanup(move || listener.dispose());
    let label =
        Signal::derive(move || if on.get() { text!("room-full-screen-exit") } else { text!("room-full-screen") });
    let glyph = Signal::derive(move || if on.get() { Glyph::FullScreenExit } else { Glyph::FullScreen });
    view! { <BarButton label glyph class="full-screen" shortcut="F" on=|()| shim::toggle_full_screen()/> }
}
