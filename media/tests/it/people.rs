//! Who is inside, as the api is told; raised hands and reactions, as everybody is (I2, I3).

use crate::harness::{Browser, FakeApi, Link, Node, account, pass, refused, session, viewer};
use futures_util::future::join_all;
use protocol::link::{FromApi, PeopleChange};
use protocol::room::{Reaction, Source};
use protocol::signalling::{ErrorCode, ServerMessage};

fn names(change: &PeopleChange) -> Vec<&str> {
    let mut names: Vec<&str> = change.joined.iter().map(|one| one.name.as_str()).collect();
    names.sort_unstable();
    names
}

/// The names of the next so many who come, whether they are told together or not.
async fn come(link: &mut Link, count: usize) -> Vec<String> {
    let mut told = Vec::new();
    while told.len() < count {
        told.extend(link.people().await.joined.into_iter().map(|one| one.name));
    }
    told.sort();
    told
}

/// I2: who comes and goes is told by name, together, and a link that begins knows of everybody already.
#[tokio::test]
async fn i2_the_api_is_told_who_comes_and_goes() {
    let mut api = FakeApi::start().await;
    let node = Node::linked_to(&api).await;
    let (mut link, _hello) = api.link().await;
    let ada = node.join(&viewer("a", "ada")).await;
    let first = link.people().await;
    assert_eq!((first.session.clone(), names(&first), first.left.clone()), (session("a"), vec!["ada"], vec![]));

    let others = join_all(["bob", "cleo"].map(|name| {
        let node = &node;
        async move { node.join(&viewer("a", name)).await }
    }));
    let _others = others.await;
    assert_eq!(come(&mut link, 2).await, ["bob", "cleo"]);
    ada.leave().await;
    let gone = link.people().await;
    assert_eq!((names(&gone), gone.left.clone()), (vec![], vec![account("ada")]));

    drop(link);
    let (mut again, hello) = api.link().await;
    let mut known = hello.rooms[0].people.clone();
    known.sort();
    assert_eq!(known, [account("bob"), account("cleo")]);
    let _dan = node.join(&viewer("a", "dan")).await;
    let news = again.people().await;
    assert_eq!((names(&news), news.left.len()), (vec!["dan"], 0), "what hello said is not told again");
}

/// I2: who comes and goes within the same second is not told; the end of a room is.
#[tokio::test]
async fn i2_who_only_looks_in_is_not_told() {
    let mut api = FakeApi::start().await;
    let node = Node::linked_to(&api).await;
    let (mut link, _hello) = api.link().await;
    let ada = node.join(&viewer("a", "ada")).await;
    assert_eq!(names(&link.people().await), ["ada"]);
    // Each far quicker than a second.
    for number in 0..20 {
        node.join(&viewer("a", &format!("short{number}"))).await.leave().await;
    }
    ada.leave().await;
    let mut told = Vec::new();
    loop {
        let change = link.people().await;
        told.extend(names(&change).into_iter().map(str::to_owned));
        if change.left.contains(&account("ada")) {
            break;
        }
    }
    assert!(told.len() < 10, "nearly all of them came and went between two tellings: {told:?}");
}

/// I2, E1: who has lost the connection is inside for as long as the seat is held.
#[tokio::test]
async fn i2_e1_who_is_lost_on_screen_stays_inside() {
    let mut api = FakeApi::start().await;
    let node = Node::linked_to(&api).await;
    let (mut link, _hello) = api.link().await;
    let mut ada = node.join_to_share(&pass("a", "ada")).await;
    let bob = node.join(&viewer("a", "bob")).await;
    let mut watching = node.join(&viewer("a", "cleo")).await;
    ada.produce(Source::Microphone).await.unwrap();
    assert_eq!(come(&mut link, 3).await, ["ada", "bob", "cleo"]);
    ada.lose();
    watching.speakers("ada is lost", |speakers| speakers.first().is_some_and(|one| one.lost)).await;
    bob.lose();
    loop {
        let left = link.people().await.left;
        assert!(!left.contains(&account("ada")), "her seat is held");
        if left.contains(&account("bob")) {
            break;
        }
    }
}

async fn three(node: &Node) -> [Browser; 3] {
    [node.join(&viewer("a", "ada")).await, node.join(&viewer("a", "bob")).await, node.join(&viewer("a", "cleo")).await]
}

/// I3: everybody sees hands in the order in which they were raised, also who comes later, and the api does.
#[tokio::test]
async fn i3_hands_are_in_the_order_in_which_they_were_raised() {
    let mut api = FakeApi::start().await;
    let node = Node::linked_to(&api).await;
    let (mut link, _hello) = api.link().await;
    let [mut ada, mut bob, mut cleo] = three(&node).await;
    bob.raise_hand(true).await;
    ada.raise_hand(true).await;
    bob.raise_hand(true).await;
    assert_eq!(cleo.hands(&["bob", "ada"]).await.count, 2);
    let late = node.connect().await.join(&viewer("a", "dan")).await.hands;
    assert_eq!(late.up.iter().map(|hand| &*hand.person).collect::<Vec<_>>(), [account("bob"), account("ada")]);
    link.room("both hands", |room| room.hands.up.iter().map(|hand| &*hand.name).eq(["bob", "ada"])).await;
    bob.raise_hand(false).await;
    cleo.hands(&["ada"]).await;
    bob.raise_hand(true).await;
    cleo.hands(&["ada", "bob"]).await;
}

/// I3: a host lowers one hand or all, and who leaves lowers the own one by that.
#[tokio::test]
async fn i3_hosts_lower_hands_and_leaving_lowers_ones_own() {
    let mut api = FakeApi::start().await;
    let node = Node::linked_to(&api).await;
    let (mut link, _hello) = api.link().await;
    let [mut ada, mut bob, mut cleo] = three(&node).await;
    for one in [&mut ada, &mut bob, &mut cleo] {
        one.raise_hand(true).await;
    }
    cleo.hands(&["ada", "bob", "cleo"]).await;
    link.say(&FromApi::LowerHand { session: session("a"), person: Some(account("bob")) }).await;
    cleo.hands(&["ada", "cleo"]).await;
    bob.hands(&["ada", "cleo"]).await;
    ada.leave().await;
    cleo.hands(&["cleo"]).await;
    bob.raise_hand(true).await;
    cleo.hands(&["cleo", "bob"]).await;
    link.say(&FromApi::LowerHand { session: session("a"), person: None }).await;
    assert_eq!(cleo.hands(&[]).await.count, 0);
}

/// I3, H5: a lost connection keeps the hand where it was, also while nobody else is inside.
#[tokio::test]
async fn i3_h5_a_hand_stays_up_over_a_reconnect() {
    let node = Node::start().await;
    let [mut ada, mut bob, mut cleo] = three(&node).await;
    ada.raise_hand(true).await;
    bob.raise_hand(true).await;
    cleo.hands(&["ada", "bob"]).await;
    ada.lose();
    let gone = |message: &ServerMessage| {
        let lowered = matches!(message, ServerMessage::Hands { hands } if hands.count < 2);
        assert!(!lowered, "her hand went down: {message:?}");
        matches!(message, ServerMessage::Counts { counts } if counts.viewers == 2).then_some(())
    };
    cleo.event("ada is gone", gone).await;
    let back = node.connect().await.join(&viewer("a", "ada")).await;
    assert_eq!(back.hands.up.iter().map(|hand| &*hand.name).collect::<Vec<_>>(), ["ada", "bob"]);

    let mut alone = node.join(&viewer("b", "dan")).await;
    alone.raise_hand(true).await;
    alone.hands(&["dan"]).await;
    alone.lose();
    let back = node.connect().await.join(&viewer("b", "dan")).await;
    assert_eq!(back.hands.count, 1);
}

/// C6, I3: who is put out has no hand up.
#[tokio::test]
async fn i3_c6_who_loses_access_has_no_hand_up() {
    let mut api = FakeApi::start().await;
    let node = Node::linked_to(&api).await;
    let (mut link, _hello) = api.link().await;
    let [mut ada, mut bob, mut cleo] = three(&node).await;
    ada.raise_hand(true).await;
    bob.raise_hand(true).await;
    cleo.hands(&["ada", "bob"]).await;
    link.say(&FromApi::Remove { session: session("a"), person: account("ada") }).await;
    cleo.hands(&["bob"]).await;
}

/// I3: a hundred reactions of twenty people are a message or two, not a hundred, and what nobody does is not told.
#[tokio::test]
async fn i3_reactions_of_a_second_are_told_together() {
    let node = Node::start().await;
    let mut watching = node.join(&viewer("a", "watching")).await;
    let names: Vec<String> = (0..20).map(|number| format!("person{number}")).collect();
    let mut browsers = join_all(names.iter().map(|name| {
        let node = &node;
        async move { node.join(&viewer("a", name)).await }
    }))
    .await;
    watching.counts("everybody inside", |counts| counts.viewers == 21).await;
    join_all(browsers.iter_mut().map(|browser| async move {
        for emoji in [Reaction::Applause, Reaction::Applause, Reaction::Applause, Reaction::Heart, Reaction::Party] {
            assert!(matches!(browser.react(emoji).await, ServerMessage::Ok { .. }));
        }
    }))
    .await;
    let (mut sums, mut messages) = (std::collections::HashMap::new(), 0);
    while sums.values().sum::<u32>() < 100 {
        for (emoji, count) in watching.reactions().await {
            *sums.entry(emoji).or_insert(0) += count;
        }
        messages += 1;
    }
    let expected = [(Reaction::Applause, 60), (Reaction::Heart, 20), (Reaction::Party, 20)];
    assert_eq!(sums, expected.into());
    assert!(messages <= 5, "{messages} messages for 100 reactions");
    // The next thing that is told is another one, some ticks later.
    watching.raise_hand(true).await;
    watching.hands(&["watching"]).await;
    let _later = node.join(&viewer("a", "later")).await;
    let a_tick_later = |message: &ServerMessage| {
        assert!(!matches!(message, ServerMessage::Reactions { .. }), "nobody reacted: {message:?}");
        matches!(message, ServerMessage::Counts { counts } if counts.viewers == 22).then_some(())
    };
    watching.event("a tick later", a_tick_later).await;
}

/// I3: of one person no more than five a second count; the others are answered all the same.
#[tokio::test]
async fn i3_one_person_is_not_many() {
    let node = Node::start().await;
    let mut ada = node.join(&viewer("a", "ada")).await;
    for _ in 0..60 {
        assert!(matches!(ada.react(Reaction::Heart).await, ServerMessage::Ok { .. }));
    }
    let counts = ada.reactions().await;
    assert!(counts.iter().map(|(_, count)| count).sum::<u32>() <= 5, "{counts:?}");
}

/// A7, I3: who is muted does not react, whether the pass says so or the api later; and may again.
#[tokio::test]
async fn i3_a7_who_is_muted_does_not_react() {
    let mut api = FakeApi::start().await;
    let node = Node::linked_to(&api).await;
    let (mut link, _hello) = api.link().await;
    let mut muted = viewer("a", "ada");
    muted.react = false;
    let mut ada = node.join(&muted).await;
    assert_eq!(refused(&ada.react(Reaction::Heart).await), ErrorCode::MayNotReact);
    ada.raise_hand(true).await;
    ada.hands(&["ada"]).await;
    let reacting = |allowed| FromApi::Reacting { session: session("a"), person: account("ada"), allowed };
    // What lowers the hand comes behind it on the same link.
    let lower = FromApi::LowerHand { session: session("a"), person: None };
    link.say(&reacting(true)).await;
    link.say(&lower).await;
    ada.hands(&[]).await;
    assert!(matches!(ada.react(Reaction::Heart).await, ServerMessage::Ok { .. }));
    ada.raise_hand(true).await;
    ada.hands(&["ada"]).await;
    link.say(&reacting(false)).await;
    link.say(&lower).await;
    ada.hands(&[]).await;
    assert_eq!(refused(&ada.react(Reaction::Heart).await), ErrorCode::MayNotReact);
}
