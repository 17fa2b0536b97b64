//! The media process of Roundtable: rooms on mediasoup workers. It has no database and never imports the api.
//! See PROTOCOL.md and ARCHITECTURE.md.

pub mod apis;
pub mod board;
pub mod config;
pub mod joins;
pub mod link;
pub mod member;
pub mod names;
pub mod node;
pub mod open_files;
pub mod passes;
pub mod recording;
pub mod room;
pub mod rooms;
pub mod server;
pub mod signalling;
pub mod tls;
mod traffic;
pub mod workers;
