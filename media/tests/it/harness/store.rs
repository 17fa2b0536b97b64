//! Where an api of a test takes recordings: by `PUT`, as an HTTP server would, and no more of HTTP than that.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::sync::mpsc::UnboundedSender;

/// What a node handed over, or tried to.
#[derive(Debug)]
pub struct Stored {
    /// Where to.
    pub path: String,
    /// By their names in small letters.
    pub headers: HashMap<String, String>,
    /// How it was answered.
    pub status: u16,
    /// Empty when it was not taken.
    pub body: Vec<u8>,
}

/// The next answers that are none of "taken".
pub type Answers = Arc<Mutex<VecDeque<u16>>>;

#[derive(Clone)]
pub struct Store {
    pub answers: Answers,
    pub storing: UnboundedSender<Stored>,
}

/// Whether a connection begins like a recording that is handed over.
pub async fn is_put(stream: &TcpStream) -> bool {
    let mut first = [0; 1];
    stream.peek(&mut first).await.is_ok() && first == *b"P"
}

/// Takes one recording, or refuses it before its first byte.
pub async fn take(stream: TcpStream, store: Store) -> Option<()> {
    let mut stream = BufReader::new(stream);
    let mut head = Vec::new();
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await.ok()?;
        match line.trim_end() {
            "" => break,
            line => head.push(line.to_owned()),
        }
    }
    let path = head[0].split(' ').nth(1)?.to_owned();
    let headers: HashMap<String, String> = head[1..]
        .iter()
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
        .collect();
    let refusal = store.answers.lock().unwrap().pop_front();
    let mut body = Vec::new();
    if refusal.is_none() {
        body.resize(headers["content-length"].parse().ok()?, 0);
        stream.read_exact(&mut body).await.ok()?;
    }
    let status = refusal.unwrap_or(200);
    let answer = format!("HTTP/1.1 {status} Said\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    stream.write_all(answer.as_bytes()).await.ok()?;
    store.storing.send(Stored { path, headers, status, body }).ok()
}
