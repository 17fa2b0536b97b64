//! A take with everything that happens in a session: who is seen and heard when, and where.

use crate::harness::block::{BOTH, Block, speaker};
use crate::harness::film::{Area, Film, LEFT, RIGHT, WHOLE};
use crate::harness::source::{BLUE, Camera, GREEN, RED, YELLOW, opus, tone};
use crate::harness::wire::Track;
use protocol::room::{Source, Speaker};
use std::slice::from_ref;

/// Where a screen stands, and two people beside it.
const SCREEN: Area = area(12, 96, 1582, 888);
const UPPER: Area = area(1606, 366, 302, 168);
const LOWER: Area = area(1606, 546, 302, 168);

const fn area(left: u16, top: u16, width: u16, height: u16) -> Area {
    Area {
        left: left as f64 / 1920.0,
        top: top as f64 / 1080.0,
        width: width as f64 / 1920.0,
        height: height as f64 / 1080.0,
    }
}

const ADA: f64 = 440.0;
const BOB: f64 = 620.0;
const SCREEN_SOUND: f64 = 930.0;
const ADA_AGAIN: f64 = 1_300.0;

/// Ada speaks, Bob comes, Ada is muted, Bob's camera is muted, Bob shares a screen, everybody leaves, Ada comes again.
fn take() -> Block {
    let mut block = Block::begin(0.0);
    let (ada, bob) = (speaker("ada", &BOTH), speaker("bob", &BOTH));
    let all = [Source::Microphone, Source::Camera, Source::Screen, Source::ScreenAudio];
    let with_screen = Speaker { sources: all.to_vec(), ..bob.clone() };
    let muted = |speaker: &Speaker, source| Speaker { muted: vec![source], ..speaker.clone() };
    block.on_screen(0.0, from_ref(&ada));
    block.on_screen(1.5, &[ada.clone(), bob.clone()]);
    block.on_screen(2.5, &[muted(&ada, Source::Microphone), bob.clone()]);
    block.on_screen(3.5, &[ada.clone(), muted(&bob, Source::Camera)]);
    block.on_screen(4.5, &[ada.clone(), bob.clone()]);
    block.on_screen(5.0, &[ada.clone(), with_screen]);
    block.on_screen(6.0, &[ada.clone(), bob]);
    block.on_screen(6.5, &[]);
    block.on_screen(60.0, &[ada]);
    block.end(61.5);

    let camera = |colour, number| Camera { number, ..Camera::of(colour) };
    // Everything that was taken from before the beginning on, not quite in step with the file's pictures.
    let pictures = Track::vp8(1, -0.487, 30, &camera(RED, 0).vp8(210));
    block.track("ada", Source::Camera, &pictures);
    let sound = opus(7.0, tone(ADA));
    let spoken = Track::opus(2, -0.5, &sound).without(|sent| (2.5..3.5).contains(&sent.at));
    block.track("ada", Source::Microphone, &spoken);

    let before = Track::h264(3, 1.5, 30, &camera(GREEN, 0).h264(60));
    let after = Track::h264(3, 4.5, 30, &camera(GREEN, 100).h264(60));
    block.track("bob", Source::Camera, &before.then(after));
    block.track("bob", Source::Microphone, &Track::opus(4, 1.5, &opus(5.0, tone(BOB))));
    let shared = Camera { rate: 10, keys: 100, ..camera(BLUE, 0) };
    block.track("bob", Source::Screen, &Track::vp8(5, 5.0, 10, &shared.vp8(10)));
    block.track("bob", Source::ScreenAudio, &Track::opus(6, 5.0, &opus(1.0, tone(SCREEN_SOUND))));

    block.track("ada", Source::Camera, &Track::vp8(7, 60.0, 30, &camera(YELLOW, 0).vp8(45)));
    block.track("ada", Source::Microphone, &Track::opus(8, 60.0, &opus(1.5, tone(ADA_AGAIN))));
    block
}

/// The pictures between two times of the file, without those at its very edges.
fn between(from: f64, to: f64) -> std::ops::Range<usize> {
    (from * 30.0) as usize + 2..(to * 30.0) as usize - 2
}

fn seen(film: &Film, from: f64, to: f64, area: Area, colour: [u8; 3]) {
    for picture in between(from, to) {
        assert!(film.shows(picture, area, colour), "{picture}, {area:?}: {:?}", film.colour(picture, area, 0.9, 0.7));
    }
}

/// The numbers count up with the pictures of the file, and each is of its moment: `start` is when number 0 was taken.
fn counts(film: &Film, from: f64, to: f64, area: Area, start: f64) {
    for picture in between(from, to) {
        let number = film.number(picture, area);
        let late = picture as f64 / 30.0 - (start + number as f64 / 30.0);
        assert!(late.abs() <= 0.034, "{picture}: {number} is {late} s late");
        assert_eq!(film.number(picture + 1, area), number + 1, "after picture {picture}");
    }
}

/// A tone is heard between these times, and between no others.
fn heard(film: &Film, hertz: f64, times: &[(f64, f64)]) {
    for step in 0..(film.length() as f64 / 3.0) as usize {
        let (from, to) = (step as f64 * 0.1, (step + 1) as f64 * 0.1);
        let is_inside = times.iter().any(|time| time.0 + 0.03 < from && to < time.1 - 0.03);
        let is_outside = times.iter().all(|time| to < time.0 - 0.03 || time.1 + 0.06 < from);
        let loudness = film.tone(hertz, from, to);
        assert!(!is_inside || loudness > 0.15, "{hertz} Hz from {from} s: {loudness}");
        assert!(!is_outside || loudness < 0.02, "{hertz} Hz from {from} s: {loudness}");
    }
}

#[test]
fn k2_k4_everybody_is_seen_and_heard_where_and_when_they_were() {
    let film = take().render();
    // 6.5 s, and 1.5 s after the empty time.
    assert_eq!(film.length(), 240);

    seen(&film, 0.0, 1.5, WHOLE, RED);
    counts(&film, 0.0, 1.5, WHOLE, -0.487);
    for (from, to) in [(1.5, 5.0), (6.0, 6.5)] {
        seen(&film, from, to, LEFT, RED);
    }
    counts(&film, 1.5, 5.0, LEFT, -0.487);
    seen(&film, 1.5, 3.5, RIGHT, GREEN);
    counts(&film, 1.5, 3.4, RIGHT, 1.5);
    // Bob's camera is muted: his initials instead.
    for picture in between(3.5, 4.5) {
        assert!(!film.shows(picture, RIGHT, GREEN), "{picture}");
        assert!(film.colour(picture, RIGHT, 0.9, 0.7)[0] < 60, "{picture}: the ground of a tile");
    }
    seen(&film, 4.5, 5.0, RIGHT, GREEN);
    counts(&film, 4.5, 5.0, RIGHT, 4.5 - 100.0 / 30.0);

    seen(&film, 5.0, 6.0, SCREEN, BLUE);
    seen(&film, 5.0, 6.0, UPPER, RED);
    seen(&film, 5.0, 6.0, LOWER, GREEN);
    for picture in between(5.0, 6.0) {
        let number = film.number(picture, SCREEN);
        let late = picture as f64 / 30.0 - 5.0 - number as f64 / 10.0;
        assert!((-0.02..0.12).contains(&late), "{picture}: {number} is {late} s late");
    }
    // Everybody left and the empty time is not there: Ada is back at once, alone, from her first picture on.
    seen(&film, 6.5, 8.0, WHOLE, YELLOW);
    assert_eq!(film.number(195, WHOLE), 0);
    counts(&film, 6.5, 8.0, WHOLE, 6.5);

    heard(&film, ADA, &[(0.0, 2.5), (3.5, 6.5)]);
    heard(&film, BOB, &[(1.5, 6.5)]);
    heard(&film, SCREEN_SOUND, &[(5.0, 6.0)]);
    heard(&film, ADA_AGAIN, &[(6.5, 8.0)]);
}
