//! Real media through a worker: ICE, DTLS and SRTP with a WebRTC client that is not a browser.

use crate::harness::{Node, Peer, Sending, pass, viewer, within};
use protocol::room::Source;
use protocol::signalling::Direction;

/// What is sent must arrive, so that the adapters of media/native are proved by a handshake, not by a start.
#[tokio::test]
async fn a_real_handshake_carries_media_from_one_to_the_other() {
    let node = Node::start().await;
    let mut ada = node.join(&pass("a", "ada")).await;
    let transport = ada.create_send_transport().await;
    let mut sender = Peer::new(&transport, 111, "0").await;
    ada.connect_transport(Direction::Send, &mut sender).await;
    ada.produce(Source::Microphone).await.unwrap();

    let mut bob = node.connect().await;
    let joined = bob.join(&viewer("a", "bob")).await;
    let consumer = &joined.consumers[0];
    let number = |pointer: &str| consumer.rtp_parameters.pointer(pointer).unwrap().as_u64().unwrap();
    let payload_type = u8::try_from(number("/codecs/0/payloadType")).unwrap();
    let mid = consumer.rtp_parameters["mid"].as_str().unwrap();
    let mut receiver = Peer::new(&joined.receive_transport, payload_type, mid).await;
    receiver.expect(u32::try_from(number("/encodings/0/ssrc")).unwrap(), mid);
    bob.connect_transport(Direction::Receive, &mut receiver).await;
    bob.resume(vec![consumer.id.clone()]).await;

    let payload = b"a sound that only Ada makes".to_vec();
    let sending = Sending { streams: vec![(1000, 111)], payload: payload.clone(), packets: 1 };
    let sending = tokio::spawn(sender.send(sending));
    assert_eq!(within("a packet", receiver.receive()).await, payload);
    sending.abort();
}
