//! Media's tests: hand-written clients and a played api against the real node with a real mediasoup worker. Modules are
//! named like the source. Pictures and sound between real browsers are in `e2e`.

mod harness;

mod link;
mod native;
mod room;
mod seats;
mod signalling;
mod workspace;
