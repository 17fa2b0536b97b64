//! Sound and pictures are in step: a camera flashes when its microphone beeps.

use crate::harness::block::{BOTH, Block, speaker};
use crate::harness::film::{Film, WHOLE, loudness};
use crate::harness::source::{Camera, GREEN, opus};
use crate::harness::wire::Track;
use protocol::room::Source;

const BEEP: f64 = 1_000.0;

/// Each second, for a tenth of one, in pictures of the camera.
fn flashes(picture: usize) -> bool {
    picture % 30 < 3
}

fn beeps(at: f64) -> f32 {
    if at.rem_euclid(1.0) < 0.1 { ((at * BEEP * std::f64::consts::TAU).sin() * 0.5) as f32 } else { 0.0 }
}

/// Sound that arrives later than the pictures, and of which reports say that it was taken `shift` seconds later.
fn film(shift: f64) -> Film {
    let mut block = Block::begin(0.7);
    block.on_screen(0.7, &[speaker("ada", &BOTH)]);
    let camera = Camera { flashes, ..Camera::of(GREEN) };
    block.track("ada", Source::Camera, &Track::vp8(1, 0.011, 30, &camera.vp8(120)));
    let mut sound = Track::opus(2, 0.011, &opus(4.0, beeps));
    for sent in &mut sound.packets {
        sent.delay = 0.12;
    }
    sound.shift = shift;
    block.track("ada", Source::Microphone, &sound);
    block.end(4.0);
    block.render()
}

/// Seconds from each flash to the beep that is nearest.
fn offsets(film: &Film) -> Vec<f64> {
    let is_begin = |picture: &usize| film.flashes(*picture, WHOLE) && !film.flashes(picture - 1, WHOLE);
    let flashes: Vec<f64> = (1..film.length()).filter(is_begin).map(|picture| picture as f64 / 30.0).collect();
    // In steps of 2 ms.
    let loud: Vec<bool> = film.sound.chunks(96).map(|part| loudness(part, BEEP) > 0.15).collect();
    let begins = (5..loud.len()).filter(|step| loud[*step] && !loud[step - 5..*step].contains(&true));
    let beeps: Vec<f64> = begins.map(|step| step as f64 * 0.002).collect();
    assert_eq!(flashes.len(), 3, "{flashes:?}");
    assert!(beeps.len() >= 3, "{beeps:?}");
    let nearest = |flash: &f64| beeps.iter().map(|beep| beep - flash).min_by(|a, b| a.abs().total_cmp(&b.abs()));
    flashes.iter().filter_map(nearest).collect()
}

#[test]
fn k4_a_beep_is_heard_with_its_flash() {
    let offsets = offsets(&film(0.0));
    println!("seconds from flash to beep: {offsets:.3?}");
    assert!(offsets.iter().all(|offset| offset.abs() <= 0.08), "{offsets:?}");
}

#[test]
fn k4_sound_that_is_late_is_noticed_by_this_test() {
    let offsets = offsets(&film(0.2));
    assert!(offsets.iter().all(|offset| *offset > 0.08), "{offsets:?}");
}
