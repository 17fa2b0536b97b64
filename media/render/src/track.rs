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
    /// The earliest of them.
    pub first: Option<Stamp>,
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
        let Seen { reports, count, first, last } = seen.take();
        let clock = Clock::new(codec.clock_rate, reports);
        Ok(Self { path: path.to_owned(), codec: codec.clone(), clock, packets: count, first, last, runs })
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
    first: Option<Stamp>,
    last: Option<Stamp>,
}

/// Hands packets on, and keeps what the reports and the last packet say.
fn seen_by(arrived: impl Iterator<Item = Arrived>, seen: Rc<RefCell<Seen>>) -> impl Iterator<Item = Packet> {
    arrived.filter_map(move |arrived| match arrived {
        Arrived::Packet(packet) => {
            let mut seen = seen.borrow_mut();
            seen.count += 1;
            if seen.first.is_none_or(|first| first.timestamp > packet.stamp.timestamp) {
                seen.first = Some(packet.stamp);
            }
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

    /// Numbers that look as if they were thrown.
    struct Dice(u64);

    impl Dice {
        fn next(&mut self) -> u64 {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            self.0 >> 33
        }

        fn bytes(&mut self, most: u64) -> Vec<u8> {
            (0..self.next() % most).map(|_| self.next() as u8).collect()
        }
    }

    /// What a packet might begin with, so that what reads it gets further than its first byte.
    const BEGINNINGS: [&[u8]; 9] = [
        &[],
        &[0x10, 0x10, 0, 0, 0x9d, 0x01, 0x2a],
        &[0x90, 0xf0],
        &[0x78, 0, 9, 0x67, 0x64, 0, 0x1f],
        &[0x67, 0x42, 0xc0],
        &[0x7c, 0x85],
        &[0x7c, 0x05],
        &[0x65],
        &[0x09],
    ];

    fn thrown(dice: &mut Dice) -> Vec<u8> {
        let mut file = b"#!rtpplay1.0 127.0.0.1/0\n".to_vec();
        file.extend((0..16).map(|_| dice.next() as u8));
        for sequence in 0..dice.next() % 200 {
            let mut packet = match dice.next() % 8 {
                0 => dice.bytes(60),
                1 => [&[0x80, 200, 0, 6, 0, 0, 0, 7][..], &dice.bytes(30)].concat(),
                _ => {
                    let header =
                        [0x80, if dice.next().is_multiple_of(3) { 0xe0 } else { 0x60 }, 0, sequence as u8, 0, 0];
                    [&header[..], &[sequence as u8 / 3, 0, 0, 0, 0, 7]].concat()
                }
            };
            packet.extend(BEGINNINGS[dice.next() as usize % BEGINNINGS.len()]);
            packet.extend(dice.bytes(80));
            let is_rtp = !dice.next().is_multiple_of(8);
            file.extend((packet.len() as u16 + 8).to_be_bytes());
            file.extend(if is_rtp { packet.len() as u16 } else { 0 }.to_be_bytes());
            file.extend([0, 0, sequence as u8, dice.next() as u8]);
            file.extend(packet);
        }
        file
    }

    #[test]
    fn whatever_is_in_a_track_is_read_to_its_end() {
        let mut dice = Dice(1);
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("0.rtpdump");
        let (mut pictures, mut packets) = (0, 0);
        for round in 0..300 {
            std::fs::write(&path, thrown(&mut dice)).unwrap();
            let mime = ["video/VP8", "video/H264", "audio/opus"][round % 3];
            let codec = Codec { mime: mime.into(), payload_type: 96, clock_rate: 90_000, channels: 0, ssrc: 7 };
            let track = Track::read(&path, &codec).unwrap();
            packets += track.packets().unwrap().filter(|packet| track.clock.at(packet.stamp) != i64::MIN).count();
            pictures += track.runs.iter().map(|run| track.pictures(&run.place).unwrap().count()).sum::<usize>();
        }
        assert!(packets > 1_000 && pictures > 10, "{packets}, {pictures}: some of it is read");
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
