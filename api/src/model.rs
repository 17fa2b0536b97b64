//! The tables, one file each: the row, what changes in it, and its queries. Nothing here asks who may.

pub mod account;
pub mod admission;
pub mod agenda;
pub mod bar;
pub mod event;
pub mod grant;
pub mod host_action;
pub mod installation;
pub mod invitation;
pub mod login;
pub mod mail;
pub mod mail_token;
pub mod moderator;
pub mod organization;
pub mod own_data;
pub mod page;
pub mod picture;
pub mod registration;
pub mod segment;
pub mod session;
pub mod share_request;
pub mod sharer;
pub mod tag;
pub mod ticket_type;
