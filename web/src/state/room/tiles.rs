//! Which tiles stand on the stage, in which order.

use super::Room;
use protocol::room::{Seat, Source, Speaker};
use protocol::signalling::Quality;
use protocol::youtube::Youtube;

/// Tiles at the most, the overflow tile included (E4).
pub const MAX_TILES: usize = 16;

/// One tile: a person, or the screen that a person shares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tile {
    pub person: String,
    pub name: String,
    pub seat: Seat,
    /// Of the person who looks at it.
    pub own: bool,
    /// What to show in it, as the media layer names it; none while there is no picture.
    pub picture: Option<String>,
    /// The microphone is muted, or there is none.
    pub silent: bool,
    pub speaking: bool,
    /// The person's connection is lost; the seat is held (E1).
    pub lost: bool,
    /// The seat is held for the person who looks at it, from another tab or before a reload: they may take it again.
    pub kept: bool,
    /// How well the person's picture and voice arrive, or the own ones leave (H4).
    pub quality: Quality,
}

/// Names a tile: whose it is, and whether it is a screen.
pub type Key = (String, bool);

impl Tile {
    /// Names the tile among all tiles, also after its picture changed.
    pub fn key(&self) -> Key {
        let of = if self.seat == Seat::Youtube { "youtube" } else { "" };
        (format!("{of}{}", self.person), self.seat != Seat::Person)
    }
}

/// The stage: screens large, people in a grid, and how many are only in the overflow tile's list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stage {
    pub screens: Vec<Tile>,
    pub people: Vec<Tile>,
    pub hidden: Vec<Tile>,
}

impl Stage {
    /// What to show of `room`. A person keeps a place on the stage while fewer than [`MAX_TILES`] tiles are needed; beyond
    /// that, who spoke latest is shown (E4), in the order in which people came so that tiles do not wander. What is `pinned` is
    /// shown in any case.
    pub fn of(room: &Room, pinned: Option<&Key>) -> Self {
        let mut screens = Vec::new();
        let mut people = Vec::new();
        // First, so that it stays where it is: a frame that is moved in the page begins anew.
        screens.extend(room.video.as_ref().map(|shared| video(room, &shared.video)));
        for speaker in &room.speakers {
            if shows(speaker, Seat::Screen) {
                screens.push(tile(room, speaker, Seat::Screen));
            }
            if shows(speaker, Seat::Person) {
                people.push(tile(room, speaker, Seat::Person));
            }
        }
        let places = MAX_TILES.saturating_sub(screens.len()).max(1);
        if people.len() <= places {
            return Self { screens, people, hidden: Vec::new() };
        }
        let kept = |tile: &Tile| tile.own || pinned == Some(&tile.key());
        let rank = |tile: &Tile| match (kept(tile), room.spoken.iter().position(|person| *person == tile.person)) {
            (true, _) => 0,
            (false, Some(position)) => position + 1,
            (false, None) => usize::MAX,
        };
        let mut ranked: Vec<(usize, usize)> =
            people.iter().enumerate().map(|(position, tile)| (rank(tile), position)).collect();
        ranked.sort_unstable();
        // One place is the overflow tile's.
        let shown: Vec<usize> = ranked.iter().take(places - 1).map(|(_, position)| *position).collect();
        let (mut visible, mut hidden) = (Vec::new(), Vec::new());
        for (position, tile) in people.into_iter().enumerate() {
            if shown.contains(&position) { visible.push(tile) } else { hidden.push(tile) }
        }
        Self { screens, people: visible, hidden }
    }

    /// Tiles of people, the overflow tile included.
    pub fn places(&self) -> usize {
        self.people.len() + usize::from(!self.hidden.is_empty())
    }
}

fn shows(speaker: &Speaker, seat: Seat) -> bool {
    speaker.sources.iter().any(|source| source.seat() == seat)
}

/// The video that is watched together is large, as a screen is.
fn video(room: &Room, video: &Youtube) -> Tile {
    Tile {
        person: video.person.clone(),
        name: video.name.clone(),
        seat: Seat::Youtube,
        own: room.shares_video(),
        picture: None,
        silent: false,
        speaking: false,
        lost: false,
        kept: false,
        quality: Quality::default(),
    }
}

fn tile(room: &Room, speaker: &Speaker, seat: Seat) -> Tile {
    let own = room.me.as_deref() == Some(&speaker.person);
    let source = match seat {
        Seat::Person => Source::Camera,
        Seat::Screen | Seat::Youtube => Source::Screen,
    };
    let sent = speaker.sources.contains(&source) && !speaker.muted.contains(&source);
    let picture = if own {
        let local = if seat == Seat::Person { "local:camera" } else { "local:screen" };
        room.sends(source).then(|| local.to_owned())
    } else if sent {
        room.received.get(&(speaker.person.clone(), source)).cloned()
    } else {
        None
    };
    let silent = if own {
        !room.sends(Source::Microphone)
    } else {
        !speaker.sources.contains(&Source::Microphone) || speaker.muted.contains(&Source::Microphone)
    };
    Tile {
        person: speaker.person.clone(),
        name: speaker.name.clone(),
        seat,
        own,
        picture,
        silent,
        speaking: seat == Seat::Person && !silent && room.speaking.contains(&speaker.person),
        lost: speaker.lost,
        // Whoever comes back with their devices on takes it by themselves.
        kept: own && speaker.lost && !room.seated(seat),
        quality: room.quality.get(&speaker.person).copied().unwrap_or_default(),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::{Change, Own};
    use super::*;
    use protocol::signalling::PersonQuality;

    pub fn speaker(person: &str, sources: &[Source]) -> Speaker {
        Speaker {
            person: person.into(),
            name: person.to_uppercase(),
            sources: sources.to_vec(),
            muted: Vec::new(),
            lost: false,
        }
    }

    /// These on screen, looked at by "me".
    pub fn room_of(speakers: Vec<Speaker>) -> Room {
        Room { me: Some("me".into()), speakers, ..Room::default() }
    }

    /// So many people with camera and microphone: "p00", "p01" and so on.
    pub fn room(people: usize) -> Room {
        let sources = [Source::Microphone, Source::Camera];
        room_of((0..people).map(|number| speaker(&format!("p{number:02}"), &sources)).collect())
    }

    fn names(tiles: &[Tile]) -> Vec<&str> {
        tiles.iter().map(|tile| tile.person.as_str()).collect()
    }

    #[test]
    fn e4_sixteen_people_have_sixteen_tiles_and_no_overflow() {
        let stage = Stage::of(&room(16), None);
        assert_eq!((stage.people.len(), stage.hidden.len(), stage.places()), (16, 0, 16));
    }

    #[test]
    fn e4_the_seventeenth_makes_an_overflow_tile() {
        let stage = Stage::of(&room(17), None);
        assert_eq!((stage.people.len(), stage.hidden.len(), stage.places()), (15, 2, 16));
    }

    #[test]
    fn e4_who_speaks_gets_a_tile_and_the_others_keep_their_order() {
        let mut room = room(30);
        room.apply(Change::Speaking { people: vec!["p28".into()], own: false });
        let stage = Stage::of(&room, None);
        assert_eq!(stage.people.last().unwrap().person, "p28");
        assert_eq!(names(&stage.people)[..3], ["p00", "p01", "p02"]);
        assert!(!names(&stage.people).contains(&"p14"));
    }

    #[test]
    fn e4_a_screen_takes_one_of_the_sixteen_places() {
        let mut room = room(16);
        room.speakers[0].sources.push(Source::Screen);
        let stage = Stage::of(&room, None);
        assert_eq!((stage.screens.len(), stage.people.len(), stage.hidden.len()), (1, 14, 2));
    }

    #[test]
    fn h3_a_pinned_tile_is_never_in_the_overflow() {
        let room = room(30);
        let pinned = ("p29".to_owned(), false);
        let stage = Stage::of(&room, Some(&pinned));
        assert_eq!((stage.people.len(), stage.people.last().unwrap().person.as_str()), (15, "p29"));
    }

    #[test]
    fn h4_a_tile_says_how_well_its_person_is_received_and_only_while_that_is_known() {
        let mut room = room(2);
        let poor = PersonQuality { person: "p01".into(), quality: Quality::Poor };
        room.apply(Change::Quality(vec![poor]));
        let qualities = |room: &Room| Stage::of(room, None).people.iter().map(|tile| tile.quality).collect::<Vec<_>>();
        assert_eq!(qualities(&room), [Quality::Good, Quality::Poor]);
        room.apply(Change::NothingReceived);
        assert_eq!(qualities(&room), [Quality::Good; 2]);
    }

    #[test]
    fn a_picture_is_shown_when_it_is_sent_and_received_only() {
        let mut room = room(1);
        assert_eq!(Stage::of(&room, None).people[0].picture, None);
        room.apply(Change::Received { person: "p00".into(), source: Source::Camera, consumer: "c".into() });
        assert_eq!(Stage::of(&room, None).people[0].picture.as_deref(), Some("c"));
        room.speakers[0].muted.push(Source::Camera);
        assert_eq!(Stage::of(&room, None).people[0].picture, None);
    }

    #[test]
    fn the_own_tile_shows_what_is_being_sent_at_once() {
        let mut room = room(1);
        room.me = Some("p00".into());
        room.apply(Change::Own { source: Source::Camera, own: Own { muted: false, on_screen: true } });
        let tile = Stage::of(&room, None).people.remove(0);
        assert_eq!((tile.own, tile.picture.as_deref(), tile.silent), (true, Some("local:camera"), true));
        room.apply(Change::Own { source: Source::Camera, own: Own { muted: true, on_screen: true } });
        assert_eq!(Stage::of(&room, None).people[0].picture, None);
    }

    /// E1, H5: with another tab nothing comes back by itself; after a short loss it does.
    #[test]
    fn e1_h5_a_place_is_kept_for_who_came_with_another_tab() {
        let mut room = room(2);
        room.me = Some("p00".into());
        room.speakers.iter_mut().for_each(|speaker| speaker.lost = true);
        let kept = |room: &Room| Stage::of(room, None).people.iter().map(|tile| tile.kept).collect::<Vec<_>>();
        assert_eq!(kept(&room), [true, false]);
        room.apply(Change::Own { source: Source::Camera, own: Own { muted: false, on_screen: false } });
        assert_eq!(kept(&room), [false, false]);
    }

    #[test]
    fn a_screen_without_a_camera_has_no_tile_for_the_person() {
        let mut room = room(1);
        room.speakers[0].sources = vec![Source::Screen, Source::ScreenAudio];
        let stage = Stage::of(&room, None);
        assert_eq!((stage.screens.len(), stage.people.len()), (1, 0));
    }
}
