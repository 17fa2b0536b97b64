//! Recording (K1–K8): blocks are written while a session is live, and made into files afterwards.

pub mod queue;
pub mod shelf;
pub mod upload;
