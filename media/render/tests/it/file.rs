//! What kind of file it is (K4), and that there is either a whole one or none.

use crate::harness::block::{BOTH, Block, speaker};
use crate::harness::film::probe;
use crate::harness::source::{Camera, GREEN, opus, tone};
use crate::harness::wire::Track;
use protocol::room::Source;
use render::{Options, render};
use std::fs;

fn block() -> Block {
    let mut block = Block::begin(0.0);
    block.on_screen(0.0, &[speaker("ada", &BOTH)]);
    block.track("ada", Source::Camera, &Track::vp8(1, 0.0, 30, &Camera::of(GREEN).vp8(30)));
    block.track("ada", Source::Microphone, &Track::opus(2, 0.0, &opus(1.0, tone(440.0))));
    block.end(1.0);
    block
}

/// The names of the boxes that an MP4 consists of.
fn boxes(bytes: &[u8]) -> Vec<String> {
    let mut names = Vec::new();
    let mut rest = bytes;
    while let Some((length, after)) = rest.split_first_chunk::<4>() {
        names.push(String::from_utf8_lossy(&after[..4]).into_owned());
        rest = rest.get(u32::from_be_bytes(*length) as usize..).expect("a box ends in the file");
    }
    names
}

#[test]
fn k4_it_is_h264_and_aac_of_1920_by_1080_at_exactly_30_pictures_a_second() {
    let block = block();
    let rendered = block.try_render().expect("it renders");
    let path = block.path("recording.mp4");
    assert_eq!((rendered.length, rendered.bytes), (1_000, fs::metadata(&path).expect("there is a file").len()));
    let video = "stream=codec_name,width,height,pix_fmt,r_frame_rate,avg_frame_rate,nb_frames";
    let pictures = probe(&path, &["-select_streams", "v", "-show_entries", video]);
    assert_eq!(pictures, ["h264,1920,1080,yuv420p,30/1,30/1,30"]);
    let audio = "stream=codec_name,sample_rate,channels";
    assert_eq!(probe(&path, &["-select_streams", "a", "-show_entries", audio]), ["aac,48000,2"]);
    let times = probe(&path, &["-select_streams", "v", "-show_entries", "frame=pts_time"]);
    let expected: Vec<String> = (0..30).map(|picture| format!("{:.6}", f64::from(picture) / 30.0)).collect();
    assert_eq!(times, expected);
}

#[test]
fn k4_a_player_can_begin_before_it_has_all_of_it() {
    let block = block();
    block.try_render().expect("it renders");
    let boxes = boxes(&fs::read(block.path("recording.mp4")).expect("there is a file"));
    let at = |name: &str| boxes.iter().position(|one| one == name);
    assert!(at("moov").is_some() && at("moov") < at("mdat"), "{boxes:?}");
}

#[test]
fn k5_percents_grow_to_a_hundred_and_nothing_but_the_file_is_left() {
    let block = block();
    block.write();
    let before = fs::read_dir(block.folder()).expect("there is a folder").count();
    let mut told = Vec::new();
    let options = Options { ffmpeg: "ffmpeg".into(), threads: 1 };
    render(block.folder(), &block.path("recording.mp4"), &options, &mut |percent| told.push(percent))
        .expect("it renders");
    assert!(told.windows(2).all(|pair| pair[0] < pair[1]) && told.len() > 10, "{told:?}");
    assert_eq!(told.last(), Some(&100));
    assert_eq!(fs::read_dir(block.folder()).expect("there is a folder").count(), before + 1);
}

#[test]
fn k5_what_was_rendered_once_can_be_rendered_again() {
    let block = block();
    let one = block.render();
    let again = block.render();
    assert_eq!((one.length(), one.sound.len()), (again.length(), again.sound.len()));
}
