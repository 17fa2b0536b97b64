//! Which rows of a long list are made: those near what is in sight, and a few that must not go.

use std::collections::HashMap;

/// A row's height until one was measured.
const UNKNOWN: f64 = 96.0;
/// Heights that differ by less are the same: browsers round.
const SAME: f64 = 0.5;
/// So near the edge of the window the page scrolls while something is dragged, and by so much at the most.
const EDGE: f64 = 64.0;
const PULL: f64 = 160.0;

/// How high rows are, by their keys, as far as they have been measured.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Heights {
    known: HashMap<String, f64>,
    /// What the others are taken for.
    usual: Option<f64>,
    /// How wide the list was.
    width: f64,
}

impl Heights {
    /// Takes what was measured; says whether rows stand elsewhere by it. In another width all heights are others. What rows are
    /// taken for changes only while nothing above `sight` depends on it.
    pub fn take(&mut self, width: f64, measured: Vec<(String, f64)>, sight: Sight) -> bool {
        let mut changed = (self.width - width).abs() > SAME;
        if changed {
            self.known.clear();
            self.width = width;
        }
        for (key, height) in measured {
            changed |= (self.of(&key) - height).abs() > SAME;
            self.known.insert(key, height);
        }
        if changed && !self.known.is_empty() && (sight.top <= 0.0 || self.usual.is_none()) {
            self.usual = Some(self.known.values().sum::<f64>() / self.known.len() as f64);
        }
        changed
    }

    fn of(&self, key: &str) -> f64 {
        self.known.get(key).copied().or(self.usual).unwrap_or(UNKNOWN)
    }

    /// Where each row begins, and behind them where the last one ends.
    pub fn tops(&self, keys: &[String]) -> Vec<f64> {
        let mut tops = Vec::with_capacity(keys.len() + 1);
        let mut top = 0.0;
        tops.push(top);
        for key in keys {
            top += self.of(key);
            tops.push(top);
        }
        tops
    }
}

/// What of the list is in sight, from its own beginning.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sight {
    pub top: f64,
    pub height: f64,
}

impl Sight {
    /// Whether nothing of what was made for the one is in sight in the other.
    pub fn is_far_from(self, other: Sight) -> bool {
        (self.top - other.top).abs() >= 2.0 * other.height
    }
}

/// A row that is made.
#[derive(Clone, Debug, PartialEq)]
pub struct Made {
    pub key: String,
    /// Where it stands among all.
    pub place: usize,
    /// The room above it of rows that are not made.
    pub gap: f64,
}

/// The rows to make, in order: those in sight with a window's height more on either side, the first and the last one, which
/// Tab comes to from outside, and those at `kept` with their neighbours, which Tab goes to from there.
pub fn made(keys: &[String], tops: &[f64], sight: Sight, kept: &[usize]) -> Vec<Made> {
    let count = keys.len().min(tops.len().saturating_sub(1));
    let Some(last) = count.checked_sub(1) else { return Vec::new() };
    let (from, to) = (sight.top - sight.height, sight.top + 2.0 * sight.height);
    let begin = tops.partition_point(|top| *top <= from).saturating_sub(1);
    let end = tops.partition_point(|top| *top < to).min(count);
    let beside = |place: &usize| place.saturating_sub(1)..place.saturating_add(2).min(count);
    let mut places: Vec<usize> = (begin..end).chain([0, last]).chain(kept.iter().flat_map(beside)).collect();
    places.sort_unstable();
    places.dedup();
    let mut above = 0;
    let row = |place: usize| {
        let gap = tops.get(place)? - tops.get(above)?;
        above = place + 1;
        Some(Made { key: keys.get(place)?.clone(), place, gap })
    };
    places.into_iter().filter_map(row).collect()
}

/// By how much the page scrolls while something is dragged at `y` in a window of this height: the nearer the edge, the more.
pub fn pull(y: f64, height: f64) -> f64 {
    let into = if y < EDGE { y - EDGE } else { (y - (height - EDGE)).max(0.0) };
    let depth = (into / EDGE).clamp(-1.0, 1.0);
    depth * depth.abs() * PULL
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(count: usize) -> Vec<String> {
        (0..count).map(|number| format!("{number}")).collect()
    }

    fn places(count: usize, sight: Sight, kept: &[usize]) -> Vec<usize> {
        let keys = keys(count);
        made(&keys, &Heights::default().tops(&keys), sight, kept).iter().map(|row| row.place).collect()
    }

    const TOP: Sight = Sight { top: 0.0, height: 192.0 };

    #[test]
    fn b6_of_a_thousand_rows_those_near_sight_are_made_with_the_first_and_the_last() {
        assert_eq!(places(1_000, TOP, &[]), [0, 1, 2, 3, 999]);
        let middle = Sight { top: 96.0 * 500.0, height: 192.0 };
        assert_eq!(places(1_000, middle, &[]), [0, 498, 499, 500, 501, 502, 503, 999]);
        let beyond = Sight { top: 96.0 * 2_000.0, height: 192.0 };
        assert_eq!(places(1_000, beyond, &[]), [0, 999], "the list became shorter, and the page has not scrolled yet");
    }

    #[test]
    fn b6_a_jump_leads_to_where_nothing_was_made() {
        let at = |top| Sight { top, ..TOP };
        assert!([at(192.0 * 2.0), at(9_600.0)].iter().all(|there| there.is_far_from(TOP) && TOP.is_far_from(*there)));
        assert!(!at(192.0).is_far_from(TOP));
    }

    #[test]
    fn b6_what_is_kept_stays_with_its_neighbours() {
        assert_eq!(places(1_000, TOP, &[500]), [0, 1, 2, 3, 499, 500, 501, 999]);
        assert_eq!(places(1_000, TOP, &[0, 999]), [0, 1, 2, 3, 998, 999]);
        assert_eq!(places(2, TOP, &[7]), [0, 1], "one that is gone keeps nothing");
    }

    #[test]
    fn b6_a_short_list_is_made_whole_and_an_empty_one_is_nothing() {
        assert_eq!(places(3, TOP, &[]), [0, 1, 2]);
        assert_eq!(places(1, TOP, &[0]), [0]);
        assert!(places(0, TOP, &[0]).is_empty());
    }

    #[test]
    fn b6_gaps_and_rows_are_as_high_as_the_whole_list() {
        let keys = keys(100);
        let mut heights = Heights::default();
        heights.take(800.0, vec![("0".into(), 50.0), ("40".into(), 250.0)], TOP);
        let tops = heights.tops(&keys);
        for sight in [TOP, Sight { top: 3_000.0, height: 400.0 }] {
            let rows = made(&keys, &tops, sight, &[70]);
            let high: f64 = rows.iter().map(|row| row.gap + heights.of(&row.key)).sum();
            assert_eq!((rows.first().map(|row| row.gap), Some(high)), (Some(0.0), tops.last().copied()));
        }
    }

    #[test]
    fn b6_what_is_measured_moves_nothing_above_sight() {
        let mut heights = Heights::default();
        assert!(heights.take(800.0, vec![("0".into(), 60.0), ("1".into(), 80.0)], TOP));
        assert_eq!(heights.of("7"), 70.0, "as those that were measured");
        let below = Sight { top: 5_000.0, height: 600.0 };
        assert!(heights.take(800.0, vec![("7".into(), 200.0)], below));
        assert_eq!((heights.of("7"), heights.of("8")), (200.0, 70.0));
        assert!(!heights.take(800.0, vec![("7".into(), 200.2)], below), "browsers round");
        assert!(heights.take(400.0, vec![("7".into(), 300.0)], below), "rows are higher where it is narrow");
        assert_eq!(heights.of("0"), 70.0);
    }

    #[test]
    fn b6_the_page_scrolls_by_more_the_nearer_to_its_edge_something_is_dragged() {
        assert_eq!([pull(300.0, 600.0), pull(64.0, 600.0), pull(536.0, 600.0)], [0.0; 3]);
        assert_eq!((pull(0.0, 600.0), pull(600.0, 600.0)), (-PULL, PULL));
        assert_eq!(pull(-50.0, 600.0), -PULL);
        assert!(pull(580.0, 600.0) > pull(560.0, 600.0));
    }
}
