//! Two blocks, one after the other (K3).

use crate::harness::block::{BOTH, Block, speaker};
use crate::harness::film::{Film, WHOLE};
use crate::harness::source::{Camera, GREEN, opus, tone};
use crate::harness::wire::Track;
use protocol::room::Source;

/// Where one ends and the next begins: between two pictures of either.
const CHANGE: f64 = 2.519;

fn block(from: f64, to: f64, pictures: &Track, sound: &Track) -> Film {
    let mut block = Block::begin(from);
    block.on_screen(from, &[speaker("ada", &BOTH)]);
    block.track("ada", Source::Camera, pictures);
    block.track("ada", Source::Microphone, sound);
    block.end(to);
    block.render()
}

#[test]
fn k3_of_two_blocks_no_picture_is_lost_or_doubled_and_the_sound_goes_on() {
    let pictures = Track::vp8(1, 0.0, 30, &Camera::of(GREEN).vp8(150));
    let sound = Track::opus(2, 0.0, &opus(5.0, tone(440.0)));
    // Both blocks hold the packets around the change, the later one from a key frame on.
    let (until, from) = (
        |track: &Track| track.clone().without(|sent| sent.at > CHANGE + 0.3),
        |track: &Track| track.clone().without(|sent| sent.at < 1.999),
    );
    let one = block(0.5, CHANGE, &until(&pictures), &until(&sound));
    let next = block(CHANGE, 4.5, &from(&pictures), &from(&sound));

    let numbers = |film: &Film| (0..film.length()).map(|picture| film.number(picture, WHOLE)).collect::<Vec<_>>();
    let (one_numbers, next_numbers) = (numbers(&one), numbers(&next));
    let counts = |numbers: &[usize]| numbers.windows(2).all(|pair| pair[1] == pair[0] + 1);
    assert!(counts(&one_numbers), "{one_numbers:?}");
    assert!(counts(&next_numbers), "{next_numbers:?}");
    // What was on screen at the very change is in both at the most.
    let (last, first) = (one_numbers[one_numbers.len() - 1], next_numbers[0]);
    assert!(first == last || first == last + 1, "{last}, then {first}");

    let steps = |film: &Film| (film.length() as f64 / 30.0 * 50.0) as usize - 1;
    for film in [&one, &next] {
        for step in 0..steps(film) {
            let loudness = film.tone(440.0, f64::from(step as u32) * 0.02, f64::from(step as u32 + 1) * 0.02);
            assert!(loudness > 0.15, "{loudness} after {step} steps of 20 ms");
        }
    }
}
