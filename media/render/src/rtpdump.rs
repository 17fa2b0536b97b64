//! Reads an rtpdump, the file of a track: RTP packets and sender reports, in the order in which they came.

use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

/// What the first line of such a file begins with.
const MAGIC: &[u8] = b"#!rtpplay1.0 ";

/// Bytes of the binary header behind that line.
const HEADER: usize = 16;

/// Bytes before each packet.
const RECORD_HEADER: usize = 8;

pub struct Reader<R> {
    from: BufReader<R>,
    /// Microseconds since 1970 that times of records count from.
    start: i64,
    offset: u64,
}

/// A packet as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Microseconds since 1970.
    pub arrival: i64,
    /// Where it stands in the file.
    pub offset: u64,
    pub kind: Kind,
    pub bytes: Vec<u8>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Rtp,
    Rtcp,
}

impl Reader<std::fs::File> {
    pub fn open(path: &Path) -> io::Result<Self> {
        Self::new(std::fs::File::open(path)?)
    }

    /// Goes on at a record whose place is known.
    pub fn seek(&mut self, offset: u64) -> io::Result<()> {
        self.from.seek(SeekFrom::Start(offset))?;
        self.offset = offset;
        Ok(())
    }
}

impl<R: Read> Reader<R> {
    pub fn new(from: R) -> io::Result<Self> {
        let mut from = BufReader::with_capacity(256 * 1024, from);
        let mut line = Vec::new();
        from.by_ref().take(256).read_until(b'\n', &mut line)?;
        if !line.starts_with(MAGIC) || !line.ends_with(b"\n") {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "this is no rtpdump"));
        }
        let mut header = [0; HEADER];
        from.read_exact(&mut header)?;
        let start = i64::from(u32_at(&header, 0)) * 1_000_000 + i64::from(u32_at(&header, 4));
        Ok(Self { from, start, offset: (line.len() + HEADER) as u64 })
    }

    /// The next packet; none at the end, and where a crash or a full disk cut the file off.
    fn record(&mut self) -> Option<Record> {
        let mut header = [0; RECORD_HEADER];
        self.from.read_exact(&mut header).ok()?;
        let length = usize::from(u16::from_be_bytes([header[0], header[1]])).checked_sub(RECORD_HEADER)?;
        let rtp = usize::from(u16::from_be_bytes([header[2], header[3]]));
        let mut bytes = vec![0; length];
        self.from.read_exact(&mut bytes).ok()?;
        let (kind, kept) = if rtp == 0 { (Kind::Rtcp, length) } else { (Kind::Rtp, rtp) };
        bytes.truncate(kept);
        let offset = self.offset;
        self.offset += (RECORD_HEADER + length) as u64;
        Some(Record { arrival: self.start + i64::from(u32_at(&header, 4)) * 1_000, offset, kind, bytes })
    }
}

impl<R: Read> Iterator for Reader<R> {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        self.record()
    }
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    bytes[at..at + 4].iter().fold(0, |number, byte| number << 8 | u32::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file() -> Vec<u8> {
        let mut file = b"#!rtpplay1.0 127.0.0.1/0\n".to_vec();
        file.extend([0, 0, 0, 100, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0, 0]);
        file.extend([0, 11, 0, 3, 0, 0, 0, 5, 1, 2, 3]);
        file.extend([0, 10, 0, 0, 0, 0, 0, 9, 4, 5]);
        file
    }

    #[test]
    fn packets_and_reports_are_told_apart() {
        let records: Vec<_> = Reader::new(&file()[..]).unwrap().collect();
        let rtp = Record { arrival: 100_005_007, offset: 41, kind: Kind::Rtp, bytes: vec![1, 2, 3] };
        let rtcp = Record { arrival: 100_009_007, offset: 52, kind: Kind::Rtcp, bytes: vec![4, 5] };
        assert_eq!(records, [rtp, rtcp]);
    }

    #[test]
    fn k6_a_record_that_was_cut_off_ends_the_file() {
        let file = file();
        for end in 0..file.len() {
            let records = Reader::new(&file[..end]).map(|reader| reader.count()).unwrap_or_default();
            assert_eq!(records, usize::from(end >= 52), "{end} bytes");
        }
    }

    #[test]
    fn a_record_that_is_shorter_than_its_own_header_ends_the_file() {
        let mut file = file();
        file[41..43].copy_from_slice(&[0, 7]);
        assert_eq!(Reader::new(&file[..]).unwrap().count(), 0);
    }

    #[test]
    fn another_file_is_refused() {
        assert!(Reader::new(&b"RIFF"[..]).is_err());
        assert!(Reader::new(&[b'x'; 4096][..]).is_err());
    }
}
