//! Menus of cameras, microphones and speakers; the choice is remembered in this browser (H2).

use super::Here;
use super::words;
use crate::live::shim::{self, Device, DeviceKind};
use crate::t;
use crate::text;
use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::room::Source;

/// The devices of this computer, read again whenever one is plugged in or out.
#[derive(Clone, Copy)]
pub struct Devices(RwSignal<Vec<Device>>);

impl Devices {
    pub fn new() -> Self {
        let devices = Self(RwSignal::default());
        devices.read();
        let listener = StoredValue::new_local(shim::on_devices_changed(move || devices.read()));
        on_cleanup(move || listener.dispose());
        devices
    }

    /// Reads them again: names appear when the person allows a device.
    pub fn read(self) {
        spawn_local(async move {
            let devices = shim::list_devices().await;
            self.0.try_set(devices);
        });
    }

    fn of(self, kind: DeviceKind) -> Vec<Device> {
        // Before the person allowed anything, all that is known is that there is something.
        self.0.with(|all| all.iter().filter(|device| device.kind == kind && !device.id.is_empty()).cloned().collect())
    }
}

/// One menu. It is there before there is anything to choose from: what stands below it stays where it is.
#[component]
pub fn DeviceMenu(devices: Devices, kind: DeviceKind) -> impl IntoView {
    let Here { call, .. } = expect_context();
    let problem = RwSignal::new(None::<String>);
    let list = Memo::new(move |_| devices.of(kind));
    let label = move || name(kind);
    let change = move |event| {
        let device = event_target_value(&event);
        spawn_local(async move {
            let answer = call.choose(kind, device).await;
            let source = if kind == DeviceKind::Camera { Source::Camera } else { Source::Microphone };
            problem.try_set(answer.err().and_then(|problem| untrack(|| words::capture(source, problem))));
            devices.read();
        });
    };
    view! {
        <label class="device-menu">
            <span>{label}</span>
            <select disabled=move || list.with(Vec::is_empty) on:change=change>
                <option value="" selected=move || list.with(|list| list.iter().all(|device| !device.chosen))>
                    {t!("room-default-device")}
                </option>
                {move || list.get().into_iter().enumerate().filter(|(_, device)| device.id != "default").map(|(at, device)| {
                    let label = if device.label.is_empty() {
                        text!("room-device-number", kind = name(kind), number = at + 1)
                    } else {
                        device.label
                    };
                    view! { <option value=device.id selected=device.chosen>{label}</option> }
                }).collect_view()}
            </select>
        </label>
        <p class="problem" role="alert">{problem}</p>
    }
}

fn name(kind: DeviceKind) -> String {
    match kind {
        DeviceKind::Camera => text!("room-camera"),
        DeviceKind::Microphone => text!("room-microphone"),
        DeviceKind::Speaker => text!("room-speaker"),
    }
}
