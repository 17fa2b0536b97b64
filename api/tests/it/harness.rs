//! What every test begins with: a server, people who use it, a media node that is played by the test.

mod app;
mod chat;
mod mail;
mod media;
mod person;
pub mod picture;
pub mod recording;
mod socket;

pub use app::{TestApp, text};
pub use chat::{SEND, message};
pub use mail::{Letter, SmtpServer};
pub use media::{FakeMedia, keeps, room};
pub use person::{CREATE_SEGMENT, PASSWORD, Person, UPDATE_SEGMENT, two_attendees};
pub use socket::Socket;

use std::time::Duration;

/// How long anything may take that a test waits for.
pub const PATIENCE: Duration = Duration::from_secs(20);
