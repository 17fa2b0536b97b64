//! The timeline of a block, as far as it can be read.

use crate::error::Error;
use protocol::recording::Failure;
use protocol::room::{Source, Speaker};
use protocol::timeline::{Codec, Event, Line, TIMELINE, TIMELINE_VERSION};
use std::fs;
use std::path::Path;

#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// What the file shows begins here, in microseconds since 1970.
    pub begin: i64,
    /// What it shows ends here; none after a crash.
    pub end: Option<i64>,
    /// What happened in between, in order.
    pub moments: Vec<Moment>,
    pub tracks: Vec<Taken>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Moment {
    pub at: i64,
    pub what: What,
}

#[derive(Clone, Debug, PartialEq)]
pub enum What {
    OnScreen(Vec<Speaker>),
    Speaking { person: String, speaking: bool },
}

/// A track, and whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    pub number: u32,
    pub person: String,
    pub source: Source,
    pub codec: Codec,
    /// When its producer ended; none if nothing says so.
    pub end: Option<i64>,
}

impl Block {
    pub fn read(folder: &Path) -> Result<Self, Error> {
        let path = folder.join(TIMELINE);
        let bytes =
            fs::read(&path).map_err(|error| Error::new(Failure::Damaged, format!("{}: {error}", path.display())))?;
        Self::parse(&String::from_utf8_lossy(&bytes)).map_err(|message| Error::new(Failure::Damaged, message))
    }

    /// A crash cuts the last line off, and a later version of media may write lines that this one does not know: what cannot be
    /// read is left out, if only the beginning is there.
    fn parse(text: &str) -> Result<Self, String> {
        let mut lines = text.lines();
        let first = lines.next().unwrap_or_default();
        let begin = match serde_json::from_str(first) {
            Ok(Line { at, event: Event::Begin { version: TIMELINE_VERSION, .. } }) => at,
            Ok(Line { event: Event::Begin { version, .. }, .. }) => {
                return Err(format!("the timeline is of version {version}, this program reads {TIMELINE_VERSION}"));
            }
            _ => return Err("the timeline does not say where it begins".into()),
        };
        let mut block = Self { begin, end: None, moments: Vec::new(), tracks: Vec::new() };
        for (text, number) in lines.zip(2..) {
            match serde_json::from_str(text) {
                Ok(line) => block.take(line),
                Err(error) => tracing::warn!(line = number, %error, "a line of the timeline cannot be read"),
            }
        }
        Ok(block)
    }

    fn take(&mut self, Line { at, event }: Line) {
        let last = self.moments.last().map_or(self.begin, |moment| moment.at);
        let mut happened = |what| self.moments.push(Moment { at: at.max(last), what });
        match event {
            Event::Begin { .. } => {}
            Event::OnScreen { speakers } => happened(What::OnScreen(speakers)),
            Event::Speaking { person, speaking } => happened(What::Speaking { person, speaking }),
            Event::Track { track, person, source, codec } => {
                self.tracks.push(Taken { number: track, person, source, codec, end: None });
            }
            Event::TrackEnd { track } => {
                for taken in self.tracks.iter_mut().filter(|taken| taken.number == track) {
                    taken.end = Some(at);
                }
            }
            Event::End { .. } => self.end = Some(at.max(self.begin)),
        }
    }

    /// The last moment that the timeline knows of.
    pub fn last(&self) -> i64 {
        self.moments.last().map_or(self.begin, |moment| moment.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEGIN: &str = r#"{"at":10,"event":"begin","version":1,"block":"b","session":"session:s"}"#;
    const CODEC: &str = r#"{"mime":"video/VP8","payloadType":96,"clockRate":90000,"channels":0,"ssrc":1}"#;

    fn parse(lines: &[&str]) -> Result<Block, String> {
        Block::parse(&[&[BEGIN], lines].concat().join("\n"))
    }

    #[test]
    fn k6_what_a_crash_cut_off_is_left_out() {
        let block = parse(&[r#"{"at":20,"event":"onScreen","speakers":[]}"#, r#"{"at":30,"event":"onScr"#]).unwrap();
        assert_eq!(block.moments, [Moment { at: 20, what: What::OnScreen(Vec::new()) }]);
        assert_eq!(block.end, None);
    }

    #[test]
    fn a_line_of_a_later_version_does_not_spoil_the_rest() {
        let block = parse(&[r#"{"at":15,"event":"applause"}"#, r#"{"at":20,"event":"end","end":"LENGTH"}"#]).unwrap();
        assert_eq!(block.end, Some(20));
    }

    #[test]
    fn without_its_beginning_a_timeline_is_damaged() {
        assert!(Block::parse("").is_err());
        assert!(Block::parse(r#"{"at":20,"event":"onScreen","speakers":[]}"#).is_err());
        assert!(Block::parse(&BEGIN.replace(r#""version":1"#, r#""version":2"#)).is_err());
        assert_eq!(Block::read(Path::new("/nowhere")).unwrap_err().failure, Failure::Damaged);
    }

    #[test]
    fn a_track_knows_whose_it_is_and_when_it_ended() {
        let track = format!(r#"{{"at":11,"event":"track","track":3,"person":"a","source":"camera","codec":{CODEC}}}"#);
        let block = parse(&[&track, r#"{"at":40,"event":"trackEnd","track":3}"#]).unwrap();
        let codec = serde_json::from_str(CODEC).unwrap();
        let taken = Taken { number: 3, person: "a".into(), source: Source::Camera, codec, end: Some(40) };
        assert_eq!(block.tracks, [taken]);
    }

    #[test]
    fn nothing_happened_before_what_was_told_before_it() {
        let (late, early) = (
            r#"{"at":30,"event":"onScreen","speakers":[]}"#,
            r#"{"at":5,"event":"speaking","person":"a","speaking":true}"#,
        );
        let times: Vec<i64> = parse(&[late, early]).unwrap().moments.iter().map(|moment| moment.at).collect();
        assert_eq!(times, [30, 30]);
    }
}
