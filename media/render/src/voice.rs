//! A track of sound as samples at their places in the file.
//!
//! Packets that follow each other are put one behind the other, so that the jitter of their times is not heard. What was lost is
//! hidden by what the next packet says of it, and by the decoder's guess. Where nothing was sent, as by a muted microphone, is silence.

use crate::packet::Packet;
use opusic_c::{Channels, Decoder, ErrorCode, SampleRate};
use std::collections::VecDeque;

/// Samples by which a packet may be off its place before it is put there.
const TOLERANCE: i64 = 1_440;

/// Samples of a packet at the most, 120 ms; as much that was lost is hidden.
const LONGEST: usize = 5_760;

/// The decoder makes up what is lost in steps of so many samples.
const STEP: i64 = 120;

/// Samples in which a voice fades where it ends.
const FADE: usize = 960;

/// A packet with the sample that it begins at; none for what is not in the file.
pub struct Heard {
    pub packet: Packet,
    pub at: Option<i64>,
}

pub struct Voice<I> {
    packets: I,
    decoder: Decoder,
    pieces: VecDeque<Piece>,
    last_sequence: Option<i64>,
    /// The sample behind the last piece; none where nothing goes on.
    next: Option<i64>,
    /// Up to where all pieces are there.
    ready: i64,
    decoded: Vec<f32>,
}

/// Of two channels.
struct Piece {
    from: i64,
    samples: Vec<f32>,
}

impl Piece {
    fn end(&self) -> i64 {
        self.from + (self.samples.len() / 2) as i64
    }
}

impl<I: Iterator<Item = Heard>> Voice<I> {
    pub fn new(packets: I) -> Result<Self, ErrorCode> {
        Ok(Self {
            packets,
            decoder: Decoder::new(Channels::Stereo, SampleRate::Hz48000)?,
            pieces: VecDeque::new(),
            last_sequence: None,
            next: None,
            ready: i64::MIN,
            decoded: vec![0.0; 2 * LONGEST],
        })
    }

    /// Adds what is heard from sample `from` on. Each call goes on where the one before ended.
    pub fn add(&mut self, from: i64, sum: &mut [f32]) {
        let end = from + (sum.len() / 2) as i64;
        while self.ready < end {
            match self.packets.next() {
                Some(heard) => self.take(&heard),
                None => {
                    self.fade(i64::MAX);
                    self.ready = i64::MAX;
                }
            }
        }
        while self.pieces.front().is_some_and(|piece| piece.end() <= from) {
            self.pieces.pop_front();
        }
        for piece in &self.pieces {
            let (begin, until) = (piece.from.max(from), piece.end().min(end));
            if begin < until {
                let part = |base: i64| 2 * (begin - base) as usize..2 * (until - base) as usize;
                let (sum, samples) = (&mut sum[part(from)], &piece.samples[part(piece.from)]);
                sum.iter_mut().zip(samples).for_each(|(sum, sample)| *sum += sample);
            }
        }
    }

    /// Whether there is nothing more to hear after the last call.
    pub fn is_over(&self) -> bool {
        self.ready == i64::MAX && self.pieces.is_empty()
    }

    fn take(&mut self, Heard { packet, at }: &Heard) {
        let follows = self.last_sequence.is_some_and(|last| packet.sequence == last + 1);
        self.last_sequence = Some(packet.sequence);
        // Padding. To the decoder nothing at all means that something was lost.
        if packet.payload.is_empty() {
            return;
        }
        let Some(at) = *at else {
            // What comes before the beginning is listened to all the same: the decoder knows the voice then.
            let _unheard = self.decoder.decode_float_to_slice(&packet.payload, &mut self.decoded, false);
            self.next = None;
            return;
        };
        let place = match self.next {
            None => at,
            Some(next) => {
                let gap = at - next;
                if follows && gap.abs() <= TOLERANCE {
                    next
                } else if !follows && gap <= TOLERANCE + LONGEST as i64 {
                    self.conceal(packet, gap);
                    self.next.unwrap_or(at)
                } else if gap > 0 {
                    self.fade(gap);
                    at
                } else {
                    at
                }
            }
        };
        let heard = self.next.unwrap_or(i64::MIN);
        // What lies in the past as a whole is not even decoded: whoever sends much of it would hold the render up, and the decoder goes
        // on with what is heard.
        if self.decoder.get_nb_samples(&packet.payload).is_ok_and(|samples| place + samples as i64 <= heard) {
            return;
        }
        if let Ok(count) = self.decoder.decode_float_to_slice(&packet.payload, &mut self.decoded, false) {
            // What would lie over what was there before is left out.
            let skipped = heard.saturating_sub(place).clamp(0, count as i64);
            self.put(place + skipped, skipped as usize, count);
        }
        self.ready = self.ready.max(place);
    }

    /// Samples of those decoded, as a piece that begins at `at`.
    fn put(&mut self, at: i64, from: usize, to: usize) {
        if from < to {
            let piece = Piece { from: at, samples: self.decoded[2 * from..2 * to].to_vec() };
            self.next = Some(piece.end());
            self.ready = self.ready.max(piece.end());
            self.pieces.push_back(piece);
        }
    }

    /// Fills `gap` samples in front of a packet, before which others were lost.
    fn conceal(&mut self, packet: &Packet, gap: i64) {
        let Some(next) = self.next else { return };
        let missing = gap.max(0) / STEP * STEP;
        let told = match self.decoder.get_nb_samples(&packet.payload) {
            Ok(samples) if samples as i64 <= missing => samples as i64,
            _ => 0,
        };
        self.guess(next, missing - told);
        if told > 0 {
            let output = &mut self.decoded[..2 * told as usize];
            if let Ok(count) = self.decoder.decode_float_to_slice(&packet.payload, output, true) {
                self.put(next + missing - told, 0, count);
            }
        }
    }

    /// Lets the voice fade at its end, before so many samples of silence.
    fn fade(&mut self, silence: i64) {
        let Some(next) = self.next else { return };
        self.guess(next, silence.min(FADE as i64) / STEP * STEP);
        if let Some(piece) = self.pieces.back_mut().filter(|piece| piece.from == next) {
            let length = (piece.samples.len() / 2).max(1) as f32;
            for (position, pair) in piece.samples.chunks_mut(2).enumerate() {
                pair.iter_mut().for_each(|sample| *sample *= 1.0 - position as f32 / length);
            }
        }
    }

    /// What the decoder makes up.
    fn guess(&mut self, at: i64, samples: i64) {
        let samples = samples.clamp(0, LONGEST as i64) as usize;
        if samples > 0
            && let Ok(count) = self.decoder.decode_float_to_slice(&[], &mut self.decoded[..2 * samples], false)
        {
            self.put(at, 0, count);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::packet::Stamp;
    use opusic_c::{Application, Encoder};

    /// Samples of a packet, 20 ms.
    const PACKET: usize = 960;

    /// A second of a tone in packets one behind the other.
    fn tone() -> Vec<Heard> {
        let mut encoder = Encoder::new(Channels::Mono, SampleRate::Hz48000, Application::Audio).unwrap();
        (0..50)
            .map(|number| {
                let wave = |sample: usize| (sample as f32 * 440.0 * std::f32::consts::TAU / 48_000.0).sin() * 0.5;
                let input: Vec<f32> = (0..PACKET).map(|sample| wave(number * PACKET + sample)).collect();
                let mut payload = vec![0; 1_500];
                let length = encoder.encode_float_to_slice(&input, &mut payload).unwrap();
                payload.truncate(length);
                let sequence = number as i64;
                let packet = Packet { stamp: Stamp::default(), sequence, marker: false, offset: 0, payload };
                Heard { packet, at: Some(sequence * PACKET as i64) }
            })
            .collect()
    }

    /// Loudness of each 20 ms of two seconds.
    fn loudness(packets: Vec<Heard>) -> Vec<f32> {
        let mut voice = Voice::new(packets.into_iter()).unwrap();
        (0..100)
            .map(|step| {
                let mut sum = vec![0.0_f32; 2 * PACKET];
                voice.add(step * PACKET as i64, &mut sum);
                (sum.iter().map(|sample| sample * sample).sum::<f32>() / sum.len() as f32).sqrt()
            })
            .collect()
    }

    /// Each 20 ms that is heard.
    fn heard(packets: Vec<Heard>) -> Vec<usize> {
        let loudness = loudness(packets);
        (0..loudness.len()).filter(|step| loudness[*step] > 0.1).collect()
    }

    #[test]
    fn k4_a_voice_is_heard_while_it_was_sent_and_then_it_is_silent() {
        assert_eq!(heard(tone()), (0..=50).collect::<Vec<_>>(), "the last of it fades");
        assert!(loudness(tone())[51..].iter().all(|loudness| *loudness == 0.0));
    }

    #[test]
    fn k4_a_muted_microphone_is_silent() {
        let mut packets = tone();
        for heard in &mut packets[20..] {
            heard.at = heard.at.map(|at| at + 30 * PACKET as i64);
        }
        let loudness = loudness(packets);
        assert!(loudness[22..50].iter().all(|loudness| *loudness == 0.0), "{loudness:?}");
        assert!(loudness[..20].iter().chain(&loudness[51..80]).all(|loudness| *loudness > 0.1), "{loudness:?}");
    }

    #[test]
    fn what_is_lost_is_hidden() {
        let mut packets = tone();
        packets.drain(20..22);
        packets.remove(30);
        assert_eq!(heard(packets), (0..=50).collect::<Vec<_>>());
    }

    #[test]
    fn jitter_of_times_is_not_heard() {
        let shaken = tone().into_iter().zip([300, -700, 0, 900, -1_000].into_iter().cycle());
        let shaken = shaken.map(|(heard, by)| Heard { at: heard.at.map(|at| at + by), ..heard }).collect();
        let (even, shaken) = (loudness(tone()), loudness(shaken));
        let difference = even.iter().zip(&shaken).skip(1).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
        assert!(difference < 0.15, "{difference}");
    }

    #[test]
    fn what_is_not_in_the_file_is_not_heard() {
        let mut packets = tone();
        packets[..10].iter_mut().for_each(|heard| heard.at = None);
        assert_eq!(heard(packets), (10..=50).collect::<Vec<_>>());
    }

    #[test]
    fn packets_that_are_none_cost_no_more_than_themselves() {
        let mut packets = tone();
        for (position, payload) in [(10, vec![]), (20, vec![0xff; 3]), (30, vec![0xff, 0xff, 0xff, 0xff])] {
            packets[position].packet.payload = payload;
        }
        let heard = heard(packets);
        assert!(heard.len() >= 46 && heard.contains(&49), "{heard:?}");
    }

    #[test]
    fn what_comes_again_for_a_time_that_is_over_changes_nothing() {
        let again = |heard: &Heard| {
            let payload = heard.packet.payload.iter().rev().copied().chain([0; 9]).collect();
            Heard { packet: Packet { payload, ..heard.packet.clone() }, at: Some(0) }
        };
        let mut packets: Vec<Heard> = Vec::new();
        for heard in tone() {
            let late = (packets.len() > 10).then(|| again(packets.last().unwrap()));
            packets.push(heard);
            packets.extend(late);
        }
        for (packet, sequence) in packets.iter_mut().zip(0..) {
            packet.packet.sequence = sequence;
        }
        assert_eq!(loudness(packets), loudness(tone()));
    }

    #[test]
    fn a_clock_that_goes_back_is_heard_once() {
        let mut packets = tone();
        for heard in &mut packets[25..] {
            heard.at = heard.at.map(|at| at - 10 * PACKET as i64);
        }
        assert!(loudness(packets).iter().all(|loudness| *loudness < 0.5));
    }
}
