//! The fields of an event as they are typed, and how two organizers' changes of them meet.

use super::form::{Field, Meeting};

/// Name, address, description, start, end and zone, as they stand in the fields.
pub type Typed = [String; 6];

/// Their names in the API, in the same order.
pub const FIELDS: [Field; 6] = ["name", "slug", "description", "startsAt", "endsAt", "timeZone"];

/// What is typed after somebody else saved: their value where this person changed nothing since `base`, and this person's own
/// elsewhere, with the names of the fields that both changed.
pub fn merge(typed: &Typed, base: &Typed, theirs: &Typed) -> (Typed, Vec<Field>) {
    let mut meeting = Meeting::default();
    let merged = std::array::from_fn(|at| meeting.pick(FIELDS[at], &typed[at], &base[at], &theirs[at]));
    (merged, meeting.both)
}

/// What is typed, with one field as somebody else `saved` it.
pub fn taking(typed: &Typed, field: Field, saved: &Typed) -> Typed {
    std::array::from_fn(|at| if FIELDS[at] == field { &saved[at] } else { &typed[at] }.clone())
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
        assert_eq!(
            merge(&typed("b", "UTC"), &base, &typed("a", "Europe/Berlin")),
            (typed("b", "Europe/Berlin"), vec![])
        );
        assert_eq!(merge(&typed("b", "UTC"), &base, &typed("c", "UTC")), (typed("b", "UTC"), vec!["name"]));
        assert_eq!(merge(&typed("c", "UTC"), &base, &typed("c", "UTC")), (typed("c", "UTC"), vec![]), "they agree");
    }

    #[test]
    fn a3_one_field_is_taken_as_the_other_one_saved_it_and_the_rest_stays() {
        let (mine, saved) = (typed("b", "Asia/Tokyo"), typed("c", "UTC"));
        assert_eq!(taking(&mine, "name", &saved), typed("c", "Asia/Tokyo"));
        assert_eq!(taking(&mine, "timeZone", &saved), typed("b", "UTC"));
    }
}
