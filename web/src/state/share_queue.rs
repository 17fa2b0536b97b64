//! Who asks to go on screen, in order, as a host sees it; and who decided what, for the host who was second (D5).

use crate::api::share_request::{ShareRequest, ShareRequestState};
use std::collections::HashMap;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ShareQueue {
    waiting: Vec<ShareRequest>,
    /// Approved while every seat was taken, since the page knows the queue: the first one first.
    approved: Vec<ShareRequest>,
    /// What was decided since the page knows the queue, by the request's id: an older copy of it may still be on its way.
    decided: HashMap<String, ShareRequest>,
}

/// What was heard while the list was on its way: it may be newer than what the list will say.
#[derive(Clone, Debug, Default)]
pub struct Heard {
    requests: HashMap<String, ShareRequest>,
    /// By the person's id, whether they are in the room.
    inside: HashMap<String, bool>,
}

impl Heard {
    pub fn request(&mut self, request: ShareRequest) {
        self.inside.insert(request.person.id.inner().to_owned(), request.inside);
        self.requests.insert(request.id.inner().to_owned(), request);
    }

    pub fn moved<'a>(&mut self, people: impl Iterator<Item = &'a cynic::Id>, inside: bool) {
        self.inside.extend(people.map(|person| (person.inner().to_owned(), inside)));
    }
}

impl ShareQueue {
    pub fn new(waiting: Vec<ShareRequest>) -> Self {
        let mut queue = Self::default();
        waiting.into_iter().for_each(|request| _ = queue.apply(request));
        queue
    }

    /// The list, and what was heard since it was asked for.
    pub fn with(mut self, heard: Heard) -> Self {
        heard.requests.into_values().for_each(|request| _ = self.apply(request));
        for one in &mut self.waiting {
            one.inside = heard.inside.get(one.person.id.inner()).copied().unwrap_or(one.inside);
        }
        self
    }

    /// What the list does not say is as it was known before.
    pub fn after(mut self, before: &Self) -> Self {
        let asks_again = |one: &ShareRequest| self.waiting.iter().any(|other| other.person.id == one.person.id);
        self.approved = before.approved.iter().filter(|&one| !asks_again(one)).cloned().collect();
        self
    }

    /// Takes a request as it is now, and says whether it is a new one.
    pub fn apply(&mut self, request: ShareRequest) -> bool {
        let id = request.id.inner();
        let known = self.waiting.iter().position(|one| one.id == request.id);
        if request.state != ShareRequestState::Waiting {
            self.approved.retain(|one| one.person.id != request.person.id);
            if request.state == ShareRequestState::Approved {
                self.approved.push(request.clone());
            }
            known.map(|place| self.waiting.remove(place));
            self.decided.insert(id.to_owned(), request);
            return false;
        }
        if known.is_some() || self.decided.contains_key(id) {
            return false;
        }
        self.approved.retain(|one| one.person.id != request.person.id);
        let order = |one: &ShareRequest| (one.requested_at, one.id.inner().to_owned());
        let place = self.waiting.partition_point(|other| order(other) < order(&request));
        self.waiting.insert(place, request);
        true
    }

    /// This host has decided it; how, is heard in a moment.
    pub fn remove(&mut self, id: &str) {
        self.waiting.retain(|one| one.id.inner() != id);
    }

    /// These came into the room, or left it. Says whether anybody among them waits.
    pub fn moved<'a>(&mut self, people: impl Iterator<Item = &'a cynic::Id>, inside: bool) -> bool {
        let mut any = false;
        for person in people {
            for one in self.waiting.iter_mut().filter(|one| one.person.id == *person) {
                any |= one.inside != inside;
                one.inside = inside;
            }
        }
        any
    }

    /// Whether the person of this request waits and is not in the room.
    pub fn is_away(&self, id: &str) -> bool {
        self.waiting.iter().any(|one| one.id.inner() == id && !one.inside)
    }

    /// The next one first.
    pub fn waiting(&self) -> &[ShareRequest] {
        &self.waiting
    }

    /// Who was approved and has not been on screen since, the next one first.
    pub fn approved(&self) -> impl Iterator<Item = &str> {
        self.approved.iter().map(|one| one.person.name.as_str())
    }

    /// These are on screen and every seat is taken; or one is free, so that who was approved goes on screen whenever they want to.
    /// Says whether anybody has no turn any more by that.
    pub fn settle(&mut self, seated: Option<&[String]>) -> bool {
        let before = self.approved.len();
        let is_seated =
            |seated: &[String], one: &ShareRequest| seated.iter().any(|person| person == one.person.id.inner());
        self.approved.retain(|one| seated.is_some_and(|seated| !is_seated(seated, one)));
        self.approved.len() != before
    }

    /// What became of a request that does not wait any more, as far as this page has heard.
    pub fn decision(&self, id: &str) -> Option<&ShareRequest> {
        self.decided.get(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::share_request::{Asker, Decider};
    use ShareRequestState::{Approved, Waiting, Withdrawn};

    fn request(id: &str, second: u32, state: ShareRequestState) -> ShareRequest {
        let at = format!("2026-03-01T09:00:{second:02}Z");
        ShareRequest {
            id: cynic::Id::new(id),
            person: Asker { id: cynic::Id::new(format!("account:{id}")), name: id.to_uppercase(), picture: None },
            requested_at: at.parse().unwrap(),
            state,
            inside: true,
            decided_by: (state == Approved).then(|| Decider { name: "Ada".into() }),
        }
    }

    fn names(queue: &ShareQueue) -> Vec<&str> {
        queue.waiting().iter().map(|request| request.person.name.as_str()).collect()
    }

    #[test]
    fn d5_the_queue_is_in_the_order_in_which_people_asked() {
        let mut queue = ShareQueue::new(vec![request("b", 2, Waiting), request("a", 1, Waiting)]);
        assert!(queue.apply(request("d", 9, Waiting)));
        assert!(queue.apply(request("c", 2, Waiting)));
        assert_eq!(names(&queue), ["A", "B", "C", "D"]);
    }

    #[test]
    fn d3_a_request_that_is_known_is_no_news() {
        let mut queue = ShareQueue::new(vec![request("a", 1, Waiting)]);
        assert!(!queue.apply(request("a", 1, Waiting)));
        assert_eq!(names(&queue), ["A"]);
    }

    #[test]
    fn d5_a_decided_request_goes_and_an_older_copy_does_not_bring_it_back() {
        let mut queue = ShareQueue::new(vec![request("a", 1, Waiting), request("b", 2, Waiting)]);
        assert!(!queue.apply(request("a", 1, Approved)));
        assert_eq!(names(&queue), ["B"]);
        assert!(!queue.apply(request("a", 1, Waiting)));
        assert_eq!(names(&queue), ["B"]);
    }

    /// D5: a request outlives its person's leaving, which hosts see.
    #[test]
    fn d5_who_waits_and_is_not_in_the_room_is_marked() {
        let mut queue = ShareQueue::new(vec![request("a", 1, Waiting), request("b", 2, Waiting)]);
        let (a, c) = (cynic::Id::new("account:a"), cynic::Id::new("account:c"));
        assert!(queue.moved([&a, &c].into_iter(), false));
        assert!(!queue.moved([&a].into_iter(), false), "no news");
        assert_eq!((queue.is_away("a"), queue.is_away("b")), (true, false));
        assert!(queue.moved([&a].into_iter(), true) && !queue.is_away("a"));
    }

    fn next(queue: &ShareQueue) -> String {
        queue.approved().collect::<Vec<_>>().join(" ")
    }

    /// D5: while every seat is taken, hosts see who has the next one.
    #[test]
    fn d5_who_was_approved_is_next_until_on_screen_or_given_back() {
        let mut queue =
            ShareQueue::new(vec![request("a", 1, Waiting), request("b", 2, Waiting), request("c", 3, Waiting)]);
        for id in ["b", "a", "c"] {
            queue.apply(request(id, 1, Approved));
        }
        assert!(!queue.settle(Some(&["account:dan".into()])));
        assert_eq!(next(&queue), "B A C");
        queue.apply(request("b", 1, Withdrawn));
        assert_eq!(next(&queue), "A C");
        let mut queue = ShareQueue::new(vec![request("c", 9, Waiting)]).after(&queue);
        assert_eq!(next(&queue), "A", "a new list does not say who was approved, and one of them asks again");
        assert!(queue.settle(Some(&["account:a".into()])));
        assert!(!queue.settle(Some(&[])), "who has been on screen had the turn");
        assert_eq!(next(&queue), "");
    }

    /// D5: who was approved while a seat was free has no turn, also when every seat is taken later.
    #[test]
    fn d5_nobody_is_next_while_a_seat_is_free() {
        let mut queue = ShareQueue::new(vec![request("a", 1, Waiting), request("b", 2, Waiting)]);
        queue.apply(request("a", 1, Approved));
        assert!(queue.settle(None) && !queue.settle(None));
        queue.apply(request("b", 2, Approved));
        assert!(!queue.settle(Some(&["account:dan".into()])));
        assert_eq!(next(&queue), "B");
    }

    #[test]
    fn d5_what_one_decided_oneself_goes_at_once() {
        let mut queue = ShareQueue::new(vec![request("a", 1, Waiting), request("b", 2, Waiting)]);
        queue.remove("a");
        assert_eq!(names(&queue), ["B"]);
    }

    #[test]
    fn d5_the_second_host_learns_who_decided() {
        let mut queue = ShareQueue::new(vec![request("a", 1, Waiting)]);
        assert_eq!(queue.decision("a"), None);
        queue.apply(request("a", 1, Approved));
        let by = queue.decision("a").and_then(|request| request.decided_by.as_ref()).map(|host| host.name.as_str());
        assert_eq!(by, Some("Ada"));
    }

    #[test]
    fn d5_what_was_heard_while_the_list_was_on_its_way_is_not_lost() {
        let list = ShareQueue::new(vec![request("a", 1, Waiting)]);
        let mut heard = Heard::default();
        heard.request(request("b", 2, Waiting));
        heard.request(request("a", 1, Withdrawn));
        assert_eq!(names(&list.with(heard)), ["B"]);
    }

    /// D5: the same of who left while the list was on its way, and of who came back and asked then.
    #[test]
    fn d5_who_left_while_the_list_was_on_its_way_is_marked() {
        let list = ShareQueue::new(vec![request("a", 1, Waiting), request("b", 2, Waiting)]);
        let (a, c) = (cynic::Id::new("account:a"), cynic::Id::new("account:c"));
        let mut heard = Heard::default();
        heard.moved([&a, &c].into_iter(), false);
        heard.request(request("c", 3, Waiting));
        let queue = list.with(heard);
        assert_eq!((queue.is_away("a"), queue.is_away("b"), queue.is_away("c")), (true, false, false));
    }
}
