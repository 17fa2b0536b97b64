//! Looks at a file: what is seen at which place, and heard at which time.

use super::source::BITS;
use std::ffi::OsStr;
use std::path::Path;
use std::process::Command;

/// Pictures are looked at in a quarter of their size.
const SCALE: usize = 4;
const WIDTH: usize = 1920 / SCALE;
const HEIGHT: usize = 1080 / SCALE;

pub struct Film {
    /// Pictures with their times in seconds, of three planes.
    pictures: Vec<Vec<u8>>,
    /// 48,000 in a second.
    pub sound: Vec<f32>,
}

/// A part of the picture, in shares of its width and height.
#[derive(Clone, Copy, Debug)]
pub struct Area {
    pub left: f64,
    pub top: f64,
    pub width: f64,
    pub height: f64,
}

/// Where tiles stand, of one, two side by side, and so on.
pub const WHOLE: Area = Area { left: 0.0, top: 0.0, width: 1.0, height: 1.0 };
pub const LEFT: Area = Area { left: 12.0 / 1920.0, top: 0.25, width: 942.0 / 1920.0, height: 0.49 };
pub const RIGHT: Area = Area { left: 966.0 / 1920.0, ..LEFT };

fn run(program: &str, arguments: &[&OsStr]) -> Vec<u8> {
    let output = Command::new(program).args(["-v", "error"]).args(arguments).output().expect("it starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// What ffprobe says, a value a line.
pub fn probe(path: &Path, entries: &[&str]) -> Vec<String> {
    let arguments: Vec<&OsStr> =
        entries.iter().map(OsStr::new).chain(["-of", "csv=p=0"].map(OsStr::new)).chain([path.as_os_str()]).collect();
    let text = String::from_utf8(run("ffprobe", &arguments)).expect("it is text");
    text.lines()
        .map(|line| line.trim().trim_end_matches(','))
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}

impl Film {
    pub fn open(path: &Path) -> Self {
        let scale = format!("scale={WIDTH}:{HEIGHT}:flags=area");
        let decode = |options: &[&str]| {
            let mut arguments = vec![OsStr::new("-i"), path.as_os_str()];
            arguments.extend(options.iter().map(OsStr::new));
            arguments.push(OsStr::new("pipe:1"));
            run("ffmpeg", &arguments)
        };
        let raw = decode(&["-an", "-vf", &scale, "-fps_mode", "passthrough", "-pix_fmt", "yuv420p", "-f", "rawvideo"]);
        // One channel of the two, which are alike. Silence where the sound begins late: the samples count from the first picture on.
        let pcm = decode(&["-vn", "-af", "aresample=async=1:first_pts=0,pan=mono|c0=c0", "-f", "f32le"]);
        let sound = pcm.chunks_exact(4).map(|bytes| f32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]));
        let pictures = raw.chunks_exact(WIDTH * HEIGHT * 3 / 2).map(<[u8]>::to_vec).collect();
        Self { pictures, sound: sound.collect() }
    }

    /// How many pictures there are.
    pub fn length(&self) -> usize {
        self.pictures.len()
    }

    /// Brightness and colours at a point of an area, both in shares of the size.
    pub fn colour(&self, picture: usize, area: Area, across: f64, down: f64) -> [u8; 3] {
        let x = ((area.left + area.width * across) * WIDTH as f64) as usize;
        let y = ((area.top + area.height * down) * HEIGHT as f64) as usize;
        let bytes = &self.pictures[picture];
        let chroma = WIDTH * HEIGHT + (y / 2) * (WIDTH / 2) + x / 2;
        [bytes[y * WIDTH + x], bytes[chroma], bytes[chroma + WIDTH * HEIGHT / 4]]
    }

    /// Whether a tile shows a camera of this colour.
    pub fn shows(&self, picture: usize, area: Area, colour: [u8; 3]) -> bool {
        near(self.colour(picture, area, 0.9, 0.7), colour)
    }

    /// The number in the picture of a camera.
    pub fn number(&self, picture: usize, area: Area) -> usize {
        (0..BITS)
            .filter(|bit| self.colour(picture, area, (*bit as f64 + 0.5) / BITS as f64, 0.5)[0] > 126)
            .map(|bit| 1 << bit)
            .sum()
    }

    /// Whether the upper part of a camera's picture is white.
    pub fn flashes(&self, picture: usize, area: Area) -> bool {
        let [y, u, v] = self.colour(picture, area, 0.5, 0.2);
        y > 200 && u.abs_diff(128) < 20 && v.abs_diff(128) < 20
    }

    /// How loud a tone is in a part of the sound, 1 at full scale (Goertzel).
    pub fn tone(&self, hertz: f64, from: f64, to: f64) -> f64 {
        loudness(&self.sound[(from * 48_000.0) as usize..((to * 48_000.0) as usize).min(self.sound.len())], hertz)
    }
}

pub fn loudness(sound: &[f32], hertz: f64) -> f64 {
    let factor = 2.0 * (hertz / 48_000.0 * std::f64::consts::TAU).cos();
    let (last, before) =
        sound.iter().fold((0.0, 0.0), |(last, before), sample| (f64::from(*sample) + factor * last - before, last));
    (last * last + before * before - factor * last * before).max(0.0).sqrt() * 2.0 / sound.len().max(1) as f64
}

pub fn near(one: [u8; 3], other: [u8; 3]) -> bool {
    one.iter().zip(other).all(|(one, other)| one.abs_diff(other) < 26)
}
