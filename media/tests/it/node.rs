//! The program itself: how it starts, what it refuses to start with, and how it ends.

use crate::harness::{Browser, FakeApi, Node, SECRET, pass, within};
use protocol::link::BADLY_SET;
use protocol::signalling::CloseCode;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::process::{Child, Command};

pub fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_media"));
    command.env_clear().kill_on_drop(true).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
        .env("MEDIA_RECORDINGS", recordings())
        .env("SECRET", SECRET)
        .env("MEDIA_LISTEN", "127.0.0.1:0")
        .env("MEDIA_RTC_LISTEN", "127.0.0.1")
        .env("MEDIA_ANNOUNCED_ADDRESS", "127.0.0.1")
        .env("MEDIA_RTC_PORT", "0")
        .env("MEDIA_WORKERS", "2");
    command
}

/// A folder of its own for the recordings of each program.
fn recordings() -> PathBuf {
    static PROGRAMS: AtomicUsize = AtomicUsize::new(0);
    let number = PROGRAMS.fetch_add(1, Ordering::Relaxed);
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("recordings-{}-{number}", std::process::id()))
}

/// The running program and where it listens, which it tells its api.
pub async fn start(api: &mut FakeApi) -> (Child, SocketAddr) {
    start_with(api, Stdio::null()).await
}

pub async fn start_with(api: &mut FakeApi, log: Stdio) -> (Child, SocketAddr) {
    let child = program().env("API_LINK", api.url()).stderr(log).spawn().unwrap();
    let (_link, hello) = api.link().await;
    let port = hello.address.trim_start_matches(':').trim_end_matches("/signalling");
    (child, SocketAddr::from(([127, 0, 0, 1], port.parse().unwrap())))
}

async fn end_of(command: &mut Command) -> (bool, String) {
    let Output { status, stderr, .. } = within("the end of the program", command.output()).await.unwrap();
    (status.success(), String::from_utf8_lossy(&stderr).into_owned())
}

#[tokio::test]
async fn told_to_stop_it_tells_everybody_to_come_back_and_ends_well() {
    let mut api = FakeApi::start().await;
    let (mut child, address) = start(&mut api).await;
    let mut browser = Browser::connect(address).await;
    browser.join(&pass("a", "ada")).await;
    let pid = child.id().unwrap().to_string();
    assert!(Command::new("kill").args(["-TERM", &pid]).status().await.unwrap().success());
    assert_eq!(browser.closed().await, CloseCode::Restarting);
    assert!(within("the end of the program", child.wait()).await.unwrap().success());
}

#[tokio::test]
async fn a_start_that_cannot_work_says_what_to_do() {
    let (well, said) = end_of(program().env_remove("SECRET")).await;
    assert!(!well && said.contains("SECRET"), "{said}");
    let (well, said) = end_of(program().env("TLS_CERT", "cert.pem")).await;
    assert!(!well && said.contains("TLS_KEY"), "{said}");
    let (well, said) = end_of(program().env("MEDIA_RTC_PORT", "port")).await;
    assert!(!well && said.contains("MEDIA_RTC_PORT"), "{said}");
    let file = std::env::current_exe().unwrap();
    let (well, said) = end_of(program().env("MEDIA_RECORDINGS", file)).await;
    assert!(!well && said.contains("MEDIA_RECORDINGS"), "{said}");
    let taken = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = taken.local_addr().unwrap();
    let (well, said) = end_of(program().env("MEDIA_LISTEN", address.to_string())).await;
    assert!(!well && said.contains("MEDIA_LISTEN") && said.contains(&address.to_string()), "{said}");
    let (well, said) = end_of(program().env("MEDIA_RTC_PORT", address.port().to_string())).await;
    assert!(!well && said.contains("MEDIA_RTC_PORT"), "{said}");
}

/// By its exit status an api knows that starting it again is of no use; another reason may be gone the next time.
#[tokio::test]
async fn wrong_settings_are_told_from_other_reasons_not_to_start() {
    for (name, value) in [("RECORDING_BLOCK_SECONDS", "abc"), ("RECORDING_BLOCK_SECONDS", "0"), ("RENDERS", "some")] {
        let Output { status, stderr, .. } =
            within("the end of the program", program().env(name, value).output()).await.unwrap();
        let said = String::from_utf8_lossy(&stderr);
        assert!(status.code() == Some(i32::from(BADLY_SET)) && said.contains(name), "{status}: {said}");
    }
    let taken = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut command = program();
    command.env("MEDIA_LISTEN", taken.local_addr().unwrap().to_string());
    let Output { status, .. } = within("the end of the program", command.output()).await.unwrap();
    assert!(!status.success() && status.code() != Some(i32::from(BADLY_SET)), "{status}");
}

/// K5: that nothing can be encoded is said at the start, and not only when the first recording has failed.
#[tokio::test]
async fn k5_a_missing_encoder_is_said_at_the_start() {
    let mut child = program().env("FFMPEG", "/nowhere/ffmpeg").spawn().unwrap();
    let mut log = BufReader::new(child.stderr.take().unwrap()).lines();
    let warned = async {
        while let Some(line) = log.next_line().await.unwrap() {
            if line.contains("/nowhere/ffmpeg") {
                return line;
            }
        }
        panic!("it ended without a word of it");
    };
    let said = within("the warning", warned).await;
    assert!(said.contains("WARN") && said.contains("FFMPEG"), "{said}");
}

pub async fn get(address: SocketAddr, path: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nHost: media\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    within("an answer", stream.read_to_string(&mut answer)).await.unwrap();
    answer
}

#[tokio::test]
async fn health_and_figures_are_served() {
    let mut api = FakeApi::start().await;
    let (_child, address) = start(&mut api).await;
    let mut browser = Browser::connect(address).await;
    browser.join(&pass("a", "ada")).await;
    assert!(get(address, "/healthz").await.starts_with("HTTP/1.1 200"));
    let figures = get(address, "/metrics").await;
    assert!(figures.contains("\nrooms 1") && figures.contains("\nconnections 1"), "{figures}");
    assert!(figures.contains("\nblocks_waiting 0") && figures.contains("\nblocks_rendering 0"), "{figures}");
    assert!(get(address, "/elsewhere").await.starts_with("HTTP/1.1 404"));
}

#[tokio::test]
async fn a_node_that_is_stopped_ends_all_rooms() {
    let node = Node::start().await;
    let mut ada = node.join(&pass("a", "ada")).await;
    let mut bob = node.join(&pass("b", "bob")).await;
    let stopping = tokio::spawn(node.running.stop());
    assert_eq!(ada.closed().await, CloseCode::Restarting);
    assert_eq!(bob.closed().await, CloseCode::Restarting);
    within("the end of the node", stopping).await.unwrap();
}
