//! The same clients on Janus and its videoroom, for comparison. It is asked for by `JANUS`, the folder that the Debian package `janus`
//! is in: `/usr`.

use crate::peer::{Peer, config};
use crate::processes::Forwarder;
use crate::publisher::{Screen, Streams};
use crate::signalling::Failure;
use crate::viewer::{Care, Times, Viewer};
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use std::fs::{create_dir_all, remove_dir_all, write};
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use str0m::change::{SdpAnswer, SdpOffer};
use str0m::media::{Direction, MediaKind};
use str0m::rtp::Extension;
use str0m::{Candidate, Rtc};
use tokio::net::{TcpStream, UdpSocket};
use tokio::time::sleep;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

const ROOM: u32 = 1;
const FEED: u32 = 7;

pub struct Janus {
    process: Child,
    folder: PathBuf,
    url: String,
    /// Janus offers no address of the machine to itself.
    ip: IpAddr,
}

impl Janus {
    /// Nothing when it was not asked for.
    pub async fn start() -> Option<Self> {
        let prefix = PathBuf::from(std::env::var_os("JANUS")?);
        let outside = std::net::UdpSocket::bind("0.0.0.0:0").and_then(|socket| {
            socket.connect("192.0.2.1:9")?;
            socket.local_addr()
        });
        let ip = outside.expect("this machine has an address").ip();
        let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
        let address = free.expect("a free port");
        let folder = std::env::temp_dir().join(format!("load-janus-{}", std::process::id()));
        lay_out(&prefix, &folder, address).expect("a folder for Janus");
        let mut command = Command::new(prefix.join("bin/janus"));
        command.arg("-F").arg(&folder).arg("-P").arg(folder.join("plugins")).args(["-s", "0", "-d", "2", "-E"]);
        let process = command.arg(ip.to_string()).stdout(Stdio::null()).spawn().expect("Janus starts");
        let began = Instant::now();
        while TcpStream::connect(address).await.is_err() {
            assert!(began.elapsed() < Duration::from_secs(30), "Janus does not answer");
            sleep(Duration::from_millis(50)).await;
        }
        Some(Self { process, folder, url: format!("ws://{address}"), ip })
    }

    pub fn forwarder(&self) -> Forwarder {
        Forwarder { process: self.process.id(), threads: "" }
    }

    /// The room, and somebody on screen in it.
    pub fn screen(&self) -> impl Future<Output = Result<Screen, Failure>> + Send + use<> {
        let (url, ip) = (self.url.clone(), self.ip);
        async move {
            let mut talk = Talk::attach(&url).await?;
            let codecs = json!({"request": "create", "room": ROOM, "audiocodec": "opus", "videocodec": "vp8"});
            talk.say(codecs, None).await?;
            talk.say(json!({"request": "join", "ptype": "publisher", "room": ROOM, "id": FEED}), None).await?;
            let (mut rtc, socket) = begin(ip).await;
            let mut changes = rtc.sdp_api();
            let [sound, picture] = [MediaKind::Audio, MediaKind::Video]
                .map(|kind| changes.add_media(kind, Direction::SendOnly, None, None, None));
            let (offer, pending) = changes.apply().ok_or("nothing to offer")?;
            let jsep = json!({"type": "offer", "sdp": offer.to_sdp_string()});
            let sdp = sdp(&talk.say(json!({"request": "publish"}), Some(jsep)).await?)?;
            let answer = SdpAnswer::from_sdp_string(&sdp).map_err(|error| error.to_string())?;
            rtc.sdp_api().accept_answer(pending, answer).map_err(|error| error.to_string())?;
            let mut direct = rtc.direct_api();
            let mut ssrc = |mid| direct.stream_tx_by_mid(mid, None).map(|stream| stream.ssrc()).ok_or("no stream");
            let streams = Streams { sound: ssrc(sound)?, picture: ssrc(picture)? };
            let peer = Peer::over(rtc, socket, candidate(&sdp)?).await;
            Ok(Screen { peer, streams, stay: Box::pin(talk.stay()) })
        }
    }

    /// Somebody who watches.
    pub async fn viewer(&self, care: Care) -> Result<Viewer, Failure> {
        let began = Instant::now();
        let mut talk = Talk::attach(&self.url).await?;
        let welcome = Instant::now();
        let join = json!({"request": "join", "ptype": "subscriber", "room": ROOM, "streams": [{"feed": FEED}]});
        let sdp = sdp(&talk.say(join, None).await?)?;
        let (mut rtc, socket) = begin(self.ip).await;
        let offer = SdpOffer::from_sdp_string(&sdp).map_err(|error| error.to_string())?;
        let answer = rtc.sdp_api().accept_offer(offer).map_err(|error| error.to_string())?;
        let jsep = json!({"type": "answer", "sdp": answer.to_sdp_string()});
        talk.say(json!({"request": "start"}), Some(jsep)).await?;
        let times = Times { began, welcome, joined: Instant::now() };
        let peer = Peer::over(rtc, socket, candidate(&sdp)?).await;
        Ok(Viewer::new(peer, care, times, talk.stay()))
    }
}

impl Drop for Janus {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = remove_dir_all(&self.folder);
    }
}

/// Settings, and of the plugins only the one that is needed.
fn lay_out(prefix: &Path, folder: &Path, address: SocketAddr) -> std::io::Result<()> {
    let library = prefix.join(format!("lib/{}-linux-gnu/janus", std::env::consts::ARCH));
    for (kind, file) in [("plugins", "libjanus_videoroom.so"), ("transports", "libjanus_websockets.so")] {
        create_dir_all(folder.join(kind))?;
        symlink(library.join(kind).join(file), folder.join(kind).join(file))?;
    }
    let general = format!("general: {{ transports_folder = \"{}\" }}\n", folder.join("transports").display());
    write(folder.join("janus.jcfg"), general)?;
    let port = address.port();
    let socket = format!("general: {{ json = \"plain\"\nws = true\nws_port = {port}\nws_ip = \"127.0.0.1\" }}\n");
    write(folder.join("janus.transport.websockets.jcfg"), socket)
}

/// A client that can send and receive what browsers do, and its socket.
async fn begin(ip: IpAddr) -> (Rtc, UdpSocket) {
    let socket = UdpSocket::bind((ip, 0)).await.expect("a port is free");
    let config = config().enable_opus(true, false).enable_vp8(true);
    let config = config.set_extension(3, Extension::TransportSequenceNumber).set_extension(4, Extension::RtpMid);
    let mut rtc = config.build(Instant::now());
    let address = socket.local_addr().expect("a socket has an address");
    rtc.add_local_candidate(Candidate::host(address, "udp").expect("an address of this machine"));
    (rtc, socket)
}

fn sdp(answer: &Value) -> Result<String, Failure> {
    answer["jsep"]["sdp"].as_str().map(str::to_owned).ok_or_else(|| format!("an SDP, not {answer}"))
}

/// Where the first candidate of an SDP takes datagrams.
fn candidate(sdp: &str) -> Result<SocketAddr, Failure> {
    let mut candidates = sdp.lines().filter_map(|line| {
        let words: Vec<&str> = line.strip_prefix("a=candidate:")?.split(' ').collect();
        let udp = words.get(2)?.eq_ignore_ascii_case("udp");
        if udp { Some(SocketAddr::new(words.get(4)?.parse().ok()?, words.get(5)?.parse().ok()?)) } else { None }
    });
    candidates.next().ok_or_else(|| format!("a candidate in {sdp}"))
}

/// A session of one client with the videoroom.
struct Talk {
    wire: WebSocketStream<MaybeTlsStream<TcpStream>>,
    session: Option<u64>,
    handle: Option<u64>,
}

impl Talk {
    async fn attach(url: &str) -> Result<Self, Failure> {
        let mut request = url.into_client_request().map_err(|error| error.to_string())?;
        request.headers_mut().insert("sec-websocket-protocol", HeaderValue::from_static("janus-protocol"));
        let (wire, _response) = connect_async(request).await.map_err(|error| error.to_string())?;
        let mut talk = Self { wire, session: None, handle: None };
        talk.session = talk.ask(json!({"janus": "create"})).await?["data"]["id"].as_u64();
        talk.handle =
            talk.ask(json!({"janus": "attach", "plugin": "janus.plugin.videoroom"})).await?["data"]["id"].as_u64();
        Ok(talk)
    }

    /// Says something to the videoroom, and gives what it answers.
    async fn say(&mut self, body: Value, jsep: Option<Value>) -> Result<Value, Failure> {
        let mut message = json!({"janus": "message", "body": body});
        if let Some(jsep) = jsep {
            message["jsep"] = jsep;
        }
        let answer = self.ask(message).await?;
        let refused = answer["plugindata"]["data"]["error"].as_str();
        refused.map_or(Ok(()), |error| Err(error.to_owned()))?;
        Ok(answer)
    }

    async fn ask(&mut self, mut message: Value) -> Result<Value, Failure> {
        message["transaction"] = json!("transaction");
        for (name, id) in [("session_id", self.session), ("handle_id", self.handle)] {
            if let Some(id) = id {
                message[name] = json!(id);
            }
        }
        self.wire.send(Message::text(message.to_string())).await.map_err(|error| error.to_string())?;
        loop {
            let answer = self.hear().await?;
            match answer["janus"].as_str() {
                Some("error") => return Err(answer.to_string()),
                // What comes by itself has no transaction.
                Some("success" | "event") if answer["transaction"].is_string() => return Ok(answer),
                _ => {}
            }
        }
    }

    async fn hear(&mut self) -> Result<Value, Failure> {
        loop {
            match self.wire.next().await {
                Some(Ok(Message::Text(text))) => return serde_json::from_str(&text).map_err(|error| error.to_string()),
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                other => return Err(format!("a message, not {other:?}")),
            }
        }
    }

    /// Stays in the room, and says why it is over.
    async fn stay(mut self) -> Failure {
        loop {
            match self.hear().await {
                Ok(message) if message["janus"] == "hangup" => return message.to_string(),
                Ok(_) => {}
                Err(failure) => return failure,
            }
        }
    }
}
