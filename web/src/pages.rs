//! The screens.

pub mod account;
pub mod by_mail;
pub mod confirm_email;
pub mod copy;
pub mod dashboard;
pub mod event;
pub mod filters;
pub mod gate;
pub mod gathered;
pub mod home;
pub mod inviting;
pub mod not_found;
pub mod paged;
pub mod submit;
pub mod venue;
pub mod words;
