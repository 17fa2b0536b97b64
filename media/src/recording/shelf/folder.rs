//! What lies in a block's folder beside its timeline and its tracks.

use protocol::recording::Block;
use std::fs::{self, DirBuilder, File};
use std::io::{self, BufRead, BufReader, ErrorKind, Read};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// The block as it was when its state last changed, for the time after a restart.
const BLOCK: &str = "block.json";

/// Says that the block goes as soon as nothing is written to it any more.
const DELETED: &str = "deleted";

/// What a render writes to.
const UNFINISHED: &str = "rendering.mp4";

/// What has been rendered.
const FILE: &str = "recording.mp4";

/// What a folder's name ends with that nobody needs any more.
const GONE: &str = "gone";

/// Bytes of the line with which a track begins, at the most.
const FIRST_LINE: u64 = 100;

/// Bytes of a track's file before its first packet, after the line that says what it is.
const HEADER: u64 = 16;

/// A folder that nobody else on this machine can read.
pub fn make(folder: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

/// Takes the place of what was kept before in one step: a crash leaves one or the other.
pub fn keep(folder: &Path, block: &Block) -> io::Result<()> {
    let (new, file) = (folder.join("block.json.new"), folder.join(BLOCK));
    fs::write(&new, serde_json::to_vec(block)?)?;
    fs::rename(new, file)
}

/// What was kept, if it can be read.
pub fn kept(folder: &Path) -> Option<Block> {
    serde_json::from_slice(&fs::read(folder.join(BLOCK)).ok()?).ok()
}

pub fn mark_deleted(folder: &Path) -> io::Result<()> {
    File::create(folder.join(DELETED)).map(drop)
}

pub fn is_marked_deleted(folder: &Path) -> bool {
    folder.join(DELETED).exists()
}

/// Where to render to. What a render left there that was not finished goes, with the folder beside it in which it was made.
pub fn unfinished(folder: &Path) -> PathBuf {
    let path = folder.join(UNFINISHED);
    let _ = fs::remove_file(&path);
    let making = format!(".{UNFINISHED}");
    let made = entries(folder).filter(|entry| entry.file_name().to_string_lossy().starts_with(&making));
    made.for_each(|entry| drop(fs::remove_dir_all(entry.path())));
    path
}

/// What was rendered is whole.
pub fn finish(folder: &Path) -> io::Result<()> {
    fs::rename(folder.join(UNFINISHED), file(folder))
}

/// The file, once there is one.
pub fn file(folder: &Path) -> PathBuf {
    folder.join(FILE)
}

/// Bytes of everything in it.
pub fn size(folder: &Path) -> u64 {
    entries(folder).filter_map(|entry| entry.metadata().ok()).map(|about| about.len()).sum()
}

/// When something was last written to it.
pub fn last_write(folder: &Path) -> Option<SystemTime> {
    let recorded = entries(folder).filter(|entry| entry.file_name() != BLOCK);
    recorded.filter_map(|entry| entry.metadata().ok()?.modified().ok()).max()
}

/// Whether any of its tracks has a packet.
pub fn holds_packets(folder: &Path) -> bool {
    let tracks = entries(folder).map(|entry| entry.path());
    // What cannot be read may have been a packet: a render will say so.
    tracks.filter(|path| path.extension() == Some("rtpdump".as_ref())).any(|path| has_packet(&path).unwrap_or(true))
}

/// Whether the track has a whole packet of sound or picture; reports of senders are none.
fn has_packet(track: &Path) -> io::Result<bool> {
    let mut track = BufReader::new(File::open(track)?);
    track.by_ref().take(FIRST_LINE).read_until(b'\n', &mut Vec::new())?;
    skip(&mut track, HEADER)?;
    let mut record = [0; 8];
    loop {
        match track.read_exact(&mut record) {
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(false),
            other => other?,
        }
        let [long, short, rtp, packet, ..] = record;
        let length = u64::from(u16::from_be_bytes([long, short])).checked_sub(8).ok_or(ErrorKind::InvalidData)?;
        let whole = skip(&mut track, length)?;
        if whole && u16::from_be_bytes([rtp, packet]) > 0 {
            return Ok(true);
        }
    }
}

/// Whether so many bytes were there.
fn skip(file: &mut impl Read, bytes: u64) -> io::Result<bool> {
    Ok(io::copy(&mut file.take(bytes), &mut io::sink())? == bytes)
}

/// Deletes the folder. It has another name before the first file goes, so that no crash leaves half of it where a block was.
pub fn discard(folder: &Path) {
    let gone = folder.with_extension(GONE);
    if let Err(error) = fs::rename(folder, &gone) {
        // Of a block that could not even begin there is nothing.
        if error.kind() == ErrorKind::NotFound {
            return;
        }
        return tracing::error!(%error, folder = %folder.display(), "a block cannot be deleted");
    }
    // Gigabytes take a while, for which nobody has to wait.
    std::thread::spawn(move || remove(&gone));
}

/// What is left of folders that were being deleted when the process ended.
pub fn sweep(shelf: &Path) {
    let gone = entries(shelf).map(|entry| entry.path()).filter(|path| path.extension() == Some(GONE.as_ref()));
    gone.for_each(|path| remove(&path));
}

fn remove(folder: &Path) {
    if let Err(error) = fs::remove_dir_all(folder) {
        tracing::error!(%error, folder = %folder.display(), "a deleted block stays on the disk until the next start");
    }
}

fn entries(folder: &Path) -> impl Iterator<Item = fs::DirEntry> {
    fs::read_dir(folder).into_iter().flatten().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A track as it begins, and records after it: how long each is said to be, how much of that is RTP, and how much is there.
    fn track(records: &[(u16, u16, usize)]) -> Vec<u8> {
        let mut bytes = b"#!rtpplay1.0 127.0.0.1/0\n".to_vec();
        bytes.extend([0; 16]);
        for (length, rtp, there) in records {
            bytes.extend(length.to_be_bytes());
            bytes.extend(rtp.to_be_bytes());
            bytes.extend([0; 4]);
            bytes.resize(bytes.len() + there, 7);
        }
        bytes
    }

    fn holds(bytes: &[u8]) -> bool {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("0.rtpdump"), bytes).unwrap();
        holds_packets(folder.path())
    }

    #[test]
    fn a_packet_is_told_from_a_report_and_from_half_a_packet() {
        assert!(holds(&track(&[(20, 12, 12)])));
        assert!(holds(&track(&[(36, 0, 28), (20, 12, 12)])));
        assert!(!holds(&track(&[])));
        assert!(!holds(&track(&[(36, 0, 28)])));
        assert!(!holds(&track(&[(20, 12, 11)])));
        assert!(!holds(b"#!rtpp"));
    }

    /// It is for the render to say what is wrong with it.
    #[test]
    fn what_cannot_be_read_may_hold_something() {
        assert!(holds(&track(&[(3, 12, 12)])));
    }

    #[test]
    fn what_a_render_left_that_was_killed_goes() {
        let folder = tempfile::tempdir().unwrap();
        let making = folder.path().join(".rendering.mp4.making");
        fs::create_dir(&making).unwrap();
        fs::write(making.join("recording.mp4"), "half of it").unwrap();
        fs::write(folder.path().join("rendering.mp4"), "half of it").unwrap();
        fs::write(folder.path().join("0.rtpdump"), track(&[])).unwrap();
        unfinished(folder.path());
        let left: Vec<_> = entries(folder.path()).map(|entry| entry.file_name()).collect();
        assert_eq!(left, ["0.rtpdump"]);
    }

    #[test]
    fn a_folder_without_tracks_holds_nothing() {
        let folder = tempfile::tempdir().unwrap();
        assert!(!holds_packets(folder.path()));
        assert!(!holds_packets(&folder.path().join("missing")));
    }
}
