//! What in an agenda is on at the same time (G3).

use crate::api::timetable::Segment;
use std::collections::HashMap;
use std::sync::Arc;

/// For each segment that overlaps others, the names of those, in the order of the schedule. What ends when another one begins
/// does not clash with it.
pub fn clashes(own: &[Arc<Segment>]) -> HashMap<String, Vec<String>> {
    let mut found: HashMap<String, Vec<String>> = HashMap::new();
    for (place, one) in own.iter().enumerate() {
        let others = own.iter().enumerate().filter(|(other, _)| *other != place).map(|(_, other)| other);
        for other in others.filter(|other| one.starts_at < other.ends_at && other.starts_at < one.ends_at) {
            found.entry(one.id.inner().to_owned()).or_default().push(other.name.clone());
        }
    }
    found
}
