//! Pictures and sound that say what they are: a colour of their own with the number of each picture in black and white, a tone.

use opusic_c::{Application, Channels, Encoder, SampleRate};
use std::io::Write;
use std::process::{Command, Stdio};
use std::thread;

/// Brightness and two colours that are far from each other.
pub const RED: [u8; 3] = [81, 90, 240];
pub const GREEN: [u8; 3] = [145, 54, 34];
pub const BLUE: [u8; 3] = [41, 240, 110];
pub const YELLOW: [u8; 3] = [210, 16, 146];

/// Bits of the number in a picture.
pub const BITS: usize = 8;

/// What a camera sees.
#[derive(Clone)]
pub struct Camera {
    pub width: usize,
    pub height: usize,
    /// Pictures in a second.
    pub rate: usize,
    pub colour: [u8; 3],
    /// The number of the first picture.
    pub number: usize,
    /// Pictures between key frames.
    pub keys: usize,
    /// Whether the upper part of a picture is white.
    pub flashes: fn(usize) -> bool,
}

impl Camera {
    pub fn of(colour: [u8; 3]) -> Self {
        Self { width: 320, height: 180, rate: 30, colour, number: 0, keys: 30, flashes: |_| false }
    }

    fn picture(&self, number: usize) -> Vec<u8> {
        let (width, height) = (self.width, self.height);
        let mut picture = vec![self.colour[0]; width * height];
        picture.extend(vec![self.colour[1]; width * height / 4]);
        picture.extend(vec![self.colour[2]; width * height / 4]);
        let mut paint = |rows: std::ops::Range<usize>, columns: std::ops::Range<usize>, white: bool| {
            for row in rows.start / 2..rows.end / 2 {
                for (plane, lines) in [(0, 2), (width * height, 1), (width * height * 5 / 4, 1)] {
                    let (scale, value) = if lines == 2 { (1, if white { 235 } else { 16 }) } else { (2, 128) };
                    for line in 0..lines {
                        let start = plane + (row * lines + line) * width / scale;
                        picture[start + columns.start / scale..start + columns.end / scale].fill(value);
                    }
                }
            }
        };
        for bit in 0..BITS {
            let columns = width * bit / BITS..width * (bit + 1) / BITS;
            paint(height * 2 / 5..height * 3 / 5, columns, number >> bit & 1 == 1);
        }
        if (self.flashes)(number) {
            paint(height / 10..height * 3 / 10, 0..width, true);
        }
        picture
    }

    fn encode(&self, count: usize, encoder: &[&str]) -> Vec<u8> {
        let (size, rate, keys) =
            (format!("{}x{}", self.width, self.height), self.rate.to_string(), self.keys.to_string());
        let mut ffmpeg = Command::new("ffmpeg")
            .args(["-v", "error", "-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", &size, "-r", &rate, "-i", "pipe:0"])
            .args(["-g", &keys, "-threads", "1"])
            .args(encoder)
            .arg("pipe:1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("ffmpeg starts");
        let mut input = ffmpeg.stdin.take().expect("it reads");
        let pictures: Vec<u8> = (0..count).flat_map(|picture| self.picture(self.number + picture)).collect();
        let writer = thread::spawn(move || input.write_all(&pictures).expect("it reads all"));
        let output = ffmpeg.wait_with_output().expect("it ends");
        writer.join().expect("all is written");
        assert!(output.status.success(), "an encoder failed");
        output.stdout
    }

    /// Encoded pictures, as a browser encodes them: each from those before it, none late.
    pub fn vp8(&self, count: usize) -> Vec<Vec<u8>> {
        let options =
            ["-c:v", "libvpx", "-b:v", "600k", "-deadline", "realtime", "-cpu-used", "8", "-lag-in-frames", "0"];
        let ivf = self.encode(count, &[&options[..], &["-auto-alt-ref", "0", "-f", "ivf"]].concat());
        frames(&ivf)
    }

    /// Units of each encoded picture.
    pub fn h264(&self, count: usize) -> Vec<Vec<Vec<u8>>> {
        let options = ["-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency", "-profile:v", "baseline"];
        let stream =
            self.encode(count, &[&options[..], &["-x264-params", "aud=1:slices=1:scenecut=0", "-f", "h264"]].concat());
        let mut pictures: Vec<Vec<Vec<u8>>> = Vec::new();
        for unit in units(&stream) {
            match unit[0] & 0x1f {
                9 => pictures.push(Vec::new()),
                6 => {}
                _ => pictures.last_mut().expect("a delimiter comes first").push(unit.to_vec()),
            }
        }
        assert_eq!(pictures.len(), count);
        pictures
    }
}

/// The pictures in an IVF.
pub fn frames(ivf: &[u8]) -> Vec<Vec<u8>> {
    let mut rest = &ivf[32..];
    let mut pictures = Vec::new();
    while let Some((header, after)) = rest.split_first_chunk::<12>() {
        let length = u32::from_le_bytes([header[0], header[1], header[2], header[3]]) as usize;
        pictures.push(after[..length].to_vec());
        rest = &after[length..];
    }
    pictures
}

fn units(stream: &[u8]) -> Vec<&[u8]> {
    let starts: Vec<usize> =
        (0..stream.len().saturating_sub(3)).filter(|at| stream[*at..at + 3] == [0, 0, 1]).map(|at| at + 3).collect();
    let ends = starts.iter().skip(1).map(|start| start - 3).chain([stream.len()]);
    starts
        .iter()
        .zip(ends)
        .map(|(start, end)| stream[*start..end].strip_suffix(&[0]).unwrap_or(&stream[*start..end]))
        .collect()
}

/// Samples in a packet of sound, 20 ms.
pub const PACKET: usize = 960;

/// Encoded sound: packets of 20 ms, one channel at 48 kHz.
pub fn opus(seconds: f64, sound: impl Fn(f64) -> f32) -> Vec<Vec<u8>> {
    let mut encoder =
        Encoder::new(Channels::Mono, SampleRate::Hz48000, Application::Voip).expect("there is an encoder");
    (0..(seconds * 50.0).round() as usize)
        .map(|packet| {
            let at = |sample: usize| sound((packet * PACKET + sample) as f64 / 48_000.0);
            let input: Vec<f32> = (0..PACKET).map(at).collect();
            let mut output = vec![0; 1_500];
            let length = encoder.encode_float_to_slice(&input, &mut output).expect("it encodes");
            output.truncate(length);
            output
        })
        .collect()
}

/// A tone of half loudness.
pub fn tone(hertz: f64) -> impl Fn(f64) -> f32 + Copy {
    move |at| ((at * hertz * std::f64::consts::TAU).sin() * 0.3) as f32
}
