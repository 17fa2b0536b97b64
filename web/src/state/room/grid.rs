//! How tiles are laid out: the columns that make them largest.

/// Width to height of a tile.
pub const ASPECT: f64 = 16.0 / 9.0;

/// Pixels between two tiles.
pub const GAP: f64 = 12.0;

/// A layout of equal tiles.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Grid {
    pub columns: usize,
    pub tile_width: f64,
    pub tile_height: f64,
}

impl Grid {
    /// The largest tiles of [`ASPECT`] that let `count` of them stand in `width` × `height` pixels.
    pub fn best(count: usize, width: f64, height: f64) -> Self {
        let mut best = Self::default();
        for columns in 1..=count.max(1) {
            let rows = count.max(1).div_ceil(columns);
            let free_width = width - GAP * (columns - 1) as f64;
            let free_height = height - GAP * (rows - 1) as f64;
            let tile_width = (free_width / columns as f64).min(free_height / rows as f64 * ASPECT).max(0.0).floor();
            if tile_width > best.tile_width {
                best = Self { columns, tile_width, tile_height: (tile_width / ASPECT).floor() };
            }
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_tile_fills_what_its_shape_allows() {
        let grid = Grid::best(1, 1600.0, 900.0);
        assert_eq!((grid.columns, grid.tile_width, grid.tile_height), (1, 1600.0, 900.0));
        assert_eq!(Grid::best(1, 2000.0, 900.0).tile_height, 900.0);
    }

    #[test]
    fn two_tiles_stand_side_by_side_on_a_wide_stage_and_above_each_other_on_a_phone() {
        assert_eq!(Grid::best(2, 1400.0, 700.0).columns, 2);
        assert_eq!(Grid::best(2, 390.0, 600.0).columns, 1);
    }

    #[test]
    fn e4_sixteen_tiles_always_fit() {
        for (width, height) in [(1400.0, 700.0), (390.0, 600.0), (3840.0, 1900.0), (800.0, 300.0)] {
            for count in 1..=16 {
                let grid = Grid::best(count, width, height);
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
        assert_eq!(Grid::best(3, 0.0, 0.0), Grid::default());
        assert_eq!(Grid::best(0, 100.0, 100.0).columns, 1);
    }
}
