//! What the page knows, as pure values with one reducer each, and what it computes from them.

pub mod addresses;
pub mod bulk;
pub mod chat;
pub mod event_form;
pub mod form;
pub mod leading;
pub mod listing;
pub mod loaded;
pub mod long_list;
pub mod person;
pub mod recordings;
pub mod rich_text;
pub mod room;
pub mod saving;
pub mod schedule;
pub mod segment_form;
pub mod session_filter;
pub mod session_form;
pub mod sessions;
pub mod settings_form;
pub mod share_queue;
pub mod slug;
pub mod steps;
pub mod still;
pub mod timetable;
pub mod timing;
pub mod waiting;
pub mod youtube;
pub mod zoned;

pub use loaded::Loaded;
