//! An event's sessions as this person finds them, in the order of lists: by priority, then as organizers put them (B6).

use super::session_filter::{self, Filter};
use super::waiting::Waiting;
use crate::api::DateTime;
use crate::api::session::{RoomState, Session, SessionChange, ShareAccess};
use chrono::NaiveDate;
use std::collections::HashMap;
use std::sync::Arc;

/// What was heard while the list was on its way: it may be newer than what the list will say.
#[derive(Clone, Debug, Default)]
pub struct Heard {
    sessions: HashMap<String, SessionChange>,
    rooms: HashMap<String, RoomState>,
}

impl Heard {
    pub fn session(&mut self, change: SessionChange) {
        self.sessions.insert(change.session_id.inner().to_owned(), change);
    }

    pub fn room(&mut self, room: RoomState) {
        self.rooms.insert(room.session_id.inner().to_owned(), room);
    }
}

/// Sessions are shared, so that a view keeps its own for the price of a pointer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sessions {
    list: Vec<Arc<Session>>,
    /// Where each stands in the list, by its id.
    places: HashMap<String, usize>,
    /// The version by which each that went has gone: an older copy of it may still be on its way.
    gone: HashMap<String, i32>,
}

impl Sessions {
    pub fn new(list: Vec<Session>) -> Sessions {
        let mut list: Vec<Arc<Session>> = list.into_iter().map(Arc::new).collect();
        list.sort_by(|a, b| order(a, b));
        let mut sessions = Sessions { list, ..Sessions::default() };
        sessions.index();
        sessions
    }

    /// The list, and what was heard since it was asked for.
    pub fn with(mut self, heard: Heard) -> Sessions {
        heard.sessions.into_values().for_each(|change| self.apply(change));
        heard.rooms.into_values().for_each(|room| self.set_room(room));
        self
    }

    /// Those that are to be kept, in the same order.
    pub fn only(&self, keep: impl Fn(&Session) -> bool) -> Sessions {
        let list = self.list.iter().filter(|session| keep(session)).cloned().collect();
        let mut sessions = Sessions { list, ..Sessions::default() };
        sessions.index();
        sessions
    }

    pub fn all(&self) -> &[Arc<Session>] {
        &self.list
    }

    pub fn find(&self, id: &str) -> Option<&Arc<Session>> {
        self.places.get(id).and_then(|place| self.list.get(*place))
    }

    /// Applies a change, somebody else's or an own one alike. An older copy that comes late changes nothing. Who is in the
    /// room is told by itself, and what is known of it may be newer than the change.
    pub fn apply(&mut self, change: SessionChange) {
        let id = change.session_id.inner();
        let known = self.find(id).map(|known| known.version).or_else(|| self.gone.get(id).copied());
        if known.is_some_and(|known| known > change.version) {
            return;
        }
        let room = self.find(id).map(|known| known.room.clone());
        self.list.retain(|session| session.id.inner() != id);
        match change.session {
            Some(mut session) => {
                session.room = room.unwrap_or(session.room);
                self.gone.remove(id);
                let place = self.list.partition_point(|other| order(other, &session).is_lt());
                self.list.insert(place, Arc::new(session));
            }
            None => _ = self.gone.insert(id.to_owned(), change.version),
        }
        self.index();
    }

    /// Takes the live state of one room.
    pub fn set_room(&mut self, room: RoomState) {
        let place = self.places.get(room.session_id.inner()).copied();
        if let Some(session) = place.and_then(|place| self.list.get_mut(place)) {
            Arc::make_mut(session).room = room;
        }
    }

    /// The rooms that somebody is in, those with the most people first.
    pub fn busy(&self) -> Vec<Arc<Session>> {
        let mut busy: Vec<Arc<Session>> =
            self.list.iter().filter(|session| session.room.people() > 0).cloned().collect();
        busy.sort_by_key(|session| std::cmp::Reverse(session.room.people()));
        busy
    }

    /// Whether others than organizers may be hosts of one of them: its moderators (D4), or who made it (N1).
    pub fn have_own_hosts(&self) -> bool {
        self.list.iter().any(|session| session.share_access == ShareAccess::Moderated || session.creator.is_some())
    }

    /// The ids of those where people ask to go on screen (D2): the same whatever the order of the list.
    pub fn moderated(&self) -> Vec<String> {
        let moderated = self.list.iter().filter(|session| session.share_access == ShareAccess::Moderated);
        let mut ids: Vec<String> = moderated.map(|session| session.id.inner().to_owned()).collect();
        ids.sort_unstable();
        ids
    }

    /// Whether somebody is in any room.
    pub fn is_busy(&self) -> bool {
        self.list.iter().any(|session| session.room.people() > 0)
    }

    /// How many ask to go on screen in them.
    pub fn asking(&self, waiting: &Waiting) -> i32 {
        self.list.iter().map(|session| waiting.of(session)).sum()
    }

    /// Those that are wanted (B7). `offset` gives the event's minutes ahead of UTC at an instant.
    pub fn matching(&self, wanted: &Filter, offset: impl Fn(DateTime) -> i32) -> Vec<&Session> {
        self.list.iter().map(Arc::as_ref).filter(|session| wanted.matches(session, &offset)).collect()
    }

    /// Every date on which one of them is shown by a segment, in order.
    pub fn dates(&self, offset: impl Fn(DateTime) -> i32) -> Vec<NaiveDate> {
        let mut dates: Vec<NaiveDate> =
            self.list.iter().flat_map(|session| session_filter::dates(&session.windows, &offset)).collect();
        dates.sort_unstable();
        dates.dedup();
        dates
    }

    /// Every tag in use, once, in alphabetical order.
    pub fn tags(&self) -> Vec<String> {
        let mut tags: Vec<String> = self.list.iter().flat_map(|session| session.tags.iter().cloned()).collect();
        tags.sort_by_key(|tag| tag.to_lowercase());
        tags.dedup();
        tags
    }

    fn index(&mut self) {
        self.places =
            self.list.iter().enumerate().map(|(place, session)| (session.id.inner().to_owned(), place)).collect();
    }
}

fn order(a: &Session, b: &Session) -> std::cmp::Ordering {
    b.priority.cmp(&a.priority).then_with(|| a.sort_key.cmp(&b.sort_key)).then_with(|| a.id.inner().cmp(b.id.inner()))
}

/// Beside which session a dragged one goes.
#[derive(Clone, Debug, PartialEq)]
pub enum Place {
    After(String),
    Before(String),
}

/// Where `id` goes when it is dropped on `target`, one of the shown: behind it from above, before it from below.
pub fn dropped(shown: &[String], id: &str, target: &str) -> Option<Place> {
    let at = |wanted: &str| shown.iter().position(|id| id == wanted);
    match at(id)?.cmp(&at(target)?) {
        std::cmp::Ordering::Less => Some(Place::After(target.to_owned())),
        std::cmp::Ordering::Greater => Some(Place::Before(target.to_owned())),
        std::cmp::Ordering::Equal => None,
    }
}

/// Beside which of the shown `id` goes when it is moved up (-1) or down (1) by `most` places at the most: never past one that is
/// not alike.
pub fn moved(shown: &[String], id: &str, step: isize, most: usize, is_alike: impl Fn(&str) -> bool) -> Option<Place> {
    let at = shown.iter().position(|other| other == id)?;
    let places = (1..=most).map_while(|far| at.checked_add_signed(step.checked_mul(isize::try_from(far).ok()?)?));
    let target = places.map_while(|place| shown.get(place)).take_while(|other| is_alike(other)).last()?;
    dropped(shown, id, target)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::api::registration::Person;
    use crate::api::session::{DisplaySize, Scheduling, WatchAccess};

    pub fn session(id: &str, title: &str, priority: i32, version: i32) -> Session {
        let session_id = cynic::Id::new(id);
        Session {
            picture: None,
            picture_alt: String::new(),
            creator: None,
            id: session_id.clone(),
            title: title.into(),
            description: String::new(),
            tags: vec![format!("tag {id}")],
            display_size: DisplaySize::Medium,
            priority,
            sort_key: title.into(),
            watch_access: WatchAccess::Anyone,
            ticket_type_ids: Vec::new(),
            share_access: ShareAccess::Anyone,
            max_participants: 50,
            youtube_sharing: false,
            scheduling: Scheduling::AlwaysOpen,
            windows: Vec::new(),
            version,
            url: String::new(),
            test_run: false,
            room: RoomState { session_id, viewer_count: 0, seats_in_use: 0, on_screen: Vec::new() },
        }
    }

    fn changed(session: Session) -> SessionChange {
        SessionChange { session_id: session.id.clone(), version: session.version, session: Some(session) }
    }

    fn gone(id: &str, version: i32) -> SessionChange {
        SessionChange { session_id: cynic::Id::new(id), version, session: None }
    }

    fn titles(sessions: &Sessions) -> Vec<&str> {
        sessions.all().iter().map(|session| session.title.as_str()).collect()
    }

    fn three() -> Sessions {
        Sessions::new(vec![session("1", "b", 0, 1), session("2", "a", 0, 1), session("3", "z", 9, 1)])
    }

    #[test]
    fn b6_dropped_from_above_it_goes_behind_and_from_below_before() {
        let shown = ["a", "b", "c"].map(str::to_owned);
        assert_eq!(dropped(&shown, "a", "c"), Some(Place::After("c".into())));
        assert_eq!(dropped(&shown, "c", "a"), Some(Place::Before("a".into())));
        assert_eq!(dropped(&shown, "b", "b"), None);
    }

    #[test]
    fn b6_the_keyboard_moves_by_one_or_as_far_as_the_priority_goes() {
        let shown = ["first", "a", "b", "c", "d"].map(str::to_owned);
        let to = |id: &str, step, most| moved(&shown, id, step, most, |other| other != "first");
        let (before, after) = (|id: &str| Some(Place::Before(id.into())), |id: &str| Some(Place::After(id.into())));
        assert_eq!([to("b", -1, 1), to("b", 1, 1)], [before("a"), after("c")]);
        assert_eq!([to("d", -1, usize::MAX), to("a", 1, usize::MAX)], [before("a"), after("d")]);
        assert_eq!([to("d", -1, 2), to("a", -1, 10), to("d", 1, usize::MAX)], [before("b"), None, None]);
    }

    #[test]
    fn b6_higher_priority_stands_first_then_the_place() {
        assert_eq!(titles(&three()), ["z", "a", "b"]);
    }

    #[test]
    fn b10_a_change_moves_its_session_and_an_older_copy_changes_nothing() {
        let mut sessions = three();
        sessions.apply(changed(session("1", "first", 10, 3)));
        assert_eq!(titles(&sessions), ["first", "z", "a"]);
        sessions.apply(changed(session("1", "late", 10, 2)));
        assert_eq!(titles(&sessions), ["first", "z", "a"]);
        sessions.apply(changed(session("4", "m", 0, 1)));
        assert_eq!(titles(&sessions), ["first", "z", "a", "m"]);
    }

    /// D3: pages ask hosts' queues again when other sessions are moderated, and not when the same ones stand in another order.
    #[test]
    fn d3_what_is_moderated_does_not_depend_on_the_order_of_the_list() {
        let moderated =
            |id: &str, priority| Session { share_access: ShareAccess::Moderated, ..session(id, "title", priority, 1) };
        let of =
            |first, last| Sessions::new(vec![moderated("1", first), session("2", "open", 5, 1), moderated("3", last)]);
        assert_eq!(of(9, 0).all().first().map(|first| first.id.inner()), Some("1"));
        assert_eq!(
            (of(9, 0).moderated(), of(0, 9).moderated()),
            (vec!["1".into(), "3".into()], vec!["1".into(), "3".into()])
        );
    }

    #[test]
    fn o3_a_change_of_the_session_leaves_its_room_as_it_is_known() {
        let mut sessions = three();
        let session_id = cynic::Id::new("1");
        sessions.set_room(RoomState { session_id, viewer_count: 4, seats_in_use: 0, on_screen: Vec::new() });
        sessions.apply(changed(session("1", "renamed", 0, 2)));
        assert_eq!(sessions.find("1").map(|session| session.room.viewer_count), Some(4));
    }

    #[test]
    fn c2_a_session_that_is_not_found_any_more_goes() {
        let mut sessions = three();
        sessions.apply(gone("3", 2));
        assert_eq!(titles(&sessions), ["a", "b"]);
        assert!(sessions.find("3").is_none());
        assert_eq!(sessions.find("1").map(|session| session.title.as_str()), Some("b"));
    }

    #[test]
    fn c2_an_older_copy_of_what_has_gone_does_not_bring_it_back() {
        let mut sessions = three();
        sessions.apply(gone("3", 5));
        sessions.apply(changed(session("3", "z", 9, 4)));
        assert!(sessions.find("3").is_none());
        sessions.apply(changed(session("3", "z", 9, 5)));
        assert!(sessions.find("3").is_some(), "found again at the same version: the invite list has changed");
        sessions.apply(gone("3", 4));
        assert!(sessions.find("3").is_some(), "an older removal is late as well");
    }

    #[test]
    fn b10_what_was_heard_while_the_list_was_on_its_way_is_not_lost() {
        let mut heard = Heard::default();
        heard.session(changed(session("1", "newer", 0, 2)));
        heard.session(changed(session("2", "older", 0, 0)));
        heard.session(gone("3", 2));
        let session_id = cynic::Id::new("1");
        heard.room(RoomState { session_id, viewer_count: 4, seats_in_use: 0, on_screen: Vec::new() });
        let sessions = three().with(heard);
        assert_eq!(titles(&sessions), ["a", "newer"]);
        assert_eq!(sessions.find("1").map(|session| session.room.viewer_count), Some(4));
    }

    #[test]
    fn g1_busy_rooms_stand_by_how_many_are_inside() {
        let mut sessions = three();
        for (id, viewer_count) in [("1", 3), ("3", 7)] {
            let session_id = cynic::Id::new(id);
            sessions.set_room(RoomState { session_id, viewer_count, seats_in_use: 0, on_screen: Vec::new() });
        }
        assert_eq!(sessions.busy().iter().map(|session| session.title.as_str()).collect::<Vec<_>>(), ["z", "b"]);
    }

    #[test]
    fn d4_who_may_be_a_host_without_being_an_organizer() {
        assert!(!three().have_own_hosts());
        let moderated = Session { share_access: ShareAccess::Moderated, ..session("1", "a", 0, 1) };
        assert!(Sessions::new(vec![moderated]).have_own_hosts());
        let creator = Some(Person { id: cynic::Id::new("account:1"), name: "Ada".into() });
        let own = Session { creator, ..session("1", "a", 0, 1) };
        assert!(Sessions::new(vec![own]).have_own_hosts());
    }

    #[test]
    fn b7_search_and_tag_narrow_the_list() {
        let sessions = three();
        let matching = |text: &str, tags: &[&str]| {
            let tags = tags.iter().map(|tag| (*tag).to_owned()).collect();
            sessions.matching(&Filter { text: text.into(), tags, ..Filter::default() }, |_| 0).len()
        };
        assert_eq!([matching(" Z ", &[]), matching("", &["tag 1"]), matching("z", &["tag 1"])], [1, 1, 0]);
        assert_eq!(sessions.tags(), ["tag 1", "tag 2", "tag 3"]);
    }
}
