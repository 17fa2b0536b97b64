//! Whole pictures out of packets.
//!
//! A picture of which a packet is missing is not shown, nor is any after it until the next key frame: they would be made from what is
//! not there. What was seen last stays. Senders are asked for a key frame at once when something is lost for good, so it is short.

use crate::h264::{self, Parameters};
use crate::packet::{Packet, Stamp};
use crate::vp8;
use std::collections::VecDeque;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Vp8,
    H264,
}

impl Format {
    pub fn of(mime: &str) -> Option<Self> {
        match mime.to_ascii_lowercase().as_str() {
            "video/vp8" => Some(Self::Vp8),
            "video/h264" => Some(Self::H264),
            _ => None,
        }
    }
}

/// A picture that can be shown, given those before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    pub stamp: Stamp,
    /// Width and height of a key frame, which needs no other picture.
    pub key: Option<(u32, u32)>,
    pub data: Vec<u8>,
    /// Where to begin to read, to see this one again.
    pub place: Place,
}

/// A place in a track's file where a picture begins, with what had been counted and learnt up to there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    pub offset: u64,
    pub sequence: i64,
    pub timestamp: i64,
    pub parameters: Parameters,
}

pub struct Pictures<I> {
    /// In the order of their sequence numbers.
    packets: I,
    format: Format,
    parameters: Parameters,
    last_sequence: Option<i64>,
    current: Option<Current>,
    ready: VecDeque<Picture>,
    /// Pictures are missing, so that only a key frame can be shown.
    broken: bool,
}

/// The picture whose packets are coming.
struct Current {
    stamp: Stamp,
    offset: u64,
    sequence: i64,
    whole: bool,
    data: Vec<u8>,
}

/// Bytes of a picture at the most.
const MAX_BYTES: usize = 16 << 20;

/// Pixels of a picture at the most: nobody's screen has more, and a decoder of more would take the memory that calls need.
const MAX_PIXELS: u64 = 1 << 25;

impl<I: Iterator<Item = Packet>> Pictures<I> {
    pub fn new(packets: I, format: Format) -> Self {
        Self {
            packets,
            format,
            parameters: Parameters::default(),
            last_sequence: None,
            current: None,
            ready: VecDeque::new(),
            broken: true,
        }
    }

    /// Goes on from where `place` was told; `packets` begin with that one.
    pub fn resume(packets: I, format: Format, place: &Place) -> Self {
        let last_sequence = Some(place.sequence - 1);
        Self { last_sequence, parameters: place.parameters.clone(), ..Self::new(packets, format) }
    }

    fn take(&mut self, packet: &Packet) {
        let follows = self.last_sequence.is_some_and(|last| packet.sequence == last + 1);
        self.last_sequence = Some(packet.sequence);
        if !follows {
            self.broken = true;
        }
        // Padding carries nothing: that it was not lost is all there is to it.
        if packet.payload.is_empty() || (self.format == Format::Vp8 && vp8::part(&packet.payload).is_none()) {
            if let Some(current) = &mut self.current {
                current.whole &= follows;
            }
            return;
        }
        if self.current.as_ref().is_some_and(|current| current.stamp.timestamp != packet.stamp.timestamp) {
            self.finish(follows);
        }
        self.add(packet, follows);
        if packet.marker {
            self.finish(true);
        }
    }

    fn add(&mut self, packet: &Packet, follows: bool) {
        let is_first = self.current.is_none();
        let current = self.current.get_or_insert_with(|| Current {
            stamp: packet.stamp,
            offset: packet.offset,
            sequence: packet.sequence,
            whole: true,
            data: Vec::new(),
        });
        current.offset = current.offset.min(packet.offset);
        let fits = match self.format {
            Format::Vp8 => match vp8::part(&packet.payload) {
                Some(part) => {
                    current.data.extend(part.data);
                    part.begins == is_first
                }
                None => false,
            },
            Format::H264 => {
                let begins = !is_first || follows || h264::surely_begins(&packet.payload);
                h264::append(&packet.payload, &mut current.data) && begins
            }
        };
        if !fits || (!is_first && !follows) || current.data.len() > MAX_BYTES {
            current.whole = false;
            current.data.clear();
        }
    }

    /// The current picture has all its packets; `ended`: nothing is missing behind the last one.
    fn finish(&mut self, ended: bool) {
        let Some(Current { stamp, offset, sequence, whole, mut data }) = self.current.take() else { return };
        if !whole || !ended {
            self.broken = true;
            return;
        }
        let before = self.parameters.clone();
        let key = match self.format {
            Format::Vp8 => vp8::size(&data),
            Format::H264 => {
                self.parameters.learn(&data);
                h264::is_key(&data).then(|| self.parameters.size()).flatten()
            }
        };
        if key.is_some_and(|(width, height)| u64::from(width) * u64::from(height) > MAX_PIXELS) {
            self.broken = true;
            return;
        }
        if key.is_some() {
            self.broken = false;
            if self.format == Format::H264 {
                data = self.parameters.complete(data);
            }
        }
        let place = Place { offset, sequence, timestamp: stamp.timestamp, parameters: before };
        if !self.broken {
            self.ready.push_back(Picture { stamp, key, data, place });
        }
    }
}

impl<I: Iterator<Item = Packet>> Iterator for Pictures<I> {
    type Item = Picture;

    fn next(&mut self) -> Option<Picture> {
        while self.ready.is_empty() {
            // A last picture without its marker is left out: nobody knows whether it is whole.
            let packet = self.packets.next()?;
            self.take(&packet);
        }
        self.ready.pop_front()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: [u8; 10] = [0x10, 0, 0, 0x9d, 0x01, 0x2a, 0x40, 0x01, 0xb4, 0x00];
    const BETWEEN: [u8; 2] = [0x11, 7];

    /// A VP8 picture of two packets, beginning with this sequence number.
    fn vp8(sequence: i64, timestamp: i64, picture: &[u8]) -> Vec<Packet> {
        let (one, two) = picture.split_at(1);
        let packet = |sequence, descriptor, part: &[u8], marker| Packet {
            stamp: Stamp { timestamp, arrival: timestamp },
            sequence,
            marker,
            offset: sequence as u64,
            payload: [&[descriptor], part].concat(),
        };
        vec![packet(sequence, 0x10, one, false), packet(sequence + 1, 0x00, two, true)]
    }

    fn times(packets: Vec<Packet>) -> Vec<i64> {
        Pictures::new(packets.into_iter(), Format::Vp8).map(|picture| picture.stamp.timestamp).collect()
    }

    fn five() -> Vec<Packet> {
        let key = |at: i64| at == 0 || at == 3;
        (0..5).flat_map(|at| vp8(at * 2, at, if key(at) { &KEY } else { &BETWEEN })).collect()
    }

    #[test]
    fn pictures_are_put_together() {
        let pictures: Vec<_> = Pictures::new(five().into_iter(), Format::Vp8).collect();
        assert_eq!(pictures.iter().map(|picture| picture.stamp.timestamp).collect::<Vec<_>>(), [0, 1, 2, 3, 4]);
        assert_eq!((pictures[0].key, &pictures[0].data[..]), (Some((320, 180)), &KEY[..]));
        assert_eq!((pictures[1].key, &pictures[1].data[..]), (None, &BETWEEN[..]));
        let place = Place { offset: 6, sequence: 6, timestamp: 3, parameters: Parameters::default() };
        assert_eq!(pictures[3].place, place);
    }

    #[test]
    fn what_follows_a_hole_waits_for_a_key_frame() {
        for lost in [2, 3] {
            let mut packets = five();
            packets.remove(lost);
            assert_eq!(times(packets), [0, 3, 4], "without packet {lost}");
        }
        let mut packets = five();
        packets.drain(2..4);
        assert_eq!(times(packets), [0, 3, 4], "without a whole picture");
    }

    #[test]
    fn pictures_that_are_absurdly_large_are_not_shown_nor_what_needs_them() {
        let mut packets = five();
        packets[1].payload.truncate(1);
        packets[1].payload.extend([0, 0, 0x9d, 0x01, 0x2a, 0xff, 0x3f, 0xff, 0x3f]);
        assert_eq!(times(packets.clone()), [3, 4]);
        packets[1].payload.truncate(6);
        packets[1].payload.extend([0x00, 0x1e, 0xe0, 0x10]);
        assert_eq!(times(packets), [0, 1, 2, 3, 4], "a screen of 7680 by 4320 is");
    }

    #[test]
    fn a_track_begins_with_its_first_key_frame() {
        assert_eq!(times(five().split_off(2)), [3, 4]);
    }

    #[test]
    fn padding_between_pictures_is_no_hole_unless_it_is_lost() {
        let mut packets = five();
        for packet in &mut packets[4..] {
            packet.sequence += 1;
        }
        let padding = Packet { payload: Vec::new(), sequence: 4, marker: false, ..packets[3].clone() };
        assert_eq!(times(packets.clone()), [0, 1, 3, 4]);
        packets.insert(4, padding);
        assert_eq!(times(packets), [0, 1, 2, 3, 4]);
    }

    #[test]
    fn a_picture_without_its_marker_ends_where_the_next_one_begins() {
        let mut packets = five();
        packets[1].marker = false;
        assert_eq!(times(packets.clone()), [0, 1, 2, 3, 4]);
        packets.remove(2);
        assert_eq!(times(packets), [3, 4], "and is not shown when its end may be missing");
    }

    #[test]
    fn reading_goes_on_from_a_place() {
        let packets = five();
        let place = Pictures::new(packets.clone().into_iter(), Format::Vp8).nth(3).unwrap().place;
        let rest = packets.into_iter().filter(|packet| packet.sequence >= place.sequence);
        assert_eq!(Pictures::resume(rest, Format::Vp8, &place).count(), 2);
    }

    /// An H.264 picture of one unit.
    fn h264(sequence: i64, unit: &[u8]) -> Packet {
        let stamp = Stamp { timestamp: sequence, arrival: sequence };
        Packet { stamp, sequence, marker: true, offset: 0, payload: unit.to_vec() }
    }

    #[test]
    fn an_h264_picture_shows_only_with_parameter_sets_and_without_a_hole_before_it() {
        let sps = [0x67, 0x42, 0xc0, 0x16, 0xd9, 0x00, 0xa0, 0x2f, 0xf9, 0x70, 0x11];
        let aggregate = [&[0x78, 0, 11][..], &sps, &[0, 2, 0x68, 1, 0, 2, 0x65, 2]].concat();
        let packets = vec![
            h264(0, &[0x65, 1]),
            h264(1, &aggregate),
            h264(2, &[0x41, 1]),
            h264(4, &[0x65, 3]),
            h264(5, &[0x65, 4]),
        ];
        let pictures: Vec<_> = Pictures::new(packets.into_iter(), Format::H264).collect();
        let shown: Vec<i64> = pictures.iter().map(|picture| picture.stamp.timestamp).collect();
        // Of the one behind the hole nobody knows whether a part in front of it is missing.
        assert_eq!(shown, [1, 2, 5]);
        assert!(pictures[2].data.windows(11).any(|window| window == sps), "the sets are put in front");
    }
}
