//! Names on the pictures, and who has none (K4).

use crate::harness::block::{BOTH, Block, speaker};
use crate::harness::film::{Film, WHOLE};
use crate::harness::source::{Camera, GREEN, opus, tone};
use crate::harness::wire::Track;
use protocol::room::{Source, Speaker};

fn film(name: &str, speaks: bool, sources: &[Source]) -> Film {
    let mut block = Block::begin(0.0);
    block.on_screen(0.0, &[Speaker { name: name.into(), ..speaker("a", sources) }]);
    block.track("a", Source::Camera, &Track::vp8(1, 0.0, 30, &Camera::of(GREEN).vp8(6)));
    block.track("a", Source::Microphone, &Track::opus(2, 0.0, &opus(0.2, tone(440.0))));
    if speaks {
        block.speaking(0.0, "a", true);
    }
    block.end(0.2);
    block.render()
}

/// Points of the lower left that are as light as letters, and those that are as dark as the plate behind them.
fn written(film: &Film) -> (usize, usize) {
    let points = (0..200).flat_map(|x| (0..40).map(move |y| (f64::from(x) / 800.0, 0.93 + f64::from(y) / 700.0)));
    let brightness: Vec<u8> = points.map(|(x, y)| film.colour(3, WHOLE, x, y)[0]).collect();
    let count = |is: fn(u8) -> bool| brightness.iter().filter(|one| is(**one)).count();
    (count(|one| one > 170), count(|one| one < 70))
}

#[test]
fn k4_a_name_stands_on_the_picture_at_the_lower_left() {
    let (light, dark) = written(&film("Ada Lovelace", false, &BOTH));
    assert!(light > 50 && dark > 500, "{light}, {dark}");
    let (light, dark) = written(&film("", false, &BOTH));
    assert_eq!((light, dark), (0, 0), "nobody's name is nothing");
}

#[test]
fn k4_no_name_breaks_a_file() {
    for name in ["عائشة القرطبية", "🎉 \u{0}\u{7}\r\n", "\u{202e}李雷\u{10ffff}", &"W".repeat(4_000)] {
        assert_eq!(film(name, true, &BOTH).length(), 6, "{name}");
    }
}

#[test]
fn k4_who_has_no_camera_is_a_card_with_initials() {
    let film = film("Ada Lovelace", false, &[Source::Microphone]);
    let [y, u, v] = film.colour(3, WHOLE, 0.42, 0.5);
    assert!(y > 40 && (u.abs_diff(128) > 6 || v.abs_diff(128) > 6), "a circle of a colour: {y} {u} {v}");
    let middle = (0..100).map(|x| film.colour(3, WHOLE, 0.45 + f64::from(x) / 1_000.0, 0.5)[0]);
    assert!(middle.filter(|y| *y > 200).count() > 5, "with letters");
    assert!(film.colour(3, WHOLE, 0.1, 0.3)[0] < 60, "on the ground of a tile");
}

#[test]
fn k4_who_speaks_has_a_frame() {
    let edge = |film: &Film| film.colour(3, WHOLE, 0.5, 0.0005);
    let (quiet, loud) = (film("Ada", false, &BOTH), film("Ada", true, &BOTH));
    assert!(edge(&quiet)[0].abs_diff(GREEN[0]) < 20, "{:?}", edge(&quiet));
    assert!(edge(&loud)[1].abs_diff(edge(&quiet)[1]) > 30, "{:?}", edge(&loud));
}
