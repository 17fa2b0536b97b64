//! What of a chat survives a reload: what is being written, and what was written and not sent yet.

use super::draft::Draft;
use super::{Pending, Sending};
use crate::api::DateTime;
use crate::api::chat::QuotedMessage;
use crate::api::share_request::{Asker, Decider};
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

/// Minutes after which the person decides whether a message that was not sent still says what they mean.
const FRESH_MINUTES: i64 = 60;

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Kept {
    pub draft: Draft,
    pub reply: Option<Quote>,
    pub pending: Vec<Unsent>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Unsent {
    client_id: String,
    text: String,
    mentions: Vec<(String, String)>,
    reply: Option<Quote>,
    written_at: DateTime,
    refused: bool,
}

/// A message that is answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quote {
    id: String,
    author: Option<String>,
    text: String,
    mentions: Vec<(String, String)>,
    deleted_at: Option<DateTime>,
}

impl Kept {
    pub fn is_empty(&self) -> bool {
        self.draft.is_empty() && self.pending.is_empty()
    }

    /// Takes over what became of the messages of one window, which `had` these before: others may have more.
    pub fn update_pending(&mut self, had: &[String], now: &[Pending]) {
        let known = |id: &String| had.contains(id) || now.iter().any(|one| one.client_id == *id);
        self.pending.retain(|one| !known(&one.client_id));
        self.pending.extend(now.iter().map(Unsent::from));
    }

    /// The messages as they wait in a new window.
    pub fn pending(&self, now: DateTime) -> Vec<Pending> {
        let waiting = |one: &Unsent| {
            let fresh = !one.refused && now - one.written_at < TimeDelta::minutes(FRESH_MINUTES);
            Pending {
                client_id: one.client_id.clone(),
                text: one.text.clone(),
                mentions: people(&one.mentions),
                reply_to: one.reply.as_ref().map(QuotedMessage::from),
                written_at: one.written_at,
                sending: if fresh { Sending::Waiting } else { Sending::Left },
            }
        };
        self.pending.iter().map(waiting).collect()
    }
}

impl From<&Pending> for Unsent {
    fn from(one: &Pending) -> Self {
        Self {
            client_id: one.client_id.clone(),
            text: one.text.clone(),
            mentions: names(&one.mentions),
            reply: one.reply_to.as_ref().map(Quote::from),
            written_at: one.written_at,
            refused: matches!(one.sending, Sending::Refused(_) | Sending::Left),
        }
    }
}

impl From<&QuotedMessage> for Quote {
    fn from(quote: &QuotedMessage) -> Self {
        Self {
            id: quote.id.inner().to_owned(),
            author: quote.author.as_ref().map(|author| author.name.clone()),
            text: quote.text.clone(),
            mentions: names(&quote.mentions),
            deleted_at: quote.deleted_at,
        }
    }
}

impl From<&Quote> for QuotedMessage {
    fn from(quote: &Quote) -> Self {
        Self {
            id: cynic::Id::new(quote.id.clone()),
            author: quote.author.as_ref().map(|name| Decider { name: name.clone() }),
            text: quote.text.clone(),
            mentions: people(&quote.mentions),
            deleted_at: quote.deleted_at,
        }
    }
}

fn names(people: &[Asker]) -> Vec<(String, String)> {
    people.iter().map(|person| (person.id.inner().to_owned(), person.name.clone())).collect()
}

fn people(names: &[(String, String)]) -> Vec<Asker> {
    let person = |(id, name): &(String, String)| Asker { id: cynic::Id::new(id), name: name.clone(), picture: None };
    names.iter().map(person).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::Failure;

    fn at(minute: i64) -> DateTime {
        "2026-03-01T09:00:00Z".parse::<DateTime>().unwrap() + TimeDelta::minutes(minute)
    }

    fn pending(id: &str, sending: Sending) -> Pending {
        let ada = Asker { id: cynic::Id::new("account:1"), name: "Ada".into(), picture: None };
        let quote = QuotedMessage {
            id: cynic::Id::new("message:1"),
            author: Some(Decider { name: "Ben".into() }),
            text: "Why?".into(),
            mentions: vec![ada.clone()],
            deleted_at: None,
        };
        Pending {
            client_id: id.into(),
            text: format!("Because {id}"),
            mentions: vec![ada],
            reply_to: Some(quote),
            written_at: at(0),
            sending,
        }
    }

    fn again(kept: &Kept) -> Kept {
        serde_json::from_str(&serde_json::to_string(kept).unwrap()).unwrap()
    }

    #[test]
    fn i1_what_was_not_sent_comes_back_by_the_same_name() {
        let mut kept = Kept::default();
        let all = [pending("a", Sending::Offline), pending("b", Sending::Refused(Failure::Offline))];
        kept.update_pending(&[], &all);
        let back = again(&kept).pending(at(5));
        assert_eq!(back, [pending("a", Sending::Waiting), pending("b", Sending::Left)]);
        let later = kept.pending(at(61));
        assert_eq!(later[0].sending, Sending::Left, "an hour later the person decides");
    }

    #[test]
    fn i1_windows_keep_what_other_windows_wrote() {
        let mut kept = Kept::default();
        kept.update_pending(&[], &[pending("a", Sending::Waiting)]);
        kept.update_pending(&[], &[pending("b", Sending::Waiting)]);
        kept.update_pending(&["b".into()], &[]);
        assert_eq!(kept.pending(at(0)), [pending("a", Sending::Waiting)]);
        assert!(!kept.is_empty());
        kept.update_pending(&["a".into()], &[]);
        assert!(kept.is_empty());
    }

    #[test]
    fn i1_what_is_remembered_in_another_form_is_nothing() {
        assert!(serde_json::from_str::<Kept>("{}").unwrap().is_empty());
        assert!(serde_json::from_str::<Kept>("{\"draft\":5}").is_err());
    }
}
