//! A track as its file is: read once from end to end for what the plan needs, and again, piece by piece, when that is shown.

use crate::clock::Clock;
use crate::jitter::Ordered;
use crate::packet::{Arrived, Packet, Packets, Stamp};
use crate::picture::{Format, Picture, Pictures, Place};
use crate::rtpdump::Reader;
use protocol::timeline::Codec;
use std::cell::RefCell;
use std::io;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// Microseconds without a picture after which a key frame begins another run.
const PAUSE: i64 = 1_000_000;

/// What is in a track's file.
#[derive(Clone, Debug)]
pub struct Track {
    pub path: PathBuf,
    pub codec: Codec,
    pub clock: Clock,
    /// Packets in it.
    pub packets: u64,
    /// The latest of them.
    pub last: Option<Stamp>,
    /// Of pictures; none of sound.
    pub runs: Vec<Run>,
}

/// Pictures one after the other, of one size, the first of which needs no other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    pub place: Place,
    pub size: (u32, u32),
    pub first: Stamp,
    pub last: Stamp,
}

impl Track {
    pub fn read(path: &Path, codec: &Codec) -> io::Result<Self> {
        let seen = Rc::new(RefCell::new(Seen::default()));
        let packets = seen_by(Packets::new(Reader::open(path)?, codec), Rc::clone(&seen));
        let runs = match Format::of(&codec.mime) {
            Some(format) => runs(Pictures::new(Ordered::new(packets), format)),
            None => {
                packets.for_each(drop);
                Vec::new()
            }
        };
        let Seen { reports, count, last } = seen.take();
        let clock = Clock::new(codec.clock_rate, reports);
        Ok(Self { path: path.to_owned(), codec: codec.clone(), clock, packets: count, last, runs })
    }

    /// Its packets in the order in which they were sent.
    pub fn packets(&self) -> io::Result<impl Iterator<Item = Packet> + use<>> {
        Ok(Ordered::new(only_packets(Packets::new(Reader::open(&self.path)?, &self.codec))))
    }

    /// Its pictures from a place on.
    pub fn pictures(&self, place: &Place) -> io::Result<impl Iterator<Item = Picture> + use<>> {
        let format = Format::of(&self.codec.mime).ok_or(io::ErrorKind::Unsupported)?;
        let mut reader = Reader::open(&self.path)?;
        reader.seek(place.offset)?;
        let packets = Packets::new(reader, &self.codec).counting_from(place.sequence, place.timestamp);
        let ordered = Ordered::new(only_packets(packets)).starting_with(place.sequence);
        Ok(Pictures::resume(ordered, format, place))
    }
}

#[derive(Default)]
struct Seen {
    reports: Vec<crate::packet::Report>,
    count: u64,
    last: Option<Stamp>,
}

/// Hands packets on, and keeps what the reports and the last packet say.
fn seen_by(arrived: impl Iterator<Item = Arrived>, seen: Rc<RefCell<Seen>>) -> impl Iterator<Item = Packet> {
    arrived.filter_map(move |arrived| match arrived {
        Arrived::Packet(packet) => {
            let mut seen = seen.borrow_mut();
            seen.count += 1;
            if seen.last.is_none_or(|last| last.timestamp <= packet.stamp.timestamp) {
                seen.last = Some(packet.stamp);
            }
            Some(packet)
        }
        Arrived::Report(report) => {
            seen.borrow_mut().reports.push(report);
            None
        }
    })
}

fn only_packets(arrived: impl Iterator<Item = Arrived>) -> impl Iterator<Item = Packet> {
    arrived.filter_map(|arrived| match arrived {
        Arrived::Packet(packet) => Some(packet),
        Arrived::Report(_) => None,
    })
}

fn runs(pictures: impl Iterator<Item = Picture>) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for picture in pictures {
        match (picture.key, runs.last_mut()) {
            (Some(size), Some(run)) if run.size != size || picture.stamp.arrival - run.last.arrival >= PAUSE => {
                runs.push(run_of(&picture, size));
            }
            (_, Some(run)) => run.last = picture.stamp,
            (Some(size), None) => runs.push(run_of(&picture, size)),
            (None, None) => {}
        }
    }
    runs
}

fn run_of(picture: &Picture, size: (u32, u32)) -> Run {
    Run { place: picture.place.clone(), size, first: picture.stamp, last: picture.stamp }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(arrival: i64, key: Option<(u32, u32)>) -> Picture {
        Picture { stamp: Stamp { timestamp: arrival, arrival }, key, data: Vec::new(), place: Place::default() }
    }

    #[test]
    fn another_size_or_a_key_frame_after_a_pause_begins_another_run() {
        let (small, large) = (Some((320, 180)), Some((640, 360)));
        let pictures = [
            picture(0, small),
            picture(1, None),
            picture(2, small),
            picture(3, large),
            picture(4, None),
            picture(2_000_000, None),
            picture(4_000_000, large),
        ];
        let runs: Vec<_> = runs(pictures.into_iter())
            .into_iter()
            .map(|run| (run.size.0, run.first.arrival, run.last.arrival))
            .collect();
        assert_eq!(runs, [(320, 0, 2), (640, 3, 2_000_000), (640, 4_000_000, 4_000_000)]);
    }
}
