//! Which of the sessions somebody wants to see (B7): any of what is chosen within a section will do, every section has to be
//! met. As the API filters, for a list that is here already and changes while one looks at it.

use crate::api::DateTime;
use crate::api::session::{Scheduling, Session, SessionWindow, WatchAccess};
use chrono::{Days, NaiveDate, TimeDelta};

/// What is wanted; an empty section is met by everything.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// In title, description or a tag.
    pub text: String,
    /// As `2027-03-28`, in the zone of the event.
    pub dates: Vec<String>,
    /// The ids of ticket types.
    pub tickets: Vec<String>,
    pub tags: Vec<String>,
}

impl Filter {
    /// How many things are chosen in the sections.
    pub fn chosen(&self) -> usize {
        self.dates.len() + self.tickets.len() + self.tags.len()
    }

    /// `offset` gives the zone's minutes ahead of UTC at an instant.
    pub fn matches(&self, session: &Session, offset: impl Fn(DateTime) -> i32) -> bool {
        self.has_text(session) && self.is_on(session, offset) && self.is_for(session) && self.is_tagged(session)
    }

    fn has_text(&self, session: &Session) -> bool {
        let text = self.text.trim().to_lowercase();
        let has = |field: &str| field.to_lowercase().contains(&text);
        has(&session.title) || has(&session.description) || session.tags.iter().any(|tag| has(tag))
    }

    /// Always open sessions are on every day.
    fn is_on(&self, session: &Session, offset: impl Fn(DateTime) -> i32) -> bool {
        self.dates.is_empty()
            || session.scheduling == Scheduling::AlwaysOpen
            || dates(&session.windows, offset).iter().any(|date| self.dates.contains(&date.to_string()))
    }

    fn is_for(&self, session: &Session) -> bool {
        let holds = |id: &cynic::Id| self.tickets.iter().any(|ticket| ticket == id.inner());
        match session.watch_access {
            _ if self.tickets.is_empty() => true,
            WatchAccess::Anyone => true,
            WatchAccess::Tickets => session.ticket_type_ids.iter().any(holds),
            WatchAccess::Private | WatchAccess::Unlisted => false,
        }
    }

    fn is_tagged(&self, session: &Session) -> bool {
        let same = |one: &str, other: &str| one.to_lowercase() == other.to_lowercase();
        self.tags.is_empty() || session.tags.iter().any(|own| self.tags.iter().any(|tag| same(tag, own)))
    }
}

/// The dates on which one of the windows is open, in order.
pub fn dates(windows: &[SessionWindow], offset: impl Fn(DateTime) -> i32) -> Vec<NaiveDate> {
    let local = |at: DateTime| (at.naive_utc() + TimeDelta::minutes(i64::from(offset(at)))).date();
    let mut dates = Vec::new();
    for window in windows {
        // What closes at midnight is not open on the day that begins.
        let last = local(window.closes_at - TimeDelta::milliseconds(1));
        let mut date = Some(local(window.opens_at));
        while let Some(day) = date.filter(|day| *day <= last) {
            dates.push(day);
            date = day.checked_add_days(Days::new(1));
        }
    }
    dates.sort_unstable();
    dates.dedup();
    dates
}

/// A list as it stands in an address, and back.
pub fn written(list: &[String]) -> String {
    list.iter().map(|one| one.replace('%', "%25").replace(',', "%2C")).collect::<Vec<_>>().join(",")
}

pub fn read(text: &str) -> Vec<String> {
    let one = |part: &str| part.replace("%2C", ",").replace("%25", "%");
    text.split(',').filter(|part| !part.is_empty()).map(one).collect()
}

/// The list with `one` in it, or without it.
pub fn toggled(mut list: Vec<String>, one: &str) -> Vec<String> {
    let before = list.len();
    list.retain(|other| other != one);
    if list.len() == before {
        list.push(one.to_owned());
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::sessions::tests::session;

    fn at(text: &str) -> DateTime {
        text.parse().unwrap()
    }

    fn window(opens: &str, closes: &str) -> SessionWindow {
        SessionWindow { opens_at: at(opens), closes_at: at(closes) }
    }

    fn berlin(_: DateTime) -> i32 {
        60
    }

    fn lists(dates: &[&str], tickets: &[&str], tags: &[&str]) -> Filter {
        let list = |list: &[&str]| list.iter().map(|one| (*one).to_owned()).collect();
        Filter { text: String::new(), dates: list(dates), tickets: list(tickets), tags: list(tags) }
    }

    #[test]
    fn b7_a_session_is_active_on_the_dates_of_its_windows_in_the_zone_of_the_event() {
        let dates = dates(&[window("2027-03-01T23:30:00Z", "2027-03-02T23:00:00Z")], berlin);
        assert_eq!(dates.iter().map(NaiveDate::to_string).collect::<Vec<_>>(), ["2027-03-02"]);
    }

    #[test]
    fn b7_within_a_section_any_will_do_and_every_section_has_to_be_met() {
        let mut one = session("1", "Maps", 0, 1);
        one.scheduling = Scheduling::Scheduled;
        one.windows = vec![window("2027-03-02T09:00:00Z", "2027-03-02T10:00:00Z")];
        one.watch_access = WatchAccess::Tickets;
        one.ticket_type_ids = vec![cynic::Id::new("vip")];
        one.tags = vec!["Geo".into()];
        let cases = [
            (lists(&[], &[], &[]), true),
            (lists(&["2027-03-01", "2027-03-02"], &[], &[]), true),
            (lists(&["2027-03-01"], &[], &[]), false),
            (lists(&[], &["press", "vip"], &[]), true),
            (lists(&[], &["press"], &[]), false),
            (lists(&[], &[], &["geo", "x"]), true),
            (lists(&["2027-03-02"], &["vip"], &["geo"]), true),
            (lists(&["2027-03-02"], &["press"], &["geo"]), false),
        ];
        for (filter, expected) in cases {
            assert_eq!(filter.matches(&one, berlin), expected, "{filter:?}");
        }
        one.scheduling = Scheduling::AlwaysOpen;
        assert!(lists(&["2027-03-01"], &[], &[]).matches(&one, berlin), "always open matches every date");
        one.watch_access = WatchAccess::Anyone;
        assert!(lists(&[], &["press"], &[]).matches(&one, berlin));
        one.watch_access = WatchAccess::Private;
        assert!(!lists(&[], &["vip"], &[]).matches(&one, berlin));
    }

    #[test]
    fn b7_search_is_by_text() {
        let filter = |text: &str| Filter { text: text.into(), ..Filter::default() };
        let one = session("1", "Maps", 0, 1);
        assert!(filter(" MAP ").matches(&one, berlin) && filter("tag 1").matches(&one, berlin));
        assert!(!filter("rust").matches(&one, berlin));
    }

    #[test]
    fn b7_an_address_keeps_names_whole() {
        let list = ["a,b", "100%", "%2C", "ü"].map(str::to_owned);
        assert_eq!(read(&written(&list)), list);
        assert!(read("").is_empty());
        assert_eq!(toggled(toggled(vec!["a".into()], "b"), "a"), ["b"]);
    }
}
