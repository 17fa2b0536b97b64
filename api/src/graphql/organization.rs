//! Organizations in GraphQL.

use super::account::Person;
use super::connection::{paged, slice};
use super::context::{Ask, parse};
use super::event::{Event, EventConnection};
use super::organizer_invitation::OrganizerInvitation;
use crate::clock::Time;
use crate::ids::{EventId, Id};
use crate::model;
use crate::ops;
use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use chrono::DateTime;
use std::sync::Arc;

pub(super) struct Organization(pub model::organization::Organization);

/// Who owns events. Seen by its organizers only, except for its name.
#[Object]
impl Organization {
    /// Its id.
    pub(super) async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    /// Its name.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Its organizers by name, 200 at the most; none for who is not one of them.
    async fn organizers(&self, ctx: &Context<'_>) -> Result<Vec<Person>> {
        let rows = ops::organization::organizers(ctx.app(), &ctx.caller(), self.0.id).await?;
        Ok(rows.iter().map(Person::from).collect())
    }

    /// Invitations to organize it that nobody has accepted yet, 200 at the most; none for who is not one of its organizers.
    async fn organizer_invitations(&self, ctx: &Context<'_>) -> Result<Vec<OrganizerInvitation>> {
        let rows = ops::organizer_invitation::list(ctx.app(), &ctx.caller(), self.0.id).await?;
        Ok(rows.into_iter().map(|row| OrganizerInvitation { row, organization: self.0.clone() }).collect())
    }

    /// Its events, the latest start first; none for who is not one of its organizers.
    #[graphql(complexity = "first.unwrap_or(25).max(0) as usize * child_complexity + 1")]
    async fn events(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Entries of the page, 1 to 100; 25 unless given.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which the page begins.")] after: Option<String>,
    ) -> Result<EventConnection> {
        let slice = slice(first, after, place)?;
        let has_previous = slice.after.is_some();
        let list = ops::event::of_organization(ctx.app(), &ctx.caller(), self.0.id, slice).await?;
        Ok(paged(list, has_previous, |event| {
            (format!("{}:{}", event.starts_at.millis(), event.id), Event(Arc::new(event)))
        }))
    }
}

/// Start and id of the last event of the page before.
fn place(cursor: &str) -> Option<(Time, EventId)> {
    let (millis, id) = cursor.split_once(':')?;
    Some((DateTime::from_timestamp_millis(millis.parse().ok()?)?.into(), EventId::parse(id)?))
}

/// For `removeOrganizer`.
#[derive(InputObject)]
struct RemoveOrganizerInput {
    /// The organization.
    organization_id: ID,
    /// The account of the organizer.
    person_id: ID,
}

/// The organization after a change of its organizers.
#[derive(SimpleObject)]
pub(super) struct OrganizationPayload {
    /// The organization.
    pub(super) organization: Organization,
}

#[derive(Default)]
pub(super) struct OrganizationMutation;

#[Object]
impl OrganizationMutation {
    /// Takes an organizer's powers back. The last one stays. For organizers.
    async fn remove_organizer(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The organization and the organizer.")] input: RemoveOrganizerInput,
    ) -> Result<OrganizationPayload> {
        let id = parse(&input.organization_id, "organization")?;
        let person = parse(&input.person_id, "organizer")?;
        let organization = ops::organization::remove_organizer(ctx.app(), &ctx.caller(), id, person).await?;
        Ok(OrganizationPayload { organization: Organization(organization) })
    }
}
