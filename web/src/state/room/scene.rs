//! Which tiles are large and which stand in a strip, by the layout that the person chose (H3).

use super::grid::{Arrangement, faces_fit};
use super::layout::Layout;
use super::tiles::{Key, Stage, Tile};
use protocol::room::Seat;

/// How the person looks at the stage now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct View {
    pub layout: Layout,
    /// The tile that they want to see large, whatever else happens.
    pub pinned: Option<Key>,
    /// Who is large while they speak.
    pub speaker: Option<String>,
}

/// The tiles of the stage in two groups.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scene {
    pub large: Vec<Tile>,
    pub rest: Vec<Tile>,
    pub hidden: Vec<Tile>,
}

impl Scene {
    /// For a stage of so many pixels.
    pub fn of(stage: Stage, view: &View, (width, height): (f64, f64)) -> Self {
        let places = stage.places();
        let Stage { screens, people, hidden } = stage;
        let alike = match view.layout {
            Layout::Grid => true,
            Layout::Automatic => faces_fit(places, width, height),
            Layout::Speaker => false,
        };
        let speaker = || view.speaker.clone().map(|person| (person, false));
        let one = match &view.pinned {
            Some(pinned) => Some(pinned.clone()),
            None if screens.is_empty() && !alike => speaker(),
            None => None,
        };
        let chosen = one.filter(|key| screens.iter().chain(&people).any(|tile| tile.key() == *key));
        let Some(chosen) = chosen else { return Self { large: screens, rest: people, hidden } };
        let (large, rest) = screens.into_iter().chain(people).partition(|tile| tile.key() == chosen);
        Self { large, rest, hidden }
    }

    /// Where they stand; the overflow tile comes last.
    pub fn arrange(&self, (width, height): (f64, f64)) -> Arrangement {
        let rest = self.rest.len() + usize::from(!self.hidden.is_empty());
        match &self.large[..] {
            [one] if one.seat == Seat::Person => Arrangement::around_one(rest, width, height),
            large => Arrangement::of(large.len(), rest, width, height),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Room;
    use super::super::tiles::tests::room;
    use super::*;
    use protocol::room::Source;

    const DESK: (f64, f64) = (1400.0, 700.0);
    const PHONE: (f64, f64) = (390.0, 600.0);

    fn large(room: &Room, view: &View, size: (f64, f64)) -> Vec<Key> {
        let scene = Scene::of(Stage::of(room, view.pinned.as_ref()), view, size);
        let tiles = scene.large.len() + scene.rest.len() + scene.hidden.len();
        let screens = room.speakers.iter().filter(|one| one.sources.contains(&Source::Screen)).count();
        assert_eq!(tiles, room.speakers.len() + screens, "nobody is lost on the way");
        scene.large.iter().map(Tile::key).collect()
    }

    fn view(layout: Layout) -> View {
        View { layout, pinned: None, speaker: Some("p01".into()) }
    }

    fn person(name: &str) -> Key {
        (name.into(), false)
    }

    #[test]
    fn h3_the_speaker_is_large_when_the_person_wants_it_so() {
        assert_eq!(large(&room(3), &view(Layout::Speaker), DESK), [person("p01")]);
        assert!(large(&room(3), &view(Layout::Grid), DESK).is_empty());
        let nobody = View { speaker: None, ..view(Layout::Speaker) };
        assert!(large(&room(3), &nobody, DESK).is_empty());
    }

    #[test]
    fn h3_automatic_is_a_grid_as_long_as_faces_can_be_recognised() {
        assert!(large(&room(16), &view(Layout::Automatic), DESK).is_empty());
        assert!(large(&room(6), &view(Layout::Automatic), PHONE).is_empty());
        assert_eq!(large(&room(16), &view(Layout::Automatic), PHONE), [person("p01")]);
    }

    #[test]
    fn h3_a_screen_is_large_in_every_layout() {
        let mut room = room(4);
        room.speakers[2].sources.push(Source::Screen);
        for layout in Layout::ALL {
            assert_eq!(large(&room, &view(layout), DESK), [("p02".into(), true)], "{layout:?}");
        }
    }

    #[test]
    fn h3_what_is_pinned_is_larger_than_everything_until_it_goes() {
        let mut room = room(30);
        room.speakers[2].sources.push(Source::Screen);
        for layout in Layout::ALL {
            let pinned = View { pinned: Some(person("p29")), ..view(layout) };
            assert_eq!(large(&room, &pinned, DESK), [person("p29")], "{layout:?}, also out of the overflow");
        }
        let gone = View { pinned: Some(person("nobody")), ..view(Layout::Grid) };
        assert_eq!(large(&room, &gone, DESK), [("p02".into(), true)]);
    }

    #[test]
    fn h4_who_speaks_is_outlined_in_every_layout() {
        let mut room = room(4);
        room.speaking = vec!["p01".into()];
        for layout in Layout::ALL {
            let view = view(layout);
            let scene = Scene::of(Stage::of(&room, None), &view, DESK);
            let outlined: Vec<&str> =
                scene.large.iter().chain(&scene.rest).filter(|tile| tile.speaking).map(|tile| &*tile.person).collect();
            assert_eq!(outlined, ["p01"], "{layout:?}");
        }
    }
}
