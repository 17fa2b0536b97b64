//! Where tiles stand in the picture: as large as it lets them, screens before people (K4).
//!
//! All numbers are even, because a picture has one colour for each four pixels.

pub const WIDTH: usize = 1920;
pub const HEIGHT: usize = 1080;

/// A place in the picture, in pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Rect {
    pub left: usize,
    pub top: usize,
    pub width: usize,
    pub height: usize,
}

const WHOLE: Rect = Rect { left: 0, top: 0, width: WIDTH, height: HEIGHT };

/// Shares of the width that people beside a screen may take, from narrow to wide.
const STRIPS: [f64; 5] = [0.16, 0.2, 0.24, 0.3, 0.35];

/// Pixels of width from which a face beside a screen can be recognised.
const FACE: usize = 240;

/// Where everything stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arrangement {
    pub screens: Vec<Rect>,
    pub people: Vec<Rect>,
}

impl Arrangement {
    /// People fill the picture; screens take most of it, with the people in columns at the right.
    pub fn of(screens: usize, people: usize) -> Self {
        let gap = gap(screens + people);
        if screens + people == 1 {
            let alone = |count| vec![WHOLE; count];
            return Self { screens: alone(screens), people: alone(people) };
        }
        let whole = WHOLE.inset(gap);
        if screens == 0 || people == 0 {
            return Self { screens: whole.tiles(screens, gap), people: whole.tiles(people, gap) };
        }
        let strip = |share: f64| even((whole.width as f64 * share) as usize);
        let wide =
            STRIPS.map(strip).into_iter().find(|width| Grid::best(people, *width, whole.height, gap).width >= FACE);
        let width = wide.unwrap_or(strip(STRIPS[STRIPS.len() - 1]));
        let large = Rect { width: whole.width - width - gap, ..whole };
        let rest = Rect { left: whole.left + whole.width - width, width, ..whole };
        Self { screens: large.tiles(screens, gap), people: rest.tiles(people, gap) }
    }
}

/// Pixels between tiles, less of them where many stand.
fn gap(tiles: usize) -> usize {
    if tiles > 16 { 6 } else { 12 }
}

fn even(number: usize) -> usize {
    number & !1
}

/// A layout of equal tiles of 16:9.
#[derive(Clone, Copy, Default)]
struct Grid {
    columns: usize,
    width: usize,
    height: usize,
}

impl Grid {
    /// The largest tiles that let `count` of them stand in `width` × `height` pixels.
    fn best(count: usize, width: usize, height: usize, gap: usize) -> Self {
        let mut best = Self::default();
        for columns in 1..=count {
            let rows = count.div_ceil(columns);
            let free_width = width.saturating_sub(gap * (columns - 1)) / columns;
            let free_height = height.saturating_sub(gap * (rows - 1)) / rows;
            let tile_width = even(free_width.min(free_height * 16 / 9));
            let tile_height = even(tile_width * 9 / 16);
            if tile_width * tile_height > best.width * best.height {
                best = Self { columns, width: tile_width, height: tile_height };
            }
        }
        best
    }
}

impl Rect {
    fn inset(self, by: usize) -> Self {
        Self { left: self.left + by, top: self.top + by, width: self.width - 2 * by, height: self.height - 2 * by }
    }

    /// `count` tiles as large as this place lets them, in the middle of it, the last row centred.
    fn tiles(self, count: usize, gap: usize) -> Vec<Self> {
        let Grid { columns, width, height } = Grid::best(count, self.width, self.height, gap);
        if columns == 0 {
            // More than there can ever be: better small and over each other than no file at all.
            return vec![Self { width: 2, height: 2, ..self }; count];
        }
        let extent = |count: usize, size: usize| count * size + gap * count.saturating_sub(1);
        let rows = count.div_ceil(columns);
        let top = self.top + (self.height - extent(rows, height)) / 2;
        (0..count)
            .map(|position| {
                let (row, column) = (position / columns, position % columns);
                let in_row = (count - row * columns).min(columns);
                let left = self.left + (self.width - extent(in_row, width)) / 2;
                Self { left: even(left + column * (width + gap)), top: even(top + row * (height + gap)), width, height }
            })
            .collect()
    }
}

/// How a picture stands in its tile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fit {
    /// Where in the recorded picture it is seen.
    pub place: Rect,
    /// What of the source is seen: the same for every tile of it.
    pub crop: Rect,
}

/// A picture whose sides are to each other nearly as 16:9 loses a little at the edges and fills its tile.
const NEARLY: f64 = 0.12;

/// A camera in its tile.
pub fn fit_camera((width, height): (u32, u32), tile: Rect) -> Fit {
    let (width, height) = (width as usize, height as usize);
    let wide = 16.0 / 9.0;
    if ((width as f64 / height as f64) / wide - 1.0).abs() > NEARLY {
        return fit_whole((width as u32, height as u32), tile);
    }
    let (crop_width, crop_height) =
        (width.min(even(height * 16 / 9 + 1)).max(1), height.min(even(width * 9 / 16 + 1)).max(1));
    let crop = Rect {
        left: even((width - crop_width) / 2),
        top: even((height - crop_height) / 2),
        width: crop_width,
        height: crop_height,
    };
    Fit { place: tile, crop }
}

/// A picture of which nothing may be cut off: screens above all.
pub fn fit_whole((width, height): (u32, u32), tile: Rect) -> Fit {
    let (source_width, source_height) = (f64::from(width), f64::from(height));
    let scale = (tile.width as f64 / source_width).min(tile.height as f64 / source_height);
    let side = |source: f64, most: usize| even((source * scale).round() as usize).clamp(2, most.max(2));
    let (shown_width, shown_height) = (side(source_width, tile.width), side(source_height, tile.height));
    let place = Rect {
        left: tile.left + even((tile.width - shown_width) / 2),
        top: tile.top + even((tile.height - shown_height) / 2),
        width: shown_width,
        height: shown_height,
    };
    Fit { place, crop: Rect { left: 0, top: 0, width: width as usize, height: height as usize } }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Columns and rows that tiles stand in.
    fn shape(tiles: &[Rect]) -> (usize, usize) {
        let rows: std::collections::BTreeSet<usize> = tiles.iter().map(|tile| tile.top).collect();
        let columns = rows.iter().map(|top| tiles.iter().filter(|tile| tile.top == *top).count()).max();
        (columns.unwrap_or_default(), rows.len())
    }

    #[test]
    fn k4_the_grid_grows_from_one_to_eight_by_seven() {
        let expected = [
            (1, (1, 1)),
            (2, (2, 1)),
            (3, (2, 2)),
            (4, (2, 2)),
            (5, (3, 2)),
            (9, (3, 3)),
            (16, (4, 4)),
            (25, (5, 5)),
            (50, (8, 7)),
        ];
        for (people, grid) in expected {
            assert_eq!(shape(&Arrangement::of(0, people).people), grid, "{people} people");
        }
    }

    #[test]
    fn k4_one_alone_has_the_whole_picture() {
        assert_eq!(Arrangement::of(0, 1).people, [WHOLE]);
        assert_eq!(Arrangement::of(1, 0).screens, [WHOLE]);
    }

    #[test]
    fn k4_everybody_is_whole_in_the_picture_and_over_nobody() {
        for screens in 0..=5 {
            for people in 0..=50 {
                let Arrangement { screens: large, people: small } = Arrangement::of(screens, people);
                assert_eq!((large.len(), small.len()), (screens, people));
                let all: Vec<Rect> = large.into_iter().chain(small).collect();
                for (position, a) in all.iter().enumerate() {
                    assert!(a.width >= 60 && a.left + a.width <= WIDTH && a.top + a.height <= HEIGHT, "{a:?}");
                    assert_eq!([a.left, a.top, a.width, a.height].map(|number| number % 2), [0; 4], "{a:?}");
                    for b in &all[..position] {
                        let apart = a.left >= b.left + b.width
                            || b.left >= a.left + a.width
                            || a.top >= b.top + b.height
                            || b.top >= a.top + a.height;
                        assert!(apart, "{a:?} over {b:?}, {screens} + {people}");
                    }
                }
            }
        }
    }

    #[test]
    fn k4_a_screen_is_large_at_the_left_with_all_tiles_at_its_right() {
        for people in [1, 4, 12, 50] {
            let Arrangement { screens, people: tiles } = Arrangement::of(1, people);
            assert!(screens[0].width * 100 >= WIDTH * 60, "{screens:?} beside {people}");
            assert!(tiles.iter().all(|tile| tile.left >= screens[0].left + screens[0].width), "{people} people");
        }
    }

    #[test]
    fn several_screens_share_the_large_place() {
        let Arrangement { screens, people } = Arrangement::of(2, 3);
        assert_eq!(screens[0].width, screens[1].width);
        assert!(screens[0].width > people[0].width);
    }

    const TILE: Rect = Rect { left: 100, top: 50, width: 640, height: 360 };

    #[test]
    fn a_camera_of_nearly_the_shape_of_its_tile_fills_it() {
        assert_eq!(
            fit_camera((1280, 720), TILE),
            Fit { place: TILE, crop: Rect { left: 0, top: 0, width: 1280, height: 720 } }
        );
        let Fit { place, crop } = fit_camera((1280, 800), TILE);
        assert_eq!((place, crop), (TILE, Rect { left: 0, top: 40, width: 1280, height: 720 }));
    }

    #[test]
    fn a_camera_of_another_shape_is_seen_whole() {
        let four_to_three = Fit {
            place: Rect { left: 180, top: 50, width: 480, height: 360 },
            crop: Rect { left: 0, top: 0, width: 640, height: 480 },
        };
        assert_eq!(fit_camera((640, 480), TILE), four_to_three);
        assert!(fit_camera((360, 640), TILE).place.width < 210, "a telephone held upright");
    }

    #[test]
    fn k4_of_a_screen_nothing_is_cut_off() {
        let Fit { place, crop } = fit_whole((1280, 800), TILE);
        assert_eq!((place.width, place.height, crop.height), (576, 360, 800));
    }

    #[test]
    fn no_size_of_a_source_leads_out_of_the_tile() {
        for size in [(1, 1), (2, 2), (3, 16_384), (16_384, 2), (1919, 1079), (17, 9), (16, 9)] {
            for Fit { place, crop } in [fit_camera(size, TILE), fit_whole(size, TILE)] {
                assert!(place.left >= 100 && place.left + place.width <= 740, "{size:?}: {place:?}");
                assert!(place.top >= 50 && place.top + place.height <= 410, "{size:?}: {place:?}");
                assert!(crop.width > 0 && crop.left + crop.width <= size.0 as usize, "{size:?}: {crop:?}");
                assert!(crop.height > 0 && crop.top + crop.height <= size.1 as usize, "{size:?}: {crop:?}");
            }
        }
    }
}
