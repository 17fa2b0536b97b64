//! What every test begins with: a node on free ports, clients that speak the protocol by hand, an api that is played.

mod api;
mod browser;
mod node;

pub use api::FakeApi;
pub use browser::{Browser, rtp_parameters};
pub use node::{SECRET, TestNode, now, pass, sign};

use std::time::Duration;

/// How long anything may take that a test waits for.
pub const PATIENCE: Duration = Duration::from_secs(20);
