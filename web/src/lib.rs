//! The page of Roundtable: an organizer's dashboard and an attendee's venue.
//!
//! `api`, `state` and `text` are pure and tested natively; what touches the browser is compiled for WebAssembly only.

pub mod api;
pub mod live;
pub mod state;
pub mod text;

#[cfg(target_arch = "wasm32")]
pub mod app;
#[cfg(target_arch = "wasm32")]
pub mod areas;
#[cfg(target_arch = "wasm32")]
pub mod browser;
#[cfg(target_arch = "wasm32")]
pub mod components;
#[cfg(target_arch = "wasm32")]
pub mod drafts;
#[cfg(target_arch = "wasm32")]
pub mod leaving;
#[cfg(target_arch = "wasm32")]
pub mod pages;
#[cfg(target_arch = "wasm32")]
pub mod theme;
