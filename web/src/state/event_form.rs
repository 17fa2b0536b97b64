//! The fields of an event as they are typed, and how two organizers' changes of them meet.

use super::form::{Field, Meeting, Meets};

/// Name, address, description, start, end and zone, as they stand in the fields.
pub type Typed = [String; 6];

/// Their names in the API, in the same order.
pub const FIELDS: [Field; 6] = ["name", "slug", "description", "startsAt", "endsAt", "timeZone"];

impl Meets for Typed {
    fn meet(&self, base: &Typed, theirs: &Typed, meeting: &mut Meeting) -> Typed {
        std::array::from_fn(|at| meeting.pick(FIELDS[at], &self[at], &base[at], &theirs[at]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(name: &str, zone: &str) -> Typed {
        [name, "summit", "", "2027-06-01T10:00", "2027-06-01T12:00", zone].map(str::to_owned)
    }

    #[test]
    fn a3_what_another_organizer_changes_shows_and_what_one_typed_stays() {
        let base = typed("a", "UTC");
        assert_eq!(typed("b", "UTC").merge(&base, &typed("a", "Europe/Berlin")), (typed("b", "Europe/Berlin"), vec![]));
        assert_eq!(typed("b", "UTC").merge(&base, &typed("c", "UTC")), (typed("b", "UTC"), vec!["name"]));
        assert_eq!(typed("c", "UTC").merge(&base, &typed("c", "UTC")), (typed("c", "UTC"), vec![]), "they agree");
    }

    #[test]
    fn a3_one_field_is_taken_as_the_other_one_saved_it_and_the_rest_stays() {
        let (mine, saved) = (typed("b", "Asia/Tokyo"), typed("c", "UTC"));
        assert_eq!(mine.taking("name", &saved), typed("c", "Asia/Tokyo"));
        assert_eq!(mine.taking("timeZone", &saved), typed("b", "UTC"));
    }
}
