//! The mails of a test: as they wait in the database, and as a mail server gets them.

use super::{PATIENCE, TestApp};
use api::model;
use api::ops;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpSocket, TcpStream};
use tokio::task::JoinHandle;

/// A mail as its recipient reads it.
#[derive(Clone, Debug)]
pub struct Letter {
    pub subject: String,
    pub body: String,
    /// Whether the outbox has handed it over.
    pub sent: bool,
    /// As it stands in the database.
    pub stored: String,
}

impl Letter {
    /// The token of its link.
    pub fn token(&self) -> String {
        let after = self.body.split_once("#token=").unwrap_or_else(|| panic!("no link: {}", self.body)).1;
        after.chars().take_while(char::is_ascii_hexdigit).collect()
    }
}

impl TestApp {
    /// All mails to this address, in the order in which they were written.
    pub async fn mails_in_the_database(&self, to: &str) -> Vec<Letter> {
        let mut mails = self.app.db.read(|conn| Ok(model::mail::latest(conn, 10_000)?)).await.unwrap();
        mails.retain(|mail| mail.recipient == to);
        mails.sort_by_key(|mail| (mail.created_at, mail.id));
        let letter = |mail: model::mail::Mail| Letter {
            subject: mail.subject.clone(),
            body: ops::mail::body_of(&self.app, &mail),
            sent: mail.sent_at.is_some(),
            stored: mail.body,
        };
        mails.into_iter().map(letter).collect()
    }

    /// Waits for so many mails to this address with this in the subject, and gives the last one.
    pub async fn mail(&self, to: &str, subject: &str, count: usize) -> Letter {
        let wait = async {
            loop {
                let mut mails = self.mails_in_the_database(to).await;
                mails.retain(|mail| mail.subject.contains(subject));
                if mails.len() >= count {
                    return mails.pop().unwrap();
                }
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        tokio::time::timeout(PATIENCE, wait).await.unwrap_or_else(|_late| panic!("no mail {subject:?} to {to}"))
    }
}

/// What a server answers to a recipient.
pub type Answer = fn(&str) -> &'static str;

/// A mail server of the test's own, that can go away and come back on the same port.
pub struct SmtpServer {
    pub address: SocketAddr,
    /// What it took, as it came over the wire.
    taken: Arc<Mutex<Vec<String>>>,
    /// Holds the port, and refuses whoever calls, until it listens.
    socket: Option<TcpSocket>,
    running: Option<JoinHandle<()>>,
}

impl SmtpServer {
    /// A port that nobody answers on yet.
    pub fn away() -> Self {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
        let address = socket.local_addr().unwrap();
        Self { address, taken: Arc::default(), socket: Some(socket), running: None }
    }

    pub fn start(&mut self, answer: Answer) {
        let listener = self.socket.take().unwrap().listen(64).unwrap();
        let taken = Arc::clone(&self.taken);
        self.running = Some(tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let taken = Arc::clone(&taken);
                tokio::spawn(async move { talk(stream, answer, &taken).await });
            }
        }));
    }

    pub fn taken(&self) -> Vec<String> {
        self.taken.lock().unwrap().clone()
    }

    /// Waits until it has taken so many mails.
    pub async fn wait_for(&self, count: usize) -> Vec<String> {
        let wait = async {
            while self.taken.lock().unwrap().len() < count {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        tokio::time::timeout(PATIENCE, wait).await.unwrap_or_else(|_late| panic!("took {:?}", self.taken()));
        self.taken()
    }
}

impl Drop for SmtpServer {
    fn drop(&mut self) {
        if let Some(running) = &self.running {
            running.abort();
        }
    }
}

/// One conversation (RFC 5321), as far as a client needs that sends one mail after the other.
async fn talk(stream: TcpStream, answer: Answer, taken: &Mutex<Vec<String>>) {
    let mut stream = BufReader::new(stream);
    stream.write_all(b"220 test ESMTP\r\n").await.unwrap();
    let mut line = String::new();
    loop {
        line.clear();
        if stream.read_line(&mut line).await.unwrap_or(0) == 0 {
            return;
        }
        let upper = line.trim_end().to_uppercase();
        let reply = match upper.split([' ', ':']).next().unwrap_or_default() {
            "EHLO" => "250-test\r\n250-8BITMIME\r\n250 SMTPUTF8",
            "RCPT" => answer(line.trim_end()),
            "DATA" => {
                stream.write_all(b"354 go on\r\n").await.unwrap();
                let mut mail = String::new();
                while !mail.ends_with("\r\n.\r\n") {
                    if stream.read_line(&mut mail).await.unwrap_or(0) == 0 {
                        return;
                    }
                }
                taken.lock().unwrap().push(mail);
                "250 taken"
            }
            "QUIT" => {
                let _ = stream.write_all(b"221 bye\r\n").await;
                return;
            }
            _ => "250 ok",
        };
        if stream.write_all(format!("{reply}\r\n").as_bytes()).await.is_err() {
            return;
        }
    }
}
