//! Checks of input: every problem is collected, so that a form shows all of them at once.

use crate::error::{Error, Result};
use crate::limits;
use async_graphql::{Name, Value, indexmap::IndexMap};
use std::fmt::Display;
use std::ops::RangeInclusive;

/// One thing that is wrong with one field of an input.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// The input's field, in camelCase.
    pub field: &'static str,
    pub code: Code,
    /// The limit that was missed, where there is one; of a file that cannot be read, the line where that is.
    pub limit: Option<i64>,
    /// What was wrong and what to do.
    pub message: String,
    /// The names of what is in the way, as they are, for pages in other languages: [`limits::NAMED`] at the most.
    pub names: Vec<String>,
    /// How many there are beside those.
    pub more: usize,
}

/// What kind of problem. Stable: pages translate by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    Required,
    TooLong,
    TooShort,
    OutOfRange,
    Invalid,
    Taken,
    NotFound,
    /// Something else needs it.
    InUse,
    /// It may mean one thing or another: the message has both.
    Ambiguous,
}

impl Code {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Required => "REQUIRED",
            Self::TooLong => "TOO_LONG",
            Self::TooShort => "TOO_SHORT",
            Self::OutOfRange => "OUT_OF_RANGE",
            Self::Invalid => "INVALID",
            Self::Taken => "TAKEN",
            Self::NotFound => "NOT_FOUND",
            Self::InUse => "IN_USE",
            Self::Ambiguous => "AMBIGUOUS",
        }
    }
}

impl Problem {
    pub fn new(field: &'static str, code: Code, message: impl Into<String>) -> Self {
        Self { field, code, limit: None, message: message.into(), names: Vec::new(), more: 0 }
    }

    fn with_limit(field: &'static str, code: Code, limit: impl Into<i64>, message: String) -> Self {
        Self { limit: Some(limit.into()), ..Self::new(field, code, message) }
    }

    /// The same with the first names of so many things that are in the way.
    pub fn naming(self, names: impl IntoIterator<Item = String>, count: usize) -> Self {
        let names: Vec<String> = names.into_iter().take(limits::NAMED).collect();
        Self { more: count.saturating_sub(names.len()), names, ..self }
    }

    /// As it stands in `extensions.problems` of a GraphQL error.
    pub fn to_value(&self) -> Value {
        let mut map = IndexMap::new();
        map.insert(Name::new("field"), self.field.into());
        map.insert(Name::new("code"), self.code.as_str().into());
        if let Some(limit) = self.limit {
            map.insert(Name::new("limit"), limit.into());
        }
        map.insert(Name::new("message"), self.message.clone().into());
        if !self.names.is_empty() {
            map.insert(Name::new("names"), self.names.clone().into());
            map.insert(Name::new("more"), self.more.into());
        }
        Value::Object(map)
    }
}

impl From<Problem> for Error {
    fn from(problem: Problem) -> Self {
        Self::Invalid(vec![problem])
    }
}

/// Collects the problems of one input.
#[derive(Default)]
pub struct Problems(Vec<Problem>);

impl Problems {
    pub fn push(&mut self, problem: Problem) {
        self.0.push(problem);
    }

    pub fn extend(&mut self, problems: impl IntoIterator<Item = Problem>) {
        self.0.extend(problems);
    }

    /// The error with everything that was found, or nothing.
    pub fn finish(self) -> Result<()> {
        if self.0.is_empty() { Ok(()) } else { Err(Error::Invalid(self.0)) }
    }

    /// A line of text without surrounding blanks and without control characters.
    pub fn line(&mut self, field: &'static str, value: &str, length: RangeInclusive<usize>) -> String {
        let value = value.trim();
        if value.chars().any(char::is_control) {
            self.push(Problem::new(
                field,
                Code::Invalid,
                format!("{field} must be one line without control characters."),
            ));
        }
        self.length(field, value, length);
        value.to_owned()
    }

    /// Text that may have several lines; line ends become `\n`.
    pub fn text(&mut self, field: &'static str, value: &str, length: RangeInclusive<usize>) -> String {
        let value = value.trim().replace("\r\n", "\n");
        if value.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
            self.push(Problem::new(field, Code::Invalid, format!("{field} must not have control characters.")));
        }
        self.length(field, &value, length);
        value
    }

    /// An email address in lower case: one `@`, no blanks. Whether it exists, only a mail tells.
    pub fn email(&mut self, field: &'static str, value: &str) -> String {
        let value = value.trim().to_lowercase();
        let well_formed = value.split_once('@').is_some_and(|(local, domain)| {
            !local.is_empty()
                && domain.contains('.')
                && !domain.contains('@')
                && !domain.starts_with('.')
                && !domain.ends_with('.')
        });
        if !well_formed || value.chars().any(|c| c.is_whitespace() || c.is_control()) {
            self.push(Problem::new(field, Code::Invalid, "Enter a full email address, like ada@example.org."));
        } else {
            self.length(field, &value, limits::EMAIL);
        }
        value
    }

    /// A password: only its length counts.
    pub fn password(&mut self, field: &'static str, value: &str) {
        self.length(field, value, limits::PASSWORD);
    }

    /// A part of an address: small letters, digits and hyphens between them.
    pub fn slug(&mut self, field: &'static str, value: &str) -> String {
        let value = value.trim().to_lowercase();
        let well_formed = value.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
            && !value.starts_with('-')
            && !value.ends_with('-');
        if !well_formed {
            self.push(Problem::new(field, Code::Invalid, "Use small letters, digits and hyphens between them."));
        }
        self.length(field, &value, limits::SLUG);
        value
    }

    pub fn number<N: PartialOrd + Display + Into<i64> + Copy>(
        &mut self,
        field: &'static str,
        value: N,
        range: RangeInclusive<N>,
    ) {
        if !range.contains(&value) {
            let limit = if value < *range.start() { *range.start() } else { *range.end() };
            let message = format!("{field} must be from {} to {}.", range.start(), range.end());
            self.push(Problem::with_limit(field, Code::OutOfRange, limit, message));
        }
    }

    /// How many characters it has.
    pub fn length(&mut self, field: &'static str, value: &str, length: RangeInclusive<usize>) {
        let (count, min, max) = (value.chars().count(), *length.start(), *length.end());
        let as_limit = |limit: usize| i64::try_from(limit).unwrap_or(i64::MAX);
        if count == 0 && min > 0 {
            self.push(Problem::new(field, Code::Required, format!("{field} is missing.")));
        } else if count < min {
            let message = format!("{field} must have at least {min} characters.");
            self.push(Problem::with_limit(field, Code::TooShort, as_limit(min), message));
        } else if count > max {
            let message = format!("{field} has {count} characters, {max} are allowed.");
            self.push(Problem::with_limit(field, Code::TooLong, as_limit(max), message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(check: impl FnOnce(&mut Problems)) -> Vec<Code> {
        let mut problems = Problems::default();
        check(&mut problems);
        problems.0.iter().map(|problem| problem.code).collect()
    }

    /// B1: lengths count Unicode scalar values, not bytes.
    #[test]
    fn b1_counts_unicode_scalar_values() {
        let sixty = "ü".repeat(60);
        assert_eq!(codes(|p| drop(p.line("title", &sixty, 1..=60))), []);
        assert_eq!(codes(|p| drop(p.line("title", &format!("{sixty}x"), 1..=60))), [Code::TooLong]);
    }

    #[test]
    fn a_blank_title_is_missing_and_a_line_break_is_refused() {
        assert_eq!(codes(|p| drop(p.line("title", "  ", 1..=60))), [Code::Required]);
        assert_eq!(codes(|p| drop(p.line("title", "a\nb", 1..=60))), [Code::Invalid]);
    }

    #[test]
    fn emails_are_checked_and_lowered() {
        let mut problems = Problems::default();
        assert_eq!(problems.email("email", " Ada@Example.ORG "), "ada@example.org");
        assert!(problems.finish().is_ok());
        for bad in ["", "ada", "ada@", "@example.org", "a da@example.org", "ada@example", "a@b@c.d"] {
            assert_eq!(codes(|p| drop(p.email("email", bad))), [Code::Invalid], "{bad}");
        }
    }

    #[test]
    fn f4_a_problem_names_the_first_that_are_in_the_way_and_counts_the_others() {
        let names = |count: usize| (0..count).map(|number| format!("Talk {number}"));
        let problem = Problem::new("endsAt", Code::InUse, "…");
        let few = problem.clone().naming(names(2), 2);
        assert_eq!((few.names, few.more), (vec!["Talk 0".to_owned(), "Talk 1".to_owned()], 0));
        let many = problem.naming(names(9), 12);
        assert_eq!((many.names.len(), many.more), (limits::NAMED, 12 - limits::NAMED));
    }

    #[test]
    fn numbers_say_the_limit_that_was_missed() {
        let mut problems = Problems::default();
        problems.number("maxParticipants", 51, 1..=50);
        problems.number("maxParticipants", 0, 1..=50);
        let limits: Vec<_> = problems.0.iter().map(|problem| problem.limit).collect();
        assert_eq!(limits, [Some(50), Some(1)]);
    }
}
