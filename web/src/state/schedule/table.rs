//! The schedule as a table: segments by day, in the order that somebody chose.

use super::days::Day;
use crate::api::segment::{Segment, SegmentKind};
use std::cmp::Ordering;
use std::sync::Arc;

/// By what a day's segments are ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Key {
    #[default]
    Time,
    Name,
    Kind,
    State,
}

impl Key {
    const ALL: [(Self, &'static str); 4] =
        [(Self::Time, "time"), (Self::Name, "name"), (Self::Kind, "type"), (Self::State, "state")];
}

/// The order, as the address keeps it: the name of the key, after a hyphen when it is turned around.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sort {
    pub key: Key,
    pub descending: bool,
}

impl Sort {
    pub fn read(text: &str) -> Self {
        let (name, descending) = text.strip_prefix('-').map_or((text, false), |name| (name, true));
        let key = Key::ALL.into_iter().find(|(_, own)| *own == name).map(|(key, _)| key);
        key.map_or_else(Self::default, |key| Self { key, descending })
    }

    /// Empty for the usual order.
    pub fn in_address(self) -> String {
        if self == Self::default() {
            return String::new();
        }
        let name = Key::ALL.into_iter().find(|(key, _)| *key == self.key).map_or("", |(_, name)| name);
        format!("{}{name}", if self.descending { "-" } else { "" })
    }

    /// After a press on a column's head: by this column, or turned around if it was so already.
    pub fn toggled(self, key: Key) -> Self {
        Self { key, descending: self.key == key && !self.descending }
    }

    fn order(self, a: &Segment, b: &Segment) -> Ordering {
        let by_key = match self.key {
            Key::Time => a.starts_at.cmp(&b.starts_at),
            Key::Name => a.name.to_lowercase().cmp(&b.name.to_lowercase()),
            Key::Kind => rank(a.kind).cmp(&rank(b.kind)),
            Key::State => a.published.cmp(&b.published),
        };
        let by_key = if self.descending { by_key.reverse() } else { by_key };
        by_key.then_with(|| (a.starts_at, a.ends_at, a.id.inner()).cmp(&(b.starts_at, b.ends_at, b.id.inner())))
    }
}

fn rank(kind: SegmentKind) -> u8 {
    match kind {
        SegmentKind::Sessions => 0,
        SegmentKind::Break => 1,
        SegmentKind::ExternalLink => 2,
    }
}

/// Each day's segments. One over midnight stands on the day on which it starts.
pub fn by_day(segments: &[Arc<Segment>], days: &[Day], sort: Sort) -> Vec<(Day, Vec<Arc<Segment>>)> {
    let of_day = |day: &Day| {
        let mut own: Vec<_> = segments.iter().filter(|segment| day.holds(segment.starts_at)).cloned().collect();
        own.sort_by(|a, b| sort.order(a, b));
        (*day, own)
    };
    days.iter().map(of_day).collect()
}

#[cfg(test)]
mod tests {
    use super::super::segments::tests::{instant, segment};
    use super::super::{Span, days};
    use super::*;

    fn shown(sort: &str) -> Vec<Vec<String>> {
        let event = Span { starts: instant("01T08:00"), ends: instant("02T18:00") };
        let mut list = vec![
            segment("1", "beta", "01T10:00", "01T11:00"),
            segment("2", "Alpha", "01T10:00", "01T10:30"),
            segment("3", "Lunch", "01T12:00", "01T13:00"),
            segment("4", "Night", "01T23:30", "02T01:00"),
            segment("5", "Second day", "02T09:00", "02T10:00"),
        ];
        list[2].kind = SegmentKind::Break;
        list[2].published = true;
        let list: Vec<_> = list.into_iter().map(Arc::new).collect();
        let name = |segment: &Arc<Segment>| segment.name.clone();
        by_day(&list, &days::days(event, |_| 0), Sort::read(sort))
            .into_iter()
            .map(|(_, own)| own.iter().map(name).collect())
            .collect()
    }

    #[test]
    fn f7_a_day_has_what_starts_in_it_by_time_and_then_by_end() {
        assert_eq!(shown(""), [vec!["Alpha", "beta", "Lunch", "Night"], vec!["Second day"]]);
    }

    #[test]
    fn f7_a_table_is_ordered_within_each_day_by_its_columns() {
        assert_eq!(shown("name")[0], ["Alpha", "beta", "Lunch", "Night"]);
        assert_eq!(shown("-name")[0], ["Night", "Lunch", "beta", "Alpha"]);
        assert_eq!(shown("-type")[0], ["Lunch", "Alpha", "beta", "Night"]);
        assert_eq!(shown("state")[0], ["Alpha", "beta", "Night", "Lunch"]);
        assert_eq!(shown("nonsense"), shown(""));
    }

    #[test]
    fn f7_the_order_is_read_from_the_address_as_it_was_written() {
        for text in ["", "name", "-name", "type", "-time", "state"] {
            assert_eq!(Sort::read(text).in_address(), text);
        }
        assert_eq!(Sort::default().toggled(Key::Time).in_address(), "-time");
        assert_eq!(Sort::read("-name").toggled(Key::Name).in_address(), "name");
        assert_eq!(Sort::read("-name").toggled(Key::State).in_address(), "state");
    }
}
