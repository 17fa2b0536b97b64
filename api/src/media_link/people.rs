//! Everybody in one room, by name, so that any page of thousands is there at once (I2). Pure.

use crate::ids::AccountId;
use crate::model::page::{Page, Slice};
use icu_normalizer::DecomposingNormalizerBorrowed;
use std::collections::{BTreeMap, HashMap};
use std::ops::Bound;
use std::sync::Arc;

/// Stands between name and id in a key: below every letter, and in no name.
const SEPARATOR: char = '\u{1}';

/// Somebody inside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Insider {
    pub account: AccountId,
    pub name: Arc<str>,
    /// Their place in the list: people stand in the order of these, by code points. Also the cursor, so that a page begins where
    /// the one before ended, whoever came and went in between.
    pub key: Arc<str>,
}

#[derive(Debug, Default)]
pub struct People {
    by_key: BTreeMap<Arc<str>, Insider>,
    keys: HashMap<AccountId, Arc<str>>,
}

impl People {
    /// Somebody came in, or has another name now. Says whether that is news.
    pub fn insert(&mut self, account: AccountId, name: &str) -> Option<Insider> {
        let key: Arc<str> = format!("{}{SEPARATOR}{account}", folded(name)).into();
        let known = self.keys.get(&account).and_then(|key| self.by_key.get(key));
        if known.is_some_and(|known| *known.name == *name) {
            return None;
        }
        self.remove(account);
        let insider = Insider { account, name: name.into(), key: Arc::clone(&key) };
        self.keys.insert(account, Arc::clone(&key));
        self.by_key.insert(key, insider.clone());
        Some(insider)
    }

    /// Says whether they were inside.
    pub fn remove(&mut self, account: AccountId) -> bool {
        self.keys.remove(&account).is_some_and(|key| self.by_key.remove(&key).is_some())
    }

    pub fn find(&self, account: AccountId) -> Option<&Insider> {
        self.keys.get(&account).and_then(|key| self.by_key.get(key))
    }

    pub fn len(&self) -> usize {
        self.keys.len()
    }

    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// A page of those whose name has `search` in it, whatever the case and the accents, and that `are`; and how many there are.
    pub fn page(
        &self,
        search: Option<&str>,
        are: Option<&dyn Fn(AccountId) -> bool>,
        slice: &Slice<String>,
    ) -> (Page<Insider>, usize) {
        let needle = search.map(folded);
        let wanted = |one: &&Insider| {
            let name = one.key.split(SEPARATOR).next().unwrap_or_default();
            needle.as_deref().is_none_or(|needle| name.contains(needle)) && are.is_none_or(|are| are(one.account))
        };
        let total = match (&needle, are) {
            (None, None) => self.len(),
            _ => self.by_key.values().filter(wanted).count(),
        };
        let from = slice.after.as_deref().map_or(Bound::Unbounded, Bound::Excluded);
        let rows = self.by_key.range::<str, _>((from, Bound::Unbounded)).map(|(_, one)| one).filter(wanted);
        (Page::of(rows.take(slice.first + 1).cloned().collect(), slice.first), total)
    }
}

/// A name as it is searched and sorted: small letters without accents.
fn folded(name: &str) -> String {
    let plain = DecomposingNormalizerBorrowed::new_nfkd().normalize(name);
    plain.chars().filter(|c| !is_accent(*c) && !c.is_control()).flat_map(char::to_lowercase).collect()
}

fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::Id;

    fn account(number: usize) -> AccountId {
        AccountId::from_ulid(ulid::Ulid(number as u128))
    }

    fn of(names: &[&str]) -> People {
        let mut people = People::default();
        for (number, name) in names.iter().enumerate() {
            assert!(people.insert(account(number), name).is_some());
        }
        people
    }

    fn names(people: &People, search: Option<&str>) -> Vec<String> {
        let (page, total) = people.page(search, None, &Slice { after: None, first: 100 });
        assert_eq!(page.rows.len(), total);
        page.rows.iter().map(|one| one.name.to_string()).collect()
    }

    /// I2: by name and not by code points, and found whatever is typed of it.
    #[test]
    fn i2_case_and_accents_do_not_matter() {
        let people = of(&["Émile Zola", "emil Nolde", "Ada Lovelace", "Zoë", "Ann", "Ann Lee"]);
        assert_eq!(names(&people, None), ["Ada Lovelace", "Ann", "Ann Lee", "emil Nolde", "Émile Zola", "Zoë"]);
        assert_eq!(names(&people, Some("EMIL")), ["emil Nolde", "Émile Zola"]);
        assert_eq!(names(&people, Some("zoé")), ["Zoë"]);
        assert_eq!(names(&people, Some("lace")), ["Ada Lovelace"]);
        assert_eq!(names(&people, Some("account")), Vec::<String>::new(), "ids are not searched");
    }

    /// I2: whoever comes and goes between two pages, nobody who stays is left out or comes twice.
    #[test]
    fn i2_pages_go_on_where_the_last_one_ended() {
        let mut people = of(&["b", "d", "f", "h", "j"]);
        let (first, _) = people.page(None, None, &Slice { after: None, first: 2 });
        assert!(first.has_next);
        let after = first.rows.last().map(|one| one.key.to_string());
        people.remove(account(1));
        people.insert(account(7), "a");
        people.insert(account(8), "e");
        let (second, total) = people.page(None, None, &Slice { after, first: 3 });
        let names: Vec<&str> = second.rows.iter().map(|one| &*one.name).collect();
        assert_eq!((names, total, second.has_next), (vec!["e", "f", "h"], 6, true));
    }

    #[test]
    fn i2_another_name_is_another_place() {
        let mut people = of(&["Ada", "Bob"]);
        assert_eq!(people.insert(account(0), "Ada"), None, "no news");
        assert!(people.insert(account(0), "Zoe").is_some());
        assert_eq!((names(&people, None), people.len()), (vec!["Bob".to_owned(), "Zoe".to_owned()], 2));
    }
}
