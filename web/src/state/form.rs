//! Limits of fields, and what is over them, as the server has it: text counts in Unicode scalar values (B1).

use crate::api::{Problem, ProblemCode};
use std::ops::RangeInclusive;

/// The most a session's title may have (B1).
pub const TITLE: usize = 60;
/// The most a session's description may have (B1).
pub const DESCRIPTION: usize = 140;

/// A session's priority, and its places on screen (B6, E1).
pub const PRIORITY: RangeInclusive<i32> = -1_000_000..=1_000_000;
pub const MAX_PARTICIPANTS: RangeInclusive<i32> = 1..=50;

/// Minutes for which a session is shown before its time and after it, and days for which something is kept (A5, A8).
pub const DISPLAY_MINUTES: RangeInclusive<i32> = 0..=240;
pub const RETENTION_DAYS: RangeInclusive<i32> = 1..=3_650;

/// The most that additional information may have, with its tags and addresses: the characters of its HTML (B2).
pub const ADDITIONAL_INFORMATION: usize = 20_000;

/// The most that the name of an event and its address may have (A3).
pub const EVENT_NAME: usize = 100;
pub const SLUG: usize = 60;

/// The most that the name and the description of a ticket type may have (A4).
pub const TICKET_NAME: usize = 60;
pub const TICKET_DESCRIPTION: usize = 300;

/// The most tags a session may have, and the most a tag may have.
pub const TAGS: usize = 10;
pub const TAG: usize = 30;

/// A field, by its name in the API.
pub type Field = &'static str;

/// How what somebody typed meets what somebody else saved.
#[derive(Default)]
pub struct Meeting {
    /// The names of the fields that both changed.
    pub both: Vec<Field>,
    /// The names of those that this person changed.
    changed: Vec<Field>,
    /// The field in which this person takes what the other one made of it.
    pub taken: Option<Field>,
}

impl Meeting {
    pub fn taking(field: Field) -> Self {
        Self { taken: Some(field), ..Self::default() }
    }

    /// The value of a field: theirs where this person changed nothing since `base`, and this person's own elsewhere.
    pub fn pick<T: Clone + PartialEq>(&mut self, name: Field, mine: &T, base: &T, theirs: &T) -> T {
        if mine == base || self.taken == Some(name) {
            return theirs.clone();
        }
        self.changed.push(name);
        if theirs != base && theirs != mine {
            self.both.push(name);
        }
        mine.clone()
    }
}

/// What [`Meets::meet`] gives where every field is picked by itself: each with its name in the API.
macro_rules! each_by_itself {
    ($mine:ident, $base:ident, $theirs:ident, $meeting:ident, { $($field:ident: $name:literal),* $(,)? }) => {
        Self { $($field: $meeting.pick($name, &$mine.$field, &$base.$field, &$theirs.$field)),* }
    };
}
pub(super) use each_by_itself;

/// What the fields of a form hold, where several people change the same thing.
pub trait Meets: Clone + PartialEq {
    /// What is typed on `base`, with each field as `meeting` picks it.
    fn meet(&self, base: &Self, theirs: &Self, meeting: &mut Meeting) -> Self;

    /// What is typed after somebody else saved: their value where this person changed nothing since `base`, and this person's
    /// own elsewhere, with the names of the fields that both changed.
    fn merge(&self, base: &Self, theirs: &Self) -> (Self, Vec<Field>) {
        let mut meeting = Meeting::default();
        let merged = self.meet(base, theirs, &mut meeting);
        (merged, meeting.both)
    }

    /// What is typed, with one field as somebody else `saved` it.
    fn taking(&self, field: Field, saved: &Self) -> Self {
        self.meet(saved, saved, &mut Meeting::taking(field))
    }

    /// What is typed after what was `sent`, typed on `base`, is `saved`. The server may have written that more neatly, and has in
    /// it what somebody else saved before: a field that they changed, and in which this person typed only after sending, both
    /// changed.
    fn settle(&self, base: &Self, sent: &Self, saved: &Self) -> (Self, Vec<Field>) {
        let mut own = Meeting::default();
        sent.meet(base, base, &mut own);
        let (merged, mut both) = self.merge(sent, saved);
        both.retain(|field| !own.changed.contains(field));
        (merged, both)
    }
}

/// Adds what is typed to `tags`: several at once with commas between them. Those that differ only in case are one. Gives
/// back what had no place any more.
pub fn add_tags(tags: &mut Vec<String>, typed: &str) -> String {
    let mut rest = Vec::new();
    for tag in typed.split(',') {
        let tag = tag.split_whitespace().collect::<Vec<_>>().join(" ");
        let known = tags.iter().any(|other| other.to_lowercase() == tag.to_lowercase());
        if tag.is_empty() || known {
            continue;
        }
        if tags.len() < TAGS { tags.push(tag) } else { rest.push(tag) }
    }
    rest.join(", ")
}

/// Those of the known tags that have what is typed in them and are not used yet; those that begin with it stand first.
pub fn fitting_tags(known: &[String], used: &[String], typed: &str) -> Vec<String> {
    let typed = typed.trim().to_lowercase();
    let is_used = |tag: &str| used.iter().any(|other| other.to_lowercase() == tag.to_lowercase());
    let mut fitting: Vec<String> =
        known.iter().filter(|tag| tag.to_lowercase().contains(&typed) && !is_used(tag)).cloned().collect();
    fitting.sort_by_key(|tag| !tag.to_lowercase().starts_with(&typed));
    fitting
}

/// The tag that what is typed would make, unless it is used already.
pub fn new_tag(used: &[String], typed: &str) -> Option<String> {
    let mut more = used.to_vec();
    add_tags(&mut more, typed);
    (more.len() == used.len() + 1).then(|| more.pop()).flatten()
}

pub fn length(text: &str) -> usize {
    text.chars().count()
}

/// What is wrong with a line of text that has to be there. The page says it itself where it finds another field at fault, so that a
/// form has one round of problems and not two.
pub fn line(field: Field, text: &str, limit: usize) -> Option<Problem> {
    let text = text.trim();
    if text.is_empty() {
        return Some(Problem::found(field, ProblemCode::Required));
    }
    over(text, limit)
        .map(|_| Problem { limit: i64::try_from(limit).ok(), ..Problem::found(field, ProblemCode::TooLong) })
}

/// A number as it is written, or what is wrong with it.
pub fn number(field: Field, text: &str, range: RangeInclusive<i32>) -> Result<i32, Problem> {
    let code = if text.trim().is_empty() { ProblemCode::Required } else { ProblemCode::OutOfRange };
    let number = text.trim().parse::<i32>().ok().filter(|number| range.contains(number));
    number.ok_or_else(|| Problem::found(field, code))
}

/// By how many the text is too long, if it is.
pub fn over(text: &str, limit: usize) -> Option<usize> {
    length(text).checked_sub(limit).filter(|over| *over > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn b4_known_tags_are_offered_and_a_new_one_can_be_made() {
        let known = ["Open maps", "Maps", "Rust"].map(str::to_owned);
        let used = ["rust".to_owned()];
        assert_eq!(fitting_tags(&known, &used, " MAP"), ["Maps", "Open maps"]);
        assert_eq!(fitting_tags(&known, &used, ""), ["Open maps", "Maps"]);
        assert!(fitting_tags(&known, &used, "rust").is_empty());
        assert_eq!(new_tag(&used, "  deep   sea ").as_deref(), Some("deep sea"));
        assert_eq!(new_tag(&used, "RUST"), None);
        assert_eq!(new_tag(&used, " "), None);
    }

    #[test]
    fn b1_sixty_scalar_values_fit_and_sixty_one_do_not() {
        assert_eq!(over(&"é".repeat(TITLE), TITLE), None);
        assert_eq!(over(&"😀".repeat(TITLE + 1), TITLE), Some(1));
        // A family is one picture and several scalar values; the server counts the same.
        assert_eq!(length("👨‍👩‍👧"), 5);
    }

    #[test]
    fn b1_a_line_that_is_missing_or_too_long_is_what_the_server_would_say_it_is() {
        let code = |text: &str| line("title", text, TITLE).map(|problem| (problem.code, problem.limit));
        assert_eq!(code(" "), Some((ProblemCode::Required, None)));
        assert_eq!(code(&"é".repeat(TITLE + 1)), Some((ProblemCode::TooLong, Some(60))));
        assert_eq!(code(&format!(" {} ", "é".repeat(TITLE))), None, "what surrounds it does not count");
    }

    #[test]
    fn b6_a_number_is_whole_and_within_its_range() {
        let code = |text: &str| number("priority", text, PRIORITY).map_err(|problem| problem.code);
        assert_eq!([code(" -1000000 "), code("1000000")], [Ok(-1_000_000), Ok(1_000_000)]);
        assert_eq!(code(""), Err(ProblemCode::Required));
        for wrong in ["1.5", "99999999999", "1000001", "first"] {
            assert_eq!(code(wrong), Err(ProblemCode::OutOfRange), "{wrong}");
        }
    }

    #[test]
    fn b4_tags_are_added_once_and_what_is_over_ten_is_given_back() {
        let mut tags = vec!["Rust".to_owned()];
        assert_eq!(add_tags(&mut tags, " rust, real  time ,, WebRTC"), "");
        assert_eq!(tags, ["Rust", "real time", "WebRTC"]);
        assert_eq!(add_tags(&mut tags, "1,2,3,4,5,6,7,8,9"), "8, 9");
        assert_eq!(tags.len(), TAGS);
    }
}
