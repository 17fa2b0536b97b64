//! The mediasoup workers: one thread per core, each with one port for all its media, and the routers of rooms on them.

use crate::config::Config;
use mediasoup::prelude::*;
use mediasoup::worker::WorkerLogLevel;
use std::fs;
use std::net::IpAddr;
use std::num::{NonZeroU8, NonZeroU32};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// What one person may send at the most, in bits per second: a 720p camera and a screen share.
const MAX_INCOMING: u64 = 8_000_000;

/// What is assumed of a receiver's network until it is measured, in bits per second.
const FIRST_OUTGOING: u64 = 1_000_000;

/// How long the threads of workers may take to end, much longer than they do.
const END: Duration = Duration::from_secs(5);

pub struct Workers {
    slots: Vec<Slot>,
    _manager: WorkerManager,
}

struct Slot {
    worker: Worker,
    server: WebRtcServer,
    load: Arc<AtomicUsize>,
}

/// One router or one member, counted on its worker as long as this lives.
pub struct Load(Arc<AtomicUsize>);

impl Drop for Load {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// A room's router on one worker.
pub struct RoomRouter {
    pub router: Router,
    server: WebRtcServer,
    _load: Load,
}

impl Drop for RoomRouter {
    fn drop(&mut self) {
        metrics::gauge!("routers").decrement(1.0);
    }
}

impl Workers {
    /// Starts the workers. A worker that dies takes the process with it: calls come back by themselves in the next one.
    pub async fn start(config: &Config) -> Result<Self, String> {
        let manager = WorkerManager::new();
        let mut slots = Vec::new();
        for number in 0..config.workers {
            // What it would say below that comes with single packets, costs it time, and is heard by nobody.
            let mut settings = WorkerSettings::default();
            settings.log_level = WorkerLogLevel::Error;
            let worker = manager
                .create_worker(settings)
                .await
                .map_err(|error| format!("a media worker cannot start: {error}"))?;
            worker
                .on_dead(|reason| {
                    tracing::error!(?reason, "a media worker died");
                    std::process::exit(70);
                })
                .detach();
            let port = match config.rtc_port {
                0 => None,
                first => Some(
                    first.checked_add(u16::try_from(number).unwrap_or(u16::MAX)).ok_or("MEDIA_RTC_PORT is too high")?,
                ),
            };
            let listen = |protocol| listen_info(config, protocol, port);
            let infos = WebRtcServerListenInfos::new(listen(Protocol::Udp)).insert(listen(Protocol::Tcp));
            let server = worker.create_webrtc_server(WebRtcServerOptions::new(infos)).await.map_err(|error| {
                let port = port.map_or("any port".into(), |port| format!("port {port}"));
                format!(
                    "cannot listen for media on {} {port}: {error}. Set MEDIA_RTC_PORT to another one.",
                    config.rtc_listen
                )
            })?;
            slots.push(Slot { worker, server, load: Arc::default() });
        }
        Ok(Self { slots, _manager: manager })
    }

    /// How many routers and members each worker carries.
    pub fn loads(&self) -> Vec<usize> {
        self.slots.iter().map(|slot| slot.load.load(Ordering::Relaxed)).collect()
    }

    /// One more on a worker.
    pub fn load(&self, worker: usize) -> Load {
        let load = Arc::clone(&self.slots[worker].load);
        load.fetch_add(1, Ordering::Relaxed);
        Load(load)
    }

    /// A router on one of the workers.
    pub async fn router(&self, worker: usize) -> Result<RoomRouter, String> {
        let slot = self.slots.get(worker).ok_or("there is no such media worker")?;
        let load = self.load(worker);
        let options = RouterOptions::new(codecs());
        let router = slot.worker.create_router(options).await.map_err(|error| format!("no router: {error}"))?;
        metrics::gauge!("routers").increment(1.0);
        Ok(RoomRouter { router, server: slot.server.clone(), _load: load })
    }

    /// How many routers, transports, producers and consumers the workers hold, all together.
    pub async fn holds(&self) -> Result<usize, String> {
        let mut sum = 0;
        for slot in &self.slots {
            let dump = slot.worker.dump().await.map_err(|error| error.to_string())?;
            sum += dump.channel_message_handlers.channel_request_handlers.len();
        }
        Ok(sum)
    }
}

impl RoomRouter {
    /// A transport between a browser and this router.
    pub async fn transport(&self) -> Result<WebRtcTransport, String> {
        let mut options = WebRtcTransportOptions::new_with_server(self.server.clone());
        options.prefer_udp = true;
        options.initial_available_outgoing_bitrate = FIRST_OUTGOING;
        options.max_incoming_bitrate = Some(MAX_INCOMING);
        let created = self.router.create_webrtc_transport(options).await;
        let transport = created.map_err(|error| format!("no transport: {error}"))?;
        metrics::gauge!("transports").increment(1.0);
        transport.on_close(Box::new(|| metrics::gauge!("transports").decrement(1.0))).detach();
        Ok(transport)
    }
}

/// Waits until the threads of all workers of this process have ended, which each does when nothing holds its worker any more. The
/// process that exits under them would crash, since C++ takes apart what they still use.
pub fn wait_for_end() {
    let began = Instant::now();
    while threads() > 0 {
        if began.elapsed() > END {
            return tracing::warn!("media workers are still there at the end of the process");
        }
        thread::sleep(Duration::from_millis(5));
    }
}

/// Threads of workers in this process; the system cuts names after 15 characters.
fn threads() -> usize {
    let threads = fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    let names = threads.filter_map(|thread| fs::read_to_string(thread.path().join("comm")).ok());
    names.filter(|name| name.starts_with("mediasoup-worke")).count()
}

fn listen_info(config: &Config, protocol: Protocol, port: Option<u16>) -> ListenInfo {
    let announced = config.announced_address.parse::<IpAddr>().ok() != Some(config.rtc_listen);
    ListenInfo {
        protocol,
        ip: config.rtc_listen,
        announced_address: announced.then(|| config.announced_address.clone()),
        expose_internal_ip: false,
        port,
        port_range: None,
        flags: None,
        send_buffer_size: None,
        recv_buffer_size: None,
    }
}

/// Opus, VP8 and constrained baseline H.264: what every browser sends and receives.
fn codecs() -> Vec<RtpCodecCapability> {
    let hertz = |rate: u32| NonZeroU32::new(rate).expect("a clock rate is above 0");
    let video = |mime_type, parameters| RtpCodecCapability::Video {
        mime_type,
        preferred_payload_type: None,
        clock_rate: hertz(90_000),
        parameters,
        rtcp_feedback: vec![
            RtcpFeedback::Nack,
            RtcpFeedback::NackPli,
            RtcpFeedback::CcmFir,
            RtcpFeedback::GoogRemb,
            RtcpFeedback::TransportCc,
        ],
    };
    vec![
        RtpCodecCapability::Audio {
            mime_type: MimeTypeAudio::Opus,
            preferred_payload_type: None,
            clock_rate: hertz(48_000),
            channels: NonZeroU8::new(2).expect("stereo has channels"),
            parameters: RtpCodecParametersParameters::from([("useinbandfec", 1_u32.into()), ("usedtx", 1_u32.into())]),
            rtcp_feedback: vec![RtcpFeedback::TransportCc],
        },
        video(MimeTypeVideo::Vp8, RtpCodecParametersParameters::default()),
        video(
            MimeTypeVideo::H264,
            RtpCodecParametersParameters::from([
                ("level-asymmetry-allowed", 1_u32.into()),
                ("packetization-mode", 1_u32.into()),
                ("profile-level-id", "42e01f".into()),
            ]),
        ),
    ]
}
