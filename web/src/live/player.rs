//! YouTube's player, as Rust calls it: see `ts/live/youtube.ts`.

use crate::browser;
use crate::state::youtube::{Act, Doing, Sample};
use js_sys::Function;
use wasm_bindgen::prelude::*;
use web_sys::Element;

#[wasm_bindgen(raw_module = "live")]
extern "C" {
    #[wasm_bindgen(js_name = openVideoFrame, catch)]
    async fn js_open(
        place: &Element,
        video: &str,
        leads: bool,
        start: f64,
        title: &str,
        listener: &Function,
    ) -> Result<JsValue, JsValue>;

    pub type VideoFrame;
    #[wasm_bindgen(method)]
    pub fn play(this: &VideoFrame);
    #[wasm_bindgen(method)]
    pub fn pause(this: &VideoFrame);
    #[wasm_bindgen(method)]
    fn seek(this: &VideoFrame, seconds: f64);
    #[wasm_bindgen(method)]
    fn show(this: &VideoFrame, seconds: f64);
    #[wasm_bindgen(method, js_name = setRate)]
    fn set_rate(this: &VideoFrame, rate: f64);
    #[wasm_bindgen(method, js_name = setMuted)]
    fn set_muted(this: &VideoFrame, muted: bool);
    #[wasm_bindgen(method, js_name = setVolume)]
    fn set_volume(this: &VideoFrame, percent: f64);
    #[wasm_bindgen(method)]
    fn close(this: &VideoFrame);
}

/// What the player says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Said {
    Ready,
    Sample(Sample),
    Plays,
    /// The browser waits for a click.
    Blocked,
    /// By YouTube's numbers.
    Error(i32),
    /// Its script could not be fetched.
    Failed,
}

/// What is played, and how.
pub struct Wanted<'a> {
    pub video: &'a str,
    /// The person moves it for everybody.
    pub leads: bool,
    /// Seconds into it.
    pub start: f64,
    pub title: &'a str,
}

/// A player in the page; it goes with this.
pub struct Player {
    frame: VideoFrame,
    _listener: Closure<dyn FnMut(String, f64, f64, f64, f64)>,
}

impl Player {
    /// In `place`; nothing when the page's own part of it could not be fetched.
    pub async fn open(place: &Element, wanted: Wanted<'_>, mut on: impl FnMut(Said) + 'static) -> Option<Self> {
        let listener = Closure::<dyn FnMut(String, f64, f64, f64, f64)>::new(
            move |what: String, number: f64, time: f64, duration: f64, rate: f64| {
                // Its numbers are small and whole.
                let number = number as i32;
                on(match &*what {
                    "sample" => Said::Sample(Sample { doing: Doing::of(number), time, duration, rate, now: now() }),
                    "ready" => Said::Ready,
                    "plays" => Said::Plays,
                    "blocked" => Said::Blocked,
                    "error" => Said::Error(number),
                    _ => Said::Failed,
                });
            },
        );
        let Wanted { video, leads, start, title } = wanted;
        let frame = js_open(place, video, leads, start, title, listener.as_ref().unchecked_ref()).await.ok()?;
        Some(Self { frame: frame.unchecked_into(), _listener: listener })
    }

    pub fn act(&self, act: Act) {
        match act {
            Act::Play => self.frame.play(),
            Act::Pause => self.frame.pause(),
            Act::Seek(seconds) => self.frame.seek(seconds),
            Act::Show(seconds) => self.frame.show(seconds),
            Act::Rate(rate) => self.frame.set_rate(rate),
            // That is for the room.
            Act::Tell(_) => {}
        }
    }

    pub fn set_muted(&self, muted: bool) {
        self.frame.set_muted(muted);
    }

    /// 0 to 100.
    pub fn set_volume(&self, percent: f64) {
        self.frame.set_volume(percent);
    }
}

impl Drop for Player {
    fn drop(&mut self) {
        self.frame.close();
    }
}

/// Seconds of a clock that nobody sets.
pub fn now() -> f64 {
    browser::window().performance().map_or(0.0, |performance| performance.now() / 1_000.0)
}
