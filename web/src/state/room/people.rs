//! The people in the room as the list beside the stage has them (I2): as many as were loaded, kept by what is told of who comes and
//! goes. Pure.

use crate::api::room_people::{RoomPeopleChange, RoomPeoplePage, RoomPerson, RoomRole};
use std::collections::HashSet;
use std::sync::Arc;

/// Changes that are remembered for pages that are still on their way.
const HEARD: usize = 64;

#[derive(Clone, Debug, Default)]
pub struct Crowd {
    /// In the order of their sort keys.
    rows: Vec<Arc<RoomPerson>>,
    hosts: Vec<Arc<RoomPerson>>,
    /// Where the next page begins; none when all are loaded.
    more: Option<String>,
    total: i32,
    /// The newest changes, for a page that was read before them and comes after them.
    heard: Vec<RoomPeopleChange>,
}

impl Crowd {
    /// The first pages, in place of all that was loaded.
    pub fn take_anew(&mut self, pages: Vec<RoomPeoplePage>, hosts: Vec<RoomPerson>) {
        self.rows.clear();
        self.hosts = hosts.into_iter().map(Arc::new).collect();
        pages.into_iter().for_each(|page| self.take(page));
    }

    /// The page after `after`. One that belongs to another list, or came twice, changes nothing; says whether it did.
    pub fn take_more(&mut self, after: &str, page: RoomPeoplePage) -> bool {
        let fits = self.more.as_deref() == Some(after);
        if fits {
            self.take(page);
        }
        fits
    }

    fn take(&mut self, page: RoomPeoplePage) {
        self.more = page.more();
        let RoomPeoplePage { nodes, total_count, revision, .. } = page;
        // Whose name changed between two pages stands in one place only.
        let ids: HashSet<&str> = nodes.iter().map(|one| one.person.id.inner()).collect();
        self.rows.retain(|row| !ids.contains(row.person.id.inner()));
        for person in nodes {
            place(&mut self.rows, Arc::new(person));
        }
        self.total = total_count;
        let newer: Vec<RoomPeopleChange> =
            self.heard.iter().filter(|change| change.revision > revision).cloned().collect();
        newer.iter().for_each(|change| self.follow(change));
    }

    /// Takes a change in, and says whether the list has to be read again.
    pub fn apply(&mut self, change: RoomPeopleChange) -> bool {
        if change.anew {
            return true;
        }
        self.follow(&change);
        self.heard.push(change);
        if self.heard.len() > HEARD {
            self.heard.remove(0);
        }
        false
    }

    fn follow(&mut self, change: &RoomPeopleChange) {
        let joined = change.joined.iter().map(|one| one.person.id.inner());
        let gone: HashSet<&str> = change.left.iter().map(cynic::Id::inner).chain(joined).collect();
        for list in [&mut self.rows, &mut self.hosts] {
            list.retain(|row| !gone.contains(row.person.id.inner()));
        }
        for person in change.joined.iter().cloned().map(Arc::new) {
            if person.role == RoomRole::Host {
                place(&mut self.hosts, Arc::clone(&person));
            }
            // Who stands behind what is loaded comes with a later page.
            if self.more.as_ref().is_none_or(|more| person.sort_key <= *more) {
                place(&mut self.rows, person);
            }
        }
        self.total = change.count;
    }

    pub fn rows(&self) -> &[Arc<RoomPerson>] {
        &self.rows
    }

    pub fn hosts(&self) -> &[Arc<RoomPerson>] {
        &self.hosts
    }

    pub fn more(&self) -> Option<&str> {
        self.more.as_deref()
    }

    /// How many there are, loaded or not.
    pub fn total(&self) -> i32 {
        self.total
    }
}

/// At their place; in place of themselves.
fn place(list: &mut Vec<Arc<RoomPerson>>, person: Arc<RoomPerson>) {
    match list.binary_search_by(|row| row.sort_key.cmp(&person.sort_key)) {
        Ok(place) => list[place] = person,
        Err(place) => list.insert(place, person),
    }
}

/// The rows of a list of `len` that are in sight, with a few around them: from and to.
pub fn in_sight(len: usize, row: f64, (top, height): (f64, f64)) -> (usize, usize) {
    const AROUND: f64 = 12.0;
    let at = |pixels: f64| (pixels / row).floor();
    // Numbers below zero are none.
    let from = ((at(top) - AROUND).max(0.0) as usize).min(len);
    let to = ((at(top + height) + AROUND + 1.0).max(0.0) as usize).clamp(from, len);
    (from, to)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::registration::PageInfo;
    use crate::api::share_request::Asker;

    fn person(name: &str, role: RoomRole) -> RoomPerson {
        let asker = Asker { id: cynic::Id::new(format!("account:{name}")), name: name.into(), picture: None };
        RoomPerson { person: asker, role, sort_key: format!("{name}\u{1}account:{name}") }
    }

    fn page(names: &[&str], revision: i32, more: bool) -> RoomPeoplePage {
        let nodes: Vec<RoomPerson> = names.iter().map(|name| person(name, RoomRole::Attendee)).collect();
        let end_cursor = nodes.last().map(|one| one.sort_key.clone());
        let page_info = PageInfo { has_next_page: more, end_cursor };
        RoomPeoplePage { total_count: i32::try_from(nodes.len()).unwrap(), nodes, page_info, revision }
    }

    fn change(revision: i32, joined: &[&str], left: &[&str]) -> RoomPeopleChange {
        RoomPeopleChange {
            revision,
            joined: joined.iter().map(|name| person(name, RoomRole::Attendee)).collect(),
            left: left.iter().map(|name| cynic::Id::new(format!("account:{name}"))).collect(),
            count: 9,
            anew: false,
        }
    }

    fn names(crowd: &Crowd) -> Vec<&str> {
        crowd.rows().iter().map(|row| row.person.name.as_str()).collect()
    }

    /// I2: who comes and goes while the list is open is in it or not, at their place.
    #[test]
    fn i2_the_list_follows_who_comes_and_goes() {
        let mut crowd = Crowd::default();
        crowd.take_anew(vec![page(&["a", "c", "e"], 1, false)], Vec::new());
        assert!(!crowd.apply(change(2, &["d", "f"], &["a"])));
        assert_eq!((names(&crowd), crowd.total()), (vec!["c", "d", "e", "f"], 9));
        assert!(crowd.apply(RoomPeopleChange { anew: true, ..change(3, &[], &[]) }));
    }

    /// I2: behind what is loaded nobody is shown, or the next page would bring others twice or not at all.
    #[test]
    fn i2_who_stands_behind_the_loaded_page_comes_with_the_next() {
        let mut crowd = Crowd::default();
        crowd.take_anew(vec![page(&["a", "c"], 1, true)], Vec::new());
        crowd.apply(change(2, &["b", "d"], &[]));
        assert_eq!(names(&crowd), ["a", "b", "c"]);
        assert!(!crowd.take_more("wrong", page(&["x"], 2, false)));
        let after = crowd.more().unwrap().to_owned();
        assert!(crowd.take_more(&after, page(&["d", "e"], 2, false)));
        assert_eq!((names(&crowd), crowd.more()), (vec!["a", "b", "c", "d", "e"], None));
    }

    /// I2: a page that was read before a change and comes after it brings nobody back.
    #[test]
    fn i2_a_page_that_comes_late_is_brought_up_to_date() {
        let mut crowd = Crowd::default();
        crowd.apply(change(5, &["b"], &["a"]));
        crowd.take_anew(vec![page(&["a", "c"], 4, false)], Vec::new());
        assert_eq!(names(&crowd), ["b", "c"]);
        crowd.take_anew(vec![page(&["a", "c"], 5, false)], Vec::new());
        assert_eq!(names(&crowd), ["a", "c"], "a page that knows of it is as it is");
    }

    /// I2: whoever has read far down stays there when the list is read again: it has as many pages as before, and each is brought up to
    /// date by itself.
    #[test]
    fn i2_what_is_read_again_is_as_long_as_it_was() {
        let mut crowd = Crowd::default();
        crowd.apply(change(4, &["d"], &["a"]));
        crowd.take_anew(vec![page(&["a", "c"], 3, true), page(&["d", "e"], 4, true)], Vec::new());
        assert_eq!(names(&crowd), ["c", "d", "e"]);
        assert_eq!(crowd.more(), page(&["e"], 4, true).more().as_deref());
        crowd.take_anew(vec![page(&["c"], 5, false)], Vec::new());
        assert_eq!((names(&crowd), crowd.more()), (vec!["c"], None));
    }

    /// I2: nobody stands in it twice, also when their name changes between two pages.
    #[test]
    fn i2_who_is_renamed_between_two_pages_stands_in_it_once() {
        let mut crowd = Crowd::default();
        let mut renamed = page(&["z"], 2, false);
        renamed.nodes[0].person.id = cynic::Id::new("account:a");
        crowd.take_anew(vec![page(&["a", "c"], 1, true), renamed], Vec::new());
        assert_eq!(names(&crowd), ["c", "z"]);
    }

    /// I2: hosts are listed by themselves, and who becomes one moves there.
    #[test]
    fn i2_hosts_are_known_also_when_their_page_is_not() {
        let mut crowd = Crowd::default();
        crowd.take_anew(vec![page(&["a"], 1, true)], vec![person("z", RoomRole::Host)]);
        let joined = vec![person("y", RoomRole::Host)];
        crowd.apply(RoomPeopleChange { joined, ..change(2, &[], &["z"]) });
        let hosts: Vec<&str> = crowd.hosts().iter().map(|row| row.person.name.as_str()).collect();
        assert_eq!((hosts, names(&crowd)), (vec!["y"], vec!["a"]));
    }

    /// I2: of thousands a few dozen are drawn.
    #[test]
    fn i2_only_rows_in_sight_are_drawn() {
        assert_eq!(in_sight(5_000, 50.0, (0.0, 500.0)), (0, 23));
        assert_eq!(in_sight(5_000, 50.0, (100_000.0, 500.0)), (1_988, 2_023));
        assert_eq!(in_sight(3, 50.0, (0.0, 500.0)), (0, 3));
        assert_eq!(in_sight(3, 50.0, (-400.0, 100.0)), (0, 3));
        assert_eq!(in_sight(0, 50.0, (0.0, 500.0)), (0, 0));
    }
}
