//! Which pictures of which track are decoded for which part of the file, and how large: pure, by what the tracks and the scenes say.

use crate::layout::{Fit, Rect, fit_camera, fit_whole};
use crate::packet::Stamp;
use crate::picture::Place;
use crate::reel::Reel;
use crate::scenes::Shown;
use crate::track::Run;
use protocol::room::Source;

/// A part of the file for which one decoder has the pictures of a source, all of one size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The first and the last but one picture of the file that may show it.
    pub from: i64,
    pub to: i64,
    /// Where its track is read from, and up to where.
    pub place: Place,
    pub last: Stamp,
    /// The picture of the file that the first one read belongs to; before `from` where it is only needed for those after it.
    pub first: i64,
    /// Width and height as they were sent.
    pub size: (u32, u32),
    pub source: Source,
    /// When and in which tile it is seen. The decoder makes it as large as that.
    pub shown: Vec<Shown>,
}

/// How a picture stands in a tile.
pub fn fit(source: Source, size: (u32, u32), tile: Rect) -> Fit {
    if source == Source::Screen { fit_whole(size, tile) } else { fit_camera(size, tile) }
}

/// Of one track. `end`: the picture of the file with which it is over.
pub fn spans(runs: &[Run], tick: impl Fn(Stamp) -> i64, source: Source, shown: &[Shown], end: i64) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for run in runs {
        let first = tick(run.first);
        match spans.last_mut() {
            // The picture before stays on screen until this one comes: one decoder for both.
            Some(span) if span.size == run.size && hidden(shown, tick(span.last)) >= first => span.last = run.last,
            Some(span) => {
                span.to = first.max(0);
                spans.push(span_of(run, first, source, end));
            }
            None => spans.push(span_of(run, first, source, end)),
        }
    }
    let until_hidden = |span: Span| {
        let to = hidden(shown, tick(span.last)).min(span.to).min(end);
        Span { to, ..span }
    };
    spans.into_iter().map(until_hidden).filter_map(|span| seen(span, shown)).collect()
}

fn span_of(run: &Run, first: i64, source: Source, end: i64) -> Span {
    Span {
        from: first.max(0),
        to: end,
        place: run.place.clone(),
        last: run.last,
        first,
        size: run.size,
        source,
        shown: Vec::new(),
    }
}

/// From where on nothing is seen any more, at or after a picture of the file: what comes back later begins with a new picture.
fn hidden(shown: &[Shown], from: i64) -> i64 {
    let mut at = from;
    for part in shown.iter().filter(|part| part.to > from) {
        if part.from > at {
            break;
        }
        at = part.to;
    }
    at
}

/// Without what nobody sees; none where that is all.
fn seen(span: Span, shown: &[Shown]) -> Option<Span> {
    let shown: Vec<Shown> = shown
        .iter()
        .map(|part| Shown { from: part.from.max(span.from), to: part.to.min(span.to), ..*part })
        .filter(|part| part.from < part.to)
        .collect();
    let (from, to) = (shown.first()?.from, shown.last()?.to);
    Some(Span { from, to, shown, ..span })
}

impl Span {
    /// From which picture of the file on its pictures are how large, the first from its beginning on.
    pub fn sizes(&self) -> Vec<(i64, usize, usize)> {
        let mut sizes: Vec<(i64, usize, usize)> = Vec::new();
        for part in &self.shown {
            let Fit { place: Rect { width, height, .. }, .. } = fit(self.source, self.size, part.place);
            if sizes.last().is_none_or(|last| (last.1, last.2) != (width, height)) {
                sizes.push((part.from, width, height));
            }
        }
        sizes
    }

    /// What of its pictures is seen.
    pub fn crop(&self) -> Option<Rect> {
        let Fit { crop, .. } = fit(self.source, self.size, self.shown.first()?.place);
        ((crop.width, crop.height) != (self.size.0 as usize, self.size.1 as usize)).then_some(crop)
    }
}

/// Gives the pictures of a track their places among those of the file. Two that would fall on the same one are shown one after the
/// other if that moves the second by no more than one: the clocks of cameras are not quite even, and nothing should get lost by that.
#[derive(Clone, Copy, Debug, Default)]
pub struct Pace {
    last: Option<i64>,
}

impl Pace {
    pub fn next(&mut self, tick: i64) -> i64 {
        let tick = match self.last {
            Some(last) if last == tick => last + 1,
            Some(last) => last.max(tick),
            None => tick,
        };
        self.last = Some(tick);
        tick
    }
}

/// The picture of the file for a packet of a track.
pub fn tick(reel: &Reel, clock: &crate::clock::Clock, stamp: Stamp) -> i64 {
    reel.tick(clock.at(stamp))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LARGE: Rect = Rect { left: 0, top: 0, width: 640, height: 360 };
    const SMALL: Rect = Rect { left: 0, top: 0, width: 320, height: 180 };

    fn run(first: i64, last: i64, width: u32) -> Run {
        let stamp = |tick| Stamp { timestamp: tick, arrival: tick };
        Run { place: Place::default(), size: (width, width * 9 / 16), first: stamp(first), last: stamp(last) }
    }

    fn shown(from: i64, to: i64, place: Rect) -> Shown {
        Shown { from, to, place }
    }

    /// From, to and width of what comes out.
    fn of(runs: &[Run], shown: &[Shown], end: i64) -> Vec<(i64, i64, u32)> {
        let spans = spans(runs, |stamp| stamp.timestamp, Source::Camera, shown, end);
        spans.into_iter().map(|span| (span.from, span.to, span.size.0)).collect()
    }

    #[test]
    fn k4_the_last_picture_stays_until_another_comes_or_the_tile_goes() {
        assert_eq!(of(&[run(5, 20, 640), run(60, 90, 640)], &[shown(0, 200, LARGE)], 300), [(5, 200, 640)]);
        assert_eq!(of(&[run(5, 20, 640)], &[shown(0, 200, LARGE)], 150), [(5, 150, 640)], "or its producer ends");
    }

    #[test]
    fn k4_a_camera_that_was_muted_begins_anew() {
        let parts = [shown(0, 30, LARGE), shown(50, 200, LARGE)];
        assert_eq!(of(&[run(5, 28, 640), run(52, 90, 640)], &parts, 300), [(5, 30, 640), (52, 200, 640)]);
    }

    #[test]
    fn k4_another_size_needs_another_decoder_where_the_first_one_ends() {
        assert_eq!(
            of(&[run(5, 20, 640), run(22, 90, 1280)], &[shown(0, 99, LARGE)], 99),
            [(5, 22, 640), (22, 99, 1280)]
        );
    }

    #[test]
    fn k3_what_came_before_the_beginning_is_decoded_but_not_shown() {
        let spans = spans(&[run(-40, 20, 640)], |stamp| stamp.timestamp, Source::Camera, &[shown(0, 9, LARGE)], 9);
        assert_eq!((spans[0].from, spans[0].first), (0, -40));
    }

    #[test]
    fn what_nobody_sees_is_not_decoded() {
        assert!(of(&[run(5, 20, 640)], &[], 100).is_empty());
        assert!(of(&[run(5, 20, 640)], &[shown(0, 5, LARGE)], 100).is_empty());
        let parts = [shown(10, 15, LARGE), shown(40, 50, LARGE)];
        assert_eq!(of(&[run(5, 44, 640)], &parts, 45), [(10, 45, 640)], "while it was hidden it went on");
        assert_eq!(of(&[run(5, 20, 640)], &parts, 45), [(10, 15, 640)], "nothing came when it was back");
    }

    #[test]
    fn pictures_get_as_large_as_their_tiles() {
        let parts = [shown(0, 10, LARGE), shown(10, 20, Rect { left: 640, ..LARGE }), shown(20, 30, SMALL)];
        let spans = spans(&[run(0, 30, 1280)], |stamp| stamp.timestamp, Source::Camera, &parts, 30);
        assert_eq!(spans[0].sizes(), [(0, 640, 360), (20, 320, 180)]);
        assert_eq!(spans[0].crop(), None);
        let wider = Span { size: (1280, 800), ..spans[0].clone() };
        assert_eq!(wider.crop().map(|crop| (crop.width, crop.height)), Some((1280, 720)));
    }

    fn paced(ticks: &[i64]) -> Vec<i64> {
        let mut pace = Pace::default();
        ticks.iter().map(|tick| pace.next(*tick)).collect()
    }

    #[test]
    fn pictures_that_are_not_quite_even_all_find_a_place() {
        assert_eq!(paced(&[0, 1, 1, 3, 3, 5, 6]), [0, 1, 2, 3, 4, 5, 6]);
    }

    #[test]
    fn more_pictures_than_the_file_has_do_not_run_late() {
        let ticks: Vec<i64> = (0..200).map(|picture| picture / 2).collect();
        assert!(paced(&ticks).iter().zip(&ticks).all(|(paced, tick)| (0..=1).contains(&(paced - tick))));
    }
}
