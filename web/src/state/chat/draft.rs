//! What is being written: text as the person sees it, with the places where it names somebody. The server knows these by ids
//! (`@[account:…]`), which nobody should have to see.

use super::text::{Part, parts};
use crate::api::share_request::Asker;
use serde::{Deserialize, Serialize};

/// Characters after an `@` among which a name is looked for.
const QUERY: usize = 40;

/// Keeps a name that is written from right to left together, whatever stands around it.
const ISOLATE: char = '\u{2068}';
const ISOLATE_END: char = '\u{2069}';

/// A place in the text that names somebody: bytes, from the `@` on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Mark {
    start: usize,
    end: usize,
    /// Whom: `account:…`.
    id: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    text: String,
    /// In the order in which they stand, none inside another one.
    marks: Vec<Mark>,
}

/// Somebody is looked for: from an `@` up to the caret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    pub start: usize,
    pub query: String,
}

impl Draft {
    /// A message as it is shown, to be edited. `gone` is what somebody without an account is called.
    pub fn of_message(text: &str, mentions: &[Asker], gone: &str) -> Self {
        let mut draft = Self::default();
        for part in parts(text, mentions) {
            match part {
                Part::Text(text) | Part::Link(text) => draft.text.push_str(&text),
                Part::Mention { id, name } => draft.push_mark(id, name.as_deref().unwrap_or(gone)),
            }
        }
        draft
    }

    /// Only what could have been written here: what a browser remembers anybody can have changed.
    pub fn sound(self) -> Self {
        let mut last = 0;
        let sound = self.marks.iter().all(|mark| {
            let follows = mark.start >= last;
            last = mark.end;
            follows && self.text.get(mark.start..mark.end).is_some_and(|text| text.starts_with('@'))
        });
        Self { marks: if sound { self.marks } else { Vec::new() }, text: self.text }
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// As it is sent.
    pub fn wire(&self) -> String {
        let mut wire = String::with_capacity(self.text.len());
        let mut at = 0;
        for mark in &self.marks {
            wire.push_str(&self.text[at..mark.start]);
            wire.push_str("@[");
            wire.push_str(&mark.id);
            wire.push(']');
            at = mark.end;
        }
        wire.push_str(&self.text[at..]);
        wire.trim().to_owned()
    }

    /// Whom it names.
    pub fn mentions(&self) -> Vec<Asker> {
        let person = |mark: &Mark| Asker {
            id: cynic::Id::new(mark.id.clone()),
            name: self.text[mark.start + 1..mark.end].replace([ISOLATE, ISOLATE_END], ""),
            picture: None,
        };
        self.marks.iter().map(person).collect()
    }

    /// Its pieces, and whether each names somebody.
    pub fn pieces(&self) -> Vec<(&str, bool)> {
        let (mut pieces, mut at) = (Vec::new(), 0);
        for mark in &self.marks {
            pieces.push((&self.text[at..mark.start], false));
            pieces.push((&self.text[mark.start..mark.end], true));
            at = mark.end;
        }
        pieces.push((&self.text[at..], false));
        pieces.retain(|(text, _)| !text.is_empty());
        pieces
    }

    /// The person has changed it to `text`, and the caret is at this byte now. What was changed ends at the caret: of two equal
    /// names beside each other that tells which one went. A name that was touched is text from now on.
    pub fn change(&mut self, text: String, caret: usize) {
        let tail = shared_end(&self.text, &text).min(text.len().saturating_sub(caret));
        let (old_end, new_end) = (self.text.len() - tail, text.len() - tail);
        let head = shared_start(&self.text[..old_end], &text[..new_end]);
        self.marks.retain_mut(|mark| {
            if mark.start >= old_end {
                (mark.start, mark.end) = (mark.start - old_end + new_end, mark.end - old_end + new_end);
                return true;
            }
            mark.end <= head
        });
        self.text = text;
    }

    /// Names somebody in place of what was typed from `start` to `end`; gives where the caret goes.
    pub fn name(&mut self, (start, end): (usize, usize), person: &str, name: &str) -> usize {
        let mut named = Self { text: self.text[..start].to_owned(), marks: Vec::new() };
        named.push_mark(person.to_owned(), name);
        let rest = &self.text[end..];
        if !rest.starts_with(char::is_whitespace) {
            named.text.push(' ');
        }
        let at = named.text.len();
        let caret = if rest.starts_with(char::is_whitespace) { at + 1 } else { at };
        named.text.push_str(rest);
        let moved = |mark: &Mark| Mark { start: mark.start - end + at, end: mark.end - end + at, id: mark.id.clone() };
        let before = self.marks.iter().filter(|mark| mark.end <= start).cloned();
        let after = self.marks.iter().filter(|mark| mark.start >= end).map(moved);
        named.marks = before.chain(named.marks).chain(after).collect();
        *self = named;
        caret
    }

    /// Whom the person looks for with the caret at this byte: what stands between it and an `@` that begins a word.
    pub fn asked(&self, caret: usize) -> Option<Asked> {
        let before = self.text.get(..caret)?;
        let start = before.rfind('@')?;
        let query = &before[start + 1..];
        let in_name = self.marks.iter().any(|mark| (mark.start..mark.end).contains(&start));
        let in_word = before[..start].chars().next_back().is_some_and(char::is_alphanumeric);
        let too_much = query.contains('\n') || query.chars().count() > QUERY || query.starts_with(char::is_whitespace);
        (!in_name && !in_word && !too_much).then(|| Asked { start, query: query.to_owned() })
    }

    fn push_mark(&mut self, id: String, name: &str) {
        let start = self.text.len();
        self.text.push('@');
        if name.chars().any(is_right_to_left) {
            self.text.push(ISOLATE);
            self.text.push_str(name);
            self.text.push(ISOLATE_END);
        } else {
            self.text.push_str(name);
        }
        self.marks.push(Mark { start, end: self.text.len(), id });
    }
}

fn is_right_to_left(c: char) -> bool {
    matches!(c,
        '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{10800}'..='\u{10fff}'
        | '\u{1e800}'..='\u{1efff}')
}

/// How many bytes two texts begin with that are the same.
fn shared_start(a: &str, b: &str) -> usize {
    a.chars().zip(b.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum()
}

fn shared_end(a: &str, b: &str) -> usize {
    a.chars().rev().zip(b.chars().rev()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum()
}

/// The byte at which so many UTF-16 units end, as browsers count: never inside a character.
pub fn byte_at(text: &str, units: usize) -> usize {
    let mut left = units;
    let fits = |c: &char| {
        let fits = left >= c.len_utf16();
        left = left.saturating_sub(c.len_utf16());
        fits
    };
    text.chars().take_while(fits).map(char::len_utf8).sum()
}

/// How many UTF-16 units stand before a byte.
pub fn units_at(text: &str, byte: usize) -> usize {
    text.get(..byte).unwrap_or(text).encode_utf16().count()
}

#[cfg(test)]
mod tests;
