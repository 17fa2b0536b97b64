//! A media node as a whole: workers, rooms, signalling server and links, started together and stopped together.

use crate::apis::Apis;
use crate::config::Config;
use crate::link::{self, Identity, Links};
use crate::recording::queue::{self, Renders};
use crate::recording::shelf::Shelf;
use crate::recording::upload::Uploads;
use crate::recording::{Limits, Recordings, clock};
use crate::rooms::Rooms;
use crate::server::{self, State};
use crate::signalling::{Node, welcome};
use crate::workers::Workers;
use actix_web::dev::ServerHandle;
use actix_web::web::Data;
use mediasoup::prelude::{RtpCapabilitiesFinalized, RtpHeaderExtensionUri};
use metrics_exporter_prometheus::PrometheusHandle;
use protocol::pass::key;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use tokio::task::{JoinHandle, JoinSet};

/// A node that is running.
pub struct Running {
    /// Where the signalling listens.
    pub address: SocketAddr,
    pub rooms: Arc<Rooms>,
    pub shelf: Arc<Shelf>,
    /// Ends when no api needs this node any more.
    pub links: JoinHandle<()>,
    /// Renders and what they need, files on their way to an api, and blocks that wait for somebody since before this process.
    recordings: JoinSet<()>,
    server: ServerHandle,
    serving: JoinHandle<std::io::Result<()>>,
}

impl Running {
    pub async fn start(config: Config, metrics: PrometheusHandle) -> Result<Self, String> {
        let listener = TcpListener::bind(&config.listen).map_err(|error| {
            format!("cannot listen on {}: {error}. Set MEDIA_LISTEN to another address.", config.listen)
        })?;
        let address = listener.local_addr().map_err(|error| error.to_string())?;
        let shelf = Shelf::open(&config.recordings)?;
        let limits =
            Limits { block: clock::micros(config.recording_block), silence: clock::micros(config.recording_silence) };
        clock::start();
        let workers = Workers::start(&config).await?;
        let capabilities = offered(workers.router(0).await?.router.rtp_capabilities());
        let capabilities = serde_json::to_value(&capabilities).map_err(|error| error.to_string())?;
        let rooms =
            Rooms::new(workers, config.max_viewers, config.router_members, Recordings::new(Arc::clone(&shelf), limits));
        let node = Node {
            rooms: Arc::clone(&rooms),
            pass_key: key(&config.secret, "pass"),
            welcome: welcome(capabilities),
            silence: config.silence,
        };
        let state = Data::new(State { node: Arc::new(node), metrics });
        let server = server::start(&config, listener, state)?;
        let handle = server.handle();
        let serving = tokio::spawn(server);
        let apis = Arc::new(Apis::new(config.links.clone()));
        let (link_key, certificate) = (key(&config.secret, "link"), config.link_certificate.clone());
        let uploads = Uploads::new(Arc::clone(&shelf), Arc::clone(&apis), &link_key, certificate)?;
        let mut recordings = JoinSet::new();
        recordings.spawn(queue::warn_without(config.ffmpeg.clone()));
        recordings.spawn(queue::run(Arc::clone(&shelf), Renders::new(&config)));
        recordings.spawn(uploads.run());
        let left = Arc::clone(&shelf);
        recordings.spawn(async move { left.end_silences(limits.silence).await });
        let identity = Identity {
            address: config.public_url.unwrap_or_else(|| format!(":{}/signalling", address.port())),
            secret: config.secret,
            certificate: config.link_certificate,
        };
        let links = Links { rooms: Arc::clone(&rooms), shelf: Arc::clone(&shelf), identity, apis };
        let links = tokio::spawn(async move {
            if config.links.is_empty() {
                return std::future::pending().await;
            }
            link::run(links).await;
        });
        Ok(Self { address, rooms, shelf, links, recordings, server: handle, serving })
    }

    /// Tells everybody to come back in a moment, and stops. What is being rendered is begun anew by the next process.
    pub async fn stop(mut self) {
        self.rooms.close_all().await;
        self.links.abort();
        self.recordings.shutdown().await;
        self.server.stop(true).await;
        let _ = self.serving.await;
    }
}

/// What browsers are offered of what routers can do. Not to leave the turning of a picture to whoever receives it, as phones that are
/// held upright do: no recording would turn it (K4), nor would every receiver. Browsers then turn pictures before they send them.
fn offered(mut capabilities: RtpCapabilitiesFinalized) -> RtpCapabilitiesFinalized {
    capabilities.header_extensions.retain(|extension| extension.uri != RtpHeaderExtensionUri::VideoOrientation);
    capabilities
}
