//! The api of Roundtable: accounts, events, sessions and who may enter them, through GraphQL. See ARCHITECTURE.md.

pub mod access;
pub mod app;
pub mod auth;
pub mod clock;
pub mod config;
pub mod db;
pub mod error;
pub mod feed;
pub mod graphql;
pub mod ids;
pub mod limits;
pub mod mail;
pub mod media_link;
pub mod media_process;
pub mod model;
pub mod ops;
pub mod password;
pub mod rates;
pub mod rich_text;
pub mod schema;
pub mod server;
pub mod sort_key;
pub mod table;
pub mod timer;
pub mod timing;
pub mod validate;
