//! A room on more than one worker: what is sent arrives on each, muting and ends pass through, and what nobody uses goes.

use crate::harness::{Browser, Ear, Node, Voice, pass, viewer, within};
use futures_util::future::join_all;
use protocol::room::Source;
use std::time::Duration;

/// What two workers hold when nobody is there: the ports that they listen on.
const EMPTY: usize = 2;

/// Two workers, and so many members of a room on each before the next one is taken.
async fn spread(limit: usize) -> Node {
    Node::start_with(|config| (config.workers, config.router_members) = (2, limit)).await
}

/// Waits until the workers hold as little as this.
async fn holds(node: &Node, what: &str, as_before: usize) {
    let gone = async {
        while node.running.rooms.holds().await.unwrap() != as_before {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    within(what, gone).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_room_that_outgrows_a_worker_goes_on_on_the_next() {
    let node = spread(1).await;
    let mut ada = Voice::start(node.address(), &pass("a", "ada")).await;
    // Each on another worker, and one beside each of them.
    let first = Ear::join(node.address(), &viewer("a", "first")).await;
    let second = Ear::join(node.address(), &viewer("a", "second")).await;
    let third = Ear::join(node.address(), &viewer("a", "third")).await;
    let ears = [&first, &second, &third];
    for ear in ears {
        ear.hears("packets from another worker").await;
    }

    ada.browser.set_muted(Source::Microphone, true).await;
    join_all(ears.map(|ear| ear.hears_nothing("who is muted"))).await;
    ada.browser.set_muted(Source::Microphone, false).await;
    for ear in ears {
        ear.hears("who is unmuted").await;
    }

    let mut ben = Voice::start(node.address(), &pass("a", "ben")).await;
    let mut first = first;
    first.add().await;
    ada.browser.stop(Source::Microphone).await;
    first.browser.consumer_removed().await;
    first.hears("the other one, when one has ended").await;
    ben.browser.stop(Source::Microphone).await;
    first.hears_nothing("who has stopped").await;
    drop((ada, ben));
}

/// Who is muted before anybody hears them on another worker is muted there, and is heard when unmuted.
#[tokio::test(flavor = "multi_thread")]
async fn who_was_muted_before_the_pipe_was_laid_is_heard_when_unmuted() {
    let node = spread(1).await;
    let mut ada = Voice::start(node.address(), &pass("a", "ada")).await;
    ada.browser.set_muted(Source::Microphone, true).await;
    let bob = Ear::join(node.address(), &viewer("a", "bob")).await;
    bob.hears_nothing("who is muted").await;
    ada.browser.set_muted(Source::Microphone, false).await;
    bob.hears("who is unmuted").await;
}

/// One pipe for each producer and worker, however many receive it, and only where somebody does.
#[tokio::test(flavor = "multi_thread")]
async fn a_producer_is_piped_once_and_only_where_somebody_receives_it() {
    let node = spread(2).await;
    holds(&node, "nothing", EMPTY).await;
    let mut ada = node.join_to_share(&pass("a", "ada")).await;
    ada.produce(Source::Microphone).await.unwrap();
    // A router, two transports and a producer.
    holds(&node, "what one who sends needs", EMPTY + 4).await;
    let beside = node.join(&viewer("a", "beside")).await;
    holds(&node, "one more transport and consumer, and no pipe", EMPTY + 6).await;
    let first = node.join(&viewer("a", "first")).await;
    // A router, a transport and a consumer; a pair of transports, a consumer and a producer.
    holds(&node, "the other worker with a pipe", EMPTY + 6 + 7).await;
    let second = node.join(&viewer("a", "second")).await;
    holds(&node, "no second pipe", EMPTY + 6 + 7 + 2).await;
    for browser in [first, second] {
        browser.leave().await;
    }
    holds(&node, "the router that nobody is on is gone, with the pipe", EMPTY + 6).await;
    let again = node.join(&viewer("a", "again")).await;
    holds(&node, "laid anew for the next one", EMPTY + 6 + 7).await;
    for browser in [again, beside, ada] {
        browser.leave().await;
    }
    holds(&node, "nothing", EMPTY).await;
}

/// Many who come and go at once on both workers while people start and stop: it ends with nothing left.
#[tokio::test(flavor = "multi_thread")]
async fn comings_and_goings_on_two_workers_leave_nothing_behind() {
    let node = spread(2).await;
    for round in 0..5 {
        let passes: Vec<_> = (0..8).map(|number| pass("a", &format!("{round} {number}"))).collect();
        let mut browsers = join_all(passes.iter().map(|pass| node.join_to_share(pass))).await;
        let producing = browsers.iter_mut().map(|browser| browser.produce(Source::Microphone));
        for produced in join_all(producing).await {
            produced.unwrap();
        }
        for browser in &mut browsers {
            for _ in 0..7 {
                browser.consumer_added().await;
            }
        }
        join_all(browsers.into_iter().map(Browser::leave)).await;
    }
    holds(&node, "nothing", EMPTY).await;
}
