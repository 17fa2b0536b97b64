//! What a sender's packets look like when they arrive, and how they are written to a track's file.

use protocol::timeline::Codec;

/// Where the time of the tests begins, in microseconds since 1970.
pub const EPOCH: i64 = 1_700_000_000_000_000;

/// Bytes of a packet's payload at the most.
const PAYLOAD: usize = 1_100;

/// One packet. All times are in seconds of the test.
#[derive(Clone)]
pub struct Sent {
    /// When it was taken.
    pub at: f64,
    /// How long it was on its way.
    pub delay: f64,
    pub sequence: usize,
    pub marker: bool,
    pub payload: Vec<u8>,
}

/// Packets of a sender whose clock and numbers begin anywhere.
#[derive(Clone)]
pub struct Track {
    pub codec: Codec,
    pub packets: Vec<Sent>,
    /// Times of sender reports.
    pub reports: Vec<f64>,
    /// Seconds by which reports say that everything was taken later than it was.
    pub shift: f64,
}

impl Track {
    fn new(mime: &str, payload_type: u8, clock_rate: u32, channels: u8, ssrc: u32) -> Self {
        let codec = Codec { mime: mime.into(), payload_type, clock_rate, channels, ssrc };
        Self { codec, packets: Vec::new(), reports: Vec::new(), shift: 0.0 }
    }

    /// Pictures of which the first is taken at `start`.
    pub fn vp8(ssrc: u32, start: f64, rate: usize, pictures: &[Vec<u8>]) -> Self {
        let mut track = Self::new("video/VP8", 96, 90_000, 0, ssrc);
        for (number, picture) in pictures.iter().enumerate() {
            // Extended, with a picture id of 15 bits, as Chromium sends it.
            let descriptor = |begins: bool| {
                [if begins { 0x90 } else { 0x80 }, 0x80, 0x80 | (number >> 8) as u8 & 0x7f, number as u8]
            };
            let parts = picture.chunks(PAYLOAD).enumerate();
            let payloads = parts.map(|(part, bytes)| [&descriptor(part == 0)[..], bytes].concat()).collect();
            track.picture(start + number as f64 / rate as f64, payloads);
        }
        track.with_reports()
    }

    /// As `vp8`, of units: parameter sets in one packet, what is large in fragments.
    pub fn h264(ssrc: u32, start: f64, rate: usize, pictures: &[Vec<Vec<u8>>]) -> Self {
        let mut track = Self::new("video/H264", 102, 90_000, 0, ssrc);
        for (number, units) in pictures.iter().enumerate() {
            let (sets, slices): (Vec<_>, Vec<_>) = units.iter().partition(|unit| matches!(unit[0] & 0x1f, 7 | 8));
            let mut payloads = Vec::new();
            if !sets.is_empty() {
                let aggregate = sets.iter().flat_map(|set| [&(set.len() as u16).to_be_bytes()[..], set].concat());
                payloads.push([0x78].into_iter().chain(aggregate).collect());
            }
            for slice in slices {
                payloads.extend(fragments(slice));
            }
            track.picture(start + number as f64 / rate as f64, payloads);
        }
        track.with_reports()
    }

    /// Sound, of which the first packet is taken at `start`.
    pub fn opus(ssrc: u32, start: f64, packets: &[Vec<u8>]) -> Self {
        let mut track = Self::new("audio/opus", 100, 48_000, 2, ssrc);
        for (number, payload) in packets.iter().enumerate() {
            track.push(start + number as f64 * 0.02, false, payload.clone());
        }
        track.with_reports()
    }

    fn picture(&mut self, at: f64, payloads: Vec<Vec<u8>>) {
        let count = payloads.len();
        for (part, payload) in payloads.into_iter().enumerate() {
            self.push(at, part + 1 == count, payload);
        }
    }

    fn push(&mut self, at: f64, marker: bool, payload: Vec<u8>) {
        let sequence = self.packets.len();
        self.packets.push(Sent { at, delay: 0.03, sequence, marker, payload });
    }

    /// One each second, the first after half of one.
    fn with_reports(mut self) -> Self {
        let (first, last) = (self.packets[0].at, self.packets[self.packets.len() - 1].at);
        self.reports = (0..).map(|report| first + 0.5 + f64::from(report)).take_while(|at| *at < last).collect();
        if self.reports.is_empty() {
            self.reports.push(last);
        }
        self
    }

    /// What comes later goes on with the numbers and the clock of this one.
    pub fn then(mut self, later: Self) -> Self {
        let next = self.packets.len();
        self.packets.extend(later.packets.into_iter().map(|sent| Sent { sequence: sent.sequence + next, ..sent }));
        self.reports.extend(later.reports);
        self
    }

    /// Without the packets that a rule says.
    pub fn without(mut self, lost: impl Fn(&Sent) -> bool) -> Self {
        self.packets.retain(|sent| !lost(sent));
        self
    }

    fn rtp_time(&self, at: f64) -> u32 {
        // Near its end, so that it runs over.
        (0xffff_0000_u32 - self.codec.ssrc).wrapping_add((at * f64::from(self.codec.clock_rate)).round() as i64 as u32)
    }

    /// The track's file.
    pub fn file(&self) -> Vec<u8> {
        let packets = self.packets.iter().map(|sent| (sent.at + sent.delay, self.rtp(sent), true));
        let reports = self.reports.iter().map(|at| (at + 0.001, self.report(*at), false));
        let mut all: Vec<_> = packets.chain(reports).collect();
        all.sort_by(|one, other| one.0.total_cmp(&other.0));
        let start = all.first().map_or(0.0, |first| first.0);
        let begun = EPOCH + (start * 1e6) as i64;
        let mut file = b"#!rtpplay1.0 127.0.0.1/0\n".to_vec();
        file.extend(((begun / 1_000_000) as u32).to_be_bytes());
        file.extend(((begun % 1_000_000) as u32).to_be_bytes());
        file.extend([0; 8]);
        for (at, bytes, is_rtp) in all {
            let length = bytes.len() as u16;
            file.extend((length + 8).to_be_bytes());
            file.extend(if is_rtp { length } else { 0 }.to_be_bytes());
            file.extend((((at - start) * 1e3) as u32).to_be_bytes());
            file.extend(bytes);
        }
        file
    }

    fn rtp(&self, sent: &Sent) -> Vec<u8> {
        let sequence = (65_500 + sent.sequence) as u16;
        let mut packet = vec![0x80, self.codec.payload_type | if sent.marker { 0x80 } else { 0 }];
        packet.extend(sequence.to_be_bytes());
        packet.extend(self.rtp_time(sent.at).to_be_bytes());
        packet.extend(self.codec.ssrc.to_be_bytes());
        packet.extend(&sent.payload);
        packet
    }

    fn report(&self, at: f64) -> Vec<u8> {
        let moment = EPOCH + ((at + self.shift) * 1e6).round() as i64;
        let seconds = (moment / 1_000_000 + 2_208_988_800) as u32;
        let fraction = (((moment % 1_000_000) << 32) / 1_000_000) as u32;
        let mut packet = vec![0x80, 200, 0, 6];
        packet.extend(self.codec.ssrc.to_be_bytes());
        packet.extend(seconds.to_be_bytes());
        packet.extend(fraction.to_be_bytes());
        packet.extend(self.rtp_time(at).to_be_bytes());
        packet.extend([0; 8]);
        packet
    }
}

fn fragments(unit: &[u8]) -> Vec<Vec<u8>> {
    if unit.len() <= PAYLOAD {
        return vec![unit.to_vec()];
    }
    let (indicator, kind) = (unit[0] & 0xe0 | 28, unit[0] & 0x1f);
    let count = (unit.len() - 1).div_ceil(PAYLOAD);
    let part = |(number, bytes): (usize, &[u8])| {
        let (start, end) = (number == 0, number + 1 == count);
        let header = kind | if start { 0x80 } else { 0 } | if end { 0x40 } else { 0 };
        [&[indicator, header], bytes].concat()
    };
    unit[1..].chunks(PAYLOAD).enumerate().map(part).collect()
}
