//! The media layer in TypeScript (`ts/live`), as Rust calls it.

use super::engine::Command;
use js_sys::Function;
use protocol::room::Source;
use serde::Deserialize;
use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlVideoElement};

#[wasm_bindgen(raw_module = "live")]
extern "C" {
    /// Captures, plays, and carries out commands; see `ts/live/engine.ts`.
    pub type Engine;
    #[wasm_bindgen(constructor)]
    fn js_new(listener: &Function) -> Engine;
    #[wasm_bindgen(method, js_name = run)]
    fn js_run(this: &Engine, command: &str);
    #[wasm_bindgen(method, js_name = open)]
    async fn js_open(this: &Engine, source: &str) -> JsValue;
    #[wasm_bindgen(method, js_name = choose)]
    async fn js_choose(this: &Engine, kind: &str, device: &str) -> JsValue;
    #[wasm_bindgen(method, js_name = closeDevice)]
    fn js_close_device(this: &Engine, source: &str);
    /// Shows a picture, now and whenever its track changes.
    #[wasm_bindgen(method)]
    pub fn attach(this: &Engine, video: &HtmlVideoElement, key: &str);
    #[wasm_bindgen(method)]
    pub fn detach(this: &Engine, video: &HtmlVideoElement);
    /// How loud the own microphone is, 0 to 1.
    #[wasm_bindgen(method)]
    pub fn level(this: &Engine) -> f64;
    /// Plays what the browser held back; from a click only.
    #[wasm_bindgen(method, js_name = unblockSound)]
    pub fn unblock_sound(this: &Engine);
    /// Devices off, sound off, no event after this.
    #[wasm_bindgen(method)]
    pub fn close(this: &Engine);

    #[wasm_bindgen(js_name = listDevices)]
    async fn js_list_devices() -> JsValue;
    #[wasm_bindgen(js_name = onDevicesChanged)]
    fn js_on_devices_changed(listener: &Function) -> Function;
    /// Whether this page may use cameras and microphones at all (H9).
    #[wasm_bindgen(js_name = isSecure)]
    pub fn is_secure() -> bool;
    #[wasm_bindgen(js_name = canShareScreen)]
    pub fn can_share_screen() -> bool;
    /// Fetches and prepares the media chunk ahead of joining.
    #[wasm_bindgen(js_name = preloadMedia)]
    pub fn preload_media();
    #[wasm_bindgen(js_name = testSound, catch)]
    async fn js_test_sound() -> Result<JsValue, JsValue>;

    /// Rings softly, once.
    pub fn ring();

    #[wasm_bindgen(js_name = watchSize)]
    fn js_watch_size(element: &Element, listener: &Function) -> Function;
    #[wasm_bindgen(js_name = toggleFullScreen)]
    pub fn toggle_full_screen();
    /// The same for one element, as a tile.
    #[wasm_bindgen(js_name = toggleFullScreenOf)]
    pub fn toggle_full_screen_of(element: &Element);
    #[wasm_bindgen(js_name = watchFullScreen)]
    fn js_watch_full_screen(element: &Element, listener: &Function) -> Function;
    #[wasm_bindgen(js_name = onVisibility)]
    fn js_on_visibility(listener: &Function) -> Function;
    #[wasm_bindgen(js_name = keepFocusIn)]
    pub fn keep_focus_in(element: &Element);
    #[wasm_bindgen(js_name = enterPanel)]
    fn js_enter_panel(panel: &Element) -> Function;
    #[wasm_bindgen(js_name = canFullScreen)]
    pub fn can_full_screen() -> bool;
    #[wasm_bindgen(js_name = onFullScreenChanged)]
    fn js_on_full_screen_changed(listener: &Function) -> Function;
    #[wasm_bindgen(js_name = onNetworkChanged)]
    fn js_on_network_changed(listener: &Function) -> Function;
    #[wasm_bindgen(js_name = onAwake)]
    fn js_on_awake(listener: &Function) -> Function;
    #[wasm_bindgen(js_name = onPageLeft)]
    fn js_on_page_left(listener: &Function) -> Function;
    #[wasm_bindgen(js_name = onShortcut)]
    fn js_on_shortcut(listener: &Function) -> Function;
    #[wasm_bindgen(js_name = keepAwake)]
    fn js_keep_awake() -> Function;
    #[wasm_bindgen(js_name = randomNumber)]
    pub fn random_number() -> u32;
}

/// What the browser said to a wish for a device.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Capture {
    Sources(Vec<Source>),
    Problem(CaptureProblem),
}

/// Why a device cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum CaptureProblem {
    Denied,
    Missing,
    Busy,
    Insecure,
    Unsupported,
    Cancelled,
    Failed,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum DeviceKind {
    Camera,
    Microphone,
    Speaker,
}

impl DeviceKind {
    fn name(self) -> &'static str {
        match self {
            Self::Camera => "camera",
            Self::Microphone => "microphone",
            Self::Speaker => "speaker",
        }
    }
}

/// One device of this computer. `id` and `label` are empty before the person allowed anything.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Device {
    pub kind: DeviceKind,
    pub id: String,
    pub label: String,
    pub chosen: bool,
}

impl Engine {
    pub fn new(listener: &Function) -> Self {
        Self::js_new(listener)
    }

    pub fn run(&self, command: &Command) {
        if let Ok(json) = serde_json::to_string(command) {
            self.js_run(&json);
        }
    }

    /// Asks the person for `source`.
    pub async fn open(&self, source: Source) -> Capture {
        answer(self.js_open(name(source)).await)
    }

    /// Switches a device off that is not being sent.
    pub fn close_device(&self, source: Source) {
        self.js_close_device(name(source));
    }

    /// Chooses a device for now and later; an empty id is the browser's own choice.
    pub async fn choose(&self, kind: DeviceKind, device: &str) -> Capture {
        answer(self.js_choose(kind.name(), device).await)
    }
}

/// As TypeScript has it; commands and events have the same names by serde.
fn name(source: Source) -> &'static str {
    match source {
        Source::Microphone => "microphone",
        Source::Camera => "camera",
        Source::Screen => "screen",
        Source::ScreenAudio => "screenAudio",
    }
}

fn answer(json: JsValue) -> Capture {
    json.as_string()
        .and_then(|json| serde_json::from_str(&json).ok())
        .unwrap_or(Capture::Problem(CaptureProblem::Failed))
}

pub async fn list_devices() -> Vec<Device> {
    js_list_devices().await.as_string().and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default()
}

/// Plays two notes on the chosen speaker.
pub async fn test_sound() {
    // A browser that cannot play them leaves the person with silence, which is what the test is there to show.
    let _ = js_test_sound().await;
}

/// A listener of the browser that ends when this is dropped.
#[must_use]
pub struct Listener {
    stop: Function,
    _call: Box<dyn std::any::Any>,
}

impl Drop for Listener {
    fn drop(&mut self) {
        // Nothing is left to be done when the browser refuses to forget a listener.
        let _ = self.stop.call0(&JsValue::NULL);
    }
}

fn listen(start: fn(&Function) -> Function, on: impl FnMut() + 'static) -> Listener {
    let call = Closure::<dyn FnMut()>::new(on);
    let stop = start(call.as_ref().unchecked_ref());
    Listener { stop, _call: Box::new(call) }
}

pub fn on_devices_changed(on: impl FnMut() + 'static) -> Listener {
    listen(js_on_devices_changed, on)
}

pub fn on_network_changed(on: impl FnMut() + 'static) -> Listener {
    listen(js_on_network_changed, on)
}

pub fn on_awake(on: impl FnMut() + 'static) -> Listener {
    listen(js_on_awake, on)
}

pub fn on_page_left(on: impl FnMut() + 'static) -> Listener {
    listen(js_on_page_left, on)
}

pub fn on_full_screen_changed(on: impl FnMut(bool) + 'static) -> Listener {
    let call = Closure::<dyn FnMut(bool)>::new(on);
    let stop = js_on_full_screen_changed(call.as_ref().unchecked_ref());
    Listener { stop, _call: Box::new(call) }
}

/// Keeps the screen from going dark until it is dropped.
pub fn keep_awake() -> Listener {
    Listener { stop: js_keep_awake(), _call: Box::new(()) }
}

/// Gives the focus to what a panel is opened for, and back when this is dropped and the focus goes with the panel.
pub fn enter_panel(panel: &Element) -> Listener {
    Listener { stop: js_enter_panel(panel), _call: Box::new(()) }
}

/// Whether `element` begins or ends to fill the screen.
pub fn watch_full_screen(element: &Element, on: impl FnMut(bool) + 'static) -> Listener {
    let call = Closure::<dyn FnMut(bool)>::new(on);
    let stop = js_watch_full_screen(element, call.as_ref().unchecked_ref());
    Listener { stop, _call: Box::new(call) }
}

/// Whether the page begins or ends to be looked at.
pub fn on_visibility(on: impl FnMut(bool) + 'static) -> Listener {
    let call = Closure::<dyn FnMut(bool)>::new(on);
    let stop = js_on_visibility(call.as_ref().unchecked_ref());
    Listener { stop, _call: Box::new(call) }
}

/// Each key in small letters, pressed alone and not into a field (H8).
pub fn on_shortcut(on: impl FnMut(String) + 'static) -> Listener {
    let call = Closure::<dyn FnMut(String)>::new(on);
    let stop = js_on_shortcut(call.as_ref().unchecked_ref());
    Listener { stop, _call: Box::new(call) }
}

/// The size of `element` in pixels, now and at each change.
pub fn watch_size(element: &Element, on: impl FnMut(f64, f64) + 'static) -> Listener {
    let call = Closure::<dyn FnMut(f64, f64)>::new(on);
    let stop = js_watch_size(element, call.as_ref().unchecked_ref());
    Listener { stop, _call: Box::new(call) }
}
