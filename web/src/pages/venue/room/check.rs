//! Trying camera, microphone and speaker: before joining, and before going on screen (H2).

use super::Here;
use super::devices::{DeviceMenu, Devices};
use super::tile::Picture;
use super::words;
use crate::components::{Button, Glyph, Icon};
use crate::live::shim::{self, CaptureProblem, DeviceKind};
use crate::t;
use gloo_timers::callback::Interval;
use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::room::Source;

/// Milliseconds between two looks at the microphone's level.
const METER_MS: u32 = 60;

/// One device of the check: wanted, captured, or why not.
#[derive(Clone, Copy)]
pub struct Probe {
    source: Source,
    /// What the person said last, also for the next time.
    wish: RwSignal<bool>,
    wanted: RwSignal<bool>,
    /// It is captured now.
    open: RwSignal<bool>,
    problem: RwSignal<Option<CaptureProblem>>,
}

impl Probe {
    fn new(source: Source, wish: RwSignal<bool>) -> Self {
        let wanted = RwSignal::new(wish.get_untracked());
        Self { source, wish, wanted, open: RwSignal::new(false), problem: RwSignal::new(None) }
    }

    /// The person's own decision, which a device that fails does not change.
    fn switch(self) {
        self.wish.set(!self.wanted.get_untracked());
        self.wanted.set(self.wish.get_untracked());
    }
}

/// Camera and microphone under test.
#[derive(Clone, Copy)]
pub struct Check {
    camera: Probe,
    microphone: Probe,
    devices: Devices,
    here: Here,
}

impl Check {
    /// Opens the devices that are wanted; they are closed with the view that made this, unless they are being sent.
    pub fn start(here: Here) -> Self {
        let check = Self {
            camera: Probe::new(Source::Camera, here.camera_wanted),
            microphone: Probe::new(Source::Microphone, here.microphone_wanted),
            devices: Devices::new(),
            here,
        };
        for probe in [check.camera, check.microphone] {
            Effect::new(move |_| {
                if probe.wanted.get() {
                    probe.problem.set(None);
                    check.open(probe);
                } else {
                    check.close(probe);
                }
            });
            on_cleanup(move || check.close(probe));
        }
        check
    }

    /// What would be sent now.
    pub fn sources(self) -> Vec<Source> {
        [self.microphone, self.camera].into_iter().filter(|probe| probe.open.get()).map(|probe| probe.source).collect()
    }

    /// A device is wanted that is neither open nor refused yet.
    pub fn pending(self) -> bool {
        [self.microphone, self.camera]
            .into_iter()
            .any(|probe| probe.wanted.get() && !probe.open.get() && probe.problem.get().is_none())
    }

    fn open(self, probe: Probe) {
        spawn_local(async move {
            let answer = self.here.call.open(probe.source).await;
            // The person may have closed the check, or switched the device off, while the browser asked.
            if probe.open.is_disposed() || !probe.wanted.get_untracked() {
                self.close(probe);
                return;
            }
            probe.open.set(answer.is_ok());
            if let Err(problem) = answer {
                probe.wanted.set(false);
                probe.problem.set(Some(problem));
            }
            self.devices.read();
        });
    }

    fn close(self, probe: Probe) {
        let sent = self.here.call.room.try_with_untracked(|room| room.own.contains_key(&probe.source));
        if sent == Some(false) {
            self.here.call.close_device(probe.source);
        }
        probe.open.try_set(false);
    }
}

/// The `visibility` of what keeps its place while it is not shown, so that what is pressed below it does not move. Nobody hears it then.
pub fn visibility(shown: bool) -> Option<&'static str> {
    (!shown).then_some("hidden")
}

/// The check at the entrance.
#[component]
pub fn CheckBefore() -> impl IntoView {
    let here: Here = expect_context();
    view! { <CheckPanel check=Check::start(here)/> }
}

/// Preview, level, menus and speaker test.
#[component]
pub fn CheckPanel(check: Check) -> impl IntoView {
    let Check { camera, microphone, devices, .. } = check;
    view! {
        <div class="check">
            <div class="check-preview" role="group" aria-label=t!("room-preview")>
                <Show
                    when=move || camera.open.get()
                    fallback=move || view! {
                        <p class="check-off">
                            <Icon glyph=Glyph::CameraOff/>
                            {move || if camera.wanted.get() { crate::text!("room-preview-starting") } else { crate::text!("room-preview-off") }}
                        </p>
                    }
                >
                    <Picture key="local:camera" mirrored=true/>
                </Show>
                <div class="check-switches">
                    <Switch probe=microphone label=t!("room-use-microphone") on=Glyph::Microphone off=Glyph::MicrophoneOff/>
                    <Switch probe=camera label=t!("room-use-camera") on=Glyph::Camera off=Glyph::CameraOff/>
                </div>
            </div>
            <Problem probe=camera/>
            <Problem probe=microphone/>
            <Level microphone/>
            <div class="check-menus">
                <DeviceMenu devices kind=DeviceKind::Camera/>
                <DeviceMenu devices kind=DeviceKind::Microphone/>
                <DeviceMenu devices kind=DeviceKind::Speaker/>
            </div>
            <SpeakerTest/>
        </div>
    }
}

#[component]
fn Switch(probe: Probe, #[prop(into)] label: Signal<String>, on: Glyph, off: Glyph) -> impl IntoView {
    let glyph = Signal::derive(move || if probe.wanted.get() { on } else { off });
    view! {
        <button
            type="button"
            role="switch"
            class="check-switch"
            aria-checked=move || if probe.wanted.get() { "true" } else { "false" }
            aria-label=label
            title=label
            on:click=move |_| probe.switch()
        >
            <Icon glyph/>
        </button>
    }
}

#[component]
fn Problem(probe: Probe) -> impl IntoView {
    move || {
        let text = probe.problem.get().and_then(|problem| words::capture(probe.source, problem))?;
        Some(view! { <p class="check-problem" role="alert"><Icon glyph=Glyph::Alert/><span>{text}</span></p> })
    }
}

#[component]
fn Level(microphone: Probe) -> impl IntoView {
    let Here { call, .. } = expect_context();
    let level = RwSignal::new(0_u32);
    let interval = StoredValue::new_local(Interval::new(METER_MS, move || {
        level.try_set((call.level() * 100.0).round() as u32);
    }));
    on_cleanup(move || interval.dispose());
    view! {
        <div class="check-level" style:visibility=move || visibility(microphone.open.get())>
            <Icon glyph=Glyph::Microphone/>
            <div
                role="meter"
                class="level"
                aria-label=t!("room-level")
                aria-valuemin="0"
                aria-valuemax="100"
                aria-valuenow=move || level.get()
            >
                <div class="level-bar" style:transform=move || format!("scaleX({})", f64::from(level.get()) / 100.0)></div>
            </div>
            <span class="check-hint">{t!("room-level-hint")}</span>
        </div>
    }
}

#[component]
fn SpeakerTest() -> impl IntoView {
    let playing = RwSignal::new(false);
    let play = move |()| {
        playing.set(true);
        spawn_local(async move {
            shim::test_sound().await;
            playing.try_set(false);
        });
    };
    let label = Signal::derive(move || {
        if playing.get() { crate::text!("room-test-speaker-playing") } else { crate::text!("room-test-speaker") }
    });
    view! { <div class="check-speaker"><Button label on=play icon=Glyph::Speaker busy=playing/></div> }
}
