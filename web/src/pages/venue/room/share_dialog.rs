//! The last look into the mirror before going on screen, and the same devices while there (H2). What is in the dialogs is fetched while
//! the person looks at the entrance.

use super::Here;
use super::check::{Check, CheckPanel, visibility};
use super::devices::{DeviceMenu, Devices};
use super::recording::Told;
use crate::areas::{DeviceMenusArea, ShareFormArea};
use crate::components::{Button, Dialog, Glyph, Kind};
use crate::live::shim::DeviceKind;
use crate::{t, text};
use leptos::prelude::*;

/// Whether the form is open, as a context: it closes itself when the person goes on screen.
#[derive(Clone, Copy)]
struct ShareOpen(RwSignal<bool>);

#[component]
pub fn ShareDialog(open: RwSignal<bool>) -> impl IntoView {
    provide_context(ShareOpen(open));
    view! { <Dialog title=t!("room-share-title") open><ShareFormArea/></Dialog> }
}

#[component]
pub fn ShareForm() -> impl IntoView {
    let (here, ShareOpen(open)): (Here, ShareOpen) = (expect_context(), expect_context());
    let check = Check::start(here);
    let nothing = Signal::derive(move || check.sources().is_empty() && !check.pending());
    // Whoever is faster than the devices goes on screen with both, and not with the one that was first.
    let going = RwSignal::new(false);
    Effect::new(move |_| {
        if !going.get() || check.pending() {
            return;
        }
        let sources = check.sources();
        if sources.is_empty() {
            going.set(false);
        } else {
            here.call.share(sources);
            open.set(false);
        }
    });
    let kept = Memo::new(move |_| here.call.room.with(|room| room.offered));
    view! {
        <p class="muted">{t!("room-share-text")}</p>
        <Told/>
        {move || kept.get().map(|seconds| view! { <p role="timer">{text!("room-kept", seconds = seconds)}</p> })}
        <CheckPanel check/>
        <div class="share-actions">
            <p class="check-hint" style:visibility=move || visibility(nothing.get())>{t!("room-nothing-chosen")}</p>
            <Button label=t!("room-go") kind=Kind::Primary icon=Glyph::Camera disabled=nothing busy=going on=move |()| going.set(true)/>
        </div>
    }
}

/// Another camera, microphone or speaker, for now and later.
#[component]
pub fn DevicesDialog(open: RwSignal<bool>) -> impl IntoView {
    view! { <Dialog title=t!("room-devices-title") open><DeviceMenusArea/></Dialog> }
}

#[component]
pub fn DeviceMenus() -> impl IntoView {
    let devices = Devices::new();
    view! {
        <div class="check-menus">
            <DeviceMenu devices kind=DeviceKind::Camera/>
            <DeviceMenu devices kind=DeviceKind::Microphone/>
            <DeviceMenu devices kind=DeviceKind::Speaker/>
        </div>
    }
}
