//! The screens.

pub mod home;
pub mod not_found;
pub mod venue;
pub mod words;
