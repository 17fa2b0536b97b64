//! RTP packets and sender reports with counters that do not run over.

use crate::rtpdump::{Kind, Record};
use protocol::timeline::Codec;
use rtcp_types::{Compound, SenderReport};
use rtp_types::RtpPacket;

/// Seconds from 1900, where NTP counts from, to 1970.
const NTP_TO_UNIX: i64 = 2_208_988_800;

/// A packet of a track.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packet {
    pub stamp: Stamp,
    /// Counts on where the 16 bits on the wire begin again.
    pub sequence: i64,
    /// The last one of its picture.
    pub marker: bool,
    /// Where it stands in the file.
    pub offset: u64,
    pub payload: Vec<u8>,
}

/// When something was taken, as far as its packet alone tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stamp {
    /// RTP time, which counts on where the 32 bits on the wire begin again.
    pub timestamp: i64,
    /// Microseconds since 1970.
    pub arrival: i64,
}

/// What a sender report says: at this moment the RTP time was that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Report {
    /// Microseconds since 1970.
    pub at: i64,
    pub stamp: Stamp,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arrived {
    Packet(Packet),
    Report(Report),
}

/// Makes records into packets and reports, and leaves out what belongs to no track or is broken.
pub struct Packets<R> {
    records: R,
    payload_type: u8,
    ssrc: u32,
    sequence: Counter<16>,
    timestamp: Counter<32>,
}

impl<R: Iterator<Item = Record>> Packets<R> {
    pub fn new(records: R, codec: &Codec) -> Self {
        Self {
            records,
            payload_type: codec.payload_type,
            ssrc: codec.ssrc,
            sequence: Counter::default(),
            timestamp: Counter::default(),
        }
    }

    /// Counts as it was counted when the file was read from its beginning, where these were the numbers.
    pub fn counting_from(mut self, sequence: i64, timestamp: i64) -> Self {
        self.sequence = Counter { last: Some(sequence) };
        self.timestamp = Counter { last: Some(timestamp) };
        self
    }

    fn packet(&mut self, record: &Record) -> Option<Packet> {
        let rtp = RtpPacket::parse(&record.bytes).ok()?;
        if rtp.payload_type() != self.payload_type || rtp.ssrc() != self.ssrc {
            return None;
        }
        Some(Packet {
            stamp: Stamp { timestamp: self.timestamp.count(rtp.timestamp().into()), arrival: record.arrival },
            sequence: self.sequence.count(rtp.sequence_number().into()),
            marker: rtp.marker_bit(),
            offset: record.offset,
            payload: rtp.payload().to_vec(),
        })
    }

    fn report(&mut self, record: &Record) -> Option<Report> {
        let reports = Compound::parse(&record.bytes).ok()?.filter_map(Result::ok);
        let report = reports
            .filter_map(|packet| match packet {
                rtcp_types::Packet::Sr(report) => Some((report.ssrc(), at(&report), report.rtp_timestamp())),
                _ => None,
            })
            .find(|(ssrc, _, _)| *ssrc == self.ssrc)?;
        // Before the first packet, as of who is muted when a block begins, packets count on from the report.
        let timestamp = match self.timestamp.last {
            Some(_) => self.timestamp.near(report.2.into()),
            None => self.timestamp.count(report.2.into()),
        };
        Some(Report { at: report.1, stamp: Stamp { timestamp, arrival: record.arrival } })
    }
}

impl<R: Iterator<Item = Record>> Iterator for Packets<R> {
    type Item = Arrived;

    fn next(&mut self) -> Option<Arrived> {
        loop {
            let record = self.records.next()?;
            let arrived = match record.kind {
                Kind::Rtp => self.packet(&record).map(Arrived::Packet),
                Kind::Rtcp => self.report(&record).map(Arrived::Report),
            };
            if arrived.is_some() {
                return arrived;
            }
        }
    }
}

/// The moment of a report in microseconds since 1970.
fn at(report: &SenderReport) -> i64 {
    let ntp = report.ntp_timestamp();
    let (seconds, fraction) = ((ntp >> 32) as i64, (ntp & u64::from(u32::MAX)) as i64);
    // The 32 bits of NTP's seconds begin again in 2036.
    let era = if seconds < NTP_TO_UNIX { 1 << 32 } else { 0 };
    (seconds + era - NTP_TO_UNIX) * 1_000_000 + ((fraction * 1_000_000) >> 32)
}

/// Makes a counter of so many bits one that goes on.
#[derive(Clone, Copy, Debug, Default)]
struct Counter<const BITS: u32> {
    last: Option<i64>,
}

impl<const BITS: u32> Counter<BITS> {
    /// The number that is nearest to the last one and has these lower bits.
    fn near(&self, value: i64) -> i64 {
        let Some(last) = self.last else { return value };
        let range = 1_i64 << BITS;
        let ahead = value.wrapping_sub(last).rem_euclid(range);
        last + if ahead < range / 2 { ahead } else { ahead - range }
    }

    fn count(&mut self, value: i64) -> i64 {
        let near = self.near(value);
        self.last = Some(near);
        near
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codec() -> Codec {
        Codec { mime: "video/VP8".into(), payload_type: 96, clock_rate: 90_000, channels: 0, ssrc: 7 }
    }

    fn record(kind: Kind, bytes: Vec<u8>) -> Record {
        Record { arrival: 5, offset: 9, kind, bytes }
    }

    fn rtp(payload_type: u8, ssrc: u8, sequence: u16) -> Record {
        let [high, low] = sequence.to_be_bytes();
        record(Kind::Rtp, vec![0x80, payload_type, high, low, 0, 0, 0, 50, 0, 0, 0, ssrc, 0xAA])
    }

    fn sequences(records: Vec<Record>) -> Vec<i64> {
        Packets::new(records.into_iter(), &codec())
            .filter_map(|arrived| match arrived {
                Arrived::Packet(packet) => Some(packet.sequence),
                Arrived::Report(_) => None,
            })
            .collect()
    }

    #[test]
    fn sequence_numbers_count_on_and_back() {
        let sent = [65_534, 65_535, 1, 0, 2, 65_533].map(|sequence| rtp(96, 7, sequence));
        assert_eq!(sequences(sent.to_vec()), [65_534, 65_535, 65_537, 65_536, 65_538, 65_533]);
    }

    #[test]
    fn what_is_of_another_track_or_broken_is_left_out() {
        let broken = record(Kind::Rtp, vec![0x80, 96, 0]);
        assert_eq!(sequences(vec![rtp(97, 7, 1), rtp(96, 8, 2), broken, rtp(96, 7, 3)]), [3]);
    }

    /// The RTP time begins again between the report and the first packet.
    #[test]
    fn packets_count_on_from_a_report_before_them() {
        let mut report = vec![0x80, 200, 0, 6, 0, 0, 0, 7];
        report.extend([0; 8]);
        report.extend((u32::MAX - 9).to_be_bytes());
        report.extend([0; 8]);
        let records = [record(Kind::Rtcp, report), rtp(96, 7, 1), rtp(96, 7, 2)];
        let times: Vec<i64> = Packets::new(records.into_iter(), &codec())
            .map(|arrived| match arrived {
                Arrived::Packet(Packet { stamp, .. }) | Arrived::Report(Report { stamp, .. }) => stamp.timestamp,
            })
            .collect();
        assert_eq!((times[1] - times[0], times[2] - times[0]), (60, 60));
    }

    #[test]
    fn a_report_tells_when_its_rtp_time_was() {
        let mut report = vec![0x80, 200, 0, 6, 0, 0, 0, 7];
        // Half a second after 1970 has been going on for 100 s.
        report.extend((NTP_TO_UNIX as u32 + 100).to_be_bytes());
        report.extend((1_u32 << 31).to_be_bytes());
        report.extend([0, 0, 0, 60, 0, 0, 0, 1, 0, 0, 0, 1]);
        let of = |bytes: Vec<u8>| Packets::new([record(Kind::Rtcp, bytes)].into_iter(), &codec()).next();
        let stamp = Stamp { timestamp: 60, arrival: 5 };
        assert_eq!(of(report.clone()), Some(Arrived::Report(Report { at: 100_500_000, stamp })));
        report[7] = 8;
        assert_eq!(of(report), None, "that of another sender says nothing");
    }
}
