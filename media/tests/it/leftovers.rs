//! What a node holds after many have come and gone: nothing.

use crate::harness::{Browser, FakeApi, Node, pass, pass_with_seats, viewer, within};
use crate::node::{get, start};
use futures_util::future::join_all;
use protocol::room::Source;
use std::time::Duration;

/// A thousand joins and leaves in many rooms, of people who watch, who go on screen, who leave and who are lost: every gauge of
/// the program is at nothing.
#[tokio::test(flavor = "multi_thread")]
async fn after_a_thousand_joins_and_leaves_every_gauge_is_at_nothing() {
    let mut api = FakeApi::start().await;
    let (_child, address) = start(&mut api).await;
    for round in 0..50 {
        let joining = (0..20).map(|number| async move {
            let mut browser =
                Browser::enter(address, &pass(&format!("room {}", number % 4), &format!("{round} {number}"))).await;
            match number % 3 {
                0 => browser.leave().await,
                1 => browser.lose(),
                _ => {
                    browser.create_send_transport().await;
                    browser.produce(Source::Microphone).await.unwrap();
                    browser.leave().await;
                }
            }
        });
        join_all(joining).await;
    }
    let gauges = ["connections", "rooms", "routers", "transports"];
    let mut figures = String::new();
    let empty = async {
        loop {
            figures = get(address, "/metrics").await;
            if gauges.iter().all(|gauge| figures.contains(&format!("\n{gauge} 0\n"))) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    let late = tokio::time::timeout(Duration::from_secs(30), empty).await.is_err();
    assert!(!late, "{figures}");
}

/// The same of what mediasoup itself holds, by its own count, and of what the node says of its rooms.
#[tokio::test(flavor = "multi_thread")]
async fn after_many_joins_and_leaves_the_workers_hold_nothing() {
    let node = Node::start_with(|config| config.workers = 2).await;
    for round in 0..10 {
        let joining = (0..20).map(|number| {
            let (node, session) = (&node, format!("room {}", number % 4));
            async move {
                let person = format!("{round} {number}");
                let mut browser = node.join(&pass_with_seats(&session, &person, 50)).await;
                browser.create_send_transport().await;
                browser.produce(Source::Camera).await.unwrap();
                let watching = node.join(&viewer(&session, &format!("{person} watches"))).await;
                browser.leave().await;
                watching.lose();
            }
        });
        join_all(joining).await;
    }
    // The ports that they listen on.
    let gone = async {
        while node.running.rooms.holds().await.unwrap() != 2 || !node.running.rooms.describe().await.is_empty() {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    within("the end of everything", gone).await;
}
