//! The GraphQL surface: roots that are only lists, one file per noun. See `schema.graphql`.

mod account;
mod connection;
mod context;
mod event;
pub mod guard;
mod invitation;
mod loaders;
mod node;
mod once;
mod organization;
mod query;
mod registration;
mod room;
mod session;
mod subscription;

pub use context::{Lagged, Request, Via};
pub use once::Asked;

use crate::app::App;
use crate::limits;
use async_graphql::{MergedObject, SDLExportOptions};
use std::sync::Arc;

/// What clients can change. Every mutation takes one input and gives one payload.
#[derive(MergedObject, Default)]
pub struct Mutation(
    account::AccountMutation,
    organization::OrganizationMutation,
    event::EventMutation,
    registration::RegistrationMutation,
    session::SessionMutation,
    invitation::InvitationMutation,
    room::RoomMutation,
);

pub type Schema = async_graphql::Schema<query::Query, Mutation, subscription::Subscription>;

fn builder() -> async_graphql::SchemaBuilder<query::Query, Mutation, subscription::Subscription> {
    Schema::build(query::Query, Mutation::default(), subscription::Subscription)
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
