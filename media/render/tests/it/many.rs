//! As many people as there can be (K4).

use crate::harness::block::{BOTH, Block, speaker};
use crate::harness::film::Area;
use crate::harness::source::{BLUE, Camera, GREEN, RED, YELLOW, opus, tone};
use crate::harness::wire::Track;
use protocol::room::{Source, Speaker};

const PEOPLE: usize = 50;
const COLOURS: [[u8; 3]; 4] = [RED, GREEN, BLUE, YELLOW];

/// Tiles of 8 by 7, the last row of two in the middle.
fn tile(number: usize) -> Area {
    let (width, height, gap) = (232.0, 130.0, 6.0);
    let in_row: f64 = if number >= 48 { 2.0 } else { 8.0 };
    let left = (1920.0 - in_row * width - (in_row - 1.0) * gap) / 2.0 + (number % 8) as f64 * (width + gap);
    let top = (1080.0 - 7.0 * height - 6.0 * gap) / 2.0 + (number / 8) as f64 * (height + gap);
    Area { left: left / 1920.0, top: top / 1080.0, width: width / 1920.0, height: height / 1080.0 }
}

fn hertz(number: usize) -> f64 {
    300.0 + 50.0 * number as f64
}

#[test]
fn k4_fifty_people_are_all_seen_and_all_heard() {
    let mut block = Block::begin(0.0);
    let speakers: Vec<Speaker> = (0..PEOPLE).map(|number| speaker(&format!("p{number}"), &BOTH)).collect();
    block.on_screen(0.0, &speakers);
    let cameras = COLOURS.map(|colour| Camera { width: 160, height: 90, ..Camera::of(colour) }.vp8(30));
    for (number, speaker) in speakers.iter().enumerate() {
        let ssrc = 2 * number as u32 + 10;
        block.track(&speaker.person, Source::Camera, &Track::vp8(ssrc, 0.0, 30, &cameras[number % 4]));
        // Not all waves at once at their top, as no two people ever are.
        let (wave, begun) = (tone(hertz(number)), (number * number) as f64 * 0.000_37);
        let sound = opus(1.0, move |at| wave(at + begun) * 0.7);
        block.track(&speaker.person, Source::Microphone, &Track::opus(ssrc + 1, 0.0, &sound));
    }
    block.end(1.0);
    let film = block.render();
    assert_eq!(film.length(), 30);
    for number in 0..PEOPLE {
        for picture in [0, 15, 29] {
            let colour = film.colour(picture, tile(number), 0.9, 0.3);
            assert!(film.shows(picture, tile(number), COLOURS[number % 4]), "{number} in {picture}: {colour:?}");
        }
        let loudness = film.tone(hertz(number), 0.1, 0.9);
        assert!(loudness > 0.01, "{number}: {loudness}");
    }
    // Between two tones there is none, and nothing is louder than can be.
    assert!(film.tone(325.0, 0.1, 0.9) < 0.01, "{}", film.tone(325.0, 0.1, 0.9));
    let peak = film.sound.iter().fold(0.0_f32, |peak, sample| peak.max(sample.abs()));
    assert!(peak < 1.0 && peak > 0.5, "{peak}");
}
