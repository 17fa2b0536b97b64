//! The GraphQL surface as the page sees it: one file per noun with its documents and typed results, the ways they
//! travel, and what can go wrong.

pub mod account;
pub mod account_by_mail;
pub mod chat;
pub mod chosen;
pub mod event;
pub mod event_settings;
pub mod failure;
pub mod host_action;
pub mod import_report;
pub mod invitation;
pub mod organization;
pub mod organizer_invitation;
pub mod own_session;
pub mod people;
pub mod picture;
pub mod recording;
pub mod registration;
pub mod room_people;
pub mod screen;
pub mod segment;
pub mod segment_import;
pub mod segment_links;
pub mod session;
pub mod session_schedule;
pub mod share_request;
pub mod socket;
pub mod ticket_type;
pub mod timetable;
pub mod visibility;

#[cfg(target_arch = "wasm32")]
pub mod fetch;
#[cfg(target_arch = "wasm32")]
pub mod live;
#[cfg(target_arch = "wasm32")]
pub mod query;
#[cfg(target_arch = "wasm32")]
pub mod upload;

pub use failure::{Code, Failure, Problem, ProblemCode};

#[cynic::schema("roundtable")]
pub mod schema {}

/// An instant, always in UTC on the wire.
pub type DateTime = chrono::DateTime<chrono::Utc>;
cynic::impl_scalar!(DateTime, schema::DateTime);
