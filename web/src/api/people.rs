//! The people of an event as they see each other: documents and typed results (A6).

use super::picture::Picture;
use super::registration::PageInfo;
use super::schema;

#[derive(cynic::QueryVariables)]
pub struct PeopleVariables {
    pub slug: String,
    pub search: Option<String>,
    pub after: Option<String>,
}

/// One page of them, by name.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "PeopleVariables")]
pub struct People {
    #[arguments(slug: $slug)]
    pub event: Option<EventPeople>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Event", variables = "PeopleVariables")]
pub struct EventPeople {
    #[arguments(search: $search, first: 100, after: $after)]
    pub people: PersonConnection,
}

#[derive(cynic::QueryFragment)]
pub struct PersonConnection {
    pub nodes: Vec<Person>,
    pub page_info: PageInfo,
    pub total_count: i32,
}

/// Somebody as the others in the event see them.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
pub struct Person {
    pub id: cynic::Id,
    pub name: String,
    pub headline: String,
    pub picture: Option<Picture>,
}
