//! ffmpeg as a child process: what it is told, what it complains of, and that it never outlives who started it.

use crate::error::Error;
use protocol::recording::Failure;
use std::ffi::OsStr;
use std::io::{self, BufRead, BufReader, Write};
use std::os::fd::AsFd;
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::thread::{self, JoinHandle};

/// Bytes that a pipe holds, if the system lets it: a picture does not fit into the usual 64 kB.
const PIPE: usize = 1 << 20;

pub struct Program {
    child: Child,
    complaint: Option<JoinHandle<Option<String>>>,
}

impl Program {
    /// Starts it in a folder of its own. Standard input and output are pipes.
    pub fn start<A: AsRef<OsStr>>(
        program: &Path,
        folder: &Path,
        arguments: impl IntoIterator<Item = A>,
    ) -> Result<Self, Error> {
        let mut child = Command::new(program)
            .args(["-nostdin", "-hide_banner", "-loglevel", "error"])
            .args(arguments)
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| Error::new(Failure::Encoder, format!("{} does not start: {error}", program.display())))?;
        let complaint = child.stderr.take().map(|stderr| thread::spawn(move || reason(BufReader::new(stderr))));
        Ok(Self { child, complaint })
    }

    /// What it reads from; dropped, it is at the end.
    pub fn input(&mut self) -> Option<ChildStdin> {
        self.child.stdin.take()
    }

    /// What it writes.
    pub fn output(&mut self) -> Option<ChildStdout> {
        self.child.stdout.take().inspect(widen)
    }

    /// Waits for its end; an error is what it complained of last.
    pub fn finish(mut self) -> Result<(), Error> {
        drop(self.child.stdin.take());
        let status = self.child.wait().map_err(|error| Error::writing("ffmpeg", &error))?;
        if status.success() { Ok(()) } else { Err(self.failed(&status.to_string())) }
    }

    fn failed(&mut self, status: &str) -> Error {
        let complaint = self.complaint.take().and_then(|thread| thread.join().ok()).flatten();
        let message = complaint.unwrap_or_else(|| status.to_owned());
        Error::new(if is_full(&message) { Failure::Disk } else { Failure::Encoder }, format!("ffmpeg: {message}"))
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may be gone already; in either case nothing of it stays.
        let _gone = self.child.kill();
        let _gone = self.child.wait();
    }
}

/// Lets a pipe hold whole pictures. Who is not root has a share of memory for all of theirs, so only those get it that need it.
pub fn widen(pipe: &impl AsFd) {
    if let Err(error) = rustix::pipe::fcntl_setpipe_size(pipe, PIPE) {
        tracing::debug!(%error, "a pipe stays as small as it is");
    }
}

/// The last line, unless an earlier one says that the disk is full: what follows from that is said after it. Reads all of it, so that
/// nobody who complains much is held up.
fn reason(stderr: impl BufRead) -> Option<String> {
    let lines = stderr.split(b'\n').map_while(Result::ok);
    let lines = lines.map(|line| String::from_utf8_lossy(&line).trim().to_owned()).filter(|line| !line.is_empty());
    lines.reduce(|kept, line| if is_full(&kept) { kept } else { line })
}

fn is_full(complaint: &str) -> bool {
    ["No space left on device", "Disk quota exceeded", "File too large"].iter().any(|full| complaint.contains(full))
}

/// Writes to what may be gone already: what it died of is known only when it is asked.
pub fn wrote(result: io::Result<()>) -> io::Result<bool> {
    match result {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(false),
        Err(error) => Err(error),
    }
}

/// Numbers as bytes, for a pipe.
pub fn write_samples(to: &mut impl Write, samples: &[f32]) -> io::Result<()> {
    let bytes: Vec<u8> = samples.iter().flat_map(|sample| sample.to_le_bytes()).collect();
    to.write_all(&bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn start(program: &str, arguments: &[&str]) -> Result<Program, Error> {
        Program::start(Path::new(program), Path::new("/"), arguments)
    }

    #[test]
    fn a_program_that_is_missing_is_named() {
        let error = start("/nowhere/ffmpeg", &[]).err().unwrap();
        assert_eq!(error.failure, Failure::Encoder);
        assert!(error.message.contains("/nowhere/ffmpeg"), "{error}");
    }

    #[test]
    fn the_last_complaint_is_the_reason() {
        let error = start("ffmpeg", &["-i", "nothing.mp4", "-f", "null", "-"]).unwrap().finish().unwrap_err();
        assert_eq!(error.failure, Failure::Encoder);
        assert!(error.message.contains("No such file"), "{error}");
    }

    #[test]
    fn a_full_disk_is_told_apart() {
        let arguments = ["-f", "lavfi", "-i", "testsrc=d=1", "-f", "rawvideo", "-y", "/dev/full"];
        let error = start("ffmpeg", &arguments).unwrap().finish().unwrap_err();
        assert_eq!(error.failure, Failure::Disk, "{error}");
    }

    #[test]
    fn a_full_disk_is_the_reason_of_all_that_is_said_after_it() {
        let said = "x\nCould not write header: No space left on device\n\nError initializing output stream 0:0 --\n";
        assert_eq!(reason(said.as_bytes()).unwrap(), "Could not write header: No space left on device");
        let said = "av_interleaved_write_frame(): File too large\n    Last message repeated 2 times\n";
        assert_eq!(reason(said.as_bytes()).unwrap(), "av_interleaved_write_frame(): File too large");
        assert_eq!(reason("x\ny\n".as_bytes()).unwrap(), "y");
    }

    #[test]
    fn a_program_that_is_dropped_is_gone() {
        let program = start("ffmpeg", &["-f", "lavfi", "-i", "testsrc", "-f", "null", "-"]).unwrap();
        let process = format!("/proc/{}", program.child.id());
        assert!(Path::new(&process).exists());
        drop(program);
        assert!(!Path::new(&process).exists());
    }
}
