//! Which pictures are worth receiving, and how large: those that are shown, as large as their tiles (E4, H4).

use super::grid::Rect;
use super::tiles::{Key, Tile};
use litemap::LiteMap;
use protocol::room::{Seat, Source};

/// By whose and what it is: the largest simulcast layer that is of use.
pub type Shown = LiteMap<(String, Source), u8>;

/// The layer for a tile of so many device pixels of width: a camera sends a quarter, a half and all of its width.
pub fn layer(width: f64) -> u8 {
    match width {
        width if width <= 320.0 => 0,
        width if width <= 640.0 => 1,
        _ => 2,
    }
}

/// What is shown of others, with `ratio` device pixels to each of the page's. One tile that fills the screen hides the rest.
pub fn shown<'a>(tiles: impl Iterator<Item = (&'a Tile, Rect)>, full: Option<&Key>, ratio: f64) -> Shown {
    let mut shown = Shown::new();
    for (tile, rect) in tiles.filter(|(tile, rect)| !tile.own && rect.width >= 1.0) {
        let source = match tile.seat {
            Seat::Person => Source::Camera,
            Seat::Screen => Source::Screen,
            // Nothing of it comes from here.
            Seat::Youtube => continue,
        };
        let layer = match full {
            None => layer(rect.width * ratio),
            Some(full) if *full == tile.key() => 2,
            Some(_) => continue,
        };
        shown.insert((tile.person.clone(), source), layer);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::super::tiles::Stage;
    use super::super::tiles::tests::{room_of, speaker};
    use super::*;

    #[test]
    fn h4_the_layer_follows_the_width_in_device_pixels() {
        assert_eq!([1.0, 320.0].map(layer), [0, 0]);
        assert_eq!([321.0, 640.0].map(layer), [1, 1]);
        assert_eq!([641.0, 1920.0].map(layer), [2, 2]);
    }

    fn tiles() -> Vec<Tile> {
        let speakers = vec![
            speaker("me", &[Source::Camera]),
            speaker("ada", &[Source::Camera, Source::Screen]),
            speaker("bob", &[Source::Microphone]),
        ];
        let stage = Stage::of(&room_of(speakers), None);
        stage.screens.into_iter().chain(stage.people).collect()
    }

    fn shown_of(width: f64, full: Option<&Key>, ratio: f64) -> Vec<(String, Source, u8)> {
        let tiles = tiles();
        let rect = Rect { width, ..Rect::default() };
        let shown = shown(tiles.iter().map(|tile| (tile, rect)), full, ratio);
        shown.into_iter().map(|((person, source), layer)| (person, source, layer)).collect()
    }

    /// Somebody without a camera may switch it on at any moment, so the tile counts and not its picture.
    #[test]
    fn e4_every_tile_of_others_is_received_as_large_as_it_stands() {
        let of = |layer: u8| {
            vec![
                ("ada".to_owned(), Source::Camera, layer),
                ("ada".into(), Source::Screen, layer),
                ("bob".into(), Source::Camera, layer),
            ]
        };
        assert_eq!(shown_of(300.0, None, 1.0), of(0));
        assert_eq!(shown_of(300.0, None, 2.0), of(1));
        assert_eq!(shown_of(700.0, None, 1.0), of(2));
        assert!(shown_of(0.0, None, 1.0).is_empty(), "a stage without any size shows nothing");
    }

    #[test]
    fn e4_one_tile_that_fills_the_screen_is_all_that_is_shown() {
        let ada = ("ada".to_owned(), false);
        assert_eq!(shown_of(100.0, Some(&ada), 1.0), [("ada".to_owned(), Source::Camera, 2)]);
    }
}
