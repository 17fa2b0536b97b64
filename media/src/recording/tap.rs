//! Where packets come from: in each router of a room to which something is sent, one transport of this process itself consumes
//! what is recorded. What it gives comes on the worker's thread and is only copied there.

use super::clock;
use super::intake::{Intake, Order, Track};
use super::recorder::Fact;
use crate::room::{RecordedRoom, Sending};
use futures_util::future::join_all;
use mediasoup::consumer::ConsumerTraceEventType;
use mediasoup::prelude::*;
use mediasoup::router::RouterId;
use protocol::room::Source;
use protocol::timeline::Codec;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use tokio::sync::mpsc::UnboundedSender;

/// One tap in the life of a capture; a source that ends and begins again is another one.
pub type TapId = u32;

/// Whether what this carries is recorded. What comes to a room from elsewhere, or is only shown there, is not (K4): it would be
/// another source.
fn is_recorded(source: Source) -> bool {
    match source {
        Source::Microphone | Source::Camera | Source::Screen | Source::ScreenAudio => true,
    }
}

/// All taps of one capture.
pub struct Taps {
    intake: Arc<Intake>,
    facts: UnboundedSender<Fact>,
    /// One of each router; it lives as long as something is consumed on it.
    lines: HashMap<RouterId, WeakDirectTransport>,
    open: HashMap<ProducerId, Tap>,
    next: TapId,
    /// The pictures that have not come anew since they were asked to.
    missing: HashSet<TapId>,
}

struct Tap {
    id: TapId,
    consumer: Consumer,
    intake: Arc<Intake>,
}

impl Drop for Tap {
    fn drop(&mut self) {
        self.intake.order(Order::TrackEnd { at: clock::now(), tap: self.id });
        metrics::gauge!("recorded_tracks").decrement(1.0);
    }
}

impl Taps {
    pub fn new(intake: Arc<Intake>, facts: UnboundedSender<Fact>) -> Self {
        let (lines, open) = (HashMap::new(), HashMap::new());
        Self { intake, facts, lines, open, next: 0, missing: HashSet::new() }
    }

    /// Taps what is sent, and nothing else. What cannot be tapped, perhaps because it has just ended, is tried again the next time.
    pub async fn set(&mut self, room: &RecordedRoom, sending: &[Sending]) {
        let sent: HashSet<ProducerId> = sending.iter().map(|sending| sending.producer).collect();
        self.open.retain(|producer, tap| sent.contains(producer) && !tap.consumer.closed());
        let wanted = |sending: &&Sending| is_recorded(sending.source) && !self.open.contains_key(&sending.producer);
        let new: Vec<&Sending> = sending.iter().filter(wanted).collect();
        let mut ready = Vec::new();
        for sending in new {
            match self.line(room, sending.router).await {
                Ok(line) => {
                    self.next += 1;
                    ready.push((self.next, line, sending));
                }
                Err(error) => tracing::debug!(error, "a router cannot be recorded"),
            }
        }
        let this = &*self;
        let made = join_all(ready.iter().map(|(id, line, sending)| this.tap(*id, line, sending))).await;
        for tap in made {
            match tap {
                Ok(tap) => drop(self.open.insert(tap.consumer.producer_id(), tap)),
                Err(error) => tracing::debug!(error, "a producer cannot be recorded"),
            }
        }
    }

    pub fn clear(&mut self) {
        self.open.clear();
        self.missing.clear();
    }

    /// Has every picture that is sent come anew, and tells when each has.
    pub async fn ask_for_keys(&mut self) {
        let pictures: Vec<&Tap> = self.open.values().filter(|tap| tap.shows()).collect();
        self.missing = pictures.iter().map(|tap| tap.id).collect();
        for done in join_all(pictures.iter().map(|tap| tap.ask_for_key())).await {
            if let Err(error) = done {
                tracing::debug!(%error, "no key frame can be asked for");
            }
        }
    }

    /// A picture has come anew.
    pub fn keyed(&mut self, tap: TapId) {
        self.missing.remove(&tap);
    }

    /// Whether every picture has come anew that is still sent: who ended or is muted meanwhile begins with a key frame anyway.
    pub fn all_keyed(&mut self) -> bool {
        let shown: HashSet<TapId> = self.open.values().filter(|tap| tap.shows()).map(|tap| tap.id).collect();
        self.missing.retain(|tap| shown.contains(tap));
        self.missing.is_empty()
    }

    /// It does not matter any more when pictures come anew.
    pub async fn stop_watching(&mut self) {
        self.missing.clear();
        let pictures = self.open.values().filter(|tap| tap.consumer.kind() == MediaKind::Video);
        join_all(pictures.map(|tap| tap.consumer.enable_trace_event(Vec::new()))).await;
    }

    /// The way out of a router. Each tells the sender reports of everything that is consumed on it.
    async fn line(&mut self, room: &RecordedRoom, router: RouterId) -> Result<DirectTransport, String> {
        if let Some(line) = self.lines.get(&router).and_then(WeakDirectTransport::upgrade).filter(|line| !line.closed())
        {
            return Ok(line);
        }
        let line = room.direct(router).await?;
        let intake = Arc::clone(&self.intake);
        line.on_rtcp(move |packet| intake.rtcp(packet)).detach();
        self.lines.insert(router, line.downgrade());
        Ok(line)
    }

    async fn tap(&self, id: TapId, line: &DirectTransport, sending: &Sending) -> Result<Tap, String> {
        let capabilities = everything(line.router())?;
        let mut options = ConsumerOptions::new(sending.producer, capabilities);
        options.paused = true;
        // Nothing is lost on the way here, so nothing is kept to be sent again.
        options.enable_rtx = Some(false);
        let consumer = line.consume(options).await.map_err(|error| error.to_string())?;
        let (codec, level) = described(consumer.rtp_parameters()).ok_or("it has no codec")?;
        let track = Track { person: sending.person.to_string(), source: sending.source, codec, level };
        self.intake.order(Order::Track { at: clock::now(), tap: id, track });
        metrics::gauge!("recorded_tracks").increment(1.0);
        let intake = Arc::clone(&self.intake);
        consumer.on_rtp(move |packet| intake.rtp(id, packet)).detach();
        let facts = self.facts.clone();
        consumer.on_trace(move |_key_frame| drop(facts.send(Fact::Key(id)))).detach();
        let tap = Tap { id, consumer, intake: Arc::clone(&self.intake) };
        // Now that everything is ready; of pictures it asks for a key frame, as after each time that they were muted.
        tap.consumer.resume().await.map_err(|error| error.to_string())?;
        Ok(tap)
    }
}

impl Tap {
    /// Whether pictures come.
    fn shows(&self) -> bool {
        self.consumer.kind() == MediaKind::Video && !self.consumer.producer_paused() && !self.consumer.closed()
    }

    async fn ask_for_key(&self) -> Result<(), mediasoup::worker::RequestError> {
        self.consumer.enable_trace_event(vec![ConsumerTraceEventType::KeyFrame]).await?;
        self.consumer.request_key_frame().await
    }
}

/// What a router can give is what can be recorded; the types for both differ in nothing but the name.
fn everything(router: &Router) -> Result<RtpCapabilities, String> {
    let capabilities = serde_json::to_value(router.rtp_capabilities());
    capabilities.and_then(serde_json::from_value).map_err(|error| error.to_string())
}

/// How the packets of a consumer are to be read, and which header extension says how loud they are.
fn described(parameters: &RtpParameters) -> Option<(Codec, Option<u8>)> {
    let codec = parameters.codecs.iter().find(|codec| !codec.is_rtx())?;
    let channels = match codec {
        RtpCodecParameters::Audio { channels, .. } => channels.get(),
        RtpCodecParameters::Video { .. } => 0,
    };
    let codec = Codec {
        mime: codec.mime_type().as_str().to_owned(),
        payload_type: codec.payload_type(),
        clock_rate: codec.clock_rate().get(),
        channels,
        ssrc: parameters.encodings.first()?.ssrc?,
    };
    let mut extensions = parameters.header_extensions.iter();
    let level = extensions.find(|extension| extension.uri == RtpHeaderExtensionUri::SsrcAudioLevel);
    Some((codec, level.and_then(|extension| u8::try_from(extension.id).ok())))
}
