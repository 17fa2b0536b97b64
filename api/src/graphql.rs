//! The GraphQL surface: roots that are only lists, one file per noun. See `schema.graphql`.

mod account;
mod account_by_mail;
mod admission;
mod agenda;
mod chat;
mod chosen;
mod connection;
mod context;
mod event;
pub mod guard;
mod hand;
mod host_action;
mod invitation;
mod loaders;
mod message;
mod node;
mod once;
mod organization;
mod organizer_invitation;
mod own_session;
mod picture;
mod profile;
mod query;
mod recording;
mod registration;
mod room;
mod room_person;
mod screen;
mod segment;
mod segment_change;
mod segment_import;
mod session;
mod session_file;
mod session_list;
mod share_request;
mod subscription;
mod ticket_type;
mod visibility;

pub use context::{Lagged, Request, Via};
pub use once::Asked;

use crate::app::App;
use crate::limits;
use async_graphql::{MergedObject, MergedSubscription, SDLExportOptions};
use std::sync::Arc;

/// What clients can change. Every mutation takes one input and gives one payload.
///
/// An error says what happened in `extensions.code`, which is stable, and in `message`, which is for people:
///
/// - `UNAUTHENTICATED`: signing in would help.
/// - `WRONG_CREDENTIALS`: email or password is wrong.
/// - `NOT_FOUND`: it does not exist, or the caller may not see it.
/// - `FORBIDDEN`: the caller sees it, but may not do that.
/// - `INVALID_INPUT`: `extensions.problems` names every field at fault, with a code of its own, usually the `limit` that was
///   crossed, and the `names` of what is in the way with how many `more` there are: `REQUIRED`, `TOO_LONG`, `TOO_SHORT`,
///   `OUT_OF_RANGE`, `INVALID`, `TAKEN`, `NOT_FOUND`, `IN_USE`, `AMBIGUOUS`.
/// - `CONFLICT`: somebody else was faster; read again, then decide.
/// - `NOT_OPEN`: not before the event starts, or not after it ended.
/// - `RATE_LIMITED`: try again after `extensions.retryAfterSeconds`.
/// - `UNAVAILABLE`: busy or starting; try again in a moment.
/// - `INTERNAL`: our fault.
/// - `GRAPHQL_INVALID`: the document itself is malformed, or larger than the limits.
#[derive(MergedObject, Default)]
pub struct Mutation(
    account::AccountMutation,
    account_by_mail::AccountByMailMutation,
    profile::ProfileMutation,
    organization::OrganizationMutation,
    organizer_invitation::OrganizerInvitationMutation,
    event::EventMutation,
    ticket_type::TicketTypeMutation,
    registration::RegistrationMutation,
    session::SessionMutation,
    session_list::SessionListMutation,
    session_file::SessionFileMutation,
    own_session::OwnSessionMutation,
    segment_change::SegmentMutation,
    segment_import::SegmentImportMutation,
    invitation::InvitationMutation,
    admission::AdmissionMutation,
    chosen::ChosenMutation,
    room::RoomMutation,
    share_request::ShareRequestMutation,
    HostMutation,
    agenda::AgendaMutation,
    chat::ChatMutation,
    message::MessageMutation,
);

/// What hosts do in a room. A group of its own, since each part of a list is one more for the compiler to follow.
#[derive(MergedObject, Default)]
pub struct HostMutation(screen::ScreenMutation, hand::HandMutation, recording::RecordingMutation);

/// What clients can watch.
#[derive(MergedSubscription, Default)]
pub struct Subscription(
    subscription::ChangeSubscription,
    share_request::ShareRequestSubscription,
    room_person::RoomPeopleSubscription,
    recording::RecordingSubscription,
);

pub type Schema = async_graphql::Schema<query::Query, Mutation, Subscription>;

fn builder() -> async_graphql::SchemaBuilder<query::Query, Mutation, Subscription> {
    Schema::build(query::Query, Mutation::default(), Subscription::default())
        .register_output_type::<node::Node>()
        .limit_depth(limits::DEPTH)
        .limit_complexity(limits::COMPLEXITY)
        .limit_directives(5)
}

/// The schema that answers requests.
pub fn schema(app: Arc<App>) -> Schema {
    builder().data(app).finish()
}

/// The schema as text: what `schema.graphql` holds.
pub fn sdl() -> String {
    builder().finish().sdl_with_options(SDLExportOptions::new().sorted_fields().sorted_enum_items().sorted_arguments())
}
