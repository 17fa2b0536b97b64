//! The chat of a session as the page has it (I1): messages in the order of their numbers, each once as it is now, and the
//! person's own on their way.

pub mod draft;
pub mod kept;
pub mod offer;
mod pending;
pub mod text;

pub use pending::{Pending, Sending};

use crate::api::DateTime;
use crate::api::chat::{Chat, Message, MessagePage, QuotedMessage};
use crate::api::share_request::Asker;

/// The most characters of a message, as the server counts them.
pub const MESSAGE: usize = 2_000;

/// How many messages stay when nobody looks at older ones: a page that is open all day must not grow for ever.
const KEPT: usize = 300;

/// A message with what is the page's own about it.
#[derive(Clone, Debug, PartialEq)]
struct Entry {
    message: Message,
    /// The emoji that the person has added.
    own: Vec<String>,
    /// Another one whenever something about it has changed.
    stamp: u32,
}

#[derive(Clone, Debug, Default)]
pub struct Conversation {
    entries: Vec<Entry>,
    pending: Vec<Pending>,
    chat: Option<Chat>,
    /// Up to which change everything that is shown is known.
    told: Option<i32>,
    /// Where older messages end, while there are some that are not shown.
    older: Option<String>,
    /// The last number that the person has seen.
    seen: Option<i32>,
    stamp: u32,
}

impl Conversation {
    /// Whether there is a history to which changes belong.
    pub fn has_begun(&self) -> bool {
        self.told.is_some()
    }

    /// After which change to ask for more. The last one again: messages that change together share one, and not all of them
    /// may have come.
    pub fn resumes_after(&self) -> Option<i32> {
        self.told.map(|told| told.saturating_sub(1))
    }

    /// The newest page, when the person comes in and after every reconnect. Older messages that are known stay: what happened
    /// between them and the page is told.
    pub fn take_page(&mut self, chat: Option<Chat>, page: MessagePage) {
        let Some(chat) = chat else { return self.forget() };
        self.set_chat(chat);
        if self.told.is_none() {
            self.told = Some(page.revision);
            self.older = page.page_info.start_cursor.clone().filter(|_| page.page_info.has_previous_page);
        }
        self.merge_all(page);
        if self.seen.is_none() {
            self.see();
        }
    }

    /// The page before the first message.
    pub fn take_older(&mut self, page: MessagePage) {
        self.older = page.page_info.start_cursor.clone().filter(|_| page.page_info.has_previous_page);
        self.merge_all(page);
    }

    /// Where the next older page ends.
    pub fn older(&self) -> Option<&String> {
        self.older.as_ref()
    }

    /// What is shown can be true no more; what the person writes stays.
    pub fn forget(&mut self) {
        self.entries.clear();
        (self.told, self.older, self.chat) = (None, None, None);
    }

    /// A change that was told. One of a message that is not shown, since it is older, is none here.
    pub fn apply(&mut self, message: Message, me: Option<&str>) {
        self.told = self.told.map(|told| told.max(message.revision));
        let is_older = self.entries.first().is_some_and(|first| message.number < first.message.number);
        if is_older && self.older.is_some() {
            return self.update_quotes(&message);
        }
        let is_new = self.find(message.number).is_err();
        if is_new && author(&message) == me && me.is_some() {
            // The answer to its sender is still on its way: it is not shown twice meanwhile.
            let on_its_way =
                |one: &&mut Pending| !matches!(one.sending, Sending::Refused(_) | Sending::Left | Sending::Told);
            let first = self.pending.iter_mut().find(on_its_way).filter(|one| one.text.trim() == message.text);
            first.into_iter().for_each(|one| one.sending = Sending::Told);
        }
        self.merge(message);
    }

    pub fn set_chat(&mut self, chat: Chat) {
        if self.chat.as_ref().is_none_or(|known| known.revision <= chat.revision) {
            self.chat = Some(chat);
        }
    }

    pub fn chat(&self) -> Option<&Chat> {
        self.chat.as_ref()
    }

    /// Lets go of the oldest, while the person looks at the newest.
    pub fn trim(&mut self) {
        if self.entries.len() > KEPT + KEPT / 2 {
            self.entries.drain(..self.entries.len() - KEPT);
            // The cursor of a message is its number.
            self.older = self.entries.first().map(|first| first.message.number.to_string());
        }
    }

    pub fn numbers(&self) -> Vec<i32> {
        self.entries.iter().map(|entry| entry.message.number).collect()
    }

    pub fn message(&self, number: i32) -> Option<&Message> {
        self.find(number).ok().map(|place| &self.entries[place].message)
    }

    /// Another value whenever the message has changed.
    pub fn stamp(&self, number: i32) -> u32 {
        self.find(number).map_or(0, |place| self.entries[place].stamp)
    }

    /// The emoji at a message, with how many people added each and whether the person did. What they did just now counts
    /// before it is told.
    pub fn reactions(&self, number: i32) -> Vec<(String, i32, bool)> {
        let Ok(place) = self.find(number) else { return Vec::new() };
        let Entry { message, own, .. } = &self.entries[place];
        let told = message.reactions.iter().map(|one| (one.emoji.clone(), one.count, own.contains(&one.emoji)));
        let mut all: Vec<_> = told.collect();
        for emoji in own {
            if all.iter().all(|(known, ..)| known != emoji) {
                all.push((emoji.clone(), 1, true));
            }
        }
        all
    }

    /// Adds an own emoji or takes it away, and says whether it is there now.
    pub fn toggle(&mut self, number: i32, emoji: &str) -> bool {
        let Ok(place) = self.find(number) else { return false };
        let stamp = self.next_stamp();
        let entry = &mut self.entries[place];
        entry.stamp = stamp;
        let before = entry.own.len();
        entry.own.retain(|own| own != emoji);
        let added = entry.own.len() == before;
        if added {
            entry.own.push(emoji.to_owned());
        }
        added
    }

    /// How many messages of others came since the person looked, and how many of them mention them.
    pub fn unread(&self, me: Option<&str>) -> (usize, usize) {
        let seen = self.seen.unwrap_or(i32::MAX);
        let newer = self.entries.iter().rev().map(|entry| &entry.message).take_while(|message| message.number > seen);
        let others = newer.filter(|message| message.deleted_at.is_none() && author(message) != me);
        others.fold((0, 0), |(all, mine), message| (all + 1, mine + usize::from(mentions(message, me))))
    }

    /// Whether the message is another one than those that are known, of somebody else, and mentions the person.
    pub fn is_call(&self, message: &Message, me: Option<&str>) -> bool {
        let is_new = self.entries.last().is_none_or(|last| last.message.number < message.number);
        is_new && message.deleted_at.is_none() && author(message) != me && mentions(message, me)
    }

    /// Who wrote here or was mentioned, the latest first, each once.
    pub fn people(&self) -> Vec<Asker> {
        let mut people: Vec<Asker> = Vec::new();
        for message in self.entries.iter().rev().map(|entry| &entry.message) {
            for person in message.author.iter().chain(&message.mentions) {
                if people.iter().all(|known| known.id != person.id) {
                    people.push(person.clone());
                }
            }
        }
        people
    }

    /// The person looks at the newest message.
    pub fn see(&mut self) {
        let last = self.entries.last().map_or(0, |last| last.message.number);
        self.seen = Some(self.seen.unwrap_or(0).max(last));
    }

    /// When the person wrote last.
    pub fn wrote_last(&self, me: Option<&str>) -> Option<DateTime> {
        let own = |entry: &&Entry| me.is_some() && author(&entry.message) == me;
        self.entries.iter().rev().find(own).map(|entry| entry.message.created_at)
    }

    fn find(&self, number: i32) -> Result<usize, usize> {
        self.entries.binary_search_by_key(&number, |entry| entry.message.number)
    }

    fn next_stamp(&mut self) -> u32 {
        self.stamp += 1;
        self.stamp
    }

    fn merge_all(&mut self, page: MessagePage) {
        page.nodes.into_iter().for_each(|message| self.merge(message));
        for own in page.own {
            if let Ok(place) = self.find(own.number) {
                let stamp = self.next_stamp();
                let entry = &mut self.entries[place];
                (entry.own, entry.stamp) = (own.viewer_reactions, stamp);
            }
        }
    }

    /// An older copy changes nothing.
    fn merge(&mut self, mut message: Message) {
        if let Some(quote) = &mut message.reply_to
            && let Some(known) = self.entries.iter().find(|entry| entry.message.id == quote.id)
        {
            follow(quote, &known.message);
        }
        match self.find(message.number) {
            Ok(place) if self.entries[place].message.revision >= message.revision => {}
            Ok(place) => {
                self.update_quotes(&message);
                let stamp = self.next_stamp();
                let entry = &mut self.entries[place];
                (entry.message, entry.stamp) = (message, stamp);
            }
            Err(place) => {
                let stamp = self.next_stamp();
                self.entries.insert(place, Entry { message, own: Vec::new(), stamp });
            }
        }
    }

    /// Answers say what the message says now: of a deleted one nothing, and it is pinned no more.
    fn update_quotes(&mut self, message: &Message) {
        let stamp = self.next_stamp();
        for entry in &mut self.entries {
            if let Some(quote) = entry.message.reply_to.as_mut().filter(|quote| quote.id == message.id) {
                follow(quote, message);
                entry.stamp = stamp;
            }
        }
        for quote in self.pending.iter_mut().filter_map(|one| one.reply_to.as_mut()) {
            if quote.id == message.id {
                follow(quote, message);
            }
        }
        if let Some(chat) = &mut self.chat
            && chat.pinned.as_ref().is_some_and(|pinned| pinned.id == message.id)
        {
            chat.pinned = Some(message.clone()).filter(|message| message.deleted_at.is_none());
        }
    }
}

fn follow(quote: &mut QuotedMessage, message: &Message) {
    (quote.text, quote.mentions) = (message.text.clone(), message.mentions.clone());
    quote.deleted_at = message.deleted_at;
}

/// The id of who wrote it.
pub fn author(message: &Message) -> Option<&str> {
    message.author.as_ref().map(|author| author.id.inner())
}

/// Whether the message mentions the person.
pub fn mentions(message: &Message, me: Option<&str>) -> bool {
    me.is_some_and(|me| message.mentions.iter().any(|person| person.id.inner() == me))
}

#[cfg(test)]
mod tests;
