//! One person, seen and heard.

use crate::harness::block::{BOTH, Block, speaker};
use crate::harness::film::WHOLE;
use crate::harness::source::{Camera, GREEN, opus, tone};
use crate::harness::wire::Track;
use protocol::room::Source;

#[test]
fn k4_one_person_is_seen_and_heard() {
    let mut block = Block::begin(1.0);
    block.on_screen(1.0, &[speaker("ada", &BOTH)]);
    block.track("ada", Source::Camera, &Track::vp8(1, 0.5, 30, &Camera::of(GREEN).vp8(75)));
    block.track("ada", Source::Microphone, &Track::opus(2, 0.5, &opus(2.5, tone(440.0))));
    block.end(3.0);
    let film = block.render();
    assert_eq!(film.length(), 60);
    for picture in 0..60 {
        assert!(film.shows(picture, WHOLE, GREEN), "{picture}: {:?}", film.colour(picture, WHOLE, 0.9, 0.7));
    }
    let numbers: Vec<usize> = (0..60).map(|picture| film.number(picture, WHOLE)).collect();
    assert_eq!(numbers, (15..75).collect::<Vec<_>>());
    assert!(film.tone(440.0, 0.2, 1.8) > 0.2, "{}", film.tone(440.0, 0.2, 1.8));
}
