//! Files of blocks are handed to an api, one after the other, again and again until one has them.

use super::shelf::{Delivery, Shelf};
use crate::apis::Apis;
use crate::tls;
use futures_util::TryStreamExt;
use protocol::recording::{Failure, LENGTH_HEADER};
use reqwest::header::{AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE};
use reqwest::redirect::Policy;
use reqwest::{Body, Client, StatusCode, Url};
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::fs::File;
use tokio::time::{interval, sleep};
use tokio_util::io::ReaderStream;

const FIRST_WAIT: Duration = Duration::from_secs(1);
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// How long an api may take to let media in.
const CONNECT: Duration = Duration::from_secs(10);

/// After so long, in which an api neither took anything nor answered, it is tried again.
const STALLED: Duration = Duration::from_secs(300);

/// How often an api may refuse the same file. It may not know the block yet of which the link has told, or lose what came; but one that
/// never takes it is not asked for ever.
const REFUSALS: u32 = 4;

/// Bytes that are read from the disk at once.
const CHUNK: usize = 256 * 1024;

pub struct Uploads {
    shelf: Arc<Shelf>,
    apis: Arc<Apis>,
    client: Client,
    bearer: String,
}

/// What came of it.
enum Outcome {
    /// The api has the file, or the recording was deleted there.
    Done,
    /// It does not take such a file.
    Refused(StatusCode),
    /// It is away, or busy: another time.
    Trouble(String),
}

impl Uploads {
    /// With the key for links, and the certificate that an api on this machine shows.
    pub fn new(shelf: Arc<Shelf>, apis: Arc<Apis>, key: &str, certificate: Option<String>) -> Result<Self, String> {
        let tls = tls::client(certificate).ok_or("TLS cannot be used")?;
        let client = Client::builder().use_preconfigured_tls(tls).connect_timeout(CONNECT);
        // As links: straight there, and the key goes nowhere else.
        let client = client.no_proxy().redirect(Policy::none()).build();
        let client = client.map_err(|error| format!("recordings cannot be handed over: {error}"))?;
        Ok(Self { shelf, apis, client, bearer: format!("Bearer {key}") })
    }

    /// Hands over what is ready, for ever.
    pub async fn run(self) {
        let (mut changes, mut linked) = (self.shelf.watch(), self.apis.watch());
        let (mut wait, mut last, mut refusals) = (FIRST_WAIT, String::new(), HashMap::new());
        loop {
            let Some(delivery) = self.shelf.next_delivery(&last) else {
                if changes.changed().await.is_err() {
                    return;
                }
                continue;
            };
            let api = self.apis.first().await;
            linked.mark_unchanged();
            let outcome = tokio::select! {
                outcome = self.put(&api, &delivery) => outcome,
                () = self.shelf.gone(&delivery.block) => continue,
            };
            let trouble = match outcome {
                Outcome::Done => {
                    tracing::info!(block.id = delivery.block, "a recording is handed over");
                    self.shelf.delivered(&delivery.block);
                    refusals.remove(&delivery.block);
                    wait = FIRST_WAIT;
                    continue;
                }
                Outcome::Refused(status) => {
                    let refused = refusals.entry(delivery.block.clone()).or_insert(0);
                    *refused += 1;
                    if *refused == REFUSALS || status == StatusCode::PAYLOAD_TOO_LARGE {
                        tracing::error!(block.id = delivery.block, %status, "the api does not take a recording");
                        self.shelf.fail(&delivery.block, Failure::Storage);
                        refusals.remove(&delivery.block);
                        continue;
                    }
                    status.to_string()
                }
                Outcome::Trouble(trouble) => trouble,
            };
            tracing::warn!(block.id = delivery.block, trouble, "a recording waits for the api");
            tokio::select! {
                () = sleep(wait) => {}
                _ = linked.changed() => {}
            }
            wait = (wait * 2).min(LONGEST_WAIT);
            last = delivery.block;
        }
    }

    async fn put(&self, api: &str, delivery: &Delivery) -> Outcome {
        let moving = Arc::new(AtomicBool::new(true));
        tokio::select! {
            sent = self.send(api, delivery, Arc::clone(&moving)) => match sent {
                Ok(status) => Outcome::of(status),
                Err(trouble) => Outcome::Trouble(trouble),
            },
            () = stalled(&moving) => Outcome::Trouble("nothing moves".into()),
        }
    }

    async fn send(&self, api: &str, delivery: &Delivery, moving: Arc<AtomicBool>) -> Result<StatusCode, String> {
        let url = address(api, &delivery.block).ok_or("its link has no address for recordings")?;
        let file = File::open(&delivery.file).await.map_err(|error| error.to_string())?;
        let length = file.metadata().await.map_err(|error| error.to_string())?.len();
        let bytes = ReaderStream::with_capacity(file, CHUNK).inspect_ok(move |_| moving.store(true, Ordering::Relaxed));
        let request = self.client.put(url).header(AUTHORIZATION, &self.bearer).header(CONTENT_TYPE, "video/mp4");
        let request = request.header(CONTENT_LENGTH, length).header(LENGTH_HEADER, delivery.length);
        let request = request.body(Body::wrap_stream(bytes));
        // Without its address, which may hold a name and a password.
        request.send().await.map(|response| response.status()).map_err(|error| chain(&error.without_url()))
    }
}

impl Outcome {
    fn of(status: StatusCode) -> Self {
        const LATER: [StatusCode; 2] = [StatusCode::REQUEST_TIMEOUT, StatusCode::TOO_MANY_REQUESTS];
        if status.is_success() || status == StatusCode::GONE {
            Self::Done
        } else if status.is_server_error() || LATER.contains(&status) {
            Self::Trouble(status.to_string())
        } else {
            Self::Refused(status)
        }
    }
}

/// Until nothing has moved for a while.
async fn stalled(moving: &AtomicBool) {
    let mut looks = interval(STALLED);
    loop {
        looks.tick().await;
        if !moving.swap(false, Ordering::Relaxed) {
            return;
        }
    }
}

/// Where the api of a link takes the recording of a block.
fn address(link: &str, block: &str) -> Option<Url> {
    let mut url = Url::parse(link).ok()?;
    let scheme = if url.scheme() == "wss" { "https" } else { "http" };
    url.set_scheme(scheme).ok()?;
    let path = format!("{}/media/recordings/{block}", url.path().trim_end_matches("/media/link"));
    url.set_path(&path);
    url.set_query(None);
    Some(url)
}

/// An error with what is behind it.
fn chain(error: &dyn std::error::Error) -> String {
    let behind = error.source().map(|source| format!(": {}", chain(source)));
    format!("{error}{}", behind.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_goes_where_the_link_leads() {
        let of = |link| address(link, "01B").unwrap().to_string();
        assert_eq!(of("ws://127.0.0.1:8080/media/link"), "http://127.0.0.1:8080/media/recordings/01B");
        assert_eq!(of("wss://rooms.example.org/media/link"), "https://rooms.example.org/media/recordings/01B");
        assert_eq!(of("wss://example.org/rooms/media/link"), "https://example.org/rooms/media/recordings/01B");
    }
}
