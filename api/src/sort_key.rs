//! The place of a session among those of the same priority: a text between those of its neighbours (B6).
//!
//! Keys are digits of a fraction in base 16, so there is always room between two of them, and moving a session writes
//! one row. A session that nobody has dragged gets its key from its start and title; dragging puts it between two others.

use crate::clock::Time;

/// Letters of the title that count.
const LETTERS: usize = 16;

/// Makes every key end in a digit above zero, so that there is room before it, and below that of every letter.
const END: char = '1';

/// The key of a session that nobody has dragged: by its start, those without one first, then by title.
pub fn natural(start: Option<Time>, title: &str) -> String {
    let seconds = start.map_or(0, |start| start.seconds().clamp(0, 0xffff_ffff));
    let title: String = title.to_lowercase().chars().take(LETTERS).collect();
    let letters: String = title.bytes().map(|byte| format!("{byte:02x}")).collect();
    format!("1{seconds:08x}{letters}{END}")
}

/// A key after `before` and before `after`; with nothing on a side, before or after everything there. Nothing when there is
/// no room: the two are equal or the wrong way round.
pub fn between(before: Option<&str>, after: Option<&str>) -> Option<String> {
    let (low, high) = (digits(before.unwrap_or_default()), after.map(digits));
    if high.as_ref().is_some_and(|high| trimmed(&low) >= trimmed(high)) {
        return None;
    }
    let mut key = Vec::new();
    // Whether the digits so far are still those of the upper neighbour: then the next one must stay below its next.
    let mut bounded = high.is_some();
    for place in 0.. {
        let floor = low.get(place).copied().unwrap_or(0);
        let ceiling = match &high {
            Some(high) if bounded => high.get(place).copied().unwrap_or(0),
            _ => 16,
        };
        if ceiling > floor + 1 {
            key.push(floor + (ceiling - floor) / 2);
            break;
        }
        bounded = bounded && ceiling == floor;
        key.push(floor);
    }
    Some(key.into_iter().filter_map(|digit| char::from_digit(digit, 16)).collect())
}

/// Other signs count as zero: no key of ours has any.
fn digits(key: &str) -> Vec<u32> {
    key.chars().map(|c| c.to_digit(16).unwrap_or(0)).collect()
}

/// Without the zeros at its end, which say nothing in a fraction.
fn trimmed(digits: &[u32]) -> &[u32] {
    let end = digits.iter().rposition(|digit| *digit > 0).map_or(0, |last| last + 1);
    &digits[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Time {
        chrono::DateTime::from_timestamp(seconds, 0).unwrap().into()
    }

    /// B6: ties go by start time, then title.
    #[test]
    fn b6_natural_keys_go_by_start_then_title() {
        let keys = [
            natural(None, "Zoo"),
            natural(Some(at(1_000)), "Beta"),
            natural(Some(at(1_000)), "beta b"),
            natural(Some(at(2_000)), "Alpha"),
        ];
        assert!(keys.is_sorted(), "{keys:?}");
        assert_eq!(natural(None, "ÄPFEL"), natural(None, "äpfel"));
    }

    #[test]
    fn b6_there_is_always_room_between_two() {
        let (mut low, high) = (natural(None, "A"), natural(None, "B"));
        for _ in 0..500 {
            let middle = between(Some(&low), Some(&high)).unwrap();
            assert!(low < middle && middle < high, "{low} {middle} {high}");
            low = middle;
        }
        let (low, mut high) = (natural(None, "A"), natural(None, "B"));
        for _ in 0..500 {
            let middle = between(Some(&low), Some(&high)).unwrap();
            assert!(low < middle && middle < high, "{low} {middle} {high}");
            high = middle;
        }
    }

    #[test]
    fn b6_there_is_room_before_and_after_everything() {
        let (mut first, mut last) = (natural(None, "A"), natural(Some(at(i64::from(u32::MAX))), "Z"));
        for _ in 0..200 {
            let before = between(None, Some(&first)).unwrap();
            assert!(before < first, "{before} {first}");
            first = before;
            let after = between(Some(&last), None).unwrap();
            assert!(after > last, "{after} {last}");
            last = after;
        }
    }

    #[test]
    fn nothing_lies_between_equals() {
        assert_eq!(between(Some("1a"), Some("1a")), None);
        assert_eq!(between(Some("1a"), Some("1a0")), None);
        assert_eq!(between(Some("2"), Some("1")), None);
    }
}
