//! What is on screen at each time of the file, by the timeline alone: whether there are pictures too, only the tracks know.

use crate::block::{Block, What};
use crate::layout::{Arrangement, Rect};
use crate::reel::Reel;
use protocol::room::{Seat, Source, Speaker};
use std::collections::BTreeSet;
use std::sync::Arc;

/// What stays the same until the next scene.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scene {
    /// The first picture of the file that shows it.
    pub from: i64,
    pub tiles: Arc<[Tile]>,
    /// Who speaks.
    pub speaking: Arc<BTreeSet<String>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tile {
    pub person: String,
    pub name: String,
    pub seat: Seat,
    pub place: Rect,
    /// Whether there is a picture to show, if packets of it came.
    pub has_picture: bool,
    /// No microphone, or one that is muted.
    pub silent: bool,
}

impl Tile {
    /// Where its picture comes from.
    pub fn source(&self) -> Source {
        if self.seat == Seat::Screen { Source::Screen } else { Source::Camera }
    }
}

/// The scenes of a file in order, the first from picture 0 on, each with at least one picture.
pub fn scenes(block: &Block, reel: &Reel) -> Vec<Scene> {
    let mut scenes: Vec<Scene> = Vec::new();
    let mut tiles: Arc<[Tile]> = Arc::new([]);
    let mut speaking: Arc<BTreeSet<String>> = Arc::default();
    for moment in &block.moments {
        match &moment.what {
            // Nobody: what follows is not in the file.
            What::OnScreen(speakers) if speakers.is_empty() => {
                speaking = Arc::default();
                continue;
            }
            What::OnScreen(speakers) => tiles = arrange(speakers),
            What::Speaking { person, speaking: true } => {
                Arc::make_mut(&mut speaking).insert(person.clone());
            }
            What::Speaking { person, speaking: false } => {
                Arc::make_mut(&mut speaking).remove(person);
            }
        }
        let scene =
            Scene { from: reel.tick(moment.at).max(0), tiles: Arc::clone(&tiles), speaking: Arc::clone(&speaking) };
        // Of two in one picture the later one holds.
        while scenes.last().is_some_and(|last| last.from >= scene.from) {
            scenes.pop();
        }
        scenes.push(scene);
    }
    scenes.retain(|scene| scene.from < reel.ticks());
    scenes
}

/// Everybody in the order of the timeline, with screens first.
fn arrange(speakers: &[Speaker]) -> Arc<[Tile]> {
    let screens = speakers.iter().filter(|speaker| speaker.sources.contains(&Source::Screen));
    let people = speakers.iter().filter(|speaker| has_person(speaker));
    let (screens, people): (Vec<_>, Vec<_>) = (screens.collect(), people.collect());
    let arrangement = Arrangement::of(screens.len(), people.len());
    let screens =
        screens.into_iter().zip(arrangement.screens).map(|(speaker, place)| tile(speaker, Seat::Screen, place));
    let people = people.into_iter().zip(arrangement.people).map(|(speaker, place)| tile(speaker, Seat::Person, place));
    screens.chain(people).collect()
}

/// Whether the seat of a person is taken, or that of their screen alone. Who sends nothing at all is on screen all the same.
fn has_person(speaker: &Speaker) -> bool {
    speaker.sources.is_empty() || speaker.sources.iter().any(|source| source.seat() == Seat::Person)
}

fn tile(speaker: &Speaker, seat: Seat, place: Rect) -> Tile {
    let source = if seat == Seat::Screen { Source::Screen } else { Source::Camera };
    let sends = |source: Source| speaker.sources.contains(&source) && !speaker.muted.contains(&source);
    Tile {
        person: speaker.person.clone(),
        name: speaker.name.clone(),
        seat,
        place,
        has_picture: sends(source) && !speaker.lost,
        silent: !sends(Source::Microphone),
    }
}

/// Pictures of the file, from and up to but without, in which something stands at one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown {
    pub from: i64,
    pub to: i64,
    pub place: Rect,
}

/// When, and where, a source of a person is shown, in order. `ticks`: how many pictures there are.
pub fn shown(scenes: &[Scene], person: &str, source: Source, ticks: i64) -> Vec<Shown> {
    let mut all: Vec<Shown> = Vec::new();
    for (position, scene) in scenes.iter().enumerate() {
        let to = scenes.get(position + 1).map_or(ticks, |next| next.from);
        let tile = scene.tiles.iter().find(|tile| tile.person == person && tile.source() == source && tile.has_picture);
        let Some(Tile { place, .. }) = tile else { continue };
        match all.last_mut() {
            Some(last) if last.to == scene.from && last.place == *place => last.to = to,
            _ => all.push(Shown { from: scene.from, to, place: *place }),
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::Moment;
    use crate::reel::RATE;

    const SECOND: i64 = 1_000_000;

    fn speaker(person: &str, sources: &[Source], muted: &[Source]) -> Speaker {
        Speaker {
            person: person.into(),
            name: person.to_uppercase(),
            sources: sources.to_vec(),
            muted: muted.to_vec(),
            lost: false,
        }
    }

    const BOTH: [Source; 2] = [Source::Microphone, Source::Camera];

    fn on_screen(at: i64, speakers: Vec<Speaker>) -> Moment {
        Moment { at: at * SECOND, what: What::OnScreen(speakers) }
    }

    fn speaking(at: i64, person: &str, speaking: bool) -> Moment {
        Moment { at: at * SECOND, what: What::Speaking { person: person.into(), speaking } }
    }

    fn of(moments: Vec<Moment>, end: i64) -> (Vec<Scene>, i64) {
        let block = Block { begin: 0, end: None, moments, tracks: Vec::new() };
        let reel = Reel::of(&block, end * SECOND);
        (scenes(&block, &reel), reel.ticks())
    }

    /// Seconds at which scenes begin, and who has a tile.
    fn told(scenes: &[Scene]) -> Vec<(i64, String)> {
        let names = |scene: &Scene| scene.tiles.iter().map(|tile| tile.name.clone()).collect::<Vec<_>>().join(" ");
        scenes.iter().map(|scene| (scene.from / RATE, names(scene))).collect()
    }

    #[test]
    fn k4_who_appears_when_follows_the_timeline_without_empty_time() {
        let (a, b) = (speaker("a", &BOTH, &[]), speaker("b", &BOTH, &[]));
        let moments = vec![
            on_screen(1, vec![a.clone()]),
            on_screen(3, vec![a.clone(), b.clone()]),
            on_screen(5, Vec::new()),
            on_screen(60, vec![b]),
        ];
        let (scenes, ticks) = of(moments, 65);
        assert_eq!(told(&scenes), [(0, "A".into()), (2, "A B".into()), (4, "B".into())]);
        assert_eq!(ticks, 9 * RATE);
    }

    #[test]
    fn k4_a_screen_has_a_tile_of_its_own_and_none_for_a_person_who_sends_nothing_else() {
        let both = speaker("a", &[Source::Microphone, Source::Screen, Source::ScreenAudio], &[]);
        let (scenes, _) = of(vec![on_screen(0, vec![speaker("b", &[Source::Screen], &[]), both])], 5);
        let seats: Vec<_> = scenes[0].tiles.iter().map(|tile| (tile.name.as_str(), tile.seat)).collect();
        assert_eq!(seats, [("B", Seat::Screen), ("A", Seat::Screen), ("A", Seat::Person)]);
    }

    #[test]
    fn k4_a_camera_that_is_muted_or_lost_or_not_there_has_no_picture() {
        let lost = Speaker { lost: true, ..speaker("c", &BOTH, &[]) };
        let speakers = vec![speaker("a", &BOTH, &[]), speaker("b", &BOTH, &BOTH), lost, speaker("d", &[], &[])];
        let (scenes, _) = of(vec![on_screen(0, speakers)], 5);
        let pictures: Vec<_> = scenes[0].tiles.iter().map(|tile| (tile.has_picture, tile.silent)).collect();
        assert_eq!(pictures, [(true, false), (false, true), (false, false), (false, true)]);
    }

    #[test]
    fn who_speaks_is_told_and_forgotten_when_everybody_leaves() {
        let a = || vec![speaker("a", &BOTH, &[])];
        let moments = vec![
            on_screen(0, a()),
            speaking(1, "a", true),
            speaking(2, "a", false),
            speaking(3, "a", true),
            on_screen(4, Vec::new()),
            on_screen(9, a()),
        ];
        let (scenes, _) = of(moments, 12);
        let who: Vec<_> = scenes.iter().map(|scene| (scene.from / RATE, scene.speaking.len())).collect();
        assert_eq!(who, [(0, 0), (1, 1), (2, 0), (3, 1), (4, 0)]);
    }

    #[test]
    fn of_two_changes_in_one_picture_the_later_one_holds() {
        let one = on_screen(1, vec![speaker("a", &BOTH, &[])]);
        let other = Moment { at: one.at + 5_000, ..on_screen(1, vec![speaker("b", &BOTH, &[])]) };
        assert_eq!(told(&of(vec![one, other], 3).0), [(0, "B".into())]);
    }

    #[test]
    fn a_source_is_shown_where_its_tile_stands() {
        let (a, b) = (speaker("a", &BOTH, &[]), speaker("b", &BOTH, &[]));
        let muted = speaker("a", &BOTH, &[Source::Camera]);
        let moments = vec![
            on_screen(0, vec![a.clone()]),
            speaking(1, "a", true),
            on_screen(2, vec![a.clone(), b.clone()]),
            on_screen(4, vec![muted, b.clone()]),
            on_screen(6, vec![a, b]),
        ];
        let (scenes, ticks) = of(moments, 8);
        let shown: Vec<_> = shown(&scenes, "a", Source::Camera, ticks)
            .into_iter()
            .map(|shown| (shown.from / RATE, shown.to / RATE, shown.place.width == crate::layout::WIDTH))
            .collect();
        assert_eq!(shown, [(0, 2, true), (2, 4, false), (6, 8, false)]);
    }
}
