//! The api's tests: through HTTP and sockets, against the real server on a database of its own, SQLite unless
//! `TEST_POSTGRES_URL` names a PostgreSQL server. Modules are named like the source.

mod harness;

mod access;
mod account;
mod account_by_mail;
mod additional_information;
mod admission;
mod agenda;
mod chat;
mod chosen;
mod config;
mod event;
mod invitation;
mod limits;
mod mail;
mod media_link;
mod message;
mod message_changed;
mod once;
mod organization;
mod organizer_invitation;
mod own_data;
mod own_session;
mod paths;
mod people;
mod picture;
mod preview;
mod program;
mod registration;
mod room;
mod schema;
mod screen;
mod segment;
mod segment_import;
mod segment_times;
mod session;
mod session_copy;
mod session_file;
mod session_list;
mod share_request;
mod socket;
mod statements;
mod ticket_type;
mod turn;
mod visibility;
