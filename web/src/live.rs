//! Real-time media in the page: signalling as a pure state machine, and the driver that carries it out in a browser.

pub mod address;
pub mod backoff;
pub mod engine;
pub mod machine;

#[cfg(target_arch = "wasm32")]
pub mod call;
#[cfg(target_arch = "wasm32")]
pub mod driver;
#[cfg(target_arch = "wasm32")]
pub mod pass;
#[cfg(target_arch = "wasm32")]
pub mod player;
#[cfg(target_arch = "wasm32")]
pub mod shim;
#[cfg(target_arch = "wasm32")]
pub mod socket;
