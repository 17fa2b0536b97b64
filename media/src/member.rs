//! The media of one browser in a room: its transports, what it sends, what it receives. Everything closes on drop.

use crate::room::Sending;
use crate::workers::RoomRouter;
use futures_util::future::join_all;
use mediasoup::prelude::*;
use protocol::room::{Seat, Source};
use protocol::signalling::{Consumer as ConsumerMessage, Direction, ErrorCode, Transport as TransportMessage};
use serde::Serialize;
use serde_json::Value;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::time::sleep;

/// What failed: a code, and a message for whoever wrote the client.
pub type Failure = (ErrorCode, String);

pub struct MemberMedia {
    router: Arc<RoomRouter>,
    capabilities: RtpCapabilities,
    receive: WebRtcTransport,
    send: Option<WebRtcTransport>,
    producers: HashMap<Source, Producer>,
    consumers: HashMap<String, Consumer>,
    /// When a producer was last dropped.
    stopped: Option<Instant>,
}

/// A producer that was dropped less long ago may still be there for the worker.
const JUST_STOPPED: Duration = Duration::from_secs(1);

impl MemberMedia {
    /// With the transport to receive on. `capabilities` are mediasoup's of the browser's device.
    pub async fn new(router: Arc<RoomRouter>, capabilities: Value) -> Result<Self, Failure> {
        let capabilities = serde_json::from_value(capabilities).map_err(invalid("rtpCapabilities"))?;
        let receive = router.transport().await.map_err(internal)?;
        let (producers, consumers) = (HashMap::new(), HashMap::new());
        Ok(Self { router, capabilities, receive, send: None, producers, consumers, stopped: None })
    }

    pub fn receive_transport(&self) -> TransportMessage {
        describe(&self.receive)
    }

    pub async fn create_send_transport(&mut self) -> Result<TransportMessage, Failure> {
        if self.send.is_some() {
            return Err((ErrorCode::WrongState, "There is a transport to send on already.".into()));
        }
        let transport = self.router.transport().await.map_err(internal)?;
        let message = describe(&transport);
        self.send = Some(transport);
        Ok(message)
    }

    pub async fn connect(&self, direction: Direction, parameters: Value) -> Result<(), Failure> {
        let dtls_parameters = serde_json::from_value(parameters).map_err(invalid("dtlsParameters"))?;
        let parameters = WebRtcTransportRemoteParameters { dtls_parameters };
        self.transport(direction)?.connect(parameters).await.map_err(|error| (ErrorCode::WrongState, error.to_string()))
    }

    /// New ICE parameters for the transport.
    pub async fn restart_ice(&self, direction: Direction) -> Result<Value, Failure> {
        let parameters = self.transport(direction)?.restart_ice().await.map_err(internal)?;
        Ok(json(&parameters))
    }

    /// Starts to receive a source from the browser. The seat must be claimed already.
    pub async fn produce(&mut self, source: Source, parameters: Value, paused: bool) -> Result<ProducerId, Failure> {
        let mut rtp_parameters: RtpParameters = serde_json::from_value(parameters).map_err(invalid("rtpParameters"))?;
        // Browsers that send simulcast by rid leave the name empty, which the worker refuses; without one it makes one.
        if rtp_parameters.rtcp.cname.as_deref() == Some("") {
            rtp_parameters.rtcp.cname = None;
        }
        let kind = if source.is_audio() { MediaKind::Audio } else { MediaKind::Video };
        let mut options = ProducerOptions::new(kind, rtp_parameters);
        options.paused = paused;
        // Whoever joins asks for a key frame: together, once a second, so that a room that fills up costs no more.
        options.key_frame_request_delay = 1000;
        let producer = self.start(options).await?;
        let id = producer.id();
        self.producers.insert(source, producer);
        Ok(id)
    }

    /// The worker hears of the end of a producer a moment after it was dropped. Until then the stream that it had cannot
    /// be sent again, which is what a browser does that stops and starts a source.
    async fn start(&self, options: ProducerOptions) -> Result<Producer, Failure> {
        let mut tries = if self.stopped.is_some_and(|at| at.elapsed() < JUST_STOPPED) { 10 } else { 1 };
        loop {
            tries -= 1;
            match self.transport(Direction::Send)?.produce(options.clone()).await {
                Ok(producer) => return Ok(producer),
                Err(_taken) if tries > 0 => sleep(JUST_STOPPED / 20).await,
                Err(error) => return Err((ErrorCode::InvalidParameters, error.to_string())),
            }
        }
    }

    /// Mutes or unmutes an own source.
    pub async fn set_muted(&self, source: Source, muted: bool) -> Result<(), Failure> {
        let producer = self.producers.get(&source).ok_or_else(not_sent)?;
        let done = if muted { producer.pause().await } else { producer.resume().await };
        done.map_err(internal)
    }

    pub fn stop(&mut self, source: Source) -> Result<(), Failure> {
        self.stopped = Some(Instant::now());
        self.producers.remove(&source).map(drop).ok_or_else(not_sent)
    }

    /// Stops what is sent from one seat, and gives what it was.
    pub fn stop_seat(&mut self, seat: Seat) -> Vec<Source> {
        self.stopped = Some(Instant::now());
        self.producers.extract_if(|source, _| source.seat() == seat).map(|(source, _)| source).collect()
    }

    /// Stops everything that is sent, and gives what it was.
    pub fn stop_all(&mut self) -> Vec<Source> {
        self.stopped = Some(Instant::now());
        self.producers.drain().map(|(source, _)| source).collect()
    }

    /// Starts to receive from others, paused. What this browser cannot receive, or what ended meanwhile, is left out.
    pub async fn consume(&mut self, sending: &[Sending]) -> Vec<ConsumerMessage> {
        let this = &*self;
        let made = join_all(sending.iter().map(|sending| this.consume_one(sending))).await;
        let mut messages = Vec::new();
        for (consumer, message) in made.into_iter().flatten() {
            self.consumers.insert(message.id.clone(), consumer);
            messages.push(message);
        }
        messages
    }

    async fn consume_one(&self, sending: &Sending) -> Option<(Consumer, ConsumerMessage)> {
        if !self.router.router.can_consume(&sending.producer, &self.capabilities) {
            return None;
        }
        let mut options = ConsumerOptions::new(sending.producer, self.capabilities.clone());
        options.paused = true;
        // Sound that was lost is sent again too, which it is not unless it is asked for (H4).
        options.enable_rtx = Some(true);
        let consumer = match self.receive.consume(options).await {
            Ok(consumer) => consumer,
            Err(error) => {
                tracing::debug!(%error, "a producer could not be consumed");
                return None;
            }
        };
        let message = ConsumerMessage {
            id: consumer.id().to_string(),
            producer: sending.producer.to_string(),
            person: sending.person.to_string(),
            source: sending.source,
            rtp_parameters: json(consumer.rtp_parameters()),
        };
        Some((consumer, message))
    }

    /// Lets packets flow; for pictures that asks for a key frame.
    pub async fn resume(&self, ids: &[String]) -> Result<(), Failure> {
        let once: HashSet<&String> = ids.iter().collect();
        let known = once.into_iter().filter_map(|id| self.consumers.get(id));
        let done = join_all(known.map(Consumer::resume)).await;
        done.into_iter().collect::<Result<(), _>>().map_err(internal)
    }

    /// Forgets what was received of a producer that ended, and gives the consumer's id.
    pub fn forget(&mut self, producer: ProducerId) -> Option<String> {
        let id = self.consumers.iter().find(|(_, consumer)| consumer.producer_id() == producer)?.0.clone();
        self.consumers.remove(&id);
        Some(id)
    }

    fn transport(&self, direction: Direction) -> Result<&WebRtcTransport, Failure> {
        match direction {
            Direction::Receive => Ok(&self.receive),
            Direction::Send => {
                self.send.as_ref().ok_or((ErrorCode::WrongState, "Ask for createSendTransport first.".into()))
            }
        }
    }
}

fn describe(transport: &WebRtcTransport) -> TransportMessage {
    TransportMessage {
        id: transport.id().to_string(),
        ice_parameters: json(transport.ice_parameters()),
        ice_candidates: json(transport.ice_candidates()),
        dtls_parameters: json(&transport.dtls_parameters()),
    }
}

fn json(value: &impl Serialize) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}

fn invalid(what: &'static str) -> impl Fn(serde_json::Error) -> Failure {
    move |error| (ErrorCode::InvalidParameters, format!("{what}: {error}"))
}

fn internal(error: impl std::fmt::Display) -> Failure {
    tracing::warn!(%error, "a media request failed");
    (ErrorCode::Internal, "The media server could not do that. Try again.".into())
}

fn not_sent() -> Failure {
    (ErrorCode::WrongState, "This source is not being sent.".into())
}
