//! The media of one browser in a room: its transports, what it sends, what it receives. Everything closes on drop.

mod parameters;
mod quality;
mod receiving;

use crate::room::{Place, Routers, Sending};
use futures_util::future::join_all;
use mediasoup::prelude::*;
use mediasoup::router::RouterId;
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
    capabilities: RtpCapabilities,
    receive: WebRtcTransport,
    send: Option<WebRtcTransport>,
    producers: HashMap<Source, Producer>,
    consumers: HashMap<String, Consumer>,
    /// How well everybody is received, as far as the browser was told.
    quality: quality::Watch,
    /// When a producer was last dropped.
    stopped: Option<Instant>,
    place: Place,
}

/// A producer that was dropped less long ago may still be there for the worker.
const JUST_STOPPED: Duration = Duration::from_secs(1);

impl MemberMedia {
    /// With the transport to receive on. `capabilities` are mediasoup's of the browser's device.
    pub async fn new(routers: &Arc<Routers>, capabilities: Value) -> Result<Self, Failure> {
        let capabilities = parameters::capabilities(capabilities).map_err(invalid)?;
        let place = routers.place().await.map_err(internal)?;
        let receive = place.transport().await.map_err(internal)?;
        let (producers, consumers) = (HashMap::new(), HashMap::new());
        let quality = quality::Watch::default();
        Ok(Self { capabilities, receive, send: None, producers, consumers, quality, stopped: None, place })
    }

    /// Where this browser sends to.
    pub fn router(&self) -> RouterId {
        self.place.router()
    }

    /// Whether there is a transport to send on.
    pub fn may_send(&self) -> bool {
        self.send.is_some()
    }

    /// How many bytes have come in from the browser, whatever they were.
    pub async fn received(&self) -> Result<u64, Failure> {
        let mut bytes = 0;
        for transport in self.send.iter().chain([&self.receive]) {
            let stats = transport.get_stats().await.map_err(internal)?;
            bytes += stats.iter().map(|stat| stat.bytes_received).sum::<u64>();
        }
        Ok(bytes)
    }

    pub fn receive_transport(&self) -> TransportMessage {
        describe(&self.receive)
    }

    pub async fn create_send_transport(&mut self) -> Result<TransportMessage, Failure> {
        if self.send.is_some() {
            return Err((ErrorCode::WrongState, "There is a transport to send on already.".into()));
        }
        let transport = self.place.transport().await.map_err(internal)?;
        let message = describe(&transport);
        self.send = Some(transport);
        Ok(message)
    }

    pub async fn connect(&self, direction: Direction, parameters: Value) -> Result<(), Failure> {
        let dtls_parameters = parameters::dtls(parameters).map_err(invalid)?;
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
        let kind = if source.is_audio() { MediaKind::Audio } else { MediaKind::Video };
        let rtp_parameters = parameters::rtp(parameters, kind).map_err(invalid)?;
        let mut options = ProducerOptions::new(kind, rtp_parameters);
        options.paused = paused;
        // Whoever joins asks for a key frame: together, once a second, so that a room that fills up costs no more.
        options.key_frame_request_delay = 1000;
        let producer = self.start(options).await?;
        let id = producer.id();
        self.quality.watch_own(&producer);
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
            self.quality.watch(&message, &consumer);
            self.consumers.insert(message.id.clone(), consumer);
            messages.push(message);
        }
        messages
    }

    async fn consume_one(&self, sending: &Sending) -> Option<(Consumer, ConsumerMessage)> {
        if !self.place.reaches(sending, &self.capabilities).await {
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
        if sending.source == Source::Screen {
            receiving::prefer(&consumer).await;
        }
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
        self.quality.forget(&id);
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

fn invalid(problem: String) -> Failure {
    (ErrorCode::InvalidParameters, problem)
}

fn internal(error: impl std::fmt::Display) -> Failure {
    tracing::warn!(%error, "a media request failed");
    (ErrorCode::Internal, "The media server could not do that. Try again.".into())
}

fn not_sent() -> Failure {
    (ErrorCode::WrongState, "This source is not being sent.".into())
}
