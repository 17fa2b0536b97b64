//! Makes blocks and looks at files.

pub mod block;
pub mod film;
pub mod source;
pub mod wire;
