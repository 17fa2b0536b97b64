//! The file of one track: rtpdump, as rtptools and Wireshark read it. Each packet is appended as it came, with the milliseconds
//! since the file began; what a crash cuts off is the end of the last one.

use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

/// Where the packets came from says nothing here: it is this machine.
const FIRST_LINE: &[u8] = b"#!rtpplay1.0 127.0.0.1/0\n";

/// Bytes before each packet.
const HEADER: usize = 8;

/// Bytes that wait to be written: some packets of a picture.
const BUFFER: usize = 16 * 1024;

/// RTCP packet type of a sender report (RFC 3550).
const SENDER_REPORT: u8 = 200;

pub struct Dump {
    file: BufWriter<File>,
    began: i64,
}

impl Dump {
    /// A new file, at this moment in microseconds since 1970. Gives how many bytes it has, too.
    pub fn create(path: &Path, at: i64) -> io::Result<(Self, u64)> {
        let mut file = BufWriter::with_capacity(BUFFER, create(path)?);
        file.write_all(FIRST_LINE)?;
        file.write_all(&header(at))?;
        Ok((Self { file, began: at }, (FIRST_LINE.len() + 16) as u64))
    }

    /// Appends an RTP packet that came at this moment in microseconds since 1970, and gives how many bytes that took.
    pub fn rtp(&mut self, at: i64, packet: &[u8]) -> io::Result<u64> {
        self.append(at, packet, packet.len())
    }

    /// Appends an RTCP packet, which has no length of RTP, in the same way.
    pub fn rtcp(&mut self, at: i64, packet: &[u8]) -> io::Result<u64> {
        self.append(at, packet, 0)
    }

    pub fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }

    /// A packet that is longer than a record may be is left out: nobody's picture has one, and nobody is to end a recording by it.
    fn append(&mut self, at: i64, packet: &[u8], rtp: usize) -> io::Result<u64> {
        let (Ok(length), Ok(rtp)) = (u16::try_from(HEADER + packet.len()), u16::try_from(rtp)) else { return Ok(0) };
        let offset = u32::try_from((at - self.began).max(0) / 1000).unwrap_or(u32::MAX);
        let mut head = [0; HEADER];
        head[..2].copy_from_slice(&length.to_be_bytes());
        head[2..4].copy_from_slice(&rtp.to_be_bytes());
        head[4..].copy_from_slice(&offset.to_be_bytes());
        self.file.write_all(&head)?;
        self.file.write_all(packet)?;
        Ok((HEADER + packet.len()) as u64)
    }
}

/// A new file of a block: what people say and show is nobody else's to read on this machine.
pub fn create(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}

/// When the file begins, and an address and a port that are none.
fn header(at: i64) -> [u8; 16] {
    let part = |value: i64| u32::try_from(value).unwrap_or_default().to_be_bytes();
    let mut header = [0; 16];
    header[..4].copy_from_slice(&part(at.div_euclid(1_000_000)));
    header[4..8].copy_from_slice(&part(at.rem_euclid(1_000_000)));
    header[8..12].copy_from_slice(&[127, 0, 0, 1]);
    header
}

/// The sender reports of a compound RTCP packet, each with the SSRC whose clock it tells.
pub fn sender_reports(mut compound: &[u8]) -> impl Iterator<Item = (u32, &[u8])> {
    std::iter::from_fn(move || {
        let words = usize::from(u16::from_be_bytes([*compound.get(2)?, *compound.get(3)?]));
        let (packet, rest) = compound.split_at_checked(4 * (words + 1))?;
        compound = rest;
        Some(packet)
    })
    .filter(|packet| packet[1] == SENDER_REPORT)
    .filter_map(|packet| Some((u32::from_be_bytes(packet.get(4..8)?.try_into().ok()?), packet)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn packets_are_appended_as_they_came() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("0.rtpdump");
        let (mut dump, mut bytes) = Dump::create(&path, 5_000_007).unwrap();
        bytes += dump.rtp(5_001_999, b"picture").unwrap();
        bytes += dump.rtcp(7_000_007, b"report").unwrap();
        dump.flush().unwrap();
        let mut expected = FIRST_LINE.to_vec();
        expected.extend([0, 0, 0, 5, 0, 0, 0, 7, 127, 0, 0, 1, 0, 0, 0, 0]);
        expected.extend([0, 15, 0, 7, 0, 0, 0, 1]);
        expected.extend(b"picture");
        expected.extend([0, 14, 0, 0, 0, 0, 7, 208]);
        expected.extend(b"report");
        assert_eq!(std::fs::read(&path).unwrap(), expected);
        assert_eq!(bytes, expected.len() as u64);
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn a_packet_that_is_too_long_for_a_record_is_left_out_and_the_next_one_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("0.rtpdump");
        let (mut dump, begun) = Dump::create(&path, 0).unwrap();
        assert_eq!(dump.rtp(0, &[7; 65_528]).unwrap(), 0);
        let most = dump.rtp(0, &[7; 65_527]).unwrap();
        assert_eq!((most, dump.rtp(0, b"next").unwrap()), (65_535, 12));
        dump.flush().unwrap();
        assert_eq!(path.metadata().unwrap().len(), begun + most + 12);
    }

    #[test]
    fn what_is_there_already_is_never_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("0.rtpdump");
        Dump::create(&path, 0).unwrap();
        assert_eq!(Dump::create(&path, 0).err().map(|error| error.kind()), Some(io::ErrorKind::AlreadyExists));
    }

    #[test]
    fn sender_reports_are_taken_out_of_what_comes_with_them() {
        let report = |ssrc: u8| {
            let mut packet = vec![0x80, SENDER_REPORT, 0, 6, 0, 0, 0, ssrc];
            packet.resize(28, 0);
            packet
        };
        let names = [0x81, 202, 0, 1, 0, 0, 0, 7];
        let compound = [report(1), names.to_vec(), report(2)].concat();
        let found: Vec<(u32, &[u8])> = sender_reports(&compound).collect();
        assert_eq!(found, [(1, &*report(1)), (2, &*report(2))]);
        assert_eq!(sender_reports(&compound[..40]).count(), 1, "what is cut off is none");
        assert_eq!(sender_reports(&[0x80, SENDER_REPORT, 0, 0]).count(), 0, "nor is one without an SSRC");
        assert_eq!(sender_reports(&[]).count(), 0);
    }
}
