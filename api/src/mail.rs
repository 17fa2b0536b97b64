//! Sending mail: over SMTP, or in development into a folder that `/dev/mail` shows. What is to be sent waits in the
//! database, so that a mail server that is away delays mail and loses none.

pub mod letter;
pub mod worker;

use crate::config::MailRoute;
use crate::model::mail::Mail;
use lettre::message::Mailbox;
use lettre::message::header::ContentType;
use lettre::transport::smtp::AsyncSmtpTransportBuilder;
use lettre::transport::smtp::PoolConfig;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;
use url::Url;

/// Mails on their way at once, each over a connection of its own.
pub const AT_ONCE: usize = 4;

/// A mail server has so long for each answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// Where mail goes.
pub enum Transport {
    Smtp { server: Box<AsyncSmtpTransport<Tokio1Executor>>, from: Box<Mailbox> },
    Folder(PathBuf),
}

/// Why a mail was not taken.
#[derive(Debug, PartialEq)]
pub enum Failure {
    /// The server cannot be reached or does not take our name and password: no fault of this mail, and nothing about it.
    Away(String),
    /// It refused this mail for now.
    Later(String),
    /// It refused this mail for good.
    Never(String),
}

impl Transport {
    /// Nothing where mail is only kept. Within a runtime.
    pub fn new(route: &MailRoute) -> Option<Self> {
        match route {
            MailRoute::Smtp { url, from } => {
                let pool = PoolConfig::new().max_size(u32::try_from(AT_ONCE).unwrap_or(1));
                // The configuration was checked with the same functions.
                let server = server(url).ok()?.pool_config(pool).timeout(Some(PATIENCE)).build();
                Some(Self::Smtp { server: Box::new(server), from: Box::new(from.parse().ok()?) })
            }
            MailRoute::Folder(folder) => Some(Self::Folder(folder.clone())),
            MailRoute::Kept => None,
        }
    }

    /// Hands a mail over; `body` is the mail's own with its token.
    pub async fn send(&self, mail: &Mail, body: String) -> Result<(), Failure> {
        match self {
            Self::Smtp { server, from } => {
                let message = message(mail, (**from).clone(), body)?;
                server.send(message).await.map(drop).map_err(|error| failure(&error))
            }
            Self::Folder(folder) => {
                let from = Mailbox::new(None, "roundtable@localhost".parse().map_err(never)?);
                let bytes = message(mail, from, body)?.formatted();
                write(folder, &format!("{}.eml", mail.id.bare()), &bytes)
                    .map_err(|error| Failure::Away(error.to_string()))
            }
        }
    }
}

/// The server of an address, as lettre reads it. Passwords and links do not travel in the open unless the address says so:
/// `smtp://` to another machine means STARTTLS.
pub fn server(url: &str) -> Result<AsyncSmtpTransportBuilder, String> {
    // Neither error repeats the address, which holds the password.
    let mut url = Url::parse(url).map_err(|_error| "it is no address, like smtp://user:password@mail.example.org")?;
    if !matches!(url.scheme(), "smtp" | "smtps") {
        return Err("it must begin with smtp:// or smtps://".into());
    }
    let here = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
    if url.scheme() == "smtp" && !here && !url.query_pairs().any(|(name, _)| name == "tls") {
        url.query_pairs_mut().append_pair("tls", "required");
    }
    AsyncSmtpTransport::<Tokio1Executor>::from_url(url.as_str()).map_err(|error| error.to_string())
}

fn message(mail: &Mail, from: Mailbox, body: String) -> Result<Message, Failure> {
    let host = from.email.domain().to_owned();
    Message::builder()
        .from(from)
        .to(Mailbox::new(None, mail.recipient.parse().map_err(never)?))
        .subject(mail.subject.clone())
        // The same at every try, so that a mail that comes twice can be known for the same one.
        .message_id(Some(format!("<{}@{host}>", mail.id.bare())))
        .date(mail.created_at.utc().into())
        .header(ContentType::TEXT_PLAIN)
        .body(body)
        .map_err(never)
}

fn never(error: impl std::fmt::Display) -> Failure {
    Failure::Never(error.to_string())
}

fn failure(error: &lettre::transport::smtp::Error) -> Failure {
    let text = error.to_string();
    match error.status().map(u16::from) {
        // It is closing, has no TLS, or wants another name and password.
        Some(code @ (421 | 454 | 530 | 534 | 535 | 538)) => Failure::Away(format!("the mail server answered {code}")),
        Some(_) if error.is_permanent() => Failure::Never(text),
        Some(_) => Failure::Later(text),
        None => Failure::Away(text),
    }
}

/// Nobody else on the machine has to read it.
fn write(folder: &Path, name: &str, bytes: &[u8]) -> std::io::Result<()> {
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true).mode(0o600).open(folder.join(name))?.write_all(bytes)
}
