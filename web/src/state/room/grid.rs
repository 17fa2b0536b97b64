//! Where tiles stand: as large as the stage lets them, screens before people.

/// Width to height of a picture.
const ASPECT: f64 = 16.0 / 9.0;

/// Widths to heights that people may have on a tall stage, where wide tiles would leave most of it empty: a head and
/// shoulders survive a cut at the sides.
const TALL_ASPECTS: [f64; 3] = [ASPECT, 4.0 / 3.0, 1.0];

/// Pixels between two tiles.
pub const GAP: f64 = 12.0;

/// A layout of equal tiles.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Grid {
    columns: usize,
    tile_width: f64,
    tile_height: f64,
}

impl Grid {
    /// The largest tiles of one of `aspects` that let `count` of them stand in `width` × `height` pixels.
    fn best(count: usize, width: f64, height: f64, aspects: &[f64]) -> Self {
        let mut best = Self::default();
        for columns in 1..=count.max(1) {
            let rows = count.max(1).div_ceil(columns);
            let free_width = width - GAP * (columns - 1) as f64;
            let free_height = height - GAP * (rows - 1) as f64;
            for aspect in aspects {
                let tile_width = (free_width / columns as f64).min(free_height / rows as f64 * aspect).max(0.0).floor();
                let tile_height = (tile_width / aspect).floor();
                if tile_width * tile_height > best.tile_width * best.tile_height {
                    best = Self { columns, tile_width, tile_height };
                }
            }
        }
        best
    }
}

/// A place on the stage, in pixels from its upper left corner.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    pub left: f64,
    pub top: f64,
    pub width: f64,
    pub height: f64,
}

impl Rect {
    /// One person in the middle of this place, as large as it lets them: what is cut off at the sides is no face.
    fn face(self) -> Self {
        let width = self.width.min((self.height * ASPECT).floor());
        let height = self.height.min(width);
        let left = (self.left + (self.width - width) / 2.0).floor();
        let top = (self.top + (self.height - height) / 2.0).floor();
        Self { left, top, width, height }
    }

    /// `count` tiles as large as this place lets them, in the middle of it, the last row centred.
    fn tiles(self, count: usize, aspects: &[f64]) -> Vec<Self> {
        let grid = Grid::best(count, self.width, self.height, aspects);
        if grid.columns == 0 {
            return vec![Self::default(); count];
        }
        let rows = count.div_ceil(grid.columns);
        let top = self.top + (self.height - extent(rows, grid.tile_height)) / 2.0;
        (0..count)
            .map(|position| {
                let (row, column) = (position / grid.columns, position % grid.columns);
                let in_row = (count - row * grid.columns).min(grid.columns);
                let left = self.left + (self.width - extent(in_row, grid.tile_width)) / 2.0;
                Self {
                    left: (left + column as f64 * (grid.tile_width + GAP)).floor(),
                    top: (top + row as f64 * (grid.tile_height + GAP)).floor(),
                    width: grid.tile_width,
                    height: grid.tile_height,
                }
            })
            .collect()
    }
}

/// Pixels of width from which a face in a grid can be recognised.
const FACE: f64 = 132.0;

/// Whether so many people in a grid can be recognised.
pub fn faces_fit(people: usize, width: f64, height: f64) -> bool {
    Grid::best(people, width, height, aspects(width, height)).tile_width >= FACE
}

fn aspects(width: f64, height: f64) -> &'static [f64] {
    if width >= height { &TALL_ASPECTS[..1] } else { &TALL_ASPECTS[..] }
}

/// Where everything stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Arrangement {
    /// What is large: screens as a rule.
    pub screens: Vec<Rect>,
    pub people: Vec<Rect>,
}

impl Arrangement {
    /// People fill the stage; screens take most of it, with the people beside them, or below on a tall stage (H3).
    pub fn of(screens: usize, people: usize, width: f64, height: f64) -> Self {
        let whole = Rect { left: 0.0, top: 0.0, width, height };
        let wide = width >= height;
        let aspects = aspects(width, height);
        let (large, rest) = match (screens, people) {
            (0, _) | (_, 0) => (whole, whole),
            _ if wide => beside(people, whole),
            _ => below(screens, whole),
        };
        Self { screens: large.tiles(screens, &[ASPECT]), people: rest.tiles(people, aspects) }
    }

    /// One person takes most of the stage, the others stand in a strip beside, or below on a tall one (H3).
    pub fn around_one(others: usize, width: f64, height: f64) -> Self {
        /// What of a tall stage the large one has.
        const UPPER: f64 = 0.62;
        let whole = Rect { left: 0.0, top: 0.0, width, height };
        let (large, rest) = if others == 0 {
            (whole, whole)
        } else if width >= height {
            strip_beside(others, whole, &[0.16, 0.2, 0.25])
        } else {
            split_below((height * UPPER).floor(), whole)
        };
        Self { screens: vec![large.face()], people: rest.tiles(others, aspects(width, height)) }
    }
}

/// The narrowest strip in which people can still be recognised.
fn beside(people: usize, whole: Rect) -> (Rect, Rect) {
    strip_beside(people, whole, &[0.18, 0.22, 0.26, 0.3, 0.35])
}

/// As that, of these shares of the width, from narrow to wide.
fn strip_beside(people: usize, whole: Rect, shares: &[f64]) -> (Rect, Rect) {
    const RECOGNISABLE: f64 = 180.0;
    let strip = |share: f64| (whole.width * share).floor();
    let wide_enough =
        |share: &f64| Grid::best(people, strip(*share), whole.height, &[ASPECT]).tile_width >= RECOGNISABLE;
    let widest = shares.last().copied().unwrap_or_default();
    let width = strip(shares.iter().copied().find(wide_enough).unwrap_or(widest));
    let rest = Rect { left: whole.width - width, width, ..whole };
    (Rect { width: whole.width - width - GAP, ..whole }, rest)
}

/// A tall stage gives the screens what their shape can use, up to three fifths.
fn below(screens: usize, whole: Rect) -> (Rect, Rect) {
    let used = (whole.width / ASPECT).ceil() * screens as f64 + GAP * (screens - 1) as f64;
    split_below(used.min(whole.height * 0.6).floor(), whole)
}

fn split_below(height: f64, whole: Rect) -> (Rect, Rect) {
    let top = height + GAP;
    (Rect { height, ..whole }, Rect { top, height: (whole.height - top).max(0.0), ..whole })
}

/// Pixels that `count` tiles of `size` and the gaps between them take.
fn extent(count: usize, size: f64) -> f64 {
    count as f64 * size + GAP * count.saturating_sub(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_tile_fills_what_its_shape_allows() {
        let grid = Grid::best(1, 1600.0, 900.0, &[ASPECT]);
        assert_eq!((grid.columns, grid.tile_width, grid.tile_height), (1, 1600.0, 900.0));
        assert_eq!(Grid::best(1, 2000.0, 900.0, &[ASPECT]).tile_height, 900.0);
    }

    #[test]
    fn two_tiles_stand_side_by_side_on_a_wide_stage_and_above_each_other_on_a_phone() {
        assert_eq!(Grid::best(2, 1400.0, 700.0, &[ASPECT]).columns, 2);
        assert_eq!(Grid::best(2, 390.0, 600.0, &TALL_ASPECTS).columns, 1);
    }

    #[test]
    fn e4_sixteen_tiles_always_fit() {
        for (width, height) in [(1400.0, 700.0), (390.0, 600.0), (3840.0, 1900.0), (800.0, 300.0)] {
            for count in 1..=16 {
                let grid = Grid::best(count, width, height, &[ASPECT]);
                let rows = count.div_ceil(grid.columns) as f64;
                let columns = grid.columns as f64;
                assert!(grid.tile_width * columns + GAP * (columns - 1.0) <= width, "{count} in {width}×{height}");
                assert!(grid.tile_height * rows + GAP * (rows - 1.0) <= height, "{count} in {width}×{height}");
                assert!(grid.tile_width > 60.0, "{count} in {width}×{height}");
            }
        }
    }

    #[test]
    fn no_room_gives_no_size_and_no_panic() {
        assert_eq!(Grid::best(3, 0.0, 0.0, &[ASPECT]), Grid::default());
        assert_eq!(Grid::best(0, 100.0, 100.0, &[ASPECT]).columns, 1);
    }

    const STAGES: [(f64, f64); 4] = [(1400.0, 700.0), (390.0, 600.0), (3840.0, 1900.0), (844.0, 300.0)];

    /// All of them lie on the stage, none over another, and none is too small to press.
    fn stand_apart(arrangement: Arrangement, (width, height): (f64, f64), of: &str) {
        let all: Vec<Rect> = arrangement.screens.into_iter().chain(arrangement.people).collect();
        for (position, a) in all.iter().enumerate() {
            assert!(a.left >= 0.0 && a.top >= 0.0 && a.width > 40.0, "{a:?} of {of}");
            assert!(a.left + a.width <= width && a.top + a.height <= height, "{a:?} in {width}×{height}");
            for b in &all[..position] {
                let apart = a.left >= b.left + b.width
                    || b.left >= a.left + a.width
                    || a.top >= b.top + b.height
                    || b.top >= a.top + a.height;
                assert!(apart, "{a:?} over {b:?} in {width}×{height}, {of}");
            }
        }
    }

    #[test]
    fn e4_h3_nothing_overlaps_and_nothing_leaves_the_stage() {
        for (width, height) in STAGES {
            for screens in 0..=2 {
                for people in 0..=16 - screens {
                    let arrangement = Arrangement::of(screens, people, width, height);
                    assert_eq!((arrangement.screens.len(), arrangement.people.len()), (screens, people));
                    stand_apart(arrangement, (width, height), &format!("{screens}+{people}"));
                }
            }
        }
    }

    #[test]
    fn h3_a_speaker_has_at_least_half_of_the_stage_and_hides_nobody() {
        for (width, height) in STAGES {
            for others in 0..=15 {
                let arrangement = Arrangement::around_one(others, width, height);
                assert_eq!((arrangement.screens.len(), arrangement.people.len()), (1, others));
                let large = arrangement.screens[0];
                let share = large.width * large.height / (width * height);
                assert!(share >= 0.5, "{share} of {width}×{height} with {others} others");
                stand_apart(arrangement, (width, height), &format!("1 and {others}"));
            }
        }
    }

    #[test]
    fn h3_on_a_phone_the_others_stand_below_the_speaker() {
        let Arrangement { screens, people } = Arrangement::around_one(6, 390.0, 600.0);
        assert!(people.iter().all(|one| one.top >= screens[0].top + screens[0].height), "{people:?}");
    }

    #[test]
    fn a_phone_shows_people_less_wide_rather_than_small() {
        let people = Arrangement::of(0, 5, 390.0, 600.0).people;
        assert!(people[0].height > 180.0, "{people:?}");
    }

    #[test]
    fn h3_no_person_is_larger_than_a_screen() {
        for (width, height) in STAGES {
            for people in 1..=15 {
                let arrangement = Arrangement::of(1, people, width, height);
                assert!(arrangement.screens[0].width >= arrangement.people[0].width, "{people} in {width}×{height}");
            }
        }
    }

    #[test]
    fn a_row_that_is_not_full_stands_in_the_middle() {
        let people = Arrangement::of(0, 3, 1000.0, 700.0).people;
        let last = people[2];
        assert_eq!((last.left + last.width / 2.0).round(), 500.0);
    }
}
