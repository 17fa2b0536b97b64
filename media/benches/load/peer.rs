//! One end of a transport and its UDP socket, made to cost little: there are hundreds on one thread.

use crate::rtc;
use protocol::signalling::Transport;
use serde_json::Value;
use std::future::pending;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::LazyLock;
use std::time::{Duration, Instant};
use str0m::config::{DtlsCert, DtlsVersion};
use str0m::net::{Protocol, Receive};
use str0m::{Event, Input, Output, Rtc, RtcConfig};
use tokio::net::UdpSocket;
use tokio::time::{Sleep, sleep};

/// One certificate for everybody: browsers make theirs before they join, and on machines of their own.
static CERTIFICATE: LazyLock<DtlsCert> = LazyLock::new(|| {
    let provider = str0m::crypto::from_feature_flags();
    provider.dtls_provider.generate_certificate().expect("a certificate can be made")
});

pub struct Peer {
    pub rtc: Rtc,
    socket: UdpSocket,
    address: SocketAddr,
    node: SocketAddr,
    timer: Pin<Box<Sleep>>,
}

/// A configuration without codecs; what is received or sent is given to the `Rtc` as it is.
pub fn config() -> RtcConfig {
    RtcConfig::new()
        .set_rtp_mode(true)
        .clear_codecs()
        .clear_extension_map()
        .set_dtls_cert(CERTIFICATE.clone())
        .set_dtls_version(DtlsVersion::Dtls12)
}

impl Peer {
    /// Begins to connect to a transport.
    pub async fn new(config: RtcConfig, transport: &Transport) -> Self {
        let socket = UdpSocket::bind("127.0.0.1:0").await.expect("a port is free");
        let address = socket.local_addr().expect("a socket has an address");
        let rtc = rtc::begin(config, transport, address);
        Self::over(rtc, socket, rtc::udp_address(transport)).await
    }

    /// What was begun from this socket already.
    pub async fn over(rtc: Rtc, socket: UdpSocket, node: SocketAddr) -> Self {
        socket.connect(node).await.expect("the node is on this machine");
        // Before that is known, nothing is sent without waiting.
        socket.writable().await.expect("a socket takes datagrams");
        let address = socket.local_addr().expect("a socket has an address");
        Self { rtc, socket, address, node, timer: Box::pin(sleep(Duration::ZERO)) }
    }

    pub fn dtls_parameters(&mut self) -> Value {
        rtc::dtls_parameters(&mut self.rtc)
    }

    /// Sends what is to be sent and tells what happened, until there is nothing more to do now.
    pub fn settle(&mut self, mut told: impl FnMut(Event)) {
        while self.rtc.is_alive() {
            match self.rtc.poll_output() {
                // What the socket does not take is lost, as in a network.
                Ok(Output::Transmit(packet)) => drop(self.socket.try_send(&packet.contents)),
                Ok(Output::Event(event)) => told(event),
                Ok(Output::Timeout(due)) => return self.timer.as_mut().reset(due.into()),
                Err(_ended) => self.rtc.disconnect(),
            }
        }
    }

    /// Waits until a datagram is there or something is due, which is done then.
    pub async fn wait(&mut self) -> Woken {
        if !self.rtc.is_alive() {
            return pending().await;
        }
        tokio::select! {
            _ready = self.socket.readable() => Woken::Datagrams,
            () = &mut self.timer => {
                self.take(Input::Timeout(Instant::now()));
                Woken::Due
            }
        }
    }

    /// The next datagram that is there already.
    pub fn next(&self, buffer: &mut [u8]) -> Option<usize> {
        self.socket.try_recv(buffer).ok()
    }

    pub fn feed(&mut self, datagram: &[u8]) {
        if let Ok(receive) = Receive::new(Protocol::Udp, self.node, self.address, datagram) {
            self.take(Input::Receive(Instant::now(), receive));
        }
    }

    fn take(&mut self, input: Input<'_>) {
        if self.rtc.handle_input(input).is_err() {
            self.rtc.disconnect();
        }
    }
}

pub enum Woken {
    Datagrams,
    Due,
}
