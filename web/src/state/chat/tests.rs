use super::*;
use crate::api::Failure;
use crate::api::chat::{Before, MessageReaction, Own};
use crate::api::share_request::{Asker, Decider};

const ME: Option<&str> = Some("account:me");

fn at(second: i32) -> DateTime {
    format!("2026-03-01T09:00:{:02}Z", second % 60).parse().unwrap()
}

fn message(number: i32, revision: i32, by: &str, text: &str) -> Message {
    Message {
        id: cynic::Id::new(format!("message:{number}")),
        number,
        revision,
        author: Some(Asker { id: cynic::Id::new(format!("account:{by}")), name: by.into(), picture: None }),
        from_host: false,
        text: text.into(),
        mentions: Vec::new(),
        reply_to: None,
        reactions: Vec::new(),
        created_at: at(number),
        edited_at: None,
        deleted_at: None,
        deleted_by_host: false,
    }
}

fn deleted(number: i32, revision: i32) -> Message {
    Message { deleted_at: Some(at(number)), ..message(number, revision, "ada", "") }
}

fn answering(answer: Message, to: &Message) -> Message {
    let quote = QuotedMessage {
        id: to.id.clone(),
        author: Some(Decider { name: "ada".into() }),
        text: to.text.clone(),
        mentions: Vec::new(),
        deleted_at: None,
    };
    Message { reply_to: Some(quote), ..answer }
}

fn pending(client_id: &str, text: &str) -> Pending {
    Pending {
        client_id: client_id.into(),
        text: text.into(),
        mentions: Vec::new(),
        reply_to: None,
        written_at: at(0),
        sending: Sending::Waiting,
    }
}

fn settings(revision: i32, pinned: Option<Message>) -> Chat {
    Chat { revision, slow_seconds: 0, paused: false, pinned }
}

fn page(nodes: Vec<Message>, revision: i32, more: bool) -> MessagePage {
    let own = |message: &Message| Own { number: message.number, viewer_reactions: Vec::new() };
    let start_cursor = nodes.first().map(|first| first.number.to_string());
    let own = nodes.iter().map(own).collect();
    MessagePage { nodes, own, page_info: Before { has_previous_page: more, start_cursor }, revision }
}

fn of(nodes: Vec<Message>, revision: i32) -> Conversation {
    let mut known = Conversation::default();
    known.take_page(Some(settings(revision, None)), page(nodes, revision, false));
    known
}

fn texts(known: &Conversation) -> Vec<&str> {
    known.entries.iter().map(|entry| entry.message.text.as_str()).collect()
}

#[test]
fn i1_a_message_that_comes_twice_is_there_once_and_an_older_copy_changes_nothing() {
    let mut known = of(vec![message(1, 1, "ada", "one")], 1);
    known.apply(message(2, 2, "ada", "two"), ME);
    known.apply(message(2, 4, "ada", "two, edited"), ME);
    known.apply(message(2, 2, "ada", "two"), ME);
    assert_eq!(texts(&known), ["one", "two, edited"]);
}

#[test]
fn i1_messages_stand_in_the_order_of_their_numbers() {
    let mut known = of(vec![message(1, 1, "ada", "one")], 1);
    known.add_pending(pending("a", "three"));
    known.sent("a", message(3, 3, "me", "three"));
    known.apply(message(2, 2, "ada", "two"), ME);
    assert_eq!(texts(&known), ["one", "two", "three"]);
}

#[test]
fn i1_an_own_answer_does_not_hide_what_was_not_told_yet() {
    let mut known = of(vec![message(1, 5, "ada", "one")], 5);
    known.add_pending(pending("a", "three"));
    known.sent("a", message(3, 9, "me", "three"));
    assert_eq!(known.resumes_after(), Some(4));
    known.apply(message(2, 8, "ada", "two"), ME);
    assert_eq!(known.resumes_after(), Some(7), "others may share the change");
}

#[test]
fn i1_after_a_reconnect_the_page_joins_what_is_known() {
    let mut known = of(vec![message(1, 1, "ada", "one"), message(2, 2, "ada", "two")], 2);
    known.take_page(
        Some(settings(4, None)),
        page(vec![message(2, 3, "ada", "two!"), message(3, 4, "ada", "three")], 4, true),
    );
    assert_eq!(texts(&known), ["one", "two!", "three"]);
    assert_eq!(known.resumes_after(), Some(1), "what happened to older messages is still to be told");
    assert_eq!(known.older(), None);
}

#[test]
fn i1_a_change_of_an_older_message_that_is_not_shown_leaves_no_gap() {
    let mut known = Conversation::default();
    known.take_page(Some(settings(9, None)), page(vec![message(5, 5, "ada", "five")], 9, true));
    known.apply(message(2, 10, "ada", "edited"), ME);
    assert_eq!(texts(&known), ["five"]);
    known.take_older(page(vec![message(3, 3, "ada", "three"), message(4, 4, "ada", "four")], 10, true));
    assert_eq!(texts(&known), ["three", "four", "five"]);
    assert_eq!(known.older().map(String::as_str), Some("3"));
}

#[test]
fn i1_a_deleted_message_says_nothing_where_it_was_quoted_and_pinned() {
    let first = message(1, 1, "ada", "secret");
    let mut known = of(vec![first.clone(), answering(message(2, 2, "me", "indeed"), &first)], 2);
    known.set_chat(settings(3, Some(first.clone())));
    let reply_to = known.message(2).and_then(|answer| answer.reply_to.clone());
    known.add_pending(Pending { reply_to, ..pending("a", "again") });
    known.apply(deleted(1, 4), ME);
    let quote = known.message(2).and_then(|answer| answer.reply_to.clone()).unwrap();
    assert_eq!((quote.text.as_str(), quote.deleted_at), ("", Some(at(1))));
    assert_eq!(known.pending()[0].reply_to.as_ref().map(|quote| quote.text.as_str()), Some(""));
    assert_eq!(known.chat().unwrap().pinned, None);
    known.apply(answering(message(3, 5, "me", "late"), &first), ME);
    assert_eq!(known.message(3).and_then(|late| late.reply_to.clone()).unwrap().text, "", "a copy from before");
}

#[test]
fn i1_what_is_typed_while_offline_waits_in_order_and_is_sent_under_one_name() {
    let mut known = of(Vec::new(), 0);
    known.add_pending(pending("a", "first"));
    known.add_pending(pending("b", "second"));
    known.set_sending("a", Sending::Offline);
    assert_eq!(known.next_to_send().unwrap().client_id, "a", "again, by the same name");
    // A history that has to be read again takes nothing of it.
    known.forget();
    assert_eq!(known.pending().len(), 2);
    known.sent("a", message(1, 1, "me", "first"));
    assert_eq!(known.next_to_send().unwrap().client_id, "b");
}

#[test]
fn i1_what_the_server_refused_stays_and_holds_nothing_up() {
    let mut known = of(Vec::new(), 0);
    known.add_pending(pending("a", "first"));
    known.add_pending(pending("b", "second"));
    known.set_sending("a", Sending::Refused(Failure::Offline));
    assert_eq!(known.next_to_send().unwrap().client_id, "b");
    assert_eq!(known.pending()[0].text, "first");
}

#[test]
fn i1_an_own_message_that_is_told_before_its_answer_is_not_shown_twice() {
    let mut known = of(Vec::new(), 0);
    known.add_pending(pending("a", "same"));
    known.add_pending(pending("b", "same"));
    known.apply(message(1, 1, "me", "same"), ME);
    assert_eq!(known.pending().iter().map(|one| &one.sending).collect::<Vec<_>>(), [&Sending::Told, &Sending::Waiting]);
    known.apply(message(1, 2, "me", "same"), ME);
    assert_eq!(known.pending()[1].sending, Sending::Waiting);
    known.set_sending("a", Sending::Offline);
    assert_eq!(known.pending()[0].sending, Sending::Told, "the answer was lost, the message was not");
    known.sent("a", message(1, 1, "me", "same"));
    assert_eq!(known.pending().len(), 1);
}

#[test]
fn i1_unread_are_the_messages_of_others_since_the_person_looked() {
    let mut known = of(vec![message(1, 1, "ada", "one")], 1);
    assert_eq!(known.unread(ME), (0, 0), "what was there before is no news");
    known.apply(message(2, 2, "ada", "two"), ME);
    known.apply(message(3, 3, "me", "three"), ME);
    known.apply(message(4, 4, "ada", "four"), ME);
    known.apply(deleted(4, 5), ME);
    assert_eq!(known.unread(ME), (1, 0));
    known.see();
    assert_eq!(known.unread(ME), (0, 0));
}

#[test]
fn i1_own_reactions_count_before_they_are_told_and_survive_a_change() {
    let mut known = of(vec![message(1, 1, "ada", "one")], 1);
    assert!(known.toggle(1, "👍"));
    assert_eq!(known.reactions(1), [("👍".to_owned(), 1, true)]);
    let reactions = vec![MessageReaction { emoji: "👍".into(), count: 3 }];
    known.apply(Message { reactions, ..message(1, 2, "ada", "one") }, ME);
    assert_eq!(known.reactions(1), [("👍".to_owned(), 3, true)]);
    assert!(!known.toggle(1, "👍"));
    assert_eq!(known.reactions(1), [("👍".to_owned(), 3, false)]);
}

#[test]
fn i1_an_older_copy_of_the_settings_changes_nothing() {
    let mut known = of(Vec::new(), 1);
    known.set_chat(Chat { paused: true, ..settings(3, None) });
    known.set_chat(settings(2, None));
    assert!(known.chat().unwrap().paused);
}

#[test]
fn i1_a_long_chat_lets_go_of_its_beginning_and_can_go_back_to_it() {
    let all = (1..=451).map(|number| message(number, number, "ada", "x")).collect();
    let mut known = of(all, 451);
    known.trim();
    assert_eq!((known.numbers().first(), known.numbers().len()), (Some(&152), 300));
    assert_eq!(known.older().map(String::as_str), Some("152"));
}

#[test]
fn i1_slow_mode_counts_from_the_own_last_message() {
    let known = of(vec![message(1, 1, "me", "one"), message(2, 2, "ada", "two")], 2);
    assert_eq!(known.wrote_last(ME), Some(at(1)));
    assert_eq!(known.wrote_last(None), None);
}

#[test]
fn i1_a_message_that_mentions_the_person_is_counted_and_told_once() {
    let me = Asker { id: cynic::Id::new("account:me"), name: "me".into(), picture: None };
    let calling = |number, by| Message { mentions: vec![me.clone()], ..message(number, number, by, "@") };
    let mut known = of(vec![message(1, 1, "ada", "one")], 1);
    assert!(known.is_call(&calling(2, "ada"), ME));
    assert!(!known.is_call(&message(2, 2, "ada", "two"), ME));
    assert!(!known.is_call(&calling(2, "me"), ME), "of oneself");
    assert!(!known.is_call(&calling(2, "ada"), None));
    known.apply(calling(2, "ada"), ME);
    known.apply(message(3, 3, "ada", "three"), ME);
    assert_eq!(known.unread(ME), (2, 1));
    assert!(!known.is_call(&calling(2, "ada"), ME), "an edit is no news");
    known.see();
    assert_eq!(known.unread(ME), (0, 0));
}

#[test]
fn i1_who_wrote_last_is_nearest() {
    let known = of(vec![message(1, 1, "ada", "x"), message(2, 2, "ben", "x"), message(3, 3, "ada", "x")], 3);
    let names: Vec<String> = known.people().into_iter().map(|person| person.name).collect();
    assert_eq!(names, ["ada", "ben"]);
}

#[test]
fn i1_what_an_earlier_visit_left_is_sent_first_and_once() {
    let mut known = of(Vec::new(), 1);
    known.add_pending(pending("b", "new"));
    let left = Pending { sending: Sending::Left, ..pending("c", "old") };
    known.restore(vec![left, pending("a", "one"), pending("b", "new")]);
    let ids: Vec<&str> = known.pending().iter().map(|one| one.client_id.as_str()).collect();
    assert_eq!(ids, ["c", "a", "b"]);
    assert_eq!(known.next_to_send().unwrap().client_id, "a", "what the person decides about waits");
    known.apply(message(1, 2, "me", "one"), ME);
    assert_eq!(known.pending()[1].sending, Sending::Told);
}
