//! The media process from outside: hand-written browsers and a hand-written api talk to a real node with real mediasoup
//! workers, on free ports. Modules are named like the source. Pictures and sound between real browsers are in `e2e`.

mod bad_input;
mod harness;
mod leftovers;
mod link;
mod native;
mod node;
mod people;
mod receiving;
mod recording;
mod rights;
mod room;
mod rooms;
mod routers;
mod screen;
mod shelf;
mod signalling;
mod tls;
mod workers;
mod workspace;
mod youtube;
