//! A block of a recording as it lies on the disk, read as anybody could who knows what rtpdump is.

use super::{account, within};
use protocol::recording::BlockEnd;
use protocol::room::{Source, Speaker};
use protocol::timeline::{Codec, Event, Line, TIMELINE, track_file};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::time::sleep;

pub struct Block {
    pub folder: PathBuf,
    pub lines: Vec<Line>,
}

pub struct Track {
    pub person: String,
    pub source: Source,
    pub codec: Codec,
    pub packets: Vec<Packet>,
    pub reports: Vec<Report>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packet {
    /// When it came, in microseconds since 1970.
    pub at: i64,
    pub number: u16,
    pub payload: Vec<u8>,
}

/// When a sender report came, and when it says that it was written.
pub struct Report {
    pub at: i64,
    pub said: i64,
}

impl Block {
    /// Those in a folder of recordings, the oldest first. What has no beginning yet is none.
    pub fn all(recordings: &Path) -> Vec<Self> {
        let folders = fs::read_dir(recordings).unwrap().map(|entry| entry.unwrap().path());
        let mut blocks: Vec<Self> = folders.filter_map(Self::read).collect();
        blocks.sort_by_key(Self::began);
        blocks
    }

    pub async fn wait(recordings: &Path, what: &str, are: impl Fn(&[Self]) -> bool) -> Vec<Self> {
        within(what, async {
            loop {
                let blocks = Self::all(recordings);
                if are(&blocks) {
                    return blocks;
                }
                sleep(Duration::from_millis(50)).await;
            }
        })
        .await
    }

    fn read(folder: PathBuf) -> Option<Self> {
        let text = fs::read_to_string(folder.join(TIMELINE)).ok()?;
        // The last line may be on its way.
        let lines: Vec<Line> = text.lines().map_while(|line| serde_json::from_str(line).ok()).collect();
        (!lines.is_empty()).then_some(Self { folder, lines })
    }

    pub fn began(&self) -> i64 {
        let Line { at, event: Event::Begin { .. } } = &self.lines[0] else { panic!("{:?}", self.lines[0]) };
        *at
    }

    pub fn ended(&self) -> Option<(i64, BlockEnd)> {
        self.lines.iter().find_map(|line| match line.event {
            Event::End { end } => Some((line.at, end)),
            _ => None,
        })
    }

    pub fn end(&self) -> Option<BlockEnd> {
        self.ended().map(|(_, end)| end)
    }

    /// Everybody on screen, each time that changed.
    pub fn screens(&self) -> Vec<&[Speaker]> {
        let screens = self.lines.iter().filter_map(|line| match &line.event {
            Event::OnScreen { speakers } => Some(speakers.as_slice()),
            _ => None,
        });
        screens.collect()
    }

    /// When that was.
    pub fn screens_at(&self) -> Vec<i64> {
        self.lines.iter().filter(|line| matches!(line.event, Event::OnScreen { .. })).map(|line| line.at).collect()
    }

    pub fn tracks(&self) -> Vec<Track> {
        let tracks = self.lines.iter().filter_map(|line| match &line.event {
            Event::Track { track, person, source, codec } => Some((*track, person, *source, codec)),
            _ => None,
        });
        let read = |(track, person, source, codec): (u32, &String, Source, &Codec)| {
            let (packets, reports) = dumped(&fs::read(self.folder.join(track_file(track))).unwrap());
            Track { person: person.clone(), source, codec: codec.clone(), packets, reports }
        };
        tracks.map(read).collect()
    }

    /// The only track of a person.
    pub fn track_of(&self, person: &str) -> Option<Track> {
        let mut tracks = self.tracks();
        tracks.retain(|track| track.person == account(person));
        assert!(tracks.len() < 2, "one of {person}");
        tracks.pop()
    }

    /// How many packets there are of a person by now.
    pub fn packets_of(&self, person: &str) -> usize {
        self.tracks().iter().filter(|track| track.person == account(person)).map(|track| track.packets.len()).sum()
    }
}

impl Track {
    pub fn numbers(&self) -> Vec<u16> {
        self.packets.iter().map(|packet| packet.number).collect()
    }

    /// Whether each packet is there that was between the first and the last, in order.
    pub fn is_complete(&self) -> bool {
        self.packets.windows(2).all(|two| two[1].number == two[0].number.wrapping_add(1))
    }
}

fn dumped(file: &[u8]) -> (Vec<Packet>, Vec<Report>) {
    let (mut packets, mut reports) = (Vec::new(), Vec::new());
    // The beginning may be on its way.
    let Some(rest) = file.strip_prefix(b"#!rtpplay1.0 127.0.0.1/0\n") else { return (packets, reports) };
    let Some((head, mut rest)) = rest.split_at_checked(16) else { return (packets, reports) };
    let began = i64::from(long(head)) * 1_000_000 + i64::from(long(&head[4..]));
    while rest.len() >= 8 && rest.len() >= usize::from(short(rest)) {
        let (record, after) = rest.split_at(usize::from(short(rest)));
        rest = after;
        let at = began + i64::from(long(&record[4..])) * 1000;
        let (is_rtp, bytes) = (short(&record[2..]) > 0, &record[8..]);
        if is_rtp {
            assert_eq!(usize::from(short(&record[2..])), bytes.len());
            packets.push(Packet { at, number: short(&bytes[2..]), payload: payload(bytes).to_vec() });
        } else {
            assert_eq!(bytes[1], 200, "a sender report");
            let fraction = (u64::from(long(&bytes[12..])) * 1_000_000) >> 32;
            let since_1900 = i64::from(long(&bytes[8..])) * 1_000_000 + fraction as i64;
            reports.push(Report { at, said: since_1900 - 2_208_988_800 * 1_000_000 });
        }
    }
    (packets, reports)
}

/// Behind the sources that contribute and the header extension.
fn payload(packet: &[u8]) -> &[u8] {
    let rest = &packet[12 + 4 * usize::from(packet[0] & 0x0f)..];
    if packet[0] & 0x10 == 0 { rest } else { &rest[4 + 4 * usize::from(short(&rest[2..]))..] }
}

fn short(bytes: &[u8]) -> u16 {
    u16::from_be_bytes([bytes[0], bytes[1]])
}

fn long(bytes: &[u8]) -> u32 {
    u32::from_be_bytes([bytes[0], bytes[1], bytes[2], bytes[3]])
}
