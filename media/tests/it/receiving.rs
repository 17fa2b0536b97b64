//! What a browser receives: the pictures that it shows and no others (E4), and word of how well they come (H4).

use crate::harness::{Browser, Came, Counting, Face, NOTHING_LOST, Node, account, pass, viewer, within};
use protocol::signalling::{ClientMessage, Consumer, Direction, Quality, Receiving, ServerMessage};
use std::time::Duration;

async fn sender(node: &Node, name: &str, every: Duration, lost: fn(u32) -> bool) -> Face {
    Face::start(node.address(), &pass("a", name), every, lost).await
}

/// Somebody who watches, and counts what comes.
struct Viewer {
    browser: Browser,
    consumers: Vec<Consumer>,
    counting: Counting,
}

impl Viewer {
    async fn new(node: &Node) -> Self {
        let mut browser = node.connect().await;
        let joined = browser.join(&viewer("a", "bob")).await;
        let (counting, parameters) = Counting::start(&joined.receive_transport, &joined.consumers).await;
        connect(&mut browser, Direction::Receive, parameters).await;
        Self { browser, consumers: joined.consumers, counting }
    }

    /// Shows these, by their place among all, or does not.
    async fn show(&mut self, places: impl IntoIterator<Item = usize>, layer: Option<u8>) {
        let consumers =
            places.into_iter().map(|place| Receiving { consumer: self.consumers[place].id.clone(), layer }).collect();
        let answer = self.browser.request(|id| ClientMessage::SetReceiving { id, consumers }).await;
        assert!(matches!(answer, ServerMessage::Ok { .. }), "{answer:?}");
    }

    fn came(&self, place: usize) -> Came {
        self.counting.of(&self.consumers[place].id)
    }

    /// Waits until so many more packets than now came of this one.
    async fn more(&self, place: usize, count: u32) {
        let before = self.came(place).packets;
        within("pictures", async {
            while self.came(place).packets < before + count {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        })
        .await;
    }

    fn forget(&self, place: usize) {
        self.counting.forget(&self.consumers[place].id);
    }
}

async fn connect(browser: &mut Browser, direction: Direction, dtls_parameters: serde_json::Value) {
    let answer = browser.request(|id| ClientMessage::ConnectTransport { id, direction, dtls_parameters }).await;
    assert!(matches!(answer, ServerMessage::Ok { .. }), "{answer:?}");
}

#[tokio::test]
async fn e4_a_picture_that_is_not_shown_stops_and_comes_back_with_a_key_picture() {
    let node = Node::start().await;
    let often = Duration::from_millis(30);
    let _senders = [sender(&node, "ada", often, NOTHING_LOST).await, sender(&node, "cleo", often, NOTHING_LOST).await];
    let mut bob = Viewer::new(&node).await;
    bob.show([0], Some(2)).await;
    bob.more(0, 10).await;
    assert_eq!(bob.came(0).begins_with_key, Some(true));
    assert_eq!(bob.came(1), Came::default(), "nothing flows before it is shown");

    bob.show([0], None).await;
    bob.show([1], Some(2)).await;
    // What was on its way when the picture was paused has come by then.
    bob.more(1, 3).await;
    bob.forget(0);
    bob.more(1, 30).await;
    assert_eq!(bob.came(0), Came::default(), "the picture stands still");

    bob.show([0], Some(0)).await;
    bob.more(0, 3).await;
    assert_eq!(bob.came(0).begins_with_key, Some(true), "or it could not be decoded");
}

/// E4: with 50 on screen a browser receives only the tiles it shows, the others are paused.
#[tokio::test]
async fn e4_with_fifty_on_screen_only_the_shown_pictures_arrive() {
    const SHOWN: usize = 15;
    let node = Node::start().await;
    let mut senders = Vec::new();
    for number in 0..50 {
        senders.push(sender(&node, &format!("p{number}"), Duration::from_millis(200), NOTHING_LOST).await);
    }
    let mut bob = Viewer::new(&node).await;
    assert_eq!(bob.consumers.len(), 50);
    bob.show(0..SHOWN, Some(0)).await;
    for place in 0..SHOWN {
        bob.more(place, 2).await;
    }
    let hidden: Vec<u32> = (SHOWN..50).map(|place| bob.came(place).packets).collect();
    assert_eq!(hidden, [0; 35]);

    // Somebody else speaks and gets a tile in place of the first.
    bob.show([0], None).await;
    bob.show([42], Some(0)).await;
    bob.more(42, 2).await;
    bob.forget(0);
    bob.more(42, 5).await;
    let receiving: Vec<usize> = (0..50).filter(|place| bob.came(*place).packets > 0).collect();
    assert_eq!(receiving, (1..SHOWN).chain([42]).collect::<Vec<_>>());
}

/// H4: who loses every fifth packet on the way here hears of it, and so does everybody who receives them.
#[tokio::test]
async fn h4_a_bad_network_is_told_to_its_person_and_to_who_receives_them() {
    let node = Node::start().await;
    let often = Duration::from_millis(20);
    let mut ada = sender(&node, "ada", often, |number| number % 5 == 1).await;
    let _cleo = sender(&node, "cleo", often, NOTHING_LOST).await;
    let mut bob = Viewer::new(&node).await;
    bob.show([0, 1], Some(0)).await;
    let bad = |message: &ServerMessage| match message {
        ServerMessage::Quality { people } => Some(people.clone()),
        _ => None,
    };
    for browser in [&mut ada.browser, &mut bob.browser] {
        let people = browser.event("word of the quality", bad).await;
        let names: Vec<&str> = people.iter().map(|one| one.person.as_str()).collect();
        assert_eq!(names, [account("ada")], "Cleo's network is good, which is no news");
        assert!(people[0].quality < Quality::Good);
    }
}
