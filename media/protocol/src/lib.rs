//! What api, media and the browser say to each other: the pass, the signalling messages and the link messages.
//!
//! Pure: no I/O, no mediasoup, builds for WebAssembly. `media/PROTOCOL.md` tells the same in prose.

pub mod link;
#[cfg(feature = "pass")]
pub mod pass;
pub mod recording;
pub mod room;
pub mod signalling;
pub mod timeline;
pub mod youtube;
