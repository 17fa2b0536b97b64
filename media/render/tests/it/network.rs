//! What a network and a browser do to packets: loss, other ways, sizes that change, a crash in the middle of all.

use crate::harness::block::{BOTH, Block, speaker};
use crate::harness::film::{Film, LEFT, RIGHT, WHOLE, near};
use crate::harness::source::{Camera, GREEN, RED, opus, tone};
use crate::harness::wire::Track;
use protocol::room::{Source, Speaker};
use protocol::timeline::{TIMELINE, track_file};
use std::fs;
use std::slice::from_ref;

fn film(pictures: &Track, sound: Option<&Track>, to: f64) -> Film {
    let mut block = Block::begin(0.0);
    block.on_screen(0.0, &[speaker("ada", &BOTH)]);
    block.track("ada", Source::Camera, pictures);
    if let Some(sound) = sound {
        block.track("ada", Source::Microphone, sound);
    }
    block.end(to);
    block.render()
}

/// Numbers that look as if they were thrown, the same each time.
fn dice(seed: usize) -> usize {
    let mixed = (seed as u64).wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    ((mixed ^ (mixed >> 31)).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 33) as usize
}

#[test]
fn k4_packets_that_came_in_another_order_or_twice_change_nothing() {
    let mut pictures = Track::vp8(1, 0.0, 30, &Camera { width: 640, height: 360, ..Camera::of(GREEN) }.vp8(60));
    let mut sound = Track::opus(2, 0.0, &opus(2.0, tone(440.0)));
    for track in [&mut pictures, &mut sound] {
        for sent in &mut track.packets {
            sent.delay += (dice(sent.sequence) % 300) as f64 * 1e-3;
        }
        let again = track.packets.iter().filter(|sent| sent.sequence % 7 == 0).cloned().collect::<Vec<_>>();
        track.packets.extend(again);
    }
    let film = film(&pictures, Some(&sound), 2.0);
    let numbers: Vec<usize> = (0..60).map(|picture| film.number(picture, WHOLE)).collect();
    assert_eq!(numbers, (0..60).collect::<Vec<_>>());
    assert!(film.tone(440.0, 0.1, 1.9) > 0.2);
}

#[test]
fn k4_what_is_lost_for_good_leaves_the_picture_before_it_and_nothing_broken() {
    // 3 % of the packets, key frames every half second.
    let camera = Camera { width: 640, height: 360, keys: 15, ..Camera::of(GREEN) };
    let pictures =
        Track::vp8(1, 0.0, 30, &camera.vp8(120)).without(|sent| sent.sequence > 0 && dice(sent.sequence) % 100 < 3);
    let sound = Track::opus(2, 0.0, &opus(4.0, tone(440.0))).without(|sent| dice(sent.sequence + 9) % 100 < 3);
    let film = film(&pictures, Some(&sound), 4.0);
    let numbers: Vec<usize> = (0..120).map(|picture| film.number(picture, WHOLE)).collect();
    for (picture, number) in numbers.iter().enumerate() {
        assert!(*number <= picture && picture - number <= 45, "{picture}: {number}");
        assert!(film.shows(picture, WHOLE, GREEN), "{picture}: {:?}", film.colour(picture, WHOLE, 0.9, 0.7));
    }
    assert!(numbers.windows(2).all(|pair| pair[0] <= pair[1]), "{numbers:?}");
    assert!(numbers.windows(2).any(|pair| pair[0] == pair[1]), "something was lost: {numbers:?}");
    // Lost sound is made up: no step of 20 ms is silent.
    for step in 0..198 {
        let loudness = film.tone(440.0, f64::from(step) * 0.02, f64::from(step + 1) * 0.02);
        assert!(loudness > 0.05, "{loudness} after {step} steps");
    }
}

#[test]
fn k4_sizes_that_change_are_all_seen_in_the_same_tile() {
    let camera = |width, height, number| Camera { width, height, number, ..Camera::of(GREEN) }.vp8(20);
    let track = |at: f64, pictures: Vec<Vec<u8>>| Track::vp8(1, at, 30, &pictures);
    let third = 2.0 / 3.0;
    let pictures = track(0.0, camera(320, 180, 0))
        .then(track(third, camera(160, 90, 20)))
        .then(track(2.0 * third, camera(240, 320, 40)));
    let film = film(&pictures, None, 2.0);
    for picture in 0..40 {
        assert_eq!(film.number(picture, WHOLE), picture);
        assert!(film.shows(picture, WHOLE, GREEN), "{picture}");
    }
    // A telephone that is held upright is seen whole, with the ground of the tile beside it.
    for picture in 40..60 {
        assert!(
            near(film.colour(picture, WHOLE, 0.5, 0.9), GREEN),
            "{picture}: {:?}",
            film.colour(picture, WHOLE, 0.5, 0.9)
        );
        assert!(film.colour(picture, WHOLE, 0.1, 0.3)[0] < 60, "{picture}");
    }
}

#[test]
fn k4_a_layout_that_changes_between_pictures_of_a_still_screen_shows_it_at_once() {
    // One picture, and then nothing for two seconds, in which somebody comes and goes.
    let mut block = Block::begin(0.0);
    let (ada, bob) = (speaker("ada", &[Source::Screen]), speaker("bob", &[Source::Microphone]));
    block.on_screen(0.0, from_ref(&ada));
    block.on_screen(0.5, &[ada.clone(), bob]);
    block.on_screen(1.0, &[ada]);
    block.track("ada", Source::Screen, &Track::vp8(1, 0.0, 30, &Camera::of(RED).vp8(1)));
    block.end(2.0);
    let film = block.render();
    assert_eq!(film.length(), 60);
    for picture in 0..60 {
        let is_alone = !(15..30).contains(&picture);
        assert_eq!(near(film.colour(picture, WHOLE, 0.97, 0.05), RED), is_alone, "{picture}");
        assert!(near(film.colour(picture, WHOLE, 0.4, 0.3), RED), "{picture}");
    }
}

#[test]
fn k4_who_is_lost_has_a_card_until_they_are_back() {
    let mut block = Block::begin(0.0);
    let ada = speaker("ada", &BOTH);
    block.on_screen(0.0, from_ref(&ada));
    block.on_screen(0.5, &[Speaker { lost: true, ..ada.clone() }]);
    block.on_screen(1.0, &[ada]);
    block.track("ada", Source::Camera, &Track::vp8(1, 0.0, 30, &Camera::of(RED).vp8(16)));
    block.track("ada", Source::Camera, &Track::vp8(2, 1.2, 30, &Camera::of(GREEN).vp8(10)));
    block.end(1.5);
    let film = block.render();
    assert!((0..15).all(|picture| film.shows(picture, WHOLE, RED)));
    assert!((15..36).all(|picture| !film.shows(picture, WHOLE, RED)), "also before the first picture of the new track");
    assert!((36..45).all(|picture| film.shows(picture, WHOLE, GREEN)));
}

#[test]
fn k4_who_leaves_is_seen_until_they_are_gone() {
    let mut block = Block::begin(0.0);
    let (ada, bob) = (speaker("ada", &BOTH), speaker("bob", &BOTH));
    block.on_screen(0.0, &[ada.clone(), bob]);
    let pictures = Camera::of(GREEN).vp8(45);
    block.track("ada", Source::Camera, &Track::vp8(1, 0.0, 30, &pictures));
    let number = block.track("bob", Source::Camera, &Track::vp8(2, 0.0, 30, &pictures[..30]));
    // The producer is gone first, and then the tile.
    block.track_end(0.95, number);
    block.on_screen(1.02, from_ref(&ada));
    block.end(1.5);
    let film = block.render();
    assert!((0..31).all(|picture| film.shows(picture, LEFT, GREEN) && film.shows(picture, RIGHT, GREEN)));
    assert!((31..45).all(|picture| film.shows(picture, WHOLE, GREEN)));
}

#[test]
fn k6_after_a_crash_the_file_ends_with_the_last_packet() {
    let mut block = Block::begin(0.0);
    block.on_screen(0.0, &[speaker("ada", &BOTH)]);
    let number = block.track("ada", Source::Camera, &Track::vp8(1, 0.0, 30, &Camera::of(GREEN).vp8(45)));
    block.write();
    // The last record and the last line are cut off in the middle.
    let (track, timeline) = (block.path(&track_file(number)), block.path(TIMELINE));
    let bytes = fs::read(&track).expect("there is a track");
    fs::write(&track, &bytes[..bytes.len() - 9]).expect("it is cut off");
    let lines = fs::read_to_string(&timeline).expect("there is a timeline");
    fs::write(&timeline, lines + r#"{"at":1700000001000000,"event":"spea"#).expect("a line is begun");
    let options = render::Options { ffmpeg: "ffmpeg".into(), threads: 2 };
    let output = block.path("recording.mp4");
    render::render(block.folder(), &output, &options, &mut |_percent| {}).expect("it renders");
    let film = Film::open(&output);
    assert!((43..=45).contains(&film.length()), "{}", film.length());
    assert!((0..film.length()).all(|picture| film.shows(picture, WHOLE, GREEN)));
}

#[test]
fn k4_a_track_of_rubbish_spoils_only_itself() {
    let mut block = Block::begin(0.0);
    block.on_screen(0.0, &[speaker("ada", &BOTH), speaker("bob", &BOTH)]);
    let good = Camera::of(GREEN).vp8(45);
    block.track("ada", Source::Camera, &Track::vp8(1, 0.0, 30, &good));
    // Key frames by their first bytes, and then anything.
    let rubbish = |length: usize, seed: usize| (0..length).map(move |at| dice(at * 31 + seed) as u8);
    let pictures: Vec<Vec<u8>> =
        (0..45).map(|number| good[0][..10].iter().copied().chain(rubbish(900, number)).collect()).collect();
    block.track("bob", Source::Camera, &Track::vp8(2, 0.0, 30, &pictures));
    let sound: Vec<Vec<u8>> = (0..75).map(|number| rubbish(60, number).collect()).collect();
    block.track("bob", Source::Microphone, &Track::opus(3, 0.0, &sound));
    let number = block.track("bob", Source::Microphone, &Track::opus(4, 0.0, &sound));
    fs::write(block.path(&track_file(number)), b"#!rtpplay1.0 and no more").expect("it is overwritten");
    block.end(1.5);
    let film = block.render();
    assert_eq!(film.length(), 45);
    for picture in 0..45 {
        assert!(film.shows(picture, LEFT, GREEN), "{picture}");
        assert_eq!(film.number(picture, LEFT), picture);
        assert!(!film.shows(picture, RIGHT, GREEN), "{picture}");
    }
}
