//! The files of recordings: they come from media, once for each block, and go to whoever may watch (K5, K8).

use super::{Changed, MISSING, announce, changes, seen};
use crate::access::Caller;
use crate::app::App;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::feed::{Change, Topic};
use crate::files::Upload;
use crate::ids::{RecordingId, SessionId};
use crate::limits;
use crate::local_time;
use crate::model;
use crate::model::event::Event;
use crate::model::recording::{Recording, State};
use bytes::Bytes;
use futures_util::stream::BoxStream;
use futures_util::{Stream, StreamExt};
use std::ops::Range;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::TryRecvError;
use tokio::time::{Instant, timeout};

const PATIENCE: Duration = Duration::from_secs(limits::RECORDING_PATIENCE_SECONDS);
const ASKED: Duration = Duration::from_secs(limits::RECORDING_ASKED_SECONDS);

/// How often in a row a file that breaks off is opened again where it did.
const TRIES: u32 = 3;

/// What became of a file that media hands over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is safe, or was before: media need not keep it.
    Kept,
    /// The recording was deleted: nobody needs it.
    Deleted,
    /// Less came than was said, or nothing any more.
    Broken,
}

/// What media says of a file that it hands over.
#[derive(Clone, Copy, Debug)]
pub struct Film {
    pub bytes: u64,
    /// Milliseconds; as the link told it where media does not say.
    pub length: Option<i64>,
}

/// Keeps the file of a block, and marks the recording as ready.
pub async fn store<E>(
    app: &App,
    id: RecordingId,
    film: Film,
    body: impl Stream<Item = std::result::Result<Bytes, E>>,
) -> Result<Outcome> {
    let mut body = pin!(body);
    let row = match app.db.write(move |conn| expected(conn, id)).await? {
        Expected::File(row) => row,
        Expected::Nothing(outcome) => {
            // Whoever is not heard out does not hear the answer.
            while let Ok(Some(Ok(_))) = timeout(PATIENCE, body.next()).await {}
            return Ok(outcome);
        }
    };
    let mut upload = app.files.begin(&row.file()).await?;
    match receive(&mut upload, film.bytes, body).await {
        Ok(true) => upload.finish().await?,
        Ok(false) => {
            upload.give_up().await;
            return Ok(Outcome::Broken);
        }
        Err(error) => {
            upload.give_up().await;
            return Err(error);
        }
    }
    let order = app.in_order().await?;
    let (outcome, changed) = app.db.write(move |conn| ready(conn, id, film)).await?;
    announce(app, changed);
    drop(order);
    if outcome == Outcome::Deleted {
        super::removal::sweep_one(app, id).await;
    }
    Ok(outcome)
}

enum Expected {
    File(Recording),
    Nothing(Outcome),
}

/// Whether a file is still to come. From now on there may be one.
fn expected(conn: &mut Conn, id: RecordingId) -> Result<Expected> {
    model::recording::lock(conn, &[id])?;
    let row = model::recording::even_deleted(conn, id)?.ok_or(MISSING)?;
    if row.deleted_at.is_some() {
        return Ok(Expected::Nothing(Outcome::Deleted));
    }
    if row.state == State::Ready {
        return Ok(Expected::Nothing(Outcome::Kept));
    }
    // Nothing is heard of it any more once its file is here: its end first, which the link brings in a moment.
    if row.ended_at.is_none() {
        return Err(Error::Unavailable);
    }
    let row = Recording { stored: true, ..row };
    model::recording::save(conn, &row)?;
    Ok(Expected::File(row))
}

/// Whether all of it came.
async fn receive<E>(
    upload: &mut Upload,
    length: u64,
    mut body: Pin<&mut impl Stream<Item = std::result::Result<Bytes, E>>>,
) -> Result<bool> {
    let mut received = 0;
    loop {
        match timeout(PATIENCE, body.next()).await {
            Ok(Some(Ok(bytes))) => {
                received += u64::try_from(bytes.len()).unwrap_or(u64::MAX);
                if received > length {
                    return Ok(false);
                }
                upload.write(&bytes).await?;
            }
            Ok(None) => return Ok(received == length && length > 0),
            Ok(Some(Err(_))) | Err(_) => return Ok(false),
        }
    }
}

/// The file is there: it can be played. Unless the recording was deleted meanwhile; then the file is to go as well.
fn ready(conn: &mut Conn, id: RecordingId, film: Film) -> Result<(Outcome, Vec<super::Changes>)> {
    model::recording::lock(conn, &[id])?;
    let row = model::recording::even_deleted(conn, id)?.ok_or(MISSING)?;
    if row.deleted_at.is_some() {
        // Whoever deletes what is left of it at this moment may have looked before.
        model::recording::save(conn, &Recording { stored: true, version: row.version + 1, ..row })?;
        return Ok((Outcome::Deleted, Vec::new()));
    }
    let after = Recording {
        state: State::Ready,
        percent: 100,
        failure: None,
        length_ms: film.length.map_or(row.length_ms, |length| length.max(0)),
        bytes: i64::try_from(film.bytes).unwrap_or(i64::MAX),
        stored: true,
        version: row.version + 1,
        ..row
    };
    model::recording::save(conn, &after)?;
    Ok((Outcome::Kept, changes(conn, vec![Changed::now(false, after)])?))
}

/// A file that somebody may read.
pub struct Opened {
    pub id: RecordingId,
    pub bytes: u64,
    /// What it is called where somebody saves it.
    pub name: String,
    caller: Caller,
    file: String,
    heard: Heard,
}

/// The file of a recording, for who may watch it; for others it does not exist.
pub async fn open(app: &App, caller: &Caller, id: RecordingId) -> Result<Opened> {
    let row = app.db.read(move |conn| Ok(model::recording::find(conn, id)?)).await?.ok_or(MISSING)?;
    // Listening before asking: what changes in between is then heard.
    let heard = Heard::new(app, caller, &row);
    let asking = caller.clone();
    let (row, event) = app
        .db
        .read(move |conn| {
            let seen = seen(conn, &asking, id)?;
            Ok((seen.recording, seen.event))
        })
        .await?;
    if row.state != State::Ready {
        return Err(MISSING);
    }
    let bytes = u64::try_from(row.bytes).unwrap_or(0);
    Ok(Opened { id, bytes, name: name(&row, &event), caller: caller.clone(), file: row.file(), heard })
}

/// By what people look for it: session, date in the event's zone, block.
fn name(row: &Recording, event: &Event) -> String {
    let fits = |c: char| !c.is_control() && !"/\\:*?\"<>|".contains(c);
    let title: String = row.session_title.chars().map(|c| if fits(c) { c } else { ' ' }).collect();
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let started = local_time::show(local_time::zone(&event.time_zone), row.started_at);
    let date = started.split('T').next().unwrap_or_default();
    format!("{title} {date} {}.mp4", row.block).trim_start().to_owned()
}

impl Opened {
    /// A part of it, for as long as one may watch it.
    pub async fn read(self, app: Arc<App>, range: Range<u64>) -> Result<Reading> {
        let Self { id, caller, file, heard, .. } = self;
        // Before anything is answered: a place that is away is said to be.
        let open = Some(app.files.read(&file, range.clone()).await?);
        Ok(Reading { app, id, caller, file, heard, rest: range, open, tries: 0, asked: Instant::now() })
    }
}

/// A file on its way to somebody.
pub struct Reading {
    app: Arc<App>,
    id: RecordingId,
    caller: Caller,
    file: String,
    heard: Heard,
    /// What is still to be read.
    rest: Range<u64>,
    open: Option<BoxStream<'static, Result<Bytes>>>,
    tries: u32,
    /// When it was last asked whether they may.
    asked: Instant,
}

impl Reading {
    /// The next piece; nothing at the end. Who may not watch it any more gets an error instead (C6).
    pub async fn next(&mut self) -> Option<Result<Bytes>> {
        if self.rest.is_empty() {
            return None;
        }
        let piece = match self.ask_again().await {
            Ok(()) => self.piece().await,
            Err(error) => Err(error),
        };
        if piece.is_err() {
            self.rest = 0..0;
        }
        Some(piece)
    }

    async fn ask_again(&mut self) -> Result<()> {
        if !self.heard.anything() && self.asked.elapsed() < ASKED {
            return Ok(());
        }
        let (id, caller, now) = (self.id, self.caller.clone(), self.app.clock.now());
        let read = move |conn: &mut Conn| {
            let caller = crate::ops::account::again(conn, &caller, now)?;
            seen(conn, &caller, id).map(drop)
        };
        self.app.db.read(read).await?;
        self.asked = Instant::now();
        Ok(())
    }

    /// A bucket may close a connection that nobody reads from for a while, as when somebody pauses.
    async fn piece(&mut self) -> Result<Bytes> {
        loop {
            let next = match &mut self.open {
                Some(open) => open.next().await.unwrap_or(Err(Error::Unavailable)),
                None => {
                    self.open = Some(self.app.files.read(&self.file, self.rest.clone()).await?);
                    continue;
                }
            };
            match next {
                Ok(bytes) => {
                    self.rest.start += u64::try_from(bytes.len()).unwrap_or(u64::MAX);
                    self.tries = 0;
                    return Ok(bytes);
                }
                Err(_) if self.tries < TRIES => {
                    self.tries += 1;
                    self.open = None;
                }
                Err(error) => return Err(error),
            }
        }
    }
}

/// What is heard of who may watch a recording.
struct Heard {
    id: RecordingId,
    session: SessionId,
    /// Of the reader's own account; strangers have none.
    account: Option<Receiver<Change>>,
    access: Receiver<Change>,
    sessions: Receiver<Change>,
    recordings: Receiver<Change>,
}

impl Heard {
    fn new(app: &App, caller: &Caller, row: &Recording) -> Self {
        Self {
            id: row.id,
            session: row.session_id,
            account: caller.account.as_ref().map(|account| app.feed.subscribe(Topic::Account(account.id))),
            access: app.feed.subscribe(Topic::Access(row.event_id)),
            sessions: app.feed.subscribe(Topic::Event(row.event_id)),
            recordings: app.feed.subscribe(Topic::Recordings(row.event_id)),
        }
    }

    /// Whether something was heard since it was asked before.
    fn anything(&mut self) -> bool {
        let (id, session) = (self.id, self.session);
        let concerns = |change: &Change| match change {
            Change::Session(change) => change.id == session,
            Change::Sessions(all) => all.iter().any(|change| change.id == session),
            Change::Recordings(all) => all.iter().any(|change| change.id == id),
            Change::Standing | Change::LoginEnded(_) | Change::AccessChanged => true,
            _ => false,
        };
        let mut any = false;
        for receiver in self.account.iter_mut().chain([&mut self.access, &mut self.sessions, &mut self.recordings]) {
            loop {
                match receiver.try_recv() {
                    Ok(change) => any |= concerns(&change),
                    Err(TryRecvError::Lagged(_)) => any = true,
                    Err(TryRecvError::Empty | TryRecvError::Closed) => break,
                }
            }
        }
        any
    }
}
