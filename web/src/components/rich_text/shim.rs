//! The editor in TypeScript (`ts/rich_text`), as Rust calls it.

use js_sys::Function;
use serde::{Deserialize, Serialize};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::*;
use web_sys::{Element, FileList};

#[wasm_bindgen(raw_module = "rich_text")]
extern "C" {
    #[wasm_bindgen(js_name = RichText)]
    type Engine;
    #[wasm_bindgen(constructor, js_class = "RichText")]
    fn new(place: &Element, html: &str, settings: &str, listener: &Function) -> Engine;
    #[wasm_bindgen(method, js_name = set)]
    fn js_set(this: &Engine, html: &str);
    #[wasm_bindgen(method, js_name = run)]
    fn js_run(this: &Engine, command: &str, value: &str) -> bool;
    #[wasm_bindgen(method, js_name = upload)]
    fn js_upload(this: &Engine, files: &FileList);
    #[wasm_bindgen(method, js_name = focus)]
    fn js_focus(this: &Engine);
    #[wasm_bindgen(method, js_name = mark)]
    fn js_mark(this: &Engine, wrong: bool);
    #[wasm_bindgen(method, js_name = destroy)]
    fn js_destroy(this: &Engine);

    #[wasm_bindgen(js_name = arrowKeys)]
    pub fn arrow_keys(toolbar: &Element);
}

/// What the editor is made with; the names are those of `ts/rich_text/rich_text.ts`.
#[derive(Serialize)]
pub struct Settings<'a> {
    /// The ids of what names and describes it.
    pub label: &'a str,
    pub note: &'a str,
    pub placeholder: &'a str,
    /// Whose pictures the uploaded ones are.
    pub event: &'a str,
}

/// What is on at the cursor, and what can be done there.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct State {
    /// The commands whose buttons are pressed.
    pub on: Vec<String>,
    pub undo: bool,
    pub redo: bool,
    /// Where the link at the cursor leads; empty when there is none.
    pub href: String,
    /// The alternate text of the picture that is chosen.
    pub alt: Option<String>,
}

/// What the editor tells.
pub enum Told {
    Ready,
    /// The editor could not be loaded.
    Failed,
    Changed(String),
    State(State),
    /// How many pictures are on their way.
    Busy(u32),
    /// Why a picture was not taken.
    Problem(String),
}

impl Told {
    fn of(kind: &str, value: String) -> Option<Self> {
        Some(match kind {
            "ready" => Self::Ready,
            "failed" => Self::Failed,
            "changed" => Self::Changed(value),
            "state" => Self::State(serde_json::from_str(&value).ok()?),
            "busy" => Self::Busy(value.parse().ok()?),
            "problem" => Self::Problem(value),
            _ => return None,
        })
    }
}

/// An editor in its place; it goes when this is dropped.
pub struct Editor {
    engine: Engine,
    /// Kept for as long as the editor may call it.
    _listener: Closure<dyn Fn(String, String)>,
}

impl Editor {
    pub fn new(place: &Element, html: &str, settings: &Settings<'_>, told: impl Fn(Told) + 'static) -> Self {
        let listener = Closure::<dyn Fn(String, String)>::new(move |kind: String, value: String| {
            if let Some(what) = Told::of(&kind, value) {
                told(what);
            }
        });
        let settings = serde_json::to_string(settings).unwrap_or_default();
        let engine = Engine::new(place, html, &settings, listener.as_ref().unchecked_ref());
        Self { engine, _listener: listener }
    }

    pub fn set(&self, html: &str) {
        self.engine.js_set(html);
    }

    /// Whether it could be done.
    pub fn run(&self, command: &str, value: &str) -> bool {
        self.engine.js_run(command, value)
    }

    pub fn upload(&self, files: &FileList) {
        self.engine.js_upload(files);
    }

    pub fn focus(&self) {
        self.engine.js_focus();
    }

    /// Says whether something is wrong with what is written.
    pub fn mark(&self, wrong: bool) {
        self.engine.js_mark(wrong);
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        self.engine.js_destroy();
    }
}
