//! Who is offered to be mentioned.

use crate::api::people::Person;

/// How many at once.
pub const OFFERS: usize = 6;

/// Those whose names fit what was typed, each once, the best first: names that begin with it, then names with a word that
/// does, then what the server found besides. `people` come in the order in which they are near.
pub fn offers(people: Vec<Person>, query: &str, me: Option<&str>) -> Vec<Person> {
    let query = query.trim().to_lowercase();
    let mut fitting: Vec<(u8, Person)> = Vec::new();
    for person in people {
        let id = person.id.inner();
        let known = fitting.iter_mut().find(|(_, known)| known.id == person.id);
        if let Some((_, known)) = known {
            // Somewhere else more of them may be known.
            if known.headline.is_empty() {
                known.headline = person.headline;
            }
            known.picture = known.picture.take().or(person.picture);
            continue;
        }
        if Some(id) != me
            && let Some(rank) = rank(&person.name, &query)
        {
            fitting.push((rank, person));
        }
    }
    fitting.sort_by_key(|(rank, _)| *rank);
    fitting.into_iter().map(|(_, person)| person).take(OFFERS).collect()
}

fn rank(name: &str, query: &str) -> Option<u8> {
    let name = name.to_lowercase();
    if name.starts_with(query) {
        return Some(0);
    }
    let begins = name.match_indices(query).any(|(at, _)| {
        let before = name[..at].chars().next_back();
        before.is_some_and(|before| !before.is_alphanumeric())
    });
    if begins {
        return Some(1);
    }
    name.contains(query).then_some(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(id: &str, name: &str) -> Person {
        Person { id: cynic::Id::new(id), name: name.into(), headline: String::new(), picture: None }
    }

    fn found(query: &str) -> Vec<String> {
        let names = ["Zoë Adams", "Adam Smith", "Ben Gada", "Ada Lovelace", "Jean-Adrien", "שרה אדם"];
        let people = names.iter().enumerate().map(|(number, name)| person(&number.to_string(), name)).collect();
        offers(people, query, Some("3")).into_iter().map(|person| person.name).collect()
    }

    #[test]
    fn i1_names_are_found_by_their_words() {
        assert_eq!(found("ada"), ["Adam Smith", "Zoë Adams", "Ben Gada"], "not oneself");
        assert_eq!(found("ADR"), ["Jean-Adrien"]);
        assert_eq!(found("אד"), ["שרה אדם"]);
        assert_eq!(found("zoë "), ["Zoë Adams"]);
        assert_eq!(found("x"), Vec::<String>::new());
        assert_eq!(found("").len(), 5);
    }

    #[test]
    fn i1_each_person_is_offered_once_and_two_of_one_name_are_two() {
        let all =
            vec![person("1", "Ada"), person("2", "Ada"), Person { headline: "Poet".into(), ..person("1", "Ada") }];
        let offered = offers(all, "ada", None);
        let seen: Vec<(&str, &str)> =
            offered.iter().map(|person| (person.id.inner(), person.headline.as_str())).collect();
        assert_eq!(seen, [("1", "Poet"), ("2", "")]);
    }
}
