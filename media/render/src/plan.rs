//! All that is known of a file before the first picture of it is made.

use crate::block::{Block, Taken};
use crate::error::Error;
use crate::reel::{RATE, Reel};
use crate::scenes::{self, Scene};
use crate::spans::{self, Span};
use crate::track::Track;
use protocol::recording::Failure;
use protocol::room::Source;
use protocol::timeline::track_file;
use std::path::Path;
use std::sync::Arc;

pub struct Plan {
    pub reel: Arc<Reel>,
    pub scenes: Vec<Scene>,
    /// Pictures of the file.
    pub ticks: i64,
    pub sights: Vec<Sight>,
    pub voices: Vec<Arc<Track>>,
}

/// For so long the last picture of a producer that has ended stays, if the timeline does not say earlier that it is gone: that line
/// comes a moment later, and no card should flash up between them.
const STAYS: i64 = RATE / 2;

/// Pictures of somebody's camera or screen.
pub struct Sight {
    pub person: String,
    pub track: Arc<Track>,
    pub span: Arc<Span>,
}

impl Plan {
    /// `read` is told of each track that was read.
    pub fn of(folder: &Path, mut read: impl FnMut()) -> Result<Self, Error> {
        let block = Block::read(folder)?;
        let tracks = block.tracks.iter().filter_map(|taken| open(folder, taken)).inspect(|_| read());
        let tracks: Vec<(Taken, Arc<Track>)> = tracks.collect();
        let reel = Arc::new(Reel::of(&block, block.end.unwrap_or_else(|| last(&block, &tracks))));
        let (scenes, ticks) = (scenes::scenes(&block, &reel), reel.ticks());
        let (voices, pictures): (Vec<_>, Vec<_>) = tracks.into_iter().partition(|(taken, _)| taken.source.is_audio());
        let sights = pictures.iter().flat_map(|(taken, track)| sights(taken, track, &reel, &scenes, ticks)).collect();
        let plan = Self { reel, scenes, ticks, sights, voices: voices.into_iter().map(|(_, track)| track).collect() };
        let is_empty = plan.sights.is_empty() && plan.voices.iter().all(|track| !plan.is_heard(track));
        if is_empty || plan.ticks == 0 {
            return Err(Error::new(Failure::Empty, "nothing was received that could be shown or heard"));
        }
        Ok(plan)
    }

    /// Whether something of a track of sound is in the file.
    fn is_heard(&self, track: &Track) -> bool {
        track.packets > 0 && track.last.is_some_and(|last| self.reel.place(track.clock.at(last)) > 0)
    }
}

/// A track that cannot be read is left out: the others are worth a file.
fn open(folder: &Path, taken: &Taken) -> Option<(Taken, Arc<Track>)> {
    let mime = taken.codec.mime.as_str();
    if taken.source.is_audio() != mime.eq_ignore_ascii_case("audio/opus") {
        tracing::warn!(track = taken.number, codec = mime, "a track of this kind is left out");
        return None;
    }
    match Track::read(&folder.join(track_file(taken.number)), &taken.codec) {
        Ok(track) => Some((taken.clone(), Arc::new(track))),
        Err(error) => {
            tracing::warn!(track = taken.number, %error, "a track cannot be read");
            None
        }
    }
}

/// The last packet, with which a file ends after a crash (K6).
fn last(block: &Block, tracks: &[(Taken, Arc<Track>)]) -> i64 {
    let packets = tracks.iter().filter_map(|(_, track)| track.last.map(|last| track.clock.at(last)));
    packets.fold(block.last(), i64::max)
}

fn sights(taken: &Taken, track: &Arc<Track>, reel: &Reel, scenes: &[Scene], ticks: i64) -> Vec<Sight> {
    let source = if taken.source == Source::Screen { Source::Screen } else { Source::Camera };
    let shown = scenes::shown(scenes, &taken.person, source, ticks);
    let end = taken.end.map_or(ticks, |end| reel.tick(end) + STAYS).min(ticks);
    let tick = |stamp| spans::tick(reel, &track.clock, stamp);
    let spans = spans::spans(&track.runs, tick, source, &shown, end);
    let sight = |span| Sight { person: taken.person.clone(), track: Arc::clone(track), span: Arc::new(span) };
    spans.into_iter().map(sight).collect()
}
